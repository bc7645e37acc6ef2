"""困难退役军人补助."""

from __future__ import annotations

from typing import Optional

import polars as pl

from baoshen_audit.schemas.base import Entitlement, field


class VeteranHardshipRoll(Entitlement):
    """One row per person: 下岗转业志愿兵 and ex-servicemen in hardship, each by an individual decision."""

    placement: Optional[pl.String] = field("安置去向", aliases=("安置方式",), note="公益岗工资可能在财政供养名册中")
    amount: Optional[pl.Int64] = field(
        "困难补助", "money", aliases=("补助金额",), unit="元", note="所属期间须写明", ge=0
    )
    doc_no: Optional[pl.String] = field("政策依据", aliases=("批示文号",), note="个别批示即豁免依据")

    class Config:
        """Names of the table."""

        name = "veteran_hardship"
        title = "困难退役军人补助"
        metadata = {"words": ("困难退役军人", "下岗转业志愿兵"), "grain": "每人一行;一人一策"}
