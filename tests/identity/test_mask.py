from __future__ import annotations

import datetime as dt

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from baoshen_audit.identity.mask import mask, mask_account, mask_id, mask_name, mask_phone


def shown(cell: object, make) -> object:
    return pl.DataFrame({"c": [cell]}, schema={"c": pl.String}).select(make("c")).item()


CASES = [
    (mask_name, "张小三", "张*三"),
    (mask_name, "张三", "张*"),
    (mask_name, "李", "*"),
    (mask_name, "买买提·吐尔逊", "买*****逊"),
    (mask_name, "张 三（残）", "张*"),
    (mask_name, "张三13812345678", "*************"),
    (mask_name, None, None),
    (mask_name, "", ""),
    (mask_id, "320482199001011234", "320482********1234"),
    (mask_id, " 32048219900101123x", "320482********123X"),
    (mask_id, "320482900101123", "320482*****1123"),
    (mask_id, "3204821990010112", "****************"),
    (mask_id, "320482********1234", "320482********1234"),
    (mask_id, "E12345678", "*********"),
    (mask_id, None, None),
    (mask_account, "6228480123456789012", "***************9012"),
    (mask_account, "6228 张三", "******"),
    (mask_account, "1234567", "*******"),
    (mask_account, None, None),
    (mask_phone, "138 1234 5678", "138****5678"),
    (mask_phone, "0519-8281", "********"),
    (mask_phone, None, None),
]


@pytest.mark.parametrize(("make", "cell", "masked"), CASES)
def test_masks(make, cell: str | None, masked: str | None) -> None:
    assert shown(cell, make) == masked


@pytest.mark.parametrize(
    ("kind", "pii", "cell", "masked"),
    [
        ("text", "direct", "张小三", "张*三"),
        ("id", "direct", "320482199001011234", "320482********1234"),
        ("account", "direct", "6228480123456789", "************6789"),
        ("phone", "direct", "13812345678", "138****5678"),
        ("date", "quasi", "1950年1月2日", "1950-**-**"),
        ("date", "quasi", "18264", "*****"),
        ("date", "sensitive", "2026-05-03", "2026-05-03"),
        ("text", "quasi", "朱林镇", "朱林镇"),
        ("money", "sensitive", "68000", "68000"),
        ("id", "none", "H0001", "H0001"),
        ("text", "direct", None, None),
    ],
)
def test_chooser(kind: str, pii: str, cell: str | None, masked: str | None) -> None:
    assert shown(cell, lambda c: mask(c, kind, pii)) == masked


def test_typed_values_are_masked_too() -> None:
    frame = pl.DataFrame({"d": [dt.date(1950, 1, 2), None], "n": [68000, None]})
    assert frame.select(mask("d", "date", "quasi"), mask("n", "money", "sensitive")).rows() == [
        ("1950-**-**", "68000"),
        (None, None),
    ]


@given(st.text(min_size=1, max_size=30))
def test_no_mask_shows_more_than_it_may(text: str) -> None:
    frame = pl.DataFrame({"c": [text]})
    row = frame.select(n=mask_name("c"), i=mask_id("c"), a=mask_account("c"), p=mask_phone("c")).row(0, named=True)
    kept = {column: len(value.replace("*", "")) for column, value in row.items()}
    assert kept["n"] <= 2
    assert kept["i"] <= 10
    assert kept["a"] <= 4
    assert kept["p"] <= 7
