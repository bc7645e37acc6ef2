"""Damaged resident numbers: which valid numbers could a wrong one have been, and what of a cut one still holds.

MOD 11-2 catches every wrong digit and every swap of two neighbours, so two *valid* numbers differ in at least two
places: that is evidence of two people. A number with a wrong check character is one slip away from about eighteen
valid ones; they are enumerated in closed form, joined like any key, and the name must confirm.
"""

from __future__ import annotations

from typing import Final

import polars as pl

from baoshen_audit.identity.birth import real_day
from baoshen_audit.identity.check import check_value, digits
from baoshen_audit.identity.resident_id import WEIGHTS

__all__ = ["mask_parts", "neighbours", "prefix15"]

_INVERSE: Final = {w: pow(w, -1, 11) for w in range(1, 11)}


def neighbours(numbers: pl.DataFrame) -> pl.DataFrame:
    """The valid numbers one slip away from each number with a wrong check character.

    A slip is one wrong digit or two neighbouring characters swapped. Candidates whose birth date does not exist are
    left out.

    Args:
        numbers: ``row`` (any integer, unique) and ``number`` (String, 18 characters, check character wrong).

    Returns:
        ``row`` and ``key`` (Int64, packed key of the candidate), about eight rows for each number: none twice, for a
        swap changes two digits.
    """
    wrong = numbers.select("row").with_columns(digits(numbers["number"])).drop_nulls()
    # By how much the weighted sum is off.
    wrong = wrong.with_columns(off=(check_value(pl.col("body")) - pl.col("last")) % 11).filter(pl.col("off") != 0)
    # A slip outside the birth date leaves it as it is: a number without a real one needs no other place looked at.
    dated = wrong.filter(_real(pl.col("body")))
    inside = [*map(_substituted, range(6, 14)), *map(_swapped, range(5, 14))]
    outside = [*map(_substituted, (*range(6), 14, 15, 16)), _healed(), *map(_swapped, (*range(5), 14, 15, 16))]
    found = pl.concat([_keys(wrong, inside).filter(_real(pl.col("key") // 11)), _keys(dated, outside)])
    return found.filter(pl.col("key") >= 11 * 10**16)


def _real(body: pl.Expr) -> pl.Expr:
    return real_day(body // 1000 % 10**8).is_not_null()


def _keys(wrong: pl.DataFrame, slips: list[pl.Expr]) -> pl.DataFrame:
    """What slips, each an expression of a key or null, make of numbers."""
    # Planned together: each digit is taken out once.
    keys = wrong.lazy().select(slip.alias(str(at)) for at, slip in enumerate(slips)).collect()
    return pl.concat([pl.DataFrame({"row": wrong["row"], "key": key}).drop_nulls() for key in keys])


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
    unit: int = 10 ** (16 - i)
    return pl.col("body") // unit % 10


def _substituted(at: int) -> pl.Expr:
    """A digit of the body changed: one value heals the sum, or none if that value is no digit."""
    healed = (_digit(at) + pl.col("off") * _INVERSE[WEIGHTS[at]]) % 11
    return pl.when(healed <= 9).then((pl.col("body") + (healed - _digit(at)) * 10 ** (16 - at)) * 11 + pl.col("last"))


def _healed() -> pl.Expr:
    """The check character changed."""
    return pl.col("body") * 11 + (pl.col("last") + pl.col("off")) % 11


def _swapped(at: int) -> pl.Expr:
    """A character exchanged with the one after it."""
    here, last = _digit(at), pl.col("last")
    if at < 16:
        by = _digit(at + 1) - here
        heals = (by != 0) & (by * (WEIGHTS[at] - WEIGHTS[at + 1]) % 11 == pl.col("off"))
        return pl.when(heals).then((pl.col("body") + by * 9 * 10 ** (15 - at)) * 11 + last)
    by = last - here
    heals = (by != 0) & (last <= 9) & (by * (WEIGHTS[at] - 1) % 11 == pl.col("off"))
    return pl.when(heals).then((pl.col("body") + by) * 11 + here)
