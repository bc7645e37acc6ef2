"""`policy explain`, `policy check` and `selftest` as a person calls them."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from baoshen_audit.testing import casebook

Run = Callable[..., Any]
HERE = ("--region", "320413", "--on", "2026-06")
OFFICE = """[pack]
region = "320413"
[[citation]]
id = "notice-1"
title = "某通知"
issuer = "某局"
issued = "2026"
kind = "local"
[[value]]
key = "dibao.standard"
urban_rural = "城市"
from = "2026-01"
is = 110000
unit = "分/人月"
cite = "notice-1"
checked_on = 2026-02-01
status = "confirmed"
"""


@pytest.fixture
def office(tmp_path: Path) -> Path:
    path = tmp_path / "office.toml"
    path.write_text(OFFICE, encoding="utf-8")
    return path


def test_explain_shows_every_level_and_the_one_that_counts(run: Run, office: Path) -> None:
    ended = run("policy", "explain", "dibao.standard", *HERE, "--dim", "urban_rural=城市", "--policy", office)
    assert (ended.code, ended.err) == (0, "")
    marked = [line for line in ended.out.splitlines() if "→" in line]
    assert len(marked) == 1
    assert "110000" in marked[0]
    assert "102000" in ended.out
    assert "未作规定" in ended.out
    before = run("policy", "explain", "dibao.standard", "--region", "320413", "--on", "2025-12-31", "--policy", office)
    assert "110000" not in before.out


def test_explain_without_a_key_lists_them(run: Run) -> None:
    ended = run("policy", "explain", *HERE)
    assert ended.code == 0
    assert "dibao.standard" in ended.out


def test_a_month_stands_for_its_first_day(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "office.toml"
    path.write_text(OFFICE.replace('"2026-01"', "2026-06-15"), encoding="utf-8")
    asked = ("policy", "explain", "dibao.standard", "--region", "320413", "--policy", path)
    assert "110000" not in run(*asked, "--on", "2026-06").out
    assert "110000" in run(*asked, "--on", "2026-06-15").out


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (("explain", "dibao.standrad", *HERE), "dibao.standard"),
        (("explain", "dibao.standard", *HERE, "--dim", "x=y"), "维度"),
        (("explain", "dibao.standard", *HERE, "--dim", "x"), "--dim"),
        (("explain", "dibao.standard", "--region", "320499", "--on", "2026-06"), "320499"),
        (("check", "--region", "320413", "--on", "junk"), "junk"),
    ],
)
def test_wrong_calls_say_what_is_wrong(run: Run, args: tuple[str, ...], told: str) -> None:
    ended = run("policy", *args)
    assert (ended.code, ended.out) == (2, "")
    assert told in ended.err


def test_check_leaves_with_one_only_for_what_must_be_mended(run: Run, tmp_path: Path) -> None:
    fine = run("policy", "check", *HERE)
    assert fine.code == 0
    assert "未经本地确认" in fine.out
    path = tmp_path / "office.toml"
    path.write_text(OFFICE.replace("2026-02-01", "2020-02-01"), encoding="utf-8")
    ended = run("policy", "check", *HERE, "--policy", path, "--format", "json")
    assert ended.code == 1
    [blocking] = [one for one in json.loads(ended.out) if one["blocks"]]
    assert (blocking["kind"], blocking["key"], blocking["dims"]) == ("stale", "dibao.standard", {"urban_rural": "城市"})


def test_check_refuses_a_file_with_all_its_mistakes(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "office.toml"
    twice = OFFICE + OFFICE[OFFICE.index("[[value]]") :]
    path.write_text(twice.replace('cite = "notice-1"\nchecked_on', "checked_on", 1), encoding="utf-8")
    ended = run("policy", "check", *HERE, "--policy", path)
    assert ended.code == 2
    assert "cite" in ended.err
    path.write_text(twice, encoding="utf-8")
    assert "重叠" in run("policy", "check", *HERE, "--policy", path).err


def test_selftest_runs_the_examples(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    ended = run("selftest", "--rules", "ERR201,DUP101")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.startswith("2/2 ")
    monkeypatch.setattr(casebook, "mismatches", lambda rule, _case: ["x"] if rule.code == "ERR201" else [])
    ended = run("selftest", "--rules", "ERR201,DUP101")
    assert ended.code == 3
    assert ended.out.startswith("1/2 ")
    assert "ERR201" in ended.err


def test_scan_lists_no_more_than_can_be_checked(run: Run, tmp_path: Path) -> None:
    folder = Path(__file__).parents[2] / "sample_data" / "bureau"
    out = tmp_path / "findings.json"
    ended = run("scan", folder, "--region", "320413", "--as-of", "2026-06", "--max-findings", "20", "-o", out)
    assert ended.code == 0
    assert "按核查能力(20 条)列入" in ended.out
    held = [one["held"] for one in json.loads(out.read_text(encoding="utf-8"))["findings"]]
    assert held.count(None) >= 20
    assert held.count("capacity") == len(held) - held.count(None) > 0
