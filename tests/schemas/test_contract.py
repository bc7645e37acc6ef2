"""The door: what pandera sees is seen, nothing else is let out."""

import datetime as dt
import itertools

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandera.errors import SchemaErrors

from baoshen_audit.schemas import CODES, PROBLEMS, TABLES, check

DIBAO = TABLES["dibao"]
NUMBER = "320482199001011234"
POOL = {
    pl.String(): [None, "坏", "0" * 64, "男", "A", NUMBER],
    pl.Int64(): [None, -1, 0, 1, 31, 131, 2101, 10**12],
    pl.Float64(): [None, -0.5, 0.0, 0.5, 1.0, 1.5],
    pl.Date(): [None, dt.date(1900, 1, 1), dt.date(2026, 6, 1)],
    pl.Datetime("us"): [None, dt.datetime(2026, 6, 1, 9, 30)],  # noqa: DTZ001 - Beijing local time, as stored
    pl.Boolean(): [None, True, False],
}


def frame_of(spec, height=24):
    """A frame of all columns of a table with good and bad cells, a different mix in every column."""
    columns = {"row_id": pl.Series([1000 + 7 * i for i in range(height)], dtype=pl.Int64)}
    for shift, column in enumerate(spec.columns.values()):
        cells = POOL[column.dtype] + (list(dict.fromkeys(CODES[column.codes].values())) if column.codes else [])
        mixed = list(itertools.islice(itertools.cycle(cells[shift % 5 :] + cells[: shift % 5]), height))
        columns[column.name] = pl.Series(mixed, dtype=column.dtype)
    return pl.DataFrame(columns)


def by_pandera(spec, frame):
    """The failing cells by pandera's own run: row id, column, check."""
    try:
        spec.model.validate(frame.drop("row_id"), lazy=True)
    except SchemaErrors as error:
        cases = error.failure_cases.select("index", "column", "check").rows()
    else:
        cases = []
    rows = frame["row_id"].to_list()
    return sorted((rows[index], column, name.partition("(")[0]) for index, column, name in cases)


def by_door(spec, frame):
    return sorted(check(spec, frame).select("row_id", "column", "problem").rows())


@pytest.mark.parametrize("spec", TABLES.values(), ids=list(TABLES))
def test_the_door_sees_what_pandera_sees(spec):
    frame = frame_of(spec)
    assert by_door(spec, frame) == by_pandera(spec, frame)


def test_the_frames_of_that_test_do_fail():
    assert {problem for spec in TABLES.values() for _, _, problem in by_door(spec, frame_of(spec))} == {
        "isin", "greater_than_or_equal_to", "less_than_or_equal_to", "str_matches",
    }  # fmt: skip


@settings(deadline=None, max_examples=30)
@given(
    st.lists(
        st.tuples(
            st.sampled_from([None, *CODES["sex"]]),
            st.none() | st.integers(-5, 140),
            st.none() | st.integers(-(10**6), 10**6),
            st.sampled_from([None, "A", "B", "D", ""]),
        )
    )
)
def test_the_door_and_pandera_agree_on_any_rows(rows):
    schema = {"sex": pl.String, "age": pl.Int64, "monthly_amount": pl.Int64, "class": pl.String}
    frame = pl.DataFrame(rows, schema=schema, orient="row").with_row_index("row_id", offset=5)
    frame = frame.with_columns(pl.col("row_id").cast(pl.Int64))
    assert by_door(DIBAO, frame) == by_pandera(DIBAO, frame)


def test_a_bad_row_is_named_by_its_own_id():
    frame = pl.DataFrame({"row_id": [30, 10, 20], "age": [5, -1, 200], "sex": ["女", "男", "X"]})
    assert check(DIBAO, frame).rows() == [
        (10, "dibao", "age", "greater_than_or_equal_to"),
        (20, "dibao", "age", "less_than_or_equal_to"),
        (20, "dibao", "sex", "isin"),
    ]


def test_a_left_join_keeps_rows_and_ids_together():
    left = pl.DataFrame({"row_id": range(5000), "key": [i % 7 for i in range(5000)]})
    right = pl.DataFrame({"key": range(7), "age": [1, 2, 3, 200, 5, 6, 7]})
    joined = left.lazy().join(right.lazy(), on="key", how="left").collect().drop("key")
    found = check(DIBAO, joined)
    assert found["row_id"].to_list() == [i for i in range(5000) if i % 7 == 3]


def test_a_lazy_frame_is_refused():
    with pytest.raises(TypeError):
        check(DIBAO, pl.LazyFrame({"row_id": [1], "sex": ["X"]}))


def test_text_where_a_date_belongs_is_one_problem_of_the_table():
    frame = pl.DataFrame({"row_id": [1, 2], "birth_date": ["1950-01-01", "x"], "age": ["1", "2"], "sex": ["X", "男"]})
    assert check(DIBAO, frame).rows() == [
        (None, "dibao", "age", "dtype"),
        (None, "dibao", "birth_date", "dtype"),
        (1, "dibao", "sex", "isin"),
    ]


def test_nulls_are_not_judged_and_nothing_is_clean():
    nulls = pl.DataFrame({"row_id": [1]}).with_columns(
        pl.lit(None, dtype=column.dtype).alias(name) for name, column in DIBAO.columns.items()
    )
    for frame in (nulls, nulls.clear(), nulls.select("row_id")):
        found = check(DIBAO, frame)
        assert found.schema == pl.Schema(PROBLEMS)
        assert found.is_empty()


def test_other_columns_are_not_looked_at():
    frame = pl.DataFrame({"row_id": [1], "raw__age": ["-1"], "source_row": [3], "sex": ["男"]})
    assert check(DIBAO, frame).is_empty()


@pytest.mark.parametrize("spec", TABLES.values(), ids=list(TABLES))
def test_no_cell_leaves(spec):
    texts = {name: [NUMBER] for name in spec.columns}
    wrong = check(spec, pl.DataFrame({"row_id": [1], **texts}))
    assert NUMBER not in wrong.write_csv()
    with pytest.raises(TypeError) as caught:
        check(spec, pl.LazyFrame({"row_id": [1], **texts}))
    assert NUMBER not in str(caught.value) + repr(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None
