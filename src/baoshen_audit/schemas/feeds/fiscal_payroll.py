"""财政供养人员."""

from __future__ import annotations

from typing import Optional

import polars as pl

from baoshen_audit.schemas.base import Person, field


class FiscalPayrollFeed(Person):
    """One row per person and month or quarter; 基本, 新增 and 退出 may be three files."""

    employer: Optional[pl.String] = field("单位", aliases=("单位名称", "工作单位"), pii="quasi")
    staff_kind: Optional[pl.String] = field("人员性质", "code", aliases=("编制性质",))
    payroll_status: Optional[pl.String] = field("人员状态", "code", codes="payroll_status", aliases=("状态",))
    gross: Optional[pl.Int64] = field("应发", "money", aliases=("应发工资",), pii="sensitive", unit="元/月", ge=0)
    month: Optional[pl.Date] = field("工资月份", "month", aliases=("月份", "所属月份"))
    file_kind: Optional[pl.String] = field("增减类型", "code", codes="payroll_file")

    class Config:
        """Names of the table."""

        name = "fiscal_payroll"
        title = "财政供养人员"
        metadata = {"words": ("财政供养", "编制", "工资"), "grain": "每人每月或每季一行", "provider": "财政、编办"}
