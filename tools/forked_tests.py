"""Tests of changed copies of the package, each in a fork of a process that has loaded the libraries: half the time.

Every line of standard input names the folder of a copy and the tests, with a tab between; the answer is the exit code.
No polars query runs before a fork, so none of its threads is lost in one.
"""

from __future__ import annotations

import os
import signal
import sys

import hypothesis.strategies  # noqa: F401 - what tests and package load, once for all
import pandera.polars  # noqa: F401
import polars as pl  # noqa: F401
import pytest
import rapidfuzz  # noqa: F401
import tomlkit  # noqa: F401

OPTIONS = ("-x", "-q", "-n", "0", "-p", "no:cacheprovider", "-W", "ignore::pytest.PytestAssertRewriteWarning")


def main(seconds: int) -> None:
    """Answer until the input ends; tests that take longer than so many seconds have failed."""
    for line in sys.stdin:
        folder, tests = line.rstrip("\n").split("\t")
        child = os.fork()
        if child == 0:
            signal.alarm(seconds)
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, 1)
            os.dup2(nowhere, 2)
            sys.path.insert(0, folder)
            os._exit(pytest.main([*OPTIONS, tests]))
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]))
