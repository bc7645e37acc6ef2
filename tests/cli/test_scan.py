import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import baoshen_audit.audit
from baoshen_audit.finding import COVERAGE

Run = Callable[..., Any]
PERSON = "王大山320413195006061234"


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_summary_on_stdout_the_rest_on_stderr(scan: Run, tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("a.xlsx", "a.json", "a.parquet")]
    ended = scan(*(part for path in paths for part in ("-o", path)))
    assert ended.code == 0
    assert "ERR201" in ended.out
    assert ended.out.rstrip().endswith("疑点是核查线索,不是结论")
    assert [line.split(": ")[1] for line in ended.err.splitlines()] == [str(path) for path in paths]
    assert all(path.stat().st_size for path in paths)


def test_no_person_is_shown_in_full(scan: Run, office: Path, tmp_path: Path) -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in office.iterdir())
    people = set(re.findall(r"[0-9]{17}[0-9X]", text)) | {"王大山"}
    ended = scan("-o", tmp_path / "a.json")
    shown = ended.out + ended.err + (tmp_path / "a.json").read_text(encoding="utf-8")
    assert not [person for person in people if person in shown]
    assert "王*山" in shown


def test_quiet_is_quiet(scan: Run, tmp_path: Path) -> None:
    ended = scan("-q", "-o", tmp_path / "a.json")
    assert ended == (0, "", "")
    assert (tmp_path / "a.json").exists()


def test_english(scan: Run) -> None:
    ended = scan("--lang", "en")
    assert "Paid after death" in ended.out
    assert ended.out.rstrip().endswith("Findings are leads to check, not conclusions")


@pytest.mark.parametrize(("args", "code"), [((), 0), (("--fail-on", "high"), 1), (("--fail-on", "info"), 1)])
def test_findings_fail_only_when_asked(scan: Run, args: tuple[str, ...], code: int) -> None:
    assert scan(*args).code == code


def test_no_finding_at_that_severity_is_no_failure(scan: Run) -> None:
    assert scan("--rules", "DUP101", "--fail-on", "info").code == 0


def test_rules_by_prefix(scan: Run, tmp_path: Path) -> None:
    scan("--rules", "err201,dup", "--rules", "ROLL001", "-o", tmp_path / "a.json", "-q")
    document = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))
    codes = {one["code"] for one in document["coverage"]}
    assert {"ERR201", "DUP101", "ROLL001"} <= codes
    assert not [code for code in codes if not re.match("ERR201|DUP|ROLL001", code)]


@pytest.mark.parametrize(
    ("change", "code", "told"),
    [
        (["--region", "999999"], 2, "999999"),
        (["--as-of", "June"], 2, "June"),
        (["--as-of", "1999-01"], 2, "1999-01"),
        (["--rules", "XYZ"], 2, "XYZ"),
        (["--policy", "none.toml"], 2, "none.toml"),
        (["-o", "a.csv"], 2, "a.csv"),
        (["-o", "none/a.json"], 2, "none"),
        (["--reveal", "  "], 2, "事由"),
        (["--fail-on", "huge"], 2, "huge"),
        (["--nonsense"], 2, "nonsense"),
    ],
)
def test_a_wrong_call_is_one_message_and_code_2(scan: Run, change: list[str], code: int, told: str) -> None:
    ended = scan(*change)
    assert ended.code == code
    assert ended.out == ""
    assert told in ended.err
    assert "Traceback" not in ended.err


def test_options_that_must_be_there(run: Run, office: Path) -> None:
    ended = run("scan", office)
    assert ended.code == 2
    assert "--region" in ended.err


def test_a_folder_that_is_not_there(run: Run, tmp_path: Path) -> None:
    ended = run("scan", tmp_path / "none", "--region", "320413", "--as-of", "2026-06")
    assert ended.code == 2
    assert "错误: " in ended.err
    assert "→ " in ended.err


def test_bad_input_leaves_no_file(scan: Run, office: Path, tmp_path: Path) -> None:
    (office / "低保.xlsx").write_text("not a workbook", encoding="utf-8")
    ended = scan("-o", tmp_path / "a.json")
    assert ended.code == 3
    assert "低保.xlsx" in ended.err
    assert names(tmp_path) == ["bureau"]


