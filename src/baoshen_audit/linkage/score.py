"""Scores: the sum over the fields of log2(m/u), with u counted in the data and m from pairs with equal identifiers.

The prior ``log2(share / N)`` moves with the size of the tables, so one threshold in bits holds for twenty thousand rows
as for ten million: a name that is rare among few is common among many, and both its u and the prior say so.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import polars as pl

from baoshen_audit.linkage.parallel import side_by_side
from baoshen_audit.linkage.spec import Cap, Ceiling, Comparison, Count, LinkSpec, PerRow

__all__ = ["Model", "bits_column", "bound", "classify", "count", "fit", "promising", "score"]

PRIOR_PAIRS: Final = 300
"""Weight of a prior m against counted pairs: with as many equal-identifier pairs, both count half."""

LEAST_EQUAL: Final = 30
"""Fewest equal-identifier pairs from which the share of true pairs is counted instead of taken from the spec."""


Counts = dict[str, tuple[pl.Series, pl.Series]]


@dataclass(frozen=True, slots=True)
class Model:
    """What was counted in the data at hand.

    Attributes:
        rows: Rows of the larger table.
        counts: Per counted column, how many rows of the larger table hold the value of each left and each right row
            (Float32, aligned with the prepared tables; 0 for rows that no pair needed).
        m: Share of true pairs per comparison and level code.
        pairs: Pairs with equal identifiers that m was counted on.
        prior: log2 of the share of true pairs among all pairs.
    """

    rows: int
    counts: Counts
    m: dict[str, dict[int, float]]
    pairs: int
    prior: float

    def with_counts(self, counts: Counts) -> Model:
        """The same model for other pairs.

        Args:
            counts: What :func:`count` gave for them.

        Returns:
            A model with these counts.
        """
        return replace(self, counts=counts)


def bits_column(name: str) -> str:
    """The column of a comparison's bits.

    Args:
        name: Comparison.

    Returns:
        Column name.
    """
    return f"{name}_bits"


def classify(
    pairs: pl.DataFrame, left: pl.DataFrame, right: pl.DataFrame, comparisons: Sequence[Comparison]
) -> pl.DataFrame:
    """Attach the level of comparisons.

    Args:
        pairs: ``l``, ``r`` and whatever else.
        left: Prepared frame, row i at position i.
        right: Prepared frame, row i at position i.
        comparisons: What to compare.

    Returns:
        The pairs with one Int16 column per comparison.
    """
    # A field one table does not have speaks for no pair: do not even fetch it.
    live = [c for c in comparisons if len(c.columns) > 1 or not (_void(left, c) or _void(right, c))]
    if not live:
        return pairs.with_columns(pl.lit(None, pl.Int16).alias(c.name) for c in comparisons)

    def fetch(columns: Sequence[str], rows: pl.DataFrame) -> pl.DataFrame:
        one = left.select(columns)[rows["l"]].rename(lambda c: f"{c}_l")
        other = right.select(columns)[rows["r"]].rename(lambda c: f"{c}_r")
        return pl.concat([one, other], how="horizontal")

    def level(comparison: Comparison) -> pl.Series:
        if comparison not in live:
            return pl.repeat(None, pairs.height, dtype=pl.Int16, eager=True).alias(comparison.name)
        if comparison.same is None:
            return comparison.classify(fetch(comparison.columns, pairs)).cast(pl.Int16).alias(comparison.name)
        # Most pairs hold one value twice; what the others hold is fetched for them alone.
        column, code = comparison.same
        equal = (left[column][pairs["l"]] == right[column][pairs["r"]]).fill_null(value=False)
        at = (~equal).arg_true()
        codes = pl.repeat(code, pairs.height, dtype=pl.Int16, eager=True)
        return codes.scatter(at, comparison.classify(fetch(comparison.columns, pairs[at]))).alias(comparison.name)

    return pl.concat([pairs, pl.DataFrame(side_by_side(level, comparisons))], how="horizontal")


def _void(frame: pl.DataFrame, comparison: Comparison) -> bool:
    column = frame[comparison.columns[0]]
    return column.null_count() == len(column)


def fit(classified: pl.DataFrame, left: pl.DataFrame, right: pl.DataFrame, spec: LinkSpec, equal: pl.Series) -> Model:
    """Count u and m.

    Args:
        classified: Pairs with levels (:func:`classify`).
        left: Prepared frame.
        right: Prepared frame.
        spec: What was compared.
        equal: Boolean per pair: both sides carry the same trusted identifier.

    Returns:
        The counts.
    """
    counts = count(classified, left, right, spec)
    sure = classified.filter(equal)
    m = {
        c.name: {level.code: level.m for level in c.levels} if c.costly else _shares(sure[c.name], c)
        for c in spec.comparisons
    }
    rows = max(left.height, right.height)
    prior = _prior(left, right, spec, sure.height, within=left is right)
    return Model(rows, counts, m, sure.height, prior)


def count(pairs: pl.DataFrame, left: pl.DataFrame, right: pl.DataFrame, spec: LinkSpec) -> Counts:
    """Count, in the larger table, the values that pairs hold.

    Args:
        pairs: Pairs with levels (:func:`classify`); a comparison without a level yet counts nothing.
        left: Prepared frame, row i at position i.
        right: Prepared frame, row i at position i.
        spec: What was compared.

    Returns:
        Per counted column, the counts of left and of right rows (:class:`Model`).
    """
    larger = right if right.height >= left.height else left

    def of(column: str, used: list[pl.Expr]) -> tuple[pl.Series, pl.Series]:
        # Only pairs whose outcome rests on this count: few names are alike only in sound.
        rows = pairs.filter(pl.any_horizontal(used)).select("l", "r")
        if left is right:
            sides = [(left, pl.concat([rows["l"], rows["r"]]).unique())]
        else:
            sides = [(left, rows["l"].unique()), (right, rows["r"].unique())]
        values = [frame[column][at] for frame, at in sides]
        met = pl.concat(values).drop_nulls().unique()
        held = larger.select(value=column).join(met.to_frame("value"), on="value", how="semi")
        held = held.group_by("value").agg(n=pl.len().cast(pl.Float32))
        found = [_spread(v, held, at, frame.height) for v, (frame, at) in zip(values, sides, strict=True)]
        return found[0], found[-1]

    counted = _counted(spec)
    return dict(zip(counted, side_by_side(lambda column: of(column, counted[column]), counted), strict=True))


def _spread(values: pl.Series, held: pl.DataFrame, rows: pl.Series, height: int) -> pl.Series:
    """The counts of some rows' values, at their places among all rows."""
    found = values.to_frame("value").join(held, on="value", how="left", maintain_order="left")["n"].fill_null(0)
    return pl.zeros(height, dtype=pl.Float32, eager=True).scatter(rows, found)


