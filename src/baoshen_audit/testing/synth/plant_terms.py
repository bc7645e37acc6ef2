"""Planted cases and traps of reviews, grace periods and the months of an approval: ERR221, ERR222, ERR223."""

from __future__ import annotations

import datetime as dt
from typing import Final

from baoshen_audit.testing.synth.families import compose
from baoshen_audit.testing.synth.records import LAST, County, Household, Paid, Values
from baoshen_audit.testing.synth.rolls import stopped, tekun

_MAY: Final = "2026-05"
_LONG_AGO: Final = dt.date(2018, 3, 12)


def plant_terms(county: County) -> None:
    """Plant all cases of this file."""
    _reviewed(county)
    _err221(county)
    _err222(county)
    _err223(county)


def _reviewed(county: County) -> None:
    """The roll says of few households when they were reviewed; these were in time."""
    for house in county.households[3::40]:
        house.written |= {"class": "B", "last_review": dt.date(2026, 3, 18)}


def _err221(county: County) -> None:
    code = "ERR221"
    for letter, place, day, note in (
        ("A", "农村", dt.date(2025, 3, 10), "A类家庭15个月没有复核"),
        ("C", "城市", dt.date(2026, 1, 15), "城市C类家庭5个月没有复核,周期为一季度"),
        (None, "农村", dt.date(2024, 11, 4), "没有写明类别,19个月没有复核"),
    ):
        county.planted(code, note, ("subject", _due(county, letter, place, day)))
    for letter, day, approved, note in (
        ("C", dt.date(2025, 12, 9), _LONG_AGO, "农村C类家庭半年复核一次,6月内可以复核"),
        ("A", dt.date(2024, 5, 20), dt.date(2026, 3, 16), "复核日期较早,3月已重新批准"),
        (None, dt.date(2025, 12, 20), _LONG_AGO, "没有写明类别,按最长周期没有逾期"),
    ):
        county.trap(code, note, ("subject", _due(county, letter, "农村", day, approved)))


def _due(county: County, letter: str | None, place: str, day: dt.date, approved: dt.date = _LONG_AGO) -> Household:
    written: Values = {"class": letter, "urban_rural": place, "last_review": day}
    return county.household(compose(county, "elder"), approved=approved, written=written)


def _leaving(county: County, start: dt.date | None, end: dt.date | None) -> Household:
    house = county.household(compose(county, "adult"), status="渐退", approved=_LONG_AGO)
    house.written |= {"grace_start": start, "grace_end": end}
    return house


def _err222(county: County) -> None:
    code = "ERR222"
    for start, end, note in (
        (dt.date(2025, 10, 1), dt.date(2026, 3, 1), "渐退期3月结束,6月仍在发放"),
        (dt.date(2025, 9, 1), None, "渐退9个月,没有写明结束月份"),
        (None, None, "渐退起止月份都没有填写"),
    ):
        county.planted(code, note, ("subject", _leaving(county, start, end)))
    house = _leaving(county, dt.date(2026, 1, 1), dt.date(2026, 6, 1))
    county.trap(code, "渐退期6月结束,本月仍可发放", ("subject", house))
    house = _leaving(county, dt.date(2025, 11, 1), dt.date(2026, 4, 1))
    who = house.head.person
    entry = county.add(
        "case_history", case_id="BG20260901", name=who.name, id_no=who.id_no, change_type="其他",
        reason="延长渐退期三个月", decided_on=dt.date(2026, 4, 21),
    )  # fmt: skip
    county.trap(code, "渐退期已决定延长", ("subject", house), ("decision", entry))


def _err223(county: County) -> None:
    code = "ERR223"
    gone = stopped({}, dt.date(2026, 4, 20), "户籍迁出")
    entry = tekun(county, **gone)
    entry.pay = {_MAY: ({},), LAST: ({},)}
    county.planted(code, "特困4月停保,5月6月仍在发放", ("subject", entry), ("payment", Paid(entry)))
    house = county.household(compose(county, "adult"), status="停保", stopped=dt.date(2026, 4, 28))
    house.written["stop_reason"] = "收入超标"
    house.pay = {LAST: ({},)}
    county.planted(code, "低保4月停保,6月又发一笔", ("subject", house), ("payment", Paid(house, LAST)))
    house = county.household(compose(county, "elder"), approved=dt.date(2026, 5, 26))
    county.planted(code, "5月26日批准,5月10日已发放", ("subject", house), ("payment", Paid(house, _MAY)))
    entry = tekun(county, **gone)
    entry.pay = {LAST: ({"kind": "补发", "pay_date": dt.date(2026, 6, 18)},)}
    county.trap(code, "停保以前的待遇在6月补发", ("subject", entry), ("payment", Paid(entry)))
    entry = tekun(county, **stopped({}, dt.date(2026, 5, 25), "身份资格取消"))
    entry.pay = {_MAY: ({},)}
    county.trap(code, "5月停保,停保当月可以发放", ("subject", entry), ("payment", Paid(entry)))
    house = county.household(compose(county, "elder"), approved=dt.date(2026, 5, 22))
    house.pay = {_MAY: ({"kind": "补发", "pay_date": dt.date(2026, 6, 18)},)}
    county.trap(code, "批准以前一个月的待遇按规定补发", ("subject", house), ("payment", Paid(house)))
