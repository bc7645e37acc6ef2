"""Resident numbers and birth dates of a pair: what kind of agreement or contradiction."""

from __future__ import annotations

from enum import IntEnum
from typing import Final

import polars as pl
from rapidfuzz.distance import OSA

from baoshen_audit.engine.lookup import once

__all__ = ["BirthClass", "IdClass", "compare_births", "compare_ids", "compare_written", "written_class"]


_OPEN: Final = -1
"""Not told by the prepared columns: what is written has to be looked at."""


_STAR: Final = ord("*")


class IdClass(IntEnum):
    """How two numbers stand to each other."""

    EQUAL = 1
    EQUAL_OLD = 2
    NEIGHBOUR = 3
    PREFIX = 4
    ENDS = 5
    MASKED = 6
    SAME_TEXT = 7
    CLOSE = 8
    DISSIMILAR = 9
    CONFLICT = 10
    CUT = 11
    MISFIT = 12


class BirthClass(IntEnum):
    """How two birth dates stand to each other."""

    DIFFERENT = 0
    EQUAL = 1
    SLIP = 2
    SWAPPED = 3
    YEAR_OFF = 4
    DEFAULT = 5
    LUNAR = 6


def compare_ids(pairs: pl.DataFrame) -> pl.Series:
    """Classify the numbers of pairs that have not one trusted key on both sides.

    Args:
        pairs: ``person`` (trusted key), ``number`` (key, old numbers too), ``id_text``, ``prefix``, ``ends`` and
            ``status`` of both sides (``_l``, ``_r``).

    Returns:
        Int16 codes of :class:`IdClass`, null where one side has no number or another kind of document.
    """
    c = pl.col
    # Picked out of long columns, texts lie scattered over the memory: copied together they are looked through faster.
    pairs = pairs.with_columns(c("id_text_l", "id_text_r") + "")
    both_whole = c("person_l").is_not_null() & c("person_r").is_not_null()
    text = c("id_text_l").is_not_null() & c("id_text_r").is_not_null()
    masked = (c("status_l") == "masked") | (c("status_r") == "masked")
    foreign = (c("status_l") == "other_document") | (c("status_r") == "other_document")
    # What a spreadsheet leaves is exact: fifteen digits that differ are two numbers, not a slip.
    cut = c("id_text_l").str.ends_with("000") | c("id_text_r").str.ends_with("000")
    code = (
        pl.when(~text)
        .then(None)
        .when(c("number_l") == c("number_r"))
        .then(int(IdClass.EQUAL_OLD))
        .when(both_whole)
        .then(int(IdClass.CONFLICT))
        .when(c("id_text_l") == c("id_text_r"))
        .then(int(IdClass.SAME_TEXT))
        .when(foreign)
        .then(None)
        .when(masked & (c("ends_l") == c("ends_r")))
        .then(int(IdClass.ENDS))
        .when(cut & (c("prefix_l") == c("prefix_r")))
        .then(int(IdClass.PREFIX))
        .when(cut & c("prefix_l").is_not_null() & c("prefix_r").is_not_null())
        .then(int(IdClass.MISFIT))
        .otherwise(_OPEN)
    )
    codes = pairs.select(code.cast(pl.Int16)).to_series()
    at = (codes == _OPEN).arg_true()
    unclear = pairs[at].select(a="id_text_l", b="id_text_r", prefix=c("prefix_l") == c("prefix_r"))
    told = unclear.with_columns(code=once(unclear.select("a", "b"), compare_written))
    weak = c("code").is_in([int(IdClass.CLOSE), int(IdClass.DISSIMILAR)])
    judged = pl.when(weak & c("prefix")).then(pl.lit(int(IdClass.PREFIX), pl.Int16)).otherwise("code")
    return codes.scatter(at, told.select(judged).to_series())


