"""特困人员."""

from __future__ import annotations

from typing import Optional

import polars as pl

from baoshen_audit.schemas.base import Entitlement, field


class TekunRoll(Entitlement):
    """One row per person and month; 农村五保 and 城市三无 are its predecessors."""

    mode: Optional[pl.String] = field("供养方式", "code", codes="tekun_mode", aliases=("供养形式", "集中/分散/居家"))
    institution_name: Optional[pl.String] = field("供养机构", aliases=("敬老院名称", "入住机构"))
    self_care: Optional[pl.String] = field(
        "自理能力", "code", codes="self_care", aliases=("自理能力等级",), pii="sensitive"
    )
    care_tier: Optional[pl.String] = field(
        "照料护理档次", "code", codes="care_tier", aliases=("护理等级", "护理档次"), pii="sensitive"
    )
    care_amount: Optional[pl.Int64] = field(
        "照料护理标准", "money", aliases=("照料护理费", "护理补贴"), unit="元/月", ge=0
    )
    carer_name: Optional[pl.String] = field("照料护理人", aliases=("护理人员",), pii="direct")
    carer_id: Optional[pl.String] = field("护理人身份证号", "id")
    base_standard: Optional[pl.Int64] = field("基本生活标准", "money", aliases=("基本生活费",), unit="元/月", ge=0)
    assessed_on: Optional[pl.Date] = field("评估日期", "date", aliases=("自理能力评估日期",), note="另见自理能力评估表")
    moved_in: Optional[pl.Date] = field("入住日期", "date", aliases=("入院日期",))
    origin: Optional[pl.String] = field("人员类别", "code", codes="tekun_origin", aliases=("原类别",))

    class Config:
        """Names of the table."""

        name = "tekun"
        title = "特困人员"
        metadata = {"words": ("特困", "五保", "三无"), "grain": "每人每月一行"}
