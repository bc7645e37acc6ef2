"""Planted cases and traps of the intake rules on numbers and family sizes: ROLL001, ROLL002, ROLL006, ROLL014."""

from __future__ import annotations

import datetime as dt

from baoshen_audit.testing.synth.families import compose
from baoshen_audit.testing.synth.people import Person, with_check
from baoshen_audit.testing.synth.plant_rows import plant_rows
from baoshen_audit.testing.synth.records import County, Household, Member
from baoshen_audit.testing.synth.rolls import disability, orphan, tekun, youfu


def plant_intake(county: County) -> None:
    """Plant all cases of this file."""
    _roll001(county)
    _roll002(county)
    _roll006(county)
    _roll014(county)
    plant_rows(county)


def _roll001(county: County) -> None:
    code = "ROLL001"
    county.planted(code, "特困人员证件号码为空", ("subject", tekun(county, id_no=None)))
    house = county.household(compose(county, "family3"))
    child = house.members[2]
    child.written["id_no"] = child.person.id_no[:16] + child.person.id_no[17:]
    county.planted(code, "低保家庭成员证件号码少一位,只有17位", ("subject", child))
    who = county.people.person((40, 60))
    county.planted(code, "证件号码栏写成文字", ("subject", disability(county, who, id_no="户口簿遗失待补")))
    who = county.people.person((65, 80), "男")
    entry = youfu(county, who, id_no=who.id_no + "0")
    county.planted(code, "证件号码多一位,共19位", ("subject", entry))

    foundling = county.people.person((4, 5))
    note = {
        "id_no": None,
        "id_type": "无证件",
        "remark": "弃婴,户口正在办理",
        "raising_mode": "机构",
        "birth_date": foundling.birth,
    }
    county.trap(code, "弃婴尚无证件,证件类型为无证件并写明原因", ("subject", orphan(county, foundling, **note)))
    who = county.people.person((30, 50), "女")
    passport = disability(
        county, who, id_type="护照", id_no="E52907718", disability_cert=None, remark="外籍配偶,持护照"
    )
    county.trap(code, "证件类型为护照,按护照格式填写", ("subject", passport))
    permit = with_check("83000019580312051")
    entry = tekun(county, id_no=permit, id_type="港澳台居民居住证", sex="男", birth_date=dt.date(1958, 3, 12))
    county.trap(code, "台湾居民居住证号码,格式和校验码与居民身份证相同", ("subject", entry))


def _roll002(county: County) -> None:
    code = "ROLL002"
    house = county.household(compose(county, "parent_child"))
    number = house.head.person.id_no
    house.head.written["id_no"] = number[:17] + "0123456789"[(int(number[17].replace("X", "9")) + 3) % 10]
    county.planted(code, "户主证件号码末位校验码错", ("subject", house.head))
    who = county.people.person((66, 80), "男")
    entry = tekun(county, who, id_no=_one_digit(who.id_no, 15))
    county.planted(code, "特困人员证件号码顺序码录错一位", ("subject", entry))
    who = _with_different_sequence(county)
    entry = youfu(county, who, id_no=who.id_no[:14] + who.id_no[15] + who.id_no[14] + who.id_no[16:])
    county.planted(code, "证件号码相邻两位颠倒", ("subject", entry))
    who = county.people.person((20, 60))
    entry = disability(county, who, id_no=_one_digit(who.id_no, 4), disability_cert=f"{who.id_no}42")
    county.planted(code, "证件号码地区码录错一位,残疾证号中的号码正确", ("subject", entry))

    mistyped = county.people.person((61, 75), "女")
    entry = tekun(county, mistyped, id_no=mistyped.old_id, remark="旧证未换")
    county.trap(code, "15位旧号没有校验码,不能按校验码错误处理", ("subject", entry))
    county.planted("ROLL003", "旧证未换,登记的是15位旧号", ("subject", entry))


def _one_digit(number: str, at: int) -> str:
    return number[:at] + str((int(number[at]) + 1) % 10) + number[at + 1 :]


def _with_different_sequence(county: County) -> Person:
    while True:
        who = county.people.person((65, 80), "男")
        if who.id_no[14] != who.id_no[15]:
            return who


def _roll006(county: County) -> None:
    code = "ROLL006"
    house = county.household(compose(county, "family3"))
    wrong = house.members[2]
    wrong.written["sex"] = "女" if wrong.person.sex == "男" else "男"
    county.planted(code, "成员性别与证件号码第17位不符", ("subject", wrong))
    house = county.household(compose(county, "grandchild"))
    wrong = house.members[1]
    wrong.written["birth_date"] = wrong.person.birth.replace(year=wrong.person.birth.year - 3)
    county.planted(code, "成员出生日期与证件号码相差三年", ("subject", wrong))
    who = county.people.person((66, 80), "男")
    entry = tekun(county, who, birth_date=dt.date(who.birth.year, (who.birth.month + 5) % 12 + 1, 15))
    county.planted(code, "特困人员出生月日与证件号码不符", ("subject", entry))
    who = county.people.person((66, 78), "男")
    county.planted(code, "年龄栏比证件号码推算大十岁", ("subject", youfu(county, who, age=who.age + 10)))

    who = county.people.person((66, 78), "男")
    county.trap(code, "年龄栏按虚岁填写,大一岁,在允许误差内", ("subject", youfu(county, who, age=who.age + 1)))
    who = county.people.person((66, 78), "男")
    entry = tekun(county, who, id_no=who.old_id)
    county.trap(code, "15位旧号推算的性别和出生日期与名册一致", ("subject", entry))
    county.planted("ROLL003", "15位旧号没有升位,其他栏目一致", ("subject", entry))


def _roll014(county: County) -> None:
    code = "ROLL014"
    for kind, declared, note in (
        ("family3", 4, "家庭人口填4人,成员明细只有3人"),
        ("elders", 1, "家庭人口填1人,成员明细有2人"),
    ):
        house = county.household(compose(county, kind), income=40_000, written={"family_size": declared})
        county.planted(code, note, ("subject", house))
    for kind, declared in (("family3", 2), ("parent_child", 3)):
        house = county.household(compose(county, kind), programme="dibao_edge", written={"family_size": declared})
        county.planted(code, f"低保边缘家庭人口填{declared}人,与成员明细不符", ("subject", house))

    county.trap(code, "服刑成员列在明细中但依法不计入家庭人口", *_excluded(county, "family3", "服刑"))
    county.trap(code, "服义务兵役的儿子列在明细中但不计入家庭人口", *_excluded(county, "adult", "义务兵"))
    county.trap(code, "强制隔离戒毒成员列在明细中但不计入家庭人口", *_excluded(county, "elder", "强制隔离戒毒"))


def _excluded(county: County, kind: str, reason: str) -> list[tuple[str, Household | Member]]:
    members = compose(county, kind)
    if kind == "family3":
        members[1].reason = reason
    else:
        head = members[0].person
        age = max(18, min(head.age - 22, 24 if reason == "义务兵" else 60))
        son = county.people.person((age, age), "男", surname=head.name[0])
        members.append(Member(son, "子", "未婚", reason=reason))
    house = county.household(members)
    return [("subject", house), ("excluded", members[1])]
