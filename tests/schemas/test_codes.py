"""Code lists: one meaning per spelling, every list named, sourced and used."""

import polars as pl
import pytest

from baoshen_audit.schemas import CODES, TABLES
from baoshen_audit.schemas.codes import CODE_LISTS, _list
from baoshen_audit.text import fold

each_list = pytest.mark.parametrize("name", list(CODES))


def _folded(spellings: list[str]) -> list[str]:
    bare = fold(pl.col("spelling")).str.to_lowercase().str.replace_all(r"[\p{P}\p{S}]", "")
    return pl.DataFrame({"spelling": spellings}).select(bare).to_series().to_list()


@each_list
def test_a_spelling_means_one_value_however_it_is_typed(name):
    meanings: dict[str, set[str]] = {}
    for folded, value in zip(_folded(list(CODES[name])), CODES[name].values(), strict=True):
        meanings.setdefault(folded, set()).add(value)
    assert {spelling: values for spelling, values in meanings.items() if len(values) > 1} == {}
    assert "" not in meanings


@each_list
def test_a_value_is_a_spelling_of_itself(name):
    assert {value: CODES[name].get(value) for value in CODES[name].values()} == {v: v for v in CODES[name].values()}


def test_a_spelling_of_two_values_does_not_even_import():
    with pytest.raises(ValueError, match="丙"):
        _list(甲="丙", 乙="丙")


def test_every_list_is_named_sourced_and_used():
    assert set(CODE_LISTS) == set(CODES)
    assert all(about.title and about.source for about in CODE_LISTS.values())
    assert {column.codes for spec in TABLES.values() for column in spec.columns.values()} - {""} == set(CODES)


@pytest.mark.parametrize(
    ("name", "spelling", "value"),
    [
        ("sex", "9", "未知"),
        ("marital", "23", "已婚"),
        ("marital", "离异", "离婚"),
        ("relation", "户主本人", "户主"),
        ("relation", "28", "女婿"),
        ("relation", "(外)孙子女", "孙子女"),
        ("ethnicity", "01", "汉族"),
        ("ethnicity", "56", "基诺族"),
        ("ethnicity", "畲", "畲族"),
        ("disability_level", "残疾一级", "一级"),
        ("disability_level", "4级", "四级"),
        ("injury_level", "因战七级", "七级"),
        ("programme", "最低生活保障对象(单人)", "dibao"),
        ("programme", "农村五保", "tekun"),
        ("programme", "刚性支出困难家庭", "rigid"),
        ("vehicle_status", "A", "正常"),
        ("self_care", "半护理", "部分自理"),
        ("hukou_status", "出国定居", "出国(境)定居"),
    ],
)
def test_spellings_of_standards_and_exports(name, spelling, value):
    assert CODES[name][spelling] == value


def test_sizes_of_the_standards():
    assert len(set(CODES["ethnicity"].values())) == 58  # GB/T 3304
    assert len(set(CODES["disability_kind"].values())) == 7  # GB/T 26341
    assert len(set(CODES["injury_level"].values())) == 10
    assert set(CODES["programme"].values()) - {"disability_living", "disability_care"} == {
        name for name, spec in TABLES.items() if spec.kind == "roll" and name != "member"
    }


def test_revoked_is_not_cancelled():
    assert CODES["entity_status"]["吊销"] == "吊销"
    assert CODES["entity_status"]["已注销"] == "注销"
