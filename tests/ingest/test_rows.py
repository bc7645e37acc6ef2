from __future__ import annotations

import polars as pl
import pytest

from baoshen_audit.ingest import headers
from baoshen_audit.ingest.rows import FOOTER, HEADER, data_rows


def kept(number: str | None, first: str = "合计") -> dict[str, int]:
    """What is left out of a table in which a row looks like a total, but for what stands in its column of numbers."""
    body = pl.DataFrame(
        {"row": [1, 2], "c0": ["1", first], "c1": ["张三", None], "c2": ["320482195001011236", number]},
        schema={"row": pl.Int64, **dict.fromkeys(("c0", "c1", "c2"), pl.String)},
    )
    rows, dropped = data_rows(body, headers.named([("序号", "姓名", "身份证号")]), [2])
    assert rows.height + sum(dropped.values()) == 2
    return dropped


@pytest.mark.parametrize(
    "number",
    [
        "320482195001011236",
        "32048219500101123X",
        "320482********1236",
        "3204**************",  # no six digits together, but written as a number
        "320482500101123",
        "编号 320482",
    ],
)
def test_a_row_with_a_document_number_is_never_doubted(number: str) -> None:
    assert kept(number) == {}


@pytest.mark.parametrize("number", [None, "", "3人", "1村小组合计12", "RESIDENT ID NUMBER"])
def test_a_total_without_one_is_left_out(number: str | None) -> None:
    assert kept(number) == {FOOTER: 1}


def test_a_repeated_header_of_eighteen_bytes_is_left_out() -> None:
    assert len("身份证号".encode()) < 18 == len("公民身份号码".encode())
    body = pl.DataFrame({"row": [1, 2], "c0": ["张三", "姓名"], "c1": ["320482195001011236", "公民身份号码"]})
    rows, dropped = data_rows(body, headers.named([("姓名", "公民身份号码")]), [1])
    assert (rows["row"].to_list(), dropped) == ([1], {HEADER: 1})
