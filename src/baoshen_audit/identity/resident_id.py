"""Resident identity numbers (公民身份号码): form, check character, packed key, 15→18, what they tell.

GB 11643-1999: six digits of the area of *first issue* (never a residence), eight of the birth date, three of
sequence (odd = male), one check character (ISO 7064 MOD 11-2). The same form is used by the residence permits
of Hong Kong, Macao and Taiwan residents (first two digits 81, 82, 83) and by the 2023 foreign permanent
residence card (first digit 9). Numbers of GB 11643-1989 have fifteen digits and no check character.

All column functions take a String expression (or a column name) with cells as written and return an
expression of the same length; null, damaged and malformed cells give null, never an error. Each works on whole
columns step by step (``map_batches``): as one nested expression the folded text would be computed dozens of times.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import polars as pl

from baoshen_audit.identity.birth import real_day
from baoshen_audit.identity.check import check_value, digits
from baoshen_audit.text import fold

__all__ = [
    "STATUSES",
    "birth_date",
    "check_char",
    "id_status",
    "normal",
    "pack",
    "packed",
    "parsed",
    "plain",
    "sex",
    "standard",
    "unpack",
    "unpack_text",
    "upgrade",
]

STATUSES: Final = (
    "valid18", "valid18_hmt", "valid18_foreign", "upgraded15", "bad_check", "bad_date",
    "malformed", "masked", "excel_damaged", "placeholder", "other_document", "missing",
)  # fmt: skip
"""Every value :func:`id_status` can give."""

_PARSED: Final = {
    "text": pl.String(),
    "key": pl.Int64(),
    "status": pl.String(),
    "birth_date": pl.Date(),
    "sex": pl.String(),
}
_PLAIN: Final = {"body": pl.Int64(), "last": pl.Int64(), "birth_date": pl.Date(), "right": pl.Boolean()}
WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECKS: Final = "0123456789X"

_FORM18: Final = r"^[0-9]{17}[0-9X]$"
_FORM15: Final = r"^[0-9]{15}$"
# The letter X is typed as a multiplication sign or a Greek or Cyrillic capital that looks the same.
_X_LOOKALIKES: Final = "[x×ХхΧχ✕✖]"
_WRAPPING: Final = "[\"'`“”‘’=−–—-]"
_PLACEHOLDER: Final = (
    r"^(?:0+|1+|2+|3+|4+|5+|6+|7+|8+|9+|X+|[/\\.,;、。?]+|123456789012345678?|无|暂无|没有|无证|无身份证|未知|不详|不明"
    r"|未提供|未办理|未登记|待补|待核|待定|待查|空|NULL|NONE|NAN|NIL|NA|N/A|TEST|#N/A|#REF!|#VALUE!)$"
)
_MASKED: Final = r"^[0-9]+(?:[*?•●■□○◆#_~]+|X{2,})[0-9]*X?$|^[*•●■□○◆#_~]+[0-9]*X?$"
# A number cell read as text: scientific form, a decimal tail, or the fifteen digits a spreadsheet keeps plus 000.
_EXCEL: Final = r"^[0-9](?:\.[0-9]+)?E\+?[0-9]+$|^[0-9]{15,18}\.0*$|^[1-9][0-9]{14}000$"
_DOCUMENT: Final = (
    r"^(?:[A-Z]{1,2}[0-9]{7,8}"  # passports; exit-entry permits of Hong Kong and Macao residents
    r"|[HM][0-9]{8}(?:[0-9]{2})?"
    r"|[A-Z][0-9]{9}"  # birth certificates
    r"|[A-Z]{3}[0-9]{12}"  # foreign permanent residence card before 2023
    r"|.*字第.*|.*(?:军|士|警|文|武)官?证?字?第?[0-9]{4,}号?)$"
)


def normal(col: pl.Expr | str) -> pl.Expr:
    """A number as text: folded, upper case, quotes, dashes and ``="…"`` wrapping removed; empty is null.

    Args:
        col: String expression or column name, cells as written.

    Returns:
        String expression.
    """
    return _batch(col, _normal, pl.String())


def standard(col: pl.Expr | str) -> pl.Expr:
    """The 18-character form: well-formed numbers as they are, 15-digit ones upgraded, everything else null.

    The check character of an 18-character number is *not* judged here.

    Args:
        col: String expression or column name, cells as written.

    Returns:
        String expression of 18 characters, or null.
    """
    return _batch(col, lambda cells: _standard(_normal(cells)), pl.String())


def upgrade(col: pl.Expr | str) -> pl.Expr:
    """A 15-digit number in its 18-character form: 19 after the area, check character appended.

    Sequences 996 to 999 stood for people born in the 1800s (GB 11643-1989): their century is not known,
    so they give null, as do impossible dates.

    Args:
        col: String expression or column name, cells as written.

    Returns:
        String expression of 18 characters, or null where the cell is no usable 15-digit number.
    """
    return _batch(col, lambda cells: _upgraded(_normal(cells)), pl.String())


def parsed(col: pl.Expr | str) -> pl.Expr:
    """Everything a number tells in one pass, for callers who need more than one of the functions below.

    Args:
        col: String expression or column name, cells as written.

    Returns:
        Struct expression: ``text`` String (:func:`normal`), ``key`` Int64, ``status`` String, ``birth_date`` Date,
        ``sex`` String.
    """
    return _batch(col, lambda cells: _parsed(cells).to_struct(), pl.Struct(_PARSED))


def plain(col: pl.Expr | str) -> pl.Expr:
    """What is told by arithmetic of the cells that are seventeen digits and a check character just as they stand.

    Nineteen of twenty cells of a register are, and they are told several times as fast as the others.

    Args:
        col: String expression or column name, cells as written.

    Returns:
        Struct expression: ``body`` Int64, the seventeen digits, null for all other cells, for placeholders and for
        wrong numbers that end as a spreadsheet cuts them; ``last`` Int64, the check value written; ``birth_date`` Date
        in the digits, null where there is no such day; ``right`` Boolean, whether the check value is the right one.
    """
    return _batch(col, lambda cells: _plain(cells).to_struct(), pl.Struct(_PLAIN))


def packed(col: pl.Expr | str) -> pl.Expr:
    """The join key: ``int(first 17 digits) × 11 + check value`` (X = 10), null unless the check character is right.

    Upgraded 15-digit numbers get a key too; :func:`id_status` says ``upgraded15`` for them, and a link through
    one is weaker (tier M3). Placeholders never get a key.

    Args:
        col: String expression or column name, cells as written.

    Returns:
        Int64 expression; below 2^63, order-preserving and lossless (:func:`unpack`).
    """
    return _batch(col, lambda cells: _keys(_standard(_normal(cells))), pl.Int64())


def unpack(key: pl.Expr | str) -> pl.Expr:
    """The 18-character text of a packed key.

    Args:
        key: Int64 expression or column name.

    Returns:
        String expression; null stays null.
    """
    number = pl.col(key) if isinstance(key, str) else key
    body = (number // 11).cast(pl.String).str.zfill(17)
    last = number % 11
    return pl.concat_str(body, pl.when(last == 10).then(pl.lit("X")).otherwise(last.cast(pl.String)))


def id_status(col: pl.Expr | str) -> pl.Expr:
    """What a cell is, one of :data:`STATUSES`.

    ``bad_date`` wins over ``bad_check``: a number with month 13 tells more by its date. A number with a right
    check character and an impossible date keeps its key, for some were issued so (30 February of the lunar year).
    One cell cannot tell a number that ends in 000 from one cut by a spreadsheet; with a right check character it
    counts as valid, and the signature of the whole column is intake's to judge.

    Args:
        col: String expression or column name, cells as written.

    Returns:
        String expression, never null.
    """
    return _batch(col, lambda cells: _parsed(cells)["status"], pl.String())


def birth_date(col: pl.Expr | str) -> pl.Expr:
    """The birth date inside a number whose check character is right (or a 15-digit one).

    Args:
        col: String expression or column name, cells as written.

    Returns:
        Date expression; null where the number has no key or its date does not exist.
    """
    return _batch(col, lambda cells: _parsed(cells)["birth_date"], pl.Date())


def sex(col: pl.Expr | str) -> pl.Expr:
    """The sex inside a number with a key: odd sequence 男, even 女.

    Args:
        col: String expression or column name, cells as written.

    Returns:
        String expression, ``男`` or ``女`` or null.
    """
    return _batch(col, lambda cells: _parsed(cells)["sex"], pl.String())


def check_char(body: str) -> str:
    """The check character of a 17-digit body (ISO 7064 MOD 11-2).

    Args:
        body: Seventeen ASCII digits.

    Returns:
        One of ``0``-``9`` and ``X``.

    Raises:
        ValueError: If the body is not seventeen digits.
    """
    if len(body) != 17 or not (body.isascii() and body.isdigit()):
        raise ValueError("a body has seventeen digits")
    total = sum(w * int(d) for w, d in zip(WEIGHTS, body, strict=True))
    return CHECKS[(1 - total) % 11]


def pack(number: str) -> int:
    """The packed key of one 18-character number, in Python.

    Args:
        number: Eighteen characters with a right check character.

    Returns:
        The key as :func:`packed` gives it.

    Raises:
        ValueError: If the form or the check character is wrong.
    """
    if len(number) != 18 or number[17:] != check_char(number[:17]):
        raise ValueError("the check character is wrong")
    return int(number[:17]) * 11 + CHECKS.index(number[17])


def unpack_text(key: int) -> str:
    """The 18-character number of one packed key, in Python.

    Args:
        key: A key as :func:`pack` gives it.

    Returns:
        Eighteen characters.
    """
    return f"{key // 11:017d}{CHECKS[key % 11]}"


def _batch(col: pl.Expr | str, step: Callable[[pl.Series], pl.Series], dtype: pl.DataType) -> pl.Expr:
    expr = pl.col(col) if isinstance(col, str) else col
    return expr.map_batches(lambda cells: step(cells.cast(pl.String)), return_dtype=dtype, is_elementwise=True)


def _normal(cells: pl.Series) -> pl.Series:
    # Most cells are plain digits already: only the others go through the costly folding.
    odd = cells.str.contains("[^0-9X]").fill_null(value=False)
    if odd.any():
        strange = pl.select(
            fold(pl.lit(cells.filter(odd)))
            .str.to_uppercase()
            .str.replace_all(_WRAPPING, "")
            .str.replace_all(_X_LOOKALIKES, "X")
            # without what stood between them an accent may meet a letter
            .str.normalize("NFKC")
        ).to_series()
        cells = cells.clone().scatter(odd.arg_true(), strange)
    return cells.set(cells == "", None)


def _standard(text: pl.Series) -> pl.Series:
    old = _upgraded(text)
    return old.zip_with(old.is_not_null(), text.zip_with(_has(text, _FORM18), text.clear(len(text))))


def _upgraded(text: pl.Series) -> pl.Series:
    usable = _has(text, _FORM15) & ~_has(text, _PLACEHOLDER) & ~_has(text, "99[6-9]$")
    if not usable.any():
        return text.clear(len(text))
    t = pl.col("t")
    frame = pl.DataFrame({"t": text.filter(usable)})
    frame = frame.select(body=pl.concat_str(t.str.slice(0, 6), pl.lit("19"), t.str.slice(6)))
    frame = frame.with_columns(check=check_value(pl.col("body").cast(pl.Int64)))
    last = pl.when(pl.col("check") == 10).then(pl.lit("X")).otherwise(pl.col("check").cast(pl.String))
    real = real_day(pl.col("body").str.slice(6, 8).cast(pl.Int64)).is_not_null()
    upgraded = frame.select(pl.when(real).then(pl.concat_str(pl.col("body"), last))).to_series()
    return text.clear(len(text)).scatter(usable.arg_true(), upgraded)


def _keys(text: pl.Series) -> pl.Series:
    """Packed keys of 18-character texts (or null) as :func:`_standard` gives them."""
    body, last = pl.col("body"), pl.col("last")
    right = (check_value(body) == last) & ~pl.lit(_has(text, _PLACEHOLDER))
    return digits(text).select(pl.when(right).then(body * 11 + last).alias(text.name)).to_series()


def _parsed(cells: pl.Series) -> pl.DataFrame:
    # Nearly every cell is digits in the right number, which tell everything; only the others are looked at closely.
    right, known = pl.col("right"), pl.col("body").is_not_null()
    frame = _plain(cells).select(
        text=cells,
        key=pl.when(right & known).then(pl.col("body") * 11 + pl.col("last")),
        dated="birth_date",
        status=pl.when(cells.is_null())
        .then(pl.lit("missing"))
        .when(known & pl.col("birth_date").is_null())
        .then(pl.lit("bad_date"))
        .when(known & ~right)
        .then(pl.lit("bad_check")),
        other=~known & cells.is_not_null(),
    )
    told = frame.select(_told(pl.coalesce("status", _kind())))
    at = frame["other"].arg_true()
    if at.is_empty():
        return told
    # Copied together: picked out of a long column they lie scattered over its memory, and are looked through ten times.
    text = _normal(cells[at] + "")
    others = _dated(text, _standard(text)).select(_told(_status()))
    return told.select(told[name].scatter(at, others[name]) for name in _PARSED)


def _plain(cells: pl.Series) -> pl.DataFrame:
    body, last = pl.col("body"), pl.col("last")
    frame = digits(cells).with_columns(right=check_value(body) == last)
    repeated = (body % 11_111_111_111_111_111 == 0) | (body == 12_345_678_901_234_567)
    cut = (body % 100 == 0) & (last == 0) & ~pl.col("right")
    whole = (body >= 10**16) & last.is_not_null() & ~repeated & ~cut
    return frame.select(
        body=pl.when(whole).then(body), last="last", birth_date=real_day(body // 1000 % 10**8), right="right"
    )


def _dated(text: pl.Series, number: pl.Series) -> pl.DataFrame:
    """Text, key and the date inside its number (18 characters or null), if it exists."""
    frame = pl.DataFrame({"text": text, "day": number.str.slice(6, 8), "key": _keys(number)})
    return frame.with_columns(dated=real_day(pl.col("day").cast(pl.Int64, strict=False)))


def _told(status: pl.Expr) -> list[pl.Expr]:
    """What a number tells, of a frame as :func:`_dated` makes it, in the order of :data:`_PARSED`."""
    keyed, man = pl.col("key").is_not_null(), pl.col("key") // 11 % 2 == 1
    return [
        pl.col("text"),
        pl.col("key"),
        status.alias("status"),
        pl.when(keyed).then("dated").alias("birth_date"),
        pl.when(man).then(pl.lit("男")).when(~man).then(pl.lit("女")).alias("sex"),
    ]


def _kind() -> pl.Expr:
    """Status of a complete number."""
    first = pl.col("key") // (11 * 10**15)
    kind = pl.when(first.is_between(81, 83)).then(pl.lit("valid18_hmt"))
    return kind.when(first >= 90).then(pl.lit("valid18_foreign")).otherwise(pl.lit("valid18"))


def _status() -> pl.Expr:
    text = pl.col("text")
    form18, keyed, dated = text.str.contains(_FORM18), pl.col("key").is_not_null(), pl.col("dated").is_not_null()
    found = pl.lit("malformed")
    # From the last resort to the first.
    for holds, status in (
        (text.str.contains(_DOCUMENT), "other_document"),
        (text.str.contains(_MASKED), "masked"),
        (text.str.contains(_FORM15), "bad_date"),
        (text.str.contains(_FORM15) & keyed, "upgraded15"),
        (form18, "bad_date"),
        (form18 & dated, "bad_check"),
        (text.str.contains(_EXCEL) & ~(form18 & keyed), "excel_damaged"),
        (text.str.contains(_PLACEHOLDER), "placeholder"),
        (text.is_null(), "missing"),
    ):
        found = pl.when(holds).then(pl.lit(status)).otherwise(found)
    return pl.when(form18 & keyed & dated).then(_kind()).otherwise(found)


def _has(text: pl.Series, pattern: str) -> pl.Series:
    return text.str.contains(pattern).fill_null(value=False)
