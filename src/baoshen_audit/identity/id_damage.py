"""Damaged resident numbers: which valid numbers could a wrong one have been, and what of a cut one still holds.

MOD 11-2 catches every wrong digit and every swap of two neighbours, so two *valid* numbers differ in at least two
places: that is evidence of two people. A number with a wrong check character is one slip away from about eighteen
valid ones; they are enumerated in closed form, joined like any key, and the name must confirm.
"""

from __future__ import annotations

from typing import Final

import polars as pl

from baoshen_audit.identity.resident_id import WEIGHTS

__all__ = ["mask_parts", "neighbours", "prefix15"]

_ALL: Final = (*WEIGHTS, 1)
_INVERSE: Final = {w: pow(w, -1, 11) for w in range(1, 11)}


def neighbours(numbers: pl.DataFrame) -> pl.DataFrame:
    """The valid numbers one slip away from each number with a wrong check character.

    A slip is one wrong digit or two neighbouring characters swapped. Candidates whose birth date does not exist are
    left out.

    Args:
        numbers: ``row`` (any integer, unique) and ``number`` (String, 18 characters, check character wrong).

    Returns:
        ``row``, ``key`` (Int64, packed key of the candidate) and ``slip`` (String, ``digit`` or ``swap``), about five
        rows for each number, sorted by row and key.
    """
    digits = [_digit(i).alias(f"d{i}") for i in range(18)]
    frame = numbers.select("row", *digits)
    total = pl.sum_horizontal(pl.col(f"d{i}") * w for i, w in enumerate(_ALL))
    frame = frame.with_columns(e=(1 - total) % 11).filter(pl.col("e") != 0)
    # Each changed position gives one value that heals the sum, or none if that value is no digit.
    parts = [_substituted(frame, i) for i in range(18)] + [_swapped(frame, i) for i in range(17)]
    found = pl.concat(parts)
    body = pl.concat_str(f"d{i}" for i in range(17))
    day = body.str.slice(6, 8).str.to_date("%Y%m%d", strict=False)
    real = day.is_not_null() & body.str.contains("^[1-9][0-9]{5}(?:18[89]|19|20[0-4])") & (pl.col("d17") <= 10)
    return (
        found.filter(real)
        .select("row", key=body.str.to_integer(strict=False) * 11 + pl.col("d17"), slip="slip")
        .unique(["row", "key"], keep="first", maintain_order=True)
        .sort("row", "key")
    )


def prefix15(number: pl.Expr | str) -> pl.Expr:
    """The first fifteen digits of a number that a spreadsheet or a cut left intact.

    Args:
        number: String expression or column name, normalised text (:func:`resident_id.normal`).

    Returns:
        String expression of fifteen digits; null where the cell shows fewer.
    """
    text = pl.col(number) if isinstance(number, str) else number
    return text.str.extract("^([1-9][0-9]{14})", 1)


def mask_parts(number: pl.Expr | str) -> pl.Expr:
    """The shown ends of a masked number, ``320413********1234`` → ``3204131234``.

    Args:
        number: String expression or column name, normalised text; whole numbers give their own ends.

    Returns:
        String expression of ten characters; null where six leading and four closing characters are not shown.
    """
    text = pl.col(number) if isinstance(number, str) else number
    shown = text.str.contains(r"^[0-9]{6}.{8}[0-9]{3}[0-9X]$")
    return pl.when(shown).then(pl.concat_str(text.str.slice(0, 6), text.str.slice(14, 4)))


def _digit(i: int) -> pl.Expr:
    char = pl.col("number").str.slice(i, 1)
    return pl.when(char == "X").then(10).otherwise(char.str.to_integer(strict=False)).cast(pl.Int64)


def _substituted(frame: pl.DataFrame, i: int) -> pl.DataFrame:
    healed = (pl.col(f"d{i}") + pl.col("e") * _INVERSE[_ALL[i]]) % 11
    changed = frame.with_columns(healed.alias(f"d{i}"), slip=pl.lit("digit"))
    return changed.filter(pl.col(f"d{i}") <= (10 if i == 17 else 9))


def _swapped(frame: pl.DataFrame, i: int) -> pl.DataFrame:
    here, there = pl.col(f"d{i}"), pl.col(f"d{i + 1}")
    heals = (_ALL[i] - _ALL[i + 1]) * (there - here) % 11 == pl.col("e")
    both_digits = (here <= 9) & (there <= 9) if i + 1 < 17 else here <= 10
    swapped = frame.filter(heals & both_digits & (here != there))
    if i + 1 == 17:
        swapped = swapped.filter(there <= 9)
    return swapped.with_columns(there.alias(f"d{i}"), here.alias(f"d{i + 1}"), slip=pl.lit("swap"))
