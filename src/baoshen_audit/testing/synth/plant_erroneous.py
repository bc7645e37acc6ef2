"""Planted cases and traps of ERR207 (public payroll) and ERR209 (vehicles)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from baoshen_audit.testing.synth.families import compose
from baoshen_audit.testing.synth.feeds import vehicle
from baoshen_audit.testing.synth.people import Person
from baoshen_audit.testing.synth.places import COUNTY
from baoshen_audit.testing.synth.records import STANDARD, County, Entry, Household, Member, Values
from baoshen_audit.testing.synth.rolls import tekun


def plant_erroneous(county: County) -> None:
    """Plant all cases of this file."""
    _err207(county)
    _err207_traps(county)
    _err209(county)
    _err209_kinds(county)
    _err209_owners(county)


def _payroll(county: County, who: Person, employer: str, **cells: Any) -> Entry:  # noqa: ANN401
    values: Values = {
        "name": who.name,
        "id_no": who.id_no,
        "employer": COUNTY + employer,
        "staff_kind": "事业",
        "payroll_status": "在编在岗",
        "gross": 680_000,
        "month": dt.date(2026, 5, 1),
    }
    return county.add("fiscal_payroll", **(values | cells))


def _err207(county: County) -> None:
    code = "ERR207"
    house = county.household(compose(county, "family3"))
    wife = house.members[1]
    pay = _payroll(county, wife.person, "实验小学")
    county.planted(code, "低保户主的配偶为在编在岗教师", ("subject", wife), ("payroll", pay))
    county.planted("ERR204", "配偶的教师工资高于三人标准", ("subject", house), ("payroll", pay))
    house = county.single((62, 80), "丧偶")
    pay = _payroll(county, house.head.person, "水利局", staff_kind="行政", payroll_status="退休", gross=720_000)
    county.planted(code, "低保户主领取机关退休工资", ("subject", house.head), ("payroll", pay))
    county.planted("ERR204", "户主的退休工资高于一人标准", ("subject", house), ("payroll", pay))
    elder = county.people.person((62, 75), "男")
    entry = tekun(county, elder)
    county.planted(
        code,
        "特困人员在事业单位退休人员名单中",
        ("subject", entry),
        ("payroll", _payroll(county, elder, "文化馆", payroll_status="退休", gross=560_000)),
    )
    house = county.household(compose(county, "with_parent"), programme="dibao_edge")
    pay = _payroll(county, house.head.person, "农业农村局", gross=610_000)
    county.planted(code, "低保边缘家庭户主为事业单位在编人员", ("subject", house.head), ("payroll", pay))
    county.planted("ERR204", "户主的工资高于低保边缘线", ("subject", house), ("payroll", pay))


def _err207_traps(county: County) -> None:
    code = "ERR207"
    house = county.single((62, 80), "丧偶")
    county.trap(
        code,
        "财政供养文件中的遗属补助人员,本人不是财政供养",
        ("subject", house.head),
        (
            "payroll",
            _payroll(county, house.head.person, "人民医院", staff_kind="遗属补助", payroll_status=None, gross=95_000),
        ),
    )
    house = county.single((30, 50), "离异")
    county.trap(
        code,
        "已离职人员",
        ("subject", house.head),
        ("payroll", _payroll(county, house.head.person, "职业学校", payroll_status="离职", gross=0)),
    )
    house = county.single((40, 58))
    living = house.head.person
    namesake = county.people.person((living.age - 1, living.age + 1), living.sex, name=living.name, stranger=True)
    county.trap(
        code,
        "同名的在编人员,证件号码不同",
        ("subject", house.head),
        ("payroll", _payroll(county, namesake, "交通运输局")),
    )
    members = compose(county, "family3")
    members[1].reason = "服刑"
    house = county.household(members)
    county.trap(
        code,
        "服刑成员依法不计入,财政供养名单尚未清退",
        ("subject", members[1]),
        ("context", house),
        ("payroll", _payroll(county, members[1].person, "住房和城乡建设局")),
    )


def _err209(county: County) -> None:
    code = "ERR209"
    house = county.single((35, 60))
    county.planted(
        code,
        "低保户主名下有在用小型轿车",
        ("subject", house.head),
        ("context", house),
        (
            "vehicle",
            vehicle(county, house.head.person, "大众朗逸", first_registered=dt.date(2023, 4, 11), value=12_800_000),
        ),
    )
    house = county.household(compose(county, "family4"))
    wife = house.members[1]
    county.planted(
        code,
        "低保家庭配偶名下有在用小型普通客车",
        ("subject", wife),
        ("context", house),
        ("vehicle", vehicle(county, wife.person, "五菱宏光S", vehicle_kind="小型普通客车", value=8_200_000)),
    )
    house = county.household(compose(county, "parent_child"))
    lapsed = vehicle(county, house.head.person, "比亚迪秦PLUS", plate_no="苏DC5M19", value=9_980_000)
    county.planted(
        code,
        "车辆豁免已于2025年底到期",
        ("subject", house.head),
        ("context", house),
        ("vehicle", lapsed),
        ("exemption", _exempt(county, house, house.head, "苏DC5M19", dt.date(2025, 12, 31))),
    )
    members = compose(county, "elders")
    age = members[1].person.age - 26
    son = county.people.person((age - 4, age), "男", surname=members[0].person.name[0])
    members.append(Member(son, "子", "未婚"))
    house = county.household(members, income=STANDARD)
    cars = [
        vehicle(county, son, model, first_registered=day)
        for model, day in (("丰田卡罗拉", dt.date(2024, 8, 1)), ("别克凯越", dt.date(2019, 2, 1)))
    ]
    county.planted(
        code,
        "成年儿子名下两辆在用小型轿车",
        ("subject", members[2]),
        ("context", house),
        *(("vehicle", car) for car in cars),
    )


def _err209_kinds(county: County) -> None:
    """Traps of the vehicle: out of use, of an exempt kind, or exempted."""
    code = "ERR209"
    house = county.single((30, 60))
    county.trap(
        code,
        "名下车辆已注销",
        ("subject", house.head),
        (
            "vehicle",
            vehicle(county, house.head.person, "长安CS75", vehicle_status="注销", first_registered=dt.date(2010, 6, 2)),
        ),
    )
    house = county.single((30, 60))
    county.trap(
        code,
        "名下车辆已报废",
        ("subject", house.head),
        (
            "vehicle",
            vehicle(
                county, house.head.person, "五菱宏光S", vehicle_status="报废", first_registered=dt.date(2008, 9, 9)
            ),
        ),
    )
    house = county.single((30, 60))
    county.trap(
        code,
        "残疾人代步车",
        ("subject", house.head),
        (
            "vehicle",
            vehicle(county, house.head.person, "悦享残疾人代步车", vehicle_kind="残疾人代步车", value=1_250_000),
        ),
    )
    house = county.household(compose(county, "family3"))
    adapted = vehicle(county, house.head.person, "吉利帝豪", plate_no="苏DA3K07", value=5_200_000)
    county.trap(
        code,
        "肢体残疾人改装车,已列入豁免台账(康复用车)",
        ("subject", house.head),
        ("context", house),
        ("vehicle", adapted),
        ("exemption", _exempt(county, house, house.head, "苏DA3K07", dt.date(2027, 12, 31))),
    )
    for kind, plate, model in (
        ("普通二轮摩托车", "普通摩托车", "豪爵HJ125"),
        ("正三轮载货摩托车", "普通摩托车", "宗申ZS150"),
    ):
        house = county.household(compose(county, "with_parent"))
        bike = vehicle(county, house.head.person, model, vehicle_kind=kind, plate_kind=plate, value=480_000)
        county.trap(code, f"{kind},属于豁免车型", ("subject", house.head), ("vehicle", bike))


def _err209_owners(county: County) -> None:
    """Traps of the owner: a namesake, or a member not counted."""
    code = "ERR209"
    house = county.single((40, 58))
    living = house.head.person
    namesake = county.people.person((living.age - 1, living.age + 1), living.sex, name=living.name, stranger=True)
    county.trap(
        code, "同名车主,证件号码不同", ("subject", house.head), ("vehicle", vehicle(county, namesake, "大众朗逸"))
    )
    members = compose(county, "family3")
    members[1].reason = "服刑"
    county.household(members)
    county.trap(
        code,
        "车辆属于依法不计入人口的服刑成员",
        ("subject", members[1]),
        ("vehicle", vehicle(county, members[1].person, "哈弗H6")),
    )


def _exempt(county: County, house: Household, member: Member, plate: str, until: dt.date) -> Entry:
    return county.add(
        "exemption",
        hh_id=house,
        name=member.person.name,
        id_no=member.person.id_no,
        kind="康复用车",
        item=plate,
        doc_no="洮民豁〔2024〕17号",
        valid_from=dt.date(2024, 1, 1),
        valid_to=until,
    )
