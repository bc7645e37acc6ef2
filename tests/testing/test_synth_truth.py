"""The sample's truth against naive oracles: each finds the planted cases of its rule and nothing else.

The oracles are plain Python over the district's frames and share no code with the rules.
"""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from itertools import pairwise

import polars as pl
import pytest

from baoshen_audit.testing.synth import Case, District, district

from .synth_county import FIRST, MONTH, STANDARD, County, Keys, Row, full, keys
from .synth_oracles import MORE
from .synth_oracles_support import SUPPORT


def roll001(c: County) -> Keys:
    def wrong(p: Row) -> bool:
        number = p["id_no"] or ""
        if p.get("id_type") not in {None, "居民身份证"}:
            return False
        return not (len(number) in {15, 18} and number[:-1].isdigit())

    return keys(p for p in c.people if wrong(p))


def roll002(c: County) -> Keys:
    return keys(p for p in c.people if len(p["id_no"] or "") == 18 and full(p["id_no"]) is None)


def _dated(number: str) -> bool:
    try:
        dt.date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    return int(number[6:10]) >= 1880


def roll006(c: County) -> Keys:
    def wrong(p: Row) -> bool:
        number = p["id"]
        if number is None or not _dated(number):
            return False
        born = dt.date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
        years = FIRST.year - born.year - ((born.month, born.day) > (6, 1))
        return (
            (p["sex"] == "男") != (int(number[16]) % 2 == 1)
            or p.get("birth_date", born) != born
            or abs((p.get("age") or years) - years) > 1
        )

    return keys(p for p in c.people if wrong(p))


def roll005(c: County) -> Keys:
    def wrong(p: Row) -> bool:
        number = p["id_no"] or ""
        if full(number) is None or len(number) != 18 or number[0] == "8":
            return False
        if number[10:14] == "0230":
            return False
        return not _dated(number) or int(number[6:10]) < 1906 or number[:2] == "39"

    return keys(p for p in c.people if wrong(p))


def roll007(c: County) -> Keys:
    return keys(p for p in c.people if re.search("[?、0-9]|测试", p["name"]))


def roll008(c: County) -> Keys:
    def born(p: Row) -> dt.date:
        assert isinstance(p["birth_date"], dt.date)
        return p["birth_date"].replace(day=1)

    def out_of_order(r: Row) -> bool:
        days = [r[step] for step in ("accept_date", "visit_date", "publicity_start") if r[step]]
        return days != sorted(days)

    early = keys(p for p in c.people if p.get("first_month") and p["roll"] == "orphan" and p["first_month"] < born(p))
    return early | {("application", r["key"]) for r in c.rows("application") if out_of_order(r)}


def roll012(c: County) -> Keys:
    heads: dict[str, int] = defaultdict(int)
    for m in c.members:
        heads[m["hh_id"]] += m["relation"] == "户主"
    return keys(m for m in c.members if heads[m["hh_id"]] != 1)


def roll015(c: County) -> Keys:
    def wrong(h: Row) -> bool:
        if h["roll"] == "dibao_edge":
            return bool(h["monthly_amount"])
        return bool(h["category"] == "单人保" and h["covered_count"] != 1)

    return {(h["roll"], h["key"]) for h in c.houses.values() if wrong(h)}


def roll014(c: County) -> Keys:
    sizes: dict[str, int] = defaultdict(int)
    for m in c.members:
        sizes[m["hh_id"]] += m["is_counted"]
    return {(h["roll"], h["key"]) for h in c.houses.values() if h["family_size"] != sizes[h["hh_id"]]}


def _two_kinds(group: list[Row]) -> bool:
    """Urban and rural at once is DUP105's, a guarantee of one's own inside a covered household DUP113's."""
    kinds = ("urban_rural", "category")
    return any(len({p["house"][kind] for p in group if p["house"]} - {None}) > 1 for kind in kinds)


def _pairs(c: County, *, same_town: bool) -> Keys:
    found: Keys = set()
    by_roll: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for p in c.active:
        if p["id"]:
            by_roll[p["id"], p["roll"]].append(p)
    for group in by_roll.values():
        if _two_kinds(group):
            continue
        if len(group) > 1 and (len({p["town"] for p in group}) == 1) == same_town:
            found |= keys(group)
    return found


