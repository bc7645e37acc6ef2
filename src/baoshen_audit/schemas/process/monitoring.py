"""低收入人口动态监测名单."""

from __future__ import annotations

from typing import Optional

import polars as pl

from baoshen_audit.schemas.base import Person, field


class MonitoringTable(Person):
    """One row per household or person on the watch list."""

    kind: Optional[pl.String] = field("监测类别", "code", aliases=("预警类型",), pii="sensitive")
    income_month: Optional[pl.Int64] = field("登记收入", "money", pii="sensitive", unit="元/月", ge=0)
    alert_date: Optional[pl.Date] = field("预警日期", "date")
    result: Optional[pl.String] = field("处置结果")

    class Config:
        """Names of the table."""

        name = "monitoring"
        title = "低收入人口动态监测名单"
        metadata = {"words": ("动态监测", "低收入人口", "监测"), "grain": "每户或每人一行"}
