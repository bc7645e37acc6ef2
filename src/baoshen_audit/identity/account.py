"""Payment accounts as keys."""

from __future__ import annotations

from typing import Final

import polars as pl

from baoshen_audit.text import fold

__all__ = ["account_key"]

_NOISE: Final = "[\"'`“”‘’=−–—-]"
_SAME_DIGIT: Final = "^(?:0+|1+|2+|3+|4+|5+|6+|7+|8+|9+)$"
_WHOLE: Final = "^[0-9]{8,32}$"
_SAME_EIGHT: Final = [digit * 8 for digit in "0123456789"]


def account_key(col: pl.Expr | str) -> pl.Expr:
    """The account as digits, null where the cell is no whole account.

    Accounts are 8 to 32 digits; bank cards 15 to 19. Card check digits are not tested: passbooks and 一卡通
    numbers fail them legitimately. Masked, scientific (``6.2E+18``), one-digit-repeated and text cells give null,
    so that placeholders never join.

    Args:
        col: String expression or column name, cells as written.

    Returns:
        String expression of digits, or null.
    """
    cells = pl.col(col) if isinstance(col, str) else col
    return cells.map_batches(_accounts, return_dtype=pl.String(), is_elementwise=True)


def _accounts(cells: pl.Series) -> pl.Series:
    text = cells.cast(pl.String)
    odd = ~text.str.contains(_WHOLE).fill_null(value=True)
    if odd.any():
        bare = text.filter(odd).to_frame("c").select(fold(pl.col("c")).str.replace_all(_NOISE, "")).to_series()
        text = text.clone().scatter(odd.arg_true(), bare.set(~bare.str.contains(_WHOLE), None))
    # Few accounts begin with one digit eight times: only they are looked at to the end.
    same = text.str.slice(0, 8).is_in(_SAME_EIGHT).fill_null(value=False).arg_true()
    return text.scatter(same, text[same].set(text[same].str.contains(_SAME_DIGIT), None))
