"""养老待遇."""

from __future__ import annotations

from typing import Optional

import polars as pl

from baoshen_audit.schemas.base import Person, field


class PensionFeed(Person):
    """One row per person and month, or a snapshot."""

    kind: Optional[pl.String] = field("待遇类型", "code", codes="pension_kind")
    amount: Optional[pl.Int64] = field("月待遇", "money", aliases=("养老金",), pii="sensitive", unit="元/月", ge=0)
    month: Optional[pl.Date] = field("待遇月份", "month", aliases=("发放月份",))
    basic_part: Optional[pl.Int64] = field(
        "其中基础养老金",
        "money",
        aliases=("基础养老金",),
        pii="sensitive",
        unit="元/月",
        note="计算收入时可予扣除",
        ge=0,
    )
    start: Optional[pl.Date] = field("待遇开始时间", "month", aliases=("起始",))
    pension_status: Optional[pl.String] = field("待遇状态", "code", codes="pension_status")

    class Config:
        """Names of the table."""

        name = "pension"
        title = "养老待遇"
        metadata = {"words": ("养老", "养老金", "养老待遇"), "grain": "每人每月一行,或当时的情况", "provider": "人社"}
