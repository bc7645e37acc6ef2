"""高龄津贴."""

from __future__ import annotations

from typing import Optional

import polars as pl

from baoshen_audit.schemas.base import Entitlement, field


class ElderlyRoll(Entitlement):
    """One row per person and month."""

    category: Optional[pl.String] = field("津贴类别", "code", aliases=("年龄档",), note="各地分档不同,按原文保留")
    certified_on: Optional[pl.Date] = field(
        "认证日期", "date", aliases=("生存认证日期", "最近认证时间", "年审日期"), note="有的地方逐月认证"
    )

    class Config:
        """Names of the table."""

        name = "elderly"
        title = "高龄津贴"
        metadata = {"words": ("高龄津贴", "尊老金", "高龄"), "grain": "每人每月一行"}
