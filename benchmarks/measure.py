"""Run a Python snippet in a fresh process and read what it cost."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass


@dataclass(frozen=True)
class Cost:
    """Wall and CPU seconds, peak resident memory in MB, and what the snippet printed last."""

    wall: float
    cpu: float
    peak_mb: float
    said: str


def cost(arguments: list[str], environment: dict[str, str] | None = None) -> Cost:
    """Run `python ARGUMENTS` and wait for it; raises if it fails, for a failed run has no cost."""
    start = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, *arguments], stdout=subprocess.PIPE, text=True, env={**os.environ, **(environment or {})}
    )
    assert process.stdout is not None  # noqa: S101 - it was asked for above
    said = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, arguments)
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, said.strip().splitlines()[-1])


def best(runs: list[Cost]) -> Cost:
    """The run with the least CPU time: on a shared machine the least disturbed one."""
    return min(runs, key=lambda run: run.cpu)
