"""What people found when they checked: the outcomes of casework, as far as the office records them."""

from __future__ import annotations

from typing import Final

import polars as pl

_NEEDED: Final = ("reason", "checked_by", "checked_on", "doc_no")


def outcomes(case_history: pl.DataFrame) -> pl.DataFrame | None:
    """The changes of cases whose reason is an outcome (rules.md §1.4), with `case_key` and `confirmed`.

    Nothing is confirmed without a person, a date and a document. Natural changes (moved, grew up, earns more) are no
    outcomes: they say nothing about the checking.

    Returns:
        None where no outcome has been recorded at all: nobody knows then how many leads are true.
    """
    if not {*_NEEDED} <= set(case_history.columns):
        return None
    reason = pl.col("reason").str.strip_chars()
    proven = pl.all_horizontal(pl.col(name).is_not_null() for name in _NEEDED)
    told = case_history.filter(reason.str.contains("^不?属实"), pl.col("checked_on").is_not_null())
    case = pl.col("case_id") if "case_id" in told.columns else pl.lit(None, dtype=pl.String)
    told = told.with_columns(case.alias("case_key"), (reason.str.starts_with("属实") & proven).alias("confirmed"))
    return told if told.height else None
