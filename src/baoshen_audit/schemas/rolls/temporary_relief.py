"""临时救助."""

from __future__ import annotations

from typing import Optional

import polars as pl

from baoshen_audit.schemas.base import Entitlement, field


class TemporaryReliefRoll(Entitlement):
    """One row per grant."""

    cause: Optional[pl.String] = field("救助事由", "code", aliases=("申请原因", "困难原因"), pii="sensitive")
    amount: Optional[pl.Int64] = field("救助金额", "money", aliases=("批准金额",), unit="元", note="一次性", ge=0)
    level: Optional[pl.String] = field("审批层级", "code", codes="relief_level", aliases=("审批权限",))
    size: Optional[pl.String] = field("大额/小额", "code", codes="relief_size", aliases=("救助类型",))
    handler: Optional[pl.String] = field("审批人", aliases=("经办人",), pii="direct")

    class Config:
        """Names of the table."""

        name = "temporary_relief"
        title = "临时救助"
        metadata = {"words": ("临时救助",), "grain": "每笔救助一行"}
