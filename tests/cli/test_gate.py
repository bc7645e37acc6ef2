"""The gate as a command: its exit codes, what goes to which stream, its files, its baseline."""

import codecs
import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import baoshen_audit.audit.gate
from baoshen_audit.audit.gate import Result
from baoshen_audit.report.formats import FORMATS

Run = Callable[..., Any]

HEAD = "序号,姓名,性别,身份证号,户编号,乡镇,村(社区),月保障金额,状态\n"
PEOPLE = (
    "1,张建国,男,320413195203040012,TK0001,河口镇,东村,1326.00,在保\n"
    "2,李秀英,女,320413196107080027,TK0002,河口镇,东村,1326.00,在保\n"
    "3,王德胜,男,320413194801010038,TK0003,河口镇,东村,1326.00,在保\n"
)
BROKEN = PEOPLE.replace("320413196107080027", "3204131961070800")
ROLL = "特困人员名册2026年6月.csv"
PAYMENTS = (
    "姓名,身份证号,救助项目,发放金额,银行账号,发放日期\n"
    "张建国,320413195203040012,特困,1326.00,6217000011112222333,2026-06-10\n"
)
DEATHS = "姓名,身份证号,死亡日期\n赵六,320413195203040012,2026-05-04\n"


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "up"
    folder.mkdir()
    monkeypatch.chdir(tmp_path)
    return folder


@pytest.fixture
def good(place: Path) -> Path:
    path = place / ROLL
    path.write_text(HEAD + PEOPLE, encoding="utf-8")
    return path


@pytest.fixture
def bad(place: Path) -> Path:
    path = place / ROLL
    path.write_text(HEAD + BROKEN, encoding="utf-8")
    return path


@pytest.fixture
def gate(run: Run) -> Run:
    return lambda *args: run("gate", *args, "--region", "320413")


CODES: list[tuple[str, str, list[str], int]] = [
    ("clean", PEOPLE, [], 0),
    ("clean, every rule", PEOPLE, ["--select", "FEED,ROLL"], 0),
    ("findings", BROKEN, [], 1),
    ("below --fail-on", BROKEN, ["--ignore", "ROLL001"], 0),
    ("--fail-on low", BROKEN, ["--ignore", "ROLL001", "--fail-on", "low"], 1),
    ("as many as allowed", BROKEN, ["--max-findings", "1"], 0),
    ("more than allowed", BROKEN, ["--max-findings", "0"], 1),
    ("of that severity", BROKEN, ["--max-findings", "5", "--max-findings", "high=0"], 1),
    ("at the rate", BROKEN, ["--max-rate", "34%"], 0),
    ("beyond the rate", BROKEN, ["--max-rate", "33%"], 1),
    ("whichever first", BROKEN, ["--max-rate", "0.5", "--max-findings", "0"], 1),
    ("--exit-zero", BROKEN, ["--exit-zero"], 0),
    ("month", PEOPLE, ["--as-of", "2026-06"], 0),
    ("unknown option", PEOPLE, ["--explode"], 2),
    ("unknown format", PEOPLE, ["--format", "yaml"], 2),
    ("two formats at once", PEOPLE, ["--format", "json", "--format", "csv"], 2),
    ("format without a file name", PEOPLE, ["--format", "json="], 2),
    ("bad limit", PEOPLE, ["--max-findings", "many"], 2),
    ("half a finding", PEOPLE, ["--max-findings", "0.5"], 2),
    ("limit of nothing", PEOPLE, ["--max-rate", "grave=1%"], 2),
    ("bad month", PEOPLE, ["--as-of", "June"], 2),
    ("month without policy", PEOPLE, ["--as-of", "1999-01"], 2),
    ("a typo switches nothing off", PEOPLE, ["--ignore", "ROL001"], 2),
    ("no rule left", PEOPLE, ["--ignore", "ROLL,FEED"], 2),
    ("no such baseline", PEOPLE, ["--baseline", "none.jsonl"], 2),
    ("folder of the output is not there", PEOPLE, ["--format", "sarif=none/out.sarif"], 2),
    ("2 is not turned into 0", PEOPLE, ["--as-of", "June", "--exit-zero"], 2),
    ("not there", PEOPLE, ["none.csv"], 3),
    ("pattern without a match", PEOPLE, ["up/*.xlsx"], 3),
    ("too few rows", PEOPLE, ["--min-rows", "4"], 3),
    ("no row", "", [], 3),
    ("another month", PEOPLE, ["--as-of", "2026-05"], 3),
    ("a rule could not run", PEOPLE, ["--require-rules"], 3),
    ("no rule could run", PEOPLE, ["--select", "ROLL014"], 3),
    ("3 outranks 1", BROKEN, ["--min-rows", "4"], 3),
    ("3 is not turned into 0", PEOPLE, ["none.csv", "--exit-zero"], 3),
]