def score(classified: pl.DataFrame, spec: LinkSpec, model: Model) -> pl.DataFrame:
    """Attach bits and the score.

    Args:
        classified: Pairs with levels (:func:`classify`).
        spec: What was compared.
        model: What was counted.

    Returns:
        ``l``, ``r``, ``block``, levels, one Float64 ``<name>_bits`` per comparison (0 without evidence), ``score``
        (Float64, bits, rounded to 0.01 so that no threshold hangs on the last digit of a float) and ``sum``, the same
        before any :func:`bound`, by which candidates of one record are ranked.
    """
    frame = classified.with_columns(
        counts[at][classified[side]].cast(pl.Float64).alias(f"{column}#{side}")
        for column, counts in model.counts.items()
        for at, side in enumerate("lr")
    )
    frame = frame.with_columns(
        _bits(comparison, model).alias(bits_column(comparison.name)) for comparison in spec.comparisons
    )
    for cap in spec.caps:
        frame = frame.with_columns(_capped(cap))
    total = pl.sum_horizontal(bits_column(comparison.name) for comparison in spec.comparisons) + model.prior
    kept = [c for c in frame.columns if "#" not in c]
    return frame.select(*kept, score=total.round(2), sum=total.round(2))


def promising(classified: pl.DataFrame, spec: LinkSpec, model: Model) -> pl.Series:
    """Which pairs could reach a review yet, whatever the costly comparisons say.

    Args:
        classified: Pairs with the levels of all other comparisons.
        spec: What is compared.
        model: What was counted.

    Returns:
        Boolean per pair.
    """
    costly = [comparison for comparison in spec.comparisons if comparison.costly]
    blank = classified.with_columns(pl.lit(None, pl.Int16).alias(comparison.name) for comparison in costly)
    most = sum(max(math.log2(v.m / v.u) for v in c.levels if isinstance(v.u, float)) for c in costly)
    return score(blank, spec, model)["score"] + most >= spec.review


