"""共同生活成员."""

from __future__ import annotations

from typing import Optional

import polars as pl

from baoshen_audit.schemas.base import Entitlement, field


class MemberRoll(Entitlement):
    """One row per member, household and month, for the household programmes."""

    name: Optional[pl.String] = field("成员姓名", aliases=("姓名", "家庭成员姓名"), pii="direct")
    id_no: Optional[pl.String] = field(
        "成员身份证号",
        "id",
        aliases=("身份证号", "成员身份证号码", "成员证件号码", "身份证号码", "公民身份号码", "证件号码", "证件号"),
        source="GB 11643",
    )
    programme: Optional[pl.String] = field(
        "救助项目", "code", codes="programme", aliases=("所属项目", "待遇类别", "补贴项目"), note="属于哪一类家庭"
    )
    is_counted: Optional[pl.Boolean] = field("是否共同生活", "yesno", aliases=("是否计入家庭人口", "是否计入"))
    is_covered: Optional[pl.Boolean] = field("是否保障", "yesno", aliases=("是否享受", "是否保障对象"))
    exclude_reason: Optional[pl.String] = field(
        "不计入原因", "code", codes="exclude_reason", aliases=("不计入人口原因",), pii="sensitive"
    )
    health: Optional[pl.String] = field("健康状况", "code", codes="health", aliases=("身体状况",), pii="sensitive")
    labour: Optional[pl.String] = field("劳动能力", "code", codes="labour", pii="sensitive")
    self_care: Optional[pl.String] = field(
        "自理能力", "code", codes="self_care", aliases=("生活自理能力",), pii="sensitive"
    )
    employment: Optional[pl.String] = field(
        "就业状况", "code", codes="employment", aliases=("从业状况", "职业"), pii="quasi"
    )
    disease: Optional[pl.String] = field("病种", aliases=("患病情况", "大病病种"), pii="sensitive")
    disability_cert: Optional[pl.String] = field(
        "残疾证号", aliases=("残疾人证号",), pii="direct", note="身份证号加类别、等级,换领后加B1、B2"
    )
    disability_kind: Optional[pl.String] = field(
        "残疾类别", "code", codes="disability_kind", aliases=("残疾类型",), pii="sensitive"
    )
    disability_level: Optional[pl.String] = field(
        "残疾等级",
        "code",
        codes="disability_level",
        aliases=("残疾级别",),
        pii="sensitive",
        note="县里的表常常只有非残疾、轻残、重残",
    )
    school: Optional[pl.String] = field("在读学校", aliases=("就读学校",), pii="quasi")
    enrol_date: Optional[pl.Date] = field("入学时间", "date", aliases=("入学年月",))
    income: Optional[pl.Int64] = field(
        "个人收入", "money", aliases=("本人月收入",), pii="sensitive", unit="元/月", ge=0
    )
    supplement_type: Optional[pl.String] = field(
        "分类施保类型", "code", codes="supplement", pii="sensitive", note="每名成员每类只计一次"
    )
    supplement_amount: Optional[pl.Int64] = field("分类施保金额", "money", unit="元/月", ge=0)
    joined_on: Optional[pl.Date] = field("增加日期", "date", aliases=("迁入家庭日期",))
    left_on: Optional[pl.Date] = field("减少日期", "date", aliases=("减员日期",))

    class Config:
        """Names of the table."""

        name = "member"
        title = "共同生活成员"
        metadata = {"words": ("成员", "家庭成员"), "grain": "每名成员每户每月一行,用于低保、低保边缘、刚性支出家庭"}
