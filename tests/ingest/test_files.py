from __future__ import annotations

import hashlib
import io
import sqlite3
from contextlib import closing

import pytest
import xlsxwriter
from msoffcrypto.format.ooxml import OOXMLFile

from baoshen_audit.errors import InputError, UsageError
from baoshen_audit.ingest import files


def workbook_bytes() -> bytes:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    book.add_worksheet("名册").write_row(0, 0, ["姓名", "身份证号"])
    book.close()
    return buffer.getvalue()


def encrypted() -> bytes:
    out = io.BytesIO()
    OOXMLFile(io.BytesIO(workbook_bytes())).encrypt("pw", out)
    return out.getvalue()


def test_walk_is_sorted_and_leaves_out_what_is_no_input(write, tmp_path):
    for name in ("b/2.csv", "a.csv", "b/1.csv", ".hidden.csv", "~$名册.xlsx", ".git/x.csv"):
        write(name, "x")
    found = files.walk(tmp_path / "in")
    assert [path.relative_to(tmp_path / "in").as_posix() for path in found] == ["a.csv", "b/1.csv", "b/2.csv"]


def test_a_path_that_is_not_there(tmp_path):
    with pytest.raises(UsageError, match="找不到") as caught:
        files.walk(tmp_path / "没有")
    assert caught.value.exit_code == 2


def test_the_reader_follows_the_bytes_not_the_suffix(write, tmp_path):
    (sheet,), _ = files.read(write("名册.csv", workbook_bytes()), "名册.csv")
    assert sheet.sheet == "名册"
    path = tmp_path / "库.dat"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE t (a)")
        connection.commit()
    (sheet,), _ = files.read(path, "库.dat")
    assert sheet.sheet == "t"


@pytest.mark.parametrize(
    ("name", "content", "says", "do"),
    [
        ("密.xlsx", encrypted(), "密码", "取消密码"),
        ("断.xlsx", workbook_bytes()[:3000], "不完整", "重新导出"),
        ("断.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "不完整", "重新导出"),
        ("假.xlsx", "姓名,身份证号\n张三,1\n".encode("gb18030"), "纯文本", ".csv"),
        ("网页.xls", b"<html><meta charset=utf-8>\xff\xff", "HTML", ".xlsx"),
        ("旧.xls", b'<?xml version="1.0"?><Workbook/>', "XML", ".xlsx"),
        ("假.parquet", b"not a frame", "Parquet", "CSV"),
        ("断.parquet", b"PAR1 cut", "Parquet", "重新"),
        ("坏.xlsx", b"\x00\x01\x02" * 50, "不是工作簿", "重新"),
        ("空.xlsx", b"", "空", "重新导出"),
        ("空.csv", b"", "空", "重新导出"),
        ("乱.csv", b"\xff\xff\xff,\xfe\n", "编码", "另存为"),
        ("假.db", b"not a database", "SQLite", "CSV"),
    ],
)
def test_each_bad_file_says_what_where_and_what_to_do(write, name, content, says, do):
    with pytest.raises(InputError) as caught:
        files.read(write(name, content), f"2026-06/{name}")
    assert says in caught.value.message
    assert f"2026-06/{name}" in caught.value.message
    assert do in caught.value.hint
    assert caught.value.exit_code == 3


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("说明.md", b"# x", "不是表格文件"),
        ("照片.jpg", b"\xff\xd8\xff", "不是表格文件"),
        ("报告.pdf", b"%PDF-1.4", "不是表格文件"),
        ("包.zip", b"PK\x03\x04rest", "压缩包"),
        ("网页.xls", "<html><table><tr><td>姓名</td></tr></table></html>".encode(), "没有带数据的表格"),
        ("备忘.txt", b"\xff\xff\x80", "编码"),
        ("数据.dat", b"\x00\x01\x02", "二进制"),
    ],
)
def test_what_is_no_table_is_listed_with_the_reason(write, name, content, reason):
    sheets, (left_out,) = files.read(write(name, content), name)
    assert sheets == []
    assert left_out.file == name
    assert reason in left_out.reason


def test_the_hash_is_of_the_file(write):
    assert files.sha256(write("a.csv", b"abc"), "a.csv") == hashlib.sha256(b"abc").hexdigest()


def test_a_file_that_cannot_be_opened(tmp_path):
    (tmp_path / "断链.csv").symlink_to(tmp_path / "没有.csv")
    with pytest.raises(InputError, match=r"2026/断链\.csv") as caught:
        files.sha256(tmp_path / "断链.csv", "2026/断链.csv")
    assert caught.value.exit_code == 3
