"""Planted cases and traps of what others owe and what illness costs: ERR217, ERR233."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from baoshen_audit.testing.synth.means import registered
from baoshen_audit.testing.synth.people import Person
from baoshen_audit.testing.synth.records import County, Entry, Values
from baoshen_audit.testing.synth.rolls import place, tekun

_FROM, _TO = dt.date(2025, 6, 1), dt.date(2026, 5, 31)


def plant_support(county: County) -> None:
    """Plant all cases of this file."""
    _err217(county)
    _err233(county)


def _err217(county: County) -> None:
    code = "ERR217"

    def son(parent: Person) -> Person:
        return county.people.person((parent.age - 32, parent.age - 26), "男", surname=parent.name[0], stranger=True)

    def supports(parent: Person, who: Person, income: int, size: int, **said: object) -> Entry:
        values: Values = {"name": who.name, "id_no": who.id_no, "beneficiary_name": parent.name}
        values |= {"beneficiary_id": parent.id_no, "relation": "子", "income": income, "family_size": size, **said}
        return county.add("supporter", **values)

    parent = county.people.person((70, 80), "男")
    entry = tekun(county, parent)
    row = supports(parent, son(parent), 1_260_000, 3, declared_able=False)
    county.planted(code, "儿子一家人均四千多元,认定为没有能力", ("subject", entry), ("supporter", row))
    house = county.single((70, 78), "丧偶")
    row = supports(house.head.person, son(house.head.person), 900_000, 2, declared_able=True, support_amount=60_000)
    county.planted(code, "应付赡养费登记为每年六百元,低于公式", ("subject", house.head), ("supporter", row))
    parent = county.people.person((70, 80), "男")
    entry = tekun(county, parent)
    child = son(parent)
    row = registered(county, child, "320413900001", father_id=parent.id_no)
    county.planted(code, "户籍上有成年儿子,没有认定过", ("subject", entry), ("hukou", row))

    parent = county.people.person((70, 80), "男")
    entry = tekun(county, parent)
    child = son(parent)
    registered(county, child, "320413900002", father_id=parent.id_no)
    row = supports(parent, child, 300_000, 4, declared_able=False)
    county.trap(code, "儿子一家收入低,认定没有能力", ("subject", entry), ("supporter", row))
    parent = county.people.person((74, 84), "男")
    entry = tekun(county, parent)
    poor = county.single((40, 50), "未婚")
    row = registered(county, poor.head.person, "320413900003", father_id=parent.id_no)
    county.trap(code, "儿子自己是低保对象", ("subject", entry), ("hukou", row))


def _err233(county: County) -> None:
    code = "ERR233"

    def claims(claimed: int, bills: Sequence[tuple[int, dt.date]], ratio: float) -> tuple[Entry, list[Entry]]:
        village = county.village()
        head = county.people.person((38, 66), stranger=True)
        number = f"320413YB{len([e for e in county.entries if e.table == 'illness_poverty']):04}"
        values: Values = {**place(village), "hh_id": number, "name": head.name, "id_no": head.id_no}
        values |= {"self_paid": claimed, "period_from": _FROM, "period_to": _TO, "expense_ratio": ratio}
        entry = county.add("illness_poverty", **values)
        paid = [
            county.add("medical", name=head.name, id_no=head.id_no, self_paid=amount, settled_on=day)
            for amount, day in bills
        ]
        return entry, paid

    spring, autumn = dt.date(2026, 3, 12), dt.date(2025, 10, 9)
    for note, claimed, bills, ratio in (
        ("申报六万元,结算自付两万多元", 6_000_000, ((1_250_000, autumn), (980_000, spring)), 0.85),
        ("结算多在核算期间以前", 4_200_000, ((3_800_000, dt.date(2025, 4, 2)), (310_000, autumn)), 0.7),
    ):
        entry, paid = claims(claimed, bills, ratio)
        county.planted(code, note, ("subject", entry), ("bill", paid[-1]))
    entry, paid = claims(3_000_000, ((1_700_000, autumn), (900_000, spring)), 0.66)
    county.trap(code, "目录外药品使申报略高于结算", ("subject", entry), ("bill", paid[0]))
    for _ in range(6):
        claims(2_000_000, ((1_400_000, autumn), (600_000, spring)), 0.62)
