"""养老机构、福利院在住人员."""

from __future__ import annotations

from typing import Optional

import polars as pl

from baoshen_audit.schemas.base import Person, field


class InstitutionFeed(Person):
    """One row per stay."""

    institution_name: Optional[pl.String] = field("机构名称")
    beds: Optional[pl.Int64] = field("床位数", "int", unit="张", note="在住人数不应超过床位数", ge=0)
    bed_no: Optional[pl.String] = field("床位号")
    moved_in: Optional[pl.Date] = field("入住日期", "date")
    moved_out: Optional[pl.Date] = field("离院日期", "date")
    care_level: Optional[pl.String] = field("护理等级", "code", pii="sensitive")
    payer: Optional[pl.String] = field("缴费方", "code", codes="stay_payer", aliases=("费用来源",))

    class Config:
        """Names of the table."""

        name = "institution"
        title = "养老机构、福利院在住人员"
        metadata = {"words": ("养老机构", "福利院", "敬老院", "在住人员"), "grain": "每次入住一行", "provider": "民政"}
