"""The string helpers everybody shares: folding for keys, cleaning for show, squeezing headers.

Offices type the same word in many widths: full-width digits, ideographic and no-break spaces that pad
two-character names, zero-width characters and byte-order marks left by copying from web pages. Two forms
undo this: :func:`fold` for keys (nothing invisible survives, no blank at all) and :func:`clean` for what
is shown (single blanks stay). Both are polars expressions; :func:`fold_text` is the header twin in Python.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import Final

import polars as pl

__all__ = ["BLANK", "INVISIBLE", "clean", "clean_text", "fold", "fold_text"]

BLANK: Final = r"[\s\p{Z}\x{115F}\x{1160}\x{2800}\x{3164}]"
"""What prints as a blank: Unicode separators, white space, the Hangul fillers and the empty Braille cell."""

INVISIBLE: Final = r"[\p{Cc}\p{Cf}\x{FE00}-\x{FE0F}\x{E0100}-\x{E01EF}]"
"""What prints as nothing: control and format characters (zero-width, BOM, bidi marks), variation selectors.

Private-use code points are kept on purpose: in old registers they are rare name characters.
"""

_UNSURE: Final = "[^0-9A-Za-z\u4e00-\u9fff]"


def fold(expr: pl.Expr) -> pl.Expr:
    """The key form of a text column: NFKC, no blanks of any kind, nothing invisible.

    Args:
        expr: String expression of any shape.

    Returns:
        String expression; null stays null, a cell of blanks only becomes ``""``.
    """
    # A blank taken out can bring a letter and its accent together: compose once more.
    return _where_needed(
        expr, lambda text: text.str.normalize("NFKC").str.replace_all(f"{BLANK}|{INVISIBLE}", "").str.normalize("NFKC")
    )


def clean(expr: pl.Expr) -> pl.Expr:
    """The shown form of a text column: NFKC, trimmed, runs of blanks collapsed to one, nothing invisible.

    Args:
        expr: String expression of any shape.

    Returns:
        String expression; null stays null, a cell of blanks only becomes ``""``.
    """
    return _where_needed(
        expr,
        lambda text: (
            text.str.normalize("NFKC")
            .str.replace_all(f"{BLANK}+", " ")
            .str.replace_all(INVISIBLE, "")
            .str.strip_chars(" ")
            .str.replace_all(" {2,}", " ")
        ),
    )


def clean_text(text: str) -> str:
    """:func:`clean` for one Python string.

    Args:
        text: Any text.

    Returns:
        NFKC form with single blanks and no invisible characters.
    """
    spaced = "".join(" " if _is_blank(c) else c for c in unicodedata.normalize("NFKC", text))
    visible = "".join(c for c in spaced if not _is_invisible(c))
    return " ".join(part for part in visible.split(" ") if part)


def fold_text(text: str) -> str:
    """The comparison form of a header: NFKC, lower case, letters, digits and Han only.

    Blanks, brackets, punctuation and marks go, what stands inside brackets stays (a unit is part of the
    meaning): ``"金 额（元）*"`` → ``"金额元"``.

    Args:
        text: Header cell as written.

    Returns:
        Folded header, possibly ``""``.
    """
    return "".join(c for c in unicodedata.normalize("NFKC", text).lower() if c.isalnum())


def _where_needed(expr: pl.Expr, step: Callable[[pl.Expr], pl.Expr]) -> pl.Expr:
    """Take a costly step only for cells with a character it could change; most cells have none."""

    def fold_some(cells: pl.Series) -> pl.Series:
        if cells.dtype == pl.Null:
            return cells.cast(pl.String)
        odd = cells.str.contains(_UNSURE).fill_null(value=False)
        if not odd.any():
            return cells
        changed = cells.filter(odd).to_frame("c").select(step(pl.col("c"))).to_series()
        return cells.clone().scatter(odd.arg_true(), changed)

    return expr.map_batches(fold_some, return_dtype=pl.String(), is_elementwise=True)


def _is_blank(char: str) -> bool:
    # Python also calls the four separators of ASCII control blanks; Unicode's White_Space does not.
    if "\x1c" <= char <= "\x1f":
        return False
    return char.isspace() or unicodedata.category(char)[0] == "Z" or char in "\u115f\u1160\u2800\u3164"


def _is_invisible(char: str) -> bool:
    selector = "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef"
    return selector or unicodedata.category(char) in ("Cc", "Cf")
