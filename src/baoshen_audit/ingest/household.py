"""A combined sheet, household cells merged over its members' rows, becomes the household table and `member`.

Two people blocks (户编号, 户主姓名, 家庭人口 … 成员姓名, 成员身份证号 …): the first is the head's, the second
the member's. One block (户编号, 姓名, 身份证号, 与户主关系, 家庭人口 …): the head is a row among the others.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from baoshen_audit.ingest.headers import Layout, Match, aliases, match
from baoshen_audit.schemas import CODES, HOUSEHOLD_ROLLS
from baoshen_audit.text import fold

_MEMBER: Final = re.compile(r"^(?:其他)?(?:共同生活)?(?:家庭)?(?:成员|家属)(?:基本)?(?:情况|信息)?")
_SHARED: Final = ("hh_id", "town", "village", "region_code", "programme", "period", "status")
"""What a member's row takes over from its household."""

_HAN_NUMBERS: Final = "一二三四五六七八九十"
_NUMBER: Final = re.compile(rf"[0-9]{{1,2}}|[{_HAN_NUMBERS}](?![一二三四五六七八九十])")
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


def wide_columns(layout: Layout, found: Match) -> list[dict[str, int]]:
    """Members that stand side by side in a household's row: 其他家庭成员姓名1, 身份证号1 … 姓名6, 身份证号6.

    Args:
        layout: the header.
        found: its reading as a household roll.

    Returns:
        Per numbered member: canonical column of `member` → position; in order of the number. Empty unless at least two
        numbers name a person.
    """
    if found.table not in HOUSEHOLD_ROLLS:
        return []
    known = aliases("member")
    blocks: dict[int, dict[str, int]] = {}
    for position, forms in enumerate(layout.forms):
        for form in forms:
            number, rest = _numbered(form)
            name = next((known[base][0] for base in _member_forms((rest,)) if base in known), None)
            if number and name:
                blocks.setdefault(number, {}).setdefault(name, position)
                break
    people = [blocks[number] for number in sorted(blocks) if blocks[number].keys() & {"name", "id_no"}]
    return people if len(people) > 1 else []


def _numbered(form: str) -> tuple[int, str]:
    """The one number in a folded header, and the header without it; 0 when there is none or several."""
    numbers = list(_NUMBER.finditer(form))
    if len(numbers) != 1:
        return 0, form
    (found,) = numbers
    number = int(found[0]) if found[0].isdigit() else _HAN_NUMBERS.index(found[0]) + 1
    return number, form[: found.start()] + form[found.end() :]


def positions(blocks: Iterable[Mapping[str, int]]) -> list[int]:
    """All positions that some blocks claim."""
    return [position for block in blocks for position in block.values()]


def named(block: Mapping[str, int]) -> pl.Expr:
    """Whether a row names somebody in a block: a name or a document number that is more than a stroke."""
    cells = (fold(pl.col(f"c{block[name]}")) for name in ("name", "id_no") if name in block)
    return pl.any_horizontal(
        cell.str.contains(r"[^\p{P}\p{S}]").fill_null(value=False) & (cell != "无") for cell in cells
    )


def shared(columns: Mapping[str, int]) -> dict[str, int]:
    """What a member's row takes over from its household."""
    return {name: columns[name] for name in _SHARED if name in columns}


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
    heads = keyed.unique("key", keep="first", maintain_order=True).drop("key")
    return Split(own, shared(own) | block, heads)


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
