"""The command `baoshen-audit`: one module per command, each parse → library → render → exit.

Nothing heavy is imported before a command runs, so that `--help` answers at once.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Final

from baoshen_audit.cli.application import app

__all__ = ["app", "main"]

_MEMORY: Final = f"narenas:{max(1, (os.cpu_count() or 1) // 8)},dirty_decay_ms:3000,muzzy_decay_ms:0"
"""Read by the allocator of polars when polars is imported. What one step gives back is there for the next one for three
seconds, whichever thread that runs in, instead of going back to the system: a large link takes 7 % less time so."""


def main(argv: Sequence[str] | None = None) -> None:
    """Run the command and leave the process with its exit code.

    0 completed · 1 findings at or above `--fail-on` · 2 usage, configuration or policy · 3 not completed · 130
    interrupted.

    Args:
        argv: arguments without the name of the command; those of the process if not given.
    """
    os.environ.setdefault("_RJEM_MALLOC_CONF", _MEMORY)
    for stream in (sys.stdout, sys.stderr):
        # a GBK or ASCII console must show what it can and never crash; tests hand in streams that cannot be changed
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")
    app(args=None if argv is None else list(argv), prog_name="baoshen-audit")
