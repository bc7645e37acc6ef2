"""The office's own registers: officials and their relatives, the process log, check reports, the list of feeds."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, Final

from baoshen_audit.testing.synth.draw import Draw
from baoshen_audit.testing.synth.feeds import EXTRACTED
from baoshen_audit.testing.synth.people import Person
from baoshen_audit.testing.synth.places import COUNTY, COUNTY_CODE, TOWNS, VILLAGES
from baoshen_audit.testing.synth.records import County, Entry, Household

LOG_START: Final = dt.date(2025, 1, 1)
"""The process log begins with the present business system."""

TERM: Final = (dt.date(2024, 1, 1), dt.date(2026, 12, 31))
_POSTS: Final = ("村党总支书记", "村委会主任", "民政协理员")
_TOWN_POSTS: Final = (
    ("分管副镇长", "行政"),
    ("民政办主任", "事业"),
    ("民政办工作人员", "事业"),
    ("社会救助经办员", "社会化用工"),
)
_KIN: Final = (
    ("父亲", "男", 26),
    ("母亲", "女", 25),
    ("配偶", "", 0),
    ("子", "男", -25),
    ("女", "女", -25),
    ("兄弟", "男", 3),
)

Cell = Any


@dataclass(frozen=True, slots=True)
class Official:
    """Somebody on the roster."""

    person: Person
    employer: str
    post: str
    staff_kind: str
    term: tuple[dt.date, dt.date | None]
    login: str
    account: str


class Roster:
    """Draws officials and writes their rows of the cadre roster."""

    def __init__(self, county: County) -> None:
        self.county = county
        self.officials: list[Official] = []
        self._draw = Draw(county.seed, "roster")

    def official(
        self,
        person: Person | None = None,
        *,
        employer: str | None = None,
        post: str = "村委会委员",
        staff_kind: str = "村(居)干部",
        term: tuple[dt.date, dt.date | None] = TERM,
    ) -> Official:
        """A new official; drawn where not given. Rows are written by `rows`."""
        draw = self._draw
        who = person or self.county.people.person((28, 58), stranger=True)
        village = draw.pick(VILLAGES)
        official = Official(
            who,
            employer or f"{village.town}{village.name}",
            post,
            staff_kind,
            term,
            f"jg{len(self.officials) + 1:04}",
            self.county.account(),
        )
        self.officials.append(official)
        return official

    def row(self, official: Official, kin: tuple[str, str, str] | None = None) -> Entry:
        """Add a row of the roster: the official and one relative (name, number, relation), or none."""
        name, number, relation = kin or (None, None, None)
        return self.county.add(
            "cadre_roster",
            name=official.person.name,
            id_no=official.person.id_no,
            employer=official.employer,
            post=official.post,
            staff_kind=official.staff_kind,
            term_start=official.term[0],
            term_end=official.term[1],
            login=official.login,
            account_no=official.account,
            kin_name=name,
            kin_id=number,
            kin_relation=relation,
        )

    def stranger_kin(self, official: Official) -> tuple[str, str, str]:
        """A relative who is on no roll."""
        relation, sex, years = self._draw.pick(_KIN)
        who = official.person
        age = min(92, max(1, who.age + years + self._draw.between(-3, 3)))
        kin_sex = sex or ("女" if who.sex == "男" else "男")
        surname = None if relation in {"配偶", "母亲"} else who.name[0]
        kin = self.county.people.person((age, age), kin_sex, surname=surname, stranger=True)  # type: ignore[arg-type]
        return kin.name, kin.id_no, relation

    def fill(self) -> None:
        """Add the officials of every town and village, with one to three relatives each."""
        for town in TOWNS:
            for post, staff_kind in _TOWN_POSTS:
                self._fill_one(town + ("人民政府" if town.endswith("镇") else "办事处"), post, staff_kind)
        for village in VILLAGES:
            for post in _POSTS[: self._draw.between(1, 3)]:
                self._fill_one(village.town + village.name, post, "村(居)干部")

    def _fill_one(self, employer: str, post: str, staff_kind: str) -> None:
        official = self.official(employer=employer, post=post, staff_kind=staff_kind)
        for _ in range(self._draw.between(1, 3)):
            self.row(official, self.stranger_kin(official))


def process_log(county: County, roster: Roster) -> None:
    """Add the application and a clean check report of everybody approved since the log began, and some refusals."""
    draw = Draw(county.seed, "process")
    filed = {id(entry.values["hh_id"]) for entry in county.entries if entry.table == "application"}
    kin = {entry.values["id_no"]: entry.values["filed_on"] for entry in county.entries if entry.table == "kin_filing"}
    for house in county.households:
        if house.approved >= LOG_START and id(house) not in filed:
            day = house.approved - dt.timedelta(days=draw.between(14, 30))
            marked = any(kin.get(member.id_no, house.approved) < house.approved for member in house.members)
            apply_for(county, house, roster, [(day, "符合")], is_kin_filed=marked)
    for i in range(max(12, len(county.households) // 40)):
        who = county.people.person((30, 80), stranger=True)
        day = draw.day(LOG_START, dt.date(2026, 5, 20))
        _rejected(county, roster, who, day, i)


def apply_for(
    county: County, house: Household, roster: Roster, reports: list[tuple[dt.date, str]], **cells: Cell
) -> tuple[Entry, list[list[Entry]]]:
    """Add an application of a household and its check reports, one row per report and counted member.

    Args:
        county: where the rows go.
        house: the applicant.
        roster: whose officials handled it.
        reports: day and result of each report, oldest first.
        **cells: cells of the application that differ.

    Returns:
        The application and the rows of each report.
    """
    number = f"HD{house.approved:%Y%m}{len(county.entries):06}"
    rows = [_report(county, house, f"{number}-{i + 1}", day, result) for i, (day, result) in enumerate(reports)]
    # the log shows the last report the deciding officer could have seen
    seen = [i for i, (day, _) in enumerate(reports) if day <= house.approved] or [0]
    values = _handled(roster, house.approved) | {
        "case_id": f"SQ{house.approved:%Y%m}{len(county.entries):06}",
        "programme": _TITLES[house.programme],
        "hh_id": house,
        "name": house.head.person.name,
        "id_no": house.head.id_no,
        "town": house.village.town,
        "village": house.village.name,
        "check_report_no": f"{number}-{seen[-1] + 1}",
        "check_result": reports[seen[-1]][1],
        "decision": "同意",
    }
    return county.add("application", **(values | cells)), rows


_TITLES: Final = {"dibao": "最低生活保障", "dibao_edge": "低保边缘家庭"}


def _report(county: County, house: Household, number: str, day: dt.date, result: str) -> list[Entry]:
    return [
        county.add(
            "check_report",
            check_report_no=number,
            requested_by=house.village.town,
            head_name=house.head.person.name,
            head_id=house.head.id_no,
            member_name=member.person.name,
            member_id=member.id_no,
            check_date=day,
            check_result=result,
        )
        for member in house.members
        if member.counted
    ]


def _handled(roster: Roster, approved: dt.date) -> dict[str, Cell]:
    staff = [o for o in roster.officials if o.staff_kind in {"事业", "社会化用工"}] or roster.officials
    at = approved.toordinal()

    def who(step: int) -> str:
        return staff[(at * 7 + step) % len(staff)].person.name

    def before(days: int) -> dt.date:
        return approved - dt.timedelta(days=days)

    return {
        "accept_date": before(34),
        "receiver": who(0),
        "visit_date": before(13),
        "visitor_1": who(1),
        "visitor_2": who(2),
        "publicity_start": before(10),
        "publicity_end": before(3),
        "reviewer": who(3),
        "approver": who(4),
        "approve_at": approved,
        "special": "否",
        "is_kin_filed": False,
        "channel": "窗口",
    }


def _rejected(county: County, roster: Roster, who: Person, day: dt.date, i: int) -> None:
    village = VILLAGES[i * 29 % len(VILLAGES)]
    number = f"HD{day:%Y%m}9{i:05}-1"
    county.add(
        "check_report",
        check_report_no=number,
        requested_by=village.town,
        head_name=who.name,
        head_id=who.id_no,
        member_name=who.name,
        member_id=who.id_no,
        check_date=day,
        check_result="不符合",
    )
    values = _handled(roster, day + dt.timedelta(days=20)) | {
        "case_id": f"SQ{day:%Y%m}9{i:05}",
        "programme": "最低生活保障",
        "hh_id": None,
        "name": who.name,
        "id_no": who.id_no,
        "town": village.town,
        "village": village.name,
        "check_report_no": number,
        "check_result": "不符合",
        "decision": "驳回",
        "reject_reason": "家庭财产超标",
    }
    county.add("application", **values)


_SOURCES: Final = (
    ("殡葬火化", f"{COUNTY}殡仪馆", "本部门职责"),
    ("公安死亡注销", f"公安局{COUNTY}分局", "法定协查"),
    ("机动车", "公安局车辆管理所", "核对授权"),
    ("不动产登记", "不动产登记中心", "核对授权"),
    ("市场主体登记", "市场监督管理局", "核对授权"),
    ("财政供养人员", "财政局", "法定协查"),
    ("养老待遇", "人力资源和社会保障局", "核对授权"),
    ("婚姻登记", f"{COUNTY}民政局", "本部门职责"),
    ("干部名册", "区委组织部", "法定协查"),
    ("近亲属备案", f"{COUNTY}民政局", "本部门职责"),
    ("户籍", f"公安局{COUNTY}分局", "法定协查"),
    ("社会保险参保缴费", "人力资源和社会保障局", "核对授权"),
    ("个人所得税申报", "税务局", "核对授权"),
    ("住房公积金", "住房公积金管理中心", "核对授权"),
    ("银行存款", "省级核对平台", "核对授权"),
    ("证券、基金、理财、商业保险", "省级核对平台", "核对授权"),
    ("契税", "税务局", "核对授权"),
    ("学籍", "教育局", "法定协查"),
    ("养老机构在住人员", f"{COUNTY}民政局", "本部门职责"),
    ("医保结算", "医疗保障局", "核对授权"),
)
SOURCE_TABLES: Final = dict(
    zip(
        (name for name, _, _ in _SOURCES),
        (
            "death",
            "death",
            "vehicle",
            "realestate",
            "business",
            "fiscal_payroll",
            "pension",
            "marriage",
            "cadre_roster",
            "kin_filing",
            "hukou",
            "social_ins",
            "tax",
            "provident",
            "bank",
            "securities",
            "deedtax",
            "school",
            "institution",
            "medical",
        ),
        strict=True,
    )
) | {
    "流浪乞讨救助": "rescue_station",
    "道路运输": "transport",
    "出国定居": "exit",
    "核对授权": "authorisation",
    "残疾人证": "disability",
    "服刑人员": "custody",
}
"""Name of a source in the manifest → the table it delivers."""


def mandate(county: County, entry: Entry, who: Person, relation: str, valid: tuple[dt.date, dt.date]) -> Entry:
    """Add a mandate for somebody to collect what an entry pays, into the account it is paid to."""
    return county.add(
        "mandate",
        name=entry.values["name"],
        id_no=entry.values["id_no"],
        collector_name=who.name,
        collector_id=who.id_no,
        relation=relation,
        account_no=entry.values["account_no"],
        is_institution=False,
        valid_from=valid[0],
        valid_to=valid[1],
    )


def manifest(county: County) -> None:
    """Add the list of feeds. `rows` is filled in when the feeds are counted."""
    for feed, provider, basis in _SOURCES:
        county.add(
            "manifest",
            feed=feed,
            as_of=dt.date(2026, 6, 18),
            extracted_on=EXTRACTED,
            provider=provider,
            coverage=COUNTY_CODE,
            rows=None,
            legal_basis=basis,
        )
