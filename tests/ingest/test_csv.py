from __future__ import annotations

import random

import pytest

from baoshen_audit.errors import InputError
from baoshen_audit.ingest import csv

ROWS = "姓名,身份证号,金额\n张三,1,2\n李四,3,4\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_encodings_and_separators(write, encoding, separator):
    sheet = csv.read(write("a.csv", ROWS.replace(",", separator), encoding), "a.csv")
    assert sheet.peek[0] == ("姓名", "身份证号", "金额")
    body = sheet.body(1, [0, 2])
    assert body.frame.rows() == [(2, "张三", "2"), (3, "李四", "4")]


def test_four_byte_characters_of_gb18030(write):
    sheet = csv.read(write("a.csv", "姓名,身份证号\n𬍛三,1\n", "gb18030"), "a.csv")
    assert sheet.body(1, [0]).frame["c0"].to_list() == ["𬍛三"]


def test_an_ascii_head_does_not_decide_the_encoding(write):
    text = "name,id_no\n" + "abc,1\n" * 60_000 + "张三,2\n"
    sheet = csv.read(write("a.csv", text, "gb18030"), "a.csv")
    frame = sheet.body(1, [0, 1]).frame
    assert frame.height == 60_001
    assert frame.row(-1) == (60_002, "张三", "2")


def test_wrong_encoding_is_refused_with_the_file_and_what_to_do(write):
    path = write("名册.csv", "姓名,身份证号\n".encode() + b"\xff\xfe\xff,1\n")
    with pytest.raises(InputError, match=r"名册\.csv") as caught:
        csv.read(path, "名册.csv")
    assert caught.value.exit_code == 3
    assert "另存为" in caught.value.hint


def test_a_bad_byte_far_down_is_refused_too(write):
    path = write("名册.csv", ("姓名,身份证号\n" + "张三,1\n" * 60_000).encode() + b"\xff\xff,2\n")
    sheet = csv.read(path, "名册.csv")
    with pytest.raises(InputError, match="编码"):
        sheet.body(1, [0, 1])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_bytes_at_random_places_never_raise_anything_else(write, encoding):
    draw = random.Random(7)  # noqa: S311
    text = "姓名,身份证号,备注\n" + "".join(f'张三{n},{n},"a,b"\n' for n in range(200))
    for _ in range(60):
        content = bytearray(text.encode(encoding))
        for _ in range(draw.randint(1, 6)):
            content[draw.randrange(len(content))] = draw.choice([34, 44, 10, 13, 0, draw.randrange(256)])
        try:
            csv.read(write("a.csv", bytes(content[: draw.randrange(len(content))])), "a.csv").body(0, [0])
        except InputError as error:
            assert "a.csv" in error.message


def test_row_numbers_count_records_as_a_spreadsheet_does(write):
    text = '标题,,\n姓名,身份证号,备注\n张三,1,"两\n行"\n\n李四,2,\n'
    sheet = csv.read(write("a.csv", text), "a.csv")
    frame = sheet.body(2, [0, 2]).frame
    assert frame.rows() == [(3, "张三", "两\n行"), (4, None, None), (5, "李四", None)]


def test_rows_longer_than_the_header_are_kept_and_noted(write):
    text = "姓名,身份证号\n" + "张三,1\n" * 50 + "李四,2,多出\n"
    body = csv.read(write("a.csv", text), "a.csv").body(1, [0, 1])
    assert body.frame.height == 51
    assert body.frame.row(-1) == (52, "李四", "2")
    assert body.notes == ("1 行的列数多于表头，内容可能错位",)


def test_cells_are_kept_as_written(write):
    text = 'a,b\n="3204",\'007\n00012,1.50\n'
    assert csv.read(write("a.csv", text), "a.csv").body(1, [0, 1]).frame.rows() == [
        (2, '="3204"', "'007"),
        (3, "00012", "1.50"),
    ]


def test_old_line_ends(write):
    frame = csv.read(write("a.csv", ROWS.replace("\n", "\r")), "a.csv").body(1, [0]).frame
    assert frame.rows() == [(2, "张三"), (3, "李四")]


def test_a_quote_that_never_closes_is_refused(write):
    path = write("a.csv", "a,b\n" + "1,2\n" * 60 + '"' + "x" * 200_000)
    with pytest.raises(InputError, match="引号"):
        csv.read(path, "a.csv").body(1, [0])


def test_a_header_without_rows(write):
    assert csv.read(write("a.csv", "姓名,身份证号\n"), "a.csv").body(1, [0, 1]).frame.height == 0


@pytest.mark.parametrize("content", [b"", b"\n \n"])
def test_an_empty_file_is_refused(write, content):
    with pytest.raises(InputError, match="空"):
        csv.read(write("a.csv", content), "a.csv")
