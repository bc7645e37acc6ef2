"""事实无人抚养儿童."""

from __future__ import annotations

from typing import Optional

import polars as pl

from baoshen_audit.schemas.base import field
from baoshen_audit.schemas.rolls.orphan import OrphanRoll


class DeFactoOrphanRoll(OrphanRoll):
    """One row per child and month. Children's data are sensitive (PIPL §28); never published."""

    offset_amount: Optional[pl.Int64] = field(
        "抵扣金额",
        "money",
        aliases=("已享受其他待遇金额",),
        unit="元/月",
        note="与低保、特困、生活补贴补差的依据",
        ge=0,
    )
    pay_mode: Optional[pl.String] = field("发放方式", "code", codes="pay_mode", aliases=("全额/补差",))

    class Config:
        """Names of the table."""

        name = "de_facto_orphan"
        title = "事实无人抚养儿童"
        metadata = {"words": ("事实无人抚养",), "grain": "每名儿童每月一行;不公示"}
