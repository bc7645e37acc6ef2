"""社会保险参保缴费."""

from __future__ import annotations

from typing import Optional

import polars as pl

from baoshen_audit.schemas.base import Person, field


class SocialInsFeed(Person):
    """One row per person, insurance and month."""

    insurance: Optional[pl.String] = field("险种", "code", codes="insurance")
    employer: Optional[pl.String] = field("单位", aliases=("参保单位",), pii="quasi")
    base: Optional[pl.Int64] = field("缴费基数", "money", pii="sensitive", unit="元/月", ge=0)
    month: Optional[pl.Date] = field("缴费年月", "month", aliases=("费款所属期",))
    pay_kind: Optional[pl.String] = field("缴费方式", "code", codes="pay_kind", aliases=("参保身份",))

    class Config:
        """Names of the table."""

        name = "social_ins"
        title = "社会保险参保缴费"
        metadata = {"words": ("社会保险", "社保", "参保"), "grain": "每人每险种每月一行", "provider": "人社"}
