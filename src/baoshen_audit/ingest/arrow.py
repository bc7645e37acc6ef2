"""Parquet and Arrow (Feather) files: typed columns, turned into cells as an office would have written them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import polars as pl

from baoshen_audit.errors import InputError
from baoshen_audit.ingest import frames, trial
from baoshen_audit.ingest.guard import refusing, too_large
from baoshen_audit.ingest.model import Body, RawSheet


def read(path: Path, file: str) -> RawSheet:
    """Open a Parquet or Arrow file; its columns are read only when asked for.

    Columns under a canonical name and with its dtype are taken at their word, as in a frame; a number stored as
    floating point that has lost digits shows it. Nested columns are left out.

    Args:
        path: where it is.
        file: name to show.

    Returns:
        One sheet whose first record is row 1.

    Raises:
        InputError: damaged, or stating more cells than a machine holds.
    """
    damaged = InputError(
        f"Parquet/Arrow 文件已损坏或不完整，无法读取：{file}", hint="重新导出或重新拷贝，或导出为 CSV 后再扫描。"
    )
    with refusing(damaged):
        tried = trial.outcome(path)
        if tried is None:
            raise damaged
        height, width = tried
        if height * width > trial.CELLS:
            raise too_large(file, f"文件声称有 {height} 行 × {width} 列")
        lazy = (pl.scan_parquet if trial.kind(path) == "parquet" else pl.scan_ipc)(path, glob=False)
        schema = lazy.collect_schema()
        readable = {name: dtype for name, dtype in schema.items() if not dtype.is_nested()}
        left_out = tuple(name for name in schema if name not in readable)
        names = tuple(readable)
    notes = (f"嵌套列未读取：{'、'.join(left_out)}",) if left_out else ()

    def body(skip: int, columns: Sequence[int]) -> Body:
        with refusing(damaged):
            cells = _cells(lazy, [names[position] for position in columns])
        rows = pl.int_range(1, height + 1, dtype=pl.Int64, eager=True).alias("row")
        return Body(cells.rename(lambda name: f"c{names.index(name)}").insert_column(0, rows), notes)

    def numbers(position: int) -> pl.Series | None:
        if not readable[names[position]].is_integer():
            return None
        with refusing(damaged):
            return lazy.select(names[position]).collect(engine="in-memory").to_series()

    return RawSheet(file, "", (names,), 0, 0, body, numbers=numbers)


def _cells(lazy: pl.LazyFrame, names: Sequence[str]) -> pl.DataFrame:
    """Columns as text, under their own names."""
    return frames.as_text(lazy.select(names).collect(engine="in-memory"))
