from __future__ import annotations

from datetime import date

import pytest

from baoshen_audit.ingest import context

JUNE = date(2026, 6, 1)


@pytest.mark.parametrize(
    "text",
    ["金坛区2026年6月低保发放花名册", "名册2026-06", "202606", "低保 2026.6",
     "2026年06月", "２０２６年６月", "20260630导出", "2026_06"],
)  # fmt: skip
def test_the_month_a_text_names(text):
    assert context.find_month([text]) == JUNE


@pytest.mark.parametrize(
    "text", ["320482199001011234", "2026年", "第12期", "制表日期：2026年7月2日", "填报时间2026-07-02", ""]
)
def test_what_is_no_month(text):
    assert context.find_month([text]) is None


def test_the_nearest_text_wins():
    assert context.find_month(["名册", "2026年6月", "2026-05"]) == JUNE


@pytest.mark.parametrize("text", ["截至2026年5月31日", "2026-5-31", "20260531"])
def test_the_day_a_text_names(text):
    assert context.find_day([text]) == date(2026, 5, 31)


@pytest.mark.parametrize("text", ["2026年5月", "2026年6月31日", "打印日期 2026-05-31"])
def test_what_is_no_day(text):
    assert context.find_day([text]) is None


def test_units():
    assert context.title_unit(["填报单位：尧塘镇", "单位：万元"]) == "万元"
    assert context.title_unit(["填报单位：尧塘镇"]) == ""
    assert context.header_unit("出资额（万元）") == "万元"
    assert context.header_unit("金额/元") == "元"
    assert context.header_unit("镇(街道)") == ""


def test_the_longest_programme_word_wins():
    both = ("dibao", "dibao_edge")
    assert context.find_programme(["成员", "2026年6月低保边缘家庭成员"], both) == "dibao_edge"
    assert context.find_programme(["低保成员"], both) == "dibao"
    assert context.find_programme(["特困成员"], both) is None


def test_sheets_named_after_places():
    assert all(context.is_town(name) for name in ("西城街道", "尧塘镇", "金坛经济开发区"))
    assert not any(context.is_town(name) for name in ("西城", "Sheet1", "6月"))
    assert context.may_be_place("西城")
    assert not any(context.may_be_place(name) for name in ("Sheet1", "6月", "汇总", "低保明细表"))
