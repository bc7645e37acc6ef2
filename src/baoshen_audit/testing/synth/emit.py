"""From the county to tables: one frame per table and month, keys by which cases point at rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

import polars as pl

from baoshen_audit.schemas import TABLES
from baoshen_audit.testing.synth.draw import Draw
from baoshen_audit.testing.synth.records import LAST, MONTHS, STANDARD, County, Draft, Entry, Household, Member, Paid, Record
from baoshen_audit.testing.synth.registers import SOURCE_TABLES
from baoshen_audit.testing.synth.rolls import place

_HOUSEHOLD: Final = (
    "town", "village", "region_code", "hh_id", "name", "id_no", "urban_rural", "category", "family_size", "covered_count",
    "income_month", "standard", "top_up", "supplement_amount", "monthly_amount", "bank", "account_no", "account_name", "phone",
    "status", "grace_start", "grace_end", "apply_date", "approve_date", "first_month", "stop_date", "stop_reason",
)  # fmt: skip
_PAID: Final = {
    "dibao": "最低生活保障", "tekun": "特困人员救助供养", "orphan": "孤儿基本生活费", "disability_subsidy": "残疾人两项补贴", "youfu": "优抚抚恤补助",
}  # fmt: skip
COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    "dibao": _HOUSEHOLD,
    "dibao_edge": (*_HOUSEHOLD, "recognised_on", "valid_to"),
    "member": ("programme", "hh_id", "name", "id_no", "relation", "sex", "birth_date", "marital", "is_counted", "is_covered",
               "exclude_reason", "health"),
    "tekun": ("town", "village", "region_code", "name", "id_type", "id_no", "sex", "birth_date", "mode", "institution_name", "self_care",
              "base_standard", "care_amount", "monthly_amount", "account_no", "account_name", "phone", "status", "approve_date",
              "stop_date", "stop_reason", "remark"),
    "orphan": ("town", "village", "region_code", "name", "id_type", "id_no", "sex", "birth_date", "child_kind", "raising_mode",
               "guardian_name", "guardian_id", "monthly_amount", "account_no", "account_name", "status", "first_month", "remark"),
    "disability_subsidy": ("town", "village", "region_code", "name", "id_type", "id_no", "sex", "disability_cert", "disability_kind",
                           "disability_level", "living_amount", "living_start", "care_amount", "care_start", "is_dibao", "account_no",
                           "account_name", "phone", "status", "remark"),
    "youfu": ("town", "village", "region_code", "name", "id_no", "sex", "age", "category", "injury_level", "pension_month",
              "addon_utilities", "account_no", "account_name", "phone", "status"),
    "payment": ("batch_no", "entitlement_month", "pay_date", "programme", "hh_id", "name", "id_no", "town", "village", "account_no",
                "account_name", "persons", "amount_due", "amount_paid", "kind", "result", "return_reason"),
    "application": ("case_id", "programme", "hh_id", "name", "id_no", "town", "village", "accept_date", "receiver", "check_report_no",
                    "check_result", "visit_date", "visitor_1", "visitor_2", "publicity_start", "publicity_end", "reviewer", "approver",
                    "approve_at", "decision", "reject_reason", "special", "is_kin_filed", "channel"),
    "check_report": ("check_report_no", "requested_by", "head_name", "head_id", "member_name", "member_id", "check_date", "check_result",
                     "objection", "objection_result"),
    "exemption": ("hh_id", "name", "id_no", "kind", "item", "doc_no", "valid_from", "valid_to"),
    "mandate": ("name", "id_no", "collector_name", "collector_id", "relation", "account_no", "valid_from", "valid_to", "is_institution"),
    "death": ("name", "id_no", "source", "death_date", "cremation_date", "cremation_no", "registered_on", "address", "relative_name",
              "relative_id", "relative_phone"),
    "vehicle": ("plate_no", "plate_kind", "name", "id_no", "model", "vehicle_kind", "use", "first_registered", "vehicle_status", "value"),
    "realestate": ("title_no", "name", "id_no", "shared", "location", "area", "use", "acquired_by", "registered_on", "title_status"),
    "business": ("entity_name", "uscc", "entity_kind", "role", "name", "id_no", "capital", "founded_on", "cancelled_on", "entity_status"),
    "fiscal_payroll": ("name", "id_no", "employer", "staff_kind", "payroll_status", "gross", "month"),
    "pension": ("name", "id_no", "kind", "amount", "month", "start", "pension_status"),
    "marriage": ("man_name", "man_id", "woman_name", "woman_id", "kind", "registered_on", "office"),
    "cadre_roster": ("name", "id_no", "employer", "post", "staff_kind", "term_start", "term_end", "login", "account_no", "kin_name",
                     "kin_id", "kin_relation"),
    "kin_filing": ("official_name", "official_id", "official_employer", "official_post", "relation", "name", "id_no", "programme",
                   "filed_on", "valid_to", "county_visit_on"),
    "manifest": ("feed", "as_of", "extracted_on", "provider", "coverage", "rows", "legal_basis"),
}  # fmt: skip
"""Table → the canonical columns it is generated with, in this order."""

_ORDER: Final[dict[str, list[str]]] = {
    "death": ["death_date", "id_no"], "vehicle": ["plate_no", "id_no"], "realestate": ["title_no", "id_no"],
    "business": ["uscc", "id_no"], "fiscal_payroll": ["employer", "id_no"], "pension": ["id_no", "kind"],
    "marriage": ["registered_on", "man_id"], "cadre_roster": ["employer", "id_no", "kin_id"], "kin_filing": ["filed_on", "id_no"],
    "application": ["accept_date", "case_id"], "check_report": ["check_date", "check_report_no", "member_id"],
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class RecordRef:
    """A record of a case: its role in it, its table and the value of `key` in that table's frames."""

    role: str
    table: str
    key: int


