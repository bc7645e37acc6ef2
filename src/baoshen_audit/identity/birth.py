"""Birth dates as offices write them."""

from __future__ import annotations

from typing import Final

import polars as pl

__all__ = ["birth_of"]

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
    cells = (pl.col(col) if isinstance(col, str) else col).str.normalize("NFKC")
    month, day = cells.str.extract(_MONTH, 1).str.zfill(2), cells.str.extract(_DAY, 1).str.zfill(2)
    return pl.concat_str(cells.str.extract(_YEAR, 1), month, day).str.to_date("%Y%m%d", strict=False)
