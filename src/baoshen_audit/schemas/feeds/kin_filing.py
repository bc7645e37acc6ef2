"""近亲属享受社会救助备案."""

from __future__ import annotations

from typing import Optional

import polars as pl

from baoshen_audit.schemas.base import Person, field


class KinFiling(Person):
    """One row per staff member and recipient."""

    official_name: Optional[pl.String] = field("工作人员姓名", pii="direct")
    official_id: Optional[pl.String] = field("工作人员身份证号", "id")
    official_employer: Optional[pl.String] = field("工作人员单位", pii="quasi")
    official_post: Optional[pl.String] = field("工作人员职务", aliases=("职务",), pii="quasi")
    relation: Optional[pl.String] = field("与工作人员关系", "code", codes="relation", aliases=("关系",), pii="quasi")
    name: Optional[pl.String] = field("享受对象姓名", pii="direct")
    id_no: Optional[pl.String] = field("享受对象身份证号", "id")
    programme: Optional[pl.String] = field("救助类别", "code", codes="programme", aliases=("救助项目",))
    filed_on: Optional[pl.Date] = field("备案日期", "date")
    valid_to: Optional[pl.Date] = field("备案期限", "date", aliases=("有效期至",))
    county_visit_on: Optional[pl.Date] = field("县级核查日期", "date", aliases=("入户核查",))

    class Config:
        """Names of the table."""

        name = "kin_filing"
        title = "近亲属享受社会救助备案"
        metadata = {
            "words": ("近亲属", "备案", "近亲属备案"),
            "grain": "每名工作人员每名享受对象一行",
            "provider": "镇(街道)、县级民政",
        }
