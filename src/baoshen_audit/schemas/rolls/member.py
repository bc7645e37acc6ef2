"""共同生活成员."""

from __future__ import annotations

from typing import Optional

import polars as pl

from baoshen_audit.schemas.base import Entitlement, field


class MemberRoll(Entitlement):
    """One row per member, household and month, for the household programmes."""

    name: Optional[pl.String] = field(
        "成员姓名",
        aliases=(
            "姓名",
            "家庭成员姓名",
        ),
        pii="direct",
    )
    id_no: Optional[pl.String] = field(
        "成员身份证号",
        "id",
        aliases=(
            "身份证号",
            "成员身份证号码",
            "成员证件号码",
            "身份证号码",
            "公民身份号码",
            "证件号码",
            "证件号",
        ),
    )
    is_counted: Optional[pl.Boolean] = field(
        "是否共同生活",
        "yesno",
        aliases=(
            "是否计入家庭人口",
            "是否计入",
        ),
    )
    is_covered: Optional[pl.Boolean] = field(
        "是否保障",
        "yesno",
        aliases=(
            "是否享受",
            "是否保障对象",
        ),
    )
    exclude_reason: Optional[pl.String] = field(
        "不计入原因", "code", aliases=("不计入人口原因",), codes="exclude_reason", pii="sensitive"
    )
    health: Optional[pl.String] = field("健康状况", aliases=("身体状况",), pii="sensitive")
    employment: Optional[pl.String] = field(
        "就业状况",
        aliases=(
            "从业状况",
            "职业",
        ),
        pii="quasi",
    )
    disability_level: Optional[pl.String] = field("残疾等级", aliases=("残疾级别",), pii="sensitive")
    income: Optional[pl.Int64] = field(
        "个人收入", "money", aliases=("本人月收入",), unit="元/月", pii="sensitive", ge=0
    )
    joined_on: Optional[pl.Date] = field("增加日期", "date", aliases=("迁入家庭日期",))
    left_on: Optional[pl.Date] = field("减少日期", "date", aliases=("减员日期",))

    class Config:
        """Names of the table."""

        name = "member"
        title = "共同生活成员"
        metadata = {
            "words": (
                "成员",
                "家庭成员",
            )
        }
