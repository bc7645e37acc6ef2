"""土地确权、惠农补贴."""

from __future__ import annotations

from typing import Optional

import polars as pl

from baoshen_audit.schemas.base import Person, field


class AgriFeed(Person):
    """One row per household and year; the contractor is the head."""

    year: Optional[pl.Int64] = field("年度", "int", unit="年", ge=1949, le=2100)
    area: Optional[pl.Float64] = field("确权面积", "number", aliases=("承包面积",), unit="亩", ge=0)
    leased_area: Optional[pl.Float64] = field("流转面积", "number", unit="亩", ge=0)
    leased_income: Optional[pl.Int64] = field("流转收入", "money", pii="sensitive", unit="元/年", ge=0)
    subsidy_area: Optional[pl.Float64] = field("补贴面积", "number", unit="亩", ge=0)
    subsidy: Optional[pl.Int64] = field("补贴金额", "money", pii="sensitive", unit="元/年", ge=0)

    class Config:
        """Names of the table."""

        name = "agri"
        title = "土地确权、惠农补贴"
        metadata = {
            "words": ("土地确权", "惠农补贴", "承包地"),
            "grain": "每户每年一行;承包人是户主",
            "provider": "农业农村",
        }
