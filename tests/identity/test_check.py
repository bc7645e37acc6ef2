"""Check characters of columns against the character by character way."""

from __future__ import annotations

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from baoshen_audit.identity.check import check_value, digits
from baoshen_audit.identity.resident_id import CHECKS, check_char

bodies = st.from_regex(r"[0-9]{17}", fullmatch=True)


@given(st.lists(bodies, min_size=1))
def test_check_value(column: list[str]) -> None:
    frame = pl.DataFrame({"body": [int(body) for body in column]}, schema={"body": pl.Int64})
    assert frame.select(check_value(pl.col("body"))).to_series().to_list() == [
        CHECKS.index(check_char(body)) for body in column
    ]


def test_nothing_asks_for_nothing() -> None:
    frame = pl.DataFrame({"body": [None, 32041319900101123]}, schema={"body": pl.Int64})
    assert frame.select(check_value(pl.col("body"))).to_series().is_null().to_list() == [True, False]


@given(st.lists(bodies.flatmap(lambda body: st.sampled_from(CHECKS).map(lambda last: body + last))))
def test_digits(column: list[str]) -> None:
    told = digits(pl.Series(column, dtype=pl.String))
    assert told["body"].to_list() == [int(text[:17]) for text in column]
    assert told["last"].to_list() == [CHECKS.index(text[17]) for text in column]


def test_what_is_not_so_written_has_no_digits() -> None:
    cells = ["", "X", "3204131990010112X", "320413199001011X34", "32041319900101123x", "３204131990010112", None]
    told = digits(pl.Series([*cells, "3204131990010112345", "32041319900101123*"]))
    assert told["body"].null_count() == told["last"].null_count() == len(told)
