"""Planted cases and traps of benefits that begin at an age: ERR225, ERR231."""

from __future__ import annotations

import datetime as dt
from typing import Any

from baoshen_audit.testing.synth.people import Person
from baoshen_audit.testing.synth.records import BOTH, County, Entry, Values


def plant_ages(county: County) -> None:
    """Plant all cases of this file."""
    _err225(county)
    _err231(county)


def _err225(county: County) -> None:
    code = "ERR225"
    for age in (56, 57, 58):
        who = county.people.person((age, age), "男")
        county.planted(code, f"农村籍退役士兵{age}岁就享受老年生活补助", ("subject", soldier(county, who)))
    who = county.people.person((61, 62), "男")
    county.trap(code, "农村籍退役士兵刚满60周岁", ("subject", soldier(county, who)))


def _err231(county: County) -> None:
    code = "ERR231"
    for kind, amount, note in (
        ("职工", 284_600, "农村籍退役士兵在领职工养老"),
        ("机关", 461_000, "农村籍退役士兵在领机关退休金"),
    ):
        who = county.people.person((66, 80), "男")
        entry = soldier(county, who)
        pension = _pension(county, who, kind, amount)
        county.planted(code, note, ("subject", entry), ("pension", pension))
    late = county.people.person((61, 62), "男")
    entry = soldier(county, late, enlisted=dt.date(2011, 12, 1))
    county.planted(code, "入伍日期在规定的期间以后", ("subject", entry))
    for _ in range(10):
        soldier(county, county.people.person((62, 84), "男"))
    who = county.people.person((66, 80), "男")
    entry = soldier(county, who)
    county.trap(
        code, "城乡居民养老可以同时享受", ("subject", entry), ("pension", _pension(county, who, "城乡居民", 21_500))
    )
    who = county.people.person((66, 80), "男")
    entry = soldier(county, who)
    ended = _pension(county, who, "职工", 198_000, pension_status="终止")
    county.trap(code, "职工养老待遇已终止", ("subject", entry), ("pension", ended))


def soldier(county: County, who: Person, enlisted: dt.date | None = None, **cells: Any) -> Entry:  # noqa: ANN401
    """Add a row to the roll of rural ex-soldiers; cells override what is usual."""
    village = county.village()
    enlisted = enlisted or dt.date(who.birth.year + 19, 11, 1)
    values: Values = {
        "town": village.town,
        "village": village.name,
        "name": who.name,
        "id_no": who.id_no,
        "enlist_date": enlisted,
        "discharge_date": dt.date(enlisted.year + 4, 12, 1),
        "monthly_amount": 24_000,
        "account_no": county.account(),
        "account_name": who.name,
        "status": "在保",
        "certified_on": county.draw.day(dt.date(2025, 10, 9), dt.date(2026, 6, 12)),
    }
    return county.add("veteran_rural60", BOTH, **(values | cells))


def _pension(county: County, who: Person, kind: str, amount: int, **cells: Any) -> Entry:  # noqa: ANN401
    values: Values = {
        "name": who.name,
        "id_no": who.id_no,
        "kind": kind,
        "amount": amount,
        "month": dt.date(2026, 5, 1),
        "start": dt.date(2022, 3, 1),
        "pension_status": "在领",
    }
    return county.add("pension", **(values | cells))