def dup101(c: County) -> Keys:
    return _pairs(c, same_town=True)


def dup104(c: County) -> Keys:
    found = _pairs(c, same_town=False)
    towns: dict[str, set[str]] = defaultdict(set)
    dibao: dict[str | None, list[Row]] = defaultdict(list)
    for p in c.active:
        if p["roll"] == "dibao":
            dibao[p["id"]].append(p)
    both = {number for number, group in dibao.items() if _two_kinds(group)}
    for p in c.active:
        if p["id"] and p["id"] not in both:
            towns[p["id"]].add(p["town"])
    everywhere = keys(p for p in c.active if p["id"] and len(towns.get(p["id"], ())) > 1)
    assert everywhere == found, "nobody is on different rolls in different towns"
    return found


def dup106(c: County) -> Keys:
    def programmes(p: Row) -> set[str]:
        if p["roll"] != "disability_subsidy":
            return {p["roll"]}
        return {part for part in ("living", "care") if p[f"{part}_amount"]}

    held: dict[str, list[Row]] = defaultdict(list)
    for p in c.active:
        if p["id"]:
            held[p["id"]].append(p)
    exclusive = (
        {"dibao", "tekun"},
        {"tekun", "living"},
        {"tekun", "care"},
        {"orphan", "living"},
        {"orphan", "tekun"},
        {"dibao", "orphan"},
    )
    found: Keys = set()
    for group in held.values():
        have = set[str]().union(*(programmes(p) for p in group))
        if any(pair <= have for pair in exclusive):
            found |= keys(group)
    return found


def dup110(c: County) -> Keys:
    homes = {r["account_no"] for r in c.rows("mandate") if r["is_institution"]}
    mandated = {(r["account_no"], r["id_no"]) for r in c.rows("mandate")}
    household_of = {p["id"]: p["hh_id"] for p in c.active if p["house"] and p["id"]}
    payees: dict[str, dict[str, Keys]] = defaultdict(lambda: defaultdict(set))
    for r in c.rows("payment"):
        if r["result"] == "成功" and r["account_no"] not in homes and (r["account_no"], r["id_no"]) not in mandated:
            number = full(r["id_no"]) or f"{r['name']}?"
            payee = r["hh_id"] or household_of.get(number, number)
            payees[r["account_no"]][payee].add(("payment", r["key"]))
    found: Keys = set()
    for owners in payees.values():
        households = sum(payee[:2] == "DB" for payee in owners)
        if households >= 2 or len(owners) - households >= 3:
            found |= set[tuple[str, int]]().union(*owners.values())
    return found


def err201(c: County) -> Keys:
    found: Keys = set()
    paid: dict[str, list[dt.date]] = defaultdict(list)
    for month in ("2026-05", MONTH):
        at = County(c.d, month)
        members = defaultdict(list)
        for m in at.people:
            if m["house"] and m["is_counted"]:
                members[m["hh_id"]].append(m["id"])
        for row in at.rows("payment"):
            if row["result"] == "成功":
                for number in members[row["hh_id"]] if row["hh_id"] else [full(row["id_no"])]:
                    paid[number].append(row["entitlement_month"])
    masked = {(p["name"], p["id"][:6], p["id"][14:]): p for p in c.counted.values() if len(p["id"]) == 18}
    for d in c.rows("death"):
        person = c.counted.get(full(d["id_no"])) or masked.get((d["name"], d["id_no"][:6], d["id_no"][14:]))
        if person is None or d["relative_id"] == d["id_no"]:
            continue
        if any((m.year, m.month) > (d["death_date"].year, d["death_date"].month) for m in paid[person["id"]]):
            found |= keys([person])
    return found


def err207(c: County) -> Keys:
    active = {
        r["id_no"]
        for r in c.rows("fiscal_payroll")
        if r["payroll_status"] in {"在编在岗", "退休"} and r["staff_kind"] in {"行政", "事业"}
    }
    return keys(p for number, p in c.counted.items() if number in active)


