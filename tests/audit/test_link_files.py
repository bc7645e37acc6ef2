"""Files linked as intake reads them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter

import baoshen_audit
from baoshen_audit.audit.link_files import link_files
from baoshen_audit.errors import InputError, UsageError
from baoshen_audit.identity.resident_id import check_char
from baoshen_audit.ingest import headers
from baoshen_audit.linkage.people import ALIASES
from baoshen_audit.schemas import TABLES
from baoshen_audit.text import fold_text

ONE, TWO = (body + check_char(body) for body in ("32042219500101123", "32042219520304122"))
ROLL = f"""2026年6月低保名册,,,,
序号,成员姓名,户主姓名,成员身份证号码,村(居)
1,王建国,李秀英,{ONE},东庄村
2,李秀英,李秀英,{TWO},东庄村
合计,2,,,
"""
DEATHS = f"""序号,死者姓名,死者身份证号
a,王建国,{ONE}
b,李秀瑛,{TWO[:16]}{(int(TWO[16]) + 2) % 10}{TWO[17]}
"""


def file(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def outcome(links: baoshen_audit.Links) -> list[tuple[object, ...]]:
    return links.pairs.select("left_id", "right_id", "decision", "tier").rows()


def test_roll_and_deaths(tmp_path: Path) -> None:
    links = link_files(file(tmp_path, "名册.csv", ROLL), file(tmp_path, "死亡.csv", DEATHS), id="序号")
    assert ("1", "a", "link", "M1") in outcome(links)
    assert {pair[:2] for pair in outcome(links)} <= {("1", "a"), ("2", "b")}
    assert any("合计" in note for note in links.notes)


def test_the_member_is_compared_not_the_head(tmp_path: Path) -> None:
    links = link_files(file(tmp_path, "名册.csv", ROLL), id="序号")
    assert links.left["person"].to_list() == [int(number[:17]) * 11 + int(number[17]) for number in (ONE, TWO)]
    assert links.left["name"].to_list() == ["王建国", "李秀英"]


def test_every_kind_of_file_says_the_same(tmp_path: Path) -> None:
    frame = pl.DataFrame({"编号": [1, 2, 3], "姓名": ["王建国", "李秀英", "王建国"], "身份证号": [ONE, TWO, ONE]})
    frame.write_csv(tmp_path / "a.csv")
    frame.write_parquet(tmp_path / "a.parquet")
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        notes = book.add_worksheet("说明")
        notes.write(0, 0, "填表说明")
        for town, rows in (("东镇", frame[:1]), ("西镇", frame[1:])):
            sheet = book.add_worksheet(town)
            for at, row in enumerate([tuple(frame.columns), *rows.rows()]):
                sheet.write_row(at, 0, row)
    found = [link_files(tmp_path / f"a.{kind}", id="编号") for kind in ("csv", "parquet", "xlsx")]
    # whole numbers of a file that has types stay numbers: they join with what they came from
    assert [outcome(links) for links in found] == [
        [(first, last, "link", "M1")] for first, last in (("1", "3"), (1, 3), ("1", "3"))
    ]
    assert any("说明" in note for note in found[2].notes)


def test_headers_from_a_spec_file(tmp_path: Path) -> None:
    left = file(tmp_path, "a.csv", f"编号,甲,乙\n1,王建国,{ONE}\n2,王建国,{ONE}\n")
    with pytest.raises(InputError, match="没有可用来关联的列"):
        link_files(left, id="编号")
    spec = file(tmp_path, "s.toml", '[columns]\nname = "甲"\nid_no = "乙"\n')
    assert outcome(link_files(left, id="编号", spec=spec)) == [("1", "2", "link", "M1")]


def test_bad_id_columns_are_told_by_rows(tmp_path: Path) -> None:
    path = file(tmp_path, "a.csv", f"编号,姓名,身份证号\n1,王建国,{ONE}\n1,李秀英,{TWO}\n,李秀英,{TWO}\n")
    with pytest.raises(InputError, match=r"为空：a\.csv 第 4 行"):
        link_files(path, id="编号")
    path = file(tmp_path, "b.csv", f"编号,姓名,身份证号\n1,王建国,{ONE}\n1,李秀英,{TWO}\n")
    with pytest.raises(InputError, match=r"重复：b\.csv 第 2、3 行"):
        link_files(path, id="编号")
    with pytest.raises(InputError, match="没有标识列“户编号”") as refused:
        link_files(path, id="户编号")
    assert ONE not in str(refused.value)
    for missing in (tmp_path, tmp_path / "none.csv"):
        with pytest.raises(UsageError):
            link_files(missing, id="编号")


def test_the_function_is_public() -> None:
    frame = pl.DataFrame({"n": [1, 2], "姓名": ["王建国"] * 2, "身份证号": [ONE] * 2})
    assert baoshen_audit.link(frame, id="n").pairs["tier"].to_list() == ["M1"]


def test_numbers_of_a_file_with_types_keep_to_their_rows(tmp_path: Path) -> None:
    cells = {"编号": [30, 7, 11, 9], "姓名": ["合计", "王建国", "李秀英", "王建国"], "身份证号": [None, ONE, TWO, ONE]}
    pl.DataFrame(cells).write_parquet(tmp_path / "a.parquet")
    links = link_files(tmp_path / "a.parquet", id="编号")
    assert outcome(links) == [(7, 9, "link", "M1")]
    assert links.left_ids.to_list() == [7, 9, 11]
    # a number of people may be the id and a column to compare at once
    pl.DataFrame({"身份证号": [int(ONE), int(TWO)], "姓名": ["王建国"] * 2}).write_parquet(tmp_path / "c.parquet")
    assert link_files(tmp_path / "c.parquet", id="身份证号").left["person"][0] == int(ONE[:17]) * 11 + int(ONE[17])
    pl.DataFrame(cells | {"编号": [1, 1, None, 2]}).write_parquet(tmp_path / "b.parquet")
    with pytest.raises(InputError, match=r"为空：b\.parquet 第 3 行"):
        link_files(tmp_path / "b.parquet", id="编号")


def test_every_header_of_the_tables_of_people_is_known() -> None:
    known = {fold_text(header): name for name, usual in ALIASES.items() for header in (name, *usual)}
    assert len(known) == sum(1 + len(usual) for usual in ALIASES.values())
    called = {"account_no": "account"}
    for table, spec in TABLES.items():
        if "id_no" in spec.columns:
            for form, (column, _) in headers.aliases(table).items():
                name = called.get(column, column)
                if name in ALIASES:
                    assert known.get(form) == name, f"{table}: {form}"


def test_linking_typed_files_waits_for_no_contracts(tmp_path: Path) -> None:
    pl.DataFrame({"n": [1, 2], "姓名": ["王建国"] * 2, "身份证号": [ONE] * 2}).write_parquet(tmp_path / "a.parquet")
    code = (
        "import sys; from pathlib import Path; from baoshen_audit.audit.link_files import link_files; "
        f"link_files(Path({str(tmp_path / 'a.parquet')!r}), id='n'); assert 'pandera' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
