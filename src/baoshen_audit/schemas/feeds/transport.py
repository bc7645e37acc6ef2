"""道路运输营运."""

from __future__ import annotations

from typing import Optional

import polars as pl

from baoshen_audit.schemas.base import Person, field


class TransportFeed(Person):
    """One row per licence; a vehicle may be registered for somebody else (挂靠)."""

    licence_no: Optional[pl.String] = field("营运证号", aliases=("道路运输证号",), pii="direct")
    plate_no: Optional[pl.String] = field("车牌号", aliases=("车牌",), pii="direct")
    scope: Optional[pl.String] = field("经营范围", "code")
    licence_status: Optional[pl.String] = field("状态", "code", aliases=("证件状态",))

    class Config:
        """Names of the table."""

        name = "transport"
        title = "道路运输营运"
        metadata = {"words": ("道路运输", "营运"), "grain": "每本营运证一行", "provider": "交通"}
