"""`python command.py FOLDER OUT`: the command `baoshen-audit link` on the tables of a folder, from start to file."""

from __future__ import annotations

import sys
from pathlib import Path

from baoshen_audit.cli import main


def link(folder: Path, out: Path) -> None:
    """Run the command as its users do, then say its peak memory."""
    tables = [str(path) for name in ("left", "right") if (path := folder / f"{name}.parquet").exists()]
    try:
        main(["link", *tables, "--id", "record", "-o", str(out), "--quiet"])
    except SystemExit as ended:
        if ended.code:
            raise
    # Behind the command, which waits for polars only when it has to.
    from linkers import peak  # noqa: PLC0415

    print(peak())


if __name__ == "__main__":
    link(Path(sys.argv[1]), Path(sys.argv[2]))
