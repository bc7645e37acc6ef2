"""Independent steps on whole columns, side by side: most column operations of polars use one core."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Final, TypeVar

import polars as pl

__all__ = ["THREADS", "side_by_side"]

MOST: Final = 4
"""More steps at once would hold more of a large table in memory than they save in time."""

THREADS: Final = min(MOST, pl.thread_pool_size() + 1)
"""One more than there are cores: now and then a step waits for memory, or for another one's Python."""

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
    items = list(items)
    found: dict[int, Found] = {}
    waiting = iter(enumerate(items))

    def work() -> None:
        for at, item in waiting:
            found[at] = step(item)

    # The caller works too: steps may have steps of their own, whether or not a helper is free.
    helpers = [_helpers().submit(work) for _ in range(min(len(items), THREADS) - 1)]
    try:
        work()
    finally:
        # After a failure nothing new is begun.
        deque(waiting, maxlen=0)
    for helper in helpers:
        if not helper.cancel():
            helper.result()
    return [found[at] for at in range(len(items))]


@cache
def _helpers() -> ThreadPoolExecutor:
    """The same threads every time: what one of them let go of, the allocator gives to no other."""
    return ThreadPoolExecutor(THREADS - 1)
