"""Which rows below a header are data: blank rows, repeated headers and titles, totals and signatures are not.

Rows with a document number in them are never doubted, so the whole test runs on the few others.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import polars as pl

from baoshen_audit.ingest.headers import Layout
from baoshen_audit.text import fold, fold_text

BLANK: Final = "空行"
HEADER: Final = "重复表头"
TITLE: Final = "重复标题"
FOOTER: Final = "合计、签章或说明行"

_PLACES: Final = "镇|街道|乡|村|社区|农场|园区"
_TOTAL: Final = rf"^(?:本[页村组镇]|全[村镇区县]|.{{0,10}}(?:{_PLACES}))?(?:小计|合计|总计|共计|累计)[:0-9]*$"
_OFFICE: Final = "制表|填表|审核|审批|复核|经办|负责|分管|单位负责|主管|打印|填报|报送"
_SIGNED: Final = rf"^(?:{_OFFICE})(?:人|单位|日期|时间|领导|人员)?:"
_NOTE: Final = r"^(?:注|备注|说明|填表说明|第[0-9一二三四五六七八九十]+页|共[0-9]+[页户人条])(?:[:,].*|共.*|$)"
_DOCUMENT: Final = "[0-9]{14}"


def data_rows(body: pl.DataFrame, layout: Layout, ids: Iterable[int]) -> tuple[pl.DataFrame, dict[str, int]]:
    """Keep the rows that hold data.

    Args:
        body: `row` and `c<position>` String columns.
        layout: the header above them.
        ids: positions of columns with document numbers.

    Returns:
        The rows kept, and how many were left out for which reason.
    """
    doubtful = body
    for position in ids:
        cell = pl.col(f"c{position}")
        # Nearly all are eighteen characters of ASCII from a digit on, which takes a third of the time of a pattern.
        whole = (cell.str.len_bytes() == 18) & (cell.str.len_chars() == 18) & cell.is_between(pl.lit("0"), pl.lit(":"))
        for numbered in (whole, cell.str.contains("[0-9]{6}")):
            doubtful = doubtful.filter(~numbered.fill_null(value=False))
    if doubtful.is_empty():
        return body, {}
    reasons = _reasons(doubtful, layout)
    if reasons.is_empty():
        return body, {}
    counts = reasons.group_by("reason").len().sort("reason")
    kept = body.join(reasons, on="row", how="anti", maintain_order="left")
    return kept, dict(counts.iter_rows())


def _reasons(doubtful: pl.DataFrame, layout: Layout) -> pl.DataFrame:
    """`row` and `reason` of the rows that are no data."""
    # cell by cell in one long column: each pattern is made once, not once per column
    cells = (
        doubtful.unpivot(index="row", variable_name="column", value_name="cell")
        .with_columns(fold(pl.col("cell")).alias("cell"), pl.col("column").str.slice(1).cast(pl.Int64))
        .filter(pl.col("cell") != "")
        .sort("row", "column")
        .with_columns(pl.col("cell").str.to_lowercase().str.replace_all(r"[\p{P}\p{S}]", "").alias("key"))
    )
    headings = [f"{position}/{text}" for position, texts in enumerate(layout.forms) for text in texts]
    headings += [f"{position}/{text}" for position, text in enumerate(layout.groups) if text]
    rows = cells.group_by("row", maintain_order=True).agg(
        pl.len().alias("filled"),
        pl.format("{}/{}", "column", "key").is_in(headings).all().alias("heading"),
        pl.col("key").first().is_in([fold_text(text) for text in layout.title]).alias("title"),
        pl.col("cell").first().str.contains(f"{_SIGNED}|{_NOTE}").alias("note"),
        pl.col("cell").str.contains(_TOTAL).any().alias("total"),
        pl.col("cell").str.contains(_DOCUMENT).any().alias("document"),
    )
    footer = (pl.col("total") | pl.col("note")) & ~pl.col("document")
    reason = (
        pl.when(pl.col("filled").is_null())
        .then(pl.lit(BLANK))
        .when(pl.col("heading") & (pl.col("filled") >= 2))
        .then(pl.lit(HEADER))
        .when(pl.col("title") & (pl.col("filled") <= 2))
        .then(pl.lit(TITLE))
        .when(footer)
        .then(pl.lit(FOOTER))
    )
    judged = doubtful.select("row").join(rows, on="row", how="left")
    return judged.select("row", reason.alias("reason")).drop_nulls("reason")
