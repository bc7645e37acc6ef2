"""Formats beside workbooks and CSV: each gives the rows that the same table gives as CSV."""

from __future__ import annotations

import zipfile
from datetime import date
from decimal import Decimal

import polars as pl
import pytest

from baoshen_audit.errors import InputError
from baoshen_audit.ingest import archive, files
from baoshen_audit.ingest.load import load

ID = "320482199001011234"
OTHER = "32048219610305001X"
JUNE = date(2026, 6, 1)
TEKUN = "姓名,身份证号,供养方式,基本生活标准"
ROW = f"张三,{ID},集中,1326.50"
WANTED = ["name", "id_no", "mode", "base_standard"]
EXPECTED = [("张三", ID, "集中", 132650)]


def tekun(intake):
    return intake.tables["tekun"].frame.select(WANTED).rows()


@pytest.mark.parametrize("suffix", ["csv", "txt", "tsv"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_text_in_every_encoding_and_separator(write, read, suffix, encoding, separator):
    write(f"特困.{suffix}", f"{TEKUN}\r\n{ROW}\r\n".replace(",", separator), encoding)
    assert tekun(read()) == EXPECTED


@pytest.mark.parametrize("kind", ["parquet", "arrow", "feather"])
def test_parquet_and_arrow(tmp_path, kind):
    frame = pl.DataFrame(
        {
            "姓名": ["张三", "李四"],
            "身份证号": [ID, None],
            "供养方式": pl.Series(["集中", "分散"], dtype=pl.Categorical),
            "基本生活标准": [Decimal("1326.50"), None],
            "批准日期": [date(2017, 5, 1), None],
            "明细": [[1], [2]],
            "照片": [b"\x00\xff", None],
        }
    )
    path = tmp_path / f"特困.{kind}"
    frame.write_parquet(path) if kind == "parquet" else frame.write_ipc(path)
    intake = load(path, month=JUNE)
    assert tekun(intake) == [*EXPECTED, ("李四", None, "分散", None)]
    assert intake.tables["tekun"].frame.select("source_row", "approve_date").rows() == [
        (1, date(2017, 5, 1)),
        (2, None),
    ]
    assert intake.sources[0].notes == ("嵌套列未读取：明细",)
    assert intake.sources[0].unmapped == ("照片",)


def test_a_number_column_of_ids_in_parquet_shows_its_damage(tmp_path):
    pl.DataFrame({"姓名": ["张三"], "身份证号": [float(ID)], "供养方式": ["集中"]}).write_parquet(
        tmp_path / "特困.parquet"
    )
    (number,) = load(tmp_path, month=JUNE).tables["tekun"].frame["id_no"]
    assert "E" in number.upper()


def test_a_typed_frame_written_to_parquet_comes_back_in_fen(tmp_path):
    pl.DataFrame({"name": ["张三"], "id_no": [ID], "base_standard": [132650]}).write_parquet(tmp_path / "特困.parquet")
    assert load(tmp_path, month=JUNE).tables["tekun"].frame["base_standard"].to_list() == [132650]


PAGE = f"""<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta charset=CHARSET>
<style>td {{mso-number-format:"\\@"}}</style>
<script>alert("<table><tr><td>姓名</td></tr></table>")</script></head><body>
<table><tr><td colspan=4>2026年6月特困人员名册</table>
<table border=1><tr><th>姓名<th>身份证号<th>供养方式<th>基本生活<br>标准</tr>
<tr><td> 张三 </td><td x:str="1">{ID}<td rowspan="2">集中</td><td>1,326.50</td></tr>
<tr><td>李&#22235;<img src="http://127.0.0.1/x"></td><td>{OTHER}</td><td>&nbsp;5</td></tr></table></body></html>"""


@pytest.mark.parametrize(
    ("charset", "encoding"), [("gb2312", "gb18030"), ("utf-8", "utf-8"), ("", "utf-8"), ("", "utf-16")]
)
def test_an_html_table_named_xls(write, read, charset, encoding):
    write("特困.xls", PAGE.replace("CHARSET", charset), encoding)
    intake = read()
    assert tekun(intake) == [*EXPECTED, ("李四", OTHER, "集中", 500)]
    (source,) = intake.sources
    assert source.header_row == 1
    assert source.notes == ("合并单元格向下填充 1 格",)
    assert source.headers["base_standard"] == "基本生活 标准"


def test_of_nested_tables_the_innermost(write, read):
    inner = f"<table><tr><td>{'<td>'.join(TEKUN.split(','))}<tr><td>{'<td>'.join(ROW.split(','))}</table>"
    write("特困.xls", f"<table><tr><td>菜单<td>{inner}</table>")
    assert tekun(read()) == EXPECTED


SHEET = f"""<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Worksheet ss:Name="名册"><Table>
<Row ss:Index="2"><Cell ss:MergeAcross="3"><Data ss:Type="String">2026年6月特困人员名册</Data></Cell></Row>
<Row>{"".join(f'<Cell><Data ss:Type="String">{name}</Data></Cell>' for name in TEKUN.split(","))}
<Cell ss:Index="6"><Data ss:Type="String">批准日期</Data></Cell></Row>
<Row><Cell><Data ss:Type="String">张三</Data></Cell><Cell><Data ss:Type="String">{ID}</Data></Cell>
<Cell ss:MergeDown="1"><Data ss:Type="String">集中</Data></Cell><Cell><Data ss:Type="Number">1326.5</Data></Cell>
<Cell ss:Index="6"><Data ss:Type="DateTime">2017-05-01T00:00:00.000</Data></Cell></Row>
<Row><Cell><Data ss:Type="String">李四</Data></Cell>
<Cell><Data ss:Type="Number">3.2048219900101126E17</Data></Cell></Row>
</Table></Worksheet><Worksheet ss:Name="空"><Table/></Worksheet></Workbook>"""


def test_an_xml_spreadsheet_named_xls(write, read):
    write("特困.xls", SHEET)
    intake = read()
    assert tekun(intake) == [*EXPECTED, ("李四", "3.20482199001011E+17", "集中", None)]
    assert intake.tables["tekun"].frame.select("source_row", "approve_date").rows() == [
        (4, date(2017, 5, 1)),
        (5, None),
    ]
    assert intake.sources[0].header_row == 3
    assert [(item.sheet, item.reason) for item in intake.unrecognised] == [("空", "空工作表")]


@pytest.fixture
def pack(tmp_path):
    def _pack(name: str, members: dict[str, bytes | str]):
        path = tmp_path / "in" / name
        path.parent.mkdir(exist_ok=True)
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
            for member, content in members.items():
                out.writestr(member, content)
        return path

    return _pack


def test_what_an_archive_holds_is_read_as_a_folder(pack, book, read, tmp_path):
    workbook = book("x.xlsx", 名册=[TEKUN.split(","), ["李四", OTHER, "分散", 5]]).read_bytes()
    inner = pack("里.zip", {"a.csv": "x"}).read_bytes()
    for path in (tmp_path / "in").iterdir():
        path.unlink()
    pack(
        "六月.zip",
        {
            "2026-06/特困.csv": f"{TEKUN}\n{ROW}\n".encode("gb18030"),
            "2026-06/特困2.xlsx": workbook,
            "../../逃.md": "x",
            "里.zip": inner,
            "__MACOSX/._特困.csv": b"\x00",
        },
    )
    intake = read()
    assert sorted(tekun(intake)) == sorted([*EXPECTED, ("李四", OTHER, "分散", 500)])
    assert [(source.file, source.month) for source in intake.sources] == [
        ("六月.zip/2026-06/特困.csv", JUNE),
        ("六月.zip/2026-06/特困2.xlsx", JUNE),
    ]
    assert [(item.file, item.reason[:6]) for item in intake.unrecognised] == [
        ("六月.zip/里.zip", "压缩包里的压"),
        ("六月.zip/逃.md", "不是表格文件"),
    ]
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["in", "六月.zip"]


def test_names_written_by_a_chinese_windows_are_read(pack, read):
    path = pack("包.zip", {"XXXX.csv": f"{TEKUN}\n{ROW}\n"})
    path.write_bytes(path.read_bytes().replace(b"XXXX", "特困".encode("gb18030")))
    assert read().sources[0].file == "包.zip/特困.csv"


def test_a_bad_member_is_named_and_the_others_too(pack, read):
    pack("包.zip", {"甲.xlsx": "no", "乙.csv": b"\xff\xff\xff", "丙.csv": f"{TEKUN}\n{ROW}\n"})
    with pytest.raises(InputError) as caught:
        read()
    assert "包.zip/甲.xlsx" in caught.value.message
    assert "包.zip/乙.csv" in caught.value.message


def test_an_archive_with_a_password_or_a_broken_member_is_refused(pack, read):
    path = pack("包.zip", {"特困.csv": f"{TEKUN}\n{ROW}\n" * 9})
    whole = path.read_bytes()
    for damage in (
        whole.replace(b"\x14\x00\x00\x08\x08", b"\x14\x00\x01\x08\x08"),
        whole.replace(b"PK\x01\x02", b"PK\x01\x03"),
        whole[:40] + b"\x00" + whole[41:],
    ):
        path.write_bytes(damage)
        with pytest.raises(InputError):
            read()


def test_a_workbook_is_no_archive(book, tmp_path):
    assert not archive.is_archive(book("a.xlsx", 表=[["x"]]))
    (sheet,), _ = files.read(book("a.zip", 表=[["x"]]), "a.zip")
    assert sheet.sheet == "表"
