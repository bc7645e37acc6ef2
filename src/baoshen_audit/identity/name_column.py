"""Two columns of names: what can be told of all pairs at once, the same that is said of them one by one."""

from __future__ import annotations

from functools import cache
from typing import Final
from zlib import crc32

import polars as pl

from baoshen_audit.engine.lookup import once, places
from baoshen_audit.identity.characters import HAN, akin, character, near, sounds, surnames
from baoshen_audit.identity.name_pair import ALIKE, NameClass, character_kind, slip_kind

__all__ = ["plain_kinds", "unlike"]

_TRAITS: Final = {
    "sounds": pl.UInt64,
    "corners": pl.UInt64,
    "parts": pl.UInt32,
    "length": pl.Int32,
    "strokes": pl.Int32,
}


def plain_kinds(pairs: pl.DataFrame) -> pl.Series:
    """The class (:func:`baoshen_audit.identity.name_pair.kind_of`) of pairs of different folded names, for plain ones.

    Nearly all candidates are such pairs: Han names of up to four characters, of two lengths, or of one length with
    another surname and another given name; and names of two and three characters with one surname that differ in one
    character or have two exchanged, or begin unlike and end in different ways.

    Args:
        pairs: ``a`` and ``b``, names.

    Returns:
        Int16 codes of :class:`NameClass`, null where the names have to be looked at one by one.
    """
    a, b, plain, by = map(pl.col, ("a", "b", "plain", "by"))
    told = pairs.select(
        plain=pl.all_horizontal(name.str.contains(f"^{HAN}{{1,4}}$") for name in (a, b)),
        by=(a.str.len_chars().cast(pl.Int64) - b.str.len_chars()).abs(),
    )
    codes = told.select(_different(plain & (by > 1))).to_series()
    for difference, judged in ((0, _of_one_length), (1, _of_two_lengths)):
        at = told.select(plain & (by == difference)).to_series().arg_true()
        codes = codes.scatter(at, judged(pairs[at]))
    return codes


def _different(holds: pl.Expr) -> pl.Expr:
    return pl.when(holds).then(pl.lit(int(NameClass.DIFFERENT), pl.Int16))


def _of_two_lengths(pairs: pl.DataFrame) -> pl.Series:
    """Names of lengths that differ by one are the same but for one character of the given name, or different."""
    longer = pl.col("a").str.len_chars() > pl.col("b").str.len_chars()
    frame = pairs.select(long=pl.when(longer).then("a").otherwise("b"), short=pl.when(longer).then("b").otherwise("a"))
    long, short = pl.col("long").str, pl.col("short")
    dropped = pl.any_horizontal(long.slice(0, i) + long.slice(i + 1) == short for i in range(4))
    # Without its first character it is another surname, but for a doubled one.
    beheaded = (long.slice(1) == short) & (long.slice(0, 1) != long.slice(1, 1))
    kind = pl.when(dropped & ~beheaded & (short.str.len_chars() > 1)).then(int(NameClass.DROPPED))
    return frame.select(kind.otherwise(int(NameClass.DIFFERENT)).cast(pl.Int16)).to_series()


def _of_one_length(pairs: pl.DataFrame) -> pl.Series:
    a, b, x, y, last, other = map(pl.col, ("a", "b", "x", "y", "last", "other"))
    compound = pl.any_horizontal(pl.col("a", "b").str.slice(0, 2).is_in(list(surnames().compound)))
    frame = pairs.select(
        head=a.str.slice(0, 1) == b.str.slice(0, 1),
        apart=a.str.slice(1) != b.str.slice(1),
        given=a.str.len_chars() - 1,
        single=(a.str.len_chars() == 2) | ~compound,
        x=a.str.slice(1, 1),
        y=b.str.slice(1, 1),
        last=a.str.slice(2),
        other=b.str.slice(2),
    )
    kin, inner, end = pl.col("head") & pl.col("given").is_between(1, 2), x != y, last != other
    turned = kin & inner & (x == other) & (y == last)
    codes = frame.select(
        pl.when(turned)
        .then(pl.lit(int(NameClass.SWAPPED), pl.Int16))
        .otherwise(_different(~pl.col("head") & pl.col("apart")))
    ).to_series()
    at = frame.select(kin & pl.col("single") & (inner != end)).to_series().arg_true()
    slips = frame[at].select(pl.when(inner).then(x).otherwise(last), pl.when(inner).then(y).otherwise(other), "given")
    codes = codes.scatter(at, once(slips, _slips))
    at = frame.select(kin & inner & end & ~turned).to_series().arg_true()
    return codes.scatter(at, once(frame[at].select("x", "y"), _begins_unlike))


