"""名册质量与数据源: whether a roll can be relied on and whether rules can run at all.

What the rules on cells share is here: from cells nobody could read to what is said of a row, once for a whole column.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import polars as pl

from baoshen_audit.finding import CITED

_OUTSIDE: Final = "读得出但超出合理范围"


def cell() -> pl.Expr:
    """Evidence: the cell of `row_id` whose column stands in `column`."""
    struct = pl.struct(pl.col("row_id"), pl.col("column").alias("columns"))
    return pl.concat_list(struct).cast(CITED)


def unread(problem: pl.LazyFrame, kinds: Iterable[str], *, whole_percent: int, whole_cells: int) -> pl.LazyFrame:
    """Rows with cells of these kinds that could not be read.

    Args:
        problem: the prepared table `problem`.
        kinds: kinds of columns.
        whole_percent: a column of which so many of the filled cells fail is told once, on its first such row …
        whole_cells: … if there are at least so many.

    Returns:
        `row_id`, `what` and `what_en` List(String), `cells` (evidence).
    """
    whole = (pl.col("cells") * 100 >= pl.col("filled") * whole_percent) & (pl.col("cells") >= whole_cells)
    read = pl.col("problem") == "unparsed"
    zh = pl.when(read).then(pl.lit("读不出")).otherwise(pl.lit(_OUTSIDE))
    en = pl.when(read).then(pl.lit("cannot be read")).otherwise(pl.lit("is out of range"))
    many = pl.format("{}{}(本表这一栏共{}格如此)", "title", zh, "cells")
    many_en = pl.format("{} {} ({} cells of this column)", "column", en, "cells")
    return (
        problem.filter(pl.col("kind").is_in(list(kinds)), ~whole | pl.col("first"))
        .with_columns(
            pl.when(whole).then(many).otherwise(pl.format("{}{}", "title", zh)).alias("what"),
            pl.when(whole).then(many_en).otherwise(pl.format("{} {}", "column", en)).alias("what_en"),
            cell().alias("cells"),
        )
        .sort("row_id", "column")
        .group_by("row_id", maintain_order=True)
        .agg("what", "what_en", pl.col("cells").explode())
    )
