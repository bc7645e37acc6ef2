"""What was delivered, as rules on intake read it: rows as written, cells nobody could read, sheets, batches.

These are prepared tables like `roll`, but of the delivery and not of the people: `entry` is every row of every roll,
`problem` every cell that could not be read or breaks its contract, `sheet` every sheet of the month, `batch` the size
of this month's delivery beside last month's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Final

import polars as pl

from baoshen_audit.audit.request import ORIGIN, ROLLS, Request
from baoshen_audit.audit.roll import ACTIVE
from baoshen_audit.ingest.model import Intake, Source
from baoshen_audit.schemas import TABLES

ENTRY: Final[dict[str, pl.DataType]] = {
    "row_id": pl.Int64(),
    "source_id": pl.Int32(),
    "table": pl.String(),
    "programme": pl.String(),
    "household_key": pl.String(),
    "person_key": pl.Int64(),
    "name_key": pl.String(),
    "account_key": pl.String(),
    "id_status": pl.String(),
    "active": pl.Boolean(),
}
"""Columns of `entry` besides those a rule asks for, and `table_id`."""

SHEET: Final[dict[str, pl.DataType]] = {
    "source_id": pl.Int32(),
    "table_id": pl.String(),
    "table": pl.String(),
    "title": pl.String(),
    "first_row": pl.Int64(),
    "rows": pl.Int64(),
    "header_row": pl.Int64(),
    "columns": pl.List(pl.String()),
    "unmapped": pl.List(pl.String()),
    "dropped": pl.List(pl.String()),
    "notes": pl.List(pl.String()),
    "twin": pl.Boolean(),
}
"""One row per sheet of a roll or process table that has rows of the month. `first_row` is the `row_id` of one,
`columns` are the canonical ones it has, `dropped` says how many rows were left out and why. `twin`: the rows stand in
`member` as well (a sheet with one row per person, the head among them, read as both)."""

PROBLEM: Final[dict[str, pl.DataType]] = {
    "row_id": pl.Int64(),
    "source_id": pl.Int32(),
    "table_id": pl.String(),
    "table": pl.String(),
    "column": pl.String(),
    "title": pl.String(),
    "kind": pl.String(),
    "problem": pl.String(),
    "cells": pl.Int64(),
    "filled": pl.Int64(),
    "first": pl.Boolean(),
}
"""One row per cell with a problem. `kind` and `title` are those of its column; `cells` of the `filled` cells of this
column in this sheet have the same problem, and `first` marks the first of them."""

BATCH: Final[dict[str, pl.DataType]] = {
    "table_id": pl.String(),
    "table": pl.String(),
    "feed": pl.Boolean(),
    "whole": pl.Boolean(),
    "title": pl.String(),
    "sheet": pl.String(),
    "rows": pl.Int64(),
    "last_rows": pl.Int64(),
    "amount": pl.Int64(),
    "last_amount": pl.Int64(),
    "same_file": pl.Boolean(),
    "comparable": pl.Boolean(),
    "first_row": pl.Int64(),
}
"""Rows and 分 (paid, or the monthly amounts of a roll) of this month and the last: one line per table (`whole`) and,
where it has several, one per sheet; of a `feed` one line, if both months were delivered. `comparable`: some sheet of
the table goes by the same name in both months, so that a missing one is missing and not renamed. `first_row` is the
`row_id` of a row of this month to show."""

_EVERY_ROLL: Final = frozenset(name for name, table in TABLES.items() if table.kind == "roll")
_FEEDS: Final = frozenset(name for name, table in TABLES.items() if table.kind == "feed") - {"manifest"}
_DIGITS: Final = re.compile("[0-9]+")


def table_id(source: Source) -> str:
    """A name of a sheet that is the same next month: table, file and sheet, with `#` for every number in them."""
    return _DIGITS.sub("#", f"{source.table}/{source.file}/{source.sheet}")


def sheets(tables: Mapping[str, pl.DataFrame], sources: Sequence[Source]) -> pl.DataFrame:
    """The `SHEET` frame of the month's rolls and process tables, sorted by source."""
    firsts = {
        number: row
        for name, frame in tables.items()
        if TABLES[name].kind != "feed"
        for number, row in frame.group_by("source_id").agg(pl.col("row_id").min()).iter_rows()
    }
    people = {(s.file, s.sheet, s.letters.get("id_no", s.headers.get("id_no"))) for s in sources if s.table == "member"}
    rows = [
        {
            "source_id": number,
            "table_id": table_id(source),
            "table": source.table,
            "title": TABLES[source.table].title,
            "first_row": firsts[number],
            "rows": source.rows,
            "header_row": source.header_row,
            "columns": sorted(source.headers),
            "unmapped": list(source.unmapped),
            "dropped": [f"{why}{count}行" for why, count in sorted(source.dropped.items())],
            "notes": list(source.notes),
            "twin": source.table != "member"
            and (source.file, source.sheet, source.letters.get("id_no", source.headers.get("id_no"))) in people,
        }
        for number, source in enumerate(sources)
        if number in firsts
    ]
    return pl.DataFrame(rows, schema=SHEET)


