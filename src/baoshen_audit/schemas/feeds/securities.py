"""证券、基金、理财、商业保险."""

from __future__ import annotations

from typing import Optional

import polars as pl

from baoshen_audit.schemas.base import Person, field


class SecuritiesFeed(Person):
    """One row per holding."""

    kind: Optional[pl.String] = field("类型", "code", codes="security_kind", aliases=("资产类别",))
    market_value: Optional[pl.Int64] = field("市值", "money", aliases=("净值",), pii="sensitive", unit="元", ge=0)
    cash_value: Optional[pl.Int64] = field("现金价值", "money", pii="sensitive", unit="元", ge=0)
    premium: Optional[pl.Int64] = field("保费", "money", aliases=("缴费",), pii="sensitive", unit="元", ge=0)
    payer: Optional[pl.String] = field("投保人", pii="direct")
    as_of: Optional[pl.Date] = field("截止日", "date", aliases=("查询时点",))

    class Config:
        """Names of the table."""

        name = "securities"
        title = "证券、基金、理财、商业保险"
        metadata = {
            "words": ("证券", "基金", "理财", "商业保险"),
            "grain": "每项持有一行",
            "provider": "证券、基金、保险机构(经省级平台)",
        }
