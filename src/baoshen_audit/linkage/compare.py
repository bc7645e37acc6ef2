"""Classifiers of pairs: from the two values of a field to a level code, null where there is no evidence."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import polars as pl
from rapidfuzz.distance import JaroWinkler

from baoshen_audit.engine.lookup import once

__all__ = ["equal", "on_unique", "similar"]

Classifier = Callable[[pl.DataFrame], pl.Series]


def equal(column: str) -> Classifier:
    """Code 1 where both values are equal, 0 where they differ, null where one is missing.

    Args:
        column: Prepared column.

    Returns:
        A classifier.
    """

    def classify(pairs: pl.DataFrame) -> pl.Series:
        return pairs.select((pl.col(f"{column}_l") == pl.col(f"{column}_r")).cast(pl.Int16)).to_series()

    return classify


def similar(column: str, thresholds: Sequence[float]) -> Classifier:
    """Jaro-Winkler similarity in steps: the number of thresholds reached, one more where the values are equal.

    Args:
        column: Prepared String column.
        thresholds: Ascending similarities, 0 to 1.

    Returns:
        A classifier giving 0 to ``len(thresholds) + 1``.
    """

    def score(one: str, other: str) -> int:
        found = JaroWinkler.similarity(one, other)
        return sum(found >= t for t in thresholds)

    return on_unique(column, score, len(thresholds) + 1)


def on_unique(
    column: str, score: Callable[[str, str], int | None], same: int, quick: Classifier | None = None
) -> Classifier:
    """A Python function on the distinct unequal pairs of values; equal values get ``same``.

    Blocks yield few distinct pairs, so element-wise Python is affordable here and nowhere else.

    Args:
        column: Prepared String column.
        score: Symmetric function of two different values.
        same: Code of equal values.
        quick: Two columns ``a`` and ``b`` of different values → codes of which ``score`` need not be asked, null where
            it must.

    Returns:
        A classifier.
    """

    def codes(pairs: pl.DataFrame) -> pl.Series:
        found = pl.repeat(None, pairs.height, dtype=pl.Int16, eager=True) if quick is None else quick(pairs)
        asked = found.is_null().arg_true()
        return found.scatter(asked, pl.Series([score(a, b) for a, b in pairs[asked].iter_rows()], dtype=pl.Int16))

    def classify(pairs: pl.DataFrame) -> pl.Series:
        both = pairs.select(a=f"{column}_l", b=f"{column}_r")
        equal = both.select(pl.col("a") == pl.col("b")).to_series()
        at = (~equal).arg_true()
        return pairs.select(pl.when(equal).then(pl.lit(same, pl.Int16))).to_series().scatter(at, once(both[at], codes))

    return classify
