from __future__ import annotations

import pytest

from baoshen_audit.ingest import headers
from baoshen_audit.schemas import TABLES

DIBAO = ["户编号", "户主姓名", "户主身份证号", "家庭人口", "户月保障金"]


def found(row, *names, folder=""):
    return headers.recognise(headers.named([row]), names, folder)


@pytest.mark.parametrize("table", list(TABLES))
def test_a_table_with_its_own_titles_is_itself(table):
    spec = TABLES[table]
    best, _ = found([column.title for column in spec.columns.values()], spec.title)
    assert best is not None
    assert best.table == table
    assert set(best.columns) == set(spec.columns)


@pytest.mark.parametrize("table", list(TABLES))
def test_a_table_with_canonical_names_is_itself(table):
    best, _ = found(list(TABLES[table].columns), table)
    assert best is not None
    assert best.table == table
    assert set(best.columns) == set(TABLES[table].columns)


@pytest.mark.parametrize(
    "header",
    ["户 月 保 障 金", "户月保障金（元）", "*户月保障金", "户月\n保障金", "户月保障金:", "户月保障金【元/月】"],
)
def test_headers_are_folded(header):
    match = headers.match(headers.named([[*DIBAO[:4], header]]), "dibao")
    assert match.columns["monthly_amount"] == 4


def test_words_break_the_tie_between_tables_of_the_same_columns():
    best, _ = found(DIBAO, "2026年6月低保边缘家庭名册")
    assert best is not None
    assert best.table == "dibao_edge"
    best, _ = found(DIBAO, "2026年6月低保名册")
    assert best is not None
    assert best.table == "dibao"


def test_two_tables_alike_are_none():
    best, close = found(DIBAO, "名册")
    assert best is None
    assert {near.table for near in close[:2]} == {"dibao", "dibao_edge"}


def test_columns_count_more_than_words():
    best, _ = found(["姓名", "身份证号", "死亡日期", "火化日期"], "低保")
    assert best is not None
    assert best.table == "death"


@pytest.mark.parametrize("row", [["姓名", "电话", "备注"], ["一", "二"], ["姓名", "身份证号"]])
def test_a_few_common_columns_are_no_table(row):
    assert found(row, "通讯录")[0] is None


def test_the_header_is_found_below_titles_and_units():
    peek = [
        ["金坛区2026年6月低保名册", "", ""],
        ["单位：元", "", ""],
        ["", "", ""],
        DIBAO,
        ["甲", "张三", "1", "2", "3"],
    ]
    layout = headers.find_layout(peek)
    assert layout is not None
    assert layout.depth == 4
    assert layout.shown == tuple(DIBAO)
    assert layout.title == ("金坛区2026年6月低保名册", "单位:元")


def test_a_header_of_two_rows_is_joined():
    peek = [
        ["低保名册"],
        ["户编号", "户主", "", "家庭人口", "保障金额", ""],
        ["", "姓名", "身份证号", "", "户月保障金(元)", "分类施保金额"],
        ["甲", "张三", "320482199001011234", "1", "2", "3"],
    ]
    layout = headers.find_layout(peek)
    assert layout is not None
    assert layout.depth == 3
    assert layout.shown == (
        "户编号", "户主/姓名", "户主/身份证号", "家庭人口", "保障金额/户月保障金(元)", "保障金额/分类施保金额",
    )  # fmt: skip
    assert headers.match(layout, "dibao").columns == {
        "hh_id": 0, "name": 1, "id_no": 2, "family_size": 3, "monthly_amount": 4, "supplement_amount": 5,
    }  # fmt: skip


def test_a_record_below_the_header_is_no_second_header_row():
    peek = [["姓名", "证件号", "与户主关系", ""], ["张三", "无", "户主", "备注"], ["李四", "无", "配偶", ""]]
    layout = headers.find_layout(peek)
    assert layout is not None
    assert layout.depth == 1


def test_the_first_of_repeated_headers_counts():
    layout = headers.find_layout([DIBAO, ["甲", "张三"], DIBAO])
    assert layout is not None
    assert layout.depth == 1


def test_no_header():
    assert headers.find_layout([["1", "2"], ["3", "4"]]) is None
    assert headers.find_layout([]) is None


def test_the_more_usual_header_wins_and_the_other_is_left_over():
    layout = headers.named([["姓名", "户主姓名", "身份证号", "户主身份证号"]])
    match = headers.match(layout, "dibao")
    assert (match.columns["name"], match.columns["id_no"]) == (1, 3)
    assert layout.unused(match.columns.values()) == ("姓名", "身份证号")


def test_columns_without_a_header_are_noticed():
    layout = headers.find_layout([["姓名", "身份证号", ""], ["张三", "1", "x", "y"], ["李四", "2", "x", ""]])
    assert layout is not None
    assert layout.nameless == (2,)


def test_advice_for_a_roll_without_numbers():
    accepted, close = headers.id_advice(headers.named([["户主姓名", "户主身份证号吗", "金额"]]), TABLES["dibao"])
    assert "户主身份证号" in accepted
    assert close == ["户主身份证号吗（B 列）"]


@pytest.mark.parametrize(
    ("text", "table"), [("殡葬火化", "death"), ("公安机动车登记", "vehicle"), ("vehicle", "vehicle"), ("?", None)]
)
def test_a_feed_by_its_name(text, table):
    assert headers.table_named(text) == table


def test_a_member_list_that_names_the_head_is_no_household_roll():
    row = ["户编号", "户主姓名", "户主身份证号", "成员姓名", "成员身份证号", "与户主关系", "是否保障"]
    best, _ = found(row, "2026年6月低保家庭成员")
    assert best is not None
    assert best.table == "member"
