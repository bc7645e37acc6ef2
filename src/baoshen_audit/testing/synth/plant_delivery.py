"""Planted cases and traps of the rules on whole deliveries: ROLL018, ROLL019, FEED021, FEED022, FEED023.

Two small rolls and three small feeds that no other module fills.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from baoshen_audit.testing.synth.families import compose
from baoshen_audit.testing.synth.feeds import EXTRACTED
from baoshen_audit.testing.synth.people import Person
from baoshen_audit.testing.synth.places import COUNTY_CODE, VILLAGES
from baoshen_audit.testing.synth.records import BOTH, JUNE, MAY, County, Entry, Household, Member, Values
from baoshen_audit.testing.synth.rolls import tekun

_SIGNED: Final = dt.date(2025, 1, 6)


def plant_delivery(county: County) -> None:
    """Plant all cases of this file; the last of all, because everybody on a roll signs."""
    _drift(county)
    _keys(county)
    _states(county)
    _authorisations(county)


def stated_feed(county: County, feed: str, provider: str, basis: str) -> Entry:
    """Add a line to the list of feeds: a feed of June that covers the county."""
    return county.add(
        "manifest",
        feed=feed,
        as_of=dt.date(2026, 6, 18),
        extracted_on=EXTRACTED,
        provider=provider,
        coverage=COUNTY_CODE,
        rows=None,
        legal_basis=basis,
    )


def _drift(county: County) -> None:
    """高龄津贴: half of the people of May, with totals and signatures. 烈士子女: the file of May once more."""
    towns = list(dict.fromkeys(village.town for village in VILLAGES))[:2]
    for town in towns:
        rows = [elderly(county, town, BOTH if at < 12 else MAY) for at in range(24)]
        county.planted("ROLL018", "高龄津贴只有上月的一半行数", ("subject", rows[0]))
        county.planted("ROLL019", "高龄津贴有标题、小计、合计和签章行", ("subject", rows[0]))
    steady = [_martyr_child(county) for _ in range(10)]
    county.planted("ROLL018", "烈士子女补助交来的是上月的文件", ("subject", steady[0]))
    county.trap("ROLL019", "烈士子女补助只有表头和数据,没有略去什么", ("subject", steady[1]))
    grown = tekun(county)
    grown.months = JUNE
    county.trap("ROLL018", "特困人员本月新增几人,在允许幅度内", ("subject", grown))


def elderly(county: County, town: str, months: int, person: Person | None = None, **cells: Any) -> Entry:  # noqa: ANN401
    """Add a row to the roll of 高龄津贴; cells override what is usual."""
    who = person or county.people.person((81, 95))
    village = next(village for village in VILLAGES if village.town == town)
    values: Values = {
        "town": town,
        "village": village.name,
        "name": who.name,
        "id_no": who.id_no,
        "category": "80至89周岁" if who.age < 90 else "90周岁以上",
        "monthly_amount": 6_000 if who.age < 90 else 10_000,
        "account_no": county.account(),
        "account_name": who.name,
        "status": "在保",
    }
    return county.add("elderly", months, **(values | cells))


def _martyr_child(county: County) -> Entry:
    who = county.people.person((76, 90))
    village = county.village()
    return county.add(
        "martyr_child60",
        BOTH,
        town=village.town,
        village=village.name,
        name=who.name,
        id_no=who.id_no,
        monthly_amount=69_000,
        account_no=county.account(),
        account_name=who.name,
        status="在保",
    )


def _keys(county: County) -> None:
    """A feed without numbers, one with masked ones, one as it should be."""
    code = "FEED022"
    for at in range(18):
        who = county.people.person((18, 80), stranger=True)
        start = county.draw.day(dt.date(2026, 1, 5), dt.date(2026, 6, 10))
        county.add(
            "rescue_station", name=who.name, id_no=who.id_no if at % 3 else None, start=start, end=start, left_to="返乡"
        )
        who = county.people.person((24, 58), stranger=True)
        masked = f"{who.id_no[:6]}********{who.id_no[14:]}"
        county.add("transport", name=who.name, id_no=masked, plate_no=f"苏D{90_000 + at}", licence_status="有效")
        who = county.people.person((24, 58), stranger=True)
        county.add("exit", name=who.name, id_no=who.id_no, settled_on=dt.date(2025, 3, 1))
    nameless = stated_feed(county, "流浪乞讨救助", "救助管理站", "本部门职责")
    county.planted(code, "救助站名单有三分之一没有证件号码", ("subject", nameless))
    hidden = stated_feed(county, "道路运输", "交通运输局", "法定协查")
    county.planted(code, "道路运输数据的证件号码被遮盖", ("subject", hidden))
    county.trap(
        code, "出国(境)定居名单的证件号码齐全有效", ("subject", stated_feed(county, "出国定居", "公安局", "法定协查"))
    )


def _states(county: County) -> None:
    """On feeds that no rule with planted cases needs: one stale, one of another county, one cut off."""
    code = "FEED021"
    rows = {entry.values["feed"]: entry for entry in county.entries if entry.table == "manifest"}
    stale, elsewhere, cut, old = rows["契税"], rows["流浪乞讨救助"], rows["道路运输"], rows["养老待遇"]
    stale.values.update(as_of=dt.date(2025, 11, 30), extracted_on=dt.date(2025, 12, 3))
    elsewhere.values["coverage"] = "320481"
    cut.values["cut"] = 10
    old.values.update(as_of=dt.date(2026, 5, 20), extracted_on=dt.date(2026, 5, 22))
    county.planted(code, "契税数据截止2025年11月,早于允许时限", ("subject", stale))
    county.planted(code, "救助站名单的覆盖区域是外县,不含本区", ("subject", elsewhere))
    county.planted(code, "道路运输数据的实到记录数只有清单所列的一成", ("subject", cut))
    county.trap(code, "养老待遇数据截止5月,仍在允许时限内", ("subject", old))


def _authorisations(county: County) -> None:
    """Everybody whose means are examined has signed, but for two households."""
    code = "FEED023"
    unsigned, expired, proxy = (county.household(compose(county, "parent_child")) for _ in range(3))
    for house in county.households:
        for member in house.members:
            if house is not unsigned:
                _sign(county, house, member, late=house is expired, proxy=house is proxy and member is not house.head)
    for entry in county.entries:
        if entry.table == "tekun":
            values = {name: entry.values[name] for name in ("name", "id_no")}
            county.add("authorisation", **values, signed_on=_SIGNED, valid_to=None)
    stated_feed(county, "核对授权", "各镇(街道)", "本部门职责")
    county.planted(code, "全家没有核对授权书", ("subject", unsigned.head))
    county.planted(code, "授权书已于上年年底到期", ("subject", expired.head))
    county.trap(code, "未成年子女的授权书由监护人代签", ("subject", proxy.head))


def _sign(county: County, house: Household, member: Member, *, late: bool, proxy: bool) -> None:
    county.add(
        "authorisation",
        hh_id=house,
        name=member.written.get("name", member.person.name),
        id_no=member.id_no,
        signed_on=_SIGNED,
        signed_by=house.head.person.name if proxy else None,
        valid_to=dt.date(2025, 12, 31) if late else None,
    )
