"""Planted cases and traps of registers held against a roll: ERR203, ERR205, ERR211, ERR226, ERR227, ERR229."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from baoshen_audit.testing.synth.families import compose
from baoshen_audit.testing.synth.means import SPRING, insured, taxed
from baoshen_audit.testing.synth.people import Person
from baoshen_audit.testing.synth.places import COUNTY, INSTITUTIONS
from baoshen_audit.testing.synth.plant_omission import certificate
from baoshen_audit.testing.synth.records import County, Entry, Member, Values
from baoshen_audit.testing.synth.rolls import CARE, care_home, disability, orphan, tekun
from baoshen_audit.testing.synth.stays import pupil, resident

_DAY: Final = dt.date
_ORPHAN_SINCE: Final = _DAY(2016, 9, 1)


def plant_registers(county: County) -> None:
    """Plant all cases of this file."""
    _err203(county)
    _err205(county)
    _err211(county)
    _err226(county)
    _err227(county)
    _err229(county)


def _term(county: County, who: Person, kind: str, start: dt.date, end: dt.date | None) -> Entry:
    return county.add("custody", name=who.name, id_no=who.id_no, kind=kind, start=start, end=end)


def _grown(county: County) -> Member:
    """A grown-up child in a covered household."""
    members = compose(county, "elder")
    who = county.people.person((members[0].person.age - 36, members[0].person.age - 26), "男")
    members.append(Member(who, "子", "未婚"))
    county.household(members)
    return members[1]


def _err203(county: County) -> None:
    code = "ERR203"
    for kind, start, end, note in (
        ("服刑", _DAY(2025, 11, 3), _DAY(2028, 11, 2), "服刑的儿子仍计入低保人口"),
        ("强制隔离戒毒", _DAY(2026, 2, 9), _DAY(2028, 2, 8), "强制隔离戒毒的儿子仍计入低保人口"),
    ):
        member = _grown(county)
        entry = _term(county, member.person, kind, start, end)
        county.planted(code, note, ("subject", member), ("custody", entry))
    who = county.people.person((60, 70), "男")
    row = tekun(county, who)
    entry = _term(county, who, "服刑", _DAY(2024, 7, 1), _DAY(2027, 6, 30))
    county.planted(code, "服刑的特困人员仍在册", ("subject", row), ("custody", entry))
    for kind, start, end, note in (
        ("社区矫正", _DAY(2025, 11, 3), _DAY(2027, 11, 2), "社区矫正,在家生活"),
        ("服刑", _DAY(2022, 3, 1), _DAY(2026, 2, 28), "刑满回家已三个月"),
        ("服刑", _DAY(2026, 6, 12), _DAY(2027, 6, 11), "入监不满30天"),
    ):
        member = _grown(county)
        entry = _term(county, member.person, kind, start, end)
        county.trap(code, note, ("subject", member), ("custody", entry))


def _pension(county: County, who: Person, kind: str, amount: int, **cells: Any) -> Entry:  # noqa: ANN401
    values: Values = {"month": SPRING[-1], "start": _DAY(2020, 1, 1), "pension_status": "在领"}
    return county.add("pension", name=who.name, id_no=who.id_no, kind=kind, amount=amount, **(values | cells))


def _err205(county: County) -> None:
    code = "ERR205"
    for kind, amount, note in (
        ("职工", 88_000, "领取职工养老金880元,申报月收入300元"),
        ("机关", 96_000, "领取机关养老金960元,申报月收入300元"),
    ):
        house = county.single((64, 80), income=30_000)
        entry = _pension(county, house.head.person, kind, amount)
        county.planted(code, note, ("subject", house.head), ("pension", entry))
    members = compose(county, "elders")
    county.household(members, income=40_000)
    entry = _pension(county, members[1].person, "职工", 152_000)
    county.planted(code, "配偶领取职工养老金,高于申报的家庭月收入", ("subject", members[1]), ("pension", entry))
    for kind, amount, income, cells, note in (
        ("城乡居民", 90_000, 30_000, {}, "城乡居民养老金没有分列基础养老金"),
        ("遗属", 98_000, 30_000, {}, "遗属补助不是养老金"),
        ("职工", 70_000, 72_000, {}, "养老金已计入申报收入"),
        ("职工", 88_000, 30_000, {"pension_status": "终止"}, "养老待遇已经终止"),
    ):
        house = county.single((64, 80), income=income)
        entry = _pension(county, house.head.person, kind, amount, **cells)
        county.trap(code, note, ("subject", house.head), ("pension", entry))


def _entity(county: County, who: Person, trade: str, **cells: Any) -> Entry:  # noqa: ANN401 - cells of any type
    values: Values = {
        "entity_name": f"{COUNTY}顺达{trade}",
        "uscc": f"92320413MA3{county.draw.between(0, 9_999_999):07}",
        "entity_kind": "个体工商户",
        "role": "经营者",
        "capital": 5_000_000,
        "founded_on": _DAY(2021, 5, 10),
        "entity_status": "存续",
    }
    return county.add("business", name=who.name, id_no=who.id_no, **(values | cells))


def _err211(county: County) -> None:
    code = "ERR211"
    house = county.single((40, 55), income=60_000)
    entry = _entity(county, house.head.person, "建材经营部")
    rows = taxed(county, house.head.person, entry.values["entity_name"], SPRING[-1:], income=20_000, item="经营所得")
    county.planted(code, "个体工商户存续,有纳税申报", ("subject", house.head), ("business", entry), ("tax", rows[0]))
    house = county.single((40, 55), income=60_000)
    firm: Values = {"entity_kind": "有限责任公司", "role": "股东"}
    entry = _entity(county, house.head.person, "商贸有限公司", **firm)
    rows = insured(county, house.head.person, entry.values["entity_name"], SPRING[-1:], pay_kind="灵活就业人员")
    county.planted(code, "公司股东,经公司参保", ("subject", house.head), ("business", entry), ("insurance", rows[0]))
    house = county.single((40, 55))
    entry = _entity(county, house.head.person, "小吃店")
    county.planted(code, "个体工商户存续,未见经营迹象", ("subject", house.head), ("business", entry))
    for trade, cells, note in (
        ("服装厂", {"entity_status": "吊销"}, "已吊销,不能经营"),
        ("粮食专业合作社", {"entity_kind": "农民专业合作社", "role": "成员"}, "合作社的普通成员"),
        ("物业有限公司", {"entity_kind": "有限责任公司", "role": "监事"}, "公司监事,不是出资人"),
    ):
        house = county.single((40, 55), income=60_000)
        entry = _entity(county, house.head.person, trade, **cells)
        name = entry.values["entity_name"]
        rows = taxed(county, house.head.person, name, SPRING[-1:], income=20_000, item="经营所得")
        county.trap(code, note, ("subject", house.head), ("business", entry), ("tax", rows[0]))


def _err226(county: County) -> None:
    code = "ERR226"
    who = county.people.person((20, 20))
    row = orphan(county, who, first_month=_ORPHAN_SINCE)
    entry = pupil(county, who, enrol_status="毕业", leave_date=_DAY(2025, 6, 30))
    county.planted(code, "年满20岁,去年毕业,仍在孤儿名册", ("subject", row), ("school", entry))
    row = orphan(county, county.people.person((19, 19)), first_month=_ORPHAN_SINCE)
    county.planted(code, "年满19岁,学籍数据里没有此人", ("subject", row))
    for years, cells, note in (
        (20, {"school": "洮滨职业学院"}, "年满20岁,仍在校"),
        (19, {"enrol_status": "休学"}, "年满19岁,休学"),
    ):
        who = county.people.person((years, years))
        row = orphan(county, who, first_month=_ORPHAN_SINCE)
        county.trap(code, note, ("subject", row), ("school", pupil(county, who, **cells)))
    row = orphan(county, county.people.person((17, 17)), first_month=_ORPHAN_SINCE)
    county.trap(code, "未满18岁,没有学籍", ("subject", row))


def _err227(county: County) -> None:
    code = "ERR227"
    home = care_home(county, INSTITUTIONS[1])
    for since in (_DAY(2026, 2, 1), _DAY(2025, 10, 15)):
        who = county.people.person((66, 85))
        row = tekun(county, who)
        entry = resident(county, who, INSTITUTIONS[1], since)
        county.planted(code, "登记为分散供养,已在敬老院居住", ("subject", row), ("institution", entry))
    who = county.people.person((66, 85))
    row = tekun(county, who, home=home)
    entry = resident(county, who, INSTITUTIONS[1], _DAY(2022, 5, 4), moved_out=_DAY(2026, 3, 10))
    county.planted(code, "登记为集中供养,3月已离院", ("subject", row), ("institution", entry))
    for place, since, cells, note in (
        (INSTITUTIONS[2], _DAY(2026, 6, 10), {}, "入住不满30天,试住"),
        ("金沙镇卫生院", _DAY(2026, 3, 2), {}, "在卫生院住院,不是供养机构"),
        (INSTITUTIONS[3], _DAY(2025, 12, 8), {"payer": "自费"}, "自费住在养老机构"),
    ):
        who = county.people.person((66, 85))
        row = tekun(county, who)
        entry = resident(county, who, place, since, **cells)
        county.trap(code, note, ("subject", row), ("institution", entry))


def _subsidised(county: County, level: int) -> tuple[Person, Entry]:
    """Somebody on the roll of the subsidies with a certificate of that level, 肢体."""
    who = county.people.person((25, 70))
    cells: Values = {"disability_kind": "肢体", "disability_level": f"{level}级", "care_amount": CARE}
    return who, disability(county, who, disability_cert=f"{who.id_no}4{level}", care_start=_DAY(2020, 3, 1), **cells)


def _err229(county: County) -> None:
    code = "ERR229"
    for level, cells, note in (
        ("三级", {}, "名册等级2级,证件为三级"),
        ("二级", {"kind": "智力"}, "名册类别肢体,证件为智力"),
        ("二级", {"cert_status": "注销"}, "残疾人证已注销"),
        ("二级", {"valid_to": _DAY(2025, 12, 31)}, "残疾人证去年年底到期"),
    ):
        who, row = _subsidised(county, 2)
        entry = certificate(county, who, level, **cells)
        county.planted(code, note, ("subject", row), ("certificate", entry))
    who, row = _subsidised(county, 2)
    entry = certificate(county, who, "二级", valid_to=_DAY(2026, 5, 15))
    county.trap(code, "证件5月到期,正在换证", ("subject", row), ("certificate", entry))
    who, row = _subsidised(county, 2)
    old = certificate(county, who, "三级", cert_status="注销")
    new = certificate(county, who, "二级")
    county.trap(code, "换过证,旧证已注销,新证相符", ("subject", row), ("certificate", new), ("context", old))
    who, row = _subsidised(county, 2)
    entry = certificate(county, who, "二级", kind="多重")
    county.trap(code, "多重残疾的类别写法不一", ("subject", row), ("certificate", entry))
