"""60周岁以上农村籍退役士兵."""

from __future__ import annotations

from typing import Optional

import polars as pl

from baoshen_audit.schemas.base import Entitlement, field


class VeteranRural60Roll(Entitlement):
    """One row per person and month: 60 and older, enlisted between 1954-11-01 and 2011-10-31 (民发〔2011〕110号)."""

    enlist_date: Optional[pl.Date] = field(
        "入伍日期", "date", aliases=("入伍时间",), note="1954-11-01至2011-10-31", source="民发〔2011〕110号"
    )
    discharge_date: Optional[pl.Date] = field("退役日期", "date", aliases=("退伍时间",))
    service_years: Optional[pl.Int64] = field(
        "服役年限", "int", aliases=("服役年数", "军龄"), unit="年", note="不满整年按规定折算", ge=0, le=60
    )
    amount_per_year: Optional[pl.Int64] = field(
        "每年补助额", "money", aliases=("每服役一年补助标准",), unit="元/月/年", note="每服役一年每月的补助", ge=0
    )
    hukou_at_discharge: Optional[pl.String] = field(
        "退役时户籍",
        "code",
        codes="hukou_type",
        aliases=("退伍时户口",),
        note="须为农村户籍",
        source="民发〔2011〕110号",
    )

    class Config:
        """Names of the table."""

        name = "veteran_rural60"
        title = "60周岁以上农村籍退役士兵"
        metadata = {"words": ("农村籍退役士兵",), "grain": "每人每月一行"}
