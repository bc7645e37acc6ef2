from __future__ import annotations

import random

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from baoshen_audit.linkage.exact import resolve

SCHEMA = {"record": pl.Int64, "anchor": pl.Boolean, "key": pl.Int64, "upgraded": pl.Boolean, "name": pl.String}


def run(*rows: tuple[int, bool, int | None, bool, str | None]) -> dict[int, tuple[int, str]]:
    out = resolve(pl.DataFrame(list(rows), schema=SCHEMA, orient="row"))
    assert out.columns == ["record", "entity", "tier", "reason"]
    assert out["reason"].null_count() == 0
    return {r: (e, t) for r, e, t in out.select("record", "entity", "tier").rows()}


def test_same_key_same_name_is_m1() -> None:
    assert run((1, True, 7, False, "张三"), (2, False, 7, False, "张三")) == {1: (7, "M1"), 2: (7, "M1")}


@pytest.mark.parametrize("name", ["李四", None])
def test_same_key_other_or_missing_name_is_m2(name: str | None) -> None:
    assert run((1, True, 7, False, "张三"), (2, False, 7, False, name))[2] == (7, "M2")


def test_main_name_is_the_most_frequent_then_the_smallest() -> None:
    three = run((1, True, 7, False, "乙"), (2, True, 7, False, "甲"), (3, True, 7, False, "甲"))
    assert three == {1: (7, "M2"), 2: (7, "M1"), 3: (7, "M1")}
    tie = run((1, True, 7, False, "b"), (2, True, 7, False, "a"))
    assert tie == {1: (7, "M2"), 2: (7, "M1")}


def test_feed_records_of_nobody_are_dropped() -> None:
    assert run((1, True, 7, False, "张三"), (2, False, 8, False, "张三"), (3, False, None, False, "张三")) == {
        1: (7, "M1")
    }


def test_old_number_links_by_name_only() -> None:
    links = run(
        (1, True, 7, False, "张三"),
        (2, True, 7, True, "张三"),
        (3, True, 7, True, "李四"),
        (4, False, 7, True, "李四"),
        (5, False, 7, True, "张三"),
        (6, True, 7, True, None),
    )
    assert links == {1: (7, "M1"), 2: (7, "M3"), 3: (-4, "M1"), 5: (7, "M3"), 6: (-7, "M1")}


def test_an_entity_known_by_old_numbers_only() -> None:
    links = run((1, True, 7, True, "张三"), (2, False, 7, False, "张三"), (3, False, 7, False, "李四"))
    assert links == {1: (7, "M3"), 2: (7, "M3")}


def test_anchors_without_a_key_stand_alone() -> None:
    assert run((0, True, None, False, "张三"), (5, True, None, False, "张三")) == {0: (-1, "M1"), 5: (-6, "M1")}


def test_no_records() -> None:
    assert run() == {}


@given(
    st.lists(
        st.tuples(st.booleans(), st.sampled_from([None, 1, 2, 3]), st.booleans(), st.sampled_from([None, "a", "b"])),
        max_size=12,
    ),
    st.randoms(use_true_random=False),
)
def test_order_does_not_matter(rows: list[tuple[bool, int | None, bool, str | None]], shuffle: random.Random) -> None:
    records = [(i, *row) for i, row in enumerate(rows)]
    shuffled = records.copy()
    shuffle.shuffle(shuffled)
    assert run(*records) == run(*shuffled)
    assert {r for r, anchor, *_ in records if anchor} <= set(run(*records))
