"""What policy data are made of: keys that may be set, dated values, and how overlaid values share the time line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Literal

import polars as pl

from baoshen_audit.errors import PolicyError

Setting = int | str | bool | tuple[str, ...]
Dims = tuple[tuple[str, str], ...]
Status = Literal["confirmed", "unconfirmed"]
Kind = Literal["int", "text", "texts", "flag"]

DTYPES: dict[Kind, pl.DataType] = {
    "int": pl.Int64(),
    "text": pl.String(),
    "texts": pl.List(pl.String()),
    "flag": pl.Boolean(),
}


class PolicyMissing(PolicyError):
    """No value of a known key is in force on the day asked for. Never answered with an older value."""


@dataclass(frozen=True, slots=True)
class Key:
    """What may be set: one kind, one unit and the same dimensions for every region.

    Attributes:
        name: e.g. `dibao.standard`.
        title: in Chinese, for a clerk.
        kind: `int`, `text`, `texts` (a list) or `flag`.
        unit: e.g. `分/人月`.
        dims: dimension → its values; no values listed = any.
        choices: the values allowed; empty = any.
        symmetric: the dimensions are one unordered pair, kept in alphabetical order.
    """

    name: str
    title: str
    kind: Kind
    unit: str
    dims: Mapping[str, tuple[str, ...]]
    choices: tuple[str, ...] = ()
    symmetric: bool = False

    def order(self, dims: Mapping[str, str]) -> Dims:
        """The dimensions in the order of the declaration; a symmetric pair sorted."""
        names = tuple(self.dims)
        settings = [dims[name] for name in names]
        return tuple(zip(names, sorted(settings) if self.symmetric else settings, strict=True))

    def matches(self, wanted: Mapping[str, str], dims: Dims) -> bool:
        """Whether dimensions, given in full or in part, fit those of a value; in a symmetric pair the place is free."""
        if self.symmetric:
            return set(wanted.values()) <= {setting for _, setting in dims}
        return wanted.items() <= dict(dims).items()


@dataclass(frozen=True, slots=True)
class Level:
    """One step of the chain nation, province, city, county: its division code and its name (empty = no pack)."""

    code: str
    area: str


@dataclass(frozen=True, slots=True)
class Value:
    """One value of law or practice.

    Attributes:
        key: name of the key.
        dims: dimension and value pairs.
        from_: first day it holds.
        to_: last day it holds; None = until changed.
        is_: the value; money in 分.
        unit: its unit.
        cite: what it rests on, `document#article`.
        checked_on: the day somebody last compared it with the document.
        status: `unconfirmed` = the county must confirm it before relying on it.
        level: code of the region that set it (`CN`, `32`, `3204`, `320413`).
        rank: 0 = shipped, higher = an office's own file, which wins within its level.
        source: the file it stands in.
        note: remark.
    """

    key: str
    dims: Dims
    from_: date
    to_: date | None
    is_: Setting
    unit: str
    cite: str
    checked_on: date
    status: Status
    level: str
    rank: int
    source: str
    note: str = ""

    def covers(self, on: date) -> bool:
        """Whether it is in force on a day."""
        return self.from_ <= on and (self.to_ is None or on <= self.to_)

    @property
    def integer(self) -> int:
        """The value as a whole number."""
        if isinstance(self.is_, bool) or not isinstance(self.is_, int):
            raise PolicyError(f"{self.key} 不是整数")
        return self.is_

    @property
    def text(self) -> str:
        """The value as text."""
        if not isinstance(self.is_, str):
            raise PolicyError(f"{self.key} 不是文本")
        return self.is_

    @property
    def texts(self) -> tuple[str, ...]:
        """The value as a list of texts."""
        if not isinstance(self.is_, tuple):
            raise PolicyError(f"{self.key} 不是列表")
        return self.is_

    @property
    def flag(self) -> bool:
        """The value as yes or no."""
        if not isinstance(self.is_, bool):
            raise PolicyError(f"{self.key} 不是是否值")
        return self.is_


@dataclass(frozen=True, slots=True)
class Missing:
    """A value that rules need and that is not in force in some months (first days, sorted)."""

    key: str
    title: str
    dims: Dims
    months: tuple[date, ...]

    @property
    def text(self) -> str:
        """For a clerk: `低保标准(dibao.standard,城市)2020-01 至 2020-03 无有效值`."""
        inside = ",".join((self.key, *(setting for _, setting in self.dims)))
        runs = "、".join(_runs(self.months))
        return f"{self.title}({inside}){runs} 无有效值"


@dataclass(frozen=True, slots=True)
class Step:
    """One line of an explanation: what a level says about a key on a day, and whether that is what counts."""

    level: Level
    value: Value | None
    wins: bool


Span = tuple[date, date | None, Value]


def resolve(ranked: Sequence[Value]) -> list[Span]:
    """Cut the time line into spans, each with the value that wins there.

    Args:
        ranked: values of one key and one set of dimensions, the strongest first.

    Returns:
        Spans `(from, to, value)` by date, without overlap; days on which nothing is in force are left out.
    """
    cuts = sorted({value.from_ for value in ranked} | {end for value in ranked if (end := after(value.to_))})
    spans: list[Span] = []
    for start, following in pairwise([*cuts, None]):
        winner = next((value for value in ranked if start is not None and value.covers(start)), None)
        if start is None or winner is None:
            continue
        # A cut by a weaker value inside a stronger one divides nothing: the stronger span goes on.
        goes_on = bool(spans) and spans[-1][2] is winner and after(spans[-1][1]) == start
        begin = spans.pop()[0] if goes_on else start
        spans.append((begin, following - timedelta(days=1) if following else None, winner))
    return spans


def after(day: date | None) -> date | None:
    """The day after the last day of a span; None for an open one."""
    return day + timedelta(days=1) if day else None


def _runs(months: Sequence[date]) -> list[str]:
    """Consecutive months folded: `2020-01 至 2020-03`."""
    runs: list[list[date]] = []
    for month in months:
        if runs and (runs[-1][1].year * 12 + runs[-1][1].month + 1) == month.year * 12 + month.month:
            runs[-1][1] = month
        else:
            runs.append([month, month])
    return [f"{a:%Y-%m}" if a == b else f"{a:%Y-%m} 至 {b:%Y-%m}" for a, b in runs]
