"""Birth dates, as offices write them and inside numbers."""

from __future__ import annotations

from functools import cache
from typing import Final

import polars as pl

__all__ = ["birth_of", "real_day"]

_FIRST_DAY: Final = 18_800_101
_LAST_DAY: Final = 20_991_231
_YEAR: Final = r"^\s*((?:18|19|20)[0-9]{2})"
_MONTH: Final = r"^\s*[0-9]{4}\s*[-/.年]?\s*([01]?[0-9])(?:[-/.月]|[0-9]{2}\b)"
_DAY: Final = r"^\s*[0-9]{4}(?:\s*[-/.年]\s*[0-9]{1,2}\s*[-/.月]\s*|[0-9]{2})([0-3]?[0-9])"


def birth_of(col: pl.Expr | str) -> pl.Expr:
    """A date in one of the usual spellings: ``1950-1-2``, ``1950/01/02``, ``1950.1.2``, ``1950年1月2日``, ``19500102``.

    Args:
        col: String expression or column name; a time of day after the date is ignored.

    Returns:
        Date expression; null where there is no whole date (a month without day is none) or it does not exist.
    """
    cells = pl.col(col) if isinstance(col, str) else col
    return cells.map_batches(_births, return_dtype=pl.Date(), is_elementwise=True)


def real_day(digits: pl.Expr) -> pl.Expr:
    """The day that eight digits name, as in a number.

    Args:
        digits: Int64 expression, ``YYYYMMDD``.

    Returns:
        Date expression; null where there is no such day in the years 1880 to 2099.
    """
    # Looked up: reading dates as text, or by arithmetic, takes ten times as long. What is no day of those years, and
    # what is null, is looked up behind the last: places that are null take longer to look up.
    place = (digits - _FIRST_DAY).reinterpret(signed=False).clip(upper_bound=_LAST_DAY - _FIRST_DAY + 1)
    place = place.fill_null(_LAST_DAY - _FIRST_DAY + 1).cast(pl.UInt32)
    return place.map_batches(lambda places: _days()[places], return_dtype=pl.Date(), is_elementwise=True)


@cache
def _days() -> pl.Series:
    """Every day from 1880 to 2099, at its eight digits less the first day's, and a null behind them."""
    days = pl.date_range(pl.date(1880, 1, 1), pl.date(2099, 12, 31), eager=True)
    at = days.dt.year().cast(pl.Int64) * 10_000 + days.dt.month().cast(pl.Int64) * 100 + days.dt.day() - _FIRST_DAY
    return pl.repeat(None, _LAST_DAY - _FIRST_DAY + 2, dtype=pl.Date(), eager=True).scatter(at, days)


def _births(cells: pl.Series) -> pl.Series:
    # The ISO spelling is read directly; only other cells go through the patterns.
    days = cells.cast(pl.String).str.to_date("%Y-%m-%d", strict=False)
    odd = days.is_null() & cells.is_not_null()
    if not odd.any():
        return days
    text = pl.col("c").str.normalize("NFKC")
    month, day = text.str.extract(_MONTH, 1).str.zfill(2), text.str.extract(_DAY, 1).str.zfill(2)
    spelled = pl.concat_str(text.str.extract(_YEAR, 1), month, day).str.to_date("%Y%m%d", strict=False)
    return days.scatter(odd.arg_true(), cells.filter(odd).to_frame("c").select(spelled).to_series())
