"""船舶、农业机械."""

from __future__ import annotations

from typing import Optional

import polars as pl

from baoshen_audit.schemas.base import Person, field


class VesselFarmFeed(Person):
    """One row per vessel or machine."""

    reg_no: Optional[pl.String] = field("登记号", aliases=("船名", "机具编号"), pii="direct")
    kind: Optional[pl.String] = field("类型", "code", aliases=("机具类型",))
    power: Optional[pl.Float64] = field("功率", "number", unit="千瓦", ge=0)
    subsidy_year: Optional[pl.Int64] = field("购机补贴年", "int", unit="年", ge=1949, le=2100)
    subsidy: Optional[pl.Int64] = field("补贴金额", "money", unit="元", ge=0)
    item_status: Optional[pl.String] = field("状态", "code")

    class Config:
        """Names of the table."""

        name = "vessel_farm"
        title = "船舶、农业机械"
        metadata = {"words": ("船舶", "农业机械", "农机"), "grain": "每件一行", "provider": "交通(海事)、农业农村"}
