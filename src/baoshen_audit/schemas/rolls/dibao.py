"""低保家庭."""

from __future__ import annotations

from typing import Optional

import polars as pl

from baoshen_audit.schemas.base import Entitlement, field


class DibaoRoll(Entitlement):
    """One row per household and month; the person columns are the head's."""

    name: Optional[pl.String] = field(
        "户主姓名",
        aliases=(
            "姓名",
            "户主",
            "申请人姓名",
        ),
        pii="direct",
    )
    id_no: Optional[pl.String] = field(
        "户主身份证号",
        "id",
        aliases=(
            "身份证号",
            "户主身份证号码",
            "身份证号码",
            "公民身份号码",
            "户主证件号",
            "证件号码",
            "证件号",
        ),
    )
    family_size: Optional[pl.Int64] = field(
        "家庭人口",
        "int",
        aliases=(
            "家庭人数",
            "家庭成员数",
            "人口数",
            "家庭人口数",
        ),
        unit="人",
        ge=1,
        le=30,
    )
    covered_count: Optional[pl.Int64] = field(
        "保障人口",
        "int",
        aliases=(
            "享受人数",
            "保障人数",
            "低保人数",
        ),
        unit="人",
        ge=0,
        le=30,
    )
    urban_rural: Optional[pl.String] = field(
        "城乡类别",
        "code",
        aliases=(
            "城市/农村",
            "低保类型",
            "城乡",
        ),
        codes="urban_rural",
    )
    category: Optional[pl.String] = field(
        "保障类别",
        "code",
        aliases=(
            "单人保/整户保",
            "救助对象类别",
        ),
        codes="category",
    )
    income_month: Optional[pl.Int64] = field(
        "家庭月收入",
        "money",
        aliases=(
            "月总收入",
            "家庭月总收入",
        ),
        unit="元/月",
        pii="sensitive",
        ge=0,
    )
    employment_cost: Optional[pl.Int64] = field(
        "就业成本扣减", "money", aliases=("就业成本",), unit="元/月", pii="sensitive", ge=0
    )
    rigid_exp: Optional[pl.Int64] = field(
        "刚性支出", "money", aliases=("家庭刚性支出",), unit="元/月", pii="sensitive", ge=0
    )
    standard: Optional[pl.Int64] = field("保障标准", "money", aliases=("低保标准",), unit="元/月/人", ge=0)
    top_up: Optional[pl.Int64] = field(
        "补差金额",
        "money",
        aliases=(
            "户月补差",
            "差额",
        ),
        unit="元/月",
        ge=0,
    )
    supplement_type: Optional[pl.String] = field("分类施保类型", aliases=("分类施保对象",), pii="sensitive")
    supplement_amount: Optional[pl.Int64] = field(
        "分类施保金额",
        "money",
        aliases=(
            "增发金额",
            "分类救助金",
        ),
        unit="元/月",
        ge=0,
    )
    monthly_amount: Optional[pl.Int64] = field(
        "户月保障金",
        "money",
        aliases=(
            "月保障金",
            "户月发放金额",
            "月保障金额",
            "月补助金额",
        ),
        unit="元/月",
        ge=0,
    )
    grace_start: Optional[pl.Date] = field("渐退开始", "month", aliases=("渐退起",))
    grace_end: Optional[pl.Date] = field("渐退结束", "month", aliases=("渐退止",))
    last_review: Optional[pl.Date] = field(
        "最近复核日期",
        "date",
        aliases=(
            "上次复核",
            "年审日期",
        ),
    )
    prev_case_id: Optional[pl.String] = field("原档案号", aliases=("原家庭编号",))

    class Config:
        """Names of the table."""

        name = "dibao"
        title = "低保家庭"
        metadata = {
            "words": (
                "低保",
                "最低生活保障",
            )
        }