def entries(tables: Mapping[str, pl.DataFrame], sheet: pl.DataFrame, columns: Iterable[str]) -> pl.DataFrame:
    """Every row of every roll as delivered, households and their members alike.

    Args:
        tables: keyed tables.
        sheet: the `SHEET` frame, for `table_id`.
        columns: canonical columns wanted besides `ENTRY`; null where a roll has no such column.

    Returns:
        `ENTRY`, `table_id`, `twin` and the columns, sorted by `row_id`. `active`: the row's own status says paid, or
        nothing.
    """
    wanted = {
        name: next(TABLES[table].columns[name].dtype for table in ROLLS if name in TABLES[table].columns)
        for name in columns
        if name not in ENTRY
    }
    parts = [pl.DataFrame(schema=ENTRY | wanted)]
    for table in ROLLS:
        if table in tables:
            frame = tables[table]
            has = set(frame.columns)
            active = pl.col("status").is_in(ACTIVE).fill_null(value=True) if "status" in has else pl.lit(value=True)
            derived = {"table": pl.lit(table), "active": active}
            parts.append(
                frame.select(
                    (derived[name] if name in derived else pl.col(name) if name in has else pl.lit(None))
                    .cast(dtype)
                    .alias(name)
                    for name, dtype in (ENTRY | wanted).items()
                )
            )
    ids = sheet.select("source_id", "table_id", "twin")
    parts.append(pl.DataFrame(schema=ENTRY | wanted))
    return pl.concat(parts).join(ids, on="source_id", how="left", maintain_order="left").sort("row_id")


def problems(tables: Mapping[str, pl.DataFrame], found: pl.DataFrame, sheet: pl.DataFrame) -> pl.DataFrame:
    """The `PROBLEM` frame: cells of the month's tables that could not be read or break the contract, each once."""
    parts = [pl.DataFrame(schema=PROBLEM)]
    looked_at = ORIGIN["problem"]
    cells = found.filter(pl.col("row_id").is_not_null(), pl.col("table").is_in(looked_at)).sort(
        "table", "column", "row_id", "problem"
    )
    for (table, column), part in cells.group_by("table", "column", maintain_order=True):
        name, field = str(table), str(column)
        raw = f"raw__{field}"
        if name not in tables or raw not in tables[name].columns:
            continue
        frame = tables[name].select("row_id", "source_id", pl.col(raw).count().over("source_id").alias("filled"))
        spec = TABLES[name].columns[field]
        rows = part.unique("row_id", keep="first", maintain_order=True).join(frame, on="row_id", how="inner")
        same = ("source_id", "problem")
        parts.append(
            rows.join(sheet.select("source_id", "table_id", "twin"), on="source_id", how="left")
            .filter(~(pl.col("twin").fill_null(value=False) & (column in TABLES["member"].columns)))
            .select(
                "row_id",
                "source_id",
                "table_id",
                "table",
                "column",
                pl.lit(spec.title).alias("title"),
                pl.lit(spec.kind).alias("kind"),
                "problem",
                pl.len().over(same).cast(pl.Int64).alias("cells"),
                pl.col("filled").cast(pl.Int64),
                (pl.col("row_id") == pl.col("row_id").min().over(same)).alias("first"),
            )
        )
    return pl.concat(parts).sort("row_id", "column")


