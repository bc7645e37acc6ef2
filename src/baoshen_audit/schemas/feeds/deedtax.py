"""契税."""

from __future__ import annotations

from typing import Optional

import polars as pl

from baoshen_audit.schemas.base import Person, field


class DeedTaxFeed(Person):
    """One row per tax record."""

    name: Optional[pl.String] = field("纳税人", aliases=("纳税人姓名", "姓名"), pii="direct")
    id_no: Optional[pl.String] = field(
        "纳税人证件号", "id", aliases=("纳税人身份证号", "证件号码", "身份证号", "身份证号码")
    )
    area: Optional[pl.Float64] = field("面积", "number", aliases=("建筑面积",), unit="m²", ge=0)
    price: Optional[pl.Int64] = field("计税价", "money", aliases=("计税金额",), unit="元", ge=0)
    paid_on: Optional[pl.Date] = field("缴税日期", "date", aliases=("申报日期",))

    class Config:
        """Names of the table."""

        name = "deedtax"
        title = "契税"
        metadata = {"words": ("契税",), "grain": "每笔缴税一行", "provider": "税务"}
