"""The files of an upload and their month; the gate as a library call."""

from datetime import date
from pathlib import Path

import pytest

from baoshen_audit import InputError, Limits, UsageError, gate
from baoshen_audit.audit.upload import newest_month, upload

ROLL = "姓名,身份证号,户编号,月保障金额\n张建国,320413195203040012,TK0001,1326.00\n"
DATED = "姓名,身份证号,户编号,月保障金额,所属月份\n" + "".join(
    f"张建国,320413195203040012,TK0001,1326.00,{month}\n" for month in ("2026-04", "2026-05")
)
DEATHS = "姓名,身份证号,死亡日期\n赵六,320413195203040012,2026-05-04\n"


def put(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_rolls_say_the_month_before_feeds_do(tmp_path: Path) -> None:
    put(tmp_path, "死亡注销名单2026年7月.csv", DEATHS)
    assert newest_month(upload([tmp_path])) == date(2026, 7, 1)
    put(tmp_path, "特困人员名册2026年5月.csv", ROLL)
    put(tmp_path, "old/特困人员名册2026年4月.csv", ROLL + "\n")
    assert newest_month(upload([tmp_path])) == date(2026, 5, 1)


def test_the_month_may_stand_in_the_rows_alone(tmp_path: Path) -> None:
    put(tmp_path, "特困人员名册.csv", DATED)
    assert newest_month(upload([tmp_path])) == date(2026, 5, 1)


def test_no_month_is_asked_for(tmp_path: Path) -> None:
    put(tmp_path, "特困人员名册.csv", ROLL)
    with pytest.raises(UsageError, match="月份"):
        newest_month(upload([tmp_path]))


def test_files_are_named_from_the_base_or_their_common_folder(tmp_path: Path) -> None:
    one, two = put(tmp_path, "甲/a.csv", ROLL), put(tmp_path, "乙/b.csv", ROLL)
    assert upload([one, two]).base == tmp_path.resolve()
    assert upload([one]).base == one.parent.resolve()
    assert upload([one], base=tmp_path).base == tmp_path.resolve()
    assert upload([one], base=two.parent).base == one.parent.resolve()
    assert upload([one, tmp_path, tmp_path / "*" / "a.csv"]).paths.count(one.resolve()) == 1


def test_nothing_there_is_an_input_error(tmp_path: Path) -> None:
    for missing in (tmp_path, tmp_path / "none.csv", tmp_path / "*.csv"):
        with pytest.raises(InputError):
            upload([missing])


def test_gate_as_a_call(tmp_path: Path) -> None:
    put(tmp_path, "特困人员名册2026年6月.csv", ROLL.replace("0012", "001"))
    told = gate([tmp_path], region="320413", key=b"k" * 32)
    assert (told.exit_code, told.month, told.rows) == (1, "2026-06", 1)
    assert gate([tmp_path], region="320413", key=b"k" * 32, limits=Limits(findings={"": 1})).exit_code == 0
    assert told.findings.filter(told.findings["counted"])["code"].to_list() == ["ROLL001"]


def test_only_rolls_and_feeds_hold_an_upload_up(tmp_path: Path) -> None:
    put(tmp_path, "特困人员名册2026年6月.csv", ROLL)
    put(tmp_path, "死亡注销名单.csv", "死亡注销名单(截止2026年6月25日)\n" + DEATHS)
    told = gate([tmp_path], region="320413", key=b"k" * 32)
    assert told.exit_code == 0
    assert set(told.result.coverage["family"]) == {"ROLL", "FEED"}
    asked = gate([tmp_path], region="320413", key=b"k" * 32, rules=("ERR201",))
    assert asked.exit_code == 1
