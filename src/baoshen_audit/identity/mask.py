"""Masks: what of a person's data may be shown inside the office.

Name 张*三 or 张*; number first six and last four; account last four; phone 138****1234. A cell that does not have the
form of its column could hold anything (a number typed into the name field), so nothing of it is shown but its
length. PIPL art. 6 (minimum necessary) and the office practice of 320482********1234.
"""

from __future__ import annotations

from typing import Final

import polars as pl

from baoshen_audit.identity.resident_id import normal
from baoshen_audit.text import fold

__all__ = ["mask", "mask_account", "mask_id", "mask_name", "mask_phone"]

_NOISE: Final = "[\"'`“”‘’=−–—-]"
_LONGEST_NAME: Final = 20


def mask_name(col: pl.Expr | str) -> pl.Expr:
    """A name with only its first and (from three characters on) last character shown.

    Bracketed notes are dropped; a cell with a digit, or longer than a name can be, is starred whole.

    Args:
        col: String expression or column name, cells as written.

    Returns:
        String expression; null stays null.
    """
    text = fold(_expr(col)).str.replace_all(r"[(\[〔【][^)\]〕】]*[)\]〕】]?", "")
    length = text.str.len_chars()
    stars = pl.lit("*")
    name = (
        pl.when(length <= 1)
        .then(_stars(text))
        .when(length == 2)
        .then(pl.concat_str(text.str.slice(0, 1), stars))
        .otherwise(pl.concat_str(text.str.slice(0, 1), _stars(text.str.slice(2)), text.str.slice(-1)))
    )
    strange = text.str.contains("[0-9]|[一二三四五六七八九〇零]{4,}") | (length > _LONGEST_NAME)
    return pl.when(strange).then(_stars(text)).otherwise(name)


def mask_id(col: pl.Expr | str) -> pl.Expr:
    """A resident number as ``320482********1234`` (fifteen digits likewise); anything else starred whole.

    Args:
        col: String expression or column name, cells as written.

    Returns:
        String expression; null stays null.
    """
    text = normal(col)
    shown = pl.concat_str(text.str.slice(0, 6), _stars(text.str.slice(10)), text.str.slice(-4))
    whole = text.str.contains(r"^(?:[0-9]{17}[0-9X]|[0-9]{15})$")
    already = text.str.contains(r"^[0-9]{6}\*{5,8}[0-9]{3}[0-9X]$")
    return pl.when(whole).then(shown).when(already).then(text).otherwise(_stars(fold(_expr(col))))


def mask_account(col: pl.Expr | str) -> pl.Expr:
    """An account with only its last four digits shown; anything but 8 to 32 digits starred whole.

    Args:
        col: String expression or column name, cells as written.

    Returns:
        String expression; null stays null.
    """
    text = fold(_expr(col)).str.replace_all(_NOISE, "")
    shown = pl.concat_str(_stars(text.str.slice(4)), text.str.slice(-4))
    return pl.when(text.str.contains("^[0-9]{8,32}$")).then(shown).otherwise(_stars(text))


def mask_phone(col: pl.Expr | str) -> pl.Expr:
    """A mobile number as ``138****1234``; anything else starred whole.

    Args:
        col: String expression or column name, cells as written.

    Returns:
        String expression; null stays null.
    """
    text = fold(_expr(col)).str.replace_all(_NOISE, "")
    shown = pl.concat_str(text.str.slice(0, 3), pl.lit("****"), text.str.slice(-4))
    return pl.when(text.str.contains("^1[0-9]{10}$")).then(shown).otherwise(_stars(text))


def mask(col: pl.Expr | str, kind: str, pii: str) -> pl.Expr:
    """The mask that fits a column, chosen by what the catalogue says of it.

    Args:
        col: Expression or column name, typed values or cells as written.
        kind: ``ColumnSpec.kind``: text, id, account, phone, date and so on.
        pii: ``ColumnSpec.pii``: direct, quasi, sensitive or none.

    Returns:
        String expression. Columns that point to nobody come back as text unmasked. Dates that help to point to
        somebody (birth dates: they fill the gap a masked number leaves) show the year only.
    """
    value = _expr(col).cast(pl.String)
    if pii == "none":
        return value
    if kind in ("account", "phone"):
        return mask_account(value) if kind == "account" else mask_phone(value)
    if pii in ("direct", "quasi") and kind in ("date", "datetime"):
        return _mask_date(value)
    if pii == "direct":
        return mask_id(value) if kind == "id" else mask_name(value)
    return value


def _mask_date(text: pl.Expr) -> pl.Expr:
    year = text.str.extract(r"^\s*((?:18|19|20)[0-9]{2})(?:[^0-9.]|[01][0-9][0-3][0-9]|\.[0-9]{1,2}\.)", 1)
    return pl.when(year.is_not_null()).then(pl.concat_str(year, pl.lit("-**-**"))).otherwise(_stars(text))


def _expr(col: pl.Expr | str) -> pl.Expr:
    return pl.col(col) if isinstance(col, str) else col


def _stars(text: pl.Expr) -> pl.Expr:
    return text.str.replace_all("(?s).", "*")
