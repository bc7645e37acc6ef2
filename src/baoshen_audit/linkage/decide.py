"""Decisions: thresholds, vetoes, rivals, one-to-one. Every demotion leaves its reason."""

from __future__ import annotations

import polars as pl

from baoshen_audit.engine.lookup import tally
from baoshen_audit.linkage.spec import LinkSpec

__all__ = ["decide"]

RIVAL = "另有相近候选"
RIVAL_EN = "another candidate is as close"
TAKEN = "对方已与更近者关联"
TAKEN_EN = "the partner is linked to a closer record"
DECISIONS = ("reject", "review", "link")
"""From the worst to the best."""


def decide(scored: pl.DataFrame, left: pl.DataFrame, right: pl.DataFrame, spec: LinkSpec) -> pl.DataFrame:
    """Link, review or drop every scored pair.

    Args:
        scored: Pairs with levels, bits and score, sorted by ``l`` and ``r``.
        left: Prepared frame, row i at position i.
        right: Prepared frame, row i at position i.
        spec: Thresholds, vetoes, tiers.

    Returns:
        The pairs kept, with ``decision`` (``link`` or ``review``), ``tier``, ``remark`` and ``remark_en`` (why a score
        was overruled, else null), in their order.
    """
    # Decisions and remarks are numbers until the end: text takes several times as long to write.
    frame = scored.with_columns(
        decision=pl.sum_horizontal((pl.col("score") >= bits).cast(pl.Int8) for bits in (spec.review, spec.accept)),
        remark=pl.lit(None, pl.Int8),
    )
    remarks = [(veto.words, veto.words_en) for veto in spec.vetoes]
    # Planned together, so that what several ask for is reckoned once.
    vetoed = frame.lazy().select(veto.when.fill_null(value=False).alias(veto.words) for veto in spec.vetoes).collect()
    for at, (veto, hits) in enumerate(zip(spec.vetoes, vetoed, strict=True)):
        frame = _demote(frame, hits, DECISIONS.index(veto.decision), at)
    frame = frame.filter(pl.col("decision") > 0)
    if spec.identifier is not None:
        known = left[spec.identifier][frame["l"]], right[spec.identifier][frame["r"]]
        frame = _rivals(frame, known, spec.margin, len(remarks))
    if spec.one_to_one in ("left", "both"):
        frame = _single(frame, "l", len(remarks) + 1)
    if spec.one_to_one in ("right", "both"):
        frame = _single(frame, "r", len(remarks) + 1)
    words, english = zip(*remarks, (RIVAL, RIVAL_EN), (TAKEN, TAKEN_EN), strict=True)
    remark = frame["remark"].cast(pl.UInt32)
    return frame.with_columns(
        decision=pl.Series(DECISIONS)[frame["decision"].cast(pl.UInt32)],
        tier=_tiers(frame, spec),
        remark=pl.Series(words)[remark],
        remark_en=pl.Series(english)[remark],
    )


def _demote(frame: pl.DataFrame, hits: pl.Series, decision: int, remark: int) -> pl.DataFrame:
    """Lower the decision where it is higher, and say why."""
    at = (hits & (frame["decision"] > decision)).arg_true()
    return frame.with_columns(frame["decision"].scatter(at, decision), frame["remark"].scatter(at, remark))


def _tiers(frame: pl.DataFrame, spec: LinkSpec) -> pl.Series:
    names = [tier.name for tier in spec.tiers] or [""]
    place = pl.lit(len(names) - 1, pl.UInt32)
    for at, tier in reversed(list(enumerate(spec.tiers))):
        place = pl.when(tier.when.fill_null(value=False)).then(pl.lit(at, pl.UInt32)).otherwise(place)
    return pl.Series(names)[frame.select("l", place=place)["place"]]


def _rivals(frame: pl.DataFrame, known: tuple[pl.Series, pl.Series], margin: float, remark: int) -> pl.DataFrame:
    """A record without identifier is one person: only its best identified partner may keep it, and only clearly."""
    for row, (own, partner) in (("l", known), ("r", known[::-1])):
        at = (own.is_null() & partner.is_not_null()).arg_true()
        # One pair has no rival.
        several = tally(frame[row][at]).filter(pl.col("n") > 1)["value"]
        at = at.filter(frame[row][at].is_in(several.implode()))
        stake = pl.DataFrame({"row": frame[row][at], "partner": partner[at], "sum": frame["sum"][at]})
        best = stake.group_by("row", "partner").agg(top=pl.col("sum").max())
        rank = best.sort(["row", "top", "partner"], descending=[False, True, False]).with_columns(
            place=pl.int_range(pl.len()).over("row"), first=pl.col("top").max().over("row")
        )
        second = rank.filter(pl.col("place") == 1).select("row", close=pl.col("first") - pl.col("top") < margin)
        judged = rank.join(second, on="row", how="left").select(
            "row", "partner", lost=(pl.col("place") > 0) | pl.col("close").fill_null(value=False)
        )
        lost = stake.join(judged, on=["row", "partner"], how="left", maintain_order="left")["lost"]
        hits = pl.repeat(value=False, n=frame.height, eager=True).scatter(at, lost)
        frame = _demote(frame, hits, DECISIONS.index("review"), remark)
    return frame


def _single(frame: pl.DataFrame, row: str, remark: int) -> pl.DataFrame:
    """One partner for each record of a side: the highest score, ties by row."""
    linked = pl.col("decision") == DECISIONS.index("link")
    ranked = frame.sort([row, linked, "score", "l", "r"], descending=[False, True, True, False, False])
    taken = ranked.select(pl.int_range(pl.len()).over(row) > 0).to_series()
    return _demote(ranked, taken, DECISIONS.index("review"), remark).sort("l", "r")
