"""低保家庭."""

from __future__ import annotations

from typing import Optional

import polars as pl

from baoshen_audit.schemas.base import Entitlement, field


class DibaoRoll(Entitlement):
    """One row per household and month; the person columns are the head's. Also split in two files, urban and rural."""

    name: Optional[pl.String] = field("户主姓名", aliases=("姓名", "户主", "申请人姓名"), pii="direct")
    id_no: Optional[pl.String] = field(
        "户主身份证号",
        "id",
        aliases=("身份证号", "户主身份证号码", "身份证号码", "公民身份号码", "户主证件号", "证件号码", "证件号"),
        source="GB 11643",
    )
    family_size: Optional[pl.Int64] = field(
        "家庭人口",
        "int",
        aliases=("家庭人数", "家庭成员数", "人口数", "家庭人口数"),
        unit="人",
        note="申报的人数",
        ge=1,
        le=30,
    )
    covered_count: Optional[pl.Int64] = field(
        "保障人口", "int", aliases=("享受人数", "保障人数", "低保人数"), unit="人", ge=0, le=30
    )
    urban_rural: Optional[pl.String] = field(
        "城乡类别",
        "code",
        codes="urban_rural",
        aliases=("城市/农村", "低保类型", "城乡", "救助类别"),
        note="选用哪个标准",
    )
    category: Optional[pl.String] = field(
        "保障类别", "code", codes="category", aliases=("单人保/整户保", "救助对象类别")
    )
    class_: Optional[pl.String] = field(
        "家庭类别", "code", codes="class", aliases=("类别A/B/C", "分类"), note="决定复核周期", name="class"
    )
    income_month: Optional[pl.Int64] = field(
        "家庭月收入", "money", aliases=("月总收入", "家庭月总收入"), pii="sensitive", unit="元/月", ge=0
    )
    income_year: Optional[pl.Int64] = field(
        "家庭年收入", "money", aliases=("年总收入",), pii="sensitive", unit="元/年", note="不摊到没有收入的月份", ge=0
    )
    income_wage: Optional[pl.Int64] = field(
        "工资性收入", "money", pii="sensitive", unit="元/月", note="所属期间在导入配置中写明", ge=0
    )
    income_business: Optional[pl.Int64] = field(
        "经营净收入", "money", aliases=("家庭经营净收入",), pii="sensitive", unit="元/月"
    )
    income_property: Optional[pl.Int64] = field(
        "财产净收入", "money", aliases=("财产性收入",), pii="sensitive", unit="元/月"
    )
    income_transfer: Optional[pl.Int64] = field(
        "转移净收入", "money", aliases=("转移性收入",), pii="sensitive", unit="元/月"
    )
    income_other: Optional[pl.Int64] = field("其他收入", "money", pii="sensitive", unit="元/月", ge=0)
    support_income: Optional[pl.Int64] = field(
        "赡养费", "money", aliases=("赡(抚、扶)养费",), pii="sensitive", unit="元/年", note="真实表格按年填写", ge=0
    )
    land_income: Optional[pl.Int64] = field(
        "土地收入",
        "money",
        aliases=("承包地收入", "土地流转收入"),
        pii="sensitive",
        unit="元/年",
        note="按年填写",
        ge=0,
    )
    agri_subsidy: Optional[pl.Int64] = field(
        "农业补贴", "money", aliases=("惠农补贴",), pii="sensitive", unit="元/年", note="按年填写", ge=0
    )
    employment_cost: Optional[pl.Int64] = field(
        "就业成本扣减", "money", aliases=("就业成本",), pii="sensitive", unit="元/月", note="扣减办法由政策规定", ge=0
    )
    rigid_exp: Optional[pl.Int64] = field(
        "刚性支出", "money", aliases=("家庭刚性支出",), pii="sensitive", unit="元/月", ge=0
    )
    per_capita_income: Optional[pl.Int64] = field(
        "人均月收入", "money", aliases=("月人均收入",), pii="sensitive", unit="元/月/人", note="不据此计算补差", ge=0
    )
    standard: Optional[pl.Int64] = field(
        "保障标准", "money", aliases=("低保标准",), unit="元/月/人", note="与政策标准核对,不直接采用", ge=0
    )
    top_up: Optional[pl.Int64] = field(
        "补差金额", "money", aliases=("户月补差", "差额"), unit="元/月", note="标准×人数-收入", ge=0
    )
    supplement_type: Optional[pl.String] = field(
        "分类施保类型", aliases=("分类施保对象",), pii="sensitive", note="一户可有几类,按原文保留"
    )
    supplement_amount: Optional[pl.Int64] = field(
        "分类施保金额", "money", aliases=("增发金额", "分类救助金"), unit="元/月", ge=0
    )
    monthly_amount: Optional[pl.Int64] = field(
        "户月保障金",
        "money",
        aliases=("月保障金", "户月发放金额", "月保障金额", "月补助金额", "保障金", "金额"),
        unit="元/月",
        note="审批总额:补差加分类施保",
        ge=0,
    )
    assets: Optional[pl.Int64] = field(
        "家庭财产", "money", aliases=("财产总额",), pii="sensitive", unit="元", note="元或万元,须写明单位", ge=0
    )
    grace_start: Optional[pl.Date] = field("渐退开始", "month", aliases=("渐退起",))
    grace_end: Optional[pl.Date] = field("渐退结束", "month", aliases=("渐退止",))
    grace_reason: Optional[pl.String] = field("渐退原因")
    last_review: Optional[pl.Date] = field("最近复核日期", "date", aliases=("上次复核", "年审日期"))
    prev_case_id: Optional[pl.String] = field("原档案号", aliases=("原家庭编号",), note="户主死亡或变更后与原档案衔接")
    channel: Optional[pl.String] = field("受理渠道", "code", codes="channel", aliases=("受理方式",))
    window: Optional[pl.String] = field("受理窗口", aliases=("窗口编号",), note="一门受理窗口")
    housing: Optional[pl.String] = field("住房状况", "code", codes="housing", aliases=("住房情况",), pii="quasi")
    cause: Optional[pl.String] = field("致贫原因", "code", aliases=("主要致贫原因",), pii="sensitive")

    class Config:
        """Names of the table."""

        name = "dibao"
        title = "低保家庭"
        metadata = {"words": ("低保", "最低生活保障"), "grain": "每户每月一行;人员通用栏是户主"}
