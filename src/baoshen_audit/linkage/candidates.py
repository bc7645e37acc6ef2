"""Candidate pairs: equi-joins of block keys, each pair once, nothing left out in silence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

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
        ``l``, ``r`` (Int64 rows; ``l < r`` within one frame) and ``block`` (Int16, index of the first block that
        proposed the pair), sorted by ``l`` and ``r``; and what was capped.
    """
    within = right is None
    other = left if right is None else right
    used = [(at, block) for at, block in enumerate(blocks) if not (within and block.mirror)]
    found = side_by_side(lambda one: _block(left, other, one[1], identifier, within=within), used)
    capped = [
        Capped(block.name, sum(o.keys for o in over), sum(o.pairs for o in over), block.star)
        for (_, block), (_, over) in zip(used, found, strict=True)
        if over
    ]
    # A pair as one number: sorted, deduplicated and held at a fraction of the cost.
    width = max(other.height, 1)
    packed = [
        pairs.select(pair=pl.col("l") * width + pl.col("r"), block=pl.lit(at, pl.Int16))
        for (at, _), (pairs, _) in zip(used, found, strict=True)
    ]
    empty = pl.DataFrame(schema={"pair": pl.Int64, "block": pl.Int16})
    every = pl.concat([empty, *packed]).group_by("pair").agg(pl.col("block").min()).sort("pair")
    return every.select(l=pl.col("pair") // width, r=pl.col("pair") % width, block="block"), capped


def _block(
    left: pl.DataFrame, right: pl.DataFrame, block: Block, identifier: str | None, *, within: bool
) -> tuple[pl.DataFrame, list[Capped]]:
    alone = within and block.right is None
    one = block.left(left)
    other = one if alone else (block.right or block.left)(right)
    if identifier is None or block.identified:
        # Within one table a key of one row pairs nothing.
        repeated = pl.col("key").is_duplicated() & pl.col("key").is_not_null()
        sides = [(one.filter(repeated),) * 2 if alone else (one, other)]
    else:
        # At least one side without an identifier: joins on the few instead of one on the many. Within one table the
        # second join is the first turned round.
        known, known_other = (_known(t[identifier], k) for t, k in ((left, one), (right, other)))
        sides = [(one.filter(~known), other)]
        if not alone:
            sides.append((one.filter(known), other.filter(~known_other)))
    parts, capped = [pl.DataFrame(schema={"l": pl.Int64, "r": pl.Int64})], []
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


def _known(identifier: pl.Series, keys: pl.DataFrame) -> pl.Series:
    """Whether the row of each key has an identifier; most key makers give one key a row, in the order of rows."""
    known = identifier.is_not_null()
    return known if keys["row"].equals(pl.int_range(len(known), eager=True)) else known[keys["row"]]


def _join(one: pl.DataFrame, other: pl.DataFrame, block: Block) -> tuple[pl.DataFrame, list[Capped]]:
    # Keep only keys both sides have before counting. The longer side is looked up in the shorter, never the other way
    # round before it has shrunk: the rest of a long table never matters.
    if one.height > other.height:
        one = one.join(other, on="key", how="semi")
        other = other.join(one, on="key", how="semi")
    else:
        other = other.join(one, on="key", how="semi")
        one = one.join(other, on="key", how="semi")
    sizes = (
        one.group_by("key")
        .agg(a=pl.len().cast(pl.Int64))
        .join(other.group_by("key").agg(b=pl.len().cast(pl.Int64)), on="key")
        .filter(pl.col("a") * pl.col("b") > block.cap)
    )
    if sizes.is_empty():
        return one.join(other, on="key").select("l", "r"), []
    pairs = [one.join(sizes, on="key", how="anti").join(other, on="key").select("l", "r")]
    if block.star:
        big_one = one.join(sizes, on="key", how="semi")
        big_other = other.join(sizes, on="key", how="semi")
        pairs.append(big_one.join(big_other.group_by("key").agg(pl.col("r").min()), on="key").select("l", "r"))
        pairs.append(big_one.group_by("key").agg(pl.col("l").min()).join(big_other, on="key").select("l", "r"))
    total = int(sizes.select((pl.col("a") * pl.col("b")).sum()).item())
    return pl.concat(pairs), [Capped(block.name, sizes.height, total, block.star)]
