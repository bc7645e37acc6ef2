"""身份证号变更."""

from __future__ import annotations

from typing import Optional

import polars as pl

from baoshen_audit.schemas.base import TableModel, field


class IdAliasFeed(TableModel):
    """One row per change of a number."""

    name: Optional[pl.String] = field("姓名", pii="direct")
    old_id: Optional[pl.String] = field("旧号", "id", aliases=("原身份证号",))
    new_id: Optional[pl.String] = field("新号", "id", aliases=("现身份证号",))
    changed_on: Optional[pl.Date] = field("变更日期", "date")
    reason: Optional[pl.String] = field("变更原因", "code")

    class Config:
        """Names of the table."""

        name = "id_alias"
        title = "身份证号变更"
        metadata = {"words": ("身份证号变更", "证号变更", "重号"), "grain": "每次变更一行", "provider": "公安"}
