"""Naive oracles of the rules on amounts, terms, overlaps and registers, beside those in test_synth_truth.py."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable

from .synth_county import FIRST, STANDARD, County, Keys, Row, full, keys

FORMER = 98_000
LAST_DAY = dt.date(2026, 6, 30)
MAY = "2026-05"
MEANS_TESTED = {"dibao", "dibao_edge", "tekun"}
PROGRAMMES = {
    "最低生活保障": "dibao", "特困人员救助供养": "tekun", "孤儿基本生活费": "orphan",
    "残疾人两项补贴": "disability_subsidy", "优抚抚恤补助": "youfu",
}  # fmt: skip


def _on_roll(c: County, numbers: Iterable[str]) -> Keys:
    wanted = set(numbers)
    return keys(p for p in c.active if p["is_counted"] and p["roll"] in MEANS_TESTED and p["id"] in wanted)


def _by_id(rows: Iterable[Row]) -> dict[str, list[Row]]:
    groups: dict[str, list[Row]] = defaultdict(list)
    for r in rows:
        number = full(r["id_no"])
        if number:
            groups[number].append(r)
    return groups


def roll003(c: County) -> Keys:
    return keys(p for p in c.people if len(p["id_no"] or "") == 15 and p["id_no"].isdigit())


def roll004(c: County) -> Keys:
    sheets: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for p in c.people:
        if p["id_no"]:
            sheets[p["roll"], p["town"] if p["roll"] == "dibao" else ""].append(p)
    found: Keys = set()
    for rows in sheets.values():
        written = [p for p in rows if "E+" in p["id_no"]]
        cut = [p for p in rows if p["id_no"].endswith("000") and p["id"] is None]
        plain = sum(not p["id_no"].endswith("X") for p in rows)
        if written or (len(cut) >= 3 and len(cut) * 100 > 3 * plain):
            found |= keys([*written, *cut])
    return found


def dup107(c: County) -> Keys:
    old = {r["id_no"]: r["key"] for r in c.rows("elderly") if r["status"] == "在保" and r["monthly_amount"]}
    soldiers = {p["id"]: p for p in c.active if p["roll"] == "youfu"}
    found: Keys = set()
    for p in c.active:
        if p["roll"] == "disability_subsidy" and p["id"]:
            if p["living_amount"] and p["id"] in old:
                found |= keys([p]) | {("elderly", old[p["id"]])}
            if p["id"] in soldiers and (p["living_amount"] or p["care_amount"]):
                found |= keys([p, soldiers[p["id"]]])
    return found


def dup109(c: County) -> Keys:
    found: Keys = set()
    counted = [m | {"id_no": m["id"]} for m in c.active if m["house"] and m["is_counted"]]
    for number, group in _by_id(counted).items():
        minor = int(number[6:14]) > 20080630 and all(m["relation"] in {"子", "女"} for m in group)
        helper = any(m["relation"] == "其他" for m in group)
        if len({m["roll"] for m in group}) > 1 and not minor and not helper:
            found |= keys(group)
    return found


def _payments(c: County, month: str) -> dict[tuple[str, str], list[Row]]:
    """Ordinary payments of a month by programme and person."""
    groups: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for r in c.d.frames["payment"][month].to_dicts():
        if r["kind"] in {"正常", "重发"}:
            groups[PROGRAMMES[r["programme"]], full(r["id_no"]) or ""].append(r)
    return groups


def _approved(c: County) -> dict[tuple[str, str | None], list[Row]]:
    """Rows in payment of the person rolls and heads of 低保 by programme and person, with what they approve."""
    rows: dict[tuple[str, str | None], list[Row]] = defaultdict(list)
    for p in c.active:
        if p["house"]:
            rows[p["roll"], p["id"]].append(p | {"approved": p["house"]["monthly_amount"]})
        elif p["roll"] == "disability_subsidy":
            rows[p["roll"], p["id"]].append(p | {"approved": p["living_amount"] + p["care_amount"]})
        else:
            rows[p["roll"], p["id"]].append(p | {"approved": p.get("monthly_amount")})
    return rows


def dup112(c: County) -> Keys:
    found: Keys = set()
    approved = _approved(c)
    for month in (MAY, c.month):
        for who, group in _payments(c, month).items():
            arrived = [r for r in group if r["result"] == "成功"]
            rows = approved[who]
            limit = rows[0]["approved"] if rows and month == c.month else None
            twice = who[1] and len(arrived) > 1 and len(rows) <= 1
            if twice and (limit is None or sum(r["amount_paid"] for r in arrived) > limit):
                found |= {("payment", r["key"]) for r in arrived} | (set() if who[0] == "dibao" else keys(rows))
    return found


def err224(c: County) -> Keys:
    found: Keys = set()
    approved = _approved(c)
    for who, group in _payments(c, c.month).items():
        arrived = [r for r in group if r["result"] == "成功"]
        rows = approved[who] if who[0] != "dibao" else []
        if not who[1] or not arrived or len(rows) > 1:
            continue
        by_roll = rows[0]["approved"] if rows else None
        expected = by_roll or sum(r["amount_due"] for r in arrived)
        off = sum(r["amount_paid"] for r in arrived) - expected
        periodic = by_roll and (off + expected) in {3 * by_roll, 6 * by_roll, 12 * by_roll}
        if (off > 0 and len(arrived) == 1 and not periodic) or (off < 0 and len(arrived) == len(group)):
            found |= {("payment", r["key"]) for r in arrived} | keys(rows)
    return found


def _due(c: County) -> dict[str, int | None]:
    """Household → what it was paid for June as its own; None where some of it has not arrived."""
    due: dict[str, int | None] = defaultdict(int)
    for r in c.rows("payment"):
        if r["hh_id"] and r["kind"] in {"正常", "重发"}:
            before = due[r["hh_id"]]
            due[r["hh_id"]] = None if r["result"] != "成功" or before is None else before + r["amount_due"]
    return due


def _entitled(house: Row, standard: int) -> int:
    total = standard * house["covered_count"] - house["income_month"]
    return -(-total // 100) * 100 + int(house["supplement_amount"])


def _whole(c: County) -> Iterable[tuple[Row, int]]:
    """Households whose amount can be worked out, and the amount that counts: paid, else approved."""
    due = _due(c)
    sizes: dict[str, int] = defaultdict(int)
    for m in c.members:
        sizes[m["hh_id"]] += m["is_counted"]
    for h in c.houses.values():
        sure = h["covered_count"] <= min(h["family_size"], sizes[h["hh_id"]])
        if h["roll"] == "dibao" and h["status"] == "在保" and h["category"] == "整户保" and sure:
            yield h, due.get(h["hh_id"]) or h["monthly_amount"]


def err219(c: County) -> Keys:
    topped = {r["hh_id"] for r in c.rows("payment") if r["kind"] == "补发"}
    found: Keys = set()
    for h, level in _whole(c):
        if h["hh_id"] not in topped and level == _entitled(h, FORMER) != _entitled(h, STANDARD):
            found.add(("dibao", h["key"]))
    return found


def mis404(c: County) -> Keys:
    return {
        ("dibao", h["key"])
        for h, level in _whole(c)
        if level < _entitled(h, STANDARD) and level != _entitled(h, FORMER)
    }


def err221(c: County) -> Keys:
    def overdue(h: Row) -> bool:
        reviewed = max(h["last_review"], h["approve_date"])
        months = (FIRST.year - reviewed.year) * 12 + FIRST.month - reviewed.month
        return bool(months > ((3 if h["urban_rural"] == "城市" else 6) if h["class"] == "C" else 12))

    homes = [h for h in c.houses.values() if h["roll"] == "dibao" and h["status"] in {"在保", "渐退"}]
    return {("dibao", h["key"]) for h in homes if h["last_review"] and overdue(h)}


def err222(c: County) -> Keys:
    extended = {r["id_no"] for r in c.rows("case_history") if "渐退" in (r["reason"] or "")}

    def over(h: Row) -> bool:
        start, end = h["grace_start"], h["grace_end"]
        if not start and not end:
            return True
        return bool((end and end < FIRST) or (start and start < dt.date(2026, 1, 1)))

    return {
        ("dibao", h["key"])
        for h in c.houses.values()
        if h["roll"] == "dibao" and h["status"] == "渐退" and over(h) and h["id_no"] not in extended
    }


def err223(c: County) -> Keys:
    terms: dict[tuple[str, str | None], list[Row]] = defaultdict(list)
    for p in c.people:
        home = p["house"] or p
        cells = {name: home.get(name) for name in ("approve_date", "stop_date")}
        terms[p["roll"], p["id"]].append(p | cells | {"home": (home.get("roll"), home["key"])})
    found: Keys = set()
    for month in (MAY, c.month):
        first = dt.date(int(month[:4]), int(month[5:]), 1)
        for who, group in _payments(c, month).items():
            rows = terms[who]
            if not who[1] or not rows:
                continue
            stopped = all(p["status"] == "停保" for p in rows) and max(p["stop_date"] for p in rows)
            approved = all(p["approve_date"] for p in rows) and min(p["approve_date"] for p in rows)
            early = approved and first <= approved.replace(day=1) and all(r["pay_date"] < approved for r in group)
            if (stopped and first > stopped) or early:
                arrived = [r for r in group if r["result"] == "成功"]
                found |= {("payment", r["key"]) for r in arrived}
                found |= {p["home"] for p in rows} if arrived else set()
    return found


def err203(c: County) -> Keys:
    limit = LAST_DAY - dt.timedelta(days=30)
    return _on_roll(
        c,
        (
            r["id_no"]
            for r in c.rows("custody")
            if r["kind"] in {"服刑", "强制隔离戒毒"} and r["start"] <= limit and r["end"] > LAST_DAY
        ),
    )


def err205(c: County) -> Keys:
    drawn = {
        r["id_no"]: r["amount"]
        for r in c.rows("pension")
        if r["kind"] in {"职工", "机关"} and r["pension_status"] == "在领"
    }
    homes = [p for p in c.active if p["house"] and p["is_counted"] and p["id"] in drawn]
    return keys(p for p in homes if drawn[p["id"]] > p["house"]["income_month"] + 5_000)


def err211(c: County) -> Keys:
    leads = {"经营者", "法定代表人"}
    return _on_roll(
        c,
        (
            r["id_no"]
            for r in c.rows("business")
            if r["entity_status"] == "存续"
            and (r["role"] in leads or (r["role"] == "股东" and r["entity_kind"] != "农民专业合作社"))
        ),
    )


def err226(c: County) -> Keys:
    enrolled = {r["id_no"] for r in c.rows("school") if r["enrol_status"] in {"在读", "休学"}}
    return keys(
        p
        for p in c.active
        if p["roll"] == "orphan" and p["id"] and int(p["id"][6:10]) + 18 < FIRST.year and p["id"] not in enrolled
    )


def err227(c: County) -> Keys:
    stays = {r["id_no"]: r for r in c.rows("institution") if "卫生院" not in r["institution_name"]}
    found: Keys = set()
    for p in c.active:
        stay = stays.get(p["id"])
        if p["roll"] != "tekun" or not p["id"] or (stay and stay["payer"] == "自费"):
            continue
        inside = stay is not None and stay["moved_out"] is None
        if p["mode"] == "集中" and not inside:
            found |= keys([p])
        if p["mode"] == "分散" and stay and inside and (LAST_DAY - stay["moved_in"]).days > 30:
            found |= keys([p])
    return found


def err229(c: County) -> Keys:
    words = {"1级": "一级", "2级": "二级", "3级": "三级", "4级": "四级"}
    limit = LAST_DAY - dt.timedelta(days=90)
    certificates = _by_id(c.rows("disability"))
    found: Keys = set()
    for p in c.active:
        if p["roll"] != "disability_subsidy" or p["id"] not in certificates:
            continue
        valid = [r for r in certificates[p["id"]] if r["cert_status"] == "有效" and r["valid_to"] >= limit]
        level = words.get(p["disability_level"], p["disability_level"])
        if not any(
            r["disability_level"] == level and r["disability_kind"] in {p["disability_kind"], "多重"} for r in valid
        ):
            found |= keys([p])
    return found


MORE: dict[str, Callable[[County], Keys]] = {
    "ROLL003": roll003, "ROLL004": roll004, "DUP107": dup107, "DUP109": dup109, "DUP112": dup112, "ERR203": err203,
    "ERR205": err205, "ERR211": err211, "ERR219": err219, "ERR221": err221, "ERR222": err222, "ERR223": err223,
    "ERR224": err224, "ERR226": err226, "ERR227": err227, "ERR229": err229, "MIS404": mis404,
}  # fmt: skip
