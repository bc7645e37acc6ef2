"""军队退役人员信息采集."""

from __future__ import annotations

from typing import Optional

import polars as pl

from baoshen_audit.schemas.base import Person, field


class VeteranRegisterFeed(Person):
    """One row per person."""

    kind: Optional[pl.String] = field("人员类别", "code")
    enlist_date: Optional[pl.Date] = field("入伍日期", "date")
    discharge_date: Optional[pl.Date] = field("退役日期", "date")
    placement: Optional[pl.String] = field("安置情况")

    class Config:
        """Names of the table."""

        name = "veteran_register"
        title = "军队退役人员信息采集"
        metadata = {"words": ("退役人员信息采集", "退役军人信息"), "grain": "每人一行", "provider": "退役军人事务"}
