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
    numbered = [pl.col(f"c{position}").str.contains("[0-9]{6}").fill_null(value=False) for position in ids]
    doubtful = body.filter(~pl.any_horizontal(numbered)) if numbered else body
    if doubtful.is_empty():
        return body, {}
    reasons = doubtful.select("row", _reason(doubtful, layout).alias("reason")).drop_nulls("reason")
    if reasons.is_empty():
        return body, {}
    counts = reasons.group_by("reason").len().sort("reason")
    kept = body.join(reasons, on="row", how="anti", maintain_order="left")
    return kept, dict(counts.iter_rows())


def _reason(frame: pl.DataFrame, layout: Layout) -> pl.Expr:
    positions = [int(name.removeprefix("c")) for name in frame.columns if name != "row"]
    cells = {position: fold(pl.col(f"c{position}")).fill_null("") for position in positions}
    filled = pl.sum_horizontal((cell != "") for cell in cells.values())
    first = pl.coalesce(pl.when(cell != "").then(cell) for cell in cells.values())
    headings = pl.sum_horizontal(
        ((cell != "") & _alnum(cell).is_in(_headings(layout, position))) for position, cell in cells.items()
    )
    titles = [fold_text(text) for text in layout.title]
    totals = pl.any_horizontal(cell.str.contains(_TOTAL) for cell in cells.values())
    documents = pl.any_horizontal(cell.str.contains(_DOCUMENT) for cell in cells.values())
    footer = (totals | first.str.contains(_SIGNED) | first.str.contains(_NOTE)) & ~documents
    return (
        pl.when(filled == 0)
        .then(pl.lit(BLANK))
        .when((headings == filled) & (filled >= 2))
        .then(pl.lit(HEADER))
        .when(_alnum(first).is_in(titles) & (filled <= 2))
        .then(pl.lit(TITLE))
        .when(footer)
        .then(pl.lit(FOOTER))
    )


def _headings(layout: Layout, position: int) -> list[str]:
    return [*layout.forms[position], layout.groups[position]] if position < len(layout.forms) else []


def _alnum(cell: pl.Expr) -> pl.Expr:
    return cell.str.to_lowercase().str.replace_all(r"[\p{P}\p{S}]", "")
