"""The one door through which data meet their contracts.

The contracts are the Pandera models; their column checks run here as one polars pass. Pandera's own run gives the same
answer (a test holds them together) at two to three times the cost, passes a LazyFrame unread, can be switched off by
the environment and puts cells into its exception texts. So: eager frames only, and nothing leaves but row ids and
names. Nobody else imports pandera (an import contract sees to it).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, Final

import polars as pl

from baoshen_audit.schemas.base import TableModel
from baoshen_audit.schemas.catalogue import TableSpec

PROBLEMS: Final[dict[str, pl.DataType]] = {
    "row_id": pl.Int64(),
    "table": pl.String(),
    "column": pl.String(),
    "problem": pl.String(),
}
"""Columns of a problem frame; `row_id` is null for a problem of the whole table."""

_PASSES: Final[Mapping[str, Callable[[pl.Expr, Mapping[str, Any]], pl.Expr]]] = {
    "greater_than_or_equal_to": lambda cell, by: cell >= by["min_value"],
    "less_than_or_equal_to": lambda cell, by: cell <= by["max_value"],
    "isin": lambda cell, by: cell.is_in(by["allowed_values"]),
    "str_matches": lambda cell, by: cell.str.contains(by["pattern"]),
}
"""Pandera's name of a check → the expression it is in polars. A model with any other check does not compile."""


def check(spec: TableSpec, frame: pl.DataFrame) -> pl.DataFrame:
    """Check the typed columns of a table against its contract.

    Args:
        spec: the table's specification.
        frame: an eager frame with `row_id` and any of the table's columns; columns of other names are not looked at.

    Returns:
        A frame with the columns of `PROBLEMS`, one row per failing cell and check, by column and row; `problem` is
        the check that failed (`dtype`, `isin`, `greater_than_or_equal_to`, `str_matches` …). A column of the wrong
        type is one problem of the whole table. A null is not judged. Rows are never dropped: what failed is kept,
        counted and shown.

    Raises:
        TypeError: the frame is lazy.
    """
    if not isinstance(frame, pl.DataFrame):
        msg = "contracts judge eager frames only: collect first"
        raise TypeError(msg)
    columns = [column for name, column in spec.columns.items() if name in frame.columns]
    mistyped = [column.name for column in columns if frame.schema[column.name] != column.dtype]
    sound = {column.name for column in columns} - set(mistyped)
    tests = [test for test in _tests(spec.model) if test[0] in sound]
    failed = frame.select((~passes).fill_null(value=False).alias(f"{name} {kind}") for name, kind, passes in tests)
    found = [_problems(spec, name, "dtype", [None]) for name in mistyped]
    for (name, kind, _), cells in zip(tests, failed, strict=True):
        if cells.any():
            found.append(_problems(spec, name, kind, frame["row_id"].filter(cells)))
    return pl.concat([pl.DataFrame(schema=PROBLEMS), *found]).sort("column", "row_id", "problem", nulls_last=True)


def _problems(spec: TableSpec, column: str, problem: str, rows: pl.Series | list[None]) -> pl.DataFrame:
    said = (
        pl.lit(text).alias(name) for name, text in zip(list(PROBLEMS)[1:], (spec.name, column, problem), strict=True)
    )
    return pl.DataFrame({"row_id": rows}, schema_overrides={"row_id": pl.Int64}).with_columns(said)


@cache
def _tests(model: type[TableModel]) -> tuple[tuple[str, str, pl.Expr], ...]:
    """Column, check and passing expression of every column check of a model."""
    return tuple(
        (name, check.name, _PASSES[check.name](pl.col(name), check.statistics))
        for name, column in model.to_schema().columns.items()
        for check in column.checks
    )
