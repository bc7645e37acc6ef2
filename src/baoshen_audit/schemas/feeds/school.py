"""学籍."""

from __future__ import annotations

from typing import Optional

import polars as pl

from baoshen_audit.schemas.base import Person, field


class SchoolFeed(Person):
    """One row per enrolment."""

    school: Optional[pl.String] = field("学校", aliases=("学校名称",), pii="quasi")
    stage: Optional[pl.String] = field("学段", "code", aliases=("学历层次",))
    enrol_status: Optional[pl.String] = field("学籍状态", "code", codes="enrol_status")
    enrol_date: Optional[pl.Date] = field("入学日期", "date")
    leave_date: Optional[pl.Date] = field("毕业日期", "date", aliases=("离校日期",))

    class Config:
        """Names of the table."""

        name = "school"
        title = "学籍"
        metadata = {"words": ("学籍", "在校学生"), "grain": "每条学籍一行", "provider": "教育、人社(技校)"}
