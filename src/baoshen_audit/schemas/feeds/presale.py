"""商品房预售网签."""

from __future__ import annotations

from typing import Optional

import polars as pl

from baoshen_audit.schemas.base import Person, field


class PresaleFeed(Person):
    """One row per contract and buyer; the same unit may stand in `realestate` later."""

    name: Optional[pl.String] = field("购房人", aliases=("购房人姓名", "姓名"), pii="direct")
    id_no: Optional[pl.String] = field(
        "购房人证件号", "id", aliases=("购房人身份证号", "证件号码", "身份证号", "身份证号码")
    )
    contract_no: Optional[pl.String] = field("合同号", aliases=("合同编号",))
    signed_on: Optional[pl.Date] = field("网签日期", "date", aliases=("备案日期",))
    area: Optional[pl.Float64] = field("面积", "number", aliases=("建筑面积",), unit="m²", ge=0)
    use: Optional[pl.String] = field("用途", "code", aliases=("规划用途",))
    price: Optional[pl.Int64] = field("总价", "money", aliases=("合同总价",), unit="元", ge=0)
    contract_status: Optional[pl.String] = field("合同状态", "code")

    class Config:
        """Names of the table."""

        name = "presale"
        title = "商品房预售网签"
        metadata = {"words": ("预售", "网签", "商品房"), "grain": "每份合同每名购房人一行", "provider": "住建"}
