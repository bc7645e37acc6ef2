"""Planted cases and traps of the favour rules: FAV301, FAV302, FAV310."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from baoshen_audit.testing.synth.families import compose
from baoshen_audit.testing.synth.people import Sex
from baoshen_audit.testing.synth.places import COUNTY
from baoshen_audit.testing.synth.records import County, Entry, Household, Member
from baoshen_audit.testing.synth.registers import Official, Roster, apply_for
from baoshen_audit.testing.synth.rolls import stopped, tekun

_ENDED: Final = (dt.date(2021, 1, 1), dt.date(2024, 12, 31))
_OPEN: Final = (dt.date(2023, 6, 1), None)


def plant_favour(county: County, roster: Roster) -> None:
    """Plant all cases of this file."""
    _fav301(county, roster)
    _fav302(county, roster)
    _fav302_traps(county, roster)
    _fav310(county, roster)
    _fav310_traps(county, roster)


def _fav301(county: County, roster: Roster) -> None:
    code = "FAV301"
    house = county.single((38, 56))
    official = roster.official(house.head.person, employer=house.village.town + house.village.name, post="村委会委员")
    row = roster.row(official, roster.stranger_kin(official))
    county.planted(code, "任期内的村委会委员本人享受低保", ("subject", house.head), ("roster", row))
    house = county.household(compose(county, "family3"))
    wife = house.members[1]
    official = roster.official(wife.person, post="村妇联主席", term=_OPEN)
    county.planted(code, "村妇联主席(任期未止)为低保家庭成员", ("subject", wife), ("roster", roster.row(official)))
    house = county.single((40, 55), "离异")
    who = house.head.person
    official = roster.official(who, employer=house.village.town, post="民政办工作人员", staff_kind="事业")
    row = roster.row(official)
    payroll = county.add(
        "fiscal_payroll",
        name=who.name,
        id_no=who.id_no,
        employer=f"{COUNTY}{house.village.town}",
        staff_kind="事业",
        payroll_status="在编在岗",
        gross=590_000,
        month=dt.date(2026, 5, 1),
    )
    county.planted(code, "民政办在编工作人员本人享受低保", ("subject", house.head), ("roster", row))
    county.planted(
        "ERR207", "民政办在编工作人员本人享受低保(同时在财政供养名单)", ("subject", house.head), ("payroll", payroll)
    )
    county.planted("ERR204", "民政办在编工作人员的工资高于一人标准", ("subject", house), ("payroll", payroll))
    house = county.household(compose(county, "with_parent"), programme="dibao_edge")
    official = roster.official(
        house.head.person, employer=house.village.town, post="社会救助经办员", staff_kind="社会化用工"
    )
    county.planted(
        code, "社会化用工经办员为低保边缘家庭户主", ("subject", house.head), ("roster", roster.row(official))
    )

    house = county.single((45, 64))
    official = roster.official(house.head.person, post="村委会主任", term=_ENDED)
    county.trap(code, "村委会主任任期已于2024年底届满", ("subject", house.head), ("roster", roster.row(official)))
    house = county.single((40, 60))
    living = house.head.person
    namesake = county.people.person((living.age - 2, living.age + 2), living.sex, name=living.name, stranger=True)
    official = roster.official(namesake, post="村党总支书记")
    county.trap(code, "与村干部同名,证件号码不同", ("subject", house.head), ("roster", roster.row(official)))


def kin_of(member: Member, relation: str) -> tuple[str, str, str]:
    """A relative as a roster row names him."""
    return member.person.name, member.person.id_no, relation


def parent_house(county: County, official: Official, sex: Sex, **facts: Any) -> Household:  # noqa: ANN401
    """A household of one parent of the official; facts of the household may be given."""
    surname = official.person.name[0] if sex == "男" else None
    age = min(90, official.person.age + 26)
    person = county.people.person((age, age + 3), sex, surname=surname)
    return county.single(person=person, marital="丧偶", **facts)


def _fav302(county: County, roster: Roster) -> None:
    code = "FAV302"
    official = roster.official(post="村党总支书记")
    house = parent_house(county, official, "女")
    row = roster.row(official, kin_of(house.head, "母亲"))
    county.planted(code, "村党总支书记的母亲享受低保,没有备案", ("subject", house.head), ("roster", row))
    official = roster.official(post="民政协理员")
    brother = county.people.person((60, 70), "男", surname=official.person.name[0])
    entry = tekun(county, brother)
    row = roster.row(official, (brother.name, brother.id_no, "兄弟"))
    county.planted(code, "民政协理员的兄弟享受特困供养,没有备案", ("subject", entry), ("roster", row))
    official = roster.official(post="民政办主任", staff_kind="事业")
    house = parent_house(county, official, "男")
    row = roster.row(official, kin_of(house.head, "父亲"))
    filing = file_kin(county, official, house.head, "父亲", (dt.date(2024, 3, 1), dt.date(2025, 12, 31)))
    county.planted(
        code, "民政办主任父亲的备案已于2025年底到期", ("subject", house.head), ("roster", row), ("filing", filing)
    )
    official = roster.official(post="分管副镇长", staff_kind="行政", term=_OPEN)
    members = compose(county, "parent_child")
    county.household(members)
    row = roster.row(official, kin_of(members[0], "姐妹" if members[0].person.sex == "女" else "兄弟"))
    other = county.people.person((60, 70), stranger=True)
    filing = file_kin(
        county, official, Member(other, "户主", "丧偶"), "父母", (dt.date(2025, 3, 1), dt.date(2027, 3, 1))
    )
    county.planted(
        code,
        "副镇长备案了另一名亲属,其兄弟姐妹的低保没有备案",
        ("subject", members[0]),
        ("roster", row),
        ("context", filing),
    )
    county.planted("FAV303", "备案的亲属不在任何名册", ("subject", filing))


def file_kin(
    county: County, official: Official, member: Member, relation: str, valid: tuple[dt.date, dt.date]
) -> Entry:
    """Add a filing, checked by the county twenty days later."""
    return county.add(
        "kin_filing",
        official_name=official.person.name,
        official_id=official.person.id_no,
        official_employer=official.employer,
        official_post=official.post,
        relation=relation,
        name=member.person.name,
        id_no=member.person.id_no,
        programme="最低生活保障",
        filed_on=valid[0],
        valid_to=valid[1],
        county_visit_on=valid[0] + dt.timedelta(days=20),
    )


def _fav302_traps(county: County, roster: Roster) -> None:
    code = "FAV302"
    for i in range(12):  # filed relatives are the ordinary case
        official = roster.official(post="村委会主任")
        # approved before the filing: its publicity could not name it
        house = parent_house(county, official, "女" if i % 2 else "男", approved=dt.date(2024, 3, 5))
        relation = "母亲" if i % 2 else "父亲"
        row = roster.row(official, kin_of(house.head, relation))
        filing = file_kin(county, official, house.head, relation, (dt.date(2025, 4, 2), dt.date(2027, 4, 1)))
        if i < 2:
            county.trap(code, "亲属已备案且在有效期内", ("subject", house.head), ("roster", row), ("filing", filing))
    official = roster.official(post="村委会主任", term=_ENDED)
    house = parent_house(county, official, "女")
    row = roster.row(official, kin_of(house.head, "母亲"))
    county.trap(code, "干部任期已于2024年底届满", ("subject", house.head), ("roster", row))
    official = roster.official(post="村党总支书记")
    house = county.single((50, 70))
    living = house.head.person
    namesake = county.people.person((living.age - 2, living.age + 2), living.sex, name=living.name, stranger=True)
    row = roster.row(official, (namesake.name, namesake.id_no, "兄弟" if living.sex == "男" else "姐妹"))
    county.trap(code, "干部的亲属与低保户主同名,证件号码不同", ("subject", house.head), ("roster", row))
    official = roster.official(post="村委会委员")
    house = parent_house(county, official, "男")
    house.status, house.stopped = "停保", dt.date(2026, 4, 30)
    house.written["stop_reason"] = "收入超标"
    row = roster.row(official, kin_of(house.head, "父亲"))
    county.trap(code, "干部父亲的低保已停保", ("subject", house.head), ("roster", row))
    official = roster.official(post="村委会委员")
    who = county.people.person((62, 75), "男", surname=official.person.name[0])
    entry = tekun(county, who, **stopped({}, dt.date(2026, 3, 31), "自愿放弃"))
    row = roster.row(official, (who.name, who.id_no, "兄弟"))
    county.trap(code, "干部兄弟的特困供养已停止", ("subject", entry), ("roster", row))


def house_of(county: County, day: dt.date, kind: str = "family3") -> Household:
    """A household approved on a day."""
    return county.household(compose(county, kind), approved=day)


def case_roles(application: Entry, reports: list[list[Entry]]) -> list[tuple[str, Entry]]:
    """The application, the head's row of the report that decided, and the rest for context."""
    decisive = application.values["check_report_no"]
    rows = [row for report in reports for row in report]
    first = next(row for row in rows if row.values["check_report_no"] == decisive)
    return [("subject", application), *(("report" if row is first else "context", row) for row in rows)]


