"""Planted cases and traps of households that are one family: DUP105, DUP108."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from baoshen_audit.testing.synth.families import compose
from baoshen_audit.testing.synth.feeds import wed
from baoshen_audit.testing.synth.people import Person
from baoshen_audit.testing.synth.records import County, Household, Member


def plant_family(county: County) -> None:
    """Plant all cases of this file."""
    _dup105(county)
    _dup108(county)


def _couple(county: County, ages: tuple[int, int] = (36, 58)) -> tuple[Person, Person]:
    husband = county.people.person(ages, "男")
    return husband, county.people.person((max(24, husband.age - 4), husband.age), "女")


def _home(
    county: County, who: Person, kind: Literal["城市", "农村"], marital: str = "离异", **written: str
) -> Household:
    return county.single(person=who, marital=marital, written={"urban_rural": kind, **written})


def _dup105(county: County) -> None:
    code = "DUP105"
    for day, note in (
        (dt.date(2004, 5, 1), "夫妻一户城市低保、一户农村低保,婚姻登记有效"),
        (dt.date(2011, 10, 1), "丈夫在城区、妻子在村里各有一户低保"),
    ):
        husband, wife = _couple(county)
        town, country = _home(county, husband, "城市"), _home(county, wife, "农村")
        marriage = wed(county, husband, wife, day)
        county.planted(code, note, ("subject", town.head), ("other_roll", country.head), ("marriage", marriage))
        # each declares to live alone, which the register denies
        for house in (town, country):
            county.planted("ERR215", note, ("subject", house.head), ("marriage", marriage))
    who = county.people.person((50, 70))
    town = _home(county, who, "城市")
    elder = compose(county, "elder")[0]
    country = county.household(
        [elder, Member(who, "子" if who.sex == "男" else "女", "离异")], written={"urban_rural": "农村"}
    )
    county.planted(
        code, "本人在城区一户,又计入父母的农村低保", ("subject", town.head), ("other_roll", country.members[1])
    )
    who = county.people.person((50, 70))
    pair = [_home(county, who, kind) for kind in ("城市", "农村")]
    county.trap(code, "城乡并轨时同一户导入两次", ("subject", pair[0].head), ("other_roll", pair[1].head))
    husband, wife = _couple(county)
    pair = [_home(county, husband, "城市"), _home(county, wife, "农村")]
    rows = [
        wed(county, husband, wife, dt.date(2003, 2, 1)),
        wed(county, husband, wife, dt.date(2015, 3, 9), kind="离婚"),
    ]
    county.trap(
        code,
        "已登记离婚,一户城市、一户农村",
        ("subject", pair[0].head),
        ("other_roll", pair[1].head),
        ("marriage", rows[1]),
    )


def _dup108(county: County) -> None:
    code = "DUP108"
    for day, note in (
        (dt.date(2001, 1, 8), "夫妻分别立户,都是农村低保"),
        (dt.date(2013, 9, 9), "夫妻各报离异、各领一户低保,没有离婚登记"),
    ):
        husband, wife = _couple(county)
        one, other = (_home(county, who, "农村") for who in (husband, wife))
        marriage = wed(county, husband, wife, day)
        county.planted(code, note, ("subject", one.head), ("other_roll", other.head), ("marriage", marriage))
        for house in (one, other):
            county.planted("ERR215", note, ("subject", house.head), ("marriage", marriage))
    husband, wife = _couple(county)
    one, other = (_home(county, who, "农村") for who in (husband, wife))
    rows = [
        wed(county, husband, wife, dt.date(2005, 6, 1)),
        wed(county, husband, wife, dt.date(2018, 6, 1), kind="离婚"),
    ]
    county.trap(code, "离婚登记在册,各自成户", ("subject", one.head), ("other_roll", other.head), ("marriage", rows[1]))
    husband, wife = _couple(county)
    one, other = (_home(county, who, "农村") for who in (husband, wife))
    marriage = wed(county, husband, wife, dt.date(2026, 5, 18))
    county.trap(
        code, "新近结婚,仍在宽限期内", ("subject", one.head), ("other_roll", other.head), ("marriage", marriage)
    )
