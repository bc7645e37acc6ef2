"""物价补贴."""

from __future__ import annotations

from typing import Optional

import polars as pl

from baoshen_audit.schemas.base import Entitlement, field


class PriceSubsidyRoll(Entitlement):
    """One row per person and month; two months may be paid together."""

    month: Optional[pl.Date] = field("补贴月份", "month", aliases=("发放月份",))
    basis_status: Optional[pl.String] = field("依据身份", "code", codes="programme", aliases=("享受身份", "对象类别"))
    amount: Optional[pl.Int64] = field("补贴金额", "money", aliases=("金额",), unit="元", ge=0)

    class Config:
        """Names of the table."""

        name = "price_subsidy"
        title = "物价补贴"
        metadata = {"words": ("物价补贴", "价格补贴", "价格临时补贴"), "grain": "每人每月一行"}
