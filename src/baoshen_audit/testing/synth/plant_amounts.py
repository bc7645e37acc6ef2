"""Planted cases and traps of what is due and what is paid: DUP112, ERR219, ERR224, MIS404."""

from __future__ import annotations

import datetime as dt
from typing import Final

from baoshen_audit.testing.synth.families import compose
from baoshen_audit.testing.synth.plant_household import due, reckoned
from baoshen_audit.testing.synth.records import LAST, County, Entry, Household, Paid, Values
from baoshen_audit.testing.synth.rolls import BASE_STANDARD, CARE, CARE_TIERS, disability, tekun, youfu

_MAY: Final = "2026-05"
_FORMER: Final = 98_000
"""The standard of the year before, in 分."""

_LATER: Final = dt.date(2026, 6, 18)
_MONTH: Final = BASE_STANDARD + CARE_TIERS["能自理"]
_ABLE: Final[Values] = {
    "self_care": "能自理", "care_amount": CARE_TIERS["能自理"], "monthly_amount": _MONTH,
}  # fmt: skip


def plant_amounts(county: County) -> None:
    """Plant all cases of this file."""
    _dup112(county)
    _err219(county)
    _err224(county)
    _mis404(county)


def _paying(entry: Entry, *payments: Values, month: str = LAST) -> Entry:
    entry.pay[month] = payments
    return entry


def _dup112(county: County) -> None:
    code = "DUP112"
    again: Values = {"pay_date": _LATER}
    entry = _paying(tekun(county), {}, again)
    county.planted(code, "换卡后新旧账户各发一次,没有补发标记", ("subject", entry), ("payment", Paid(entry, LAST)))
    who = county.people.person((30, 70))
    entry = _paying(disability(county, who), {}, {})
    county.planted(code, "同一批次两行,批次重复提交", ("subject", entry), ("payment", Paid(entry, LAST)))
    entry = _paying(youfu(county, category="参战参试退役人员"), {}, again, month=_MAY)
    county.planted(code, "5月抚恤金发了两笔", ("subject", entry), ("payment", Paid(entry, _MAY)))
    parts: tuple[Values, ...] = tuple(
        {"amount_due": part, "amount_paid": part, "pay_date": day}
        for part, day in ((BASE_STANDARD, dt.date(2026, 6, 10)), (CARE_TIERS["能自理"], _LATER))
    )
    entry = _paying(tekun(county, **_ABLE), *parts)
    county.trap(code, "基本生活费和照料护理费分两笔发,合计等于审批金额", ("subject", entry), ("payment", Paid(entry)))
    entry = _paying(tekun(county), {"result": "退回", "return_reason": "账户状态异常"}, {"kind": "重发"} | again)
    county.trap(code, "第一笔退回后重发", ("subject", entry), ("payment", Paid(entry)))


def _by_former(house: Household) -> int:
    return reckoned(house, _FORMER)


def _err219(county: County) -> None:
    code = "ERR219"
    for kind, income in (("elders", 50_000), ("family3", 90_000)):
        house = county.household(compose(county, kind), income=income)
        house.written |= {"top_up": _by_former(house), "standard": _FORMER}
        county.planted(code, "提标后漏改,仍按上年度标准980元计算", ("subject", house), ("payment", Paid(house, LAST)))
    house = county.household(compose(county, "parent_child"), income=60_000)
    house.written["top_up"] = _by_former(house)
    county.planted(code, "名册标准已改,金额仍按980元计算", ("subject", house), ("payment", Paid(house, LAST)))
    house = county.household(compose(county, "family3"), income=70_000)
    house.written["top_up"] = _by_former(house)
    rest = reckoned(house) - _by_former(house)
    house.pay = {LAST: ({}, {"kind": "补发", "amount_due": rest, "amount_paid": rest, "pay_date": _LATER})}
    county.trap(code, "先按原标准发放,本月已补发差额", ("subject", house), ("payment", Paid(house)))
    house = county.household(compose(county, "elder"), income=30_000, status="渐退")
    house.written |= {
        "top_up": _by_former(house),
        "grace_start": dt.date(2026, 4, 1),
        "grace_end": dt.date(2026, 9, 1),
    }
    county.trap(code, "渐退期保持原金额", ("subject", house), ("payment", Paid(house)))


def _err224(county: County) -> None:
    code = "ERR224"
    for note, amount in (("实发比审批金额少90元,金额录错", _MONTH - 9_000), ("实发比审批金额多300元", _MONTH + 30_000)):
        entry = _paying(tekun(county, **_ABLE), {"amount_paid": amount})
        county.planted(code, note, ("subject", entry), ("payment", Paid(entry, LAST)))
    house = county.household(compose(county, "elders"), income=80_000)
    house.pay = {LAST: ({"amount_paid": due(house) - 12_000},)}
    county.planted(code, "低保金实发比应发少120元", ("subject", Paid(house, LAST)))
    whole: Values = {"amount_due": 3 * CARE, "amount_paid": 3 * CARE, "pay_date": _LATER}
    who = county.people.person((30, 70))
    entry = disability(
        county, who, living_amount=0, living_start=None, care_amount=CARE, care_start=dt.date(2020, 3, 1)
    )
    _paying(entry, whole)
    entry.pay[_MAY] = ()
    county.trap(code, "护理补贴按季发放,一次发三个月", ("subject", entry), ("payment", Paid(entry)))
    entry = _paying(tekun(county, **_ABLE), {"amount_paid": 50_000, "result": "退回", "return_reason": "户名不符"})
    county.trap(code, "金额不符的一笔已退回,尚未到账", ("subject", entry), ("payment", Paid(entry)))


def _mis404(county: County) -> None:
    code = "MIS404"
    house = county.household(compose(county, "family3"), income=90_000)
    house.written["top_up"] = reckoned(house) - 6_000
    county.planted(code, "补差少算60元", ("subject", house), ("payment", Paid(house, LAST)))
    house = county.household(compose(county, "elders"), income=40_000, written={"supplement_amount": 20_400})
    house.written["monthly_amount"] = reckoned(house)
    county.planted(code, "分类施保金额漏加", ("subject", house), ("payment", Paid(house, LAST)))
    house = county.household(compose(county, "parent_child"), income=50_000)
    less = due(house) - 10_000
    house.pay = {LAST: ({"amount_due": less, "amount_paid": less},)}
    county.planted(code, "名册金额正确,发放清册少列100元", ("subject", house), ("payment", Paid(house, LAST)))
    house = county.household(compose(county, "family3"), income=60_000)
    part = due(house) - 20_000
    back: Values = {"amount_due": 20_000, "amount_paid": 20_000, "result": "退回", "return_reason": "户名不符"}
    house.pay = {LAST: ({"amount_due": part, "amount_paid": part}, back)}
    county.trap(code, "分两笔发放,一笔退回、正在重发", ("subject", house), ("payment", Paid(house)))
    house = county.household(compose(county, "with_parent"), income=20_000, written={"covered_count": 1})
    house.written |= {"category": "单人保", "top_up": 82_000}
    county.trap(code, "单人保只保一人,不按全户重算", ("subject", house), ("payment", Paid(house)))
