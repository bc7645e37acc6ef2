import hashlib
import io
import time
from collections.abc import Callable

import polars as pl
import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from baoshen_audit.audit import Result
from baoshen_audit.report import words
from baoshen_audit.report.workbook import render
from baoshen_audit.report.workbook.book import ROWS, sheet_names
from baoshen_audit.report.workbook.leads import ANSWERS, COLUMNS

from .conftest import finding

FIXED = ["首页", "汇总", "个案", "疑点清单", "证据", "规则覆盖", "规则说明", "数据质量"]
AT = {column.header: position for position, column in enumerate((*COLUMNS, *ANSWERS), start=1)}


def opened(result: Result) -> Workbook:
    return load_workbook(io.BytesIO(render(result)))


def test_sheets_and_towns(made: Callable[..., Result]) -> None:
    book = opened(made())
    assert book.sheetnames[:8] == FIXED
    assert set(book.sheetnames[8:]) == {"甲镇", "乙_丙_镇_", "未分乡镇"}


def test_one_row_per_finding_in_order(made: Callable[..., Result]) -> None:
    result = made()
    sheet = opened(result)["疑点清单"]
    marks = [row[-1].value for row in sheet.iter_rows(min_row=2)]
    assert marks == result.findings["fingerprint"].to_list()
    assert sheet.freeze_panes == "C2"
    assert sheet.auto_filter.ref
    assert sheet["A2"].value == "aaaaaaaa1000"  # two fingerprints begin alike: both numbers are longer


def test_money_is_yuan_and_text_is_text(made: Callable[..., Result]) -> None:
    sheet = opened(made())["疑点清单"]
    rows = {row[AT["规则"] - 1].value: row for row in sheet.iter_rows(min_row=2)}
    paid = rows["ERR201"][AT["待核查金额(元)"] - 1]
    assert (paid.value, paid.number_format) == (2652, "#,##0.00")
    assert rows["ERR218"][AT["待核查金额(元)"] - 1].value == pytest.approx(-123.45, abs=0)
    assert rows["DUP110"][AT["待核查金额(元)"] - 1].value is None
    number = rows["ERR201"][AT["身份证号"] - 1]
    assert (number.value, number.number_format, number.data_type) == ("320413********1234", "@", "s")
    assert rows["ROLL002"][AT["说明"] - 1].data_type == "s"
    assert rows["ROLL002"][AT["姓名"] - 1].value == "@SUM(A1)"
    assert rows["ERR201"][AT["涉及月份"] - 1].value == "2026-05、2026-06"


def test_only_answers_can_be_filled_in(made: Callable[..., Result]) -> None:
    sheet = opened(made())["疑点清单"]
    assert sheet.protection.sheet
    unlocked = {cell.column for row in sheet.iter_rows(min_row=2) for cell in row if not cell.protection.locked}
    assert unlocked == {AT[answer.header] for answer in ANSWERS}
    rule = next(one for one in sheet.data_validations.dataValidation if one.type == "list")
    assert rule.formula1 == f'"{",".join(words.OUTCOMES)}"'
    assert str(rule.sqref) == f"X2:X{sheet.max_row}"


def test_a_town_has_its_own_findings_and_repeats_the_answers(made: Callable[..., Result]) -> None:
    book = opened(made())
    sheet = book["甲镇"]
    assert {row[0].value for row in sheet.iter_rows(min_row=2)} == {"aaaaaaaa1000", "aaaaaaaa2000"}
    answer = [cell.value for cell in sheet[1]].index("核查结论") + 1
    where = sheet["A2"].hyperlink.location
    assert where.startswith("'疑点清单'!A")
    row = where.rpartition("A")[2]
    assert sheet.cell(2, answer).value == f"=IF('疑点清单'!X{row}=\"\",\"\",'疑点清单'!X{row})"
    assert book["疑点清单"].cell(int(row), 1).value == sheet["A2"].value


def test_a_case_holds_the_findings_of_one_household(made: Callable[..., Result]) -> None:
    result = made(rows=[finding(1, case_id="c" * 32), finding(2, case_id="c" * 32, grade="B"), finding(3, amount=1)])
    book = opened(result)
    rows = [[cell.value for cell in row] for row in book["个案"].iter_rows(min_row=2)]
    assert [row[3] for row in rows] == [2, 1]
    listed = [row[AT["个案"] - 1].value for row in book["疑点清单"].iter_rows(min_row=2)]
    assert listed == [rows[0][0], rows[0][0], rows[1][0]]
    where = book["个案"]["A3"].hyperlink.location
    assert book["疑点清单"][where.rpartition("!")[2].replace("A", "B")].value == rows[1][0]


