"""申请办理过程."""

from __future__ import annotations

from typing import Optional

import polars as pl

from baoshen_audit.schemas.base import Person, field


class ApplicationTable(Person):
    """One row per application or change: 受理—核对—调查—公示—审核确认."""

    case_id: Optional[pl.String] = field("申请编号", aliases=("业务流水号", "案卷号"))
    programme: Optional[pl.String] = field("救助项目", "code", codes="programme", aliases=("申请项目",))
    apply_date: Optional[pl.Date] = field("申请日期", "date", aliases=("申请时间",))
    accept_date: Optional[pl.Date] = field("受理日期", "date", aliases=("受理时间",))
    receiver: Optional[pl.String] = field("受理人", aliases=("经办人",), pii="direct")
    check_request_no: Optional[pl.String] = field("核对委托号", aliases=("核对委托编号",))
    check_request_date: Optional[pl.Date] = field("核对委托日期", "date")
    check_report_no: Optional[pl.String] = field("核对报告号", aliases=("核对报告编号",), note="见核对报告")
    check_result: Optional[pl.String] = field("核对结论", "code", codes="check_result", aliases=("核对结果",))
    check_date: Optional[pl.Date] = field("核对日期", "date")
    visit_date: Optional[pl.Date] = field("入户调查时间", "date", aliases=("入户日期", "入户调查日期"))
    visit_start: Optional[pl.Datetime] = field("入户开始时间", "datetime", aliases=("入户时刻",))
    visit_minutes: Optional[pl.Int64] = field(
        "入户分钟数", "int", aliases=("入户时长", "调查时长"), unit="分钟", ge=0, le=1440
    )
    visitor_1: Optional[pl.String] = field("调查人1", aliases=("入户调查人员",), pii="direct")
    visitor_2: Optional[pl.String] = field("调查人2", pii="direct", note="入户调查须两人以上")
    visit_gps: Optional[pl.String] = field("调查定位", aliases=("经纬度",), pii="direct", unit="度")
    photo_hash: Optional[pl.String] = field("调查照片", aliases=("照片",), note="只收照片摘要,不收照片")
    appraisal_date: Optional[pl.Date] = field("民主评议日期", "date", note="2021年起不是必经程序")
    appraisal_result: Optional[pl.String] = field("评议结果", "code", aliases=("民主评议结果",))
    publicity_start: Optional[pl.Date] = field("公示开始", "date", aliases=("公示开始日期",))
    publicity_end: Optional[pl.Date] = field("公示结束", "date", aliases=("公示结束日期",))
    publicity_place: Optional[pl.String] = field("公示地点")
    publicity_skipped: Optional[pl.Boolean] = field(
        "跳过公示", "flag", aliases=("免公示原因",), note="未成年人、受害人依法不公示"
    )
    reviewer: Optional[pl.String] = field("初审人", aliases=("镇审核人",), pii="direct")
    review_at: Optional[pl.Datetime] = field("初审时间", "datetime", aliases=("镇审核时间",))
    approver: Optional[pl.String] = field("审批人", aliases=("审核确认人",), pii="direct")
    approve_at: Optional[pl.Date] = field("审批时间", "date", aliases=("审核确认时间", "审批日期", "审核确认日期"))
    decision: Optional[pl.String] = field("审批结果", "code", codes="decision", aliases=("审核确认结果",))
    reject_reason: Optional[pl.String] = field("驳回原因", aliases=("不予批准原因",))
    special: Optional[pl.Boolean] = field("一事一议", "flag", aliases=("特殊审批",))
    fast_track: Optional[pl.Boolean] = field("紧急程序", "yesno", aliases=("先行救助",))
    is_kin_filed: Optional[pl.Boolean] = field("是否近亲属备案", "yesno", aliases=("近亲属标记",))
    channel: Optional[pl.String] = field("受理渠道", "code", codes="channel", aliases=("受理方式",))
    window: Optional[pl.String] = field("受理窗口", aliases=("窗口编号",))

    class Config:
        """Names of the table."""

        name = "application"
        title = "申请办理过程"
        metadata = {"words": ("申请", "办理", "审批"), "grain": "每件申请或变更一行"}
