"""The mathematics of concentration against exact sums, and its false flags in simulated counties."""

from fractions import Fraction
from math import comb, log
from random import Random

import pytest

from baoshen_audit.rules.concentration import (
    Unit,
    benjamini_hochberg,
    beta_cdf,
    judge,
    mid_p,
    over_dispersion,
    shrunken,
    standardised,
)


def _rising(x: Fraction, n: int) -> Fraction:
    value = Fraction(1)
    for i in range(n):
        value *= x + i
    return value


def _mass(k: int, n: int, a: Fraction, b: Fraction) -> Fraction:
    return comb(n, k) * _rising(a, k) * _rising(b, n - k) / _rising(a + b, n)


@pytest.mark.parametrize(("k", "n"), [(0, 25), (1, 25), (5, 25), (24, 25), (25, 25), (7, 60), (30, 60)])
@pytest.mark.parametrize("rho", [Fraction(1, 50), Fraction(1, 5)])
@pytest.mark.parametrize("expected", [Fraction(1, 20), Fraction(2, 5)])
def test_tails_of_the_beta_binomial_are_exact(k: int, n: int, rho: Fraction, expected: Fraction) -> None:
    size = (1 - rho) / rho
    a, b = expected * size, (1 - expected) * size
    half = _mass(k, n, a, b) / 2
    lower = sum((_mass(i, n, a, b) for i in range(k)), Fraction()) + half
    assert mid_p(Unit(k, n, float(expected)), float(rho)) == pytest.approx((float(lower), float(1 - lower)), abs=1e-9)


def test_without_over_dispersion_the_tail_is_that_of_the_binomial() -> None:
    share = Fraction(1, 20)
    upper = sum((comb(60, i) * share**i * (1 - share) ** (60 - i) for i in range(9, 61)), Fraction())
    at = comb(60, 8) * share**8 * (1 - share) ** 52
    assert mid_p(Unit(8, 60, 0.05), 1e-6)[1] == pytest.approx(float(upper + at / 2), rel=1e-3)


def test_shares_that_are_sure_leave_nothing_to_chance() -> None:
    assert mid_p(Unit(0, 30, 0.0), 0.1) == (0.5, 0.5)
    assert mid_p(Unit(2, 30, 0.0), 0.1) == (1.0, 0.0)
    assert mid_p(Unit(29, 30, 1.0), 0.1) == (0.0, 1.0)
    assert shrunken(Unit(2, 30, 0.0), 0.1) == (0.0, 0.0, 0.0)


@pytest.mark.parametrize(("a", "b"), [(1, 1), (2, 5), (9, 40), (40, 3)])
@pytest.mark.parametrize("x", [Fraction(1, 100), Fraction(1, 5), Fraction(1, 2), Fraction(19, 20)])
def test_the_incomplete_beta_function_of_whole_numbers_is_a_binomial_sum(a: int, b: int, x: Fraction) -> None:
    n = a + b - 1
    exact = sum((comb(n, i) * x**i * (1 - x) ** (n - i) for i in range(a, n + 1)), Fraction())
    assert beta_cdf(float(x), a, b) == pytest.approx(float(exact), abs=1e-10)


def test_the_shrunken_share_lies_between_its_own_and_the_expected_one_and_inside_its_interval() -> None:
    rate, low, top = shrunken(Unit(10, 50, 0.05), 0.02)
    assert 0.05 < low < rate < top
    assert rate < 10 / 50
    assert rate == pytest.approx((0.05 * 49 + 10) / (49 + 50))
    assert beta_cdf(low, 0.05 * 49 + 10, 0.95 * 49 + 40) == pytest.approx(0.05, abs=1e-9)
    assert beta_cdf(top, 0.05 * 49 + 10, 0.95 * 49 + 40) == pytest.approx(0.95, abs=1e-9)