def compare_written(pairs: pl.DataFrame) -> pl.Series:
    """:func:`written_class` of many pairs; most are told by column.

    Args:
        pairs: ``a`` and ``b``, two different texts.

    Returns:
        Int16 codes of :class:`IdClass`.
    """
    a, b, short, long, length, width = map(pl.col, ("a", "b", "short", "long", "length", "width"))
    frame = pairs.with_columns(length=a.str.len_bytes(), width=b.str.len_bytes())
    frame = frame.select(
        short=pl.when(length > width).then(b).otherwise(a),
        long=pl.when(length > width).then(a).otherwise(b),
        length=pl.min_horizontal(length, width),
        width=pl.max_horizontal(length, width),
        hidden=pl.any_horizontal(pl.col("a", "b").str.contains("*", literal=True)),
        ascii=pl.all_horizontal(pl.col("a", "b").str.len_chars() == pl.col("length", "width")),
    )
    old = (length == 15) & (width == 18)
    code = (
        pl.when("hidden")
        .then(pl.when(length != width).then(int(IdClass.MISFIT)))
        .when(length.is_between(10, 14) & long.str.starts_with(short))
        .then(int(IdClass.CUT))
        .when(~old & (width - length > 2))
        .then(int(IdClass.DISSIMILAR))
    )
    codes = frame.select(pl.when("ascii").then(code).cast(pl.Int16)).to_series()
    upgraded = pl.concat_str(short.str.slice(0, 6), pl.lit("19"), short.str.slice(6))
    for places, kind, one, other in ((18, length == 18, short, long), (17, old, upgraded, long.str.slice(0, 17))):
        at = frame.select(pl.col("ascii") & kind & (width == 18) & codes.is_null()).to_series().arg_true()
        codes = codes.scatter(at, _aligned(frame[at].select(a=one, b=other), places))
    asked = codes.is_null().arg_true()
    return codes.scatter(
        asked, pl.Series([int(written_class(a, b)) for a, b in pairs[asked].iter_rows()], dtype=pl.Int16)
    )


def _aligned(pairs: pl.DataFrame, width: int) -> pl.Series:
    """Of texts of the same length (17 digits of old numbers, or 18 characters): null where it takes a closer look."""
    a, b = (pairs[c].cast(pl.Binary).bin.reinterpret(dtype=pl.Array(pl.UInt8, width)).explode() for c in ("a", "b"))
    same, hidden = a == b, (a == _STAR) | (b == _STAR)
    inner = pl.int_range(len(a), dtype=pl.UInt32, eager=True) % width < width - 1
    earlier, later = (a.shift(-1) == b) & inner, (b.shift(-1) == a) & inner

    def many(met: pl.Series) -> pl.Series:
        return met.cast(pl.UInt8).reshape((pairs.height, width)).arr.sum()

    counted = pl.DataFrame(
        {
            "same": many(same),
            "fit": many(same | hidden),
            "hidden": many(hidden),
            # One character left out and another put in shifts what lies between: all but one place meet so.
            "left": many(same | earlier),
            "right": many(same | later),
            "swaps": many(earlier & later & ~same),
        }
    )
    masked = (pl.col("fit") == width) & (width - pl.col("hidden") >= 8)
    off, swaps, shifted = width - pl.col("same"), pl.col("swaps"), pl.max_horizontal("left", "right") >= width - 1
    code = (
        pl.when(pl.col("hidden") > 0)
        .then(pl.when(masked).then(int(IdClass.MASKED)).otherwise(int(IdClass.MISFIT)))
        .when((off == 1) | ((off == 2) & (swaps > 0)))
        .then(int(IdClass.NEIGHBOUR if width == 18 else IdClass.CLOSE))
        .when((off == 2) | ((off == 3) & (swaps > 0)))
        .then(int(IdClass.CLOSE))
        # Two slips are two characters, one and a swap, two swaps, or a shift.
        .when(~shifted & ((off > 4) | (swaps < 2)))
        .then(int(IdClass.DISSIMILAR))
    )
    return counted.select(code.cast(pl.Int16)).to_series()