def bound(scored: pl.DataFrame, ceiling: Ceiling, equal: pl.Series, known: pl.Series) -> pl.DataFrame:
    """Lower scores to what identified pairs of the same pattern bear out.

    Args:
        scored: Pairs with levels, bits and score.
        ceiling: Pattern and scope.
        equal: Boolean per pair: the same identifier on both sides.
        known: Boolean per pair: an identifier on both sides.

    Returns:
        The pairs, ``score`` bounded by ``log2`` of the odds counted, plus the slack; a pattern with less than three
        known false pairs bounds nothing.
    """
    names = [f"_p{i}" for i in range(len(ceiling.pattern))]
    frame = scored.with_columns(
        *(expr.alias(name) for expr, name in zip(ceiling.pattern, names, strict=True)), _equal=equal, _known=known
    )
    counted = frame.filter("_known").group_by(names).agg(same=pl.col("_equal").sum(), all=pl.len())
    odds = counted.filter(pl.col("all") - pl.col("same") >= 3).select(
        *names, _odds=((pl.col("same") + 0.5) / (pl.col("all") - pl.col("same") + 0.5)).log(2).round(2)
    )
    frame = frame.join(odds, on=names, how="left", nulls_equal=True, maintain_order="left")
    hit = ceiling.when.fill_null(value=False) & ~pl.col("_known")
    lowered = (
        pl.when(hit).then(pl.min_horizontal("score", (pl.col("_odds") + ceiling.slack).round(2))).otherwise("score")
    )
    return frame.with_columns(score=lowered).drop(*names, "_equal", "_known", "_odds")


def _prior(left: pl.DataFrame, right: pl.DataFrame, spec: LinkSpec, equal: int, *, within: bool) -> float:
    """How many of all pairs are true: as among records with identifiers, where enough of those meet.

    A feed about everybody and a feed about few differ a hundredfold in what one more agreement is worth; records whose
    identifier is damaged have partners as often as the others.
    """
    expected = spec.share / max(left.height, right.height, 1)
    if spec.identifier is not None and equal >= LEAST_EQUAL:
        one, other = (frame.height - frame[spec.identifier].null_count() for frame in (left, right))
        expected = equal / (one * (one - 1) / 2 if within else one * other)
    return math.log2(expected)


def _counted(spec: LinkSpec) -> dict[str, list[pl.Expr]]:
    """Columns that are counted, and which outcomes need the count."""
    found: dict[str, list[pl.Expr]] = {}
    for comparison in spec.comparisons:
        for level in comparison.levels:
            u = level.u
            for column in (u.column, u.minus) if isinstance(u, Count) else ():
                if column is not None:
                    found.setdefault(column, []).append(pl.col(comparison.name) == level.code)
    return dict(sorted(found.items()))


def _shares(levels: pl.Series, comparison: Comparison) -> dict[int, float]:
    """Shares m per level: the learned ones counted and drawn towards the priors, the others as they are."""
    learned = [level for level in comparison.levels if level.learned]
    seen = dict(levels.drop_nulls().value_counts(sort=False).iter_rows())
    total = sum(seen.get(level.code, 0) for level in learned)
    shares = {level.code: level.m for level in comparison.levels}
    mass = sum(level.m for level in learned)
    for level in learned:
        shares[level.code] = mass * (seen.get(level.code, 0) + PRIOR_PAIRS * level.m / mass) / (total + PRIOR_PAIRS)
    return shares


def _bits(comparison: Comparison, model: Model) -> pl.Expr:
    expr = pl.lit(0.0)
    for level in comparison.levels:
        m = model.m[comparison.name][level.code]
        if isinstance(level.u, Count):
            bits = pl.min_horizontal(_counted_bits(m, level.u, model), pl.lit(level.u.bits))
        else:
            u = level.u.expected / max(model.rows, 1) if isinstance(level.u, PerRow) else level.u
            bits = pl.lit(math.log2(m / u))
        expr = pl.when(pl.col(comparison.name) == level.code).then(bits).otherwise(expr)
    return expr.round(2)


def _counted_bits(m: float, u: Count, model: Model) -> pl.Expr:
    """log2(m/u) with u counted: the more frequent of the two sides' values, at least one row."""
    n = pl.max_horizontal(f"{u.column}#l", f"{u.column}#r")
    if u.minus is not None:
        n = n - pl.min_horizontal(f"{u.minus}#l", f"{u.minus}#r")
    return (m * model.rows / pl.max_horizontal(n, pl.lit(1.0))).log(2)


def _capped(cap: Cap) -> list[pl.Expr]:
    columns = [bits_column(name) for name in cap.names]
    gain = pl.sum_horizontal(pl.col(c).clip(lower_bound=0) for c in columns)
    factor = pl.when(gain > cap.bits).then(cap.bits / gain).otherwise(1.0)
    if cap.when is not None:
        factor = pl.when(cap.when.fill_null(value=False)).then(factor).otherwise(1.0)
    return [pl.when(pl.col(c) > 0).then((pl.col(c) * factor).round(2)).otherwise(pl.col(c)).alias(c) for c in columns]
