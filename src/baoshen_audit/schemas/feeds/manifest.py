"""数据源清单."""

from __future__ import annotations

from typing import Optional

import polars as pl

from baoshen_audit.schemas.base import TableModel, field


class Manifest(TableModel):
    """One row per delivered feed: what it is, the day it speaks for, whom it covers."""

    feed: Optional[pl.String] = field("数据源", aliases=("数据源名称", "数据表"))
    as_of: Optional[pl.Date] = field(
        "数据截止日", "date", aliases=("数据时点",), note="数据说明的那一天,不是交付的那一天"
    )
    extracted_on: Optional[pl.Date] = field("提取日期", "date")
    provider: Optional[pl.String] = field("提供单位")
    coverage: Optional[pl.String] = field("覆盖区域", note="区划代码,几个之间用顿号隔开")
    rows: Optional[pl.Int64] = field("记录数", "int", unit="条", ge=0)
    legal_basis: Optional[pl.String] = field("法律依据", aliases=("授权依据",), note="本人授权、法定审计或本部门职责")
    sha256: Optional[pl.String] = field("文件摘要", str_matches=r"^[0-9a-fA-F]{64}$")

    class Config:
        """Names of the table."""

        name = "manifest"
        title = "数据源清单"
        metadata = {"words": ("数据源清单", "数据源"), "grain": "每个数据源每次交付一行", "provider": "各提供单位"}
