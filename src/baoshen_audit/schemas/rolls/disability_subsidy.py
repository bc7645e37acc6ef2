"""残疾人两项补贴."""

from __future__ import annotations

from typing import Optional

import polars as pl

from baoshen_audit.schemas.base import Entitlement, field


class DisabilitySubsidyRoll(Entitlement):
    """One row per person and month: 困难残疾人生活补贴 (`living`) and 重度残疾人护理补贴 (`care`)."""

    disability_cert: Optional[pl.String] = field(
        "残疾证号", aliases=("残疾人证号",), pii="direct", note="身份证号加类别、等级,换领后加B1、B2"
    )
    disability_kind: Optional[pl.String] = field(
        "残疾类别", "code", codes="disability_kind", aliases=("残疾类型",), pii="sensitive"
    )
    disability_level: Optional[pl.String] = field(
        "残疾等级", "code", codes="disability_level", aliases=("残疾级别",), pii="sensitive"
    )
    multiple: Optional[pl.String] = field("多重残疾", aliases=("多重残疾类别",), pii="sensitive")
    living_amount: Optional[pl.Int64] = field(
        "生活补贴金额", "money", aliases=("困难生活补贴", "困难残疾人生活补贴"), unit="元/月", ge=0
    )
    living_start: Optional[pl.Date] = field("生活补贴起始", "month", aliases=("生活补贴开始时间",))
    care_amount: Optional[pl.Int64] = field(
        "护理补贴金额", "money", aliases=("重度护理补贴", "重度残疾人护理补贴"), unit="元/月", ge=0
    )
    care_start: Optional[pl.Date] = field("护理补贴起始", "month", aliases=("护理补贴开始时间",))
    is_dibao: Optional[pl.Boolean] = field(
        "是否低保", "flag", aliases=("家庭经济状况", "困难类别"), note="申报的困难条件;写了类别也算是"
    )

    class Config:
        """Names of the table."""

        name = "disability_subsidy"
        title = "残疾人两项补贴"
        metadata = {"words": ("残疾人两项补贴", "两项补贴"), "grain": "每人每月一行;也有每项补贴一个文件的"}