@dataclass(frozen=True, slots=True)
class Case:
    """A planted case (the rule must find it) or a trap (no finding of grade A or B may touch it)."""

    case_id: str
    kind: Literal["planted", "trap"]
    code: str
    note: str
    records: tuple[RecordRef, ...]


@dataclass(frozen=True, slots=True)
class District:
    """Two months of a fictional county as plain data.

    Attributes:
        seed: what it was drawn from.
        frames: table → month (`2026-05`, `2026-06`) → frame. Canonical columns of the data dictionary, Dates, Int64 分,
            and `key` (Int64), the same number for the same record in both months. Feeds and registers are in June only.
        cases: planted cases and traps.
    """

    seed: int
    frames: dict[str, dict[str, pl.DataFrame]]
    cases: tuple[Case, ...]


def emit(county: County, bulk: dict[str, pl.DataFrame]) -> District:
    """Number the records and lay them out as frames.

    Args:
        county: everything drawn and planted.
        bulk: table → rows of strangers to add to it.

    Returns:
        The district.
    """
    _number(county)
    entries: dict[str, list[Entry]] = {table: [] for table in COLUMNS}
    for entry in county.entries:
        entry.key = len(entries[entry.table])
        entries[entry.table].append(entry)
    frames: dict[str, dict[str, pl.DataFrame]] = {}
    for table in ("dibao", "dibao_edge"):
        houses = [h for h in county.households if h.programme == table]
        frames[table] = {m: _frame(table, [(h.key, *_household_cells(h, m)) for h in houses if h.months & flag]) for m, flag in MONTHS.items()}
    frames["member"] = {m: _frame("member", list(_member_rows(county.households, flag))) for m, flag in MONTHS.items()}
    for table in ("tekun", "orphan", "disability_subsidy", "youfu"):
        frames[table] = {m: _rows(table, entries[table], m) for m in MONTHS}
    payments = _Payments()
    for month in MONTHS:
        payments.month(month, county.households, entries)
    frames["payment"] = {m: _frame("payment", payments.rows[m]) for m in MONTHS}
    for table in COLUMNS:
        if table not in frames and table != "manifest":
            frames[table] = {LAST: _feed(table, entries[table], bulk.get(table))}
    frames["manifest"] = {LAST: _manifest(entries["manifest"], frames)}
    return District(county.seed, frames, _cases(county.drafts, payments))


def _number(county: County) -> None:
    """Household numbers in random order inside each village, keys in the order of the numbers."""
    serial: dict[str, int] = {}
    county.households = Draw(county.seed, "numbers").shuffled(county.households)
    people_rows = [e for e in county.entries if "region_code" in e.values]
    others = [e for e in county.entries if "region_code" not in e.values]
    shuffled = Draw(county.seed, "rows").shuffled(people_rows)
    county.entries = [*sorted(shuffled, key=lambda e: str(e.values["region_code"])), *others]
    for house in county.households:
        at = serial[house.village.code] = serial.get(house.village.code, 0) + 1
        house.hh_id = f"{'DB' if house.programme == 'dibao' else 'BY'}{house.village.code[6:]}{at:05}"
    county.households.sort(key=lambda h: (h.village.code, h.hh_id))
    people = 0
    for i, house in enumerate(county.households):
        house.key = i
        for member in house.members:
            member.key = people
            people += 1


