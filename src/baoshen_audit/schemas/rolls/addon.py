"""附加补贴."""

from __future__ import annotations

from typing import Optional

import polars as pl

from baoshen_audit.schemas.base import Entitlement, field


class AddonRoll(Entitlement):
    """One row per person, item and month or year: 65元专项, 体检, 公交 and the like."""

    item: Optional[pl.String] = field("项目", "code", aliases=("补贴项目",), note="65元专项、体检、公交等,按原文保留")
    month: Optional[pl.Date] = field("补贴月份", "month")
    year: Optional[pl.Int64] = field("年度", "int", unit="年", note="按年发放的项目", ge=1949, le=2100)
    basis_status: Optional[pl.String] = field("依据身份", "code", codes="programme", aliases=("享受身份",))
    amount: Optional[pl.Int64] = field("金额", "money", aliases=("补贴金额",), unit="元", ge=0)

    class Config:
        """Names of the table."""

        name = "addon"
        title = "附加补贴"
        metadata = {"words": ("附加补贴", "专项补贴", "体检", "公交"), "grain": "每人每项每月(或每年)一行"}
