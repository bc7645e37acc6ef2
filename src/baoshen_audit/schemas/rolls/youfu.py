"""优抚对象."""

from __future__ import annotations

from typing import Optional

import polars as pl

from baoshen_audit.schemas.base import Entitlement, field


class YoufuRoll(Entitlement):
    """One row per person and month: state pensions and allowances for ex-servicemen and their survivors."""

    category: Optional[pl.String] = field("对象类别", "code", codes="youfu_category", aliases=("优抚类别", "人员类别"))
    injury_level: Optional[pl.String] = field(
        "伤残等级", "code", codes="injury_level", aliases=("残疾等级",), pii="sensitive"
    )
    enlist_date: Optional[pl.Date] = field("入伍日期", "date", aliases=("入伍时间", "入伍年月"))
    discharge_date: Optional[pl.Date] = field("退役日期", "date", aliases=("退伍时间", "退役年月"))
    youfu_cert: Optional[pl.String] = field("优抚证号", aliases=("抚恤证号", "残疾军人证号"), pii="direct")
    pension_month: Optional[pl.Int64] = field(
        "月抚恤", "money", aliases=("抚恤金", "定期抚恤金", "补助金"), unit="元/月", ge=0
    )
    addon_utilities: Optional[pl.Int64] = field(
        "65元专项", "money", aliases=("专项补贴", "水电气补贴"), unit="元/月", ge=0
    )
    checkup: Optional[pl.Int64] = field("体检", "money", aliases=("体检费",), unit="元/年", ge=0)
    bus_card: Optional[pl.Boolean] = field("公交卡", "yesno", aliases=("免费乘车",))

    class Config:
        """Names of the table."""

        name = "youfu"
        title = "优抚对象"
        metadata = {"words": ("优抚", "抚恤"), "grain": "每人每月一行;2018年起归退役军人事务部门"}
