"""Planted cases and traps of ERR201 (paid after death), ERR207 (public payroll) and ERR209 (vehicles)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from baoshen_audit.testing.synth.feeds import vehicle
from baoshen_audit.testing.synth.people import Person
from baoshen_audit.testing.synth.places import COUNTY
from baoshen_audit.testing.synth.records import LAST, MAY, STANDARD, County, Entry, Household, Member, Paid
from baoshen_audit.testing.synth.rolls import compose, disability, tekun, youfu


def plant_erroneous(county: County) -> None:
    """Plant all cases of this file."""
    _err201(county)
    _err201_traps(county)
    _err207(county)
    _err209(county)


def cremation(county: County, who: Person, day: dt.date, **cells: Any) -> Entry:  # noqa: ANN401
    """Add a row of the funeral home."""
    kin = county.people.person((30, 60), surname=who.name[0], stranger=True)
    burnt = day + dt.timedelta(days=2)
    values = {
        "name": who.name, "id_no": who.id_no, "source": "殡仪馆", "death_date": day, "cremation_date": burnt,
        "cremation_no": f"H{burnt:%y%m%d}{county.draw.between(5, 9)}", "relative_name": kin.name, "relative_id": kin.id_no,
        "relative_phone": county.phone(), "address": county.village().town,
    }  # fmt: skip
    return county.add("death", **(values | cells))


def cancellation(county: County, who: Person, day: dt.date) -> Entry:
    """Add a row of the police: the household registration cancelled after a death."""
    return county.add("death", name=who.name, id_no=who.id_no, source="公安", death_date=day, registered_on=day + dt.timedelta(days=12),
                      address=county.village().town)  # fmt: skip


def _err201(county: County) -> None:
    code = "ERR201"
    house = county.single((66, 90), "丧偶")
    who, day = house.head.person, dt.date(2026, 3, 10)
    county.planted(code, "单人低保户主3月去世,殡仪馆和公安两个来源,5月6月仍在发放", ("subject", house.head),
                   ("death", cremation(county, who, day)), ("death", cancellation(county, who, day)), ("payment", Paid(house)))  # fmt: skip
    elder = county.people.person((70, 92), "男")
    entry = tekun(county, elder)
    county.planted(code, "分散特困人员4月去世,5月6月仍在发放", ("subject", entry),
                   ("death", cremation(county, elder, dt.date(2026, 4, 20))), ("payment", Paid(entry)))  # fmt: skip
    patient = county.people.person((40, 75))
    entry = disability(county, patient)
    county.planted(code, "残疾人2月去世,两项补贴仍在发放", ("subject", entry),
                   ("death", cancellation(county, patient, dt.date(2026, 2, 6))), ("payment", Paid(entry)))  # fmt: skip
    house = county.household(compose(county, "three_generations"))
    mother = house.members[-1]
    county.planted(code, "低保家庭成员1月去世,仍计入人口并按原人数发放,应重算", ("subject", mother), ("household", house),
                   ("death", cremation(county, mother.person, dt.date(2026, 1, 15))), ("payment", Paid(house)))  # fmt: skip
    old = county.people.person((72, 88), "男")
    entry = tekun(county, old, id_no=old.old_id)
    county.planted(code, "名册为15位旧号,殡仪馆为18位号,同一人3月去世后仍在发放", ("subject", entry),
                   ("death", cremation(county, old, dt.date(2026, 3, 28))), ("payment", Paid(entry)))  # fmt: skip
    veteran = county.people.person((74, 88), "男")
    entry = youfu(county, veteran)
    entry.pay = {"2026-05": ({"result": "退回", "return_reason": "账户注销"},)}
    county.planted(code, "优抚对象4月去世,5月发放被退回,6月又发放成功", ("subject", entry),
                   ("death", cremation(county, veteran, dt.date(2026, 4, 9))), ("payment", Paid(entry)))  # fmt: skip
    house = county.single((58, 80), "离异")
    county.planted(code, "5月去世,6月仍在发放", ("subject", house.head),
                   ("death", cremation(county, house.head.person, dt.date(2026, 5, 11))), ("payment", Paid(house)))  # fmt: skip


def _err201_traps(county: County) -> None:
    code = "ERR201"
    house = county.single((70, 88), "丧偶")
    living = house.head.person
    namesake = county.people.person((living.age - 2, living.age + 2), living.sex, name=living.name, stranger=True)
    county.trap(code, "逝者与低保户主同名同龄,证件号码不同", ("subject", house.head),
                ("death", cremation(county, namesake, dt.date(2026, 2, 20))), ("payment", Paid(house)))  # fmt: skip
    dead = county.people.person((60, 80), "男")
    entry = tekun(county, county.people.sibling_number(dead, "男", dead.name[0] + dead.name[-1] + "福"))
    county.trap(code, "双胞胎兄弟去世,在册的是另一人,号码只差顺序码", ("subject", entry),
                ("death", cremation(county, dead, dt.date(2026, 1, 30))), ("payment", Paid(entry)))  # fmt: skip
    house = county.single((60, 75), "丧偶")
    child = house.head.person
    parent = county.people.person((88, 96), stranger=True)
    typed = cremation(county, parent, dt.date(2026, 3, 3), id_no=child.id_no, relative_name=child.name, relative_id=child.id_no)
    county.trap(code, "火化记录把经办家属的证件号码录成逝者号码,在册人健在", ("subject", house.head), ("death", typed), ("payment", Paid(house)))
    house = county.single((66, 86), "未婚")
    returned = {"result": "退回", "return_reason": "收款人死亡,账户止付"}
    house.pay = {"2026-05": (returned,), LAST: (returned,)}
    county.trap(code, "4月去世后5月6月发放均已退回", ("subject", house.head),
                ("death", cremation(county, house.head.person, dt.date(2026, 4, 14))), ("payment", Paid(house)))  # fmt: skip
    elder = county.people.person((75, 92), "男")
    entry = tekun(county, elder)
    county.trap(code, "6月去世,6月发放属于死亡当月", ("subject", entry),
                ("death", cremation(county, elder, dt.date(2026, 6, 5))), ("payment", Paid(entry)))  # fmt: skip
    elder = county.people.person((75, 92))
    entry = disability(county, elder)
    entry.months = MAY
    late = {"kind": "补发", "pay_date": dt.date(2026, 6, 16)}
    entry.pay = {"2026-05": (late,)}
    county.trap(code, "5月下旬去世,6月补发的是5月待遇", ("subject", entry),
                ("death", cremation(county, elder, dt.date(2026, 5, 22))), ("payment", Paid(entry)))  # fmt: skip
    members = compose(county, "with_parent")
    members[1].months = MAY
    house = county.household(members, income=40_000)
    county.trap(code, "成员5月去世,6月名册已减员并重算", ("subject", house), ("earlier", members[1]),
                ("death", cremation(county, members[1].person, dt.date(2026, 5, 19))), ("payment", Paid(house)))  # fmt: skip


def _payroll(county: County, who: Person, employer: str, **cells: Any) -> Entry:  # noqa: ANN401
    values = {"name": who.name, "id_no": who.id_no, "employer": COUNTY + employer, "staff_kind": "事业", "payroll_status": "在编在岗",
              "gross": 680_000, "month": dt.date(2026, 5, 1)}  # fmt: skip
    return county.add("fiscal_payroll", **(values | cells))


def _err207(county: County) -> None:
    code = "ERR207"
    house = county.household(compose(county, "family3"))
    wife = house.members[1]
    county.planted(code, "低保户主的配偶为在编在岗教师", ("subject", wife), ("payroll", _payroll(county, wife.person, "实验小学")))
    house = county.single((62, 80), "丧偶")
    county.planted(code, "低保户主领取机关退休工资", ("subject", house.head),
                   ("payroll", _payroll(county, house.head.person, "水利局", staff_kind="行政", payroll_status="退休", gross=720_000)))  # fmt: skip
    elder = county.people.person((62, 75), "男")
    entry = tekun(county, elder)
    county.planted(code, "特困人员在事业单位退休人员名单中", ("subject", entry),
                   ("payroll", _payroll(county, elder, "文化馆", payroll_status="退休", gross=560_000)))  # fmt: skip
    house = county.household(compose(county, "with_parent"), programme="dibao_edge")
    county.planted(code, "低保边缘家庭户主为事业单位在编人员", ("subject", house.head),
                   ("payroll", _payroll(county, house.head.person, "农业农村局", gross=610_000)))  # fmt: skip

    house = county.single((62, 80), "丧偶")
    county.trap(code, "财政供养文件中的遗属补助人员,本人不是财政供养", ("subject", house.head),
                ("payroll", _payroll(county, house.head.person, "人民医院", staff_kind="遗属补助", payroll_status=None, gross=95_000)))  # fmt: skip
    house = county.single((30, 50), "离异")
    county.trap(code, "已离职人员", ("subject", house.head),
                ("payroll", _payroll(county, house.head.person, "职业学校", payroll_status="离职", gross=0)))  # fmt: skip
    house = county.single((40, 58))
    living = house.head.person
    namesake = county.people.person((living.age - 1, living.age + 1), living.sex, name=living.name, stranger=True)
    county.trap(code, "同名的在编人员,证件号码不同", ("subject", house.head), ("payroll", _payroll(county, namesake, "交通运输局")))
    members = compose(county, "family3")
    members[1].reason = "服刑"
    house = county.household(members)
    county.trap(code, "服刑成员依法不计入,财政供养名单尚未清退", ("subject", members[1]), ("household", house),
                ("payroll", _payroll(county, members[1].person, "住房和城乡建设局")))  # fmt: skip


def _err209(county: County) -> None:
    code = "ERR209"
    _err209_planted(county, code)
    house = county.single((30, 60))
    county.trap(code, "名下车辆已注销", ("subject", house.head),
                ("vehicle", vehicle(county, house.head.person, "长安CS75", vehicle_status="注销", first_registered=dt.date(2010, 6, 2))))  # fmt: skip
    house = county.single((30, 60))
    county.trap(code, "名下车辆已报废", ("subject", house.head),
                ("vehicle", vehicle(county, house.head.person, "五菱宏光S", vehicle_status="报废", first_registered=dt.date(2008, 9, 9))))  # fmt: skip
    house = county.single((30, 60))
    county.trap(code, "残疾人代步车", ("subject", house.head),
                ("vehicle", vehicle(county, house.head.person, "悦享残疾人代步车", vehicle_kind="残疾人代步车", value=1_250_000)))  # fmt: skip
    house = county.household(compose(county, "family3"))
    adapted = vehicle(county, house.head.person, "吉利帝豪", plate_no="苏DA3K07", value=5_200_000)
    county.trap(code, "肢体残疾人改装车,已列入豁免台账(康复用车)", ("subject", house.head), ("household", house), ("vehicle", adapted),
                ("exemption", _exempt(county, house, house.head, "苏DA3K07", dt.date(2027, 12, 31))))  # fmt: skip
    for kind, plate, model in (("普通二轮摩托车", "普通摩托车", "豪爵HJ125"), ("正三轮载货摩托车", "普通摩托车", "宗申ZS150")):
        house = county.household(compose(county, "with_parent"))
        bike = vehicle(county, house.head.person, model, vehicle_kind=kind, plate_kind=plate, value=480_000)
        county.trap(code, f"{kind},属于豁免车型", ("subject", house.head), ("vehicle", bike))
    house = county.single((40, 58))
    living = house.head.person
    namesake = county.people.person((living.age - 1, living.age + 1), living.sex, name=living.name, stranger=True)
    county.trap(code, "同名车主,证件号码不同", ("subject", house.head), ("vehicle", vehicle(county, namesake, "大众朗逸")))
    members = compose(county, "family3")
    members[1].reason = "服刑"
    county.household(members)
    county.trap(code, "车辆属于依法不计入人口的服刑成员", ("subject", members[1]), ("vehicle", vehicle(county, members[1].person, "哈弗H6")))


def _err209_planted(county: County, code: str) -> None:
    house = county.single((35, 60))
    county.planted(code, "低保户主名下有在用小型轿车", ("subject", house.head), ("household", house),
                   ("vehicle", vehicle(county, house.head.person, "大众朗逸", first_registered=dt.date(2023, 4, 11), value=12_800_000)))  # fmt: skip
    house = county.household(compose(county, "family4"))
    wife = house.members[1]
    county.planted(code, "低保家庭配偶名下有在用小型普通客车", ("subject", wife), ("household", house),
                   ("vehicle", vehicle(county, wife.person, "五菱宏光S", vehicle_kind="小型普通客车", value=8_200_000)))  # fmt: skip
    house = county.household(compose(county, "parent_child"))
    lapsed = vehicle(county, house.head.person, "比亚迪秦PLUS", plate_no="苏DC5M19", value=9_980_000)
    county.planted(code, "车辆豁免已于2025年底到期", ("subject", house.head), ("household", house), ("vehicle", lapsed),
                   ("exemption", _exempt(county, house, house.head, "苏DC5M19", dt.date(2025, 12, 31))))  # fmt: skip
    members = compose(county, "elders")
    age = members[1].person.age - 26
    son = county.people.person((age - 4, age), "男", surname=members[0].person.name[0])
    members.append(Member(son, "子", "未婚"))
    house = county.household(members, income=STANDARD)
    cars = [vehicle(county, son, model, first_registered=day) for model, day in (("丰田卡罗拉", dt.date(2024, 8, 1)), ("别克凯越", dt.date(2019, 2, 1)))]
    county.planted(code, "成年儿子名下两辆在用小型轿车", ("subject", members[2]), ("household", house), *(("vehicle", car) for car in cars))


def _exempt(county: County, house: Household, member: Member, plate: str, until: dt.date) -> Entry:
    return county.add("exemption", hh_id=house, name=member.person.name, id_no=member.person.id_no, kind="康复用车", item=plate,
                      doc_no="洮民豁〔2024〕17号", valid_from=dt.date(2024, 1, 1), valid_to=until)  # fmt: skip
