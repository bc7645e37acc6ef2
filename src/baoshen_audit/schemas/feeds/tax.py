"""个人所得税申报."""

from __future__ import annotations

from typing import Optional

import polars as pl

from baoshen_audit.schemas.base import Person, field


class TaxFeed(Person):
    """One row per person, payer and month."""

    payer: Optional[pl.String] = field("扣缴单位", aliases=("扣缴义务人",), pii="quasi")
    item: Optional[pl.String] = field("所得项目", "code")
    income: Optional[pl.Int64] = field("收入额", "money", pii="sensitive", unit="元/月", ge=0)
    month: Optional[pl.Date] = field("所属期", "month", aliases=("月份",))

    class Config:
        """Names of the table."""

        name = "tax"
        title = "个人所得税申报"
        metadata = {"words": ("个人所得税", "个税"), "grain": "每人每扣缴单位每月一行", "provider": "税务"}
