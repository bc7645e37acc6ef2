"""Planted cases and traps of shares of areas: FAV316, FAV317, FAV319, FAV320.

One village stands for all of them: many approvals for its size, most around the election, many special, many with a
confirmed finding.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Final

from baoshen_audit.testing.synth.draw import Draw
from baoshen_audit.testing.synth.places import VILLAGES, Village
from baoshen_audit.testing.synth.records import JUNE, County, Entry, Record, Values
from baoshen_audit.testing.synth.registers import Roster, apply_for

_ELECTION: Final = dt.date(2025, 12, 18)
_CROWDED: Final = VILLAGES[70]
_AGED: Final = VILLAGES[20]
_CASES: Final = 32
_SPECIAL: Final = 15
_CONFIRMED: Final = 9


def plant_shares(county: County, roster: Roster) -> list[Entry]:
    """Plant the cases that rest on applications and outcomes.

    Returns:
        The applications of the village, for :func:`plant_coverage`.
    """
    around = [_ELECTION + dt.timedelta(days=3 * (i - 8)) for i in range(17)]
    others = [dt.date(2025, 1, 14) + dt.timedelta(days=17 * i) for i in range(_CASES - len(around))]
    cases = [_case(county, roster, _CROWDED, day) for day in [*around, *others]]
    special = cases[:_SPECIAL]
    for number, case in enumerate(special, 1):
        case.values["special"] = f"是,一事一议会议纪要2025年第{number}号"
    county.planted("FAV316", "一个镇的批准三成多经一事一议", *_cases(special))
    confirmed = cases[-_CONFIRMED:]
    for number, case in enumerate(confirmed, 1):
        _outcome(county, case, "属实-调减", f"洮民核〔2026〕{number}号")
    county.planted("FAV319", "一个村的案件核查属实的多", *_cases(confirmed))
    for case in cases[:3]:
        _outcome(county, case, "不属实", "洮民核〔2026〕30号")

    small = [_case(county, roster, VILLAGES[5], _ELECTION + dt.timedelta(days=9 * i)) for i in range(3)]
    for case in small:
        case.values["special"] = "是,一事一议会议纪要2025年第40号"
    county.trap("FAV316", "只有几件批准的街道", *_cases(small))
    county.trap("FAV317", "只有三件批准的社区,都在换届前后", *_cases(small))
    _outcome(county, small[0], "属实-停保", "洮民核〔2026〕31号")
    county.trap("FAV319", "只有三件批准的社区,一件属实", *_cases(small))
    return cases


def _cases(cases: list[Entry]) -> list[tuple[str, Record]]:
    """The records of a case about an area: its applications, the first for all."""
    return [("case" if at else "subject", case) for at, case in enumerate(cases)]


def _case(county: County, roster: Roster, village: Village, day: dt.date) -> Entry:
    house = county.single((62, 84), "丧偶", village=village, approved=day)
    return apply_for(county, house, roster, [(day - dt.timedelta(days=21), "符合")])[0]


def _outcome(county: County, case: Entry, reason: str, document: str) -> None:
    values: Values = {name: case.values[name] for name in ("case_id", "name", "id_no")}
    values |= {"checked_by": "孙志强", "checked_on": dt.date(2026, 4, 16), "doc_no": document}
    county.add("case_history", **values, change_type="调减", reason=reason, decided_on=dt.date(2026, 4, 20))


def plant_coverage(county: County, cases: list[Entry]) -> None:
    """Add the office's figures of villages: as many people as their coverage leads one to expect, but in one.

    Special approvals are had elsewhere too, now and then.
    """
    # what the log added after the planted cases
    later = [e for e in county.entries[county.entries.index(cases[-1]) :] if e.table == "application"]
    ordinary = [e for e in later if e.values["special"] == "否" and e.values["decision"] == "同意"]
    for number, case in enumerate(ordinary[::14], 50):
        case.values["special"] = f"是,一事一议会议纪要2025年第{number}号"
    draw = Draw(county.seed, "villages")
    covered = Counter[str]()
    for house in county.households:
        if house.months & JUNE and house.status in ("在保", "渐退"):
            covered[house.village.code] += sum(member.counted for member in house.members)
    for entry in county.entries:
        if entry.table == "tekun" and entry.values["status"] == "在保":
            covered[entry.values["region_code"]] += 1
    for village in VILLAGES:
        old = 0.42 if village is _AGED else draw.between(18, 26) / 100
        # a village twice as old has about twice as many people on the rolls
        usual = 0.004 + 0.12 * old
        there = covered[village.code] or 2
        people = round(there / usual * draw.between(92, 108) / 100) if village is not _CROWDED else 420
        row = county.add(
            "village_stats",
            year=2026,
            town=village.town,
            village=village.name,
            population=people,
            aged_60=round(people * old),
            disabled=round(people * draw.between(50, 70) / 1000),
            election_date=_ELECTION,
        )
        if village is _CROWDED:
            county.planted("FAV320", "一个村在保的人远多于同样人口的村", ("subject", row))
            near = [case for case in cases if abs((case.values["approve_at"] - _ELECTION).days) <= 60]
            county.planted("FAV317", "换届前后两个月批准十七件", ("subject", row), *(("case", case) for case in near))
        if village is _AGED:
            county.trap("FAV320", "老人多的村,在保的人也多", ("subject", row))
