"""Candidate pairs: equi-joins of block keys, each pair once, nothing left out in silence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from baoshen_audit.engine.lookup import tally
from baoshen_audit.linkage.parallel import side_by_side
from baoshen_audit.linkage.spec import Block

__all__ = ["Capped", "candidates"]


@dataclass(frozen=True, slots=True)
class Capped:
    """What a block left out.

    Attributes:
        block: Name of the block.
        keys: Keys with more pairs than the cap.
        pairs: Pairs these keys would have given.
        starred: Whether each record was still paired with one of the other side.
    """

    block: str
    keys: int
    pairs: int
    starred: bool


def candidates(
    left: pl.DataFrame, right: pl.DataFrame | None, blocks: Sequence[Block], identifier: str | None
) -> tuple[pl.DataFrame, list[Capped]]:
    """All pairs the blocks propose.

    Args:
        left: Prepared frame with ``row``.
        right: Another, or None to pair the left one with itself.
        blocks: Ways to find candidates.
        identifier: Column with trusted identifiers, or None.

    Returns:
        ``l``, ``r`` (UInt32 rows; ``l < r`` within one frame) and ``block`` (Int16, index of the first block that
        proposed the pair), sorted by ``l`` and ``r``; and what was capped.
    """
    within = right is None
    other = left if right is None else right
    used = [(at, block) for at, block in enumerate(blocks) if not (within and block.mirror)]
    width, many = max(other.height, 1), len(blocks)

    def proposed(numbered: tuple[int, Block]) -> tuple[pl.DataFrame, list[Capped]]:
        # A pair and its block as one number: numbers are sorted in a tenth of the time it takes to group them, and the
        # first of equal pairs is that of the first block.
        at, block = numbered
        pairs, over = _block(left, other, block, identifier, within=within)
        return pairs.select(every=(pl.col("l").cast(pl.Int64) * width + pl.col("r")) * many + at), over

    found = side_by_side(proposed, used)
    capped = [
        Capped(block.name, sum(o.keys for o in over), sum(o.pairs for o in over), block.star)
        for (_, block), (_, over) in zip(used, found, strict=True)
        if over
    ]
    every = pl.concat([pl.DataFrame(schema={"every": pl.Int64}), *(pairs for pairs, _ in found)]).sort("every")
    pair = pl.col("every") // many
    every = every.filter(pair != pair.shift(1, fill_value=-1))
    # Places of rows, in the type that columns are read by.
    rows = {"l": (pair // width).cast(pl.UInt32), "r": (pair % width).cast(pl.UInt32)}
    return every.select(**rows, block=(pl.col("every") % many).cast(pl.Int16)), capped


def _block(
    left: pl.DataFrame, right: pl.DataFrame, block: Block, identifier: str | None, *, within: bool
) -> tuple[pl.DataFrame, list[Capped]]:
    alone = within and block.right is None
    one = block.left(left)
    other = one if alone else (block.right or block.left)(right)
    if identifier is None or block.identified:
        # Within one table a key of one row pairs nothing.
        sides = [(_met(one, _repeated(one)),) * 2 if alone else (one, other)]
    else:
        # At least one side without an identifier: joins on the few instead of one on the many. Within one table the
        # second join is the first turned round.
        known, known_other = (_known(t, k, identifier) for t, k in ((left, one), (right, other)))
        sides = [(one.filter(~known), other)]
        if not alone:
            sides.append((one.filter(known), other.filter(~known_other)))
    parts, capped = [pl.DataFrame(schema={"l": pl.UInt32, "r": pl.UInt32})], []
    for a, b in sides:
        if a.is_empty() or b.is_empty():
            continue
        pairs, over = _join(a.rename({"row": "l"}), b.rename({"row": "r"}), block)
        parts.append(pairs)
        capped += over
    pairs = pl.concat(parts)
    if within:
        low, high = pl.min_horizontal("l", "r"), pl.max_horizontal("l", "r")
        pairs = pairs.filter(pl.col("l") != pl.col("r")).select(l=low, r=high)
    return pairs, capped


def _known(frame: pl.DataFrame, keys: pl.DataFrame, identifier: str) -> pl.Series:
    """Whether the row of each key has an identifier; most key makers give one key a row, in the order of rows."""
    known = frame[identifier].is_not_null()
    return known if keys["row"].equals(frame["row"]) else known[keys["row"]]


def _join(one: pl.DataFrame, other: pl.DataFrame, block: Block) -> tuple[pl.DataFrame, list[Capped]]:
    # Keep only keys both sides have before counting. The longer side is looked up in the shorter, never the other way
    # round before it has shrunk: the rest of a long table never matters.
    if one.height > other.height:
        one = _met(one, other)
        other = _met(other, one)
    else:
        other = _met(other, one)
        one = _met(one, other)
    sizes = _over(tally(one["key"]), tally(other["key"]), block.cap)
    if sizes.is_empty():
        return _paired(one, other), []
    pairs = [_paired(one.join(sizes, on="key", how="anti"), other)]
    if block.star:
        big_one, big_other = _met(one, sizes), _met(other, sizes)
        pairs.append(_paired(big_one, big_other.group_by("key").agg(pl.col("r").min())))
        pairs.append(_paired(big_one.group_by("key").agg(pl.col("l").min()), big_other))
    return pl.concat(pairs), [Capped(block.name, sizes.height, int(sizes["pairs"].sum()), block.star)]


def _repeated(keys: pl.DataFrame) -> pl.DataFrame:
    return tally(keys["key"]).filter(pl.col("n") > 1).select(key="value")


def _met(keys: pl.DataFrame, others: pl.DataFrame) -> pl.DataFrame:
    """Rows whose key the others have; a set of numbers is asked in half the time of a join."""
    return keys.filter(pl.col("key").is_in(others["key"].implode()))


def _over(one: pl.DataFrame, other: pl.DataFrame, cap: int) -> pl.DataFrame:
    """Keys that give more pairs than the cap, and how many."""
    most = [int(side.select(pl.col("n").max().fill_null(0)).item()) for side in (one, other)]
    if most[0] * most[1] <= cap:
        return pl.DataFrame(schema={"key": one.schema["value"], "pairs": pl.Int64})
    both = one.join(other, on="value").select(key="value", pairs=pl.col("n") * pl.col("n_right"))
    return both.filter(pl.col("pairs") > cap)


def _paired(one: pl.DataFrame, other: pl.DataFrame) -> pl.DataFrame:
    """All pairs of rows with one key; planned as a whole, so that nothing else is carried along."""
    return one.lazy().join(other.lazy(), on="key").select("l", "r").collect()
