"""The people on the rolls: households by composition, then the rolls of single persons."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final, Literal

from baoshen_audit.testing.synth.families import compose
from baoshen_audit.testing.synth.people import Person
from baoshen_audit.testing.synth.places import INSTITUTIONS, VILLAGES, Village
from baoshen_audit.testing.synth.records import BOTH, JUNE, LAST, MAY, County, Entry, Household, Member, Values

_SHARES: Final = {
    "dibao": 0.52,
    "dibao_edge": 0.09,
    "tekun": 0.13,
    "orphan": 0.02,
    "disability_subsidy": 0.16,
    "youfu": 0.08,
}
"""Share of each roll in all rows of people."""

HOUSEHOLD_ROLLS: Final[tuple[Literal["dibao", "dibao_edge"], ...]] = ("dibao", "dibao_edge")
BASE_STANDARD: Final = 132_600
CARE_TIERS: Final = {"能自理": 15_000, "部分自理": 38_000, "不能自理": 76_000}
ORPHAN_HOME: Final = 210_000
LIVING: Final = 39_000
CARE: Final = 18_000
_YOUFU: Final = (
    ("60周岁以上农村籍退役士兵", "", 78_000),
    ("残疾军人", "七级", 342_500),
    ("残疾军人", "九级", 228_000),
    ("参战参试退役人员", "", 112_000),
    ("带病回乡退伍军人", "", 112_500),
    ("烈士遗属", "", 268_300),
)
_STOPS: Final = ("收入超标", "自愿放弃", "户籍迁出", "身份资格取消")

DISABILITIES: Final = (
    ("肢体", 4),
    ("肢体", 2),
    ("智力", 2),
    ("精神", 2),
    ("视力", 1),
    ("听力", 3),
    ("肢体", 1),
    ("多重", 1),
)


def fill_rolls(county: County, members: int) -> None:
    """Draw the background population: clean for every rule.

    Args:
        county: where households and entries go.
        members: how many rows of people all rolls have together, about.
    """
    wanted = {roll: round(members * share) for roll, share in _SHARES.items()}
    disabled = [pair for roll in HOUSEHOLD_ROLLS for pair in _households(county, roll, wanted[roll])]
    _tekun(county, wanted["tekun"])
    for _ in range(wanted["orphan"]):
        orphan(county)
    from_dibao = [pair for pair in disabled if pair[0].programme == "dibao"][: wanted["disability_subsidy"] * 6 // 10]
    for house, member in from_dibao:
        disability(county, member.person, house=house)
    for _ in range(wanted["disability_subsidy"] - len(from_dibao)):
        disability(county, county.people.person((6, 88)))
    for _ in range(wanted["youfu"]):
        youfu(county)
    for entry in county.entries:
        if entry.table in wanted:
            _come_and_go(county, entry)


def _households(county: County, roll: Literal["dibao", "dibao_edge"], wanted: int) -> list[tuple[Household, Member]]:
    """Draw households of a roll; returns the disabled members with their household."""
    disabled: list[tuple[Household, Member]] = []
    people = 0
    while people < wanted:
        members = compose(county)
        house = county.household(members, programme=roll)
        _vary(county, house)
        if house.status == "在保" and house.months == BOTH:
            disabled += [(house, m) for m in members if m.health == "残疾"]
        people += len(members)
    return disabled


def _come_and_go(county: County, entry: Entry) -> None:
    """A person new in June, or gone from the roll after May."""
    fate = county.draw.between(1, 1000)
    if fate <= 10:
        entry.months = JUNE
        if entry.table == "tekun":
            entry.values["approve_date"] = county.draw.day(dt.date(2026, 5, 18), dt.date(2026, 5, 30))
    elif fate <= 18:
        entry.months = MAY


def _vary(county: County, house: Household) -> None:
    """Small changes between May and June: new, gone; on 低保 also stopped, income re-checked, paid again."""
    draw = county.draw
    fate = draw.between(1, 1000)
    if fate <= 15:
        house.months = JUNE
        house.approved = draw.day(dt.date(2026, 5, 18), dt.date(2026, 5, 30))
    elif fate <= 27:
        house.months = MAY
    elif house.programme == "dibao_edge":
        return
    elif fate <= 40:
        house.status = "停保"
        house.stopped = draw.day(dt.date(2026, 5, 25), dt.date(2026, 5, 31))
        house.written["stop_reason"] = draw.pick(_STOPS)
        house.may.update(status="在保", stop_date=None, stop_reason=None)
    elif fate <= 70:
        house.may["income_month"] = max(0, house.income + draw.between(-20, 20) * 1000)
    elif fate <= 80:
        day = {"result": "退回", "return_reason": "账户状态异常"}
        house.pay[LAST] = (day, {"kind": "重发", "pay_date": dt.date(2026, 6, 18)})


def place(village: Village) -> dict[str, str]:
    """The place cells of a row."""
    return {"town": village.town, "village": village.name, "region_code": village.code}


def _tekun(county: County, wanted: int) -> None:
    homes = []
    for name in INSTITUTIONS:
        town = name[:2]
        village = next(v for v in VILLAGES if v.town.startswith(town))
        account = county.account()
        homes.append((name, village, account))
        county.add(
            "mandate",
            name=name,
            collector_name=name,
            relation="机构",
            account_no=account,
            is_institution=True,
            valid_from=dt.date(2024, 1, 1),
            valid_to=dt.date(2028, 12, 31),
        )
    for _ in range(wanted):
        home = county.draw.pick(homes) if county.draw.chance(0.3) else None
        tekun(county, home=home)


def care_home(county: County, name: str) -> tuple[str, Village, str]:
    """Name, place and collective account of a care home, for `home` of a row of 特困."""
    account = next(e.values["account_no"] for e in county.entries if e.table == "mandate" and e.values["name"] == name)
    return name, next(v for v in VILLAGES if v.town.startswith(name[:2])), account


def tekun(  # noqa: D417
    county: County,
    person: Person | None = None,
    *,
    home: tuple[str, Village, str] | None = None,
    **cells: Any,  # noqa: ANN401
) -> Entry:
    """Add a row to the roll of 特困; cells override what is drawn.

    Args:
        county: where it goes.
        person: drawn if not given (an unmarried or widowed elder).
        home: name, place and collective account of the care home, for 集中 care.
    """
    draw = county.draw
    who = person or county.people.person((60, 90), "男" if draw.chance(0.8) else "女")
    village = cells.pop("place", None) or (home[1] if home else county.village())
    ability = draw.pick(tuple(CARE_TIERS))
    care = CARE_TIERS[ability]
    values: Values = {
        **place(village),
        "name": who.name,
        "id_no": who.id_no,
        "sex": who.sex,
        "birth_date": who.birth,
        "mode": "集中" if home else "分散",
        "institution_name": home[0] if home else None,
        "self_care": ability,
        "base_standard": BASE_STANDARD,
        "care_amount": care,
        "monthly_amount": BASE_STANDARD + care,
        "account_no": home[2] if home else county.account(),
        "account_name": home[0] if home else who.name,
        "phone": None if home else county.phone(),
        "status": "在保",
        "approve_date": draw.day(dt.date(2016, 1, 1), dt.date(2026, 4, 20)),
    }
    return county.add("tekun", BOTH, **(values | cells))


def orphan(county: County, person: Person | None = None, **cells: Any) -> Entry:  # noqa: ANN401
    """Add a row to the roll of orphans; cells override what is drawn."""
    draw = county.draw
    who = person or county.people.person((4, 16))
    guardian = county.people.person((58, 78), "女", stranger=True)
    values: Values = {
        **place(cells.pop("place", None) or county.village()),
        "name": who.name,
        "id_type": "居民身份证",
        "id_no": who.id_no,
        "sex": who.sex,
        "birth_date": who.birth,
        "child_kind": "孤儿",
        "raising_mode": "社会散居",
        "guardian_name": guardian.name,
        "guardian_id": guardian.id_no,
        "monthly_amount": ORPHAN_HOME,
        "account_no": county.account(),
        "account_name": who.name,
        "status": "在保",
        "first_month": dt.date(2026 - draw.between(1, max(1, min(who.age, 8))), draw.between(1, 12), 1),
    }
    month_after = (who.birth.replace(day=1) + dt.timedelta(days=31)).replace(day=1)
    values["first_month"] = max(values["first_month"], month_after)
    return county.add("orphan", BOTH, **(values | cells))


def disability(county: County, person: Person, *, house: Household | None = None, **cells: Any) -> Entry:  # noqa: ANN401
    """Add a row to the roll of the two subsidies.

    A person of a 低保 household gets 生活补贴 too, at the place and, as its head, into the account of the household.
    """
    draw = county.draw
    kind, level = draw.pick(DISABILITIES)
    if house is None and level > 2:
        kind, level = "肢体", 2
    living = LIVING if house else 0
    care = CARE if level <= 2 else 0
    head = house is not None and house.head.person is person
    since = dt.date(2017 + draw.between(0, 8), draw.between(1, 12), 1)
    values: Values = {
        **place(cells.pop("place", None) or (house.village if house else county.village())),
        "name": person.name,
        "id_type": "居民身份证",
        "id_no": person.id_no,
        "sex": person.sex,
        "disability_cert": f"{person.id_no}{_KIND_DIGITS[kind]}{level}",
        "disability_kind": kind,
        "disability_level": f"{level}级",
        "living_amount": living,
        "living_start": since if living else None,
        "care_amount": care,
        "care_start": since if care else None,
        "is_dibao": "是" if house else "否",
        "account_no": house.account if house and head else county.account(),
        "account_name": person.name,
        "phone": county.phone(),
        "status": "在保",
    }
    return county.add("disability_subsidy", BOTH, **(values | cells))


_KIND_DIGITS: Final = {"视力": 1, "听力": 2, "言语": 3, "肢体": 4, "智力": 5, "精神": 6, "多重": 7}


def youfu(county: County, person: Person | None = None, **cells: Any) -> Entry:  # noqa: ANN401
    """Add a row to the roll of 优抚; cells override what is drawn."""
    category, level, amount = county.draw.pick(_YOUFU)
    who = person or county.people.person((62, 88), "女" if category == "烈士遗属" else "男")
    values: Values = {
        **place(cells.pop("place", None) or county.village()),
        "name": who.name,
        "id_no": who.id_no,
        "sex": who.sex,
        "age": who.age,
        "category": category,
        "injury_level": level or None,
        "youfu_cert": None,
        "pension_month": amount,
        "addon_utilities": 6_500,
        "account_no": county.account(),
        "account_name": who.name,
        "phone": county.phone(),
        "status": "在保",
    }
    return county.add("youfu", BOTH, **(values | cells))


def stopped(cells: dict[str, Any], day: dt.date, reason: str) -> dict[str, Any]:
    """Cells of a stopped entitlement, with the others given."""
    return cells | {"status": "停保", "stop_date": day, "stop_reason": reason}
