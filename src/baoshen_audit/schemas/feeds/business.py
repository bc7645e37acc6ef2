"""市场主体登记."""

from __future__ import annotations

from typing import Optional

import polars as pl

from baoshen_audit.schemas.base import Person, field


class BusinessFeed(Person):
    """One row per person and entity."""

    entity_name: Optional[pl.String] = field("企业名称", aliases=("名称", "字号", "市场主体名称"), pii="quasi")
    uscc: Optional[pl.String] = field("统一社会信用代码", aliases=("注册号",))
    entity_kind: Optional[pl.String] = field("主体类型", "code", aliases=("类型",))
    role: Optional[pl.String] = field("角色", "code", aliases=("职务",))
    capital: Optional[pl.Int64] = field("出资额", "money", aliases=("认缴出资额",), unit="万元", ge=0)
    share: Optional[pl.Float64] = field("持股比例", "ratio", ge=0, le=1)
    founded_on: Optional[pl.Date] = field("成立日期", "date")
    cancelled_on: Optional[pl.Date] = field("注销日期", "date")
    entity_status: Optional[pl.String] = field(
        "登记状态", "code", codes="entity_status", aliases=("状态",), note="吊销不是注销"
    )
    activity: Optional[pl.String] = field("纳税申报", aliases=("开票", "参保人数"), note="正在经营的迹象")

    class Config:
        """Names of the table."""

        name = "business"
        title = "市场主体登记"
        metadata = {"words": ("市场主体", "工商", "企业登记"), "grain": "每人每个主体一行", "provider": "市场监管"}
