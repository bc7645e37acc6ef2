"""Parquet and Arrow files are read to the end by a process of their own before this one trusts them.

Damage that asks the reader for memory nobody has ends the process it is in, without an exception to catch. The other
process can be started before polars is imported here, which takes as long as trying a small file.
"""

from __future__ import annotations

import atexit
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Final, Literal

__all__ = ["CELLS", "begin", "kind", "outcome"]

CELLS: Final = 400_000_000
"""Most cells that are read: a few bytes can state any number of equal rows."""

Kind = Literal["parquet", "ipc"]

_PATIENCE: Final = 900
_MARKS: Final[dict[bytes, Kind]] = {b"PAR1": "parquet", b"ARROW1": "ipc"}
_TRIAL: Final = """
import os
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
width = lazy.collect_schema().len()
height = lazy.select(pl.len()).collect().item()
print(height, width, flush=True)
if height * width <= most:
    # every cell is read, none is kept
    lazy.select(pl.all().null_count()).collect(engine="streaming")
# nothing is left to be put in order
os._exit(0)
"""

_begun: dict[Path, subprocess.Popen[bytes]] = {}


def kind(path: Path) -> Kind | None:
    """What a file is, from the mark that both kinds bear at either end.

    Args:
        path: where it is.

    Returns:
        The kind; None for another one, and for a file that was cut.
    """
    with path.open("rb") as handle:
        start = handle.read(6)
        handle.seek(-min(path.stat().st_size, 6), os.SEEK_END)
        end = handle.read()
    return next((found for mark, found in _MARKS.items() if start.startswith(mark) and end.endswith(mark)), None)


def begin(path: Path) -> None:
    """Begin to try a file, if it is one of these, for whoever has other things to do until it is read.

    Args:
        path: where it is, or should be.
    """
    with suppress(OSError):
        if path not in _begun and (found := kind(path)):
            call = [sys.executable, "-P", "-c", _TRIAL, str(path), found, str(CELLS)]
            _begun[path] = subprocess.Popen(  # noqa: S603 - our own words
                call, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL
            )


def outcome(path: Path) -> tuple[int, int] | None:
    """Rows and columns of a file that another process has read to the end, or that states too many to be read.

    Args:
        path: where it is.

    Returns:
        Both; None where it could not be read.
    """
    begin(path)
    process = _begun.pop(path, None)
    if process is None:
        return None
    try:
        said, _ = process.communicate(timeout=_PATIENCE)
        height, width = map(int, said.split())
    except (ValueError, subprocess.TimeoutExpired):
        return None
    finally:
        _end(process)
    return None if process.returncode and height * width <= CELLS else (height, width)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait()


@atexit.register
def _end_all() -> None:
    """Nobody asks for the outcome any more."""
    for process in _begun.values():
        _end(process)
