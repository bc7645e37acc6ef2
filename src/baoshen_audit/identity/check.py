"""Numbers of seventeen digits and a check character (ISO 7064 MOD 11-2), a column at a time by arithmetic."""

from __future__ import annotations

from functools import cache

import polars as pl

__all__ = ["check_value", "digits"]


def digits(cells: pl.Series) -> pl.DataFrame:
    """Digits and check character as numbers.

    Args:
        cells: Text.

    Returns:
        ``body`` Int64, the first seventeen digits, and ``last`` Int64, the value of the check character (X = 10); null
        for what is not so written. A sign at the front leaves a body of too few digits.
    """
    # Digits are read as one number: searching text for them takes longer. One in eleven ends in X and is cut.
    eighteen = cells.str.len_bytes() == 18
    whole = cells.cast(pl.Int64, strict=False).set(~eighteen, None)
    body = whole // 10
    others = eighteen & whole.is_null()
    at, marked = others.arg_true(), cells.filter(others)
    bare = ~marked.str.ends_with("X")
    front = marked.str.slice(0, 17).cast(pl.Int64, strict=False).set(bare, None)
    ten = pl.repeat(10, len(at), dtype=pl.Int64, eager=True).set(bare, None)
    return pl.DataFrame({"last": (whole - body * 10).scatter(at, ten), "body": body.scatter(at, front)})


def check_value(body: pl.Expr) -> pl.Expr:
    """The check value that seventeen digits ask for.

    Args:
        body: Int64 expression, the digits as one number.

    Returns:
        Int64 expression, 0 to 10; of no meaning for negative numbers and for such of more digits.
    """
    return body.map_batches(_checks, return_dtype=pl.Int64(), is_elementwise=True)


def _checks(body: pl.Series) -> pl.Series:
    # The weights are the powers of two modulo 11; four or five digits at a time are looked up.
    number = body.fill_null(0).clip(0, 10**17 - 1)
    high = number // 10**9
    low = (number - high * 10**9).cast(pl.UInt32)
    high = high.cast(pl.UInt32)
    lacking = _lacking(13)[high // 10**4] + _lacking(9)[high % 10**4] + _lacking(5)[low // 10**5]
    value = (lacking + _lacking(0)[low % 10**5] + 1) % 11
    return value.cast(pl.Int64).set(body.is_null(), None).alias(body.name)


@cache
def _lacking(place: int) -> pl.Series:
    """What every number below a hundred thousand, standing at a decimal place, takes off the check value, modulo 11."""
    number = pl.int_range(10**5, dtype=pl.Int32, eager=True)
    total = pl.sum_horizontal(pl.lit(number // 10**at % 10) * (2 ** (place + at) % 11) for at in range(5))
    return pl.select((-2 * total % 11).cast(pl.UInt8)).to_series()
