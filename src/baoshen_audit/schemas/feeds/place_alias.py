"""地名别名、更名."""

from __future__ import annotations

from typing import Optional

import polars as pl

from baoshen_audit.schemas.base import TableModel, field


class PlaceAliasFeed(TableModel):
    """One row per name: what a place was called, and what it is called now."""

    old_name: Optional[pl.String] = field("原名", aliases=("历史地名",))
    name: Optional[pl.String] = field("现名", aliases=("标准地名",))
    region_code: Optional[pl.String] = field("区划代码", source="统计用区划代码")
    valid_from: Optional[pl.Date] = field("生效", "date", aliases=("生效日期",))
    valid_to: Optional[pl.Date] = field("失效", "date", aliases=("失效日期",))

    class Config:
        """Names of the table."""

        name = "place_alias"
        title = "地名别名、更名"
        metadata = {"words": ("地名", "地名别名", "更名"), "grain": "每个地名一行", "provider": "地名普查、民政"}
