"""Parquet and Arrow (Feather) files: typed columns, turned into cells as an office would have written them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import polars as pl

from baoshen_audit.errors import InputError
from baoshen_audit.ingest import frames
from baoshen_audit.ingest.guard import refusing, too_large
from baoshen_audit.ingest.model import Body, RawSheet

_CELLS: Final = 400_000_000
"""A few bytes can state any number of equal rows."""

_PATIENCE: Final = 900
_PARQUET: Final = b"PAR1"
_TRIAL: Final = """
import sys
import polars as pl
try:
    import resource
    resource.setrlimit(resource.RLIMIT_AS, (16 << 30, 16 << 30))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
except (ImportError, ValueError):
    pass
path, kind, most = sys.argv[1], sys.argv[2], int(sys.argv[3])
lazy = getattr(pl, "scan_" + kind)(path, glob=False)
names = lazy.collect_schema().names()
height = lazy.select(pl.len()).collect().item()
print(height, len(names), flush=True)
if height * len(names) <= most:
    for name in names:
        lazy.select(name).collect(engine="in-memory")
"""


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
        kind = _kind(path, damaged)
        height, width = _tried(path, kind, damaged)
        if height * width > _CELLS:
            raise too_large(file, f"文件声称有 {height} 行 × {width} 列")
        lazy = (pl.scan_parquet if kind == "parquet" else pl.scan_ipc)(path, glob=False)
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


def _kind(path: Path, damaged: InputError) -> str:
    """`parquet` or `ipc`, from the mark that both kinds bear at either end."""
    with path.open("rb") as handle:
        start = handle.read(6)
        handle.seek(-min(path.stat().st_size, 6), os.SEEK_END)
        end = handle.read()
    parquet = start.startswith(_PARQUET)
    if not end.endswith(_PARQUET if parquet else start):
        raise damaged
    return "parquet" if parquet else "ipc"


def _tried(path: Path, kind: str, damaged: InputError) -> tuple[int, int]:
    """Rows and columns of a file that a process of its own has read to the end.

    Damage that asks the reader for memory nobody has ends the process it is in, without an exception to catch.
    """
    call = [sys.executable, "-P", "-c", _TRIAL, str(path), kind, str(_CELLS)]
    try:
        run = subprocess.run(call, capture_output=True, check=False, timeout=_PATIENCE)  # noqa: S603 - our own words
        height, width = map(int, run.stdout.split())
    except (ValueError, subprocess.TimeoutExpired):
        raise damaged from None
    if run.returncode and height * width <= _CELLS:
        raise damaged
    return height, width


def _cells(lazy: pl.LazyFrame, names: Sequence[str]) -> pl.DataFrame:
    """Columns as text, under their own names."""
    return frames.as_text(lazy.select(names).collect(engine="in-memory"))
