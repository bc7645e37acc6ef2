"""残疾人证."""

from __future__ import annotations

from typing import Optional

import polars as pl

from baoshen_audit.schemas.base import Person, field


class DisabilityFeed(Person):
    """One row per certificate."""

    disability_cert: Optional[pl.String] = field("残疾证号", aliases=("残疾人证号",), pii="direct")
    disability_kind: Optional[pl.String] = field(
        "残疾类别", "code", codes="disability_kind", aliases=("残疾类型",), pii="sensitive"
    )
    disability_level: Optional[pl.String] = field(
        "残疾等级", "code", codes="disability_level", aliases=("残疾级别",), pii="sensitive"
    )
    cert_status: Optional[pl.String] = field("证件状态", "code", codes="cert_status")
    issued_on: Optional[pl.Date] = field("发证日期", "date")
    valid_to: Optional[pl.Date] = field("有效期止", "date", aliases=("有效期",), note="可写长期")

    class Config:
        """Names of the table."""

        name = "disability"
        title = "残疾人证"
        metadata = {"words": ("残疾人证", "残联"), "grain": "每本证一行", "provider": "残联"}
