"""Households by composition: who lives together, how they are related, head first."""

from __future__ import annotations

from collections.abc import Callable
from itertools import accumulate
from typing import Final

from baoshen_audit.testing.synth.people import Person
from baoshen_audit.testing.synth.records import County, Member

_HEALTH: Final = ("健康", "残疾", "重病")
_HEALTH_SUMS: Final = (0.62, 0.84, 1.0)
_WEIGHTS: Final = {
    "elder": 34,
    "adult": 18,
    "elders": 10,
    "parent_child": 9,
    "family3": 10,
    "family4": 5,
    "grandchild": 5,
    "with_parent": 6,
    "three_generations": 3,
}
"""One old person; one of working age; an old couple; a lone parent; a couple with one or two children; grandparent and
grandchild; an unmarried head with a parent; three generations. Values are weights."""

_SUMS: Final = list(accumulate(_WEIGHTS.values()))


def compose(county: County, kind: str | None = None) -> list[Member]:
    """Draw the members of a household, head first.

    Args:
        county: whose people they are.
        kind: the composition; drawn by weight if not given.
    """
    return _MAKERS[kind or county.draw.weighted(tuple(_WEIGHTS), _SUMS)](county)


def _member(county: County, person: Person, relation: str, marital: str) -> Member:
    health = "健康" if person.age < 16 else county.draw.weighted(_HEALTH, _HEALTH_SUMS)
    return Member(person, relation, marital, health)


def _one(ages: tuple[int, int], marital: tuple[str, ...]) -> Callable[[County], list[Member]]:
    return lambda county: [_member(county, county.people.person(ages), "户主", county.draw.pick(marital))]


def _child(county: County, surname: str, oldest: int) -> Member:
    person = county.people.person((2, max(2, min(17, oldest))), surname=surname)
    return _member(county, person, "子" if person.sex == "男" else "女", "未婚")


def _couple(county: County, ages: tuple[int, int]) -> list[Member]:
    husband = county.people.person(ages, "男")
    wife = county.people.person((max(24, husband.age - 6), husband.age + 2), "女")
    first, second = (husband, wife) if county.draw.chance(0.75) else (wife, husband)
    return [_member(county, first, "户主", "已婚"), _member(county, second, "配偶", "已婚")]


def _parent_child(county: County) -> list[Member]:
    parent = county.people.person((30, 52))
    marital = county.draw.pick(("离异", "丧偶"))
    return [_member(county, parent, "户主", marital), _child(county, parent.name[0], parent.age - 21)]


def _grandchild(county: County) -> list[Member]:
    old = county.people.person((60, 78))
    young = _child(county, old.name[0], 17)
    young.relation = "孙子" if young.person.sex == "男" else "孙女"
    return [_member(county, old, "户主", "丧偶"), young]


def _with_parent(county: County) -> list[Member]:
    head = county.people.person((38, 58))
    parent = county.people.person((head.age + 22, head.age + 34))
    relation = "父亲" if parent.sex == "男" else "母亲"
    marital = county.draw.pick(("未婚", "离异"))
    return [_member(county, head, "户主", marital), _member(county, parent, relation, "丧偶")]


def _family(county: County, children: int) -> list[Member]:
    both = _couple(county, (32, 54))
    father = next(m.person for m in both if m.person.sex == "男")
    youngest = min(m.person.age for m in both)
    return [*both, *(_child(county, father.name[0], youngest - 21) for _ in range(children))]


def _three_generations(county: County) -> list[Member]:
    family = _family(county, 1)
    age = family[0].person.age
    mother = county.people.person((age + 22, age + 34), "女")
    return [*family, _member(county, mother, "母亲", "丧偶")]


_MAKERS: Final[dict[str, Callable[[County], list[Member]]]] = {
    "elder": _one((60, 92), ("丧偶", "丧偶", "未婚", "离异")),
    "adult": _one((35, 60), ("未婚", "未婚", "离异", "丧偶")),
    "elders": lambda county: _couple(county, (60, 86)),
    "parent_child": _parent_child,
    "family3": lambda county: _family(county, 1),
    "family4": lambda county: _family(county, 2),
    "grandchild": _grandchild,
    "with_parent": _with_parent,
    "three_generations": _three_generations,
}
