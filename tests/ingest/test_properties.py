"""What holds for every file: our own errors only, no row lost, no damaged number taken for a good one."""

from __future__ import annotations

import io
import sqlite3
import tempfile
import zipfile
from contextlib import closing
from datetime import date
from html import escape
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter
import xlwt
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from baoshen_audit.errors import BaoshenError
from baoshen_audit.identity import resident_id
from baoshen_audit.ingest.load import load

JUNE = date(2026, 6, 1)
ID = "320482199001011230"
HEAD = ["姓名", "身份证号", "供养方式", "家庭住址"]
ROW = ["张三", ID, "集中", "甲村"]
SUFFIXES = [
    "csv", "txt", "tsv", "dat", "xlsx", "xlsm", "xlsb", "xls", "ods", "et", "parquet", "arrow", "feather", "db",
    "sqlite", "zip", "html", "xml", "pdf", "",
]  # fmt: skip
MAGIC = [
    b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"SQLite format 3\x00", b"PAR1", b"ARROW1\x00\x00",
    b"<table>", b"<?xml version='1.0'?>", b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf",
]  # fmt: skip
XLS = Path(__file__).parents[1] / "dirt" / "files" / "特困.xls"
Rows = list[list[str]]


def as_csv(rows: Rows) -> bytes:
    return "".join(
        ",".join(f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in row) + "\r\n" for row in rows
    ).encode()


def as_html(rows: Rows) -> bytes:
    lines = ("".join(f"<td>{escape(cell)}</td>" for cell in row) for row in rows)
    return ("<table>" + "".join(f"<tr>{line}</tr>" for line in lines) + "</table>").encode()


def as_xml(rows: Rows) -> bytes:
    lines = ("".join(f'<Cell><Data Type="String">{escape(cell)}</Data></Cell>' for cell in row) for row in rows)
    table = "".join(f"<Row>{line}</Row>" for line in lines)
    book = f"<Worksheet><Table>{table}</Table></Worksheet></Workbook>"
    return f'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">{book}'.encode()


def as_xlsx(rows: list[list[str]] | list[list[float]]) -> bytes:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet("名册")
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    book.close()
    return buffer.getvalue()


def as_xls(rows: Rows) -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("名册")
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            sheet.write(number, column, cell)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def as_ods(rows: Rows) -> bytes:
    """A line break is a paragraph of its own; runs of spaces are one in XML."""
    table = "".join(
        "<table:table-row>"
        + "".join(
            '<table:table-cell office:value-type="string">'
            + "".join(f"<text:p>{escape(line)}</text:p>" for line in cell.split("\n"))
            + "</table:table-cell>"
            for cell in row
        )
        + "</table:table-row>"
        for row in rows
    )
    names = " ".join(f'xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for n in ("office", "table", "text"))
    sheets = f'<table:table table:name="名册">{table}</table:table>'
    body = f"<office:body><office:spreadsheet>{sheets}</office:spreadsheet></office:body>"
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as out:
        out.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        out.writestr("META-INF/manifest.xml", "<manifest/>")
        out.writestr("content.xml", f"<office:document-content {names}>{body}</office:document-content>")
    return buffer.getvalue()


def as_parquet(rows: Rows) -> bytes:
    buffer = io.BytesIO()
    pl.DataFrame(rows[1:], schema=dict.fromkeys(rows[0], pl.String), orient="row").write_parquet(buffer)
    return buffer.getvalue()


def as_arrow(rows: Rows) -> bytes:
    buffer = io.BytesIO()
    pl.DataFrame(rows[1:], schema=dict.fromkeys(rows[0], pl.String), orient="row").write_ipc(buffer)
    return buffer.getvalue()


def as_sqlite(rows: Rows) -> bytes:
    with closing(sqlite3.connect(":memory:")) as base:
        base.execute(f"CREATE TABLE tekun ({','.join(rows[0])})")
        base.executemany("INSERT INTO tekun VALUES (?, ?, ?, ?)", rows[1:])
        base.commit()
        return base.serialize()


def as_zip(rows: Rows) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("特困.csv", as_csv(rows))
    return buffer.getvalue()


WRITERS = {
    "csv": as_csv, "html": as_html, "xml": as_xml, "xlsx": as_xlsx, "xlsm": as_xlsx, "et": as_xls, "xls": as_xls,
    "ods": as_ods, "parquet": as_parquet, "arrow": as_arrow, "db": as_sqlite, "zip": as_zip,
}  # fmt: skip
WHOLE = {suffix: write([HEAD, ROW, ROW]) for suffix, write in WRITERS.items()} | {"xls": XLS.read_bytes()}
SLOW = ("parquet", "arrow")
"""First tried in a process of its own, which takes its time."""
calm = settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)


