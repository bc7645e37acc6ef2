"""The one door through which data meet their contracts.

Pandera on a LazyFrame checks the schema and silently nothing else; two environment variables switch its checks off;
its exception texts hold cell values. So: eager frames only, depth set explicitly, texts dropped, and nobody else
imports pandera (an import contract sees to it).
"""

from __future__ import annotations

from typing import Final

import polars as pl
from pandera.errors import SchemaErrors

from baoshen_audit.schemas.catalogue import TableSpec

PROBLEMS: Final[dict[str, pl.DataType]] = {
    "row_id": pl.Int64(),
    "table": pl.String(),
    "column": pl.String(),
    "problem": pl.String(),
}
"""Columns of a problem frame; `row_id` is null for a problem of the whole table."""


def check(spec: TableSpec, frame: pl.DataFrame) -> pl.DataFrame:
    """Check the typed columns of a table against its contract.

    Args:
        spec: the table's specification.
        frame: an eager frame with `row_id` and any of the table's columns; columns of other names are not looked at.

    Returns:
        A frame with the columns of `PROBLEMS`, one row per failing cell and check, by column and row; `problem` is
        the check that failed (`dtype`, `isin`, `greater_than_or_equal_to`, `str_matches` …). A column of the wrong
        type is one problem of the whole table. Rows are never dropped: what failed is kept, counted and shown.

    Raises:
        TypeError: the frame is lazy. Pandera would pass it unread.
    """
    if not isinstance(frame, pl.DataFrame):
        msg = "contracts judge eager frames only: collect first"
        raise TypeError(msg)
    present = frame.select([name for name in spec.columns if name in frame.columns])
    try:
        spec.model.validate(present, lazy=True)
    except SchemaErrors as error:
        # only positions and names leave this block: the texts hold cells
        cases = error.failure_cases.select("column", "check", "index")
    else:
        return pl.DataFrame(schema=PROBLEMS)
    rows = frame.select("row_id").with_row_index("index").with_columns(pl.col("index").cast(pl.Int64))
    mistyped = (pl.col("problem") == "dtype").any().over("column")
    failed: pl.DataFrame = (
        cases.with_columns(pl.col("index").cast(pl.Int64))
        .join(rows, on="index", how="left", maintain_order="left")
        .select(
            "row_id",
            pl.lit(spec.name).alias("table"),
            pl.col("column").cast(pl.String),
            pl.col("check").cast(pl.String).str.extract(r"^([a-z_]+)", 1).alias("problem"),
        )
        # on a column of the wrong type the other checks did not run: pandera lists their crash as a failure
        .filter(~mistyped | (pl.col("problem") == "dtype"))
        .sort("column", "row_id", "problem", nulls_last=True)
    )
    return failed
