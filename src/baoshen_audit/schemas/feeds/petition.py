"""信访与诉求."""

from __future__ import annotations

from typing import Optional

import polars as pl

from baoshen_audit.schemas.base import TableModel, field


class PetitionFeed(TableModel):
    """One row per request: corroboration only, never the sole reason for a finding."""

    registered_on: Optional[pl.Date] = field("登记日期", "date")
    subject: Optional[pl.String] = field("反映对象", pii="direct")
    content: Optional[pl.String] = field("内容", aliases=("诉求内容",), pii="sensitive")
    is_named: Optional[pl.Boolean] = field("是否实名", "yesno")

    class Config:
        """Names of the table."""

        name = "petition"
        title = "信访与诉求"
        metadata = {"words": ("信访", "热线", "诉求"), "grain": "每件诉求一行", "provider": "12345、四级联动平台"}
