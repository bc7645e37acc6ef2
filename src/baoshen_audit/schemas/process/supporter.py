"""赡养抚养扶养义务人."""

from __future__ import annotations

from typing import Optional

import polars as pl

from baoshen_audit.schemas.base import Person, field


class SupporterTable(Person):
    """One row per supporter of an applicant."""

    name: Optional[pl.String] = field("义务人姓名", aliases=("姓名",), pii="direct")
    id_no: Optional[pl.String] = field("义务人身份证号", "id", aliases=("身份证号", "证件号码"))
    beneficiary_name: Optional[pl.String] = field("被赡养人", aliases=("被赡养人姓名",), pii="direct")
    beneficiary_id: Optional[pl.String] = field("被赡养人身份证号", "id", aliases=("被赡养人证件号",))
    relation: Optional[pl.String] = field(
        "与申请人关系", "code", codes="relation", aliases=("关系", "与被赡养人关系"), pii="quasi"
    )
    income: Optional[pl.Int64] = field(
        "义务人家庭收入", "money", aliases=("家庭收入",), pii="sensitive", unit="元/月", ge=0
    )
    family_size: Optional[pl.Int64] = field("家庭人口", "int", unit="人", ge=1, le=30)
    declared_able: Optional[pl.Boolean] = field("认定能力", "yesno", aliases=("有无能力",))
    support_amount: Optional[pl.Int64] = field("应付赡养费", "money", pii="sensitive", unit="元/年", ge=0)

    class Config:
        """Names of the table."""

        name = "supporter"
        title = "赡养抚养扶养义务人"
        metadata = {"words": ("义务人", "赡养", "抚养", "扶养"), "grain": "每名义务人一行"}
