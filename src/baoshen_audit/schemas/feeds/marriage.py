"""婚姻登记."""

from __future__ import annotations

from typing import Optional

import polars as pl

from baoshen_audit.schemas.base import TableModel, field


class MarriageFeed(TableModel):
    """One row per registration (local offices only; court divorces are not in it)."""

    man_name: Optional[pl.String] = field("男方姓名", pii="direct")
    man_id: Optional[pl.String] = field("男方身份证号", "id", aliases=("男方证件号",))
    woman_name: Optional[pl.String] = field("女方姓名", pii="direct")
    woman_id: Optional[pl.String] = field("女方身份证号", "id", aliases=("女方证件号",))
    kind: Optional[pl.String] = field("登记类别", "code", codes="marriage_kind", aliases=("业务类型",))
    registered_on: Optional[pl.Date] = field("登记日期", "date")
    office: Optional[pl.String] = field("登记机关")

    class Config:
        """Names of the table."""

        name = "marriage"
        title = "婚姻登记"
        metadata = {"words": ("婚姻", "婚姻登记"), "grain": "每次登记一行", "provider": "民政(婚姻登记处)"}
