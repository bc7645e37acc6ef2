"""军休人员."""

from __future__ import annotations

from typing import Optional

import polars as pl

from baoshen_audit.schemas.base import Entitlement, field


class RetiredMilitaryRoll(Entitlement):
    """One row per person: retired officers in the care of 军休所, context for pension and payroll rules."""

    unit: Optional[pl.String] = field("军休所", aliases=("管理单位",))
    pension_month: Optional[pl.Int64] = field(
        "离退休费", "money", aliases=("月待遇",), pii="sensitive", unit="元/月", ge=0
    )
    received_on: Optional[pl.Date] = field("接收时间", "date")

    class Config:
        """Names of the table."""

        name = "retired_military"
        title = "军休人员"
        metadata = {"words": ("军休", "军队离退休"), "grain": "每人一行;供养老和财政供养类规则参考"}
