"""Two columns of names: what can be told of all pairs at once, the same that is said of them one by one."""

from __future__ import annotations

import polars as pl

from baoshen_audit.engine.lookup import once
from baoshen_audit.identity.characters import HAN, surnames
from baoshen_audit.identity.name_pair import NameClass, character_kind, slip_kind

__all__ = ["plain_kinds"]


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
    return pl.Series([int(slip_kind(*slip)) for slip in slips.iter_rows()], dtype=pl.Int16)


def _begins_unlike(pairs: pl.DataFrame) -> pl.Series:
    """Given names that end in different ways and begin with these characters are different if the characters are."""
    kinds = (character_kind(*pair) for pair in pairs.iter_rows())
    return pl.Series([int(kind) if kind is NameClass.DIFFERENT else None for kind in kinds], dtype=pl.Int16)
