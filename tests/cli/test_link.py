from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from baoshen_audit.identity.resident_id import check_char

Run = Callable[..., Any]
BODY = "32042219500101123"
NUMBER = BODY + check_char(BODY)


@pytest.fixture
def roll(tmp_path: Path) -> Path:
    path = tmp_path / "名册.csv"
    path.write_text(f"编号,姓名,身份证号\nx1,王建国,{NUMBER}\nx2,王建国,{NUMBER}\nx3,李秀英,\n", "utf-8")
    return path


@pytest.mark.parametrize("kind", ["parquet", "csv"])
def test_pairs_are_written(run: Run, roll: Path, tmp_path: Path, kind: str) -> None:
    out = tmp_path / f"pairs.{kind}"
    ended = run("link", roll, "--id", "编号", "-o", out)
    assert ended.code == 0, ended.err
    assert "关联 1 对" in ended.err
    pairs = pl.read_parquet(out) if kind == "parquet" else pl.read_csv(out)
    assert pairs.columns == ["left_id", "right_id", "score", "decision", "tier", "reason"]
    assert pairs.select("left_id", "right_id", "decision", "tier").rows() == [("x1", "x2", "link", "M1")]
    assert "身份证号相同" in pairs["reason"][0]
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_file()) == sorted([out.name, roll.name])


def test_two_files(run: Run, roll: Path, tmp_path: Path) -> None:
    other = tmp_path / "死亡.csv"
    other.write_text(f"编号,死者姓名,死者身份证号\ny1,王建国,{NUMBER}\n", "utf-8")
    ended = run("link", roll, other, "--id", "编号", "-o", tmp_path / "p.parquet", "--quiet")
    assert (ended.code, ended.out, ended.err) == (0, "", "")
    assert pl.read_parquet(tmp_path / "p.parquet").select("left_id", "right_id").rows() == [("x1", "y1"), ("x2", "y1")]


def test_what_cannot_work_is_refused(run: Run, roll: Path, tmp_path: Path) -> None:
    before = roll.read_bytes()
    assert run("link", roll, "--id", "编号", "-o", roll).code == 2
    assert run("link", roll, "--id", "编号", "-o", tmp_path / "p.xlsx").code == 2
    assert run("link", roll, "--id", "编号").code == 2
    assert run("link", tmp_path / "none.csv", "--id", "编号", "-o", tmp_path / "p.csv").code == 2
    ended = run("link", roll, "--id", "姓名", "-o", tmp_path / "p.csv")
    assert ended.code == 3
    assert "王建国" not in ended.err
    assert roll.read_bytes() == before
