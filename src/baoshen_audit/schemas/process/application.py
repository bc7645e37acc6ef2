"""申请办理过程."""

from __future__ import annotations

from typing import Optional

import polars as pl

from baoshen_audit.schemas.base import Person, field


class ApplicationTable(Person):
    """One row per application or change: 受理—核对—调查—公示—审核确认."""

    case_id: Optional[pl.String] = field(
        "申请编号",
        aliases=(
            "业务流水号",
            "案卷号",
        ),
    )
    programme: Optional[pl.String] = field("救助项目", "code", aliases=("申请项目",), codes="programme")
    accept_date: Optional[pl.Date] = field("受理日期", "date", aliases=("受理时间",))
    receiver: Optional[pl.String] = field("受理人", aliases=("经办人",), pii="direct")
    check_report_no: Optional[pl.String] = field("核对报告号", aliases=("核对报告编号",))
    check_result: Optional[pl.String] = field("核对结论", "code", aliases=("核对结果",), codes="check_result")
    visit_date: Optional[pl.Date] = field("入户调查时间", "date", aliases=("入户日期",))
    visitor_1: Optional[pl.String] = field("调查人1", pii="direct")
    visitor_2: Optional[pl.String] = field("调查人2", pii="direct")
    publicity_start: Optional[pl.Date] = field("公示开始", "date", aliases=("公示开始日期",))
    publicity_end: Optional[pl.Date] = field("公示结束", "date", aliases=("公示结束日期",))
    reviewer: Optional[pl.String] = field("初审人", aliases=("镇审核人",), pii="direct")
    approver: Optional[pl.String] = field("审批人", aliases=("审核确认人",), pii="direct")
    approve_at: Optional[pl.Date] = field(
        "审批时间",
        "date",
        aliases=(
            "审核确认时间",
            "审批日期",
            "审核确认日期",
        ),
    )
    decision: Optional[pl.String] = field("审批结果", "code", aliases=("审核确认结果",), codes="decision")
    reject_reason: Optional[pl.String] = field("驳回原因", aliases=("不予批准原因",))
    special: Optional[pl.Boolean] = field("一事一议", "flag", aliases=("特殊审批",))
    is_kin_filed: Optional[pl.Boolean] = field("是否近亲属备案", "yesno", aliases=("近亲属标记",))
    channel: Optional[pl.String] = field("受理渠道", aliases=("受理方式",))
    window: Optional[pl.String] = field("受理窗口", aliases=("窗口编号",))

    class Config:
        """Names of the table."""

        name = "application"
        title = "申请办理过程"
        metadata = {
            "words": (
                "申请",
                "办理",
                "审批",
            )
        }