def test_what_is_held_is_counted_and_not_listed(made: Callable[..., Result]) -> None:
    book = opened(made(rows=[finding(1), finding(2, held="capacity"), finding(3, held="suspect")]))
    assert book["疑点清单"].max_row == 2
    text = " ".join(str(cell.value) for row in book["首页"].iter_rows() for cell in row)
    assert "1(另有 2 条没有列入" in text


def test_evidence_names_the_cell(made: Callable[..., Result]) -> None:
    book = opened(made())
    rows = [[cell.value for cell in row] for row in book["证据"].iter_rows(min_row=2)]
    mine = [row for row in rows if row[0] == "aaaaaaaa1000"]
    assert mine[0] == [
        "aaaaaaaa1000",
        "ERR201",
        "特困人员",
        "名册/特困.xlsx",
        "甲镇",
        5,
        "C",
        "身份证号",
        "320413********1234",
    ]
    assert mine[1][3:] == ["核对/死亡.csv", None, 12, "D", "死亡日期", "=1+1"]
    assert all(cell.data_type != "f" for row in book["证据"].iter_rows() for cell in row)
    link = book["疑点清单"]["A2"].hyperlink.location
    assert book["证据"][link.rpartition("!")[2]].value == "aaaaaaaa1000"


def test_totals_agree_with_the_list(made: Callable[..., Result]) -> None:
    result = made()
    cells = [[cell.value for cell in row] for row in opened(result)["汇总"].iter_rows()]
    totals = [row for row in cells if row[0] == "合计"]
    assert totals[0][1:6] == [2, 2, 0, 1, 5]
    assert totals[1][5] == result.findings.height


def test_the_cover_says_what_it_rests_on(made: Callable[..., Result]) -> None:
    result = made()
    text = {str(cell.value) for row in opened(result)["首页"].iter_rows() for cell in row}
    assert words.LEADS_ONLY[0] in text
    assert {result.manifest["result_hash"], "0" * 64, "1" * 64, result.notes[0], "0.1+00000000"} <= text


def test_rules_that_ran_are_explained(made: Callable[..., Result]) -> None:
    rows = {row[0].value: row for row in opened(made())["规则说明"].iter_rows(min_row=2)}
    assert set(rows) == {"DUP110", "ERR201", "ERR215", "ZZ999"}
    assert "· " in rows["ERR201"][6].value
    assert rows["ZZ999"][4].value is None


def test_what_was_not_read_is_there(made: Callable[..., Result]) -> None:
    text = {str(cell.value) for row in opened(made())["数据质量"].iter_rows() for cell in row}
    assert {"空表", "无法读取", "1234", "不是表格文件(.docx),未读取"} <= text


def test_an_empty_result_is_a_workbook_too(made: Callable[..., Result]) -> None:
    book = opened(made(rows=[]))
    assert book.sheetnames == FIXED
    assert book["疑点清单"].max_row == 1


def test_same_result_same_bytes(made: Callable[..., Result]) -> None:
    first = render(made())
    time.sleep(1.1)  # a clock anywhere in the file would show
    assert hashlib.sha256(render(made())).digest() == hashlib.sha256(first).digest()


def test_sheet_names_are_lawful() -> None:
    labels = ["金城镇", "a" * 40, "A" * 40, "[x]*", "'", "", "History", "汇总"]
    names = sheet_names(labels, FIXED, nameless="未分乡镇")
    assert list(names) == labels
    assert len({name.casefold() for name in (*names.values(), *FIXED)}) == len(labels) + len(FIXED)
    for name in names.values():
        assert 0 < len(name) <= 31
        assert not set(name) & set("[]:*?/\\")
        assert not name.startswith("'")
        assert name.lower() != "history"


def test_long_text_is_cut_visibly(made: Callable[..., Result]) -> None:
    result = made()
    long = result.findings.with_columns(pl.lit("长" * 40_000).alias("formula"))
    value = opened(made(findings=long))["疑点清单"].cell(2, AT["金额算法"]).value
    assert len(value) < 32_767
    assert "过长" in value


def test_a_sheet_that_is_full_says_so(monkeypatch: pytest.MonkeyPatch, made: Callable[..., Result]) -> None:
    assert ROWS < 1_048_576
    monkeypatch.setattr("baoshen_audit.report.workbook.book.ROWS", 2)
    rows = [row[0].value for row in opened(made())["证据"].iter_rows()]
    assert len(rows) == 4
    assert "上限" in rows[-1]
