"""特困人员自理能力评估."""

from __future__ import annotations

from typing import Optional

import polars as pl

from baoshen_audit.schemas.base import Person, field


class SelfCareAssessmentTable(Person):
    """One row per assessment: six items give 能自理 / 部分自理 / 不能自理 (民发〔2021〕43号)."""

    assessed_on: Optional[pl.Date] = field("评估日期", "date")
    self_care: Optional[pl.String] = field(
        "评估结论", "code", codes="self_care", aliases=("自理能力等级",), pii="sensitive"
    )
    assessor: Optional[pl.String] = field("评估人", aliases=("评估机构",), pii="direct")

    class Config:
        """Names of the table."""

        name = "self_care_assessment"
        title = "特困人员自理能力评估"
        metadata = {"words": ("自理能力评估", "评估"), "grain": "每次评估一行"}
