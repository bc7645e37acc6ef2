"""家庭经济状况核对报告."""

from __future__ import annotations

from typing import Optional

import polars as pl

from baoshen_audit.schemas.base import TableModel, field


class CheckReport(TableModel):
    """One row per report and member."""

    check_report_no: Optional[pl.String] = field(
        "报告号",
        aliases=(
            "核对报告编号",
            "核对报告号",
        ),
    )
    requested_by: Optional[pl.String] = field("委托单位")
    head_name: Optional[pl.String] = field("户主姓名", pii="direct")
    head_id: Optional[pl.String] = field("户主身份证号", "id", aliases=("身份证号",))
    member_name: Optional[pl.String] = field("核对成员", aliases=("成员姓名",), pii="direct")
    member_id: Optional[pl.String] = field("成员身份证号", "id", aliases=("核对成员身份证号",))
    check_date: Optional[pl.Date] = field("核对日期", "date")
    check_result: Optional[pl.String] = field("核对结论", "code", aliases=("结论",), codes="check_result")
    objection: Optional[pl.String] = field("复核申请")
    objection_result: Optional[pl.String] = field("复核结果", "code", codes="objection_result")

    class Config:
        """Names of the table."""

        name = "check_report"
        title = "家庭经济状况核对报告"
        metadata = {
            "words": (
                "核对报告",
                "核对",
            )
        }
