"""工伤护理费."""

from __future__ import annotations

from typing import Optional

import polars as pl

from baoshen_audit.schemas.base import Person, field


class InjuryCareFeed(Person):
    """One row per person; excludes the two disability subsidies."""

    level: Optional[pl.String] = field("护理等级", "code", pii="sensitive")
    amount: Optional[pl.Int64] = field("月额", "money", aliases=("护理费",), pii="sensitive", unit="元/月", ge=0)
    start: Optional[pl.Date] = field("起始月份", "month", aliases=("起",))
    end: Optional[pl.Date] = field("终止月份", "month", aliases=("止",))

    class Config:
        """Names of the table."""

        name = "injury_care"
        title = "工伤护理费"
        metadata = {"words": ("工伤护理", "工伤"), "grain": "每人一行", "provider": "人社"}
