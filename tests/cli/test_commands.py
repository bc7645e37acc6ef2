import contextlib
import importlib.metadata
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from baoshen_audit.cli.reference import reference
from baoshen_audit.rule import RuleSet

Run = Callable[..., Any]
ROOT = Path(__file__).parents[2]
RULES = RuleSet.discover()


def python(*args: str, **environment: str) -> "subprocess.CompletedProcess[bytes]":
    return subprocess.run(
        [sys.executable, *args], capture_output=True, check=False, env={**os.environ, **environment}, cwd=ROOT
    )


def test_help_waits_for_nothing_heavy() -> None:
    code = """
import sys
from baoshen_audit.cli import main
try:
    main(["scan", "--help"])
except SystemExit as ended:
    assert ended.code in (0, None)
heavy = {"polars", "pandera", "rapidfuzz", "xlsxwriter", "baoshen_audit.audit"} & set(sys.modules)
assert not heavy, heavy
"""
    done = python("-c", code)
    assert done.returncode == 0, done.stderr.decode()
    assert "--as-of" in done.stdout.decode()


def test_version(run: Run) -> None:
    assert run("--version") == (0, f"{importlib.metadata.version('baoshen-audit')}\n", "")


@pytest.mark.parametrize("args", [[], ["scan"], ["explain"], ["sample"]])
def test_no_arguments_means_help(run: Run, args: list[str]) -> None:
    ended = run(*args)
    assert "Usage" in ended.out + ended.err
    assert ended.code == 2


def test_unknown_command(run: Run) -> None:
    assert run("explode").code == 2


def test_explain(run: Run) -> None:
    ended = run("explain", "err201")
    assert ended.code == 0
    assert ended.err == ""
    for part in ("ERR201", "死亡后继续发放", "《社会救助暂行办法》", "常见误报", "怎样核实", "death.grace_months"):
        assert part in ended.out
    assert "Grade at best" in run("explain", "ERR201", "--lang", "en").out
    assert run("explain", "paid-after-death").out == ended.out


def test_explain_a_code_that_is_not_there(run: Run) -> None:
    ended = run("explain", "ERR2O1")
    assert ended.code == 2
    assert ended.out == ""
    assert "ERR201 死亡后继续发放" in ended.err
    assert "baoshen-audit rules" in run("explain", "月亮").err


def test_rules_as_a_table_and_as_data(run: Run) -> None:
    table = run("rules").out
    assert all(code in table for code in RULES)
    data = json.loads(run("rules", "--format", "json").out)
    assert [one["code"] for one in data] == list(RULES)
    death = next(one for one in data if one["code"] == "ERR201")
    assert (death["severity"], death["grade"], death["family"]) == ("high", "A", "ERR")
    assert "death" in {need["table"] for need in death["needs"]}


def test_sample_writes_a_county_that_can_be_scanned(run: Run, tmp_path: Path) -> None:
    ended = run("sample", tmp_path / "county")
    assert ended.code == 0
    assert (tmp_path / "county" / "truth.csv").exists()
    assert str(tmp_path / "county" / "bureau") in ended.err


def test_sample_overwrites_nothing(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    assert run("sample", tmp_path).code == 2
    assert run("sample", tmp_path / "mine.txt").code == 2
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_a_console_of_another_encoding_gets_utf8_and_no_crash(office: Path) -> None:
    scan = ["-m", "baoshen_audit.cli", "scan", str(office), "--region", "320413", "--as-of", "2026-06"]
    done = python(*scan, PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert done.returncode == 0, done.stderr.decode()
    assert done.stdout.decode("utf-8").rstrip().endswith("疑点是核查线索,不是结论")


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="needs a pseudo terminal")
def _shown(terminal: int) -> bytes:
    """All that a terminal was sent: it hands out a few kilobytes at a time, and fails at the end."""
    seen = b""
    with contextlib.suppress(OSError):
        while piece := os.read(terminal, 65_536):
            seen += piece
    os.close(terminal)
    return seen


def test_progress_is_shown_to_a_terminal_only(office: Path) -> None:
    scan = [sys.executable, "-m", "baoshen_audit.cli", "scan", str(office), "--region", "320413", "--as-of", "2026-06"]
    ours, theirs = os.openpty()
    env = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "100"}
    with subprocess.Popen(scan, stdout=subprocess.PIPE, stderr=theirs, env=env) as process:
        os.close(theirs)
        seen = _shown(ours).decode()
        assert process.stdout
        told = process.stdout.read().decode()
    assert process.returncode == 0
    assert "完成" in seen
    assert "\x1b" not in told
    assert "完成" not in subprocess.run(scan, capture_output=True, check=False, env=env).stderr.decode()


def test_a_reader_who_leaves_is_no_finding() -> None:
    command = [sys.executable, "-m", "baoshen_audit.cli", "rules"]
    for args in ([], ["--format", "json"]):
        process = subprocess.Popen([*command, *args], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        assert process.stdout
        process.stdout.close()
        assert process.stderr
        told = process.stderr.read().decode()
        process.stderr.close()
        assert (process.wait(), told) == (3, "")


def test_the_reference_is_up_to_date() -> None:
    assert (ROOT / "cli" / "commands.md").read_text(encoding="utf-8") == reference()
    assert python("-m", "baoshen_audit.cli.reference").stdout.decode() == reference()
