"""What is due and what is paid: amounts on the household total, payment rows of every programme."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any, Final

from baoshen_audit.testing.synth.people import year_before
from baoshen_audit.testing.synth.records import LAST, MONTHS, STANDARD, SUPPLEMENT, Entry, Household, Member

_PAID: Final = {
    "dibao": "最低生活保障",
    "tekun": "特困人员救助供养",
    "orphan": "孤儿基本生活费",
    "disability_subsidy": "残疾人两项补贴",
    "youfu": "优抚抚恤补助",
}

_PAYEE: Final = ("name", "id_no", "town", "village", "account_no", "account_name")
_PARTS: Final = ("living_amount", "care_amount", "pension_month", "addon_utilities")


def active(house: Household, month: str) -> bool:
    """Of a status that is paid in that month."""
    status = house.may.get("status", house.status) if month != LAST else house.status
    return status in {"在保", "渐退"}


def reckon(house: Household, month: str) -> dict[str, Any]:
    """The amounts of a household: on the household total, rounded up to 1 元, then what is written otherwise."""
    may = house.may if month != LAST else {}
    counted = [m for m in house.members if m.counted and m.months & MONTHS[month]]
    n = len(counted)
    income = may.get("income_month", house.income)
    # where the declared size is planted wrong, nobody is paid for more people than either count gives
    paid_for = min(n, house.written.get("family_size", n))
    top_up = -(-(STANDARD * paid_for - income) // 100) * 100 if house.programme == "dibao" else 0
    entitled = [m for m in counted if _aged(m) or m.health == "重病"]
    cells = {
        "family_size": n,
        "covered_count": n if house.programme == "dibao" else 0,
        "income_month": income,
        "top_up": top_up,
        "supplement_amount": SUPPLEMENT * len(entitled) if house.programme == "dibao" else 0,
    } | house.written
    return {"monthly_amount": cells["top_up"] + cells["supplement_amount"]} | cells | may


def _aged(member: Member) -> bool:
    """Whether 70 by the number on the roll, which is what an office reckons with."""
    number = member.id_no
    born = number[6:14] if len(number) == 18 and number[6:14].isdigit() else f"{member.person.birth:%Y%m%d}"
    return born <= f"{year_before(70):%Y%m%d}"


class Payments:
    """Payment rows of both months, and who they belong to."""

    def __init__(self) -> None:
        self.rows: dict[str, list[tuple[Any, ...]]] = {}
        self.keys: dict[tuple[int, str], list[int]] = {}
        self._next = 0

    def month(self, month: str, households: Iterable[Household], entries: dict[str, list[Entry]]) -> None:
        """Lay out the rows of a month: households first, then the persons of each roll."""
        self.rows[month] = []
        for house in households:
            if (
                house.programme == "dibao"
                and house.months & MONTHS[month]
                and (active(house, month) or month in house.pay)
            ):
                cells = reckon(house, month)
                name = house.written.get("name", house.head.person.name)
                payee = (
                    house.hh_id,
                    name,
                    house.head.id_no,
                    house.village.town,
                    house.village.name,
                    house.account,
                    house.holder,
                )
                self._add(month, house, "dibao", (*payee, cells["covered_count"]), cells["monthly_amount"])
        for table in ("tekun", "orphan", "disability_subsidy", "youfu"):
            for entry in entries[table]:
                v = entry.values | entry.may if month != LAST else entry.values
                paid = v["status"] in {"在保", "渐退"} or month in entry.pay
                if entry.months & MONTHS[month] and paid:
                    amount = v.get("monthly_amount") or sum(v.get(c) or 0 for c in _PARTS)
                    self._add(month, entry, table, (None, *(v[c] for c in _PAYEE), 1), amount)

    def _add(self, month: str, owner: Household | Entry, table: str, payee: tuple[Any, ...], amount: int) -> None:
        first = dt.date(int(month[:4]), int(month[5:]), 1)
        for differs in owner.pay.get(month, ({},)):
            cells = {
                "pay_date": first.replace(day=10),
                "amount_due": amount,
                "amount_paid": amount,
                "kind": "正常",
                "result": "成功",
                "return_reason": None,
            } | differs
            day = cells.pop("pay_date")
            batch = f"{day:%Y%m%d}{list(_PAID).index(table) + 1:02}"
            self.rows[month].append((self._next, batch, first, day, _PAID[table], *payee, *cells.values()))
            self.keys.setdefault((id(owner), month), []).append(self._next)
            self._next += 1
