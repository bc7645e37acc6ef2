"""Planted cases and traps of the process: FAV303, FAV306, FAV308, FAV309, FAV311, FAV313, FAV315."""

from __future__ import annotations

import datetime as dt
from typing import Final

from baoshen_audit.testing.synth.places import VILLAGES
from baoshen_audit.testing.synth.plant_favour import case_roles, file_kin, house_of, kin_of, parent_house
from baoshen_audit.testing.synth.records import County, Entry, Household, Paid
from baoshen_audit.testing.synth.registers import Cell, Official, Roster, apply_for
from baoshen_audit.testing.synth.rolls import orphan, tekun

_FILED: Final = (dt.date(2025, 4, 2), dt.date(2027, 4, 1))


def plant_process(county: County, roster: Roster) -> None:
    """Plant all cases of this file."""
    _fav303(county, roster)
    _fav306(county, roster)
    _fav308(county, roster)
    _fav309(county, roster)
    _fav311(county, roster)
    _fav313(county, roster)
    _fav315(county, roster)


def _filed_parent(county: County, roster: Roster) -> tuple[Official, Household, Entry, Entry]:
    """An official, the household of the mother, the roster's row and the filing."""
    official = roster.official(post="村委会主任")
    house = parent_house(county, official, "女")
    house.approved = dt.date(2025, 9, 10)
    row = roster.row(official, kin_of(house.head, "母亲"))
    return official, house, row, file_kin(county, official, house.head, "母亲", _FILED)


def _apply(county: County, house: Household, roster: Roster, **cells: Cell) -> Entry:
    """An application with a clean report three weeks before the approval."""
    day = house.approved - dt.timedelta(days=21)
    return apply_for(county, house, roster, [(day, "符合")], **cells)[0]


def _fav303(county: County, roster: Roster) -> None:
    code = "FAV303"
    _, house, _, filing = _filed_parent(county, roster)
    _apply(county, house, roster, is_kin_filed=True)
    filing.values["county_visit_on"] = None
    county.planted(code, "备案满90天,没有县级核查日期", ("subject", house.head), ("filing", filing))
    _, house, _, filing = _filed_parent(county, roster)
    application = _apply(county, house, roster)
    county.planted(
        code, "备案以后批准的申请,公示没有标注", ("subject", house.head), ("filing", filing), ("case", application)
    )
    _, house, _, filing = _filed_parent(county, roster)
    application = _apply(county, house, roster, is_kin_filed=True)
    county.trap(code, "备案、核查、标注齐全", ("subject", house.head), ("filing", filing), ("case", application))


def _fav306(county: County, roster: Roster) -> None:
    code = "FAV306"
    for post in ("村会计", "村委会主任"):
        official = roster.official(post=post)
        row = roster.row(official, roster.stranger_kin(official))
        entry = tekun(county, account_no=official.account, account_name=official.person.name)
        county.planted(
            code, f"特困供养金发到在任{post}的账户", ("payment", Paid(entry)), ("subject", row), ("context", entry)
        )
    official = roster.official(post="村委会委员")
    row = roster.row(official, roster.stranger_kin(official))
    entry = orphan(
        county,
        account_no=official.account,
        account_name=official.person.name,
        guardian_name=official.person.name,
        guardian_id=official.person.id_no,
    )
    county.trap(code, "干部是孤儿登记的监护人", ("subject", entry), ("roster", row), ("payment", Paid(entry)))


def _fav308(county: County, roster: Roster) -> None:
    code = "FAV308"
    for step, note in (("receiver", "受理"), ("approver", "审批")):
        official, house, row, _ = _filed_parent(county, roster)
        application = _apply(county, house, roster, is_kin_filed=True, **{step: official.login})
        county.planted(code, f"{note}人是申请人的子女,没有回避", ("subject", application), ("roster", row))
    official, house, row, _ = _filed_parent(county, roster)
    application = _apply(county, house, roster, is_kin_filed=True)
    county.trap(code, "亲属在任,没有经办这一件", ("subject", application), ("roster", row))


