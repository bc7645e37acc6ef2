"""Planted cases and traps of what people miss: MIS403, MIS406, MIS407."""

from __future__ import annotations

import datetime as dt
from typing import Any

from baoshen_audit.testing.synth.people import Person
from baoshen_audit.testing.synth.plant_delivery import stated_feed
from baoshen_audit.testing.synth.records import LAST, MONTHS, County, Entry, Values
from baoshen_audit.testing.synth.rolls import disability, orphan, place, stopped, tekun, youfu

_FOREVER = dt.date(2034, 12, 31)


def plant_omission(county: County) -> None:
    """Plant all cases of this file, after every other row of 优抚: the price list names its old soldiers."""
    _mis403(county)
    _mis406(county)
    _orphans(county)
    _price_list(county)


def certificate(county: County, who: Person, level: str, kind: str = "肢体", **cells: Any) -> Entry:  # noqa: ANN401
    """Add a line to the register of certificates; cells override what is usual."""
    values: Values = {"disability_kind": kind, "disability_level": level, "cert_status": "有效", "valid_to": _FOREVER}
    return county.add("disability", name=who.name, id_no=who.id_no, **(values | cells))


def _mis403(county: County) -> None:
    code = "MIS403"
    stated_feed(county, "残疾人证", "残疾人联合会", "法定协查")
    for kind in ("视力", "肢体"):
        who = county.people.person((30, 70), stranger=True)
        entry = certificate(county, who, "二级", kind)
        county.planted(code, "二级残疾,不在任何名册上,没有护理补贴", ("subject", entry))
    for kind in ("听力", "智力"):
        house = county.single((35, 60))
        entry = certificate(county, house.head.person, "三级", kind)
        county.planted(code, "低保中的三级残疾人,没有生活补贴", ("subject", entry), ("roll", house.head))
    who = county.people.person((60, 80))
    row = tekun(county, who)
    entry = certificate(county, who, "一级")
    county.trap(code, "一级残疾,特困供养已含照料护理", ("subject", entry), ("roll", row))
    who = county.people.person((30, 60))
    row = disability(county, who, **stopped({}, dt.date(2026, 4, 30), "自愿放弃"))
    county.trap(code, "两项补贴已停发,先查停发原因", ("subject", certificate(county, who, "二级")), ("roll", row))
    who = county.people.person((30, 60), stranger=True)
    county.trap(code, "一级残疾,证件已注销", ("subject", certificate(county, who, "一级", cert_status="注销")))
    for _ in range(24):
        certificate(county, county.people.person((20, 80), stranger=True), "四级")


def _stop(county: County, number: int, **cells: Any) -> Entry:  # noqa: ANN401 - cells of any type
    who = county.people.person((30, 75), stranger=True)
    values: Values = {"case_id": f"BG2026{number:04}", "change_type": "跨类停止", "decided_on": dt.date(2026, 5, 22)}
    return county.add("case_history", name=who.name, id_no=who.id_no, **(values | cells))


def _mis406(county: County) -> None:
    code = "MIS406"
    day = dt.date(2026, 5, 6)
    heard = {"notice_date": day, "reply_due": dt.date(2026, 5, 20), "checked_by": "孙志强", "checked_on": day}
    for number, (reason, cells, note) in enumerate(
        (
            (None, heard, "停保没有写明原因"),
            ("大数据比对预警", {}, "只凭比对停保,没有核查、告知"),
            ("核对发现机动车", {"checked_by": "孙志强", "checked_on": day}, "核查后没有告知就停保"),
        ),
        start=1,
    ):
        county.planted(code, note, ("subject", _stop(county, number, reason=reason, **cells)))
    for number, (reason, cells, note) in enumerate(
        (
            ("殡葬数据比对死亡", {}, "死亡停保"),
            ("核对发现机动车,入户核实", heard, "核查、告知、申辩齐全后停保"),
            ("本人申请退出", {}, "本人自愿退出"),
        ),
        start=4,
    ):
        county.trap(code, note, ("subject", _stop(county, number, reason=reason, **cells)))


def _orphans(county: County) -> None:
    code = "MIS407"

    def listed(who: Person, kind: str) -> Entry:
        values: Values = {**place(county.village()), "name": who.name, "id_no": who.id_no, "distress_kind": kind}
        return county.add("child_distress", **values)

    for kind in ("父母双亡", "孤儿,随祖父母生活"):
        child = county.people.person((6, 15), stranger=True)
        county.planted(code, "困境儿童台账写明父母双亡,不在孤儿名册", ("subject", listed(child, kind)))
    child = county.people.person((6, 15))
    row = orphan(county, child)
    county.trap(code, "父母双亡,已在孤儿名册", ("subject", listed(child, "父母双亡")), ("roll", row))
    for _ in range(12):
        listed(county.people.person((4, 16), stranger=True), "父母外出务工,留守")


def _price_list(county: County) -> None:
    code = "MIS407"
    missing = [youfu(county, category="60周岁以上农村籍退役士兵") for _ in range(2)]
    for entry in missing:
        county.planted(code, "农村籍退役士兵不在当月物价补贴名单上", ("subject", entry))
    soldiers = [
        entry
        for entry in county.entries
        if entry.months & MONTHS[LAST]
        and (entry.table == "veteran_rural60" or "农村籍" in str(entry.values.get("category")))
    ]
    for soldier in soldiers:
        if soldier not in missing:
            cells: Values = {name: soldier.values[name] for name in ("town", "village", "name", "id_no")}
            county.add("price_subsidy", **cells, month=dt.date(2026, 6, 1), basis_status="农村籍退役士兵", amount=4_000)
