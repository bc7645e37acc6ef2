"""Several owners in one cell of a register of property become a row each, all with the row number they came from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import polars as pl

from baoshen_audit.schemas import TableSpec

_TABLES: Final = frozenset({"realestate", "presale", "deedtax"})
_BETWEEN: Final = r"\s*[、;；,，/|\n]\s*"
_APART: Final = "\x1f"
_TOGETHER: Final = ("name", "id_no", "share")


def parted(body: pl.DataFrame, spec: TableSpec, columns: Mapping[str, int]) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """Part the owners of each row.

    A row is parted only where as many names as numbers stand in it, or no name at all: nobody gets a number that may
    be another's. Shares follow when there are as many, else each owner keeps the whole cell. Any other row stays as it
    is, and is counted in the note.

    Args:
        body: `row` and `c<position>` String columns.
        spec: the table.
        columns: canonical column → position.

    Returns:
        The rows, parted owners in their order below one another with the same `row`, and a note when there are any.
    """
    if spec.name not in _TABLES or "id_no" not in columns:
        return body, ()
    number = f"c{columns['id_no']}"
    several = body.get_column(number).str.contains(rf"[0-9Xx]{_BETWEEN}[0-9A-Za-z]").fill_null(value=False)
    if not several.any():
        return body, ()
    cells = {name: f"c{columns[name]}" for name in _TOGETHER if name in columns}
    lists = body.filter(several).with_columns(_list(cell) for cell in cells.values())
    count = pl.col(number).list.len()
    fits = pl.lit(value=True)
    if "name" in cells:
        fits = (pl.col(cells["name"]).list.len() == count).fill_null(value=True)
    sound = lists.filter(fits)
    odd = lists.height - sound.height
    note = (f"{odd} 行的权利人与证件号个数不一致，未拆分",) if odd else ()
    if sound.is_empty():
        return body, note
    spread = sound.with_columns(_spread(cell, count) for cell in cells.values())
    apart = spread.explode(list(cells.values()), empty_as_null=True)
    whole = body.join(sound.select("row"), on="row", how="anti", maintain_order="left")
    together = pl.concat([whole, apart.select(body.columns)]).sort("row", maintain_order=True)
    return together, (f"{sound.height} 行的一格内有几名权利人，拆为 {apart.height} 行", *note)


def _list(cell: str) -> pl.Expr:
    return (
        pl.col(cell)
        .str.strip_chars("、;；,，/| \t\r\n")
        .str.replace_all(_BETWEEN, _APART)
        .str.split(_APART)
        .alias(cell)
    )


def _spread(cell: str, count: pl.Expr) -> pl.Expr:
    """A list as long as the list of numbers: as it is, or its text as written for each of them."""
    parts = pl.col(cell)
    same = parts.list.join("、").repeat_by(count)
    return pl.when(parts.list.len() == count).then(parts).otherwise(same).alias(cell)
