"""Planted cases and traps of ERR215 (undeclared spouse) and ERR218 (top-up arithmetic)."""

from __future__ import annotations

import datetime as dt

from baoshen_audit.testing.synth.families import compose
from baoshen_audit.testing.synth.feeds import wed
from baoshen_audit.testing.synth.payments import reckon
from baoshen_audit.testing.synth.people import Person, Sex
from baoshen_audit.testing.synth.plant_death import cremation
from baoshen_audit.testing.synth.records import JUNE, LAST, STANDARD, County, Household, Paid


def plant_household(county: County) -> None:
    """Plant all cases of this file."""
    _err215(county)
    _err215_traps(county)
    _err218(county)
    _err218_traps(county)


def _partner(county: County, who: Person) -> Person:
    sex: Sex = "女" if who.sex == "男" else "男"
    return county.people.person((max(24, who.age - 4), who.age + 4), sex, stranger=True)


def _err215(county: County) -> None:
    code = "ERR215"
    for marital, day, note in (
        ("未婚", dt.date(2021, 5, 20), "申报未婚,婚姻登记在册有效,配偶不在户内"),
        ("离异", dt.date(2019, 10, 8), "申报离异,登记显示婚姻有效,没有离婚登记"),
        ("丧偶", dt.date(2023, 2, 14), "申报丧偶,2023年已登记再婚"),
        ("已婚", dt.date(2015, 11, 2), "申报已婚,配偶不在户内也没有不计入原因"),
    ):
        house = county.single((36, 62), marital)
        who = house.head.person
        county.planted(code, note, ("subject", house.head), ("marriage", wed(county, who, _partner(county, who), day)))
    members = compose(county, "parent_child")
    members[0].marital = "离异"
    county.household(members)
    who, former = members[0].person, _partner(county, members[0].person)
    rows = [
        wed(county, who, former, dt.date(2012, 3, 1)),
        wed(county, who, former, dt.date(2018, 3, 1), kind="离婚"),
        wed(county, who, former, dt.date(2022, 6, 6)),
    ]
    roles = ("context", "context", "marriage")
    links = zip(roles, rows, strict=True)
    county.planted(code, "离婚后与原配偶复婚,仍申报离异的单亲家庭", ("subject", members[0]), *links)


def _err215_traps(county: County) -> None:
    code = "ERR215"
    house = county.single((40, 60), "离异")
    who, former = house.head.person, _partner(county, house.head.person)
    rows = [wed(county, who, former, dt.date(2006, 1, 9)), wed(county, who, former, dt.date(2016, 7, 4), kind="离婚")]
    county.trap(code, "登记结婚后已登记离婚", ("subject", house.head), *(("marriage", row) for row in rows))
    members = compose(county, "family3")
    county.household(members)
    county.trap(
        code,
        "配偶就在同一户内",
        ("subject", members[0]),
        ("other_roll", members[1]),
        ("marriage", wed(county, members[0].person, members[1].person, dt.date(2009, 5, 1))),
    )
    members = compose(county, "family3")
    members[1].reason = "服刑"
    county.household(members)
    county.trap(
        code,
        "配偶服刑,列在户内并写明不计入原因",
        ("subject", members[0]),
        ("excluded", members[1]),
        ("marriage", wed(county, members[0].person, members[1].person, dt.date(2008, 10, 1))),
    )
    house = county.single((36, 60))
    living = house.head.person
    namesake = county.people.person((living.age - 1, living.age + 1), living.sex, name=living.name, stranger=True)
    county.trap(
        code,
        "同名人的结婚登记,证件号码不同",
        ("subject", house.head),
        ("marriage", wed(county, namesake, _partner(county, namesake), dt.date(2014, 9, 9))),
    )
    house = county.single((30, 50))
    county.trap(
        code,
        "新近结婚,仍在60天宽限期内",
        ("subject", house.head),
        ("marriage", wed(county, house.head.person, _partner(county, house.head.person), dt.date(2026, 5, 20))),
    )
    house = county.single((38, 58))
    who, former = house.head.person, _partner(county, house.head.person)
    rows = [wed(county, who, former, dt.date(2011, 4, 12)), wed(county, who, former, dt.date(2011, 9, 30), kind="撤销")]
    county.trap(code, "婚姻登记已撤销", ("subject", house.head), *(("marriage", row) for row in rows))
    house = county.single((62, 80), "丧偶")
    late = _partner(county, house.head.person)
    marriage = wed(county, house.head.person, late, dt.date(1998, 2, 16))
    death = cremation(county, late, dt.date(2025, 8, 30))
    roles = ("subject", house.head), ("marriage", marriage), ("death", death)
    county.trap(code, "申报丧偶,登记的配偶确已去世(死亡不会在婚姻登记中注销)", *roles)
    members = compose(county, "elders")
    county.household(members)
    rows = [wed(county, members[0].person, members[1].person, dt.date(2020, 8, 3), kind="补领")]
    county.trap(
        code, "老夫妻只有补领结婚证的记录,配偶在户内", ("subject", members[0]), *(("marriage", row) for row in rows)
    )


