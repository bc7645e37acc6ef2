from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import polars as pl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from baoshen_audit.ingest.parse import parse, unreadable
from baoshen_audit.schemas import CODES, TABLES, ColumnSpec
from baoshen_audit.text import fold

NOTHING = ["", *"-—/\\无空", "--", "——", "null", "NULL", "None", "nan", "NaN"]
calm = settings(deadline=None)  # the first call of a kind compiles its patterns
ID = "320482199001011234"


def spec(table: str, column: str) -> ColumnSpec:
    return TABLES[table].columns[column]


def kind(name: str) -> ColumnSpec:
    """Some column of a kind."""
    return next(c for t in TABLES.values() for c in t.columns.values() if c.kind == name and not c.name.endswith("_to"))


def one(cell: str | None, column: ColumnSpec, unit: str = "") -> object:
    return parse(pl.Series([cell], dtype=pl.String), column, unit).item()


def is_problem(cell: str | None, column: ColumnSpec) -> bool:
    cells = pl.Series([cell], dtype=pl.String)
    return bool(unreadable(cells, parse(cells, column), column).item())


DAY = date(2017, 5, 1)


@pytest.mark.parametrize(
    "cell",
    [
        "2017-5-1", "2017-05-01", "2017.05.01", "2017/5/1", "20170501", "2017年5月1日", "2017 年 5 月 1 日", "42856",
        "2017-05-01 00:00:00", "2017-5-1 8:30", "2017-05-01T08:30:00", "２０１７-０５-０１", "'2017-05-01",
        " 2017-05-01\t",
    ],
)  # fmt: skip
def test_a_date_in_every_spelling(cell):
    assert one(cell, kind("date")) == DAY
    assert not is_problem(cell, kind("date"))


@pytest.mark.parametrize(
    "cell", ["2017-06-31", "5/1/17", "2017年5月", "201705", "0001-01-01", "19999", "80001", "不详", "#N/A", "长期"]
)
def test_no_date_is_null_and_reported(cell):
    assert one(cell, kind("date")) is None
    assert is_problem(cell, kind("date"))


@pytest.mark.parametrize("cell", [None, "", "  ", "-", "—", "/", "无"])
def test_nothing_is_no_problem(cell):
    for name in ("date", "month", "money", "int", "number", "ratio"):
        assert one(cell, kind(name)) is None
        assert not is_problem(cell, kind(name))


def test_no_end_is_null_without_a_problem_where_something_ends():
    ends = spec("dibao_edge", "valid_to")
    for cell in ("长期", "至今", "9999-12-31"):
        assert one(cell, ends) is None
        assert not is_problem(cell, ends)
    assert is_problem("长期", spec("dibao_edge", "recognised_on"))


def test_the_day_is_not_run_into_the_hour():
    assert one("2017-5-1 12:30", kind("date")) == DAY


@calm
@given(st.dates(date(1800, 1, 1), date(2199, 12, 31)))
def test_dates_come_back(day):
    cells = [
        day.isoformat(),
        f"{day.year}.{day.month}.{day.day}",
        f"{day:%Y%m%d}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.isoformat()} 00:00:00",
    ]
    assert parse(pl.Series(cells), kind("date")).to_list() == [day] * len(cells)


@calm
@given(st.dates(date(1954, 10, 3), date(2119, 1, 1)))
def test_excel_serials_come_back(day):
    assert one(str((day - date(1899, 12, 30)).days), kind("date")) == day


@calm
@given(st.datetimes(datetime(1800, 1, 1), datetime(2199, 12, 31)))  # noqa: DTZ001 - cells have no zone
def test_times_come_back(moment):
    moment = moment.replace(microsecond=0)
    column = ColumnSpec("at", "时间", ("时间",), "datetime", "none", "", "", "", own=True)
    cells = [str(moment), f"{moment.year}年{moment.month}月{moment.day}日 {moment:%H:%M:%S}"]
    assert parse(pl.Series(cells), column).to_list() == [moment, moment]


@pytest.mark.parametrize("cell", ["2017-05", "2017.5", "2017年5月", "2017年05月份", "201705", "2017-05-09", "42860"])
def test_a_month_in_every_spelling(cell):
    assert one(cell, kind("month")) == DAY


@pytest.mark.parametrize(
    ("cell", "fen"),
    [
        ("1020", 102000), ("1020.5", 102050), ("1,020.50元", 102050), ("￥1,020", 102000), ("12.3万", 12_300_000),
        ("1.23456万元", 1_234_560), ("(123)", -12300), ("（1,230.5）", -123050), ("-5", -500), ("−5", -500), ("0", 0),
        ("1020.5000", 102050), (".5", 50), ("720元/月", 72000), ("99999999999.99", 9_999_999_999_999),
        ("1，020", 102000),
    ],
)  # fmt: skip
def test_money_is_exact(cell, fen):
    assert one(cell, kind("money")) == fen


@pytest.mark.parametrize("cell", ["1020.005", "1,5", "12,34", "(5", "5)", "(-5)", "1e5", "约500", "500-600", "."])
def test_no_money_is_null_and_reported(cell):
    assert one(cell, kind("money")) is None
    assert is_problem(cell, kind("money"))


def test_the_unit_of_a_bare_number_comes_from_the_header_then_from_the_table():
    capital = spec("business", "capital")
    assert capital.unit == "万元"
    assert one("50", capital) == 50_000_000
    assert one("50", capital, "元") == 5_000
    assert one("50元", capital) == 5_000
    assert one("50", kind("money"), "万元") == 50_000_000


