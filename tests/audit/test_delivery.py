"""What intake rules read of a delivery: batches beside last month's, sheets read as household and people, bad cells."""

from pathlib import Path

import polars as pl
import pytest

from baoshen_audit import Result, scan
from baoshen_audit.identity.resident_id import check_char

HEADER = "姓名,身份证号,乡镇,状态\n"


def _number(serial: int) -> str:
    body = f"32048219500101{serial:03}"
    return body + check_char(body)


def _roll(rows: int, town: str, first: int = 1) -> str:
    return HEADER + "".join(f"王大山,{_number(first + n)},{town},在保\n" for n in range(rows))


def _scan(folder: Path, *rules: str) -> Result:
    return scan(folder, region="320413", as_of="2026-06", rules=rules, key=b"k" * 32)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for month in ("2026-05", "2026-06"):
        (tmp_path / month).mkdir()
    return tmp_path


def test_a_town_that_is_missing_this_month_is_told(folder: Path) -> None:
    for month, towns in (("2026-05", ("甲镇", "乙镇")), ("2026-06", ("甲镇",))):
        for number, town in enumerate(towns):
            text = _roll(20, town, 100 * number + 1 + (month == "2026-06"))
            (folder / month / f"{month[:4]}年{month[5:]}月特困人员{town}.csv").write_text(text, encoding="utf-8")
    findings = _scan(folder, "ROLL018").findings
    said = set(findings["message"])
    assert "特困人员合计:本月20行,上月40行" in said
    assert any(text.endswith("上月有20行,本月没有交来") and "乙镇" in text for text in said)
    assert len(said) == 2


def test_last_months_file_under_a_new_stamp_is_told(folder: Path) -> None:
    for month in ("2026-05", "2026-06"):
        (folder / month / "特困人员.csv").write_text(_roll(12, "甲镇"), encoding="utf-8")
    assert _scan(folder, "ROLL018").findings["message"].to_list() == ["特困人员合计:与上月的文件一字不差"]


def test_a_row_read_as_household_and_as_person_is_told_once(folder: Path) -> None:
    text = "户编号,姓名,身份证号,与户主关系,申请日期,批准日期\n" + "".join(
        f"D001,{name},{_number(n)},{relation},2024-05-06,{approved}\n"
        for n, (name, relation, approved) in enumerate(
            (("王大山", "户主", "2024-04-01"), ("李小河", "配偶", "2024-05-31"), ("王小军", "子", "五月")), start=1
        )
    )
    (folder / "2026-06" / "低保.csv").write_text(text, encoding="utf-8")
    findings = _scan(folder, "ROLL008").findings
    assert sorted(findings["message"]) == ["批准日期早于申请日期", "批准日期读不出"]


def test_a_column_that_fails_as_a_whole_is_told_once(folder: Path) -> None:
    rows = "".join(f"王大山,{_number(n)},甲镇,供着\n" for n in range(1, 41))
    (folder / "2026-06" / "特困人员.csv").write_text(HEADER + rows, encoding="utf-8")
    [message] = _scan(folder, "ROLL010").findings["message"]
    assert message == "状态读不出(本表这一栏共40格如此),不在代码表内"


def test_findings_about_a_sheet_name_nobody(folder: Path) -> None:
    (folder / "2026-06" / "特困人员.csv").write_text(_roll(3, "甲镇") + "合计,3,,\n", encoding="utf-8")
    findings = _scan(folder, "ROLL019").findings
    assert findings.select(pl.col("name", "id_no").is_null().all()).row(0) == (True, True)
    assert findings["evidence"].list.len().min() == 2
