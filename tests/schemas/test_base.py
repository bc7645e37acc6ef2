"""The models alone: usable without the rest of the house, and hard to switch off."""

import datetime as dt
import os
import subprocess
import sys

import polars as pl
import pytest
from pandera.errors import SchemaError, SchemaErrors

from baoshen_audit.schemas import DibaoRoll, MarriageFeed, TableModel
from baoshen_audit.schemas.base import field

GOOD = pl.DataFrame(
    {"name": ["甲", None], "birth_date": [dt.date(1950, 1, 1), None], "sex": ["男", None], "class": ["A", None]}
)


def test_a_good_frame_comes_back_as_it_is():
    assert DibaoRoll.validate(GOOD).equals(GOOD)
    assert DibaoRoll.validate(GOOD.clear()).is_empty()


@pytest.mark.parametrize(
    "bad",
    [
        {"sex": ["公", None]},
        {"class": ["D", None]},
        {"age": [-1, None]},
        {"family_size": [31, None]},
        {"name": [1, 2]},
        {"地址": ["甲", None]},
    ],
)
def test_a_bad_row_a_wrong_type_or_an_unknown_column_is_refused(bad):
    with pytest.raises(SchemaError):
        DibaoRoll.validate(GOOD.with_columns(pl.Series(name, cells) for name, cells in bad.items()))


def test_all_failures_at_once():
    frame = GOOD.with_columns(pl.Series("sex", ["公", "母"]), pl.Series("age", [200, 1]))
    with pytest.raises(SchemaErrors) as caught:
        DibaoRoll.validate(frame, lazy=True)
    assert caught.value.failure_cases.height == 3


def test_a_lazy_frame_is_refused_although_pandera_would_pass_it():
    with pytest.raises(TypeError):
        DibaoRoll.validate(GOOD.with_columns(sex=pl.lit("公")).lazy())


@pytest.mark.parametrize("text", ["1950-01-01", "不详"])
def test_text_is_no_date(text):
    with pytest.raises(SchemaError):
        DibaoRoll.validate(pl.DataFrame({"birth_date": [text]}))


OFF = [
    {"PANDERA_VALIDATION_ENABLED": "False"},
    {"PANDERA_VALIDATION_DEPTH": "SCHEMA_ONLY"},
    {"PANDERA_USE_NARWHALS_BACKEND": "1"},
]


@pytest.mark.parametrize("variables", OFF, ids=lambda v: next(iter(v)))
def test_the_environment_switches_nothing_off(variables):
    code = (
        "import polars as pl\n"
        "from pandera.errors import SchemaError\n"
        "from baoshen_audit.schemas import DibaoRoll, TABLES, check\n"
        "frame = pl.DataFrame({'row_id': [7], 'sex': ['X']})\n"
        "assert check(TABLES['dibao'], frame).rows() == [(7, 'dibao', 'sex', 'isin')]\n"
        "try:\n"
        "    DibaoRoll.validate(frame.drop('row_id'))\n"
        "except SchemaError:\n"
        "    print('seen')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env=os.environ | variables, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, "seen\n"), done.stderr


def test_what_a_field_declares_can_be_read_back():
    info = field("金额", "money", aliases=("钱",), unit="元", note="说明", source="某文", ge=0)
    assert (info.title, info.description, info.nullable) == ("金额", "说明", True)
    assert info.metadata == {
        "kind": "money",
        "aliases": ("金额", "钱"),
        "pii": "none",
        "unit": "元",
        "codes": "",
        "source": "某文",
        "note": "说明",
        "checks": {"ge": 0},
    }


@pytest.mark.parametrize(
    ("kind", "pii"), [("id", "direct"), ("account", "direct"), ("phone", "direct"), ("text", "none")]
)
def test_numbers_of_persons_are_direct_without_saying_so(kind, pii):
    assert field("某", kind).metadata["pii"] == pii
    assert field("某", kind, pii="sensitive").metadata["pii"] == "sensitive"


def test_an_unknown_code_list_is_a_mistake_of_ours():
    with pytest.raises(KeyError):
        field("某", "code", codes="no such list")


def test_feeds_of_two_persons_need_no_person_block():
    assert issubclass(MarriageFeed, TableModel)
    assert "name" not in MarriageFeed.to_schema().columns
