"""Look-ups of columns against the plain way of saying the same."""

from __future__ import annotations

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from baoshen_audit.engine.lookup import once, places, tally

values = st.lists(st.none() | st.integers(-3, 5), max_size=30)
texts = st.lists(st.none() | st.sampled_from(["", "甲", "乙", "甲乙"]), max_size=30)


@given(values, st.lists(st.integers(-3, 5), unique=True))
def test_places(wanted: list[int | None], among: list[int]) -> None:
    found = places(pl.Series(wanted, dtype=pl.Int64), pl.Series(among, dtype=pl.Int64))
    assert found.to_list() == [among.index(value) if value in among else None for value in wanted]


def test_places_of_many() -> None:
    wanted = pl.int_range(300_000, eager=True) * 7919 % 100_003
    among = pl.int_range(100_003, eager=True).shuffle(seed=1)
    assert among[places(wanted, among)].equals(wanted)


@given(values)
def test_tally(given_values: list[int | None]) -> None:
    counted = tally(pl.Series(given_values, dtype=pl.Int64))
    known = [value for value in given_values if value is not None]
    assert counted.rows() == [(value, known.count(value)) for value in sorted(set(known))]
    assert counted.schema == {"value": pl.Int64, "n": pl.Int64}


@given(texts, texts)
def test_once_asks_for_each_row_once(one: list[str | None], other: list[str | None]) -> None:
    height = min(len(one), len(other))
    rows = pl.DataFrame({"a": one[:height], "b": other[:height]}, schema={"a": pl.String, "b": pl.String})
    asked = []

    def make(distinct: pl.DataFrame) -> pl.Series:
        asked.extend(distinct.rows())
        return distinct.select(pl.concat_str("a", "b", separator="+", ignore_nulls=True)).to_series()

    assert once(rows, make).to_list() == make(rows).to_list()
    assert len(asked) - height == len(set(rows.rows()))
