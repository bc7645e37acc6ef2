"""Classifiers of pairs: from the two values of a field to a level code, null where there is no evidence."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import polars as pl
from rapidfuzz.distance import JaroWinkler

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


def on_unique(column: str, score: Callable[[str, str], int | None], same: int) -> Classifier:
    """A Python function on the distinct unequal pairs of values; equal values get ``same``.

    Blocks yield few distinct pairs, so element-wise Python is affordable here and nowhere else.

    Args:
        column: Prepared String column.
        score: Symmetric function of two different values.
        same: Code of equal values.

    Returns:
        A classifier.
    """
    one, other = f"{column}_l", f"{column}_r"

    def classify(pairs: pl.DataFrame) -> pl.Series:
        both = pairs.select(
            a=pl.when(pl.col(one) <= pl.col(other)).then(one).otherwise(other),
            b=pl.when(pl.col(one) <= pl.col(other)).then(other).otherwise(one),
        )
        distinct = both.filter(pl.col("a") != pl.col("b")).unique().sort("a", "b")
        codes = [score(a, b) for a, b in distinct.iter_rows()]
        known = distinct.with_columns(code=pl.Series(codes, dtype=pl.Int16))
        joined = both.join(known, on=["a", "b"], how="left", maintain_order="left")
        return joined.select(
            pl.when(pl.col("a") == pl.col("b")).then(pl.lit(same, pl.Int16)).otherwise("code")
        ).to_series()

    return classify
