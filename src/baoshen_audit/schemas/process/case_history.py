"""变更与停保记录."""

from __future__ import annotations

from typing import Optional

import polars as pl

from baoshen_audit.schemas.base import Person, field


class CaseHistoryTable(Person):
    """One row per change of a case."""

    case_id: Optional[pl.String] = field("案卷号", aliases=("案卷编号",))
    change_type: Optional[pl.String] = field("变更类型", "code", codes="change_type")
    effective_month: Optional[pl.Date] = field("生效月份", "month", aliases=("执行月份",))
    decided_on: Optional[pl.Date] = field("决定日期", "date", aliases=("审批日期",))
    before: Optional[pl.String] = field("变更前", pii="sensitive", note="文字或金额")
    after: Optional[pl.String] = field("变更后", pii="sensitive", note="文字或金额")
    reason: Optional[pl.String] = field("变更原因", aliases=("停保原因",), pii="sensitive")
    doc_no: Optional[pl.String] = field("决定文号", aliases=("文书号",))
    notice_date: Optional[pl.Date] = field("告知日期", "date", aliases=("送达日期",))
    notice_method: Optional[pl.String] = field("告知方式", "code", aliases=("送达", "送达方式"))
    reply_due: Optional[pl.Date] = field("申辩期限", "date")
    reply: Optional[pl.String] = field("申辩意见", pii="sensitive")
    checked_by: Optional[pl.String] = field("人工核查人", aliases=("核查人",), pii="direct", note="空白即无人核查")
    checked_on: Optional[pl.Date] = field("核查日期", "date")
    decided_by: Optional[pl.String] = field("决定人", pii="direct")

    class Config:
        """Names of the table."""

        name = "case_history"
        title = "变更与停保记录"
        metadata = {"words": ("变更", "停保记录", "动态管理"), "grain": "每次变更一行"}
