"""From the county to tables: one frame per table and month, keys by which cases point at rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

import polars as pl

from baoshen_audit.schemas import TABLES
from baoshen_audit.testing.synth.columns import COLUMNS
from baoshen_audit.testing.synth.draw import Draw
from baoshen_audit.testing.synth.payments import Payments, reckon
from baoshen_audit.testing.synth.records import (
    LAST,
    MONTHS,
    STANDARD,
    County,
    Draft,
    Entry,
    Household,
    Member,
    Paid,
    Record,
)
from baoshen_audit.testing.synth.registers import SOURCE_TABLES
from baoshen_audit.testing.synth.rolls import place

_ORDER: Final[dict[str, list[str]]] = {
    "death": ["death_date", "id_no"],
    "vehicle": ["plate_no", "id_no"],
    "realestate": ["title_no", "id_no"],
    "business": ["uscc", "id_no"],
    "fiscal_payroll": ["employer", "id_no"],
    "pension": ["id_no", "kind"],
    "marriage": ["registered_on", "man_id"],
    "hukou": ["hukou_no", "id_no"],
    "social_ins": ["employer", "id_no", "month"],
    "tax": ["payer", "id_no", "month"],
    "provident": ["id_no", "month"],
    "bank": ["id_no", "account_no"],
    "securities": ["id_no", "kind"],
    "deedtax": ["paid_on", "id_no"],
    "cadre_roster": ["employer", "id_no", "kin_id"],
    "kin_filing": ["filed_on", "id_no"],
    "application": ["accept_date", "case_id"],
    "check_report": ["check_date", "check_report_no", "member_id"],
}


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
        frames[table] = {
            m: _frame(table, [(h.key, *_household_cells(h, m)) for h in houses if h.months & flag])
            for m, flag in MONTHS.items()
        }
    frames["member"] = {m: _frame("member", list(_member_rows(county.households, flag))) for m, flag in MONTHS.items()}
    for table in ("tekun", "orphan", "disability_subsidy", "youfu", "elderly", "martyr_child60", "veteran_rural60"):
        frames[table] = {m: _rows(table, entries[table], m) for m in MONTHS}
    payments = Payments()
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
        keyed = bulk.select(
            pl.int_range(len(entries), len(entries) + pl.len(), dtype=pl.Int64).alias("key"), *bulk.columns
        )
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


def _household_cells(house: Household, month: str) -> list[Any]:
    head, approved = house.head, house.approved
    edge = house.programme == "dibao_edge"
    cells: dict[str, Any] = {
        **place(house.village),
        "hh_id": house.hh_id,
        "name": head.person.name,
        "id_no": head.id_no,
        "urban_rural": "城市" if house.village.name.endswith("社区") else "农村",
        "category": None if edge else "整户保",
        "standard": STANDARD,
        "bank": "洮滨农村商业银行",
        "account_no": None if edge else house.account,
        "account_name": None if edge else house.holder,
        "phone": house.phone,
        "status": house.status,
        "apply_date": approved - dt.timedelta(days=35),
        "approve_date": approved,
        "first_month": (approved.replace(day=1) + dt.timedelta(days=31)).replace(day=1),
        "stop_date": house.stopped,
        "recognised_on": approved,
        "valid_to": approved.replace(year=2027, day=1),
    } | reckon(house, month)
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
                    m.key,
                    titles[house.programme],
                    house.hh_id,
                    w.get("name", who.name),
                    m.id_no,
                    m.relation,
                    w.get("sex", who.sex),
                    w.get("birth_date", who.birth),
                    m.marital,
                    m.counted,
                    m.counted and house.programme == "dibao",
                    m.reason or None,
                    m.health,
                    w.get("employment"),
                )


def _cases(drafts: Iterable[Draft], payments: Payments) -> tuple[Case, ...]:
    counts: dict[tuple[str, str], int] = {}
    cases = []
    for draft in sorted(drafts, key=lambda d: (d.code, d.kind)):
        at = counts[draft.code, draft.kind] = counts.get((draft.code, draft.kind), 0) + 1
        refs = tuple(ref for role, record in draft.records for ref in _refs(role, record, payments))
        cases.append(Case(f"{draft.code}-{draft.kind[0].upper()}{at:02}", draft.kind, draft.code, draft.note, refs))
    return tuple(cases)


def _refs(role: str, record: Record, payments: Payments) -> list[RecordRef]:
    if isinstance(record, Paid):
        months = [record.month] if record.month else list(MONTHS)
        return [RecordRef(role, "payment", key) for m in months for key in payments.keys.get((id(record.of), m), [])]
    if isinstance(record, Household):
        return [RecordRef(role, record.programme, record.key)]
    return [RecordRef(role, "member" if isinstance(record, Member) else record.table, record.key)]
