"""因病致贫家庭."""

from __future__ import annotations

from typing import Optional

import polars as pl

from baoshen_audit.schemas.base import Entitlement, field


class IllnessPovertyRoll(Entitlement):
    """One row per household: families impoverished by medical expenditure."""

    name: Optional[pl.String] = field("户主姓名", aliases=("姓名", "户主", "申请人姓名"), pii="direct")
    id_no: Optional[pl.String] = field(
        "户主身份证号",
        "id",
        aliases=("身份证号", "户主身份证号码", "身份证号码", "公民身份号码", "户主证件号", "证件号码", "证件号"),
        source="GB 11643",
    )
    disease: Optional[pl.String] = field("病种", aliases=("患病病种",), pii="sensitive")
    patient_name: Optional[pl.String] = field("患者姓名", pii="direct")
    patient_id: Optional[pl.String] = field("患者身份证号", "id")
    self_paid: Optional[pl.Int64] = field(
        "自付金额",
        "money",
        aliases=("个人自付", "自费医疗支出"),
        pii="sensitive",
        unit="元",
        note="核算期间内的合计",
        ge=0,
    )
    period_from: Optional[pl.Date] = field("费用起", "date", aliases=("费用开始日期",))
    period_to: Optional[pl.Date] = field("费用止", "date", aliases=("费用截止日期",))
    expense_ratio: Optional[pl.Float64] = field("支出占比", "ratio", aliases=("支出占收入比例",), pii="sensitive", ge=0)

    class Config:
        """Names of the table."""

        name = "illness_poverty"
        title = "因病致贫家庭"
        metadata = {"words": ("因病致贫",), "grain": "每户一行"}
