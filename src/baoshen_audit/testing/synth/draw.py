"""Random draws that give the same values for the same seed on every Python.

Only `random.Random.random()` is promised to be stable between versions, so every draw here is made of it.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from random import Random
from typing import TypeVar

import polars as pl

T = TypeVar("T")


class Draw:
    """One stream of draws; streams of different names are independent of each other.

    Args:
        seed: the seed of the district.
        stream: what is drawn, e.g. `"deaths"`. Adding draws to one stream leaves the others as they are.
    """

    def __init__(self, seed: int, stream: str) -> None:
        self._next = Random(f"{seed}/{stream}").random

    def chance(self, probability: float) -> bool:
        """True with the given probability."""
        return self._next() < probability

    def between(self, low: int, high: int) -> int:
        """An integer from `low` to `high`, both included."""
        return low + int(self._next() * (high - low + 1))

    def pick(self, values: Sequence[T]) -> T:
        """One of the values, all equally likely."""
        return values[int(self._next() * len(values))]

    def weighted(self, values: Sequence[T], sums: Sequence[float]) -> T:
        """One of the values by weight; `sums` are the running sums of the weights."""
        return values[bisect_right(sums, self._next() * sums[-1])]

    def day(self, first: dt.date, last: dt.date) -> dt.date:
        """A day from `first` to `last`, both included."""
        return first + dt.timedelta(days=self.between(0, (last - first).days))

    def shuffled(self, values: Sequence[T]) -> list[T]:
        """A new list of the values in random order."""
        out = list(values)
        for i in range(len(out) - 1, 0, -1):
            j = self.between(0, i)
            out[i], out[j] = out[j], out[i]
        return out

    def uniforms(self, n: int) -> pl.Series:
        """`n` Float64 values in [0, 1)."""
        step = self._next
        return pl.Series([step() for _ in range(n)], dtype=pl.Float64)

    def ints(self, n: int, low: int, high: int) -> pl.Series:
        """`n` Int64 values from `low` to `high`, both included."""
        return (self.uniforms(n) * (high - low + 1)).cast(pl.Int64) + low

    def days(self, n: int, first: dt.date, last: dt.date) -> pl.Series:
        """`n` Dates from `first` to `last`, both included."""
        start = (first - dt.date(1970, 1, 1)).days
        return self.ints(n, start, start + (last - first).days).cast(pl.Int32).cast(pl.Date)

    def choices(self, values: Sequence[T], n: int, weights: Sequence[float] | None = None) -> pl.Series:
        """`n` of the values, by weight if weights are given."""
        if weights is None:
            return pl.Series(values).gather(self.ints(n, 0, len(values) - 1))
        sums = list(accumulate(weights))
        at = pl.Series(sums).search_sorted(self.uniforms(n) * sums[-1], side="right")
        return pl.Series(values).gather(at)
