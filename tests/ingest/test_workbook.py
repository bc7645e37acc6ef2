from __future__ import annotations

import datetime as dt
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baoshen_audit.ingest import files, workbook
from baoshen_audit.ingest.grid import cell_text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1020.0, "1020"), (-3.0, "-3"), (1020.5, "1020.5"), (0.1 + 0.2, "0.3"), (0.00001, "0.00001"), (True, "TRUE"),
        (dt.date(2017, 5, 1), "2017-05-01"), (dt.datetime(2017, 5, 1), "2017-05-01"),  # noqa: DTZ001
        (dt.datetime(2017, 5, 1, 8, 30), "2017-05-01 08:30:00"), (" 012 ", " 012 "),  # noqa: DTZ001
        (320482199001011234.0, "3.20482199001011E+17"), (6228480012345678, "6.22848001234568E+15"), (10.0**15, "1E+15"),
    ],
)  # fmt: skip
def test_a_typed_cell_as_text(value, text):
    assert cell_text(value) == text


@settings(deadline=None)
@given(st.integers(10**15, 10**19 - 1))
def test_a_long_number_never_looks_like_a_document(number):
    assert "E+" in cell_text(float(number))


@settings(deadline=None)
@given(st.integers(-(10**15) + 1, 10**15 - 1))
def test_a_short_whole_number_is_itself(number):
    assert cell_text(float(number)) == str(number)


def test_row_numbers_and_letters_start_where_the_cells_start(book):
    def fill(_, sheet):
        sheet.write_row("C5", ["姓名", "身份证号"])
        sheet.write_row("C6", ["张三", "1"])
        sheet.write_row("C8", ["李四", "2"])

    (sheet,), left_out = workbook.read(book("a.xlsx", 表=fill), "a.xlsx")
    assert (sheet.first_row, sheet.first_column) == (5, 2)
    assert sheet.body(1, [0, 1]).frame.rows() == [(6, "张三", "1"), (7, None, None), (8, "李四", "2")]
    assert left_out == []


def test_merged_cells_fill_down_inside_their_range_only(book):
    def fill(_, sheet):
        sheet.write_row(0, 0, ["户编号", "姓名"])
        sheet.merge_range(1, 0, 3, 0, "甲")
        for row, name in enumerate("一二三四", start=1):
            sheet.write(row, 1, name)

    (sheet,), _ = workbook.read(book("a.xlsx", 表=fill), "a.xlsx")
    body = sheet.body(1, [0, 1])
    assert body.frame["c0"].to_list() == ["甲", "甲", "甲", None]
    assert body.notes == ("合并单元格向下填充 2 格",)


def test_a_merge_across_columns_fills_nothing(book):
    def fill(_, sheet):
        sheet.write_row(0, 0, ["a", "b", "c"])
        sheet.merge_range(1, 0, 1, 2, "合计")

    (sheet,), _ = workbook.read(book("a.xlsx", 表=fill), "a.xlsx")
    assert sheet.body(1, [0, 1, 2]).frame.rows() == [(2, "合计", None, None)]


def test_sheets_left_out_say_why(book):
    def hide(_, sheet):
        sheet.write(0, 0, "x")
        sheet.hide()

    sheets, left_out = workbook.read(book("a.xlsx", 名册=[["姓名", "身份证号"]], 空表=[], 旧表=hide), "a.xlsx")
    assert [sheet.sheet for sheet in sheets] == ["名册"]
    assert [(item.sheet, item.reason[:3]) for item in left_out] == [("空表", "空工作"), ("旧表", "隐藏的")]


def test_an_open_document_sheet(tmp_path):
    cells = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{t}</text:p></table:table-cell>' for t in "甲乙"
    )
    number = '<table:table-cell office:value-type="float" office:value="1020"/>'
    names = "office table text"
    spaces = " ".join(f'xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for n in names.split())
    content = (
        f"<?xml version='1.0' encoding='UTF-8'?><office:document-content {spaces}><office:body><office:spreadsheet>"
        f'<table:table table:name="名册"><table:table-row>{cells}</table:table-row><table:table-row>{number}{cells}'
        "</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"
    )
    path = tmp_path / "a.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", content)
    ((sheet,), _) = files.read(path, "a.ods")
    assert sheet.peek == (("甲", "乙", ""), ("1020", "甲", "乙"))
    assert sheet.body(1, [0, 1]).frame.rows() == [(2, "1020", "甲")]
