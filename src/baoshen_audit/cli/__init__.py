"""The command `baoshen-audit`: one module per command, each parse → library → render → exit.

Nothing heavy is imported before a command runs, so that `--help` answers at once.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from baoshen_audit.cli.application import app

__all__ = ["app", "main"]


def main(argv: Sequence[str] | None = None) -> None:
    """Run the command and leave the process with its exit code.

    0 completed · 1 findings at or above `--fail-on` · 2 usage, configuration or policy · 3 not completed · 130
    interrupted.

    Args:
        argv: arguments without the name of the command; those of the process if not given.
    """
    for stream in (sys.stdout, sys.stderr):
        # a GBK or ASCII console must show what it can and never crash; tests hand in streams that cannot be changed
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")
    app(args=None if argv is None else list(argv), prog_name="baoshen-audit")
