"""外县比对令牌."""

from __future__ import annotations

from typing import Optional

import polars as pl

from baoshen_audit.schemas.base import TableModel, field


class PeerTokensFeed(TableModel):
    """One row per keyed token of a person on another county's roll; no number leaves either county."""

    token: Optional[pl.String] = field("令牌", pii="quasi")
    programme: Optional[pl.String] = field("项目", "code", codes="programme")
    month_from: Optional[pl.Date] = field("起始月份", "month")
    month_to: Optional[pl.Date] = field("截止月份", "month")

    class Config:
        """Names of the table."""

        name = "peer_tokens"
        title = "外县比对令牌"
        metadata = {"words": ("比对令牌", "令牌"), "grain": "每个令牌一行", "provider": "其他县(市、区)"}
