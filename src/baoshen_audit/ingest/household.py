"""A combined sheet, household cells merged over its members' rows, becomes the household table and `member`.

Two people blocks (户编号, 户主姓名, 家庭人口 … 成员姓名, 成员身份证号 …): the first is the head's, the second
the member's. One block (户编号, 姓名, 身份证号, 与户主关系, 家庭人口 …): the head is a row among the others.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from baoshen_audit.ingest.headers import Layout, Match, aliases, match
from baoshen_audit.schemas import CODES, HOUSEHOLD_ROLLS
from baoshen_audit.text import fold

_MEMBER: Final = re.compile(r"^(?:其他)?(?:共同生活)?(?:家庭)?(?:成员|家属)(?:基本)?(?:情况|信息)?")
_SHARED: Final = ("hh_id", "town", "village", "region_code", "programme", "period", "status")
"""What a member's row takes over from its household."""

_HEADS: Final = [spelling for spelling, value in CODES["relation"].items() if value == "户主"]


@dataclass(frozen=True)
class Split:
    """The two readings of a combined sheet.

    Attributes:
        household: canonical column → position, for the household table.
        member: canonical column → position, for `member`.
        heads: the rows that stand for their household.
    """

    household: dict[str, int]
    member: dict[str, int]
    heads: pl.DataFrame


def _member_start(layout: Layout, found: Match) -> int | None:
    """Position of the first member column of a household roll; None when there is no such block."""
    known = aliases(found.table)
    people = {"name", "id_no"}
    for position, forms in enumerate(layout.forms):
        if position in (found.columns.get("name"), found.columns.get("id_no")):
            continue
        names = {aliases("member")[form][0] for form in _member_forms(forms) if form in aliases("member")}
        again = {known[form][0] for form in forms if form in known}
        if names & people and (not again & people or position > found.columns.get("name", position)):
            return position
    return None


def member_columns(layout: Layout, found: Match) -> dict[str, int]:
    """Member columns a household roll may hold: canonical column → position; empty for other tables."""
    if found.table not in HOUSEHOLD_ROLLS:
        return {}
    start = _member_start(layout, found)
    return match(layout, "member").columns if start is None else _block(layout, start)


def split(body: pl.DataFrame, layout: Layout, found: Match) -> Split | None:
    """Take a combined sheet apart.

    Args:
        body: data rows, merged cells filled down.
        layout: its header.
        found: its reading as a household roll.

    Returns:
        The two readings, or None when the sheet has one row per household.
    """
    if found.table not in HOUSEHOLD_ROLLS:
        return None
    key = found.columns.get("hh_id", found.columns.get("id_no"))
    if key is None:
        return None
    number = fold(pl.col(f"c{key}"))
    keyed = body.with_columns(
        # a row without a household number stands alone
        pl.when(number != "").then(number).otherwise(pl.format("\x00{}", pl.col("row"))).alias("key")
    )
    start = _member_start(layout, found)
    if start is not None:
        return _two_blocks(keyed, layout, found, start)
    if {"hh_id", "relation"} <= set(found.columns):
        return _one_block(keyed, layout, found)
    return None


def _two_blocks(keyed: pl.DataFrame, layout: Layout, found: Match, start: int) -> Split:
    block = _block(layout, start)
    claimed = set(block.values())
    own = {name: position for name, position in found.columns.items() if position not in claimed}
    # a column both could claim belongs to the household when all rows of each household agree
    for name, position in found.columns.items():
        if position in claimed and name not in ("name", "id_no", "relation") and _agrees(keyed, position):
            own[name] = position
    shared = {name: own[name] for name in _SHARED if name in own}
    heads = keyed.unique("key", keep="first", maintain_order=True).drop("key")
    return Split(own, shared | block, heads)


def _one_block(keyed: pl.DataFrame, layout: Layout, found: Match) -> Split | None:
    """Every head's row stands for a household, and the first row of a household without one."""
    relation = fold(pl.col(f"c{found.columns['relation']}"))
    people = keyed.with_columns(relation.is_in(_HEADS).fill_null(value=False).alias("head"))
    others = people.select((~pl.col("head") & (relation != "")).any()).item()
    if not others or not people["key"].is_duplicated().any():
        # only heads: a roll with one row per household, in which a repeated number is a finding and stays
        return None
    headless = people.filter(~pl.col("head").any().over("key")).unique("key", keep="first", maintain_order=True)
    heads = pl.concat([people.filter("head"), headless]).sort("row").drop("key", "head")
    return Split(found.columns, match(layout, "member").columns, heads)


def _block(layout: Layout, start: int) -> dict[str, int]:
    known = aliases("member")
    columns: dict[str, tuple[int, int]] = {}
    for position in range(start, len(layout.forms)):
        form = next((form for form in _member_forms(layout.forms[position]) if form in known), None)
        if form is None:
            continue
        name, rank = known[form]
        if name not in columns or (rank, position) < columns[name]:
            columns[name] = (rank, position)
    return {name: position for name, (_, position) in columns.items()}


def _member_forms(forms: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(form for text in forms for form in (text, _MEMBER.sub("", text)) if form))


def _agrees(keyed: pl.DataFrame, position: int) -> bool:
    column = f"c{position}"
    values = keyed.filter(pl.col(column).is_not_null()).group_by("key").agg(pl.col(column).n_unique())
    return bool((values[column] == 1).all())