def _schema(table: str) -> dict[str, pl.DataType]:
    columns = TABLES[table].columns
    # a flag cell may hold a reason instead of yes or no, so it stays text
    types = {c: pl.String() if columns[c].kind == "flag" else columns[c].dtype for c in COLUMNS[table]}
    return {"key": pl.Int64(), **types}


def _frame(table: str, rows: Sequence[Sequence[Any]]) -> pl.DataFrame:
    schema = _schema(table)
    columns = zip(*rows, strict=True) if rows else ([] for _ in schema)
    return pl.DataFrame([pl.Series(c, values, dtype=t) for (c, t), values in zip(schema.items(), columns, strict=True)])


def _rows(table: str, entries: Iterable[Entry], month: str) -> pl.DataFrame:
    flag = MONTHS[month]
    return _frame(table, [(e.key, *_cells(table, e, month)) for e in entries if e.months & flag])


def _cells(table: str, entry: Entry, month: str) -> list[Any]:
    values = entry.values | entry.may if month != LAST and entry.may else entry.values
    cells = [values.get(c) for c in COLUMNS[table]]
    return [c.hh_id if isinstance(c, Household) else c for c in cells]


def _feed(table: str, entries: Sequence[Entry], bulk: pl.DataFrame | None) -> pl.DataFrame:
    frame = _rows(table, entries, LAST)
    if bulk is not None:
        keyed = bulk.select(pl.int_range(len(entries), len(entries) + pl.len(), dtype=pl.Int64).alias("key"), *bulk.columns)
        frame = pl.concat([frame, keyed.select(frame.columns)])
    order = _ORDER.get(table)
    return frame.sort([*order, "key"]) if order else frame


def _manifest(entries: Sequence[Entry], frames: dict[str, dict[str, pl.DataFrame]]) -> pl.DataFrame:
    for entry in entries:
        feed = str(entry.values["feed"])
        frame = frames[SOURCE_TABLES[feed]][LAST]
        if SOURCE_TABLES[feed] == "death":
            frame = frame.filter(pl.col("source") == ("公安" if feed.startswith("公安") else "殡仪馆"))
        entry.values["rows"] = frame.height * int(entry.values.pop("cut", 1))
    return _rows("manifest", entries, LAST)


def active(house: Household, month: str) -> bool:
    """On the roll of that month and paid."""
    status = house.may.get("status", house.status) if month != LAST else house.status
    return bool(house.months & MONTHS[month]) and status in {"在保", "渐退"}


