from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from baoshen_audit.text import clean, clean_text, fold, fold_text

CELLS = [
    ("　张 三\u200b\ufeff ", "张三", "张 三"),
    ("ＡＢ\u00a0c\t\nd", "ABcd", "AB c d"),
    (" \u3164 ", "", ""),
    ("x\x1fy\u00ad", "xy", "xy"),
    ("葛\U000e0100城", "葛城", "葛城"),
    ("⾻\ue81e", "骨\ue81e", "骨\ue81e"),
    (None, None, None),
]


@pytest.mark.parametrize(("cell", "folded", "shown"), CELLS)
def test_fold_and_clean(cell: str | None, folded: str | None, shown: str | None) -> None:
    frame = pl.DataFrame({"c": [cell]}, schema={"c": pl.String})
    assert frame.select(f=fold(pl.col("c")), s=clean(pl.col("c"))).row(0) == (folded, shown)
    if cell is not None:
        assert clean_text(cell) == shown


@pytest.mark.parametrize(
    ("header", "folded"),
    [
        ("金 额（元）*", "金额元"),
        ("ＩＤ_No.", "idno"),
        ("身份证\n号码", "身份证号码"),
        ("《户编号》：", "户编号"),
        ("", ""),
    ],
)
def test_fold_text(header: str, folded: str) -> None:
    assert fold_text(header) == folded


@given(st.text(max_size=30))
def test_folding_twice_changes_nothing(text: str) -> None:
    frame = pl.DataFrame({"c": [text]})
    once = frame.select(f=fold(pl.col("c")), s=clean(pl.col("c")))
    twice = once.select(fold(pl.col("f")), clean(pl.col("s")))
    assert twice.row(0) == once.row(0)
    assert fold_text(fold_text(text)) == fold_text(text)


@given(st.text(max_size=30))
def test_clean_text_is_the_column_form(text: str) -> None:
    assert pl.DataFrame({"c": [text]}).select(clean(pl.col("c"))).item() == clean_text(text)


def test_columns_of_nulls_and_frames_left_as_they_were() -> None:
    assert (
        pl.DataFrame({"c": [None, None]}).select(fold(pl.col("c")), s=clean(pl.col("c"))).rows() == [(None, None)] * 2
    )
    frame = pl.DataFrame({"c": ["张 三", "李四"]})
    assert frame.select(fold(pl.col("c")))["c"].to_list() == ["张三", "李四"]
    assert frame["c"].to_list() == ["张 三", "李四"]
