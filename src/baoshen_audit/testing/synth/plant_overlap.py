"""Planted cases and traps of benefits to be offset and of people counted twice: DUP107, DUP109."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from baoshen_audit.testing.synth.families import compose
from baoshen_audit.testing.synth.people import Person
from baoshen_audit.testing.synth.places import TOWNS, VILLAGES, Village
from baoshen_audit.testing.synth.plant_delivery import elderly
from baoshen_audit.testing.synth.records import BOTH, County, Entry, Member
from baoshen_audit.testing.synth.rolls import CARE, disability, youfu

_HERE: Final = next(village for village in VILLAGES if village.town == TOWNS[2])
_SINCE: Final = dt.date(2021, 4, 1)
_PARENTS: Final = ("父亲", "母亲")


def plant_overlap(county: County) -> None:
    """Plant all cases of this file."""
    _dup107(county)
    _dup109(county)


def _dup107(county: County) -> None:
    code = "DUP107"
    for _ in range(2):
        living, old = _old_and_disabled(county)
        county.planted(code, "高龄津贴和困难残疾人生活补贴没有择高", ("subject", living), ("other_roll", old))
    soldier = county.people.person((66, 78), "男")
    care = disability(county, soldier, place=_HERE, living_amount=0, care_amount=CARE, care_start=_SINCE)
    pension = youfu(county, soldier, place=_HERE, category="残疾军人", injury_level="七级", pension_month=342_500)
    note = "定期抚恤和重度残疾人护理补贴没有择高"
    county.planted(code, note, ("subject", care), ("other_roll", pension))
    for note, cells in (
        ("生活补贴和高龄津贴,高龄津贴已停发", {"status": "停保"}),
        ("生活补贴和高龄津贴,已择高,高龄津贴为零", {"monthly_amount": 0}),
    ):
        living, old = _old_and_disabled(county, **cells)
        county.trap(code, note, ("subject", living), ("other_roll", old))


def _old_and_disabled(county: County, **cells: Any) -> tuple[Entry, Entry]:  # noqa: ANN401 - cells of any type
    """Rows of 生活补贴 and of 高龄津贴 of somebody on 低保."""
    house = county.single((81, 90), village=_HERE)
    who = house.head.person
    living = disability(county, who, house=house, care_amount=0, care_start=None)
    return living, elderly(county, _HERE.town, BOTH, who, **cells)


def _also(county: County, who: Person, relation: str, village: Village, marital: str = "未婚") -> Member:
    """Count somebody in a 低保边缘 household of the same village too."""
    older = -26 if relation in _PARENTS else 26
    head = county.people.person((who.age + older - 2, who.age + older + 2), "女")
    member = Member(who, relation, marital)
    county.household([Member(head, "户主", "丧偶"), member], village=village, programme="dibao_edge")
    return member


def _child(who: Person) -> str:
    return "子" if who.sex == "男" else "女"


def _dup109(county: County) -> None:
    code = "DUP109"
    village = county.village()
    for note, at in (
        ("低保户主又作为子女计入一户低保边缘家庭", 0),
        ("父母计入一个子女的低保户,又计入另一个子女的低保边缘户", 1),
    ):
        members = compose(county, "with_parent")
        county.household(members, village=village)
        who = members[at]
        other = _also(county, who.person, who.relation if at else _child(who.person), village, who.marital)
        county.planted(code, note, ("subject", who), ("other_roll", other))
    members = compose(county, "parent_child")
    county.household(members, village=village)
    child = members[1].person
    other = _also(county, child, _child(child), village)
    note = "父母离异的未成年子女,两户都计入,由两户协商"
    county.trap(code, note, ("subject", members[1]), ("other_roll", other))
    house = county.single((45, 60), village=village)
    other = _also(county, house.head.person, "其他", village)
    county.trap(code, "照料老人的亲属列为成员", ("subject", house.head), ("other_roll", other))
    house = county.single(
        (45, 60), village=village, status="停保", stopped=dt.date(2026, 5, 31), written={"stop_reason": "自愿放弃"},
        may={"status": "在保", "stop_date": None, "stop_reason": None},
    )  # fmt: skip
    other = _also(county, house.head.person, _child(house.head.person), village)
    county.trap(code, "一户已停保,本月只计入另一户", ("subject", house.head), ("other_roll", other))