@pytest.mark.parametrize(("rows", "args", "code"), [one[1:] for one in CODES], ids=[one[0] for one in CODES])
def test_exit_codes(gate: Run, good: Path, rows: str, args: list[str], code: int) -> None:
    good.write_text(HEAD + rows, encoding="utf-8")
    ended = gate("up", *args)
    assert ended.code == code, ended.err
    if code > 1:
        assert ended.err


def test_an_empty_folder_and_an_unreadable_file_are_not_clean(gate: Run, place: Path, good: Path) -> None:
    (place / "空").mkdir()
    assert gate("up/空").code == 3
    (place / "低保.xlsx").write_bytes(b"PK\x03\x04 cut off")
    assert gate("up").code == 3


def test_a_table_nobody_recognised_is_not_clean(gate: Run, place: Path, good: Path) -> None:
    (place / "说明.txt").write_text("请于月底前上报", encoding="utf-8")
    assert gate("up").code == 0
    (place / "其他.csv").write_text("甲,乙\n1,2\n", encoding="utf-8")
    ended = gate("up")
    assert ended.code == 3
    assert "其他.csv" in ended.out


def test_a_second_copy_is_no_mystery(gate: Run, place: Path, good: Path) -> None:
    (place / "特困人员名册2026年6月 副本.csv").write_bytes(good.read_bytes())
    ended = gate("up")
    assert ended.code == 0
    assert "副本" in ended.err


