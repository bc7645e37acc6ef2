"""不动产登记."""

from __future__ import annotations

from typing import Optional

import polars as pl

from baoshen_audit.schemas.base import Person, field


class RealEstateFeed(Person):
    """One row per right holder and unit."""

    title_no: Optional[pl.String] = field("不动产权证号", aliases=("房产证号", "证号"), pii="direct")
    name: Optional[pl.String] = field("权利人", aliases=("产权人", "权利人姓名"), pii="direct")
    id_no: Optional[pl.String] = field("证件号", "id", aliases=("权利人证件号", "证件号码", "身份证号", "身份证号码"))
    shared: Optional[pl.String] = field("共有方式", "code", codes="shared", aliases=("共有情况",))
    share: Optional[pl.Float64] = field("份额", "ratio", aliases=("占有份额",), ge=0, le=1)
    location: Optional[pl.String] = field("坐落", aliases=("房屋坐落",), pii="direct")
    area: Optional[pl.Float64] = field("建筑面积", "number", aliases=("面积",), unit="m²", ge=0)
    use: Optional[pl.String] = field("用途", "code", aliases=("规划用途",))
    acquired_by: Optional[pl.String] = field("取得方式", "code", aliases=("登记原因",))
    registered_on: Optional[pl.Date] = field("登记时间", "date", aliases=("取得日期", "登记日期"))
    title_status: Optional[pl.String] = field("状态", "code", codes="title_status", aliases=("权属状态",))

    class Config:
        """Names of the table."""

        name = "realestate"
        title = "不动产登记"
        metadata = {"words": ("不动产", "房产", "产权"), "grain": "每名权利人每套一行", "provider": "不动产登记中心"}
