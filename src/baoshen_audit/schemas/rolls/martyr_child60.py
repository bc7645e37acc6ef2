"""60周岁以上烈士子女."""

from __future__ import annotations

from typing import Optional

import polars as pl

from baoshen_audit.schemas.base import Entitlement, field


class MartyrChild60Roll(Entitlement):
    """One row per person and month; some rolls hold children of the rehabilitated too."""

    martyr_name: Optional[pl.String] = field("烈士姓名", aliases=("烈士",), pii="direct")
    martyr_relation: Optional[pl.String] = field("与烈士关系", "code", codes="relation", pii="quasi")
    state_allowance: Optional[pl.Boolean] = field(
        "是否享受国家定期补助", "yesno", aliases=("补助情况",), note="享受物价补贴的条件"
    )

    class Config:
        """Names of the table."""

        name = "martyr_child60"
        title = "60周岁以上烈士子女"
        metadata = {"words": ("烈士子女",), "grain": "每人每月一行"}
