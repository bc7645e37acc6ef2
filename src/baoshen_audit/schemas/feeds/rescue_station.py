"""流浪乞讨救助."""

from __future__ import annotations

from typing import Optional

import polars as pl

from baoshen_audit.schemas.base import Person, field


class RescueStationFeed(Person):
    """One row per stay; names are as told, and a name alone is never a person."""

    name: Optional[pl.String] = field("姓名(自报)", aliases=("姓名",), pii="direct", note="自报姓名,不单独认人")
    start: Optional[pl.Date] = field("入站日期", "date")
    end: Optional[pl.Date] = field("离站日期", "date")
    left_to: Optional[pl.String] = field("离站去向", pii="quasi")

    class Config:
        """Names of the table."""

        name = "rescue_station"
        title = "流浪乞讨救助"
        metadata = {"words": ("流浪乞讨", "救助站", "救助管理站"), "grain": "每次入站一行", "provider": "救助管理站"}
