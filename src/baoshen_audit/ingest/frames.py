"""A frame handed in by a program, turned into cells as an office would have written them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import cast

import polars as pl

from baoshen_audit import schemas
from baoshen_audit.ingest.model import Body, RawSheet

_LONG_NUMBER = 10**15


def read(key: str, frame: pl.DataFrame | pl.LazyFrame, spec: schemas.TableSpec) -> RawSheet:
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
    text = as_text(eager, spec)

    def body(skip: int, columns: Sequence[int]) -> Body:
        rows = pl.int_range(1, text.height + 1, dtype=pl.Int64, eager=True).alias("row")
        cells = text.select(pl.col(eager.columns[position]).alias(f"c{position}") for position in columns)
        return Body(cells.insert_column(0, rows))

    return RawSheet(key, "", (tuple(eager.columns),), 0, 0, body)


def as_text(frame: pl.DataFrame, spec: schemas.TableSpec | None = None) -> pl.DataFrame:
    """The cells of a typed frame as text, under the same names.

    Args:
        frame: columns that are not nested.
        spec: the table it is; without one a canonical name stands for the same column of whichever table has it.
    """
    return frame.select(_text(pl.col(name), dtype, name, spec).alias(name) for name, dtype in frame.schema.items())


def _is_money(name: str, spec: schemas.TableSpec | None) -> bool:
    column = (spec.columns if spec else _any_table()).get(name)
    return column is not None and column.kind == "money"


@cache
def _any_table() -> dict[str, schemas.ColumnSpec]:
    return {name: column for spec in schemas.TABLES.values() for name, column in spec.columns.items()}


def _text(column: pl.Expr, dtype: pl.DataType, name: str, spec: schemas.TableSpec | None) -> pl.Expr:
    match dtype:
        case pl.Boolean():
            return pl.when(column).then(pl.lit("是")).when(~column).then(pl.lit("否"))
        case pl.Extension():
            return _text(column.ext.storage(), cast(pl.DataType, dtype.ext_storage()), name, spec)
        case pl.Datetime():
            return column.dt.strftime("%Y-%m-%d %H:%M:%S")
        case pl.Int64() if _is_money(name, spec):
            return _yuan(column)
        case pl.Float32() | pl.Float64():
            whole = (column == column.floor()) & (column.abs() < _LONG_NUMBER)
            return pl.when(whole).then(column.cast(pl.Int64, strict=False).cast(pl.String)).otherwise(_plain(column))
        case _:
            # polars refuses to call arbitrary bytes text
            return column.bin.encode("hex") if dtype == pl.Binary else _plain(column)


def _plain(column: pl.Expr) -> pl.Expr:
    return column.cast(pl.String)


def _yuan(column: pl.Expr) -> pl.Expr:
    """分 as an office writes them."""
    sign = pl.when(column < 0).then(pl.lit("-")).otherwise(pl.lit(""))
    fen = (column.abs() % 100).cast(pl.String).str.zfill(2)
    return pl.format("{}{}.{}元", sign, column.abs() // 100, fen)
