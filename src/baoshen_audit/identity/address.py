"""Addresses: supporting evidence only, never a key of a person. A regex chain, no gazetteer.

Offices write one village as 东庄村, 东庄村委会, 东庄大队 or 东庄社区, one group as 三组, 3组 or 第三生产队.
"""

from __future__ import annotations

from typing import Final

import polars as pl

from baoshen_audit.text import fold

__all__ = ["address_key", "village_in", "village_key"]

_VILLAGE_WORDS: Final = "村民委员会|居民委员会|村委会|居委会|行政村|社区居民委员会|社区|大队"
_GROUP_WORDS: Final = "村民小组|生产小队|生产队|小组|小队|队"
_DIGITS: Final = "一二三四五六七八九"


def _numerals() -> dict[str, str]:
    """Chinese numerals 1 to 99 before the words that number a place."""
    ones = {char: at for at, char in enumerate(_DIGITS, 1)}
    words = {**{c: n for c, n in ones.items()}, "十": 10}
    words |= {f"十{c}": 10 + n for c, n in ones.items()}
    words |= {f"{t}十{c}": 10 * tens + n for t, tens in ones.items() for c, n in [("", 0), *ones.items()]}
    order = sorted(words, key=len, reverse=True)
    return {f"{mark}{word}{unit}": f"{words[word]}{unit}" for mark in ("第", "") for word in order for unit in "组号栋"}


def address_key(col: pl.Expr | str) -> pl.Expr:
    """An address in one spelling, without province, city and county: ``朱林镇东庄村3组12号``.

    Args:
        col: String expression or column name, cells as written.

    Returns:
        String expression; null where fewer than four characters are left.
    """
    numerals = _numerals()
    text = fold(pl.col(col) if isinstance(col, str) else col).str.replace_all(r"[^\p{Han}0-9A-Za-z]", "")
    text = text.str.replace_all(_VILLAGE_WORDS, "村").str.replace_all("村村", "村").str.replace_all("公社", "镇")
    text = text.str.replace_all(_GROUP_WORDS, "组").str.replace_all("[幢座]", "栋")
    text = text.str.replace_many(list(numerals), list(numerals.values()), leftmost=True)
    # Only what stands before a township is taken for a county: 小区 and 市场 are parts of the address itself.
    text = text.str.replace("^.*?[区县市]([^区县市]{1,6}?(?:镇|乡|街道))", "${1}")
    return pl.when(text.str.len_chars() >= 4).then(text)


def village_key(col: pl.Expr | str) -> pl.Expr:
    """The bare name of a village from a column that names it.

    Args:
        col: String expression or column name, cells as written.

    Returns:
        String expression without 村, 村委会, 社区 and the like; null where nothing is left.
    """
    cell = fold(pl.col(col) if isinstance(col, str) else col)
    bare = cell.str.replace(f"(?:{_VILLAGE_WORDS}|村)+$", "")
    return pl.when(bare != "").then(bare)


def village_in(address: pl.Expr | str) -> pl.Expr:
    """The bare name of the village an address names after its township.

    Args:
        address: String expression or column name, cells as written.

    Returns:
        String expression; null where the address names none.
    """
    place = fold(pl.col(address) if isinstance(address, str) else address)
    return place.str.extract("(?:镇|乡|街道|办事处|公社)(.{1,8}?)(?:村|社区|居委会|大队)", 1)