def batches(intake: Intake, sheet: pl.DataFrame, request: Request) -> pl.DataFrame:
    """The `BATCH` frame: how many rows and how much money, this month and the last; of feeds only where both came."""
    last = (request.month - timedelta(days=1)).replace(day=1)
    counted = pl.DataFrame(
        list(_counted(intake, request)),
        schema={
            "table_id": pl.String, "table": pl.String, "sheet": pl.String, "month": pl.Date,
            "rows": pl.Int64, "amount": pl.Int64, "sha256": pl.String,
        },
        orient="row",
    )  # fmt: skip
    of_table = counted.with_columns(pl.col("table").alias("table_id"), pl.lit("").alias("sheet"))
    both = pl.concat([counted.with_columns(whole=False), of_table.with_columns(whole=True)])
    keys = ("table_id", "table", "whole")
    sums = (
        both.sort("table_id", "month", "sha256")
        .group_by(*keys, "month", maintain_order=True)
        .agg(pl.first("sheet"), pl.sum("rows"), pl.when(pl.col("amount").count() > 0).then(pl.sum("amount")),
             pl.col("sha256").unique(maintain_order=True))
    )  # fmt: skip
    now = sums.filter(pl.col("month") == request.month).drop("month")
    both_months = pl.col("rows").is_not_null() & pl.col("last_rows").is_not_null()
    before = sums.filter(pl.col("month") == last).select(
        *keys,
        pl.col("sheet").alias("last_sheet"),
        pl.col("rows").alias("last_rows"),
        pl.col("amount").alias("last_amount"),
        pl.col("sha256").alias("last_sha256"),
    )
    titles = {name: spec.title for name, spec in TABLES.items()}
    rows = sheet.group_by("table_id").agg(pl.col("first_row").min())
    firsts = sheet.group_by("table").agg(pl.col("first_row").min().alias("table_row"))
    return (
        now.join(before, on=list(keys), how="full", coalesce=True)
        .join(rows, on="table_id", how="left")
        .join(firsts, on="table", how="left")
        .with_columns(feed=pl.col("table").is_in(_FEEDS))
        .filter(~pl.col("feed") | (pl.col("whole") & both_months))
        .select(
            *(
                "table_id",
                "table",
                "feed",
                pl.col("table").replace_strict(titles, default=None).alias("title"),
                "whole",
            ),
            pl.coalesce("sheet", "last_sheet").alias("sheet"),
            pl.col("rows").fill_null(0),
            "last_rows",
            "amount",
            "last_amount",
            (pl.col("whole") & (pl.col("sha256") == pl.col("last_sha256")) & ~pl.col("sha256").list.contains(""))
            .fill_null(value=False)
            .alias("same_file"),
            (both_months & ~pl.col("whole")).any().over("table").alias("comparable"),
            pl.coalesce("first_row", "table_row").alias("first_row"),
        )
        # a table of one sheet is told once
        .filter(pl.col("whole") | (pl.len().over("table") > 2))
        .sort("table_id", "whole")
    )


def _counted(intake: Intake, request: Request) -> Iterator[tuple[str, str, str, date | None, int, int | None, str]]:
    """Table id, table, sheet, month, rows, 分 and hash of each sheet that has a month, by month where rows tell."""
    for number, source in enumerate(intake.sources):
        told = (table_id(source), source.table, source.sheet or source.file)
        typed = intake.tables.get(source.table)
        if source.table == "payment" and typed is not None:
            mine = typed.frame.filter(pl.col("source_id") == number)
            paid = mine.select(pl.col("amount_paid").sum()).item() if "amount_paid" in mine.columns else None
            yield (*told, source.month, source.rows, paid, source.sha256)
        elif source.table in _EVERY_ROLL and "period" in source.headers and typed is not None:
            mine = typed.frame.filter(pl.col("source_id") == number)
            money = pl.col("monthly_amount").sum() if "monthly_amount" in mine.columns else pl.lit(None)
            months = mine.group_by(pl.col("period").fill_null(request.month)).agg(pl.len(), money.alias("amount"))
            for month, rows, amount in months.sort("period").iter_rows():
                yield (*told, month, rows, amount, source.sha256)
        elif source.table in _EVERY_ROLL:
            yield (*told, source.month or request.month, source.rows, source.amount, source.sha256)
        elif source.table in _FEEDS:
            yield (*told, source.month, source.rows, None, source.sha256)
