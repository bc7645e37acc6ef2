"""低保边缘家庭."""

from __future__ import annotations

from typing import Optional

import polars as pl

from baoshen_audit.schemas.base import field
from baoshen_audit.schemas.rolls.dibao import DibaoRoll


class DibaoEdgeRoll(DibaoRoll):
    """One row per household and month; the amount is 0."""

    recognised_on: Optional[pl.Date] = field("认定日期", "date", aliases=("确认日期",))
    valid_to: Optional[pl.Date] = field("有效期止", "date", aliases=("有效期至", "到期日"), note="可写长期")

    class Config:
        """Names of the table."""

        name = "dibao_edge"
        title = "低保边缘家庭"
        metadata = {"words": ("低保边缘", "边缘"), "grain": "每户每月一行;人员通用栏是户主;金额为0"}
