"""户籍."""

from __future__ import annotations

from typing import Optional

import polars as pl

from baoshen_audit.schemas.base import Person, field


class HukouFeed(Person):
    """One row per person: a snapshot, no history."""

    hukou_no: Optional[pl.String] = field("户号", aliases=("户口簿号",), pii="direct")
    hukou_status: Optional[pl.String] = field("户籍状态", "code", codes="hukou_status", aliases=("人员状态",))
    moved_in: Optional[pl.Date] = field("迁入日期", "date")
    moved_out: Optional[pl.Date] = field("迁出日期", "date")
    split_on: Optional[pl.Date] = field("分户日期", "date")
    moved_to: Optional[pl.String] = field("迁往地", pii="direct")
    cancel_reason: Optional[pl.String] = field("注销原因", "code")
    cancel_date: Optional[pl.Date] = field("注销日期", "date")
    former_name: Optional[pl.String] = field("曾用名", pii="direct")
    former_id: Optional[pl.String] = field("曾用号", "id", aliases=("曾用身份证号",))
    father_id: Optional[pl.String] = field("父亲身份证号", "id")
    mother_id: Optional[pl.String] = field("母亲身份证号", "id")
    spouse_id: Optional[pl.String] = field("配偶身份证号", "id")

    class Config:
        """Names of the table."""

        name = "hukou"
        title = "户籍"
        metadata = {"words": ("户籍", "户口"), "grain": "每人一行,只是当时的情况,没有历史", "provider": "公安"}
