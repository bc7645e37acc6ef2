"""困境儿童、留守儿童."""

from __future__ import annotations

from typing import Optional

import polars as pl

from baoshen_audit.schemas.base import Entitlement, field


class ChildDistressRoll(Entitlement):
    """One row per child; a register, it pays nobody. Sensitive (PIPL §28)."""

    distress_kind: Optional[pl.String] = field("困境类型", "code", aliases=("类别",), pii="sensitive")
    guardianship: Optional[pl.String] = field("监护情况", aliases=("监护状况",), pii="sensitive")
    responsible_person: Optional[pl.String] = field("帮扶责任人", aliases=("儿童主任",), pii="direct")

    class Config:
        """Names of the table."""

        name = "child_distress"
        title = "困境儿童、留守儿童"
        metadata = {"words": ("困境儿童", "留守儿童"), "grain": "每名儿童一行"}
