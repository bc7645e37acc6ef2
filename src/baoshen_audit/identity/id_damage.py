"""Damaged resident numbers: which valid numbers could a wrong one have been, and what of a cut one still holds.

MOD 11-2 catches every wrong digit and every swap of two neighbours, so two *valid* numbers differ in at least two
places: that is evidence of two people. A number with a wrong check character is one slip away from about eighteen
valid ones; they are enumerated in closed form, joined like any key, and the name must confirm.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import polars as pl

from baoshen_audit.identity.birth import real_day
from baoshen_audit.identity.resident_id import WEIGHTS

__all__ = ["mask_parts", "neighbours", "prefix15"]

_DATE: Final = range(6, 14)
"""Places of the birth date."""
_INVERSE: Final = {w: pow(w, -1, 11) for w in range(1, 11)}


def neighbours(numbers: pl.DataFrame) -> pl.DataFrame:
    """The valid numbers one slip away from each number with a wrong check character.

    A slip is one wrong digit or two neighbouring characters swapped. Candidates whose birth date does not exist are
    left out.

    Args:
        numbers: ``row`` (any integer, unique) and ``number`` (String, 18 characters, check character wrong).

    Returns:
        ``row``, ``key`` (Int64, packed key of the candidate) and ``slip`` (String, ``digit`` or ``swap``), about eight
        rows for each number: none twice, for a swap changes two digits.
    """
    wrong = _summed(numbers)
    real = real_day(pl.col("body") // 1000 % 10**8).is_not_null()
    # A slip outside the birth date leaves it as it is: a number without a real one needs no other place looked at.
    dated = wrong.filter(real)
    inside = pl.concat([_substituted(wrong, _DATE), _swapped(wrong, range(5, 14))]).filter(real)
    outside = [_substituted(dated, [*range(6), 14, 15, 16]), _healed(dated), _swapped(dated, [*range(5), 14, 15, 16])]
    found = pl.concat([inside, *outside]).filter(pl.col("body") >= 10**16)
    return found.select("row", (pl.col("body") * 11 + pl.col("last")).alias("key"), "slip")


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


def _summed(numbers: pl.DataFrame) -> pl.DataFrame:
    """Body as an integer, value of the check character, and ``e``, by how much the weighted sum is off."""
    last = pl.col("number").str.slice(17, 1)
    frame = numbers.select(
        "row",
        body=pl.col("number").str.slice(0, 17).str.to_integer(strict=False),
        last=pl.when(last == "X").then(10).otherwise(last.str.to_integer(strict=False)),
    ).drop_nulls()
    total = pl.sum_horizontal(_digit(i) * w for i, w in enumerate(WEIGHTS)) + pl.col("last")
    return frame.with_columns(e=(1 - total) % 11).filter(pl.col("e") != 0)


def _digit(i: int) -> pl.Expr:
    unit: int = 10 ** (16 - i)
    return pl.col("body") // unit % 10


def _substituted(frame: pl.DataFrame, places: Iterable[int]) -> pl.DataFrame:
    """One digit of the body changed: each place has one value that heals the sum, or none if that value is no digit."""
    parts = []
    for i in places:
        healed = (_digit(i) + pl.col("e") * _INVERSE[WEIGHTS[i]]) % 11
        step = (healed - _digit(i)) * 10 ** (16 - i)
        parts.append(frame.filter(healed <= 9).select("row", pl.col("body") + step, "last"))
    return pl.concat(parts).with_columns(slip=pl.lit("digit"))


def _healed(frame: pl.DataFrame) -> pl.DataFrame:
    """The check character changed."""
    return frame.select("row", "body", last=(pl.col("last") + pl.col("e")) % 11, slip=pl.lit("digit"))


def _swapped(frame: pl.DataFrame, places: Iterable[int]) -> pl.DataFrame:
    """Two neighbouring characters exchanged, the one at a place and the one after it."""
    parts = []
    for i in places:
        here = _digit(i)
        if i < 16:
            there, weight, step = _digit(i + 1), WEIGHTS[i + 1], 9 * 10 ** (15 - i)
            fits, last = here != there, pl.col("last")
        else:
            there, weight, step = pl.col("last"), 1, 1
            fits, last = (here != there) & (there <= 9), here
        heals = ((WEIGHTS[i] - weight) * (there - here) % 11 == pl.col("e")) & fits
        parts.append(frame.filter(heals).select("row", pl.col("body") + (there - here) * step, last=last))
    return pl.concat(parts).with_columns(slip=pl.lit("swap"))
