"""Planted cases and traps of registration, income and insurance: ERR202, ERR204, ERR206, ERR208, ERR214, ERR216."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from baoshen_audit.testing.synth.families import compose
from baoshen_audit.testing.synth.means import SPRING, insured, provident, registered, taxed
from baoshen_audit.testing.synth.people import Person
from baoshen_audit.testing.synth.places import COUNTY
from baoshen_audit.testing.synth.records import County, Entry, Record
from baoshen_audit.testing.synth.rolls import tekun, youfu

_WINTER: Final = (dt.date(2025, 12, 1), dt.date(2026, 1, 1), dt.date(2026, 2, 1))


def plant_means(county: County) -> None:
    """Plant all cases of this file."""
    _err202(county)
    _err202_traps(county)
    _err204(county)
    _err204_traps(county)
    _err206(county)
    _err208(county)
    _err214(county)
    _err216(county)


def _with(role: str, entries: list[Entry]) -> tuple[tuple[str, Record], ...]:
    return tuple((role, entry) for entry in entries)


def _gone(county: County, who: Person, **cells: Any) -> Entry:  # noqa: ANN401 - cells of any type
    return registered(county, who, "320413800001", **({"hukou_status": "迁出"} | cells))


def _err202(county: County) -> None:
    code = "ERR202"
    house = county.single((30, 55))
    row = _gone(county, house.head.person, moved_out=dt.date(2026, 1, 12), moved_to="安徽省宣城市郎溪县")
    county.planted(code, "户籍1月迁往外省,6月仍在低保名册", ("subject", house.head), ("hukou", row))
    entry = tekun(county)
    who = Person(entry.values["name"], entry.values["sex"], entry.values["birth_date"], entry.values["id_no"])
    row = _gone(county, who, moved_out=dt.date(2025, 11, 3), moved_to="浙江省湖州市长兴县")
    county.planted(code, "特困人员户籍去年迁往外省", ("subject", entry), ("hukou", row))
    veteran = county.people.person((64, 80), "男")
    entry = youfu(county, veteran)
    row = _gone(county, veteran, hukou_status="出国(境)定居", cancel_date=dt.date(2026, 2, 20))
    county.planted(code, "优抚对象2月因出国定居注销户籍", ("subject", entry), ("hukou", row))


def _err202_traps(county: County) -> None:
    code = "ERR202"
    for note, cells in (
        ("户籍迁往本省其他县区", {"moved_out": dt.date(2025, 10, 9), "moved_to": "江苏省常州市武进区"}),
        ("户籍5月迁往外省,仍在宽限期内", {"moved_out": dt.date(2026, 5, 20), "moved_to": "安徽省宣城市"}),
    ):
        house = county.single((30, 60))
        row = _gone(county, house.head.person, **cells)
        county.trap(code, note, ("subject", house.head), ("hukou", row))
    members = compose(county, "parent_child")
    county.household(members)
    row = _gone(
        county, members[1].person, moved_out=dt.date(2025, 9, 8), moved_to="安徽省合肥市蜀山区某职业技术学院集体户"
    )
    county.trap(code, "学生升学迁入学校集体户口", ("subject", members[1]), ("hukou", row))


def _err204(county: County) -> None:
    house = county.household(compose(county, "family3"), income=60_000)
    worker = house.head.person
    pay = taxed(county, worker, "东环机械厂", SPRING, income=420_000)
    base = insured(county, worker, "东环机械厂", SPRING)
    county.planted(
        "ERR204", "户主有参保佐证的工资,扣减后高于三人标准", ("subject", house), *_with("tax", pay[1:]),
        *_with("insurance", base[1:]),
    )  # fmt: skip
    county.planted("ERR208", "三个月个税工资远高于申报收入", ("subject", house.head), *_with("tax", pay))
    house = county.household(compose(county, "parent_child"), income=40_000)
    row = county.add(
        "fiscal_payroll", name=house.head.person.name, id_no=house.head.person.id_no, employer=f"{COUNTY}交通运输局",
        staff_kind="公益性岗位", payroll_status="在编在岗", gross=290_000, month=SPRING[-1],
    )  # fmt: skip
    county.planted("ERR204", "公益性岗位工资没有计入收入,扣减后高于两人标准", ("subject", house), ("payroll", row))
    house = county.household(compose(county, "parent_child"), income=40_000)
    worker = house.head.person
    pay = taxed(county, worker, "洮滨纺织有限公司", SPRING, income=300_000)
    fund = provident(county, worker, employer="洮滨纺织有限公司", base=300_000)
    other = {**fund.values, "month": SPRING[1]}, {**fund.values, "month": SPRING[0]}
    funds = [fund, *(county.add("provident", **values) for values in other)]
    county.planted(
        "ERR204", "个税工资有公积金佐证,扣减后高于两人标准", ("subject", house), *_with("tax", pay[1:]),
        *_with("provident", funds[:2]),
    )  # fmt: skip
    county.planted("ERR208", "三个月个税工资高于申报收入,有公积金", ("subject", house.head), *_with("tax", pay))
    county.planted("ERR214", "正常缴存公积金,基数高于申报收入", ("subject", house.head), *_with("provident", funds))


def _err204_traps(county: County) -> None:
    code = "ERR204"
    house = county.household(compose(county, "parent_child"), income=40_000)
    pay = taxed(county, house.head.person, "东环机械厂", _WINTER, income=420_000)
    base = insured(county, house.head.person, "东环机械厂", _WINTER)
    county.trap(code, "工资已于2月终止", ("subject", house), *_with("tax", pay), *_with("insurance", base))
    house = county.single((40, 55))
    worker = house.head.person
    prize = taxed(county, worker, "福利彩票中心", SPRING[-1:], income=3_000_000, item="偶然所得")
    base = insured(county, worker, "洮滨人才服务中心", SPRING, pay_kind="灵活就业人员")
    county.trap(
        code, "一次性所得和灵活就业缴费基数", ("subject", house), *_with("tax", prize), *_with("insurance", base)
    )
    house = county.single((40, 55))
    pay = taxed(county, house.head.person, "外省劳务公司", SPRING, income=420_000)
    county.trap(code, "只有个税申报,没有参保,可能被冒用身份", ("subject", house), *_with("tax", pay))


def _err206(county: County) -> None:
    code = "ERR206"
    for note in ("登记为未登记失业,单位连续参保三个月", "登记为无就业条件,单位连续参保三个月"):
        house = county.single((30, 52), cells={"employment": note.partition(",")[0].removeprefix("登记为")})
        rows = insured(county, house.head.person, "良常食品有限公司", SPRING)
        county.planted(code, note, ("subject", house.head), *_with("insurance", rows))
    for note, firm, months in (
        ("人才服务机构代理参保,本人缴费", "洮滨人才服务中心", SPRING),
        ("单位参保已于2月停止", "良常食品有限公司", _WINTER),
    ):
        house = county.single((30, 52), cells={"employment": "未登记失业"})
        rows = insured(county, house.head.person, firm, months)
        county.trap(code, note, ("subject", house.head), *_with("insurance", rows))


def _err208(county: County) -> None:
    code = "ERR208"
    house = county.household(compose(county, "family3"), income=50_000)
    rows = taxed(county, house.head.person, "华城物业服务部", SPRING, income=160_000, item="劳务报酬所得")
    county.planted(code, "三个月劳务报酬高于申报的家庭月收入", ("subject", house.head), *_with("tax", rows))
    house = county.household(compose(county, "family3"), income=50_000)
    rows = taxed(county, house.head.person, "征地补偿办公室", SPRING, income=900_000, item="一次性补偿收入")
    county.trap(code, "征地补偿分三次发放,不是每月收入", ("subject", house.head), *_with("tax", rows))


def _err214(county: County) -> None:
    code = "ERR214"
    idle = {"month": None, "base": 0, "account_status": "封存", "withdrawn": 6_200_000}
    for note, reason, planted in (
        ("公积金账户去年12月大额提取", "购房", True),
        ("退休时一次提取公积金", "离休、退休", False),
    ):
        house = county.single((50, 59))
        row = provident(county, house.head.person, **idle, withdrawn_on=dt.date(2025, 12, 9), withdraw_reason=reason)
        (county.planted if planted else county.trap)(code, note, ("subject", house.head), ("provident", row))


def _err216(county: County) -> None:
    code = "ERR216"
    for number, (ages, booklet, note) in enumerate(
        (
            ((6, 12), None, "户籍登记的未成年儿子不在家庭成员之内"),
            ((20, 26), None, "同一户口簿的成年儿子不在家庭成员之内"),
            ((6, 12), "320413850009", "离婚后随另一方生活的孩子,登记在别的户口簿"),
        )
    ):
        house = county.single((48, 54), "离异")
        parent, own = house.head.person, f"32041385000{number}"
        child = county.people.person(ages, "男", surname=parent.name[0], stranger=True)
        line = "father_id" if parent.sex == "男" else "mother_id"
        rows = [
            registered(county, parent, own, relation="户主"),
            registered(county, child, booklet or own, relation="子", **{line: parent.id_no}),
        ]
        plant = county.trap if booklet else county.planted
        plant(code, note, ("subject", house.head), ("context", rows[0]), ("hukou", rows[1]))
