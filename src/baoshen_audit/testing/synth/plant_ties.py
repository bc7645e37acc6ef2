"""Planted cases and traps of ties and of the way a case went: FAV304, FAV305, FAV307, FAV312, FAV314, FAV318."""

from __future__ import annotations

import datetime as dt
from typing import Final

from baoshen_audit.testing.synth.families import compose
from baoshen_audit.testing.synth.means import registered
from baoshen_audit.testing.synth.plant_favour import file_kin, house_of, kin_of, parent_house
from baoshen_audit.testing.synth.records import LAST, County, Entry, Household, Paid, Record
from baoshen_audit.testing.synth.registers import Cell, Official, Roster, apply_for, mandate
from baoshen_audit.testing.synth.rolls import tekun

_ENDED: Final = (dt.date(2021, 1, 1), dt.date(2024, 12, 31))
_MANDATED: Final = (dt.date(2024, 1, 1), dt.date(2028, 12, 31))
_FILED: Final = (dt.date(2025, 4, 2), dt.date(2027, 4, 1))


def plant_ties(county: County, roster: Roster) -> None:
    """Plant all cases of this file."""
    _fav304(county, roster)
    _fav305(county, roster)
    _fav307(county)
    _fav312(county, roster)
    _fav314(county, roster)
    _fav318(county, roster)


def _listed(roster: Roster, official: Official, **cells: str) -> Entry:
    """The official's row of the roster, with a relative who is on no roll."""
    row = roster.row(official, roster.stranger_kin(official))
    row.values.update(cells)
    return row


def _fav304(county: County, roster: Roster) -> None:
    code = "FAV304"

    def under_one_roof(official: Official, booklet: str) -> tuple[Household, Entry, Entry]:
        house = county.single((45, 62))
        row = _listed(roster, official, hukou_no=booklet)
        return house, row, registered(county, house.head.person, booklet)

    for at, post in enumerate(("村会计", "民政协理员")):
        house, row, line = under_one_roof(roster.official(post=post), f"32041398{at:04}")
        note = f"与在任{post}同一本户口簿,未申报为亲属"
        county.planted(code, note, ("subject", house.head), ("roster", row), ("hukou", line))
    house, row, line = under_one_roof(roster.official(post="村委会主任", term=_ENDED), "320413980002")
    county.trap(code, "与已届满的村干部同一本户口簿", ("subject", house.head), ("roster", row), ("hukou", line))
    official = roster.official(post="村委会委员")
    house, row, line = under_one_roof(official, "320413980003")
    filing = file_kin(county, official, house.head, "其他亲属", _FILED)
    county.trap(code, "与村干部同户,已经备案", ("subject", house.head), ("roster", row), ("filing", filing))


def _fav305(county: County, roster: Roster) -> None:
    code = "FAV305"
    house = county.single((50, 70))
    row = _listed(roster, roster.official(post="民政办工作人员", staff_kind="事业"), phone=house.phone)
    county.planted(code, "低保户留的是民政办工作人员的电话", ("subject", house.head), ("roster", row))
    house = county.household(compose(county, "with_parent"), programme="dibao_edge")
    row = _listed(roster, roster.official(post="村党总支书记"), phone=house.phone)
    county.planted(code, "低保边缘户留的是在任村党总支书记的电话", ("subject", house.head), ("roster", row))
    house = county.single((50, 70))
    row = _listed(roster, roster.official(post="村委会主任", term=_ENDED), phone=house.phone)
    county.trap(code, "低保户留的是已届满村干部的电话", ("subject", house.head), ("roster", row))


def _fav307(county: County) -> None:
    code = "FAV307"

    def collected(relation: str) -> tuple[list[Entry], list[Entry]]:
        who, account = county.people.person((40, 60), "男", stranger=True), county.account()
        people = [tekun(county, account_no=account, account_name=who.name) for _ in range(3)]
        return people, [mandate(county, entry, who, relation, _MANDATED) for entry in people]

    for relation in ("其他", "朋友"):
        people, mandates = collected(relation)
        county.planted(code, "一人持授权代领三名特困人员的供养金", *_collected(people, mandates))
    people, mandates = collected("兄弟姐妹")
    county.trap(code, "受托人是三人的兄弟", *_collected(people, mandates))


def _collected(people: list[Entry], mandates: list[Entry]) -> list[tuple[str, Record]]:
    """The records of a case: what was paid in the month, the first for all, and the mandates."""
    roles = ["subject", *("payment" for _ in people[1:])]
    paid = [(role, Paid(entry, LAST)) for role, entry in zip(roles, people, strict=True)]
    return [*paid, *(("mandate", row) for row in mandates)]


def _applied(county: County, roster: Roster, day: dt.date, **cells: Cell) -> Entry:
    """The application of a new household approved on a day, with a clean report three weeks before."""
    house = house_of(county, day, "adult")
    return apply_for(county, house, roster, [(day - dt.timedelta(days=21), "符合")], **cells)[0]


def _fav312(county: County, roster: Roster) -> None:
    code = "FAV312"
    day = dt.date(2026, 4, 21)
    county.planted(code, "没有入户调查记录", ("subject", _applied(county, roster, day, visit_date=None)))
    late = _applied(county, roster, day, visit_date=day + dt.timedelta(days=6))
    county.planted(code, "批准以后才入户", ("subject", late))
    county.planted("ROLL008", "公示早于入户", ("subject", late))
    same = _applied(county, roster, day, visit_date=day)
    county.trap(code, "入户与批准在同一天", ("subject", same))
    county.planted("ROLL008", "公示早于入户,入户与批准在同一天", ("subject", same))


def _fav314(county: County, roster: Roster) -> None:
    code = "FAV314"
    day = dt.date(2026, 2, 25)

    def before(days: int) -> dt.date:
        return day - dt.timedelta(days=days)

    fast = _applied(county, roster, day, accept_date=before(12), visit_date=before(11))
    county.planted(code, "十二天就批准,别的都要三十四天", ("subject", fast))
    edge = county.household(compose(county, "with_parent"), programme="dibao_edge", approved=day)
    quick, _ = apply_for(county, edge, roster, [(before(21), "符合")], accept_date=before(15), visit_date=before(14))
    county.trap(code, "低保边缘的件数太少,不比较快慢", ("subject", quick))


def _fav318(county: County, roster: Roster) -> None:
    code = "FAV318"

    def left(stopped: dt.date, reason: str) -> tuple[Household, Entry]:
        official = roster.official(post="村委会主任", term=_ENDED)
        house = parent_house(county, official, "女", approved=dt.date(2022, 5, 10))
        house.status, house.stopped = "停保", stopped
        house.written["stop_reason"] = reason
        return house, roster.row(official, kin_of(house.head, "母亲"))

    for stopped, reason in ((dt.date(2025, 4, 30), "收入超标"), (dt.date(2025, 9, 30), "自愿放弃")):
        house, row = left(stopped, reason)
        county.planted(code, "任期内纳入,离任后停保", ("subject", house.head), ("roster", row))
    house, row = left(dt.date(2024, 6, 30), "收入超标")
    county.trap(code, "在任时已经停保", ("subject", house.head), ("roster", row))