def reckoned(house: Household, standard: int = STANDARD) -> int:
    """The 补差 of a household, on its total, rounded up to 1 元."""
    n = sum(m.counted for m in house.members)
    return -(-(standard * n - house.income) // 100) * 100


def due(house: Household) -> int:
    """What a household is due in the last month, 分类施保 included."""
    return int(reckon(house, LAST)["monthly_amount"])


def _err218(county: County) -> None:
    code = "ERR218"
    # 5 people, income 1,004: 5,100 - 1,004 = 4,096; through per-capita 819.2, rounded up to 820, it becomes 4,100
    members = compose(county, "family4")
    members.append(compose(county, "elder")[0])
    members[-1].relation, members[-1].marital = "母亲" if members[-1].person.sex == "女" else "父亲", "丧偶"
    house = county.household(members, income=100_400, written={"top_up": 410_000})
    county.planted(code, "按人均补差取整后再乘人数,多算4元", ("subject", house), ("context", Paid(house)))
    house = county.household(compose(county, "family3"), income=90_000)
    house.written["top_up"] = reckoned(house) + STANDARD
    county.planted(code, "补差多算一个人的标准", ("subject", house), ("context", Paid(house)))
    house = county.household(compose(county, "parent_child"), income=120_000)
    house.written["top_up"] = reckoned(house) + 36_000
    county.planted(code, "收入已上调,补差仍按调整前的收入计算", ("subject", house), ("context", Paid(house)))
    house = county.household(compose(county, "elders"), written={"supplement_amount": 20_400})
    house.written["monthly_amount"] = reckoned(house) + 2 * 20_400
    county.planted(code, "分类施保金额重复相加", ("subject", house), ("context", Paid(house)))
    house = county.household(compose(county, "elder"))
    paid = due(house) + 20_000
    over = {"amount_due": paid, "amount_paid": paid}
    house.pay = {"2026-05": (over,), LAST: (over,)}
    county.planted(code, "名册金额正确,实际每月多发200元", ("subject", house), ("payment", Paid(house)))


def _err218_traps(county: County) -> None:
    code = "ERR218"
    for kind, cut in (("family3", 80_000), ("adult", 30_000)):
        house = county.household(compose(county, kind), status="渐退")
        house.written |= {
            "top_up": reckoned(house) + cut,
            "grace_start": dt.date(2026, 4, 1),
            "grace_end": dt.date(2026, 9, 1),
        }
        house.income += 5_000
        county.trap(code, "渐退期家庭收入已增加,按原金额发放", ("subject", house), ("payment", Paid(house)))
    house = county.household(compose(county, "elder"), approved=dt.date(2026, 4, 28))
    later = {"kind": "补发", "pay_date": dt.date(2026, 6, 16)}
    house.pay = {"2026-05": (later,)}
    county.trap(code, "5月待遇在6月补发,当月两笔分属两个月份", ("subject", house), ("payment", Paid(house)))
    house = county.household(compose(county, "elders"))
    house.pay = {
        LAST: ({"result": "退回", "return_reason": "户名不符"}, {"kind": "重发", "pay_date": dt.date(2026, 6, 18)})
    }
    county.trap(code, "一笔退回后重发,实际只到账一次", ("subject", house), ("payment", Paid(house)))
    house = county.household(compose(county, "family3"), income=189_433, months=JUNE, approved=dt.date(2026, 5, 22))
    county.trap(code, "收入带角分,按户总额向上取整到元", ("subject", house), ("payment", Paid(house)))
    house = county.household(compose(county, "family3"), may={"income_month": 150_000}, income=60_000)
    county.trap(code, "6月收入下降,补差随之调增,两个月都正确", ("subject", house), ("payment", Paid(house)))
