"""Decisions: thresholds, vetoes, rivals, one-to-one. Every demotion leaves its reason."""

from __future__ import annotations

import polars as pl

from baoshen_audit.linkage.spec import LinkSpec

__all__ = ["decide"]

RIVAL = "另有相近候选"
RIVAL_EN = "another candidate is as close"
TAKEN = "对方已与更近者关联"
TAKEN_EN = "the partner is linked to a closer record"


def decide(scored: pl.DataFrame, left: pl.DataFrame, right: pl.DataFrame, spec: LinkSpec) -> pl.DataFrame:
    """Link, review or drop every scored pair.

    Args:
        scored: Pairs with levels, bits and score.
        left: Prepared frame, row i at position i.
        right: Prepared frame, row i at position i.
        spec: Thresholds, vetoes, tiers.

    Returns:
        The pairs kept, with ``decision`` (``link`` or ``review``), ``tier``, ``remark`` and ``remark_en`` (why a score
        was overruled, else null), sorted by ``l`` and ``r``.
    """
    frame = scored.with_columns(
        decision=pl.when(pl.col("score") >= spec.accept)
        .then(pl.lit("link"))
        .when(pl.col("score") >= spec.review)
        .then(pl.lit("review"))
        .otherwise(pl.lit("reject")),
        remark=pl.lit(None, pl.String),
        remark_en=pl.lit(None, pl.String),
    )
    for veto in spec.vetoes:
        hits = veto.when.fill_null(value=False) & (pl.col("decision") != "reject")
        if veto.decision == "review":
            hits &= pl.col("decision") == "link"
        frame = _demote(frame, hits, veto.decision, veto.words, veto.words_en)
    frame = frame.filter(pl.col("decision") != "reject")
    if spec.identifier is not None:
        frame = _rivals(frame, left, right, spec.identifier, spec.margin)
    if spec.one_to_one in ("left", "both"):
        frame = _single(frame, "l")
    if spec.one_to_one in ("right", "both"):
        frame = _single(frame, "r")
    return frame.with_columns(tier=_tier(spec)).sort("l", "r")


def _demote(frame: pl.DataFrame, hits: pl.Expr, decision: str, words: str, words_en: str) -> pl.DataFrame:
    return frame.with_columns(
        decision=pl.when(hits).then(pl.lit(decision)).otherwise("decision"),
        remark=pl.when(hits).then(pl.lit(words)).otherwise("remark"),
        remark_en=pl.when(hits).then(pl.lit(words_en)).otherwise("remark_en"),
    )


def _tier(spec: LinkSpec) -> pl.Expr:
    expr = pl.lit(spec.tiers[-1].name if spec.tiers else "")
    for tier in reversed(spec.tiers):
        expr = pl.when(tier.when.fill_null(value=False)).then(pl.lit(tier.name)).otherwise(expr)
    return expr


def _rivals(
    frame: pl.DataFrame, left: pl.DataFrame, right: pl.DataFrame, identifier: str, margin: float
) -> pl.DataFrame:
    """A record without identifier is one person: only its best identified partner may keep it, and only clearly."""
    frame = frame.with_columns(il=left[identifier][frame["l"]], ir=right[identifier][frame["r"]])
    for row, own, partner in (("l", "il", "ir"), ("r", "ir", "il")):
        at_stake = pl.col(own).is_null() & pl.col(partner).is_not_null()
        best = frame.filter(at_stake).group_by(row, partner).agg(top=pl.col("sum").max())
        rank = best.sort([row, "top", partner], descending=[False, True, False]).with_columns(
            place=pl.int_range(pl.len()).over(row), first=pl.col("top").max().over(row)
        )
        second = rank.filter(pl.col("place") == 1).select(row, close=pl.col("first") - pl.col("top") < margin)
        judged = rank.join(second, on=row, how="left").select(
            row, partner, lost=(pl.col("place") > 0) | pl.col("close").fill_null(value=False)
        )
        frame = frame.join(judged, on=[row, partner], how="left", maintain_order="left")
        hits = at_stake & pl.col("lost").fill_null(value=False) & (pl.col("decision") == "link")
        frame = _demote(frame, hits, "review", RIVAL, RIVAL_EN).drop("lost")
    return frame.drop("il", "ir")


def _single(frame: pl.DataFrame, row: str) -> pl.DataFrame:
    """One partner for each record of a side: the highest score, ties by row."""
    linked = pl.col("decision") == "link"
    ranked = frame.sort([row, linked, "score", "l", "r"], descending=[False, True, True, False, False])
    place = pl.int_range(pl.len()).over(row)
    return _demote(ranked.with_columns(place=place), linked & (pl.col("place") > 0), "review", TAKEN, TAKEN_EN).drop(
        "place"
    )