def written_class(one: str, other: str) -> IdClass:
    """How two numbers stand to each other by what is written, where nothing else tells.

    Args:
        one: A number as text, normalised.
        other: Another.

    Returns:
        ``MASKED``, ``MISFIT``, ``CUT``, ``NEIGHBOUR``, ``CLOSE`` or ``DISSIMILAR``.
    """
    whole = len(one) == len(other) == 18
    if "*" in one or "*" in other:
        agree = len(one) == len(other) and all(x == y or "*" in (x, y) for x, y in zip(one, other, strict=True))
        shown = sum("*" not in pair for pair in zip(one, other, strict=False))
        return IdClass.MASKED if agree and shown >= 8 else IdClass.MISFIT
    if not whole:
        short, long = sorted((one, other), key=len)
        if 10 <= len(short) < 15 and long.startswith(short):
            return IdClass.CUT
        if len(short) == 15 and len(long) == 18:
            one, other = short[:6] + "19" + short[6:], long[:17]
    apart = OSA.distance(one, other, score_cutoff=2)
    if apart > 2:
        return IdClass.DISSIMILAR
    return IdClass.NEIGHBOUR if whole and apart == 1 else IdClass.CLOSE


def compare_births(pairs: pl.DataFrame) -> pl.Series:
    """Classify the birth dates of pairs that have not the same on both sides.

    Args:
        pairs: ``birth_l`` and ``birth_r`` (Date).

    Returns:
        Int16 codes of :class:`BirthClass`, null where one side has none.
    """
    a, b = pl.col("birth_l"), pl.col("birth_r")
    years, apart = (a.dt.year() - b.dt.year()).abs(), (a - b).dt.total_days().abs()
    same_month, same_day = a.dt.month() == b.dt.month(), a.dt.day() == b.dt.day()
    new_year = ((a.dt.month() == 1) & (a.dt.day() == 1)) | ((b.dt.month() == 1) & (b.dt.day() == 1))
    crossed = (a.dt.month() == b.dt.day()) & (a.dt.day() == b.dt.month())
    code = (
        pl.when(a.is_null() | b.is_null())
        .then(None)
        .when((years == 0) & crossed)
        .then(int(BirthClass.SWAPPED))
        .when((years == 1) & same_month & same_day)
        .then(int(BirthClass.YEAR_OFF))
        .when("slip")
        .then(int(BirthClass.SLIP))
        .when((years == 0) & new_year)
        .then(int(BirthClass.DEFAULT))
        # The lunar date runs 17 to 53 days behind the solar one.
        .when(apart.is_between(17, 53))
        .then(int(BirthClass.LUNAR))
        .otherwise(int(BirthClass.DIFFERENT))
    )
    return pairs.with_columns(slip=_slips(pairs)).select(code.cast(pl.Int16)).to_series()


def _slips(pairs: pl.DataFrame) -> pl.Series:
    """Whether one of the eight digits of a date differs."""
    numbers = pairs.select(
        day.dt.year() * 10_000 + day.dt.month().cast(pl.Int32) * 100 + day.dt.day()
        for day in (pl.col("birth_l"), pl.col("birth_r"))
    )
    a, b = map(pl.col, numbers.columns)
    # Most pairs differ by another amount than one digit can: the digits of the others are looked at one by one.
    amounts = pl.Series([digit * 10**place for place in range(8) for digit in range(1, 10)], dtype=pl.Int32)
    at = numbers.select((a - b).abs().is_in(amounts.implode())).to_series().arg_true()
    differing = pl.sum_horizontal((a // 10**i % 10 != b // 10**i % 10).cast(pl.Int8) for i in range(8))
    found = numbers[at].select(differing == 1).to_series()
    return pl.repeat(value=False, n=pairs.height, eager=True).scatter(at, found)
