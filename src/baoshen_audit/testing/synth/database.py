"""The office's SQLite file, the same bytes whatever SQLite wrote it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, Final

import polars as pl

from baoshen_audit.testing.synth.cells import Dirt, Style, text
from baoshen_audit.testing.synth.layout import DATABASE_TABLES

_VERSION_AT: Final = 96
_VERSION: Final = (3_040_001).to_bytes(4, "big")


def write_database(path: Path, frames: dict[str, pl.DataFrame], dirt: Dirt, month: str) -> Iterator[tuple[str, int, str, int]]:
    """Write the tables of `DATABASE_TABLES`.

    Args:
        path: the file; replaced if it exists.
        frames: canonical table → rows.
        dirt: what to put on cells.
        month: the month of the folder.

    Yields:
        Canonical table, key, name of the table in the file, rowid.
    """
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA page_size = 4096")
        db.execute("PRAGMA encoding = 'UTF-8'")
        for table, (title, headers) in DATABASE_TABLES.items():
            columns = ", ".join(f'"{header}" TEXT' for _, header in headers)
            db.execute(f'CREATE TABLE "{title}" ({columns})')
            marks = ", ".join("?" for _ in headers)
            for rowid, row in enumerate(frames[table].iter_rows(named=True), start=1):
                db.execute(f'INSERT INTO "{title}" VALUES ({marks})', _cells(table, row, [c for c, _ in headers], dirt, month))  # noqa: S608
                yield table, row["key"], title, rowid
        db.commit()
        db.execute("VACUUM")
    # the header names the library version that wrote last: not a fact about the data
    with path.open("r+b") as file:
        file.seek(_VERSION_AT)
        file.write(_VERSION)


def _cells(table: str, row: dict[str, Any], columns: list[str], dirt: Dirt, month: str) -> list[str | None]:
    style = Style()
    return [dirt.put(table, month, row["key"], c, text(table, c, row[c], style) or None, book=True) for c in columns]
