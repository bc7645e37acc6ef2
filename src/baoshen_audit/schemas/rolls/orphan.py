"""孤儿."""

from __future__ import annotations

from typing import Optional

import polars as pl

from baoshen_audit.schemas.base import Entitlement, field


class OrphanRoll(Entitlement):
    """One row per child and month. Children's data are sensitive (PIPL §28); never published."""

    child_kind: Optional[pl.String] = field("儿童类别", "code", codes="distress", aliases=("类别",), pii="sensitive")
    raising_mode: Optional[pl.String] = field("养育方式", "code", codes="raising_mode", aliases=("安置方式",))
    father_status: Optional[pl.String] = field("父亲状况", "code", codes="parent_status", pii="sensitive")
    mother_status: Optional[pl.String] = field("母亲状况", "code", codes="parent_status", pii="sensitive")
    father_id: Optional[pl.String] = field("父亲身份证号", "id")
    mother_id: Optional[pl.String] = field("母亲身份证号", "id")
    school: Optional[pl.String] = field("就读学校", aliases=("学校",), pii="quasi")
    in_school: Optional[pl.Boolean] = field("是否在校", "yesno", aliases=("在读情况",))
    monthly_amount: Optional[pl.Int64] = field(
        "月保障金额",
        "money",
        aliases=("月标准", "养育标准", "基本生活费", "月补助金额", "保障金", "发放标准", "金额"),
        unit="元/月",
        note="社会散居与机构养育标准不同",
        ge=0,
    )

    class Config:
        """Names of the table."""

        name = "orphan"
        title = "孤儿"
        metadata = {"words": ("孤儿",), "grain": "每名儿童每月一行;不公示"}
