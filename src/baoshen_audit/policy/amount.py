"""What a household is entitled to: the arithmetic of 补差, on the household total and in whole 分.

Going through the income per head and back is a known fault of county systems: 632 元 × 3 persons less 1,894 元 is
2 元, but 0.67 per head × 3 = 2.01, rounded up, pays 3 元. So nothing here divides by persons.
"""

from __future__ import annotations

from typing import Final

import polars as pl

from baoshen_audit.errors import PolicyError

_STEP: Final = {"ceil_yuan": 100, "ceil_jiao": 10, "none": 1}

ROUNDING_TEXT: Final = {"ceil_yuan": "向上取整到元", "ceil_jiao": "向上取整到角", "none": "不取整"}
"""`dibao.rounding` in words, for formulas a clerk reads."""


def countable_income(income: pl.Expr, employment_cost: pl.Expr, rigid_exp: pl.Expr) -> pl.Expr:
    """Monthly income of a household less what the law lets it deduct, never below nothing.

    Args:
        income: Int64 分 a month, the household's.
        employment_cost: Int64 分, 就业成本扣减; null counts as nothing.
        rigid_exp: Int64 分, 刚性支出; null counts as nothing.

    Returns:
        Int64 分; null where the income is unknown.
    """
    return (income - employment_cost.fill_null(0) - rigid_exp.fill_null(0)).clip(lower_bound=0)


def top_up(standard: pl.Expr, persons: pl.Expr, income: pl.Expr, rounding: str) -> pl.Expr:
    """The difference the state pays: standard × persons − income, rounded up once, on the household total.

    Source: 社会救助暂行办法 §12 (按照共同生活的家庭成员人均收入低于当地最低生活保障标准的差额,按月发给); the
    rounding is local (`dibao.rounding`).

    Args:
        standard: Int64 分 per head and month.
        persons: Int64, guaranteed persons.
        income: Int64 分 a month, the household's countable income.
        rounding: `ceil_yuan`, `ceil_jiao` or `none`.

    Returns:
        Int64 分 a month, at least 0; null where an input is.

    Raises:
        PolicyError: no such rounding.
    """
    if rounding not in _STEP:
        raise PolicyError(f"补差取整方式 {rounding} 不认识", hint=f"可用:{'、'.join(_STEP)}")
    step = _STEP[rounding]
    gap = (standard * persons - income).clip(lower_bound=0)
    return ((gap + (step - 1)) // step * step).cast(pl.Int64)
