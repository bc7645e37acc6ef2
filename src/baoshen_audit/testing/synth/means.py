"""Rows of the registers on registration, wages and money: builders, lawful rows, and a few dozen strangers each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any, Final

from baoshen_audit.testing.synth.draw import Draw
from baoshen_audit.testing.synth.people import Person
from baoshen_audit.testing.synth.records import County, Entry, Values

SPRING: Final = (dt.date(2026, 3, 1), dt.date(2026, 4, 1), dt.date(2026, 5, 1))
"""The last three whole months."""

_FEW: Final = 24
_FACTORIES: Final = ("洮滨纺织有限公司", "东环机械厂", "良常食品有限公司", "华城物业服务部")


def means_rows(county: County) -> None:
    """Add what the registers hold of strangers, and small savings of some people on the rolls."""
    draw = Draw(county.seed, "means")
    for number, house in enumerate(county.households):
        if number % 40 == 7:
            account(county, house.head.person, draw.between(20, 400) * 1000)
        if number % 40 == 19:
            registered(county, house.head.person, f"320413{number:06}")
    for number in range(_FEW):
        who = county.people.person((24, 58), stranger=True)
        firm = draw.pick(_FACTORIES)
        insured(county, who, firm, SPRING[-1:], base=draw.between(45, 90) * 10_000)
        taxed(county, who, firm, SPRING[-1:], income=draw.between(40, 95) * 10_000)
        provident(county, who, employer=firm, base=draw.between(45, 90) * 10_000)
        account(county, who, draw.between(2, 300) * 100_000)
        security(county, who, draw.pick(("基金", "理财", "证券")), market_value=draw.between(1, 90) * 100_000)
        registered(county, who, f"320413{900_000 + number:06}")
        deed_tax(county, who, float(draw.between(60, 140)), draw.day(dt.date(2018, 1, 1), dt.date(2025, 10, 1)))


def insured(
    county: County,
    who: Person,
    employer: str,
    months: Iterable[dt.date],
    *,
    base: int = 487_900,
    **cells: Any,  # noqa: ANN401
) -> list[Entry]:
    """Add a row of employee insurance for each month, paid by the employer unless cells say otherwise."""
    values: Values = {"insurance": "企业职工基本养老保险", "pay_kind": "单位缴费"}
    return [
        county.add("social_ins", **_whose(who), employer=employer, base=base, month=month, **(values | cells))
        for month in months
    ]


def taxed(
    county: County, who: Person, payer: str, months: Iterable[dt.date], *, income: int, item: str = "工资薪金所得"
) -> list[Entry]:
    """Add a row of declared income tax for each month."""
    return [county.add("tax", **_whose(who), payer=payer, item=item, income=income, month=month) for month in months]


def provident(county: County, who: Person, **cells: Any) -> Entry:  # noqa: ANN401 - cells of any type
    """Add a row of the housing provident fund: paid in for May unless cells say otherwise."""
    base = cells.get("base", 0)
    values: Values = {"month": SPRING[-1], "deposit": base // 10, "account_status": "正常"}
    return county.add("provident", **_whose(who), **(values | cells))


def account(county: County, who: Person, balance: int, average: int | None = None) -> Entry:
    """Add a bank account with its balance and its monthly average, the balance if none is given."""
    return county.add(
        "bank",
        **_whose(who),
        account_no=f"{county.account()[:6]}*********{county.account()[-4:]}",
        deposit_kind="活期",
        balance=balance,
        balance_avg=balance if average is None else average,
        as_of=dt.date(2026, 6, 15),
    )


def security(county: County, who: Person, kind: str, **cells: Any) -> Entry:  # noqa: ANN401 - cells of any type
    """Add a holding of securities or an insurance."""
    return county.add("securities", **_whose(who), kind=kind, **({"as_of": dt.date(2026, 6, 15)} | cells))


def registered(county: County, who: Person, booklet: str, **cells: Any) -> Entry:  # noqa: ANN401 - cells of any type
    """Add a row of the household register: in force unless cells say otherwise."""
    return county.add("hukou", **_whose(who), hukou_no=booklet, **({"hukou_status": "正常"} | cells))


def deed_tax(county: County, who: Person, area: float, day: dt.date) -> Entry:
    """Add a deed tax."""
    return county.add("deedtax", **_whose(who), area=area, paid_on=day)


def _whose(who: Person) -> Values:
    return {"name": who.name, "id_no": who.id_no}
