"""Planted cases and traps of who is who: DUP102, DUP103, and a register that holds a person without a number."""

from __future__ import annotations

import datetime as dt

from baoshen_audit.testing.synth.places import VILLAGES
from baoshen_audit.testing.synth.plant_death import cremation
from baoshen_audit.testing.synth.records import County, Paid
from baoshen_audit.testing.synth.rolls import disability, tekun


def plant_identity(county: County) -> None:
    """Plant all cases of this file."""
    _dup102(county)
    _dup103(county)
    _register_without_number(county)


def _dup102(county: County) -> None:
    code = "DUP102"
    here = VILLAGES[3]
    who = county.people.person((72, 86), "男")
    new, old = tekun(county, who, place=here), tekun(county, who, place=here, id_no=who.old_id)
    county.planted(code, "15位旧号与升位后的号码各有一行", ("subject", new), ("other_roll", old))
    county.trap("ROLL003", "号码已升位为18位,另一行仍是旧号", ("subject", new))
    county.planted("ROLL003", "15位旧号没有升位,另一行是升位后的号码", ("subject", old))
    who = county.people.person((40, 60), "女", name="欧阳红霞")
    right = disability(county, who, place=here)
    wrong = disability(county, who, place=here, id_no=_mistyped(who.id_no))
    county.planted(code, "一行的证件号码录错一位,姓名相同", ("subject", right), ("other_roll", wrong))
    county.planted("ROLL002", "证件号码录错一位,同一人另有一行", ("subject", wrong))

    elder = county.people.person((66, 80), "男")
    twin = county.people.sibling_number(elder, "男", elder.name[0] + "孪生")
    one = tekun(county, elder, place=here)
    two = tekun(county, twin, place=here, id_no=twin.old_id)
    county.trap(code, "双胞胎,一人是18位号码,一人是15位旧号", ("subject", one), ("other_roll", two))
    county.planted("ROLL003", "双胞胎之一的15位旧号没有升位", ("subject", two))


def _dup103(county: County) -> None:
    code = "DUP103"
    village = VILLAGES[12]
    who = county.people.person((64, 80), "男", name="司徒望岳")
    account = county.account()
    one = tekun(county, who, place=village, account_no=account)
    two = tekun(county, who, place=village, account_no=account, id_no=None)
    county.planted(code, "一行没有证件号码,姓名、出生日期、村、账号相同", ("subject", one), ("other_roll", two))
    county.planted("ROLL001", "没有证件号码,同一人另有一行", ("subject", two))
    brothers = [county.people.person((70, 80), "男", name=name) for name in ("端木长青", "端木长庚")]
    phone = county.phone()
    first = tekun(county, brothers[0], place=village, phone=phone)
    second = tekun(county, brothers[1], place=village, phone=phone, id_no=None)
    county.trap(code, "兄弟名字相近,同村同一电话,弟弟没有证件号码", ("subject", first), ("other_roll", second))
    county.planted("ROLL001", "兄弟之一没有证件号码", ("subject", second))


def _register_without_number(county: County) -> None:
    """A cremation list with masked numbers finds its person, as a weaker lead; a namesake stays in peace."""
    code = "ERR201"
    who = county.people.person((70, 88), "男", name="上官云鹤")
    entry = tekun(county, who)
    dead = cremation(county, who, dt.date(2026, 4, 8), id_no=_masked(who.id_no))
    county.planted(
        code,
        "火化名单的证件号码被遮盖,所余各位和姓名相符",
        ("subject", entry),
        ("death", dead),
        ("payment", Paid(entry)),
    )
    who = county.people.person((70, 88), "男", name="诸葛松柏")
    entry = tekun(county, who)
    namesake = county.people.person((60, 69), "男", name=who.name, stranger=True)
    dead = cremation(county, namesake, dt.date(2026, 4, 9), id_no=_masked(namesake.id_no))
    county.trap(code, "火化名单的证件号码被遮盖,同名而所余各位不符", ("subject", entry), ("death", dead))


def _masked(number: str) -> str:
    return f"{number[:6]}********{number[14:]}"


def _mistyped(number: str) -> str:
    """The last digit of the sequence wrong, the check character as it was."""
    return number[:16] + str((int(number[16]) + 2) % 10) + number[17]
