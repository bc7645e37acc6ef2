"""Steps side by side."""

from __future__ import annotations

import subprocess
import sys
from threading import Barrier

import pytest

from baoshen_audit.linkage.parallel import side_by_side


def test_results_keep_the_order_of_the_items_and_steps_may_have_steps() -> None:
    def step(item: int) -> list[int]:
        return side_by_side(lambda other: item * 10 + other, range(5))

    assert side_by_side(step, range(6)) == [[item * 10 + other for other in range(5)] for item in range(6)]
    assert side_by_side(step, []) == []


def test_a_failure_is_told_and_nothing_new_is_begun() -> None:
    begun = []

    def step(item: int) -> None:
        begun.append(item)
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        side_by_side(step, range(1000))
    assert len(begun) < 10


def test_of_several_failures_the_first_item_tells() -> None:
    both = Barrier(2, timeout=60)

    def step(item: int) -> None:
        both.wait()
        raise ValueError(str(item))

    for _ in range(20):
        with pytest.raises(ValueError, match="0"):
            side_by_side(step, range(2))


def test_importing_starts_no_threads_of_polars() -> None:
    code = (
        "import os, polars; before = len(os.listdir('/proc/self/task')); import baoshen_audit.linkage.links; "
        "assert len(os.listdir('/proc/self/task')) == before"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