def test_benjamini_and_hochberg_reject_up_to_the_last_that_passes() -> None:
    """Their own example (1995, table 1): at 5% the first four of fifteen."""
    p_values = [
        0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590,
        1.0,
    ]  # fmt: skip
    assert sum(benjamini_hochberg(p_values, 0.05)) == 4
    # a step up: 0.04 alone would fail its own rank, and passes with the larger one
    assert benjamini_hochberg([0.045, 0.04], 0.05) == [True, True]
    assert benjamini_hochberg([], 0.05) == []


def _county(draw: Random, rho: float, bad: int) -> list[Unit]:
    counts = []
    for village in range(120):
        n = max(20, int(draw.lognormvariate(log(55), 0.5)))
        share = draw.betavariate(0.05 * (1 - rho) / rho, 0.95 * (1 - rho) / rho) if rho else 0.05
        share = 0.3 if village < bad else share
        counts.append((sum(draw.random() < share for _ in range(n)), n))
    pooled = sum(k for k, _ in counts) / sum(n for _, n in counts)
    return [Unit(k, n, pooled) for k, n in counts]


@pytest.mark.parametrize("rho", [0.0, 0.02])
def test_the_false_share_among_the_flagged_is_kept(rho: float) -> None:
    """Sixty simulated counties, four truly bad villages in each: few false flags, and most of the bad are found."""
    draw = Random(20260601)  # noqa: S311 - a simulation
    false_share, hits, counties, bad = 0.0, 0, 60, 4
    for _ in range(counties):
        flags = [verdict.flagged for verdict in judge(_county(draw, rho, bad), q=0.10)]
        false_share += sum(flags[bad:]) / max(1, sum(flags))
        hits += sum(flags[:bad])
    assert false_share / counties <= 0.10
    assert hits / (counties * bad) >= 0.60


@pytest.mark.parametrize("rho", [0.0, 0.02, 0.05])
def test_a_county_in_which_nothing_is_wrong_seldom_shows_a_flag(rho: float) -> None:
    """With nothing to find, the false share is the chance of any flag at all: a tenth, and what sixty draws allow."""
    draw = Random(20260602)  # noqa: S311 - a simulation
    shown = sum(any(v.flagged for v in judge(_county(draw, rho, 0), q=0.10)) for _ in range(60))
    assert shown <= 12


def test_the_spread_of_the_peers_is_recovered() -> None:
    """A little low, for the shares are skewed and the ends drawn in; never so low that a spread is taken for none."""
    draw = Random(7)  # noqa: S311 - a simulation
    fitted = [over_dispersion(_county(draw, 0.05, 0)) for _ in range(40)]
    assert 0.035 <= sum(fitted) / 40 <= 0.055
    assert over_dispersion([Unit(1, 30, 0.05)]) < 1e-5


def test_both_tails_are_flagged_and_told_apart() -> None:
    units = [Unit(20, 200, 0.1) for _ in range(30)] + [Unit(80, 200, 0.1), Unit(0, 200, 0.1)]
    verdicts = judge(units, q=0.10)
    assert [(v.flagged, v.high) for v in verdicts[-2:]] == [(True, True), (True, False)]
    assert not any(v.flagged for v in verdicts[:-2])


def test_what_is_expected_follows_the_make_up_of_the_people() -> None:
    """Shares that are exactly 1% of the young and 9% of the old are expected exactly, and an outlier stands out."""
    old = [0.1 + 0.01 * i for i in range(30)]
    counts = [(round(10_000 * (0.01 + 0.08 * share)), 10_000) for share in old]
    expected = standardised(counts, [old, [None] * 30, [0.2] * 30])
    assert expected == pytest.approx([k / n for k, n in counts], abs=1e-4)
    assert sum(10_000 * e for e in expected) == pytest.approx(sum(k for k, _ in counts))
    twice = standardised(counts, [old, old])
    assert twice == pytest.approx(expected, abs=1e-6)


def test_few_units_are_expected_to_be_average() -> None:
    assert standardised([(1, 10), (3, 10)], [[0.1, 0.3]]) == [0.2, 0.2]
    assert standardised([], [[]]) == []
