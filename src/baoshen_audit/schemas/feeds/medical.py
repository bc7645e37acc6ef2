"""医保结算."""

from __future__ import annotations

from typing import Optional

import polars as pl

from baoshen_audit.schemas.base import Person, field


class MedicalFeed(Person):
    """One row per settlement; bills from other provinces are missing."""

    total: Optional[pl.Int64] = field("总费用", "money", pii="sensitive", unit="元", ge=0)
    fund_paid: Optional[pl.Int64] = field("统筹支付", "money", aliases=("基金支付",), pii="sensitive", unit="元", ge=0)
    self_paid: Optional[pl.Int64] = field("自付", "money", aliases=("个人负担",), pii="sensitive", unit="元", ge=0)
    settled_on: Optional[pl.Date] = field("结算日期", "date", aliases=("就诊日期",))
    disease: Optional[pl.String] = field("病种", aliases=("诊断",), pii="sensitive")

    class Config:
        """Names of the table."""

        name = "medical"
        title = "医保结算"
        metadata = {"words": ("医保", "医疗费用"), "grain": "每次结算一行", "provider": "医保"}