def attempt(content: bytes, suffix: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"特困.{suffix}"
        path.write_bytes(content)
        try:
            load(path, month=JUNE)
        except BaoshenError as error:
            assert "张三" not in str(error)
            assert ID not in str(error)


@pytest.mark.parametrize("suffix", SUFFIXES)
@settings(calm, max_examples=40)
@given(magic=st.sampled_from(MAGIC), content=st.binary(max_size=300))
@example(magic=b"", content=b"\x00")
@example(magic=b"<table>", content="<tr><td>姓名<td>身份证号<tr><td colspan=99999999999>".encode())
def test_any_bytes_under_any_name(suffix, magic, content):
    attempt(magic + content, suffix)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize(("suffix", "examples"), [(suffix, 12 if suffix in SLOW else 60) for suffix in WHOLE])
def test_a_real_file_with_some_bytes_changed_or_cut(suffix, examples):
    settings(calm, max_examples=examples)(given(data=st.data())(damage))(suffix)


def damage(suffix, data):
    content = bytearray(WHOLE[suffix])
    for place in data.draw(st.lists(st.integers(0, len(content) - 1), max_size=8)):
        content[place] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(content)) | st.just(len(content)))
    attempt(bytes(content[:cut]), suffix)


# letters and marks an office types, and what breaks a format; a control character cannot stand in XML
CELL = st.text(st.sampled_from("张三李四甲0123456789 ,;\"'<>&=-、。\n（）\t·AXx"), max_size=12)


@pytest.mark.parametrize(("suffix", "examples"), [(suffix, 6 if suffix in SLOW else 40) for suffix in WRITERS])
def test_no_row_and_no_cell_is_lost(suffix, examples):
    settings(calm, max_examples=examples)(given(cells=st.lists(st.tuples(CELL, CELL), max_size=6))(whole))(suffix)


def whole(suffix, cells):
    rows = [[f"甲{number}", ID, name, place] for number, (name, place) in enumerate(cells)]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"特困.{suffix}"
        path.write_bytes(WRITERS[suffix]([HEAD, ROW, *rows]))
        frame = load(path, month=JUNE).tables["tekun"].frame
    assert frame["raw__name"].to_list() == ["张三", *(row[0] for row in rows)]
    assert frame["row_id"].to_list() == list(range(len(rows) + 1))
    for column, position in (("mode", 2), ("address", 3)):
        read = [(cell or "").split() for cell in frame[f"raw__{column}"]]
        assert read[1:] == [row[position].split() for row in rows]


BODY = st.dates(date(1920, 1, 1), date(2025, 1, 1)).flatmap(
    lambda day: st.integers(1, 999).map(lambda number: f"320482{day:%Y%m%d}{number:03}")
)


def as_float_xml(rows: list[list[str | float]]) -> bytes:
    text = as_xml([[str(cell) for cell in row] for row in rows])
    return text.replace(b'Type="String">3', b'Type="Number">3')


def as_float_parquet(rows: list[list[str | float]]) -> bytes:
    buffer = io.BytesIO()
    pl.DataFrame(rows[1:], schema=rows[0], orient="row").write_parquet(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("suffix", "write"), [("xlsx", as_xlsx), ("xls", as_float_xml), ("parquet", as_float_parquet), ("db", as_sqlite)]
)
@settings(calm, max_examples=12)
@given(body=BODY)
def test_a_number_that_was_stored_as_a_number_is_never_valid(suffix, write, body):
    stored = float(body + resident_id.check_char(body).replace("X", "0"))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"特困.{suffix}"
        path.write_bytes(write([HEAD, ["张三", stored, "集中", "甲村"]]))
        frame = load(path, month=JUNE).tables["tekun"].frame
    status = frame.select(resident_id.id_status("id_no")).item()
    assert status == "excel_damaged"
    assert frame.select(resident_id.packed("id_no")).item() is None


@calm
@given(BODY, st.sampled_from(["e", "E"]), st.integers(4, 15))
def test_a_number_in_scientific_form_is_never_valid(body, mark, digits):
    shown = f"{float(body + '0'):.{digits}e}".replace("e", mark)
    cells = pl.DataFrame({"id_no": [shown, shown.replace("+", ""), f"'{shown}"]})
    assert cells.select(resident_id.packed("id_no")).to_series().null_count() == 3
