"""刚性支出困难家庭."""

from __future__ import annotations

from typing import Optional

import polars as pl

from baoshen_audit.schemas.base import field
from baoshen_audit.schemas.rolls.dibao import DibaoRoll
from baoshen_audit.schemas.rolls.illness_poverty import IllnessPovertyRoll


class RigidRoll(IllnessPovertyRoll, DibaoRoll):
    """One row per household, with the columns of both `dibao` and `illness_poverty`."""

    rigid_exp: Optional[pl.Int64] = field(
        "刚性支出合计",
        "money",
        aliases=("刚性支出", "家庭刚性支出"),
        pii="sensitive",
        unit="元",
        note="医疗、教育、住房等的合计",
        ge=0,
    )
    expense_kind: Optional[pl.String] = field("支出类别", "code", pii="sensitive")
    recognised_on: Optional[pl.Date] = field("认定日期", "date", aliases=("确认日期",))
    valid_to: Optional[pl.Date] = field("有效期止", "date", aliases=("有效期至", "到期日"), note="可写长期")

    class Config:
        """Names of the table."""

        name = "rigid"
        title = "刚性支出困难家庭"
        metadata = {"words": ("刚性支出", "支出型"), "grain": "每户一行;低保家庭和因病致贫家庭的各栏"}
