"""Planted cases and traps of grants, add-ons and people nobody has taken in: DUP113-115, MIS401, MIS402, MIS405."""

from __future__ import annotations

import datetime as dt
from typing import Any

from baoshen_audit.testing.synth.families import compose
from baoshen_audit.testing.synth.people import Person
from baoshen_audit.testing.synth.places import VILLAGES, Village
from baoshen_audit.testing.synth.plant_delivery import stated_feed
from baoshen_audit.testing.synth.plant_omission import certificate
from baoshen_audit.testing.synth.records import County, Entry, Member, Values
from baoshen_audit.testing.synth.rolls import place

_DAY = dt.date
_RURAL = {"urban_rural": "农村"}


def plant_grants(county: County) -> None:
    """Plant all cases of this file."""
    _dup113(county)
    _dup114(county)
    _dup115(county)
    _mis401(county)
    _mis402(county)
    _mis405(county)


def _dup113(county: County) -> None:
    code = "DUP113"
    for ages in ((30, 45), (46, 58)):
        who = county.people.person(ages)
        one = county.single(person=who, written={"category": "单人保", **_RURAL})
        elder = compose(county, "elder")[0]
        child = Member(who, "子" if who.sex == "男" else "女", "未婚", "残疾")
        county.household([elder, child], written=dict(_RURAL))
        county.planted(code, "重残的成年子女有单人保,又在父母的整户保中", ("subject", one.head), ("other_roll", child))
    who = county.people.person((30, 50))
    old = county.single(person=who, written={"category": "单人保", **_RURAL}, status="停保", stopped=_DAY(2026, 5, 31))
    new = county.single(person=who, written=dict(_RURAL), approved=_DAY(2026, 5, 28))
    county.trap(code, "单人保已停,6月起转为整户保", ("subject", new.head), ("stopped", old.head))


def _grant(county: County, who: Person, cause: str, day: dt.date, village: Village | None = None) -> Entry:
    values: Values = {**place(village or VILLAGES[0]), "name": who.name, "id_no": who.id_no}
    return county.add("temporary_relief", **values, cause=cause, approve_date=day, amount=200_000)


def _dup114(county: County) -> None:
    code = "DUP114"
    who = county.people.person((30, 70), stranger=True)
    rows = [_grant(county, who, "疾病", _DAY(2026, month, 10)) for month in (2, 5)]
    county.planted(code, "同一事由三个月内再次发放", ("subject", rows[0]), ("other_roll", rows[1]))
    who = county.people.person((30, 70), stranger=True)
    far = next(village for village in VILLAGES if village.town != VILLAGES[0].town)
    rows = [_grant(county, who, "疾病", _DAY(2026, 4, 8)), _grant(county, who, "教育", _DAY(2026, 4, 22), far)]
    county.planted(code, "同一个月在两个镇各领一次", ("subject", rows[0]), ("other_roll", rows[1]))
    who = county.people.person((30, 70), stranger=True)
    rows = [_grant(county, who, cause, day) for cause, day in (("疾病", _DAY(2025, 9, 3)), ("火灾", _DAY(2026, 5, 6)))]
    county.trap(code, "两次救助,事由不同、相隔较久", ("subject", rows[0]), ("other_roll", rows[1]))
    for _ in range(12):
        _grant(county, county.people.person((25, 80), stranger=True), "疾病", _DAY(2026, 6, 4))


def _dup115(county: County) -> None:
    code = "DUP115"

    def paid(who: Person, month: int, status: str) -> Entry:
        cells: Values = {**place(VILLAGES[1]), "name": who.name, "id_no": who.id_no, "basis_status": status}
        return county.add("price_subsidy", **cells, month=_DAY(2026, month, 1), amount=4_000)

    for pair in (("最低生活保障", "优抚对象"), ("特困人员", "优抚对象")):
        who = county.people.person((62, 80), stranger=True)
        rows = [paid(who, 6, status) for status in pair]
        county.planted(code, "物价补贴按两种身份各领一次", ("subject", rows[0]), ("other_roll", rows[1]))
    who = county.people.person((62, 80), stranger=True)
    rows = [paid(who, month, status) for month, status in ((5, "最低生活保障"), (6, "特困人员"))]
    county.trap(code, "两个月的补贴列在一张名单上", ("subject", rows[0]), ("other_roll", rows[1]))


def _mis401(county: County) -> None:
    code = "MIS401"

    def watched(who: Person, **cells: Any) -> Entry:  # noqa: ANN401 - cells of any type
        return county.add("monitoring", name=who.name, id_no=who.id_no, alert_date=_DAY(2026, 5, 12), **cells)

    for kind, income in (("重病预警", 180_000), ("日常监测", 42_000)):
        entry = watched(county.people.person((30, 75), stranger=True), kind=kind, income_month=income)
        county.planted(code, "监测对象不在任何名册上", ("subject", entry))
    house = county.single((40, 60))
    entry = watched(house.head.person, kind="重病预警", income_month=30_000)
    county.trap(code, "监测对象已纳入低保", ("subject", entry), ("roll", house.head))
    entry = watched(county.people.person((30, 75), stranger=True), kind="重病预警", result="上门告知,本人不愿申请")
    county.trap(code, "本人不愿申请", ("subject", entry))
    for _ in range(10):
        watched(county.people.person((30, 75), stranger=True), kind="日常监测", income_month=260_000)


def _mis402(county: County) -> None:
    code = "MIS402"
    for kind, level in (("肢体", "二级"), ("精神", "三级")):
        members = compose(county, "with_parent")
        county.household(members, programme="dibao_edge")
        members[0].health = "残疾"
        entry = certificate(county, members[0].person, level, kind)
        county.planted(code, "低保边缘家庭的重残成员没有单人保", ("subject", members[0]), ("certificate", entry))
        if level == "二级":
            county.planted("MIS403", "低保边缘家庭的重残成员没有护理补贴", ("subject", entry), ("roll", members[0]))
    members = compose(county, "with_parent")
    county.household(members, programme="dibao_edge")
    members[0].health = "残疾"
    entry = certificate(county, members[0].person, "四级")
    county.trap(code, "四级残疾", ("subject", members[0]), ("certificate", entry))


def _mis405(county: County) -> None:
    code = "MIS405"
    stated_feed(county, "服刑人员", "司法局", "法定协查")

    def term(who: Person, start: dt.date, end: dt.date) -> Entry:
        return county.add("custody", name=who.name, id_no=who.id_no, kind="服刑", start=start, end=end)

    for end in (_DAY(2026, 1, 20), _DAY(2026, 3, 14)):
        members = compose(county, "with_parent")
        members[1].person = county.people.person((24, 34), members[0].person.sex)
        members[1].relation, members[1].reason = ("子" if members[1].person.sex == "男" else "女"), "服刑"
        members[1].marital = "未婚"
        county.household(members)
        entry = term(members[1].person, _DAY(2022, 5, 1), end)
        county.planted(code, "服刑期满回家,仍列为不计入", ("subject", members[1]), ("custody", entry))
    members = compose(county, "family3")
    members[1].reason = "服刑"
    county.household(members)
    entry = term(members[1].person, _DAY(2023, 5, 1), _DAY(2029, 4, 30))
    county.trap(code, "仍在服刑", ("subject", members[1]), ("custody", entry))
