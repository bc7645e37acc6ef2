"""Planted cases and traps of ROLL004: sheets whose numbers a spreadsheet rewrote."""

from __future__ import annotations

from typing import Final

from baoshen_audit.testing.synth.people import Person, check_char
from baoshen_audit.testing.synth.records import County, Entry
from baoshen_audit.testing.synth.rolls import orphan, tekun, youfu

_ZEROS: Final = "000"


def plant_damage(county: County) -> None:
    """Plant all cases of this file."""
    code = "ROLL004"
    who = county.people.person((62, 80), "男")
    number = f"{who.id_no[0]}.{who.id_no[1:6]}E+17"
    entry = youfu(county, who, category="参战参试退役人员", id_no=number)
    county.planted(code, "证件号码写成科学计数", ("subject", entry))
    county.planted("ROLL001", "证件号码被改写成科学计数", ("subject", entry))
    rows = [_cut(county) for _ in range(3)]
    others = (("other", row) for row in rows[1:])
    county.planted(code, "三个证件号码末三位变成000", ("subject", rows[0]), *others)
    for row in rows:
        county.planted("ROLL002", "末三位变成000,校验码不对", ("subject", row))
    who = _round(county)
    county.trap(code, "号码本来以000结尾,校验码正确", ("subject", tekun(county, who)))


def _cut(county: County) -> Entry:
    while True:
        child = county.people.person((6, 15))
        number = child.id_no[:15] + _ZEROS
        if check_char(number[:17]) != "0":
            return orphan(county, child, id_no=number)


def _round(county: County) -> Person:
    """A woman whose number ends in three zeros as it should: a birth date is sought whose check character is 0."""
    while True:
        who = county.people.person((62, 88), "女")
        body = who.id_no[:14] + "100"
        if check_char(body) == "0":
            return Person(who.name, who.sex, who.birth, body + "0")
