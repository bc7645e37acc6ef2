"""Telephone numbers as keys: of a contact, not of a person. Village cadres write their own for elders without one."""

from __future__ import annotations

from typing import Final

import polars as pl

from baoshen_audit.text import fold

__all__ = ["phone_key"]

_SAME_DIGIT: Final = "^(?:0+|1+|2+|3+|4+|5+|6+|7+|8+|9+)$"


def phone_key(col: pl.Expr | str) -> pl.Expr:
    """The first number of a cell as digits: a mobile number, or a landline with or without area code.

    Args:
        col: String expression or column name, cells as written.

    Returns:
        String expression of digits; null where there is no whole number or one digit repeated.
    """
    cells = pl.col(col) if isinstance(col, str) else col
    return cells.map_batches(_numbers, return_dtype=pl.String(), is_elementwise=True)


def _numbers(cells: pl.Series) -> pl.Series:
    cells = cells.cast(pl.String)
    # Read as a number: searching text takes five times as long.
    mobile = cells.cast(pl.Int64, strict=False).is_between(13 * 10**9, 2 * 10**10 - 1) & (cells.str.len_bytes() == 11)
    odd = ~mobile.fill_null(value=False) & cells.is_not_null()
    if not odd.any():
        return cells
    digits = fold(pl.col("c")).str.replace_all("[^0-9]", "").str.replace("^(?:0086|86)(1[3-9][0-9]{9})", "${1}")
    landline = digits.str.contains("^0?[0-9]{7,11}$") & ~digits.str.contains(_SAME_DIGIT)
    number = pl.coalesce(digits.str.extract("^(1[3-9][0-9]{9})", 1), pl.when(landline).then(digits))
    return cells.clone().scatter(odd.arg_true(), cells.filter(odd).to_frame("c").select(number).to_series())