def test_an_empty_folder_is_not_clean(run: Run, tmp_path: Path) -> None:
    ended = run("scan", tmp_path, "--region", "320413", "--as-of", "2026-06", "--fail-on", "info")
    assert ended.code == 3


def test_targets_are_refused_before_anything_is_read(scan: Run, office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object, **__: object) -> None:
        pytest.fail("work was started")

    monkeypatch.setattr(baoshen_audit.audit, "scan", never)
    ended = scan("-o", office / "a.json")
    assert ended.code == 2
    assert "被扫描的文件夹" in ended.err


def crash(*_: object, **__: object) -> None:
    try:
        raise KeyError(PERSON)
    except KeyError as error:
        raise ValueError(f"cannot parse {PERSON}") from error


@pytest.mark.parametrize("verbose", [False, True])
def test_a_crash_names_its_place_and_nobody(scan: Run, monkeypatch: pytest.MonkeyPatch, verbose: bool) -> None:
    monkeypatch.setattr(baoshen_audit.audit, "scan", crash)
    ended = scan(*["-v"][: int(verbose)])
    assert ended.code == 3
    assert ended.out == ""
    assert re.search(r"ValueError,[\w.]+:[0-9]+\)", ended.err)
    assert PERSON not in ended.err
    assert "王大山" not in ended.err
    assert str(Path.cwd()) not in ended.err
    assert ("KeyError" in ended.err) == verbose


def test_a_panic_below_python_is_told_the_same_way(scan: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def panic(*_: object, **__: object) -> None:
        raise pl.exceptions.PanicException(PERSON)

    monkeypatch.setattr(baoshen_audit.audit, "scan", panic)
    ended = scan()
    assert ended.code == 3
    assert "PanicException" in ended.err
    assert PERSON not in ended.err


def test_verbose_shows_places_of_our_own_errors_too(scan: Run) -> None:
    ended = scan("--region", "999999", "-v")
    assert ended.code == 2
    assert "baoshen_audit.cli.scan:" in ended.err


def test_a_rule_that_crashed_outranks_findings(scan: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    real = baoshen_audit.audit.scan

    def broken(*args: object, **options: object) -> object:
        result = real(*args, **options)
        failed = pl.when(pl.col("code") == "DUP101").then(pl.lit("failed")).otherwise("status").alias("status")
        object.__setattr__(result, "coverage", result.coverage.with_columns(failed).select(list(COVERAGE)))
        return result

    monkeypatch.setattr(baoshen_audit.audit, "scan", broken)
    ended = scan("--fail-on", "info")
    assert ended.code == 3
    assert "DUP101" in ended.err
    assert "ERR201" in ended.out  # what did run is still handed over


def test_interrupted(scan: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(baoshen_audit.audit, "scan", interrupt)
    assert scan().code == 130


def test_reveal_shows_and_is_written_down(scan: Run, state: Path, tmp_path: Path) -> None:
    ended = scan("--reveal", "甲镇入户核查", "-o", tmp_path / "a.json")
    assert ended.code == 0
    assert "王大山" in ended.out
    assert "未脱敏" in ended.out
    assert str(state / "reveals.jsonl") in ended.err
    entry = json.loads((state / "reveals.jsonl").read_text(encoding="utf-8"))
    assert set(entry) == {"time", "user", "reason", "findings", "outputs"}
    assert entry["reason"] == "甲镇入户核查"
    document = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))
    assert entry["findings"] == len(document["findings"]) > 0
    assert document["manifest"]["revealed"]
    assert entry["outputs"] == [str(tmp_path / "a.json")]
    assert "王大山" not in json.dumps(entry, ensure_ascii=False)
    scan("--reveal", "再次", "-q")
    assert len((state / "reveals.jsonl").read_text(encoding="utf-8").splitlines()) == 2


def test_without_a_log_nothing_is_revealed(scan: Run, state: Path) -> None:
    (state / "reveals.jsonl").mkdir()
    ended = scan("--reveal", "入户核查")
    assert ended.code == 2
    assert ended.out == ""
    assert "王大山" not in ended.err


def test_colours(scan: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    assert "\x1b[" in scan().out
    assert "\x1b" not in scan("--no-color").out
    monkeypatch.delenv("FORCE_COLOR")
    assert "\x1b" not in scan().out


def test_a_new_key_is_announced(scan: Run, state: Path) -> None:
    (state / "bureau.key").unlink()
    assert "提示: " in scan().err
    assert scan().err == ""
