"""行政区划代码."""

from __future__ import annotations

from typing import Optional

import polars as pl

from baoshen_audit.schemas.base import TableModel, field


class RegionFeed(TableModel):
    """One row per code and period, withdrawn codes included."""

    region_code: Optional[pl.String] = field("代码", aliases=("区划代码",), note="6位或12位", source="GB/T 2260")
    name: Optional[pl.String] = field("名称")
    valid_from: Optional[pl.Int64] = field("启用", "int", aliases=("启用年份",), unit="年", ge=1949, le=2100)
    valid_to: Optional[pl.Int64] = field("停用", "int", aliases=("停用年份",), unit="年", ge=1949, le=2100)
    successor: Optional[pl.String] = field("变更后代码")

    class Config:
        """Names of the table."""

        name = "region"
        title = "行政区划代码"
        metadata = {"words": ("行政区划", "区划代码"), "grain": "每个代码每段期间一行", "provider": "统计、民政"}
