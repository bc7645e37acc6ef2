"""The office's SQLite file, the same bytes whatever SQLite wrote it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Final

import polars as pl

from baoshen_audit.testing.synth.cells import Pen
from baoshen_audit.testing.synth.layout import DATABASE_TABLES

_VERSION_AT: Final = 96
_VERSION: Final = (3_040_001).to_bytes(4, "big")


def write_database(path: Path, frames: dict[str, pl.DataFrame], pen: Pen) -> Iterator[tuple[str, int, str, int]]:
    """Write the tables of `DATABASE_TABLES`.

    Args:
        path: the file; replaced if it exists.
        frames: canonical table → rows.
        pen: what writes the cells.

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
                cells = [pen.write(table, row, column) or None for column, _ in headers]
                db.execute(f'INSERT INTO "{title}" VALUES ({marks})', cells)  # noqa: S608 - names are constants
                yield table, row["key"], title, rowid
        db.commit()
        db.execute("VACUUM")
    # the header names the library version that wrote last: not a fact about the data
    with path.open("r+b") as file:
        file.seek(_VERSION_AT)
        file.write(_VERSION)
