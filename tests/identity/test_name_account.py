from __future__ import annotations

import polars as pl
import pytest

from baoshen_audit.identity.account import account_key
from baoshen_audit.identity.name import name_key


@pytest.mark.parametrize(
    ("cell", "key"),
    [
        ("张　三（残）", "张三"),
        ("张三", "张三"),
        ("买买提 • 吐尔逊", "买买提吐尔逊"),
        ("买买提·吐尔逊", "买买提吐尔逊"),
        ("李四2", "李四"),
        ("(已故)", None),
        ("张某某", None),
        ("无", None),
        ("合计", None),
        ("", None),
        (None, None),
        ("yao ruidan", "YAORUIDAN"),
        ("张*三", "张*三"),
        ("【户主】王五", "王五"),
        ("王五(", "王五"),
    ],
)
def test_name_key(cell: str | None, key: str | None) -> None:
    assert pl.DataFrame({"c": [cell]}, schema={"c": pl.String}).select(name_key("c")).item() == key


@pytest.mark.parametrize(
    ("cell", "key"),
    [
        ("6228 4801-2345 6789", "6228480123456789"),
        ("６２２８４８０１", "62284801"),
        ("'6228480123456789012", "6228480123456789012"),
        ("6.22E+18", None),
        ("****1234", None),
        ("00000000", None),
        ("1234567", None),
        ("无", None),
        (None, None),
    ],
)
def test_account_key(cell: str | None, key: str | None) -> None:
    assert pl.DataFrame({"c": [cell]}, schema={"c": pl.String}).select(account_key("c")).item() == key
