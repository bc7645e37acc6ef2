"""发放明细."""

from __future__ import annotations

from typing import Optional

import polars as pl

from baoshen_audit.schemas.base import Person, field


class PaymentTable(Person):
    """One row per payment attempt."""

    batch_no: Optional[pl.String] = field("批次号", aliases=("发放批次",))
    entitlement_month: Optional[pl.Date] = field(
        "发放月份", "month", aliases=("所属月份", "待遇月份"), note="这笔钱是哪个月的待遇"
    )
    pay_date: Optional[pl.Date] = field("发放日期", "date", aliases=("打卡日期", "到账日期"), note="钱动的那一天")
    programme: Optional[pl.String] = field(
        "补贴项目", "code", codes="programme", aliases=("项目名称", "资金类别", "救助项目")
    )
    amount_due: Optional[pl.Int64] = field("应发", "money", aliases=("应发金额",), unit="元")
    deduction: Optional[pl.Int64] = field("扣款", "money", aliases=("扣回", "抵扣"), unit="元")
    arrears: Optional[pl.Int64] = field("补发", "money", aliases=("补发金额",), unit="元")
    kind: Optional[pl.String] = field("发放类型", "code", codes="payment_kind", aliases=("补发/扣回标志",))
    amount_paid: Optional[pl.Int64] = field("实发", "money", aliases=("实发金额", "发放金额"), unit="元")
    persons: Optional[pl.Int64] = field("发放人数", "int", aliases=("人数",), unit="人", note="按户发放时的人数", ge=0)
    result: Optional[pl.String] = field("发放结果", "code", codes="payment_result", aliases=("状态",))
    return_reason: Optional[pl.String] = field("退回原因")

    class Config:
        """Names of the table."""

        name = "payment"
        title = "发放明细"
        metadata = {"words": ("发放", "发放明细", "社会化发放"), "grain": "每次发放一行"}
