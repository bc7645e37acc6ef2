"""机动车."""

from __future__ import annotations

from typing import Optional

import polars as pl

from baoshen_audit.schemas.base import Person, field


class VehicleFeed(Person):
    """One row per vehicle (公安车管)."""

    plate_no: Optional[pl.String] = field("号牌号码", aliases=("车牌号", "车牌号码"), pii="direct")
    plate_kind: Optional[pl.String] = field("号牌种类", "code")
    name: Optional[pl.String] = field("所有人", aliases=("车主", "机动车所有人"), pii="direct")
    id_no: Optional[pl.String] = field(
        "证件号", "id", aliases=("所有人证件号", "证件号码", "身份证号", "身份证号码"), note="单位车辆填的是机构代码"
    )
    model: Optional[pl.String] = field("品牌型号", aliases=("车辆型号",))
    vehicle_kind: Optional[pl.String] = field("车辆类型", "code", note="残疾人代步车、两三轮等可豁免")
    use: Optional[pl.String] = field("使用性质", "code")
    first_registered: Optional[pl.Date] = field("初次登记日期", "date", aliases=("注册日期",))
    vehicle_status: Optional[pl.String] = field("机动车状态", "code", codes="vehicle_status", aliases=("状态",))
    value: Optional[pl.Int64] = field("购置价", "money", aliases=("评估价",), unit="元", ge=0)

    class Config:
        """Names of the table."""

        name = "vehicle"
        title = "机动车"
        metadata = {"words": ("机动车", "车辆", "车管"), "grain": "每辆车一行", "provider": "公安(车管所)"}