@calm
@given(st.decimals(-(10**11) + 1, 10**11 - 1, places=2))
@example(Decimal("0.10"))
@example(Decimal("-0.01"))
def test_money_comes_back(amount):
    cells = [f"{amount}", f"{amount:,}", f"{amount}元", f"({-amount:,})" if amount < 0 else f"￥{amount}"]
    assert parse(pl.Series(cells), kind("money")).to_list() == [int(amount * 100)] * len(cells)


@pytest.mark.parametrize(
    "cell", [ID, f"'{ID}", f'="{ID}"', f"#{ID}", f" {ID}\t", f"{ID[:6]} {ID[6:14]} {ID[14:]}", f"\ufeff{ID}\u200b",
             "３２０４８２１９９００１０１１２３４", f"“{ID}”", f'"{ID}"'],
)  # fmt: skip
def test_tricks_around_a_document_number_go(cell):
    assert one(cell, kind("id")) == ID


def test_a_document_number_is_otherwise_verbatim():
    cells = ["32048219900101123x", "3.20482E+17", "护照E1234", "无", "3204**********1234", "320482900101123"]
    parsed = parse(pl.Series(cells), kind("id")).to_list()
    assert parsed == ["32048219900101123X", *cells[1:]]


@calm
@given(st.text())
@example("=")
@example('="')
@example("\x00")
def test_nothing_makes_a_reading_raise(cell):
    columns = [c for t in TABLES.values() for c in t.columns.values()]
    for column in {c.kind: c for c in columns}.values():
        cells = pl.Series([cell, None, ID], dtype=pl.String)
        parsed = parse(cells, column)
        assert parsed.dtype == column.dtype
        assert len(parsed) == 3
        missed = unreadable(cells, parsed, column)
        assert missed.dtype == pl.Boolean
        assert missed.null_count() == 0
        # a null never hides a cell: it was blank, or it is reported
        if parsed[0] is None and not missed[0]:
            assert pl.select(fold(pl.lit(cell))).item() in NOTHING


@calm
@example(["#="], "0")
@example(["'==1"], "0")
@given(st.lists(st.text(st.characters(codec="ascii"), max_size=4), max_size=5), st.text("0123456789", min_size=1))
def test_ids_are_idempotent(noise, digits):
    cell = digits.join(noise) or digits
    once = one(cell, kind("id"))
    assert once is None or one(str(once), kind("id")) == once


@pytest.mark.parametrize(
    ("cell", "number"), [("6228 4800 1234 5678", "6228480012345678"), ("'6228", "6228"), ("6228-48", "622848")]
)
def test_accounts_are_digits(cell, number):
    assert one(cell, kind("account")) == number


@pytest.mark.parametrize("cell", ["6228****1234", "6.22848E+18", "13800000000、13900000000", "卡号待补"])
def test_a_damaged_account_is_not_patched_into_another(cell):
    assert one(cell, kind("account")) is None
    assert is_problem(cell, kind("account"))


def test_names_lose_their_padding_and_text_keeps_its_spaces():
    assert one("张\u3000 三", spec("dibao", "name")) == "张三"
    assert one("买买提·吐尔逊 ", spec("dibao", "name")) == "买买提·吐尔逊"
    assert one("  尧塘  敬老院 ", spec("tekun", "institution_name")) == "尧塘 敬老院"
    assert one(" ", spec("dibao", "name")) is None


@pytest.mark.parametrize(
    ("cell", "value"), [("在保", "在保"), (" 正常 ", "在保"), ("渐退期", "渐退"), ("已停保", "停保"), ("", None)]
)
def test_codes_are_folded_into_the_list(cell, value):
    assert one(cell, spec("dibao", "status")) == value
    assert not is_problem(cell, spec("dibao", "status"))


def test_a_value_outside_the_list_is_null_and_reported():
    assert one("冻结", spec("dibao", "status")) is None
    assert is_problem("冻结", spec("dibao", "status"))


def test_codes_come_back_from_every_spelling():
    for table in TABLES.values():
        for column in table.columns.values():
            if column.codes:
                spellings = list(CODES[column.codes])
                values = list(CODES[column.codes].values())
                assert parse(pl.Series(spellings), column).to_list() == values


def test_yes_no_and_reasons():
    yesno, flag = spec("member", "is_covered"), spec("application", "special")
    cells = pl.Series(["是", "√", "1", "Y", "否", "0", "无", "不清楚", None])
    assert parse(cells, yesno).to_list() == [True, True, True, True, False, False, False, None, None]
    assert is_problem("不清楚", yesno)
    assert parse(pl.Series(["一事一议纪要", "否", "-"]), flag).to_list() == [True, False, None]


def test_counts_shares_and_areas():
    assert parse(pl.Series(["3", "3人", "3.0", "63岁", "三", "3.5"]), kind("int")).to_list() == [
        3,
        3,
        3,
        63,
        None,
        None,
    ]
    assert parse(pl.Series(["60%", "0.6", "60", "1"]), kind("ratio")).to_list() == [0.6, 0.6, 0.6, 1.0]
    assert parse(pl.Series(["88.5㎡", "1,200", "88.5平方米"]), kind("number")).to_list() == [88.5, 1200.0, 88.5]
