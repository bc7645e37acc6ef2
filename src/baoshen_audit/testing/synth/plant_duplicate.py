"""Planted cases and traps of the duplicate rules: DUP101, DUP104, DUP106, DUP110."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final

from baoshen_audit.testing.synth.families import compose
from baoshen_audit.testing.synth.places import VILLAGES, Village
from baoshen_audit.testing.synth.records import JUNE, LAST, County, Entry, Household, Member, Paid, Record, Values
from baoshen_audit.testing.synth.registers import mandate
from baoshen_audit.testing.synth.rolls import CARE, LIVING, care_home, disability, orphan, stopped, tekun, youfu

_BEFORE: Final = dt.date(2026, 5, 31)
_RURAL: Final = {"urban_rural": "农村"}
"""Of one kind whatever the village: an urban and a rural household together are DUP105's."""
_ACTIVE: Final = {"status": "在保", "stop_date": None, "stop_reason": None}


def plant_duplicate(county: County) -> None:
    """Plant all cases of this file."""
    _dup101(county)
    _dup104(county)
    _dup106(county)
    _dup110(county)


def _neighbours(county: County, *, same_town: bool) -> tuple[Village, Village]:
    first = county.village()
    others = [v for v in VILLAGES if (v.town == first.town) == same_town and v is not first]
    return first, county.draw.pick(others)


def _dup101(county: County) -> None:
    code = "DUP101"
    here, there = _neighbours(county, same_town=True)
    who = county.people.person((45, 70))
    one = county.single(person=who, village=here, written=dict(_RURAL))
    carer = county.people.person((70, 88))
    other = county.household(
        [Member(carer, "户主", "丧偶"), Member(who, "子" if who.sex == "男" else "女", "未婚", "残疾")],
        village=there,
        written=dict(_RURAL),
    )
    county.planted(
        code, "同一人在同镇两户低保中,一户为户主,一户为成员", ("subject", one.head), ("other_roll", other.members[1])
    )

    here, there = _neighbours(county, same_town=True)
    who = county.people.person((50, 75))
    namesake = county.people.name(who.sex)
    one = county.single(person=who, village=here, written=dict(_RURAL))
    other = county.single(person=county.people.person((50, 75), who.sex), village=there, written=dict(_RURAL))
    other.head.written.update(id_no=who.id_no, birth_date=who.birth, name=namesake)
    other.written["name"] = other.holder = namesake
    county.planted(code, "两人姓名不同而证件号码相同(重号或录错)", ("subject", one.head), ("other_roll", other.head))

    who = county.people.person((66, 85), "男")
    here, there = _neighbours(county, same_town=True)
    entries = [tekun(county, who, place=village) for village in (here, there)]
    county.planted(code, "同一特困人员在同镇名册中两行", ("subject", entries[0]), ("other_roll", entries[1]))

    who = county.people.person((30, 70))
    village = county.village()
    entries = [disability(county, who, place=village, account_no=account) for account in [county.account()] * 2]
    county.planted(code, "两项补贴名册导出重复,同一人两行", ("subject", entries[0]), ("other_roll", entries[1]))
    _dup101_traps(county)


def _dup101_traps(county: County) -> None:
    code = "DUP101"
    village = county.village()
    elder = county.people.person((45, 60), "男")
    twin = county.people.sibling_number(elder, "男", elder.name[:-1] + ("明" if elder.name[-1] != "明" else "亮"))
    houses = [county.single(person=p, village=village) for p in (elder, twin)]
    county.trap(
        code, "双胞胎,号码相连、姓名相近,各自独立成户", ("subject", houses[0].head), ("other_roll", houses[1].head)
    )

    who = county.people.person((55, 75))
    old = county.single(
        person=who,
        village=village,
        status="停保",
        stopped=_BEFORE,
        approved=dt.date(2019, 4, 1),
        written={"stop_reason": "收入超标"},
        may=_ACTIVE,
    )
    new = county.single(person=who, village=village, months=JUNE, approved=dt.date(2026, 5, 28))
    county.trap(code, "同一户旧案已停保,新案6月起享受", ("subject", new.head), ("stopped", old.head))

    who = county.people.person((70, 85), "男")
    entry = tekun(county, who, id_no=who.old_id)
    county.trap(code, "只有一行,证件号码为15位旧号", ("subject", entry))
    county.planted("ROLL003", "特困人员登记的是15位旧号", ("subject", entry))

    grandma = county.people.person((62, 70), "女")
    house = county.single(person=grandma, marital="丧偶", village=village)
    child = orphan(county, place=village, guardian_name=grandma.name, guardian_id=grandma.id_no)
    county.trap(code, "低保户主同时是孤儿的监护人,不是重复享受", ("subject", house.head), ("guardian", child))


