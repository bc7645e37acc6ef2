from __future__ import annotations

import datetime as dt

import polars as pl
import pytest

from baoshen_audit.identity.region import area_name, area_remark, area_today, areas


@pytest.mark.parametrize(
    ("code", "born", "remark"),
    [
        ("320422", 1950, "known"),
        ("320413", 1950, "known"),
        ("320482", 1994, "known"),
        ("320482", 2016, "ended"),
        ("322625", 1990, "ended"),
        ("830000", 1990, "known"),
        ("999999", 1990, "unknown"),
        (None, 1990, None),
    ],
)
def test_remarks(code: str | None, born: int, remark: str | None) -> None:
    frame = pl.DataFrame({"a": [code], "b": [dt.date(born, 5, 1)]}, schema={"a": pl.String, "b": pl.Date})
    assert frame.select(area_remark("a", "b")).item() == remark


def test_without_a_birth_date() -> None:
    frame = pl.DataFrame({"a": ["320482"], "b": [None]}, schema={"a": pl.String, "b": pl.Date})
    assert frame.select(area_remark("a", "b")).item() == "known"


def test_one_place_under_all_its_codes() -> None:
    frame = pl.DataFrame({"a": ["322625", "320422", "320482", "320413", None, "999999"]})
    assert frame.select(area_today("a")).to_series().to_list() == ["320413"] * 4 + [None, None]
    assert frame.select(area_name("a")).to_series().to_list()[:4] == ["金坛县", "金坛县", "金坛市", "金坛区"]


def test_the_table() -> None:
    table = areas()
    assert table["code"].n_unique() == table.height
    assert (table["first"] <= table["last"]).all()
    assert table.filter(pl.col("last") == 9999).height > 2500
