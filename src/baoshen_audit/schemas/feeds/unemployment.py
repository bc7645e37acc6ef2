"""失业、就业."""

from __future__ import annotations

from typing import Optional

import polars as pl

from baoshen_audit.schemas.base import Person, field


class UnemploymentFeed(Person):
    """One row per person."""

    registered: Optional[pl.Boolean] = field("失业登记", "yesno", aliases=("是否失业登记",))
    registered_on: Optional[pl.Date] = field("登记日期", "date")
    benefit: Optional[pl.Int64] = field("失业金", "money", aliases=("失业保险金",), pii="sensitive", unit="元/月", ge=0)
    public_post: Optional[pl.Boolean] = field("公益岗", "flag", aliases=("公益性岗位",))
    employer: Optional[pl.String] = field("就业登记单位", pii="quasi")

    class Config:
        """Names of the table."""

        name = "unemployment"
        title = "失业、就业"
        metadata = {"words": ("失业", "就业", "公益性岗位"), "grain": "每人一行", "provider": "人社"}