def _fav310(county: County, roster: Roster) -> None:
    code = "FAV310"
    house = house_of(county, dt.date(2025, 9, 18))
    case = apply_for(county, house, roster, [(dt.date(2025, 8, 28), "不符合")])
    county.planted(code, "核对结论不符合,仍批准低保", *case_roles(*case), ("context", house))
    house = house_of(county, dt.date(2026, 1, 22), "parent_child")
    case = apply_for(county, house, roster, [(dt.date(2025, 12, 1), "符合"), (dt.date(2026, 1, 8), "不符合")])
    county.planted(code, "批准前最近一次核对由符合变为不符合", *case_roles(*case), ("context", house))
    house = house_of(county, dt.date(2026, 3, 12), "adult")
    case = apply_for(county, house, roster, [(dt.date(2026, 2, 20), "超标")])
    county.planted(code, "核对结论超标,仍批准低保", *case_roles(*case), ("context", house))
    house = house_of(county, dt.date(2025, 11, 6), "elders")
    case = apply_for(county, house, roster, [(dt.date(2025, 10, 14), "不符合")], check_result="符合")
    county.planted(code, "核对报告不符合,办理过程中登记为符合", *case_roles(*case), ("context", house))


def _fav310_traps(county: County, roster: Roster) -> None:
    code = "FAV310"
    house = house_of(county, dt.date(2025, 10, 9))
    application, reports = apply_for(
        county, house, roster, [(dt.date(2025, 9, 1), "不符合"), (dt.date(2025, 9, 22), "符合")]
    )
    for row in reports[0]:
        row.values.update(objection="家庭申请复核:车辆已过户", objection_result="符合")
    county.trap(code, "申请复核后结论改为符合", *case_roles(application, reports), ("context", house))
    house = house_of(county, dt.date(2025, 8, 15))
    case = apply_for(county, house, roster, [(dt.date(2025, 7, 24), "不符合")])
    exemption = county.add(
        "exemption",
        hh_id=house,
        name=house.head.person.name,
        id_no=house.head.id_no,
        kind="售房款",
        item="拆迁补偿款",
        doc_no="洮民豁〔2025〕6号",
        valid_from=dt.date(2025, 8, 1),
        valid_to=dt.date(2027, 7, 31),
    )
    county.trap(code, "超标财产已列入豁免台账", *case_roles(*case), ("exemption", exemption), ("context", house))
    house = house_of(county, dt.date(2026, 2, 26), "adult")
    case = apply_for(county, house, roster, [(dt.date(2026, 2, 3), "不符合")], special="是,一事一议会议纪要2026年第3号")
    county.trap(code, "经一事一议程序批准", *case_roles(*case), ("context", house))
    house = house_of(county, dt.date(2025, 6, 10))
    case = apply_for(county, house, roster, [(dt.date(2025, 5, 20), "符合"), (dt.date(2026, 4, 2), "不符合")])
    county.trap(code, "不符合的报告出自批准以后的复查", *case_roles(*case), ("context", house))
    house = house_of(county, dt.date(2026, 4, 9), "with_parent")
    case = apply_for(county, house, roster, [(dt.date(2025, 2, 11), "不符合"), (dt.date(2026, 3, 18), "符合")])
    county.trap(code, "一年前的不符合报告,重新申请时核对为符合", *case_roles(*case), ("context", house))
    house = house_of(county, dt.date(2026, 5, 7), "adult")
    case = apply_for(county, house, roster, [(dt.date(2026, 4, 16), "符合")])
    living = house.head.person
    namesake = county.people.person((living.age - 1, living.age + 1), living.sex, name=living.name, stranger=True)
    other = county.add(
        "check_report",
        check_report_no="HD20260499999-1",
        requested_by=house.village.town,
        head_name=namesake.name,
        head_id=namesake.id_no,
        member_name=namesake.name,
        member_id=namesake.id_no,
        check_date=dt.date(2026, 4, 28),
        check_result="不符合",
    )
    county.trap(code, "不符合的报告属于同名的另一人", *case_roles(*case), ("report", other), ("context", house))
