"""住房公积金."""

from __future__ import annotations

from typing import Optional

import polars as pl

from baoshen_audit.schemas.base import Person, field


class ProvidentFeed(Person):
    """One row per person and month, or a snapshot."""

    employer: Optional[pl.String] = field("单位", aliases=("缴存单位",), pii="quasi")
    month: Optional[pl.Date] = field("缴存月份", "month")
    base: Optional[pl.Int64] = field("缴存基数", "money", aliases=("基数",), pii="sensitive", unit="元/月", ge=0)
    deposit: Optional[pl.Int64] = field("月缴存额", "money", pii="sensitive", unit="元/月", ge=0)
    balance: Optional[pl.Int64] = field("余额", "money", pii="sensitive", unit="元")
    account_status: Optional[pl.String] = field("状态", "code", codes="provident_status", aliases=("缴存状态",))
    withdrawn: Optional[pl.Int64] = field("提取金额", "money", aliases=("提取",), pii="sensitive", unit="元", ge=0)
    withdrawn_on: Optional[pl.Date] = field("提取日期", "date")
    withdraw_reason: Optional[pl.String] = field("提取原因", "code")

    class Config:
        """Names of the table."""

        name = "provident"
        title = "住房公积金"
        metadata = {"words": ("公积金",), "grain": "每人每月一行,或当时的情况", "provider": "住房公积金中心"}
