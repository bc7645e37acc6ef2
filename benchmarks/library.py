"""`python library.py FOLDER OUT`: `baoshen_audit.link` on the tables of a folder, from start to file."""

from __future__ import annotations

import sys
from pathlib import Path

# In a caller's program both are packages of others, and sorted so.
import baoshen_audit  # isort: skip
import polars as pl


def link(folder: Path, out: Path) -> None:
    """Read, link and write as a caller of the library does, then say the peak memory."""
    left, *right = (
        pl.read_parquet(path) for name in ("left", "right") if (path := folder / f"{name}.parquet").exists()
    )
    pairs = baoshen_audit.link(left, *right, id="record").pairs
    pairs.select("left_id", "right_id", "score", "decision").write_parquet(out)
    from linkers import peak  # noqa: PLC0415

    print(peak())


if __name__ == "__main__":
    link(Path(sys.argv[1]), Path(sys.argv[2]))