def _dup104(county: County) -> None:
    code = "DUP104"
    for note, make in (
        ("同一人在两个镇各有一户低保", "dibao"),
        ("同一特困人员在两个镇的名册中", "tekun"),
        ("同一残疾人在两个镇领取两项补贴", "disability"),
    ):
        here, there = _neighbours(county, same_town=False)
        who = county.people.person((60, 80))
        pair: list[Record]
        if make == "dibao":
            pair = [county.single(person=who, village=v, written=dict(_RURAL)).head for v in (here, there)]
        elif make == "tekun":
            pair = [tekun(county, who, place=v) for v in (here, there)]
        else:
            pair = [disability(county, who, place=v) for v in (here, there)]
        county.planted(code, note, ("subject", pair[0]), ("other_roll", pair[1]))
    here, there = _neighbours(county, same_town=False)
    family = compose(county, "parent_child")
    child = family[1]
    one = county.household(family, village=here, written=dict(_RURAL))
    grandma = county.people.person((60, 72), "女")
    other = county.household(
        [Member(grandma, "户主", "丧偶"), Member(child.person, "孙女" if child.person.sex == "女" else "孙子", "未婚")],
        village=there,
        written=dict(_RURAL),
    )
    county.planted(
        code, "儿童在父母户和祖母户(两个镇)同时计入", ("subject", one.members[1]), ("other_roll", other.members[1])
    )

    here, there = _neighbours(county, same_town=False)
    who = county.people.person((60, 80))
    left = county.single(
        person=who, village=here, status="停保", stopped=_BEFORE, written={"stop_reason": "户籍迁出"}, may=_ACTIVE
    )
    came = county.single(person=who, village=there, months=JUNE, approved=dt.date(2026, 5, 26))
    county.trap(code, "户籍迁移,原镇5月31日停保,新镇6月起享受", ("subject", came.head), ("stopped", left.head))
    who = county.people.person((62, 80), "男")
    here, there = _neighbours(county, same_town=False)
    left_row = tekun(county, who, place=here, **stopped({}, dt.date(2026, 4, 30), "户籍迁出"))
    came_row = tekun(county, who, place=there, approve_date=dt.date(2026, 5, 6))
    county.trap(code, "特困人员跨镇转移,原镇名册上已停保", ("subject", came_row), ("stopped", left_row))
    namesake = county.people.person((50, 70), "男")
    second = county.people.person((50, 70), "男", name=namesake.name)
    rows = [county.single(person=p, village=v).head for p, v in zip((namesake, second), (here, there), strict=True)]
    county.trap(code, "两个镇的同名人,证件号码不同", ("subject", rows[0]), ("other_roll", rows[1]))


def _dup106(county: County) -> None:
    code = "DUP106"
    for _ in range(2):
        who = county.people.person((62, 80), "男")
        house = county.single(person=who)
        entry = tekun(county, who, place=house.village)
        county.planted(code, "同一人同时享受特困和低保", ("subject", entry), ("other_roll", house.head))
    who = county.people.person((62, 80), "男")
    entry = tekun(county, who)
    village = next(v for v in VILLAGES if v.code == entry.values["region_code"])
    choices: tuple[tuple[str, Values], ...] = (
        (
            "同一人同时享受特困和困难残疾人生活补贴",
            {"living_amount": LIVING, "living_start": dt.date(2021, 3, 1), "care_amount": 0, "care_start": None},
        ),
        (
            "同一人同时享受特困和重度残疾人护理补贴",
            {"living_amount": 0, "care_amount": CARE, "care_start": dt.date(2020, 8, 1)},
        ),
    )
    for note, amounts in choices:
        subsidy = disability(county, who, place=village, **amounts)
        county.planted(code, note, ("subject", subsidy), ("other_roll", entry))
        who = county.people.person((62, 80), "男")
        entry = tekun(county, who, place=village)
    child = county.people.person((9, 15))
    entry = orphan(county, child, place=village)
    subsidy = disability(
        county,
        child,
        place=village,
        living_amount=LIVING,
        living_start=dt.date(2022, 1, 1),
        care_amount=0,
        care_start=None,
    )
    county.planted(code, "孤儿同时领取困难残疾人生活补贴", ("subject", subsidy), ("other_roll", entry))
    _dup106_traps(county)