def _fav309(county: County, roster: Roster) -> None:
    code = "FAV309"
    house = house_of(county, dt.date(2025, 10, 15))
    application = _apply(county, house, roster, reviewer="于小满", visitor_1="于小满")
    county.planted(code, "调查和审核由同一人办理", ("subject", application))
    house = house_of(county, dt.date(2026, 2, 10), "parent_child")
    application = _apply(county, house, roster, visitor_2=None)
    county.planted(code, "入户调查只有一人", ("subject", application))
    house = house_of(county, dt.date(2026, 2, 12), "adult")
    application = _apply(county, house, roster, visitor_1="于小满、严冬至", visitor_2=None)
    county.trap(code, "一格写了两名调查人", ("subject", application))


def _fav311(county: County, roster: Roster) -> None:
    code = "FAV311"
    house = county.single((45, 64), approved=dt.date(2026, 3, 18))
    application, reports = apply_for(county, house, roster, [(dt.date(2024, 6, 3), "符合")])
    county.planted(code, "批准时核对报告已过有效期", *case_roles(application, reports))
    house = county.single((45, 64), approved=dt.date(2026, 1, 20))
    application, reports = apply_for(county, house, roster, [(dt.date(2026, 2, 6), "符合")])
    county.planted(code, "批准以后才出具核对报告", *case_roles(application, reports))
    house = house_of(county, dt.date(2026, 1, 22), "parent_child")
    application, reports = apply_for(
        county, house, roster, [(dt.date(2024, 5, 6), "符合"), (dt.date(2025, 12, 29), "符合")]
    )
    county.trap(code, "旧报告之外另有有效的报告", *case_roles(application, reports))


def _fav313(county: County, roster: Roster) -> None:
    code = "FAV313"
    day = dt.date(2026, 3, 24)
    for start, end, note in (
        (day - dt.timedelta(days=8), day - dt.timedelta(days=5), "公示只有4天"),
        (day - dt.timedelta(days=3), day + dt.timedelta(days=4), "公示没有结束就已批准"),
    ):
        house = house_of(county, day)
        application = _apply(county, house, roster, publicity_start=start, publicity_end=end)
        county.planted(code, note, ("subject", application))
    house = house_of(county, day, "adult")
    week = {"publicity_start": day - dt.timedelta(days=8), "publicity_end": day - dt.timedelta(days=2)}
    county.trap(code, "公示恰好7天,次日之后批准", ("subject", _apply(county, house, roster, **week)))


def _fav315(county: County, roster: Roster) -> None:
    code = "FAV315"
    for at, day in enumerate((dt.date(2026, 3, 5), dt.date(2026, 4, 9))):
        house = house_of(county, day, "adult")
        elsewhere = next(v for v in VILLAGES[at * 30 :] if v.town != house.village.town)
        refusal = _refused(county, house, roster, day - dt.timedelta(days=55), elsewhere.town)
        application = _apply(county, house, roster)
        county.planted(code, "在另一个乡镇被驳回,不久换乡镇批准", ("subject", application), ("refusal", refusal))
    day = dt.date(2026, 4, 14)
    house = house_of(county, day, "adult")
    refusal = _refused(county, house, roster, day - dt.timedelta(days=900), VILLAGES[0].town)
    application = _apply(county, house, roster)
    county.trap(code, "两年多以前被驳回", ("subject", application), ("refusal", refusal))


def _refused(county: County, house: Household, roster: Roster, day: dt.date, town: str) -> Entry:
    """An earlier application of the same head in another town, refused."""
    refusal, _ = apply_for(county, house, roster, [(day - dt.timedelta(days=20), "不符合")])
    refusal.values.update(
        case_id=f"{refusal.values['case_id']}R",
        hh_id=None,
        town=town,
        village=None,
        approve_at=day,
        accept_date=day - dt.timedelta(days=30),
        visit_date=day - dt.timedelta(days=14),
        publicity_start=None,
        publicity_end=None,
        decision="驳回",
        reject_reason="家庭财产超标",
    )
    return refusal
