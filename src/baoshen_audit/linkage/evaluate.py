"""How good a set of links is, against the truth."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import polars as pl

from baoshen_audit.linkage.links import Links

__all__ = ["Evaluation", "evaluate"]

_THRESHOLDS: Final = [x / 2 for x in range(-20, 81)]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Links against the truth.

    Attributes:
        precision: Share of links that are true.
        recall: Share of true pairs that are linked.
        f1: Harmonic mean of both.
        best_f1: The highest F1 any threshold on the score would give.
        best_threshold: That threshold, bits.
        review: Pairs left for review, and how many of them are true.
        by_kind: ``kind``, ``pairs``, ``linked``, ``recall`` per kind of damage, where the truth names kinds.
        false: False links per kind of hard negative: ``kind``, ``pairs``, ``linked``, ``share``.
    """

    precision: float
    recall: float
    f1: float
    best_f1: float
    best_threshold: float
    review: tuple[int, int]
    by_kind: pl.DataFrame
    false: pl.DataFrame


def evaluate(links: Links | pl.DataFrame, truth: pl.DataFrame, hard: pl.DataFrame | None = None) -> Evaluation:
    """Compare links with the truth.

    Args:
        links: What :func:`baoshen_audit.linkage.link` gave, or the pairs of any other tool: ``left_id``, ``right_id``,
            ``score``, ``decision``; within one table in the order of the truth.
        truth: All true pairs, ``left_id``, ``right_id`` and optionally ``kind``; either order within one table.
        hard: Pairs of different people that look alike, same columns, or None.

    Returns:
        Precision, recall and what they hide.
    """
    within = isinstance(links, Links) and links.entities is not None
    found = links.pairs if isinstance(links, Links) else links
    true = _keyed(truth, within=within)
    pairs = _keyed(found, within=within).join(
        true.select("left_id", "right_id", true=pl.lit(value=True)), on=["left_id", "right_id"], how="left"
    )
    pairs = pairs.with_columns(pl.col("true").fill_null(value=False))
    linked = pairs.filter(pl.col("decision") == "link")
    hits = int(linked["true"].sum())
    precision, recall = hits / max(linked.height, 1), hits / max(true.height, 1)
    shown = pairs.filter(pl.col("decision") == "review")
    best = max((_f1_at(pairs, t, true.height), -t) for t in _THRESHOLDS)
    return Evaluation(
        precision,
        recall,
        _f1(hits, linked.height, true.height),
        best[0],
        -best[1],
        (shown.height, int(shown["true"].sum())),
        _by_kind(true, linked),
        _by_kind(_keyed(hard, within=within), linked).rename({"recall": "share"})
        if hard is not None
        else pl.DataFrame(),
    )


def _keyed(pairs: pl.DataFrame, *, within: bool) -> pl.DataFrame:
    if not within:
        return pairs
    low, high = pl.min_horizontal("left_id", "right_id"), pl.max_horizontal("left_id", "right_id")
    return pairs.with_columns(left_id=low, right_id=high)


def _f1(hits: int, linked: int, true: int) -> float:
    return 2 * hits / max(linked + true, 1)


def _f1_at(pairs: pl.DataFrame, threshold: float, true: int) -> float:
    over = pairs.filter(pl.col("score") >= threshold)
    return _f1(int(over["true"].sum()), over.height, true)


def _by_kind(pairs: pl.DataFrame, linked: pl.DataFrame) -> pl.DataFrame:
    if "kind" not in pairs.columns:
        pairs = pairs.with_columns(kind=pl.lit("all"))
    found = pairs.join(
        linked.select("left_id", "right_id", hit=pl.lit(value=True)), on=["left_id", "right_id"], how="left"
    )
    return (
        found.group_by("kind")
        .agg(pairs=pl.len(), linked=pl.col("hit").is_not_null().sum())
        .with_columns(recall=pl.col("linked") / pl.col("pairs"))
        .sort("pairs", "kind", descending=[True, False])
    )