def err209(c: County) -> Keys:
    small = {"普通二轮摩托车", "正三轮载货摩托车", "残疾人代步车"}
    valid = {(r["hh_id"], r["item"]) for r in c.rows("exemption") if r["valid_from"] <= FIRST <= r["valid_to"]}
    found: Keys = set()
    for v in c.rows("vehicle"):
        p = c.counted.get(v["id_no"])
        in_use = v["vehicle_status"] == "正常" and v["vehicle_kind"] not in small
        if p and in_use and (p.get("hh_id"), v["plate_no"]) not in valid:
            found |= keys([p])
    return found


def err215(c: County) -> Keys:
    events: dict[tuple[str, str], list[tuple[dt.date, str]]] = defaultdict(list)
    for r in c.rows("marriage"):
        events[r["man_id"], r["woman_id"]].append((r["registered_on"], r["kind"]))
    listed = {p["id"]: p["hh_id"] for p in c.people if p["house"]}
    dead = {r["id_no"] for r in c.rows("death")}
    found: Keys = set()
    for couple, rows in events.items():
        day, kind = max(rows)
        if dead & {*couple} or kind not in {"结婚", "补领"} or day > dt.date(2026, 4, 1):
            continue
        for one, other in (couple, couple[::-1]):
            p = c.counted.get(one)
            if p and p["house"] and listed.get(other) != p["hh_id"]:
                found |= keys([p])
    return found


