"""From intake to keyed tables: the contract, the month, the keys, and the state of every feed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

import polars as pl

from baoshen_audit.audit.delivery import batches, sheets
from baoshen_audit.audit.exchange import matched
from baoshen_audit.audit.feeds import feed_states
from baoshen_audit.audit.request import LOOK_BACK, ROLLS, Request
from baoshen_audit.errors import InputError
from baoshen_audit.identity import account, name, resident_id
from baoshen_audit.ingest.model import Intake
from baoshen_audit.policy import Policy
from baoshen_audit.schemas import TABLES, TableSpec, check

_OFFICE: Final = "(?:人民政府|办事处|民政办公?室?)$"
"""What offices put behind the name of their town."""


@dataclass(frozen=True)
class Prepared:
    """Tables of the month, typed and keyed but not yet linked."""

    tables: dict[str, pl.DataFrame]
    feeds: pl.DataFrame
    sheets: pl.DataFrame
    batches: pl.DataFrame
    problems: pl.DataFrame
    notes: tuple[str, ...]
    as_of: date


def key_name(column: str) -> str:
    """The packed key of an ID column: `id_no` → `person_key`, `man_id` → `man_key`."""
    return "person_key" if column == "id_no" else f"{column[:-3]}_key"


def name_of(column: str) -> str:
    """The name that stands beside an ID column: `id_no` → `name`, `man_id` → `man_name`."""
    return "name" if column == "id_no" else f"{column[:-3]}_name"


def tier_name(column: str) -> str:
    """The tier of an ID column: `id_no` → `tier`, `man_id` → `man_tier`."""
    return "tier" if column == "id_no" else f"{column[:-3]}_tier"


def id_columns(spec: TableSpec) -> tuple[str, ...]:
    """The resident-ID columns of a table."""
    return tuple(column.name for column in spec.columns.values() if column.kind == "id")


def prepare(
    intake: Intake, request: Request, policy: Policy, *, demand_rolls: bool = True, exchange: bytes | None = None
) -> Prepared:
    """Check contracts, keep the month under audit, give every record its keys, judge the age of every feed.

    Args:
        intake: what was read.
        request: the month.
        policy: for the age of feeds.
        exchange: the key agreed with the county whose tokens were delivered.
        demand_rolls: an audit needs a roll; an upload of payments or of a feed does not.

    Raises:
        InputError: no roll speaks for the month, and one is demanded or was delivered for another month.
    """
    of_month, notes = _to_month(
        {name: table.frame for name, table in intake.tables.items()}, intake, request, demand_rolls=demand_rolls
    )
    problems = pl.concat([intake.problems, *(check(TABLES[name], frame) for name, frame in of_month.items())])
    tables = {name: _keyed(TABLES[name], frame, policy.region) for name, frame in of_month.items()}
    if "peer_tokens" in tables:
        tables["peer_tokens"], told = matched(tables, exchange)
        notes += told
    sheet = sheets(tables, intake.sources)
    return Prepared(
        tables=tables,
        feeds=feed_states(tables, intake, problems, request, policy),
        sheets=sheet,
        batches=batches(intake, sheet, request),
        problems=problems,
        notes=notes,
        as_of=request.as_of,
    )


def _keyed(spec: TableSpec, frame: pl.DataFrame, region: str) -> pl.DataFrame:
    """Add packed keys and account keys, null where the file has no such column; ID status and folded names on rolls.

    Rolls and process tables get their `county`: of the area a row names, else the one under audit.
    """
    present = set(frame.columns)
    columns: list[pl.Expr] = []
    for column in id_columns(spec):
        key = resident_id.packed(column) if column in present else pl.lit(None, dtype=pl.Int64)
        columns.append(key.alias(key_name(column)))
    if "account_no" in spec.columns:
        known = "account_no" in present
        number = account.account_key("account_no") if known else pl.lit(None, dtype=pl.String)
        columns.append(number.alias("account_key"))
    if spec.name in ROLLS:
        columns.append(name.name_key("name").alias("name_key"))
        columns.append(resident_id.id_status("id_no").alias("id_status"))
    if spec.kind != "feed":
        area = pl.col("region_code").str.extract("^#?([0-9]{6})") if "region_code" in present else pl.lit(None)
        columns.append(pl.coalesce(area, pl.lit(region)).alias("county"))
    missing = [
        pl.lit(None, dtype=pl.String).alias(c) for c in ("name", "id_no") if spec.name in ROLLS and c not in present
    ]
    if "town" in present:
        columns.append(pl.col("town").str.replace(_OFFICE, "").alias("town"))
    return frame.with_columns(missing).with_columns(columns)


def _to_month(
    tables: dict[str, pl.DataFrame], intake: Intake, request: Request, *, demand_rolls: bool
) -> tuple[dict[str, pl.DataFrame], tuple[str, ...]]:
    """Keep the rolls of the month and a year of payments; say which rolls did not name their month."""
    notes = []
    rolls = [table for table in ROLLS if table in tables]
    for table in rolls:
        undated = [
            source
            for source in intake.sources
            if source.table == table and not source.month and "period" not in source.headers
        ]
        if undated:
            rows = sum(source.rows for source in undated)
            notes.append(f"{TABLES[table].title}有 {rows} 行没有写明名册月份,按 {request.month:%Y-%m} 处理")
        # a cell that could not be read is reported with the roll's problems; its row is kept
        period = pl.col("period").fill_null(request.month)
        tables[table] = tables[table].with_columns(period).filter(pl.col("period") == request.month)
    delivered = any(source.table in ROLLS for source in intake.sources)
    if (demand_rolls or delivered) and not any(tables[table].height for table in rolls):
        named = {source.month for source in intake.sources if TABLES[source.table].kind == "roll" and source.month}
        months = "、".join(f"{month:%Y-%m}" for month in sorted(named)) or "无"
        raise InputError(
            f"没有 {request.month:%Y-%m} 的名册(读到的名册月份:{months})",
            hint="核对 --as-of,或把该月的名册放进文件夹;名册月份取自标题行、工作表名、文件名或文件夹名",
        )
    if "payment" in tables:
        tables["payment"] = _payments(tables["payment"], request)
    return tables, tuple(notes)


def _payments(frame: pl.DataFrame, request: Request) -> pl.DataFrame:
    missing = [
        pl.lit(None, dtype=pl.Date).alias(column)
        for column in ("entitlement_month", "period")
        if column not in frame.columns
    ]
    frame = frame.with_columns(missing).with_columns(
        pl.coalesce("entitlement_month", "period").alias("entitlement_month")
    )
    first = pl.lit(request.month).dt.offset_by(f"-{LOOK_BACK - 1}mo")
    month = pl.col("entitlement_month")
    return frame.filter(month.is_null() | month.is_between(first, request.month))
