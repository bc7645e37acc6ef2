"""The spec for registers of residents: numbers, names, birth dates, sex, village, address, phone, account.

Columns are found by their Chinese or English headers; what a table does not have is left out and noted.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import polars as pl

from baoshen_audit.identity.id_damage import neighbours
from baoshen_audit.identity.name_pair import LEVELS, NameClass
from baoshen_audit.linkage.people_levels import comparisons
from baoshen_audit.linkage.people_pairs import BirthClass, IdClass
from baoshen_audit.linkage.people_prepare import ALIASES, prepare
from baoshen_audit.linkage.spec import Block, Cap, Ceiling, LinkSpec, Sides, Tier, Veto, key

__all__ = ["ALIASES", "people"]

_STRONG_ID: Final = [int(c) for c in IdClass if c < IdClass.DISSIMILAR]
_UNLIKE_ID: Final = [int(IdClass.DISSIMILAR), int(IdClass.MISFIT)]
_SURE_ID: Final = [int(IdClass.EQUAL), int(IdClass.EQUAL_OLD)]
_NAME2: Final = [int(c) for c in NameClass if LEVELS[c] >= 2]
_NAME0: Final = [int(c) for c in NameClass if LEVELS[c] == 0]
_NAME1: Final = [int(c) for c in NameClass if LEVELS[c] >= 1]
_CONTACT: Final = ("village", "address", "phone", "account")


def people(*, columns: Mapping[str, str] | None = None, share: float = 0.05, one_to_one: Sides = "none") -> LinkSpec:
    """The spec for registers of residents.

    Args:
        columns: Canonical column (a key of :data:`ALIASES`) → header in the tables, where headers alone do not tell.
        share: Expected share of records with a partner; results change little within a factor of three.
        one_to_one: ``none``, ``left``, ``right`` or ``both``.

    Returns:
        A spec for :func:`baoshen_audit.linkage.link`.
    """
    named = dict(columns or {})
    contact = pl.sum_horizontal(f"{c}_bits" for c in _CONTACT)
    return LinkSpec(
        prepare=lambda tables: prepare(tables, named),
        blocks=_blocks(),
        comparisons=comparisons(),
        identifier="person",
        caps=(
            # A birth date or sex inside the number is not a second witness when the number agrees.
            Cap(("birth", "sex"), 0.0, pl.col("id").is_in(_STRONG_ID)),
            # A household shares village, address, phone and often the account: relatives would reach any sum of them.
            Cap(_CONTACT, 14.0),
        ),
        ceiling=Ceiling(
            (pl.col("name").is_in(_NAME2), pl.col("birth"), contact.sign()),
            ~pl.col("id").is_in(_STRONG_ID).fill_null(value=False),
        ),
        vetoes=_vetoes(),
        tiers=_tiers(),
        share=share,
        one_to_one=one_to_one,
    )


def _blocks() -> tuple[Block, ...]:
    bad = pl.col("status").is_in(["bad_check", "bad_date", "malformed"])
    return (
        Block("证号", key("number"), identified=True, cap=10_000, star=True),
        Block("错误证号文本+姓名", key("id_text", "called", where=pl.col("number").is_null())),
        Block("前15位+姓名读音", key("prefix", "sound")),
        Block("首6尾4+姓名读音", key("ends", "sound")),
        Block("一位之差", _around, key("number")),
        Block("一位之差(反向)", key("number"), _around, mirror=True),
        # With identified pairs too: they tell how often one name and birth date are two people.
        Block("姓名读音+出生日期", key("sound", "birth"), identified=True, cap=400),
        Block("姓氏读音+出生日期", key("surname", "birth"), cap=400),
        Block("出生日期+村", key("birth", "village"), cap=400),
        Block("姓名读音+村", key("sound", "village"), cap=400),
        Block("姓名+电话", key("called", "phone")),
        Block("姓名+账号", key("called", "account")),
        Block("姓氏读音+电话", key("surname", "phone"), cap=100),
        Block("姓氏读音+账号", key("surname", "account"), cap=100),
        Block("出生日期+电话", key("birth", "phone"), cap=100),
        Block("错误证号文本", key("id_text", where=bad), cap=25),
    )


def _around(frame: pl.DataFrame) -> pl.DataFrame:
    numbers = frame.lazy().filter(pl.col("status").is_in(["bad_check", "bad_date"])).select("row", number="id_text")
    return neighbours(numbers.collect())


def _vetoes() -> tuple[Veto, ...]:
    ident, name = pl.col("id"), pl.col("name")
    other = pl.sum_horizontal(pl.col(f"{c}_bits").clip(lower_bound=0) for c in ("id", "birth", *_CONTACT))
    sure = ident.is_in(_SURE_ID).fill_null(value=False)
    # One name and birth date are often two people: what else there is has to speak for one of them, not against.
    met = pl.sum_horizontal(pl.col(f"{c}_bits").clip(lower_bound=0) for c in _CONTACT) > 0
    apart = pl.sum_horizontal(pl.col(f"{c}_bits").clip(upper_bound=0) for c in _CONTACT) < 0
    open_id = ~ident.is_in(_STRONG_ID).fill_null(value=False)
    return (
        Veto(other < 3.0, "reject", "只有姓名相同", "nothing but the name"),
        Veto(ident == IdClass.CONFLICT, "review", "两个有效证号不同", "two different valid numbers"),
        Veto(
            ident.is_in(_UNLIKE_ID) & ~met, "review", "证号不符，别无联系", "numbers not alike and no contact in common"
        ),
        Veto(
            open_id & apart & ~met,
            "review",
            "村、住址、电话、账号无一相同",
            "no village, address, phone or account in common",
        ),
        Veto(name.is_in(_NAME0), "review", "姓名不同", "names differ"),
        Veto(name.is_null() & ~sure, "review", "缺姓名", "no name"),
        Veto((pl.col("sex") == 0) & ~sure, "review", "性别矛盾", "sex contradicts"),
    )


def _tiers() -> tuple[Tier, ...]:
    ident, name = pl.col("id"), pl.col("name")
    named = name.is_in(_NAME2)
    contact = (pl.col("phone") == 1) | (pl.col("account") == 1) | (pl.col("village") == 1) | (pl.col("address") >= 1)
    born = pl.col("birth") == BirthClass.EQUAL
    area = (pl.col("village") == 1) | (pl.col("address") >= 1)
    return (
        Tier("M1", (ident == IdClass.EQUAL) & named),
        Tier("M2", ident == IdClass.EQUAL),
        Tier("M3", ident.is_in(_STRONG_ID) & named),
        Tier("M4", named & born & (pl.col("sex") == 1) & area),
        Tier("M5", name.is_in(_NAME1) & (contact | ident.is_in(_STRONG_ID) | born)),
        Tier("M6", pl.lit(value=True)),
    )
