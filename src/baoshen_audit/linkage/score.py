"""Scores: the sum over the fields of log2(m/u), with u counted in the data and m from pairs with equal identifiers.

The prior ``log2(share / N)`` moves with the size of the tables, so one threshold in bits holds for twenty thousand rows
as for ten million: a name that is rare among few is common among many, and both its u and the prior say so.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import polars as pl
from polars import selectors as cs

from baoshen_audit.engine.lookup import places, tally
from baoshen_audit.linkage.parallel import side_by_side
from baoshen_audit.linkage.spec import Cap, Ceiling, Comparison, Count, LinkSpec, PerRow

__all__ = ["Model", "bits_column", "bound", "classify", "count", "fit", "promising", "score", "silent", "wholes"]

PRIOR_PAIRS: Final = 300
"""Weight of a prior m against counted pairs: with as many equal-identifier pairs, both count half."""

_FEW: Final = 50
"""Where rows are as many times fewer than a table, only their values are counted in it."""

LEAST_EQUAL: Final = 30
"""Fewest equal-identifier pairs from which the share of true pairs is counted instead of taken from the spec."""


@dataclass(frozen=True, slots=True)
class Model:
    """What was counted in the data at hand.

    Attributes:
        rows: Rows of the larger table.
        m: Share of true pairs per comparison and level code.
        pairs: Pairs with equal identifiers that m was counted on.
        prior: log2 of the share of true pairs among all pairs.
    """

    rows: int
    m: dict[str, dict[int, float]]
    pairs: int
    prior: float


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

    def fetch(columns: Sequence[str], rows: pl.DataFrame) -> pl.DataFrame:
        one = left.select(columns)[rows["l"]].rename(lambda c: f"{c}_l")
        other = right.select(columns)[rows["r"]].rename(lambda c: f"{c}_r")
        return pl.concat([one, other], how="horizontal")

    def level(comparison: Comparison) -> pl.Series:
        if silent(comparison, left, right):
            return pl.repeat(None, pairs.height, dtype=pl.Int16, eager=True).alias(comparison.name)
        if comparison.same is None:
            return comparison.classify(fetch(comparison.columns, pairs)).cast(pl.Int16).alias(comparison.name)
        # Most pairs hold one value twice; what the others hold is fetched for them alone.
        column, code = comparison.same
        equal = (left[column][pairs["l"]] == right[column][pairs["r"]]).fill_null(value=False)
        at = (~equal).arg_true()
        codes = pl.repeat(code, pairs.height, dtype=pl.Int16, eager=True)
        return codes.scatter(at, comparison.classify(fetch(comparison.columns, pairs[at]))).alias(comparison.name)

    return pl.concat([pairs, pl.DataFrame([level(c) for c in comparisons])], how="horizontal")


def silent(comparison: Comparison, left: pl.DataFrame, right: pl.DataFrame) -> bool:
    """Whether a comparison can say nothing: one table does not have its field, which need not even be fetched.

    Args:
        comparison: A comparison.
        left: Prepared frame.
        right: Prepared frame.

    Returns:
        True where its only column is null throughout one table.
    """
    columns = [frame[comparison.columns[0]] for frame in (left, right)]
    return len(comparison.columns) == 1 and any(column.null_count() == len(column) for column in columns)


def fit(classified: pl.DataFrame, left: pl.DataFrame, right: pl.DataFrame, spec: LinkSpec, equal: pl.Series) -> Model:
    """Count m.

    Args:
        classified: Pairs with levels (:func:`classify`).
        left: Prepared frame.
        right: Prepared frame.
        spec: What was compared.
        equal: Boolean per pair: both sides carry the same trusted identifier.

    Returns:
        The counts.
    """
    m = {c.name: {level.code: level.m for level in c.levels} for c in spec.comparisons if c.costly}
    m |= {c.name: _shares(classified[c.name].filter(equal), c) for c in spec.comparisons if not c.costly}
    sure = int(equal.sum())
    rows = max(left.height, right.height)
    prior = _prior(left, right, spec, sure, within=left is right)
    return Model(rows, m, sure, prior)


def wholes(pairs: int, left: pl.DataFrame, right: pl.DataFrame, spec: LinkSpec) -> dict[str, pl.Series]:
    """What has to be counted in the whole of the larger table, whatever the levels of the pairs.

    Args:
        pairs: Number of pairs.
        left: Prepared frame.
        right: Prepared frame.
        spec: What is compared.

    Returns:
        Of each comparison that counts it, the column in which most pairs are equal, by name.
    """
    larger = _larger(left, right)
    if pairs * _FEW < larger.height:
        return {}
    counted = {(name, u.column) for name, u, _ in _counted(spec)}
    equal = [(c.name, c.same[0] if c.same else c.columns[0]) for c in spec.comparisons if not silent(c, left, right)]
    return {column: larger[column] for name, column in equal if (name, column) in counted}


def count(
    pairs: pl.DataFrame, left: pl.DataFrame, right: pl.DataFrame, spec: LinkSpec, tallies: Mapping[str, pl.DataFrame]
) -> pl.DataFrame:
    """Count, in the larger table, the values that pairs hold.

    Args:
        pairs: Pairs with levels (:func:`classify`); a comparison without a level yet counts nothing.
        left: Prepared frame, row i at position i.
        right: Prepared frame, row i at position i.
        spec: What was compared.
        tallies: Counts of columns that are known already (:func:`wholes`).

    Returns:
        The pairs with a Float64 column ``<name>#`` per comparison that counts: rows of the larger table that hold the
        value (of two, the more frequent one), null where the outcome rests on no count;
        no column where no pair has a level.
    """
    larger = _larger(left, right)

    def held(column: str, rows: pl.DataFrame) -> tuple[pl.Series, pl.Series]:
        values, others = left[column][rows["l"]], right[column][rows["r"]]
        known = tallies.get(column)
        if known is None:
            whole = larger[column]
            if rows.height * _FEW < larger.height:
                whole = whole.filter(whole.is_in(pl.concat([values, others]).implode()))
            known = tally(whole)
        one = known["n"][places(values, known["value"])].fill_null(0)
        # Most pairs hold one value twice.
        at = values.ne_missing(others).arg_true()
        return one, one.clone().scatter(at, known["n"][places(others[at], known["value"])].fill_null(0))

    def rows_with(task: tuple[str, Count, list[int]]) -> tuple[pl.Series, pl.Series]:
        name, u, codes = task
        at = pairs.select(pl.any_horizontal(pl.col(name) == code for code in codes)).to_series().arg_true()
        rows = pairs.select("l", "r")[at]
        most = pl.select(pl.max_horizontal(*held(u.column, rows)))
        if u.minus is not None:
            most = most.select(pl.first() - pl.min_horizontal(*held(u.minus, rows)))
        return at, most.to_series().cast(pl.Float64)

    tasks = [task for task in _counted(spec) if not _unheard(task[0], pairs)]
    found = {f"{name}#": pl.repeat(None, pairs.height, dtype=pl.Float64, eager=True) for name, _, _ in tasks}
    for (name, _, _), (at, rows) in zip(tasks, side_by_side(rows_with, tasks), strict=True):
        found[f"{name}#"] = found[f"{name}#"].scatter(at, rows)
    return pairs.with_columns(**found)


def score(counted: pl.DataFrame, spec: LinkSpec, model: Model) -> pl.DataFrame:
    """Attach bits and the score.

    Args:
        counted: Pairs with levels and counts (:func:`count`).
        spec: What was compared.
        model: What was counted.

    Returns:
        ``l``, ``r``, ``block``, levels, one Float64 ``<name>_bits`` per comparison (0 without evidence), ``score``
        (Float64, bits, rounded to 0.01 so that no threshold hangs on the last digit of a float) and ``sum``, the same
        before any :func:`bound`, by which candidates of one record are ranked.
    """
    bits = [_bits(comparison, counted, model) for comparison in spec.comparisons]
    frame = counted.drop(cs.ends_with("#")).with_columns(bits)
    for cap in spec.caps:
        frame = _capped(frame, cap)
    total = pl.sum_horizontal(bits_column(comparison.name) for comparison in spec.comparisons) + model.prior
    return frame.with_columns(score=total.round(2)).with_columns(sum="score")


def promising(counted: pl.DataFrame, spec: LinkSpec, model: Model) -> pl.Series:
    """Which pairs could reach a review yet, whatever the costly comparisons say.

    Args:
        counted: Pairs with the levels of all other comparisons, and counts.
        spec: What is compared.
        model: What was counted.

    Returns:
        Boolean per pair.
    """
    costly = [comparison for comparison in spec.comparisons if comparison.costly]
    blank = counted.with_columns(pl.lit(None, pl.Int16).alias(comparison.name) for comparison in costly)
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
    pattern = scored.select(ceiling.pattern).hash_rows()
    seen = pl.DataFrame({"pattern": pattern, "same": equal}).filter(known)
    counted = seen.group_by("pattern").agg(same=pl.col("same").sum(), other=(~pl.col("same")).sum())
    odds = counted.filter(pl.col("other") >= 3).select(
        "pattern", most=(((pl.col("same") + 0.5) / (pl.col("other") + 0.5)).log(2).round(2) + ceiling.slack).round(2)
    )
    at = scored.select(ceiling.when.fill_null(value=False) & ~known).to_series().arg_true()
    most = odds["most"][places(pattern[at], odds["pattern"])]
    lowered = pl.select(pl.min_horizontal(scored["score"][at], most)).to_series()
    return scored.with_columns(score=scored["score"].scatter(at, lowered))


def _larger(left: pl.DataFrame, right: pl.DataFrame) -> pl.DataFrame:
    return right if right.height >= left.height else left


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


def _counted(spec: LinkSpec) -> list[tuple[str, Count, list[int]]]:
    """What is counted for which outcomes of which comparison."""
    found: dict[tuple[str, Count], list[int]] = {}
    for comparison in spec.comparisons:
        for level in comparison.levels:
            if isinstance(level.u, Count):
                alike = replace(level.u, bits=0.0)
                found.setdefault((comparison.name, alike), []).append(level.code)
    return [(name, u, codes) for (name, u), codes in found.items()]


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


def _bits(comparison: Comparison, counted: pl.DataFrame, model: Model) -> pl.Series:
    """log2(m/u) of each pair's level; with u counted, over at least one row."""
    if _unheard(comparison.name, counted):
        return pl.repeat(0.0, counted.height, dtype=pl.Float64, eager=True).alias(bits_column(comparison.name))
    levels, m = counted[comparison.name].cast(pl.UInt32), model.m[comparison.name]

    def table(values: dict[int, float]) -> pl.Series:
        """By code: one look-up instead of a condition per level."""
        every = pl.repeat(None, max((v.code for v in comparison.levels), default=0) + 1, dtype=pl.Float64, eager=True)
        return every.scatter(list(values), list(values.values()))

    given = {v.code: math.log2(m[v.code] / _u(v.u, model)) for v in comparison.levels if not isinstance(v.u, Count)}
    bits = table(given)[levels].fill_null(0.0)
    limits = {v.code: v.u.bits for v in comparison.levels if isinstance(v.u, Count)}
    if limits:
        n = counted[f"{comparison.name}#"]
        at = n.is_not_null().arg_true()
        most, limit = table({code: m[code] * model.rows for code in limits})[levels[at]], table(limits)[levels[at]]
        told = pl.select(pl.min_horizontal((most / n[at].clip(lower_bound=1.0)).log(2), limit)).to_series()
        bits = bits.scatter(at, told)
    return bits.round(2).alias(bits_column(comparison.name))


def _unheard(name: str, pairs: pl.DataFrame) -> bool:
    """Whether a comparison has no level for any pair."""
    return pairs[name].null_count() == pairs.height


def _u(u: float | PerRow, model: Model) -> float:
    return u.expected / max(model.rows, 1) if isinstance(u, PerRow) else u


def _capped(frame: pl.DataFrame, cap: Cap) -> pl.DataFrame:
    columns = [pl.col(bits_column(name)) for name in cap.names if not _unheard(name, frame)]
    if not columns:
        return frame
    gain = pl.sum_horizontal(column.clip(lower_bound=0) for column in columns)
    over = gain > cap.bits
    if cap.when is not None:
        over &= cap.when.fill_null(value=False)
    lowered = (
        pl.when(over & (column > 0)).then((column * (cap.bits / gain)).round(2)).otherwise(column) for column in columns
    )
    # Planned together, so that what the columns share is reckoned once.
    return frame.with_columns(frame.lazy().select(lowered).collect())
