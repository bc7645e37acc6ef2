"""From the rows of one sheet to the typed rows of its table."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import polars as pl

from baoshen_audit.ingest import context
from baoshen_audit.ingest.headers import Layout
from baoshen_audit.ingest.parse import parse, unreadable
from baoshen_audit.schemas import PROBLEMS, TableSpec

UNPARSED = "unparsed"


def typed_table(
    body: pl.DataFrame,
    spec: TableSpec,
    columns: Mapping[str, int],
    layout: Layout,
    constants: Mapping[str, str | date],
    *,
    first_row_id: int,
    source_id: int,
    serial_shift: int = 0,
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Parse the mapped columns of a sheet.

    Args:
        body: `row` and `c<position>` String columns.
        spec: the table.
        columns: canonical column → position.
        layout: header, for the unit of money in header or title.
        constants: columns the whole sheet has from its surroundings, used where the sheet has none of its own; a
            blank `period` cell takes it too.
        first_row_id: `row_id` of the first row.
        source_id: number of the source.
        serial_shift: days to add to a bare day number (`RawSheet.serial_shift`).

    Returns:
        The table's rows, and the cells that could not be read (`schemas.PROBLEMS`).
    """
    height = body.height
    row_ids = pl.int_range(first_row_id, first_row_id + height, dtype=pl.Int64, eager=True).alias("row_id")
    frame = [row_ids, pl.repeat(source_id, height, dtype=pl.Int32, eager=True).alias("source_id")]
    frame.append(body.get_column("row").alias("source_row"))
    problems = [pl.DataFrame(schema=PROBLEMS)]
    raws = []
    for name, position in columns.items():
        cells = body.get_column(f"c{position}")
        column = spec.columns[name]
        typed = parse(_shifted(cells, column.kind, serial_shift), column, money_unit(layout, position))
        missed = unreadable(cells, typed, column)
        if missed.any():
            problems.append(_problems(row_ids.filter(missed), spec.name, name))
        if name == "period" and name in constants:
            typed = typed.set(cells.is_null(), constants[name]) if cells.null_count() else typed
        frame.append(typed)
        raws.append(cells.alias(f"raw__{name}"))
    for name, value in constants.items():
        if name not in columns:
            frame.append(pl.repeat(value, height, eager=True).alias(name))
            raws.append(pl.repeat(None, height, dtype=pl.String, eager=True).alias(f"raw__{name}"))
    return pl.DataFrame([*frame, *raws]), pl.concat(problems)


def money_unit(layout: Layout, position: int) -> str:
    """The unit of money a header or the title states; empty for none."""
    return context.header_unit(layout.shown[position]) or context.title_unit(layout.title)


def _shifted(cells: pl.Series, kind: str, days: int) -> pl.Series:
    """Day numbers of a workbook that counts from 1904, as the 1900 system has them."""
    if not days or kind not in ("date", "datetime", "month"):
        return cells
    serial = pl.col("cell").str.extract(r"^\s*([1-8][0-9]{4})(?:\.[0-9]+)?\s*$").cast(pl.Int64) + days
    return cells.to_frame("cell").select(pl.coalesce(serial.cast(pl.String), "cell")).to_series()


def _problems(row_ids: pl.Series, table: str, column: str) -> pl.DataFrame:
    return pl.DataFrame(row_ids).with_columns(
        pl.lit(table).alias("table"), pl.lit(column).alias("column"), pl.lit(UNPARSED).alias("problem")
    )
