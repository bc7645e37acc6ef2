"""Independent steps on whole columns, side by side: most column operations of polars use one core."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Final, TypeVar

import polars as pl

__all__ = ["side_by_side"]

MOST: Final = 4
"""More steps at once would hold more of a large table in memory than they save in time."""

Item = TypeVar("Item")
Found = TypeVar("Found")


def side_by_side(step: Callable[[Item], Found], items: Iterable[Item]) -> list[Found]:
    """A function on several items, in threads.

    Args:
        step: Spends its time in polars, which lets other threads run.
        items: Independent of each other.

    Returns:
        Results in the order of the items.
    """
    # One more than there are cores: now and then a step waits for memory, or for another one's Python.
    with ThreadPoolExecutor(min(MOST, pl.thread_pool_size() + 1)) as pool:
        return list(pool.map(step, items))
