"""Planted cases and traps of ERR201 (paid after death)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from baoshen_audit.testing.synth.families import compose
from baoshen_audit.testing.synth.people import Person
from baoshen_audit.testing.synth.records import LAST, MAY, County, Entry, Paid, Values
from baoshen_audit.testing.synth.rolls import disability, tekun, youfu


def plant_deaths(county: County) -> None:
    """Plant all cases of this file."""
    _err201(county)
    _err201_late(county)
    _err201_wrong_person(county)
    _err201_no_money(county)


def cremation(county: County, who: Person, day: dt.date, **cells: Any) -> Entry:  # noqa: ANN401
    """Add a row of the funeral home."""
    kin = county.people.person((30, 60), surname=who.name[0], stranger=True)
    burnt = day + dt.timedelta(days=2)
    values: Values = {
        "name": who.name,
        "id_no": who.id_no,
        "source": "殡仪馆",
        "death_date": day,
        "cremation_date": burnt,
        "cremation_no": f"H{burnt:%y%m%d}{county.draw.between(5, 9)}",
        "relative_name": kin.name,
        "relative_id": kin.id_no,
        "relative_phone": county.phone(),
        "hukou_addr": county.village().town,
    }
    return county.add("death", **(values | cells))


def cancellation(county: County, who: Person, day: dt.date) -> Entry:
    """Add a row of the police: the household registration cancelled after a death."""
    return county.add(
        "death",
        name=who.name,
        id_no=who.id_no,
        source="公安",
        death_date=day,
        registered_on=day + dt.timedelta(days=12),
        hukou_addr=county.village().town,
    )


def _err201(county: County) -> None:
    code = "ERR201"
    house = county.single((66, 90), "丧偶")
    who, day = house.head.person, dt.date(2026, 3, 10)
    county.planted(
        code,
        "单人低保户主3月去世,殡仪馆和公安两个来源,5月6月仍在发放",
        ("subject", house.head),
        ("death", cremation(county, who, day)),
        ("death", cancellation(county, who, day)),
        ("payment", Paid(house)),
    )
    elder = county.people.person((70, 92), "男")
    entry = tekun(county, elder)
    county.planted(
        code,
        "分散特困人员4月去世,5月6月仍在发放",
        ("subject", entry),
        ("death", cremation(county, elder, dt.date(2026, 4, 20))),
        ("payment", Paid(entry)),
    )
    patient = county.people.person((40, 75))
    entry = disability(county, patient)
    county.planted(
        code,
        "残疾人2月去世,两项补贴仍在发放",
        ("subject", entry),
        ("death", cancellation(county, patient, dt.date(2026, 2, 6))),
        ("payment", Paid(entry)),
    )
    house = county.household(compose(county, "three_generations"))
    mother = house.members[-1]
    county.planted(
        code,
        "低保家庭成员1月去世,仍计入人口并按原人数发放,应重算",
        ("subject", mother),
        ("context", house),
        ("death", cremation(county, mother.person, dt.date(2026, 1, 15))),
        ("context", Paid(house)),
    )


def _err201_late(county: County) -> None:
    code = "ERR201"
    old = county.people.person((72, 88), "男")
    entry = tekun(county, old, id_no=old.old_id)
    county.planted("ROLL003", "特困人员15位旧号没有升位", ("subject", entry))
    county.planted(
        code,
        "名册为15位旧号,殡仪馆为18位号,同一人3月去世后仍在发放",
        ("subject", entry),
        ("death", cremation(county, old, dt.date(2026, 3, 28))),
        ("payment", Paid(entry)),
    )
    veteran = county.people.person((74, 88), "男")
    entry = youfu(county, veteran)
    entry.pay = {"2026-05": ({"result": "退回", "return_reason": "账户注销"},)}
    county.planted(
        code,
        "优抚对象4月去世,5月发放被退回,6月又发放成功",
        ("subject", entry),
        ("death", cremation(county, veteran, dt.date(2026, 4, 9))),
        ("payment", Paid(entry, LAST)),
    )
    house = county.single((58, 80), "离异")
    county.planted(
        code,
        "5月去世,6月仍在发放",
        ("subject", house.head),
        ("death", cremation(county, house.head.person, dt.date(2026, 5, 11))),
        ("payment", Paid(house, LAST)),
    )


def _err201_wrong_person(county: County) -> None:
    """Traps of identity: the one on the roll is not the one who died."""
    code = "ERR201"
    house = county.single((70, 88), "丧偶")
    living = house.head.person
    namesake = county.people.person((living.age - 2, living.age + 2), living.sex, name=living.name, stranger=True)
    county.trap(
        code,
        "逝者与低保户主同名同龄,证件号码不同",
        ("subject", house.head),
        ("death", cremation(county, namesake, dt.date(2026, 2, 20))),
        ("payment", Paid(house)),
    )
    dead = county.people.person((60, 80), "男")
    entry = tekun(county, county.people.sibling_number(dead, "男", dead.name[0] + dead.name[-1] + "福"))
    county.trap(
        code,
        "双胞胎兄弟去世,在册的是另一人,号码只差顺序码",
        ("subject", entry),
        ("death", cremation(county, dead, dt.date(2026, 1, 30))),
        ("payment", Paid(entry)),
    )
    house = county.single((60, 75), "丧偶")
    child = house.head.person
    parent = county.people.person((88, 96), stranger=True)
    typed = cremation(
        county, parent, dt.date(2026, 3, 3), id_no=child.id_no, relative_name=child.name, relative_id=child.id_no
    )
    county.trap(
        code,
        "火化记录把经办家属的证件号码录成逝者号码,在册人健在",
        ("subject", house.head),
        ("death", typed),
        ("payment", Paid(house)),
    )


def _err201_no_money(county: County) -> None:
    """Traps of time: nothing was paid for a month after the death."""
    code = "ERR201"
    house = county.single((66, 86), "未婚", status="暂停")
    returned = {"result": "退回", "return_reason": "收款人死亡,账户止付"}
    house.pay = {"2026-05": (returned,), LAST: (returned,)}
    county.trap(
        code,
        "4月去世,已暂停发放,5月6月两笔均已退回",
        ("subject", house.head),
        ("death", cremation(county, house.head.person, dt.date(2026, 4, 14))),
        ("payment", Paid(house)),
    )
    elder = county.people.person((75, 92), "男")
    entry = tekun(county, elder)
    county.trap(
        code,
        "6月去世,6月发放属于死亡当月",
        ("subject", entry),
        ("death", cremation(county, elder, dt.date(2026, 6, 5))),
        ("payment", Paid(entry)),
    )
    elder = county.people.person((75, 92))
    entry = disability(county, elder)
    entry.months = MAY
    late = {"kind": "补发", "pay_date": dt.date(2026, 6, 16)}
    entry.pay = {"2026-05": (late,)}
    county.trap(
        code,
        "5月下旬去世,6月补发的是5月待遇",
        ("subject", entry),
        ("death", cremation(county, elder, dt.date(2026, 5, 22))),
        ("payment", Paid(entry)),
    )
    members = compose(county, "with_parent")
    members[1].months = MAY
    house = county.household(members, income=40_000)
    county.trap(
        code,
        "成员5月去世,6月名册已减员并重算",
        ("subject", house),
        ("earlier", members[1]),
        ("death", cremation(county, members[1].person, dt.date(2026, 5, 19))),
        ("payment", Paid(house)),
    )
