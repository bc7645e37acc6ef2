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

_ALLOCATOR: Final = "_RJEM_MALLOC_CONF"
"""Variable that the allocator of polars reads when polars is imported."""


def main(argv: Sequence[str] | None = None) -> None:
    """Run the command and leave the process with its exit code.

    0 completed · 1 findings at or above `--fail-on` · 2 usage, configuration or policy · 3 not completed · 130
    interrupted.

    Args:
        argv: arguments without the name of the command; those of the process if not given.
    """
    _keep_memory()
    for stream in (sys.stdout, sys.stderr):
        # a GBK or ASCII console must show what it can and never crash; tests hand in streams that cannot be changed
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")
    app(args=None if argv is None else list(argv), prog_name="baoshen-audit")


def _keep_memory() -> None:
    """Leave what one step gives back to the next one for three seconds, whichever thread that runs in.

    A large link takes 7 % less time than when it goes back to the system. Polars sets the variable too, and whoever has
    imported it passes its words on to the command: ours are the last and hold, but where somebody has chosen the number
    of arenas.
    """
    given = os.environ.get(_ALLOCATOR, "")
    if "narenas" not in given:
        own = f"narenas:{max(1, (os.cpu_count() or 1) // 8)},dirty_decay_ms:3000,muzzy_decay_ms:0"
        os.environ[_ALLOCATOR] = f"{given},{own}".removeprefix(",")
