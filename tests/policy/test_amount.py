"""The top-up arithmetic: on the household total, in whole 分, rounded once."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from baoshen_audit.errors import PolicyError
from baoshen_audit.policy.amount import countable_income, top_up

YUAN = 100


def _top_up(standard: int | None, persons: int | None, income: int | None, rounding: str = "ceil_yuan") -> int | None:
    row = pl.DataFrame(
        {"s": [standard], "n": [persons], "i": [income]}, schema={"s": pl.Int64, "n": pl.Int64, "i": pl.Int64}
    )
    result = row.select(top_up(pl.col("s"), pl.col("n"), pl.col("i"), rounding).alias("x"))
    assert result.schema["x"] == pl.Int64
    return result.item()


def test_a_household_total_is_not_paid_through_the_income_per_head() -> None:
    """632 元 × 3 − 1,894 元 is 2 元; 631.33 per head leaves 0.67 × 3 = 2.01, which rounded up would be 3 元."""
    assert _top_up(632 * YUAN, 3, 1894 * YUAN) == 2 * YUAN


@pytest.mark.parametrize(
    ("income", "rounding", "expected"),
    [
        (189_433, "ceil_yuan", 100),
        (189_433, "ceil_jiao", 20),
        (189_433, "none", 17),
        (189_350, "ceil_yuan", 100),
        (189_340, "ceil_jiao", 110),
        (189_450, "ceil_yuan", 0),
        (250_000, "ceil_yuan", 0),
    ],
)
def test_rounding_goes_up_once_and_never_below_nothing(income: int, rounding: str, expected: int) -> None:
    assert _top_up(63_150, 3, income, rounding) == expected


@pytest.mark.parametrize("missing", [(None, 3, 0), (63_200, None, 0), (63_200, 3, None)])
def test_an_unknown_input_gives_no_amount(missing: tuple[int | None, int | None, int | None]) -> None:
    assert _top_up(*missing) is None


def test_an_unknown_rounding_is_refused() -> None:
    with pytest.raises(PolicyError, match="floor_yuan"):
        top_up(pl.col("s"), pl.col("n"), pl.col("i"), "floor_yuan")


def test_deductions_lower_the_income_but_not_below_nothing() -> None:
    rows = pl.DataFrame({"i": [1000, 1000, 100, None], "c": [200, None, 80, 1], "r": [100, None, 90, 1]})
    net = rows.select(countable_income(pl.col("i"), pl.col("c"), pl.col("r")))
    assert net.to_series().to_list() == [700, 1000, 0, None]


@given(st.integers(0, 300_000), st.integers(0, 30), st.integers(0, 5_000_000))
def test_rounding_up_to_yuan_adds_less_than_a_yuan(standard: int, persons: int, income: int) -> None:
    exact = max(standard * persons - income, 0)
    paid = _top_up(standard, persons, income)
    assert paid is not None
    assert paid % YUAN == 0
    assert 0 <= paid - exact < YUAN
