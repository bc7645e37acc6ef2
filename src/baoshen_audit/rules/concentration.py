"""How unusual a share is among its peers: the mathematics behind FAV316, FAV317, FAV319 and FAV320.

Areas and handlers differ by more than chance, so a plain binomial limit accuses the ordinary. Shares are held against
a beta-binomial whose over-dispersion comes from the peers themselves; both tails are looked at, and Benjamini and
Hochberg keep the false share among the flagged in check. Nothing here says why a share is unusual.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, lgamma, log, log1p, sqrt
from statistics import NormalDist
from typing import Final

import polars as pl

from baoshen_audit.finding import cite
from baoshen_audit.identity.address import village_key
from baoshen_audit.rules.handlers import handlers

_LEAST_RHO: Final = 1e-6
"""Stands for "no over-dispersion": the beta-binomial is then the binomial to within what anybody can see."""

MOST_CITED: Final = 20
"""Records of a unit that a finding shows: enough to start a sample with."""

_WINSORISED: Final = 0.05
"""Share of peers at either end whose distance is drawn in before the spread is measured (Spiegelhalter 2005)."""


@dataclass(frozen=True)
class Unit:
    """An area or a handler: `k` of `n`, where `expected` is the share its peers lead one to expect."""

    k: int
    n: int
    expected: float


@dataclass(frozen=True)
class Verdict:
    """What the peers say of a unit.

    Attributes:
        p_value: two-sided mid-p of its count.
        flagged: beyond what chance, spread and the number of comparisons explain.
        high: above the expected share.
        rate: its share, shrunk towards the expected one; for ranking and display only.
        low, top: the interval that holds the true share with nine in ten chances.
    """

    p_value: float
    flagged: bool
    high: bool
    rate: float
    low: float
    top: float


def judge(units: Sequence[Unit], q: float) -> list[Verdict]:
    """Judge the units of one county against each other.

    Args:
        units: large enough ones only; whoever calls decides what is too small to be judged.
        q: the false share allowed among the flagged.
    """
    rho = over_dispersion(units)
    tails = [mid_p(unit, rho) for unit in units]
    p_values = [min(1.0, 2 * min(tail)) for tail in tails]
    flags = benjamini_hochberg(p_values, q)
    return [
        Verdict(p_value, flagged, tail[1] < tail[0], *shrunken(unit, rho))
        for unit, tail, p_value, flagged in zip(units, tails, p_values, flags, strict=True)
    ]


def over_dispersion(units: Sequence[Unit]) -> float:
    """The intra-class correlation ρ that explains the spread of the units beyond chance; 0 < ρ < 1.

    Moments of squared distances, drawn in at both ends so that the few units one looks for do not hide themselves.
    Drawing in also shortens honest distances, by a known factor if these are normal: it is put back.
    """
    usable = [unit for unit in units if unit.n > 1 and 0 < unit.expected < 1]
    if len(usable) < 2:
        return _LEAST_RHO
    distances = sorted((u.k - u.n * u.expected) / sqrt(u.n * u.expected * (1 - u.expected)) for u in usable)
    # one at either end even of nine towns: a single outlier must not pass for the spread of all
    cut = max(int(len(distances) * _WINSORISED), int(len(distances) >= 5))
    low, high = distances[cut], distances[-1 - cut]
    spread = sum(min(max(z, low), high) ** 2 for z in distances) / len(distances)
    spread /= _winsorised_variance(cut / len(distances))
    mean_n = sum(u.n - 1 for u in usable) / len(usable)
    return min(0.5, max(_LEAST_RHO, (spread - 1) / mean_n))


def _winsorised_variance(share: float) -> float:
    """The variance of a standard normal drawn in at its quantiles `share` and 1 - `share`."""
    if share <= 0:
        return 1.0
    normal = NormalDist()
    z = normal.inv_cdf(1 - share)
    return (1 - 2 * share) - 2 * z * normal.pdf(z) + 2 * share * z * z


def mid_p(unit: Unit, rho: float) -> tuple[float, float]:
    """Lower and upper tail of the count: all that is more extreme, and half of the count itself."""
    if not 0 < unit.expected < 1:
        sure = unit.n if unit.expected >= 1 else 0
        return (0.5, 0.5) if unit.k == sure else ((0.0, 1.0) if unit.k < sure else (1.0, 0.0))
    # the shorter way round, so that a small tail is a sum of small terms and not what is left of one
    below = unit.k <= unit.n * unit.expected
    k, (a, b) = (unit.k, _shape(unit, rho)) if below else (unit.n - unit.k, _shape(unit, rho)[::-1])
    mass = exp(_log_mass(k, unit.n, a, b))
    tail = mass / 2
    for i in range(k, 0, -1):
        mass *= i / (unit.n - i + 1) * (b + unit.n - i) / (a + i - 1)
        tail += mass
    return (tail, 1 - tail) if below else (1 - tail, tail)


def _shape(unit: Unit, rho: float) -> tuple[float, float]:
    """The two parameters of the beta distribution of shares around the expected one."""
    size = (1 - rho) / rho
    return unit.expected * size, (1 - unit.expected) * size


def _log_mass(k: int, n: int, a: float, b: float) -> float:
    """Logarithm of the beta-binomial probability of `k` of `n`."""
    choose = lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)
    return choose + _log_beta(a + k, b + n - k) - _log_beta(a, b)


def _log_beta(a: float, b: float) -> float:
    return lgamma(a) + lgamma(b) - lgamma(a + b)


def benjamini_hochberg(p_values: Sequence[float], q: float) -> list[bool]:
    """Which hypotheses to reject so that at most a share `q` of the rejected is expected to be true."""
    m = len(p_values)
    ranked = sorted(p_values)
    passed = [p for rank, p in enumerate(ranked, 1) if p <= q * rank / m]
    limit = max(passed, default=-1.0)
    return [p <= limit for p in p_values]


def shrunken(unit: Unit, rho: float) -> tuple[float, float, float]:
    """Empirical Bayes: the share drawn towards the expected one, and the interval of nine chances in ten."""
    if not 0 < unit.expected < 1:
        return unit.expected, unit.expected, unit.expected
    a, b = _shape(unit, rho)
    a, b = a + unit.k, b + unit.n - unit.k
    return a / (a + b), _beta_quantile(0.05, a, b), _beta_quantile(0.95, a, b)


def _beta_quantile(share: float, a: float, b: float) -> float:
    low, high = 0.0, 1.0
    for _ in range(32):
        middle = (low + high) / 2
        low, high = (middle, high) if beta_cdf(middle, a, b) < share else (low, middle)
    return (low + high) / 2


def beta_cdf(x: float, a: float, b: float) -> float:
    """The regularised incomplete beta function, by its continued fraction (Lentz)."""
    if x <= 0 or x >= 1:
        return float(x >= 1)
    if x > (a + 1) / (a + b + 2):
        return 1 - beta_cdf(1 - x, b, a)
    front = exp(a * log(x) + b * log1p(-x) - _log_beta(a, b)) / a
    tiny = 1e-300
    c, d = 1.0, 1 / (1 - (a + b) * x / (a + 1) or tiny)
    value = d
    for m in range(1, 2000):
        for step in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d = 1 / (1 + step * d or tiny)
            c = 1 + step / c or tiny
            value *= c * d
        if abs(c * d - 1) < 1e-12:
            break
    return front * value


def unusual(units: pl.LazyFrame, q: float, min_n: int) -> pl.LazyFrame:
    """The units whose share the peers of their county do not explain.

    Args:
        units: one row per unit, sorted: `county`, `unit` (stable text), `k`, `n`, `expected`, and what else a finding
            needs.
        q: the false share allowed among the flagged.
        min_n: units of fewer are not judged; nor are they peers.

    Returns:
        The flagged rows with texts for messages: `share`, `usual`, `shrunk` (the shrunken share and its interval),
        `side`, `side_en`, `peers` and `false_flags` (how many of the list are expected to be there by chance).
    """
    large = units.filter(pl.col("n") >= min_n)
    schema = dict(large.collect_schema())
    out = schema | {"high": pl.Boolean(), "rate": pl.Float64(), "low": pl.Float64(), "top": pl.Float64()}
    out |= {"peers": pl.Int64(), "false_flags": pl.String()}

    def of_county(rows: pl.DataFrame) -> pl.DataFrame:
        found = judge([Unit(*row) for row in rows.select("k", "n", "expected").iter_rows()], q)
        told = pl.DataFrame([(v.flagged, v.high, v.rate, v.low, v.top) for v in found], orient="row",
                            schema=["flagged", "high", "rate", "low", "top"])  # fmt: skip
        flagged = pl.concat([rows, told], how="horizontal").filter("flagged").drop("flagged")
        expected = f"{q * flagged.height:.1f}"
        return flagged.with_columns(peers=pl.lit(rows.height, pl.Int64), false_flags=pl.lit(expected))

    return (
        large.group_by("county", maintain_order=True)
        .map_groups(of_county, schema=out)
        .with_columns(
            percent(pl.col("k") / pl.col("n")).alias("share"),
            percent(pl.col("expected")).alias("usual"),
            pl.format("{}({}~{})", percent(pl.col("rate")), percent(pl.col("low")), percent(pl.col("top"))).alias(
                "shrunk"
            ),
            pl.when("high").then(pl.lit("高于")).otherwise(pl.lit("低于")).alias("side"),
            pl.when("high").then(pl.lit("above")).otherwise(pl.lit("below")).alias("side_en"),
            pl.col("unit").alias("counterpart"),
        )
        .drop("high", "rate", "low", "top")
    )


def percent(share: pl.Expr) -> pl.Expr:
    """A share as text with one decimal: `12.5%`."""
    tenths = (share * 1000).round().cast(pl.Int64)
    return pl.format("{}.{}%", tenths // 10, tenths % 10)


def counted(cases: pl.LazyFrame, who: pl.Expr, mark: str, shown: pl.Expr, cells: tuple[str, ...]) -> pl.LazyFrame:
    """Units for `unusual`: how many of the cases of each bear a mark; all units together tell what to expect of one.

    Args:
        cases: `county`, `row_id`, `mark` and the cells.
        who: the unit of a case, null where it has none.
        mark: a Boolean column.
        shown: what the message calls the unit; a handler's name has no place in it.
        cells: columns to show of the first cases, the marked ones before the others.
    """
    return (
        cases.with_columns(who.alias("who"), shown.alias("shown"))
        .filter(pl.col("who").is_not_null())
        .sort("county", "who", ~pl.col(mark), "row_id")
        .group_by("county", "who", maintain_order=True)
        .agg(
            pl.col(mark).sum().cast(pl.Int64).alias("k"),
            pl.len().cast(pl.Int64).alias("n"),
            pl.col("shown").first(),
            cite(*cells).head(MOST_CITED).explode().alias("evidence"),
        )
        .rename({"who": "unit"})
        .with_columns((pl.col("k").sum().over("county") / pl.col("n").sum().over("county")).alias("expected"))
    )


def place() -> pl.Expr:
    """A village of a town, however its column writes 村, 村委会 or 社区; null where no village is named."""
    return pl.concat_str(pl.col("town").fill_null(""), pl.lit("|"), village_key("village"))


def place_shown() -> pl.Expr:
    """A village as the record writes it."""
    return pl.concat_str("town", "village", ignore_nulls=True)


def by_handler(column: str) -> pl.Expr:
    """The first handler of a step. The name joins the rows of one office; it never leaves the evidence."""
    return pl.format("{}|{}", pl.lit(column), handlers(column).list.first())


def standardised(counts: Sequence[tuple[int, int]], shares: Sequence[Sequence[float | None]]) -> list[float]:
    """What share to expect of each unit, given the make-up of its people (indirect standardisation by regression).

    The shares of all units are fitted, weighted by size, on what their populations are made of; the sum of what is
    expected is the sum of what is. With fewer than ten units per ingredient everybody is expected to be average.

    Args:
        counts: `k` and `n` of each unit.
        shares: ingredient by ingredient, the share of it in each unit (old, disabled, ill …), null where unknown.
    """
    pooled = sum(k for k, _ in counts) / max(1, sum(n for _, n in counts))
    known = [_centred(column, [n for _, n in counts]) for column in shares]
    used = [column for column in known if any(abs(x) > 1e-9 for x in column)]
    if not used or len(counts) < 10 * (len(used) + 1):
        return [pooled] * len(counts)
    rows = [(1.0, *row) for row in zip(*used, strict=True)]
    weights = [n for _, n in counts]
    normal = [
        [sum(w * a[i] * a[j] for w, a in zip(weights, rows, strict=True)) for j in range(len(rows[0]))]
        + [sum(k * a[i] for (k, _), a in zip(counts, rows, strict=True))]
        for i in range(len(rows[0]))
    ]
    factors = _solved(normal)
    fitted = [sum(f * x for f, x in zip(factors, row, strict=True)) for row in rows]
    # a straight line may leave the range of shares at its ends
    return [min(max(value, pooled / 5), pooled * 5, 0.95) for value in fitted]


def _centred(column: Sequence[float | None], weights: Sequence[int]) -> list[float]:
    """Distances from the mean; nobody differs where nothing is known."""
    told = [(x, w) for x, w in zip(column, weights, strict=True) if x is not None]
    mean = sum(x * w for x, w in told) / max(1, sum(w for _, w in told))
    return [0.0 if x is None else x - mean for x in column]


def _solved(rows: list[list[float]]) -> list[float]:
    """The solution of linear equations (coefficients, then the right side), by elimination with pivoting.

    An ingredient that others already tell (a pivot of nothing) gets no weight.
    """
    size = len(rows)
    scale = [rows[i][i] or 1.0 for i in range(size)]
    left = [row[:] for row in rows]
    used: list[tuple[int, int]] = []
    for column in range(size):
        free = [i for i in range(size) if i not in {row for row, _ in used}]
        pivot = max(free, key=lambda i: abs(left[i][column]))
        if abs(left[pivot][column]) < 1e-9 * scale[column]:
            continue
        used.append((pivot, column))
        for i in range(size):
            if i != pivot:
                factor = left[i][column] / left[pivot][column]
                left[i] = [a - factor * b for a, b in zip(left[i], left[pivot], strict=True)]
    solution = [0.0] * size
    for row, column in used:
        solution[column] = left[row][size] / left[row][column]
    return solution
