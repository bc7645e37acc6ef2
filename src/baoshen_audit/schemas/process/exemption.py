"""财产豁免台账."""

from __future__ import annotations

from typing import Optional

import polars as pl

from baoshen_audit.schemas.base import Person, field


class ExemptionTable(Person):
    """One row per exempted item."""

    name: Optional[pl.String] = field("豁免对象", aliases=("姓名", "豁免对象姓名"), pii="direct")
    kind: Optional[pl.String] = field("豁免类型", "code", codes="exemption_kind")
    item: Optional[pl.String] = field("财产项目", aliases=("车牌", "房产证号"), pii="direct")
    doc_no: Optional[pl.String] = field("批准文号", aliases=("依据",))
    valid_from: Optional[pl.Date] = field("起始", "date", aliases=("起始日期",))
    valid_to: Optional[pl.Date] = field("截止", "date", aliases=("截止日期",))

    class Config:
        """Names of the table."""

        name = "exemption"
        title = "财产豁免台账"
        metadata = {"words": ("豁免", "财产豁免"), "grain": "每项豁免一行"}