def _slips(slips: pl.DataFrame) -> pl.Series:
    """Most of the two characters are plainly others; siblings bear such names."""
    other = pl.when(pl.col("given") > 1).then(int(NameClass.ONE_CHARACTER)).otherwise(int(NameClass.DIFFERENT))
    codes = slips.select(pl.when(unlike(slips)).then(other).cast(pl.Int16)).to_series()
    asked = codes.is_null().arg_true()
    found = [int(slip_kind(*slip)) for slip in slips[asked].iter_rows()]
    return codes.scatter(asked, pl.Series(found, dtype=pl.Int16))


def _begins_unlike(pairs: pl.DataFrame) -> pl.Series:
    """Given names that end in different ways and begin with these characters are different if the characters are."""
    different = unlike(pairs)
    asked = (~different).arg_true()
    found = [character_kind(*pair) is NameClass.DIFFERENT for pair in pairs[asked].iter_rows()]
    different = different.scatter(asked, pl.Series(found, dtype=pl.Boolean))
    return pairs.select(_different(pl.lit(different))).to_series()


def unlike(pairs: pl.DataFrame) -> pl.Series:
    """Whether two characters are plainly ``DIFFERENT`` in a given name, as nine of ten are.

    Args:
        pairs: ``x`` and ``y``, two different folded characters.

    Returns:
        Boolean; where false, :func:`baoshen_audit.identity.name_pair.character_kind` has to be asked.
    """
    chars = pl.concat([pairs["x"], pairs["y"].alias("x")]).unique()
    traits = pl.DataFrame(list(map(_traits, chars)), schema=_TRAITS, orient="row")
    one, other = (traits[places(pairs[column], chars)] for column in ("x", "y"))
    both = pl.concat([one, other.rename(lambda trait: f"{trait}_")], how="horizontal")
    # shape_similarity at most: a part of the code that only one character has takes a step to put in or to take out.
    length, parts, other_parts = pl.max_horizontal("length", "length_", 1), pl.col("parts"), pl.col("parts_")
    only = pl.max_horizontal((parts & ~other_parts).bitwise_count_ones(), (other_parts & ~parts).bitwise_count_ones())
    corners = (pl.col("corners") & pl.col("corners_")).bitwise_count_ones() / 4
    strokes = 1 - (pl.col("strokes") - pl.col("strokes_")).abs() / pl.max_horizontal("strokes", "strokes_", 1)
    alike = 0.5 * (1 - only / length) + 0.35 * corners + 0.15 * strokes
    apart = both.select((pl.col("sounds") & pl.col("sounds_") == 0) & (alike < ALIKE - 1e-6)).to_series()
    return apart & ~pairs.select(pl.concat_str("x", "y").is_in(_akin())).to_series()


@cache
def _traits(char: str) -> tuple[int, int, int, int, int]:
    """What characters are compared by, as numbers; sets as bits. No bit in common is nothing in common."""
    row = character(char)
    heard = {crc32(near(sound).encode()) % 64 for sound in sounds(char)}
    if row is None:
        return _bits(heard), 0, 0, 0, 0
    corners = {10 * place + int(digit) for place, digit in enumerate(row.corners[:4])}
    parts = {ord(part) - ord("A") for part in row.cangjie}
    return _bits(heard), _bits(corners), _bits(parts), len(row.cangjie), row.strokes


def _bits(numbers: set[int]) -> int:
    return sum(1 << number for number in numbers)


@cache
def _akin() -> pl.Series:
    return pl.Series([one + other for one, other in sorted(akin())]).implode()
