"""A frame handed in by a program, turned into cells as an office would have written them."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from baoshen_audit.ingest.model import Body, RawSheet
from baoshen_audit.schemas import ColumnSpec, TableSpec

_LONG_NUMBER = 10**15


def read(key: str, frame: pl.DataFrame | pl.LazyFrame, spec: TableSpec) -> RawSheet:
    """Read a frame.

    Columns under their canonical name and with their canonical dtype are taken at their word (an Int64 money column
    holds 分); all others are what their cells say (a number under 金额 is 元).

    Args:
        key: name the frame was given under, shown as its file.
        frame: any polars frame; column names canonical or as in an office.
        spec: the table it is.

    Returns:
        A sheet whose first record is row 1.
    """
    eager = frame.collect() if isinstance(frame, pl.LazyFrame) else frame
    text = eager.select(
        _text(name, dtype, spec.columns.get(name)).alias(f"c{position}")
        for position, (name, dtype) in enumerate(eager.schema.items())
    )

    def body(skip: int, columns: Sequence[int]) -> Body:
        rows = pl.int_range(1, text.height + 1, dtype=pl.Int64, eager=True).alias("row")
        return Body(text.select(f"c{position}" for position in columns).insert_column(0, rows))

    return RawSheet(key, "", (tuple(eager.columns),), 0, 0, body)


def _text(name: str, dtype: pl.DataType, spec: ColumnSpec | None) -> pl.Expr:
    column = pl.col(name)
    if isinstance(dtype, pl.String):
        return column
    if isinstance(dtype, pl.Boolean):
        return pl.when(column).then(pl.lit("是")).when(~column).then(pl.lit("否"))
    if isinstance(dtype, pl.Datetime):
        return column.dt.strftime("%Y-%m-%d %H:%M:%S")
    if dtype.is_float():
        whole = (column == column.floor()) & (column.abs() < _LONG_NUMBER)
        return (
            pl.when(whole).then(column.cast(pl.Int64, strict=False).cast(pl.String)).otherwise(column.cast(pl.String))
        )
    if spec is not None and spec.kind == "money" and isinstance(dtype, pl.Int64):
        sign = pl.when(column < 0).then(pl.lit("-")).otherwise(pl.lit(""))
        fen = (column.abs() % 100).cast(pl.String).str.zfill(2)
        return pl.format("{}{}.{}元", sign, column.abs() // 100, fen)
    return column.cast(pl.String)