def test_interrupted(gate: Run, good: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(baoshen_audit.audit.gate, "gate", interrupt)
    assert gate("up").code == 130


def test_a_rule_that_crashes(gate: Run, good: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = baoshen_audit.audit.gate.scan

    def broken(*args: object, **options: object) -> Result:
        found = whole(*args, **options)  # type: ignore[arg-type]
        failed = found.coverage.with_columns(status=baoshen_audit.audit.gate.pl.lit("failed"))
        return type(found)(**{**vars(found), "coverage": failed})

    monkeypatch.setattr(baoshen_audit.audit.gate, "scan", broken)
    assert gate("up").code == 3


def test_payments_or_a_feed_alone(gate: Run, place: Path) -> None:
    (place / "2026年6月社会化发放明细.csv").write_text(PAYMENTS, encoding="utf-8")
    ended = gate("up", "--format", "json")
    assert ended.code == 0, ended.err
    document = json.loads(ended.out)
    status = {row["code"]: row["status"] for row in document["report"]["coverage"]}
    assert document["gate"]["rows"] == 1
    assert status["ROLL001"] == "not_evaluable"
    (place / "2026年6月社会化发放明细.csv").unlink()
    (place / "死亡注销名单.csv").write_text(DEATHS, encoding="utf-8")
    assert gate("up").code == 2  # nothing names a month
    undated = gate("up", "--as-of", "2026-06", "--format", "concise")
    assert undated.code == 1
    assert undated.out.startswith("-: FEED021 ")
    (place / "死亡注销名单.csv").write_text("死亡注销名单(截止2026年6月25日)\n" + DEATHS, encoding="utf-8")
    assert gate("up").code == 0


def test_an_amount_nobody_can_read_fails_payments(gate: Run, place: Path) -> None:
    rows = PAYMENTS + PAYMENTS.splitlines()[1].replace("1326.00", "一千多") + "\n"
    (place / "2026年6月社会化发放明细.csv").write_text(rows, encoding="utf-8")
    ended = gate("up", "--format", "concise")
    assert ended.code == 1
    assert "ROLL009" in ended.out


def test_the_newest_month_is_the_month(gate: Run, place: Path, good: Path) -> None:
    (place / "特困人员名册2026年5月.csv").write_text(HEAD + BROKEN, encoding="utf-8")
    assert json.loads(gate("up", "--format", "json").out)["gate"]["month"] == "2026-06"
    assert gate("up").code == 0
    assert gate("up", "--as-of", "2026-05").code == 3  # June would pass by unseen


def test_places_are_given_from_the_working_directory(gate: Run, bad: Path) -> None:
    for path in ("up", bad, bad.resolve(), "up/*.csv"):
        assert gate(path, "--format", "concise").out.startswith(f"up/{ROLL}:3: ROLL001 ")


@pytest.mark.parametrize("form", FORMATS)
def test_stdout_carries_the_format_alone(gate: Run, place: Path, bad: Path, form: str) -> None:
    (place / "说明.txt").write_text("请于月底前上报", encoding="utf-8")
    shown = gate("up", "--format", form)
    assert shown.code == 1
    to_file = gate("up", "--format", f"{form}=out.x")
    assert to_file.code == 1
    assert to_file.out == ""
    content = Path("out.x").read_bytes()
    assert content.decode() == shown.out
    assert content.startswith(codecs.BOM_UTF8) == (form == "csv")
    assert "说明.txt" in shown.err
    for person in ("李秀英", "3204131961070800", "张建国", "320413195203040012"):
        assert person not in shown.out + shown.err


def test_formats_do_not_change_the_code(gate: Run, bad: Path) -> None:
    forms = [part for form in FORMATS for part in ("--format", f"{form}=out.{form}")]
    ended = gate("up", *forms, "--format", "json")
    assert ended.code == 1
    assert json.loads(ended.out)["gate"]["exit_code"] == 1
    assert {path.suffix[1:] for path in Path().glob("out.*")} == set(FORMATS)


def test_output_takes_what_standard_output_would_hold(gate: Run, bad: Path) -> None:
    """`--output` is `=FILE` for the one format that has none."""
    plain = gate(bad, "--format", "concise").out
    done = gate(bad, "--format", "concise", "-o", "out.txt")
    assert (done.code, done.out) == (1, "")
    assert Path("out.txt").read_text(encoding="utf-8") == plain
    assert gate(bad, "--output", "human.txt").out == ""
    assert Path("human.txt").stat().st_size


def test_a_table_may_be_named(gate: Run, place: Path) -> None:
    """Names and numbers alone could be any roll: an office that knows says so."""
    path = place / "六月.csv"
    path.write_text("姓名,身份证号\n张建国,320413195203040012\n", encoding="utf-8")
    assert gate(path).code == 3
    for name in ("tekun", "特困人员", "特困供养人员名册"):
        done = gate(path, "--as", name, "--as-of", "2026-06", "--format", "json", "--ignore", "ROLL017")
        assert done.code == 0, done.err
        assert json.loads(done.out)["report"]["inputs"][0]["table"] == "tekun"
    wrong = gate(path, "--as", "tekum")
    assert wrong.code == 2
    assert "tekun" in wrong.err


def test_results_do_not_land_among_the_data(gate: Run, bad: Path) -> None:
    assert gate("up", "--format", "csv=up/out.csv").code == 2
    assert gate(bad, "--format", f"csv={bad}").code == 2
    assert "李秀英" in bad.read_text(encoding="utf-8")


def test_quiet(gate: Run, bad: Path) -> None:
    ended = gate("up", "-q")
    assert ended == (1, "", "")
    assert gate("up", "-q", "--format", "concise").out.count("\n") == 1


def test_colours_are_for_terminals(gate: Run, bad: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    assert "\x1b" not in gate("up").out
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    assert "\x1b[" in gate("up").out
    assert "\x1b" not in gate("up", "--no-color").out
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[3" not in gate("up").out


def test_csv_is_inert(gate: Run, bad: Path) -> None:
    text = gate("up", "--format", "csv").out
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    assert rows[0][:4] == ["编号", "文件", "工作表", "行"]
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows[1:] for cell in row)


def test_a_gbk_console_does_not_crash(bad: Path) -> None:
    command = [sys.executable, "-m", "baoshen_audit.cli", "gate", "up", "--region", "320413"]
    for form in ("human", "concise", "json"):
        done = subprocess.run(
            [*command, "--format", form],
            capture_output=True,
            check=False,
            env={**os.environ, "PYTHONIOENCODING": "gbk", "PYTHONUTF8": "0"},
        )
        assert done.returncode == 1, done.stderr
        assert "ROLL001" in done.stdout.decode("utf-8")


def entries(path: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def fill(path: Path, **changes: str) -> None:
    told = {"reason": "派出所已出具证明", "by": "王科长", "expires": "2099-12-31", **changes}
    path.write_text("".join(json.dumps({**entry, **told}) + "\n" for entry in entries(path)), encoding="utf-8")


def test_baseline(gate: Run, bad: Path) -> None:
    path = Path("baseline.jsonl")
    assert gate("up", "--write-baseline", path).code == 1  # writing one lets nothing through
    assert [entry["rule"] for entry in entries(path)] == ["ROLL001"]
    assert "李秀英" not in path.read_text(encoding="utf-8")
    refused = gate("up", "--baseline", path)
    assert refused.code == 2
    assert "reason" in refused.err

    fill(path)
    assert gate("up", "--baseline", path).code == 0
    suppressed = json.loads(gate("up", "--baseline", path, "--format", "sarif").out)["runs"][0]["results"]
    assert [one["suppressions"][0]["justification"] for one in suppressed if one["ruleId"] == "ROLL001"] == [
        "派出所已出具证明"
    ]

    fill(path, expires="2020-01-01")
    assert gate("up", "--baseline", path).code == 1
    fill(path)
    bad.write_text(HEAD + BROKEN.replace("3204131961070800", "3204131961070811"), encoding="utf-8")
    assert gate("up", "--baseline", path).code == 1  # other evidence is another matter


def test_rows_move_and_the_baseline_holds(gate: Run, bad: Path) -> None:
    gate("up", "--write-baseline", "b.jsonl")
    fill(Path("b.jsonl"))
    lines = BROKEN.splitlines(keepends=True)
    bad.write_text(HEAD + "".join(reversed(lines)), encoding="utf-8")
    assert gate("up", "--baseline", "b.jsonl").code == 0


def test_a_baseline_is_added_to_and_never_written_over(gate: Run, bad: Path) -> None:
    gate("up", "--write-baseline", "b.jsonl")
    assert gate("up", "--write-baseline", "b.jsonl").code == 2
    fill(Path("b.jsonl"))
    twice = BROKEN.replace("320413194801010038", "32041319480101003")
    bad.write_text(HEAD + twice, encoding="utf-8")
    assert gate("up", "--baseline", "b.jsonl", "--write-baseline", "b.jsonl").code == 1
    assert sorted(entry["by"] for entry in entries(Path("b.jsonl"))) == ["", "王科长"]


def test_unused_waivers_and_foreign_keys(gate: Run, bad: Path, state: Path) -> None:
    gate("up", "--write-baseline", "b.jsonl")
    fill(Path("b.jsonl"))
    bad.write_text(HEAD + PEOPLE, encoding="utf-8")
    assert "不再出现" in gate("up", "--baseline", "b.jsonl", "--warn-unused-baseline").err
    assert "不再出现" not in gate("up", "--baseline", "b.jsonl").err
    (state / "bureau.key").write_bytes(b"q" * 32)
    ended = gate("up", "--baseline", "b.jsonl")
    assert ended.code == 2
    assert "密钥" in ended.err


@pytest.mark.parametrize(
    "line",
    ["not json", "[]", '{"fingerprint": "a"}', '{"reazon": "x"}', "valid\nvalid"],
)
def test_bad_baselines_are_refused(gate: Run, bad: Path, line: str) -> None:
    path = Path("b.jsonl")
    gate("up", "--write-baseline", path)
    fill(path)
    good_line = path.read_text(encoding="utf-8").strip()
    path.write_text(line.replace("valid", good_line) + "\n", encoding="utf-8")
    ended = gate("up", "--baseline", path)
    assert ended.code == 2
    assert "行" in ended.err
