"""What to link by: a LinkSpec says which columns, blocks, comparisons, thresholds and vetoes make a link.

A spec knows the data, the machinery does not: the same machinery links resident registers
(:func:`baoshen_audit.linkage.people.people`) and Western lists. Prepared frames carry ``row`` (UInt32, the position in
the caller's frame) and whatever columns ``prepare`` makes; pair frames carry each compared column twice, as
``<column>_l`` and ``<column>_r``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Final, Literal

import polars as pl

__all__ = [
    "ROW",
    "Block",
    "Cap",
    "Ceiling",
    "Comparison",
    "Count",
    "Level",
    "LinkSpec",
    "PerRow",
    "Sides",
    "Tier",
    "Veto",
    "key",
]

ROW: Final = pl.int_range(pl.len(), dtype=pl.UInt32).alias("row")
"""The position of each row in its table: the first column of a prepared frame."""

_SPREAD: Final = 6_364_136_223_846_793_005
"""Spreads the parts of a key over 64 bits; products that leave them wrap."""

KeyMaker = Callable[[pl.DataFrame], pl.DataFrame]
"""Prepared frame → ``row`` and ``key``; several rows for one row are several keys, null keys pair nothing."""

Sides = Literal["none", "left", "right", "both"]
"""Which tables are registers: a record of theirs has one partner at most."""


@dataclass(frozen=True, slots=True)
class Count:
    """u counted in the data: the share of rows of the larger table that hold the pair's value.

    Attributes:
        column: Prepared column whose values are counted.
        minus: A finer column whose count is taken off (same sound *but* another writing).
        bits: No more than this many bits for one agreement, whatever the count.
    """

    column: str
    minus: str | None = None
    bits: float = 40.0


@dataclass(frozen=True, slots=True)
class PerRow:
    """u as an expected number of chance agreements of one record with the whole other table.

    Attributes:
        expected: Records of other people that agree so, on average.
    """

    expected: float


@dataclass(frozen=True, slots=True)
class Level:
    """One outcome of a comparison.

    Attributes:
        code: What the comparison returns for it, 0 or more.
        words: Chinese words of the reason.
        words_en: English words.
        m: Share of true pairs with this outcome (prior where it is learned).
        u: Share of other pairs with it.
        learned: Whether m is replaced by the share counted among pairs with equal identifiers.
    """

    code: int
    words: str
    words_en: str
    m: float
    u: float | Count | PerRow
    learned: bool = False


@dataclass(frozen=True, slots=True)
class Comparison:
    """One field of evidence.

    Attributes:
        name: Short English name; the level column of pair frames is called so.
        title: Chinese name shown in explanations.
        columns: Prepared columns the classifier needs.
        classify: Pair frame → level codes (integers), null where there is no evidence either way.
        levels: Every code it can return.
        same: A prepared column and the code of equal values in it; ``classify`` is asked about the other pairs only.
        costly: Judged last, and only for pairs it could still lift to a review; m and u of its levels are given.
        detail: Values of both sides (in the order of ``columns``, left then right) → a Chinese and an English remark.
    """

    name: str
    title: str
    columns: tuple[str, ...]
    classify: Callable[[pl.DataFrame], pl.Series]
    levels: tuple[Level, ...]
    detail: Callable[[tuple[object, ...], tuple[object, ...]], tuple[str, str]] | None = None
    same: tuple[str, int] | None = None
    costly: bool = False

    def __post_init__(self) -> None:
        """A costly comparison is not seen when shares are counted.

        Raises:
            ValueError: If its levels are to be counted or learned.
        """
        if self.costly and any(level.learned or not isinstance(level.u, float) for level in self.levels):
            raise ValueError(f"a costly comparison needs given shares: {self.name}")


@dataclass(frozen=True, slots=True)
class Block:
    """One way candidates are found: an equi-join of keys.

    Attributes:
        name: Shown in notes and reasons.
        left: Keys of the left table.
        right: Keys of the right table; the left maker where None.
        identified: Whether pairs whose records both carry a trusted identifier are of interest.
        cap: Most pairs one key may give; keys beyond it are left out and reported.
        mirror: The block is another one turned round and of no use within one table.
        star: Beyond the cap, keep each record with the first of the other side instead of leaving the key out.
    """

    name: str
    left: KeyMaker
    right: KeyMaker | None = None
    identified: bool = False
    cap: int = 1_000
    mirror: bool = False
    star: bool = False


@dataclass(frozen=True, slots=True)
class Cap:
    """Fields that tell the same fact (a household's address, phone and village) count together up to a limit.

    Attributes:
        names: Comparisons.
        bits: Most positive bits they give together.
        when: Only where this holds (an expression over level and bits columns); always where None.
    """

    names: tuple[str, ...]
    bits: float
    when: pl.Expr | None = None


@dataclass(frozen=True, slots=True)
class Ceiling:
    """A bound on the score, read off pairs of which the truth is known.

    Where both records carry a trusted identifier, equal or different, the data tell how often records that agree in a
    certain way are one entity. Namesakes born on one day, twins and siblings are not chance agreements, and no product
    of frequencies sees them coming; their share among identified pairs does.

    Attributes:
        pattern: Expressions over level and bits columns that say in which way a pair agrees.
        when: Which pairs are bounded; the others have evidence of their own.
        slack: Bits left above the odds counted: records that lost their identifier are more often a second entry of
            somebody than records that kept it.
    """

    pattern: tuple[pl.Expr, ...]
    when: pl.Expr
    slack: float = 2.0


@dataclass(frozen=True, slots=True)
class Veto:
    """What no score may overrule.

    Attributes:
        when: Expression over the level columns (named like the comparisons), ``<name>_bits`` and ``score``.
        decision: The best decision left.
        words: Chinese reason.
        words_en: English reason.
    """

    when: pl.Expr
    decision: Literal["review", "reject"]
    words: str
    words_en: str


@dataclass(frozen=True, slots=True)
class Tier:
    """A tier and the condition (over level columns) under which a pair has it; the first that holds wins."""

    name: str
    when: pl.Expr


@dataclass(frozen=True, slots=True)
class LinkSpec:
    """Everything the machinery needs to know.

    Attributes:
        prepare: The caller's tables, one or two → of each :data:`ROW` and the prepared columns, one row per row in the
            same order; and notes.
        blocks: Ways to find candidates.
        comparisons: Fields of evidence.
        identifier: Prepared column with a trusted identifier (null where there is none), or None. Two different ones
            are two entities: they never meet in one cluster.
        caps: Correlated evidence.
        ceiling: Bound from identified pairs, or None.
        vetoes: In order; all apply.
        tiers: In order; pairs that meet none get the last tier's name.
        share: Expected share of left records with a partner (the prior is ``log2(share / rows of the right table)``).
        accept: Bits from which a pair is linked; 3 bits are odds of 8 to 1.
        review: Bits from which a pair is shown for review.
        margin: A record without identifier is linked only if no other candidate is this close (bits).
        one_to_one: Which sides may have one partner only.
    """

    prepare: Callable[[Sequence[pl.DataFrame]], list[tuple[pl.DataFrame, list[str]]]]
    blocks: tuple[Block, ...]
    comparisons: tuple[Comparison, ...]
    identifier: str | None = None
    caps: tuple[Cap, ...] = ()
    ceiling: Ceiling | None = None
    vetoes: tuple[Veto, ...] = ()
    tiers: tuple[Tier, ...] = ()
    share: float = 0.05
    accept: float = 3.0
    review: float = 0.0
    margin: float = 3.0
    one_to_one: Sides = "none"


def key(*columns: str, where: pl.Expr | None = None) -> KeyMaker:
    """A key of one or more prepared columns; null if any of them is.

    Args:
        *columns: Prepared columns.
        where: Only rows for which this holds.

    Returns:
        A key maker.
    """

    def make(frame: pl.DataFrame) -> pl.DataFrame:
        if not set(columns) <= set(frame.columns) or any(frame[c].null_count() == frame.height for c in columns):
            return pl.DataFrame(schema={"row": pl.UInt32, "key": pl.UInt64})
        # Planned as a whole: what is not looked at is not filtered.
        rows = frame.lazy() if where is None else frame.lazy().filter(where)
        if len(columns) == 1:
            return rows.select("row", key=columns[0]).collect()
        # One number joins faster than text and takes a third of the room; two keys that collide cost one comparison.
        first, *others = (_number(pl.col(c), frame.schema[c]) for c in columns)
        return rows.select("row", key=reduce(lambda key, number: key * _SPREAD + number, others, first)).collect()

    return make


def _number(column: pl.Expr, dtype: pl.DataType) -> pl.Expr:
    """A UInt64 for every value, null for null: integers and dates are numbers already, others are hashed."""
    if dtype == pl.UInt64:
        return column
    if dtype.is_integer() or dtype.is_temporal():
        return column.to_physical().cast(pl.Int64).reinterpret(signed=False)
    return pl.when(column.is_not_null()).then(column.hash())
