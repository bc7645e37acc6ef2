"""Independent steps on whole columns, side by side: most column operations of polars use one core."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Final, TypeVar

import polars as pl

__all__ = ["side_by_side", "threads"]

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

    Raises:
        BaseException: What the first item that failed raised, when all that had begun has ended.
    """
    items = list(items)
    found: dict[int, Found] = {}
    failed: dict[int, BaseException] = {}
    waiting = iter(enumerate(items))

    def work() -> None:
        for at, item in waiting:
            try:
                found[at] = step(item)
            except BaseException as error:  # a panic in polars is no Exception
                failed[at] = error
                # After a failure nothing new is begun.
                deque(waiting, maxlen=0)

    # The caller works too: steps may have steps of their own, whether or not a helper is free.
    helpers = [_helpers().submit(work) for _ in range(min(len(items), threads()) - 1)]
    work()
    for helper in helpers:
        if not helper.cancel():
            helper.result()
    if failed:
        raise failed[min(failed)]
    return [found[at] for at in range(len(items))]


def threads() -> int:
    """How many steps run at once.

    Returns:
        One more than there are cores: now and then a step waits for memory, or for another one's Python.
    """
    # Asked when needed: polars starts its threads for the answer, and a process that has threads cannot be forked.
    return min(MOST, pl.thread_pool_size() + 1)


@cache
def _helpers() -> ThreadPoolExecutor:
    """The same threads every time: what one of them let go of, the allocator gives to no other."""
    return ThreadPoolExecutor(threads() - 1)
