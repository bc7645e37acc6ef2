"""Planted cases and traps of property: ERR210 (housing), ERR212 (deposits), ERR213 (securities, insurance)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from baoshen_audit.testing.synth.families import compose
from baoshen_audit.testing.synth.means import account, security
from baoshen_audit.testing.synth.people import Person
from baoshen_audit.testing.synth.places import COUNTY
from baoshen_audit.testing.synth.records import County, Entry, Household, Values


def plant_assets(county: County) -> None:
    """Plant all cases of this file."""
    _err210(county)
    _err210_traps(county)
    _err212(county)
    _err213(county)


def _title(county: County, who: Person, number: int, **cells: Any) -> Entry:  # noqa: ANN401 - cells of any type
    values: Values = {
        "title_no": f"苏(2021){COUNTY}不动产权第{9_900_000 + number:07}号",
        "name": who.name,
        "id_no": who.id_no,
        "shared": "单独所有",
        "location": f"清风路{number}号",
        "area": 70.0 + number,
        "use": "住宅",
        "acquired_by": "购买",
        "registered_on": dt.date(2021, 4, 6),
        "title_status": "现势",
    }
    return county.add("realestate", **(values | cells))


def _err210(county: County) -> None:
    code = "ERR210"
    house = county.single((40, 60))
    rows = [_title(county, house.head.person, 1), _title(county, house.head.person, 21)]
    county.planted(code, "户主名下有两套商品住房", ("subject", house.head), *(("title", row) for row in rows))
    house = county.household(compose(county, "family3"))
    rows = [_title(county, house.members[i].person, 31 + 12 * i) for i in (0, 1)]
    couple = ("subject", house.head), ("other", house.members[1])
    county.planted(code, "夫妻各有一套住房", *couple, *(("title", row) for row in rows))
    house = county.household(compose(county, "parent_child"), programme="dibao_edge")
    row = _title(county, house.head.person, 51, use="商业", area=42.5)
    county.planted(code, "低保边缘家庭户主名下有一处商铺", ("subject", house.head), ("title", row))


def _err210_traps(county: County) -> None:
    code = "ERR210"
    for note, cells in (
        ("另一套是继承的五分之一份额", {"shared": "按份共有", "share": 0.2, "acquired_by": "继承"}),
        ("另一套的权属已注销", {"title_status": "注销"}),
        ("另一处是车位", {"use": "车位", "area": 12.5}),
        ("宅基地证与房屋登记是同一处", {"use": "宅基地", "acquired_by": "宅基地", "location": None}),
    ):
        house = county.single((40, 60))
        rows = [_title(county, house.head.person, 61), _title(county, house.head.person, 81, **cells)]
        county.trap(code, note, ("subject", house.head), *(("title", row) for row in rows))


def _err212(county: County) -> None:
    code = "ERR212"
    house = county.single((50, 70))
    county.planted(
        code,
        "一人户存款长期超过限额两倍",
        ("subject", house.head),
        ("bank", account(county, house.head.person, 6_000_000)),
    )
    house = county.household(compose(county, "elders"))
    rows = [account(county, member.person, 3_600_000) for member in house.members]
    couple = ("subject", house.head), ("other", house.members[1])
    county.planted(code, "老夫妻两人存款合计超过限额", *couple, *(("bank", row) for row in rows))
    house = county.household(compose(county, "elders"), programme="dibao_edge")
    row = account(county, house.members[1].person, 9_000_000, 8_800_000)
    county.planted(code, "低保边缘家庭配偶的存款超过限额", ("subject", house.members[1]), ("bank", row))
    house = county.single((50, 70))
    row = account(county, house.head.person, 6_000_000, 300_000)
    county.trap(code, "核对日余额高,月均余额不高:过手的捐款", ("subject", house.head), ("bank", row))
    house = county.single((50, 70))
    row = account(county, house.head.person, 8_000_000)
    _exempted(county, house, "征地补偿款")
    county.trap(code, "征地补偿款,豁免台账当月有效", ("subject", house.head), ("bank", row))


def _err213(county: County) -> None:
    code = "ERR213"
    house = county.single((40, 60))
    row = security(county, house.head.person, "基金", market_value=4_200_000)
    county.planted(code, "户主持有的基金超过限额", ("subject", house.head), ("security", row))
    house = county.single((40, 60))
    saved = account(county, house.head.person, 1_500_000)
    row = security(county, house.head.person, "保险", cash_value=1_600_000)
    county.planted(code, "存款和保险现金价值合计超过限额", ("subject", house.head), ("security", row), ("bank", saved))
    house = county.single((40, 60))
    row = security(county, house.head.person, "保险", cash_value=4_000_000, payer=f"{COUNTY}某村村民委员会")
    county.trap(code, "村里出资的保险", ("subject", house.head), ("security", row))
    house = county.single((40, 60))
    row = security(county, house.head.person, "保险", market_value=10_000_000, premium=30_000)
    county.trap(code, "意外险只有保额,没有现金价值", ("subject", house.head), ("security", row))


def _exempted(county: County, house: Household, item: str) -> None:
    county.add(
        "exemption",
        hh_id=house,
        name=house.head.person.name,
        id_no=house.head.person.id_no,
        kind="救助款存款",
        item=item,
        doc_no="洮民豁〔2025〕9号",
        valid_from=dt.date(2025, 3, 1),
        valid_to=dt.date(2027, 12, 31),
    )