def _dup106_traps(county: County) -> None:
    code = "DUP106"
    house = county.single()
    entry = disability(county, house.head.person, house=house, care_amount=CARE, care_start=dt.date(2019, 9, 1))
    county.trap(code, "低保与两项补贴可以同时享受", ("subject", entry), ("other_roll", house.head))
    child = county.people.person((8, 15))
    village = county.village()
    entry = orphan(county, child, place=village)
    care = disability(county, child, place=village)
    county.trap(code, "孤儿与重度残疾人护理补贴可以同时享受", ("subject", care), ("other_roll", entry))
    veteran = county.people.person((64, 80), "男")
    house = county.single(person=veteran)
    entry = youfu(
        county,
        veteran,
        place=house.village,
        account_no=house.account,
        category="60周岁以上农村籍退役士兵",
        injury_level=None,
        pension_month=78_000,
    )
    county.trap(code, "低保与60周岁以上农村籍退役士兵补助可以同时享受", ("subject", entry), ("other_roll", house.head))
    who = county.people.person((62, 80), "男")
    house = county.single(person=who, months=JUNE, approved=dt.date(2026, 5, 20))
    entry = tekun(county, who, place=house.village, **stopped({}, dt.date(2026, 4, 30), "身份资格取消"))
    county.trap(code, "特困已于4月停止,6月起转低保", ("subject", house.head), ("stopped", entry))


def _dup110(county: County) -> None:
    code = "DUP110"
    account, holder = county.account(), county.people.person((40, 60), stranger=True).name
    houses = [county.single(account=account, holder=holder) for _ in range(3)]
    county.planted(code, "三户互不相干的低保发到同一账户", *_paid(houses))
    village = county.village()
    account = county.account()
    first = county.household(compose(county, "elder"), village=village, account=account)
    second = county.household(compose(county, "family3"), village=village, account=account, holder=first.holder)
    county.planted(code, "同村两户低保共用一个账户", *_paid([first, second]))
    account, holder = county.account(), county.people.person((40, 60), stranger=True).name
    house = county.single(account=account, holder=holder, village=village)
    rows = [tekun(county, place=village, account_no=account, account_name=holder) for _ in range(3)]
    county.planted(code, "一户低保和三名特困人员发到同一账户,没有代领授权", *_paid([house, *rows]))
    account, holder = county.account(), county.people.person((40, 60), stranger=True).name
    rows = [
        disability(county, county.people.person((20, 70)), account_no=account, account_name=holder) for _ in range(4)
    ]
    county.planted(code, "四名互不相干的残疾人补贴发到同一账户", *_paid(rows))
    _dup110_traps(county)


def _paid(owners: Sequence[Household | Entry]) -> list[tuple[str, Record]]:
    """The payments of the last month into one account, and whose they are."""
    payments: list[tuple[str, Record]] = [
        ("payment" if i else "subject", Paid(owner, LAST)) for i, owner in enumerate(owners)
    ]
    return payments + [("context", owner) for owner in owners]


def _dup110_traps(county: County) -> None:
    code = "DUP110"
    couple = compose(county, "elders")
    house = county.household(couple)
    wife = disability(county, couple[1].person, house=house, account_no=house.account, account_name=house.holder)
    county.trap(
        code,
        "一户的夫妻共用一张卡:低保金和配偶的残疾补贴",
        ("subject", house),
        ("other_roll", wife),
        ("payment", Paid(house)),
        ("payment", Paid(wife)),
    )

    standing = next(e for e in county.entries if e.table == "mandate" and e.values["is_institution"])
    rows = [tekun(county, home=care_home(county, standing.values["name"])) for _ in range(3)]
    payments = [("payment", Paid(row)) for row in rows]
    county.trap(code, "敬老院集体账户,已登记为机构账户", ("subject", rows[0]), ("mandate", standing), *payments)

    guardian = county.people.person((60, 72), "女", stranger=True)
    account, village = county.account(), county.village()
    surname = county.people.person((30, 40), "男", stranger=True).name[0]
    children = [county.people.person((6, 14), surname=surname) for _ in range(2)]
    cells: Values = {
        "place": village,
        "account_no": account,
        "account_name": guardian.name,
        "guardian_name": guardian.name,
        "guardian_id": guardian.id_no,
    }
    rows = [orphan(county, child, **cells) for child in children]
    for row in rows:
        mandate(county, row, guardian, "祖母", (dt.date(2023, 1, 1), dt.date(2029, 12, 31)))
    payments = [("payment", Paid(row)) for row in rows]
    county.trap(code, "祖母为两名孤儿的监护人,用一个账户代领并有授权", ("subject", rows[0]), *payments)

    brothers = [county.people.person((50, 66), "男", surname=surname) for _ in range(2)]
    phone = county.phone()
    houses = [county.single(person=who, village=village, phone=phone) for who in brothers]
    county.trap(code, "兄弟两户留同一个联系电话,账户各自独立", ("subject", houses[0]), ("other_roll", houses[1]))
