"""出国(境)定居."""

from __future__ import annotations

from typing import Optional

import polars as pl

from baoshen_audit.schemas.base import Person, field


class ExitFeed(Person):
    """One row per person."""

    settled_on: Optional[pl.Date] = field("定居日期", "date")

    class Config:
        """Names of the table."""

        name = "exit"
        title = "出国(境)定居"
        metadata = {"words": ("出国", "出境", "定居"), "grain": "每人一行", "provider": "公安(出入境)"}
