"""特困人员."""

from __future__ import annotations

from typing import Optional

import polars as pl

from baoshen_audit.schemas.base import Entitlement, field


class TekunRoll(Entitlement):
    """One row per person and month; 农村五保 and 城市三无 are its predecessors."""

    mode: Optional[pl.String] = field(
        "供养方式",
        "code",
        aliases=(
            "供养形式",
            "集中/分散/居家",
        ),
        codes="tekun_mode",
    )
    institution_name: Optional[pl.String] = field(
        "供养机构",
        aliases=(
            "敬老院名称",
            "入住机构",
        ),
    )
    self_care: Optional[pl.String] = field(
        "自理能力", "code", aliases=("自理能力等级",), codes="self_care", pii="sensitive"
    )
    care_amount: Optional[pl.Int64] = field("照料护理标准", "money", aliases=("照料护理费",), unit="元/月", ge=0)
    base_standard: Optional[pl.Int64] = field("基本生活标准", "money", aliases=("基本生活费",), unit="元/月", ge=0)

    class Config:
        """Names of the table."""

        name = "tekun"
        title = "特困人员"
        metadata = {
            "words": (
                "特困",
                "五保",
                "三无",
            )
        }
