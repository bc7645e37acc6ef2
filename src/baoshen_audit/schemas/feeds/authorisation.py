"""核对授权."""

from __future__ import annotations

from typing import Optional

import polars as pl

from baoshen_audit.schemas.base import Person, field


class AuthorisationFeed(Person):
    """One row per signer."""

    authorisation_no: Optional[pl.String] = field("授权书号")
    name: Optional[pl.String] = field("成员姓名", aliases=("姓名",), pii="direct")
    id_no: Optional[pl.String] = field("成员身份证号", "id", aliases=("身份证号", "身份证号码", "证件号码"))
    signed_on: Optional[pl.Date] = field("签署日期", "date")
    signed_by: Optional[pl.String] = field("代签人", aliases=("监护人签字",), pii="direct")
    proxy_reason: Optional[pl.String] = field("代签原因")
    valid_to: Optional[pl.Date] = field(
        "有效期", "date", aliases=("有效期止", "有效期至"), note="江苏的授权书在享受期间有效"
    )

    class Config:
        """Names of the table."""

        name = "authorisation"
        title = "核对授权"
        metadata = {"words": ("核对授权", "授权书"), "grain": "每名签署人一行", "provider": "镇(街道)"}
