from __future__ import annotations

import polars as pl
import pytest

from baoshen_audit.identity.address import address_key, village_in, village_key
from baoshen_audit.identity.phone import phone_key


@pytest.mark.parametrize(
    ("cell", "key"),
    [
        ("江苏省常州市金坛区朱林镇东庄村委会３组１２号", "朱林镇东庄村3组12号"),
        ("金坛市朱林镇东庄大队第三生产队12号", "朱林镇东庄村3组12号"),
        ("朱林镇东庄社区三组十二号", "朱林镇东庄村3组12号"),
        ("朱林公社东庄村二十三组", "朱林镇东庄村23组"),
        ("西城街道金沙小区3幢402室", "西城街道金沙小区3栋402室"),
        ("金坛区西城街道东门市场5号", "西城街道东门市场5号"),
        ("无", None),
        (None, None),
    ],
)
def test_address_key(cell: str | None, key: str | None) -> None:
    assert pl.DataFrame({"c": [cell]}, schema={"c": pl.String}).select(address_key("c")).item() == key


@pytest.mark.parametrize(
    ("cell", "key"),
    [("东庄村", "东庄"), ("东庄村民委员会", "东庄"), ("东庄 社区", "东庄"), ("村", None), ("", None), (None, None)],
)
def test_village_key(cell: str | None, key: str | None) -> None:
    assert pl.DataFrame({"c": [cell]}, schema={"c": pl.String}).select(village_key("c")).item() == key


@pytest.mark.parametrize(
    ("cell", "key"),
    [("金坛区朱林镇东庄村3组", "东庄"), ("西城街道金沙社区3栋", "金沙"), ("某地", None), (None, None)],
)
def test_village_in(cell: str | None, key: str | None) -> None:
    assert pl.DataFrame({"c": [cell]}, schema={"c": pl.String}).select(village_in("c")).item() == key


@pytest.mark.parametrize(
    ("cell", "key"),
    [
        ("+86 138-1234-5678", "13812345678"),
        ("13812345678/13987654321", "13812345678"),
        ("０５１９-82812345", "051982812345"),
        ("88888888", None),
        ("123", None),
        ("无", None),
        (None, None),
    ],
)
def test_phone_key(cell: str | None, key: str | None) -> None:
    assert pl.DataFrame({"c": [cell]}, schema={"c": pl.String}).select(phone_key("c")).item() == key
