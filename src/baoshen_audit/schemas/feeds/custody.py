"""服刑、强制隔离戒毒、社区矫正."""

from __future__ import annotations

from typing import Optional

import polars as pl

from baoshen_audit.schemas.base import Person, field


class CustodyFeed(Person):
    """One row per term; 社区矫正 is served at home and counts in the household."""

    kind: Optional[pl.String] = field("类型", "code", codes="custody_kind", aliases=("人员类别",), pii="sensitive")
    start: Optional[pl.Date] = field("入监日期", "date", aliases=("起",))
    end: Optional[pl.Date] = field("出监日期", "date", aliases=("止", "刑满日期"))
    place: Optional[pl.String] = field("场所", pii="sensitive", note="不在疑点中显示")

    class Config:
        """Names of the table."""

        name = "custody"
        title = "服刑、强制隔离戒毒、社区矫正"
        metadata = {"words": ("服刑", "戒毒", "社区矫正", "羁押"), "grain": "每段期间一行", "provider": "司法、公安"}