def reckon(house: Household, month: str) -> dict[str, Any]:
    """The amounts of a household: on the household total, rounded up to 1 元, then what is written otherwise."""
    may = house.may if month != LAST else {}
    n = sum(m.counted for m in house.members if m.months & MONTHS[month])
    income = may.get("income_month", house.income)
    # where the declared size is planted wrong, nobody is paid for more people than either count gives
    paid_for = min(n, house.written.get("family_size", n))
    top_up = -(-(STANDARD * paid_for - income) // 100) * 100 if house.programme == "dibao" else 0
    supplement = house.supplement
    cells = {"family_size": n, "covered_count": n if house.programme == "dibao" else 0, "income_month": income,
             "top_up": top_up, "supplement_amount": supplement} | house.written  # fmt: skip
    return {"monthly_amount": cells["top_up"] + supplement} | cells | may


def _household_cells(house: Household, month: str) -> list[Any]:
    head, approved = house.head, house.approved
    edge = house.programme == "dibao_edge"
    cells: dict[str, Any] = {
        **place(house.village), "hh_id": house.hh_id, "name": head.person.name, "id_no": head.id_no,
        "urban_rural": "城市" if house.village.name.endswith("社区") else "农村", "category": None if edge else "整户保",
        "standard": STANDARD, "bank": "洮滨农村商业银行", "account_no": None if edge else house.account,
        "account_name": None if edge else house.holder, "phone": house.phone, "status": house.status,
        "apply_date": approved - dt.timedelta(days=35), "approve_date": approved,
        "first_month": (approved.replace(day=1) + dt.timedelta(days=31)).replace(day=1), "stop_date": house.stopped,
        "recognised_on": approved, "valid_to": approved.replace(year=2027, day=1),
    } | reckon(house, month)  # fmt: skip
    return [cells.get(c) for c in COLUMNS[house.programme]]


def _member_rows(households: Iterable[Household], flag: int) -> Iterable[tuple[Any, ...]]:
    titles = {"dibao": "最低生活保障", "dibao_edge": "低保边缘家庭"}
    for house in households:
        if not house.months & flag:
            continue
        for m in house.members:
            if m.months & flag:
                w, who = m.written, m.person
                yield (
                    m.key, titles[house.programme], house.hh_id, w.get("name", who.name), m.id_no, m.relation, w.get("sex", who.sex),
                    w.get("birth_date", who.birth), m.marital, m.counted, m.counted and house.programme == "dibao",
                    m.reason or None, m.health,
                )  # fmt: skip


class _Payments:
    """Payment rows of both months, and who they belong to."""

    def __init__(self) -> None:
        self.rows: dict[str, list[tuple[Any, ...]]] = {}
        self.keys: dict[int, list[int]] = {}
        self._next = 0

    def month(self, month: str, households: Iterable[Household], entries: dict[str, list[Entry]]) -> None:
        """Lay out the rows of a month: households first, then the persons of each roll."""
        self.rows[month] = []
        for house in households:
            if house.programme == "dibao" and active(house, month):
                cells = reckon(house, month)
                who = (house.hh_id, house.written.get("name", house.head.person.name), house.head.id_no, house.village.town, house.village.name)
                self._add(month, "dibao", house, who, (house.account, house.holder), cells["covered_count"], cells["monthly_amount"])
        for table in ("tekun", "orphan", "disability_subsidy", "youfu"):
            for entry in entries[table]:
                v = entry.values | entry.may if month != LAST else entry.values
                if not entry.months & MONTHS[month] or v["status"] not in {"在保", "渐退"}:
                    continue
                amount = v.get("monthly_amount") or sum(v.get(c) or 0 for c in ("living_amount", "care_amount", "pension_month", "addon_utilities"))
                who = (None, v["name"], v["id_no"], v["town"], v["village"])
                self._add(month, table, entry, who, (v["account_no"], v["account_name"]), 1, amount)

    def _add(  # noqa: PLR0917
        self, month: str, table: str, owner: Household | Entry, who: tuple[Any, ...], account: tuple[Any, Any], persons: int, amount: int
    ) -> None:
        first = dt.date(int(month[:4]), int(month[5:]), 1)
        for differs in owner.pay.get(month, ({},)):
            cells = {"pay_date": first.replace(day=10), "amount_due": amount, "amount_paid": amount, "kind": "正常",
                     "result": "成功", "return_reason": None} | differs  # fmt: skip
            batch = f"{cells['pay_date']:%Y%m%d}{list(_PAID).index(table) + 1:02}"
            self.rows[month].append((
                self._next, batch, first, cells["pay_date"], _PAID[table], *who, *account, persons, cells["amount_due"],
                cells["amount_paid"], cells["kind"], cells["result"], cells["return_reason"],
            ))  # fmt: skip
            self.keys.setdefault(id(owner), []).append(self._next)
            self._next += 1


def _cases(drafts: Iterable[Draft], payments: _Payments) -> tuple[Case, ...]:
    counts: dict[tuple[str, str], int] = {}
    cases = []
    for draft in sorted(drafts, key=lambda d: (d.code, d.kind)):
        at = counts[draft.code, draft.kind] = counts.get((draft.code, draft.kind), 0) + 1
        refs = tuple(ref for role, record in draft.records for ref in _refs(role, record, payments))
        cases.append(Case(f"{draft.code}-{draft.kind[0].upper()}{at:02}", draft.kind, draft.code, draft.note, refs))
    return tuple(cases)


def _refs(role: str, record: Record, payments: _Payments) -> list[RecordRef]:
    if isinstance(record, Paid):
        return [RecordRef(role, "payment", key) for key in payments.keys.get(id(record.of), [])]
    if isinstance(record, Household):
        return [RecordRef(role, record.programme, record.key)]
    return [RecordRef(role, "member" if isinstance(record, Member) else record.table, record.key)]
