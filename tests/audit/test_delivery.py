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


def _amounts(*amounts: int) -> str:
    rows = (f"王大山,{_number(n)},甲镇,在保,{yuan}\n" for n, yuan in enumerate(amounts, start=1))
    return HEADER.strip() + ",月保障金额\n" + "".join(rows)


def test_amounts_of_a_roll_are_compared_with_last_month(folder: Path) -> None:
    """Last month's roll is not typed; its total is known all the same."""
    for month, amounts in (("2026-05", [800] * 20), ("2026-06", [880] * 20)):
        (folder / month / "特困人员.csv").write_text(_amounts(*amounts), encoding="utf-8")
    assert _scan(folder, "ROLL018").findings["message"].to_list() == ["特困人员合计:月保障金合计17600元,上月16000元"]


def test_an_amount_by_the_row_that_moved_while_the_total_did_not(folder: Path) -> None:
    for month, amounts in (("2026-05", [800] * 100), ("2026-06", [840] * 96)):
        (folder / month / "特困人员.csv").write_text(_amounts(*amounts), encoding="utf-8")
    assert _scan(folder, "ROLL018").findings.is_empty()  # 4 % fewer people, 5 % more each
    (folder / "2026-06" / "特困人员.csv").write_text(_amounts(*[841] * 96), encoding="utf-8")
    assert _scan(folder, "ROLL018").findings["message"].to_list() == ["特困人员合计:平均每行841元,上月800元"]


def test_a_raise_of_the_standard_moves_every_amount(folder: Path) -> None:
    (folder / "2026-05").rename(folder / "2025-06")
    (folder / "2026-06").rename(folder / "2025-07")
    for month, yuan in (("2025-06", 800), ("2025-07", 880)):
        (folder / month / "特困人员.csv").write_text(_amounts(*[yuan] * 20), encoding="utf-8")
    result = scan(folder, region="320413", as_of="2025-07", rules=("ROLL018",), key=b"k" * 32)
    assert result.findings.is_empty()


def test_a_feed_of_which_half_is_missing_is_told(folder: Path) -> None:
    for month, rows in (("2026-05", 40), ("2026-06", 15)):
        (folder / month / "特困人员.csv").write_text(_roll(12, "甲镇", int(month[-1])), encoding="utf-8")
        dead = "姓名,身份证号,死亡日期\n" + "".join(f"李小河,{_number(500 + n)},2026-04-01\n" for n in range(rows))
        (folder / month / "死亡名单.csv").write_text(dead, encoding="utf-8")
    assert _scan(folder, "ROLL018").findings["message"].to_list() == ["死亡合计:本月15行,上月40行"]
    (folder / "2026-06" / "死亡名单.csv").unlink()
    assert _scan(folder, "ROLL018").findings.is_empty()  # a feed may come every other month; FEED021 knows its age


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