def err218(c: County) -> Keys:
    paid: dict[tuple[str, dt.date], int] = defaultdict(int)
    for month in ("2026-05", MONTH):
        for r in c.d.frames["payment"][month].to_dicts():
            if r["hh_id"] and r["result"] == "成功":
                paid[r["hh_id"], r["entitlement_month"]] += r["amount_paid"]
    found: Keys = set()
    for h in c.houses.values():
        if h["roll"] != "dibao" or h["status"] != "在保":
            continue
        right = -(-(STANDARD * h["family_size"] - h["income_month"]) // 100) * 100
        wrong = h["top_up"] > right or h["monthly_amount"] > right + h["supplement_amount"]
        if wrong or paid.get((h["hh_id"], FIRST), 0) > right + h["supplement_amount"]:
            found.add(("dibao", h["key"]))
    return found


def err202(c: County) -> Keys:
    near = ("江苏", "常州")
    gone = {
        r["id_no"]: r["moved_out"] or r["cancel_date"]
        for r in c.rows("hukou")
        if r["hukou_status"] in {"迁出", "出国(境)定居"}
        and not (r["moved_to"] or "").startswith(near)
        and "学院" not in (r["moved_to"] or "")
    }
    return keys(p for p in c.active if p["id"] in gone and gone[p["id"]] < dt.date(2026, 5, 1))


def _monthly(c: County, table: str, number: str, column: str, kept: Callable[[Row], bool]) -> int:
    """The lowest of three months of spring, nothing if one is missing."""
    by_month: dict[dt.date, int] = defaultdict(int)
    for r in c.rows(table):
        if r["id_no"] == number and kept(r):
            by_month[r["month"]] += r[column]
    spring = [by_month[dt.date(2026, month, 1)] for month in (3, 4, 5)]
    return min(spring[1:]) if all(spring) else 0


def err204(c: County) -> Keys:
    found: Keys = set()
    for h in c.houses.values():
        members = [m for m in c.members if m["hh_id"] == h["hh_id"] and m["is_counted"]]
        wages = 0
        for m in members:
            number = full(m["id_no"]) or ""
            paid = sum(
                r["gross"]
                for r in c.rows("fiscal_payroll")
                if r["id_no"] == number and r["payroll_status"] in {"在编在岗", "退休"}
            )
            base = _monthly(c, "social_ins", number, "base", lambda r: r["pay_kind"] == "单位缴费")
            base += _monthly(c, "provident", number, "base", lambda r: r["account_status"] == "正常")
            tax = _monthly(c, "tax", number, "income", lambda r: r["item"] == "工资薪金所得")
            wages += paid or (tax if base else 0)
        line = STANDARD * len(members) * (1 if h["roll"] == "dibao" else 2)
        if h["status"] == "在保" and wages * 9 // 10 > line * 105 // 100:
            found.add((h["roll"], h["key"]))
    return found


def _homes(c: County, rows: Iterable[Row]) -> dict[str, list[Row]]:
    """Rows of a register by the household of a counted member."""
    by_home: dict[str, list[Row]] = defaultdict(list)
    for r in rows:
        p = c.counted.get(r["id_no"])
        if p and p["house"]:
            by_home[p["hh_id"]].append(r | {"owner": ("member", p["key"])})
    return by_home


def err210(c: County) -> Keys:
    found: Keys = set()
    for rows in _homes(c, c.rows("realestate")).values():
        mine = [r for r in rows if r["title_status"] != "注销" and (r["share"] or 1) >= 1 / 3]
        homes = [r for r in mine if r["use"] == "住宅" and r["acquired_by"] != "宅基地"]
        if len(homes) > 1 or any(r["use"] == "商业" for r in mine):
            found |= {r["owner"] for r in rows}
    return found


def err212(c: County) -> Keys:
    exempt = {r["hh_id"] for r in c.rows("exemption") if r["kind"] == "救助款存款" and r["valid_to"] >= FIRST}
    found: Keys = set()
    for home, rows in _homes(c, c.rows("bank")).items():
        limit = 24 * STANDARD * c.houses[home]["family_size"]
        if home not in exempt and min(sum(r[k] for r in rows) for k in ("balance", "balance_avg")) > limit:
            found |= {r["owner"] for r in rows}
    return found


def _in_term(r: Row) -> bool:
    return bool(r["term_start"] <= FIRST and (r["term_end"] is None or r["term_end"] >= FIRST))


def fav301(c: County) -> Keys:
    officials = {r["id_no"] for r in c.rows("cadre_roster") if _in_term(r)}
    return keys(p for number, p in c.counted.items() if number in officials)


def fav302(c: County) -> Keys:
    filed = {(r["official_id"], r["id_no"]) for r in c.rows("kin_filing") if r["filed_on"] <= FIRST <= r["valid_to"]}
    kin = {
        r["kin_id"]
        for r in c.rows("cadre_roster")
        if r["kin_id"] and _in_term(r) and (r["id_no"], r["kin_id"]) not in filed
    }
    return keys(p for number, p in c.counted.items() if number in kin)


def fav310(c: County) -> Keys:
    reports: dict[str, list[tuple[dt.date, str]]] = defaultdict(list)
    for r in c.rows("check_report"):
        reports[r["head_id"]].append((r["check_date"], r["check_result"]))
    exempt = {r["hh_id"] for r in c.rows("exemption")}
    found: Keys = set()
    for a in c.rows("application"):
        before = sorted(r for r in reports[a["id_no"]] if r[0] <= a["approve_at"])
        if not before:  # approved before any report: FAV311's
            continue
        open_case = a["decision"] == "同意" and a["special"] == "否" and a["hh_id"] not in exempt
        if open_case and before[-1][1] in {"不符合", "超标"}:
            found.add(("application", a["key"]))
    return found


def err220(c: County) -> Keys:
    due: dict[str, int] = defaultdict(int)
    for m in c.people:
        if m["house"] and m["is_covered"]:
            number = m["id_no"] or ""
            born = number[6:14] if len(number) == 18 and _dated(number) else f"{m['birth_date']:%Y%m%d}"
            due[m["hh_id"]] += born < "19560601" or m["health"] == "重病"
    found: Keys = set()
    for h in c.houses.values():
        if h["roll"] == "dibao" and h["status"] == "在保" and due[h["hh_id"]] * 10_200 != h["supplement_amount"]:
            # a grave illness may be proven on paper: more than the roll shows is wrong where nobody is left to have it
            full_house = h["supplement_amount"] > 10_200 * h["covered_count"]
            if full_house or h["supplement_amount"] < due[h["hh_id"]] * 10_200:
                found.add(("dibao", h["key"]))
    return found


def err228(c: County) -> Keys:
    due = {"能自理": 15_000, "部分自理": 38_000, "不能自理": 76_000}
    latest: dict[str, tuple[dt.date, str]] = {}
    for r in c.rows("self_care_assessment"):
        latest[r["id_no"]] = max((r["assessed_on"], r["self_care"]), latest.get(r["id_no"], (dt.date.min, "")))

    def wrong(p: Row) -> bool:
        day, able = latest[p["id"]]
        if day > dt.date(2026, 4, 30):
            return False
        return p["self_care"] != able or p["care_amount"] != due[able] or day <= dt.date(2024, 6, 30)

    return keys(p for p in c.active if p["roll"] == "tekun" and p["id"] in latest and wrong(p))


def err230(c: County) -> Keys:
    members = [p for p in c.people if p["house"]]
    covered = {p["id"] for p in members if p["status"] in {"在保", "渐退"} and p["is_covered"]}
    covered |= {p["id"] for p in c.active if p["roll"] in {"tekun", "orphan"}}
    lately = {p["id"] for p in members if p["house"]["stop_date"] and p["house"]["stop_date"] >= dt.date(2026, 5, 1)}
    return keys(
        p
        for p in c.active
        if p["roll"] == "disability_subsidy" and p["living_amount"] and p["id"] not in covered | lately
    )


def err232(c: County) -> Keys:
    status = {r["id_no"]: (r["status"], r["stop_date"]) for r in c.rows("youfu")}
    found = set()
    for r in c.rows("addon"):
        state, ended = status.get(r["id_no"], ("", None))
        if state != "在保" and not (ended and ended >= dt.date(2026, 5, 1)):
            found.add(("addon", r["key"]))
    return found


def err234(c: County) -> Keys:
    long = {
        r["id_no"]
        for r in c.rows("rescue_station")
        if ((r["end"] or dt.date(2026, 6, 30)) - r["start"]).days >= 30 and (r["end"] or FIRST) >= FIRST
    }
    return {
        ("veteran_rural60", r["key"])
        for r in c.rows("veteran_rural60")
        if r["certified_on"] <= dt.date(2025, 6, 30) or r["id_no"] in long
    }


ORACLES: dict[str, Callable[[County], Keys]] = {
    "ROLL001": roll001, "ROLL002": roll002, "ROLL006": roll006, "ROLL014": roll014,
    "ROLL005": roll005, "ROLL007": roll007, "ROLL008": roll008, "ROLL012": roll012, "ROLL015": roll015,
    "DUP101": dup101, "DUP104": dup104,
    "DUP106": dup106, "DUP110": dup110, "ERR201": err201, "ERR207": err207, "ERR209": err209, "ERR215": err215,
    "ERR218": err218, "ERR202": err202, "ERR204": err204, "ERR210": err210, "ERR212": err212,
    "FAV301": fav301, "FAV302": fav302, "FAV310": fav310, **MORE,
    "ERR220": err220, "ERR228": err228, "ERR230": err230, "ERR232": err232, "ERR234": err234, **SUPPORT,
}  # fmt: skip
FAMILY = {"DUP102", "DUP103", "DUP105", "DUP108"}
"""Rules on who is who and on households that are one family: their cases are held against the rules in
tests/audit/test_truth.py."""

MEANS = {"ERR225", "ERR231", "ERR206", "ERR208", "ERR213", "ERR214", "ERR216"}
"""Rules on income and property beside those with an oracle, held against the rules in the same place."""

PROCESS = {
    "FAV303", "FAV304", "FAV305", "FAV306", "FAV307", "FAV308", "FAV309", "FAV311", "FAV312", "FAV313", "FAV314",
    "FAV315", "FAV316", "FAV317", "FAV318", "FAV319", "FAV320",
}  # fmt: skip
"""Rules on ties, mandates, filings, the process log and shares of areas, held against the rules in the same place."""

PRECEDED = {"DUP104": ("DUP105",), "DUP101": ("DUP102",)}
"""Code → rules that report the same fact before it (rule catalogue §1.5): their cases are none of its own."""

INTAKE = {
    "ROLL009", "ROLL010", "ROLL011", "ROLL013", "ROLL016", "ROLL017", "ROLL018", "ROLL019", "FEED022", "FEED023",
    "DUP105", "DUP108", "DUP113", "DUP114", "DUP115", "MIS401", "MIS402", "MIS403", "MIS405", "MIS406", "MIS407",
}  # fmt: skip
"""Rules on cells, deliveries, families and omissions: tests/audit/test_truth.py holds them against what is planted."""

SUBJECTS = {"subject", "other", "other_roll", "payment"}


@pytest.fixture(scope="module")
def planted() -> District:
    return district()


@pytest.fixture(scope="module")
def county(planted: District) -> County:
    return County(planted)


def _cases(d: District, code: str, kind: str) -> list[Case]:
    return [case for case in d.cases if case.code == code and case.kind == kind]


@pytest.mark.parametrize("code", ORACLES)
def test_oracle_finds_the_planted_cases_and_nothing_else(county: County, code: str) -> None:
    found = ORACLES[code](county)
    cases = _cases(county.d, code, "planted")
    assert len(cases) >= 2
    for case in cases:
        subject = {(ref.table, ref.key) for ref in case.records if ref.role == "subject"}
        assert subject <= found, case.case_id
    known = {(ref.table, ref.key) for case in cases for ref in case.records if ref.role in SUBJECTS}
    for first in PRECEDED.get(code, ()):
        others = [case for kind in ("planted", "trap") for case in _cases(county.d, first, kind)]
        known |= {(ref.table, ref.key) for case in others for ref in case.records}
    assert found - known == set()


@pytest.mark.parametrize("code", ORACLES)
def test_traps_look_like_cases_but_are_none(county: County, code: str) -> None:
    found = ORACLES[code](county)
    for case in _cases(county.d, code, "trap"):
        assert not found & {(ref.table, ref.key) for ref in case.records if ref.role in SUBJECTS}, case.case_id


@pytest.mark.parametrize("code", ORACLES)
def test_a_county_without_planted_cases_is_clean(code: str) -> None:
    clean = district(members=1200, seed=7, plant=False)
    assert clean.cases == ()
    assert ORACLES[code](County(clean)) == set()


def test_may_is_clean_of_what_is_not_planted(planted: District) -> None:
    may = County(planted, "2026-05")
    for code in ("ROLL001", "ROLL002", "ROLL006", "ROLL014", "DUP101", "DUP106"):
        known = {
            (r.table, r.key)
            for first in (code, *PRECEDED.get(code, ()))
            for case in _cases(planted, first, "planted")
            for r in case.records
            if r.role in SUBJECTS
        }
        assert ORACLES[code](may) - known == set(), code


def test_feeds_delivered_with_a_defect_are_those_planted(county: County) -> None:
    bad = set()
    counts = {"契税": "deedtax", "道路运输": "transport", "养老待遇": "pension"}
    for r in county.rows("manifest"):
        rows = county.d.frames[counts[r["feed"]]][MONTH].height if r["feed"] in counts else r["rows"]
        if r["as_of"] < dt.date(2026, 5, 18) or r["coverage"] != "320413" or r["rows"] != rows:
            bad.add(("manifest", r["key"]))
    assert bad == {(ref.table, ref.key) for case in _cases(county.d, "FEED021", "planted") for ref in case.records}


def test_every_rule_with_data_has_cases_and_ids_are_unique(planted: District) -> None:
    codes = {case.code for case in planted.cases if case.kind == "planted"}
    assert codes == {*ORACLES, "FEED021", *INTAKE, *FAMILY, *MEANS, *PROCESS}
    ids = sorted(case.case_id for case in planted.cases)
    assert all(a != b for a, b in pairwise(ids))
    for case in planted.cases:
        assert [ref.role for ref in case.records].count("subject") == 1, case.case_id
        assert not re.search(r"[0-9]{8}", case.note), "a note holds no number of a person"


def test_strangers_do_not_carry_the_numbers_of_people_on_rolls(planted: District) -> None:
    frames = planted.frames
    bulk = pl.concat([frames[t][MONTH].select("id_no") for t in ("vehicle", "death", "fiscal_payroll")])
    whole = ~pl.col("id_no").str.contains("*", literal=True)
    low = bulk.filter(whole, pl.col("id_no").str.slice(14, 3).cast(pl.Int64, strict=False) < 500)
    rolls = {p["id"] for p in County(planted).people} | {p["id"] for p in County(planted, "2026-05").people}
    dead_twins = 1
    assert low.filter(~pl.col("id_no").is_in(list(rolls - {None}))).height <= dead_twins
