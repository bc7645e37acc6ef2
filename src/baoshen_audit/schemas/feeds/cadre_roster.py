"""干部、经办人员名册."""

from __future__ import annotations

from typing import Optional

import polars as pl

from baoshen_audit.schemas.base import Person, field


class CadreRoster(Person):
    """One row per official and declared relative (an official without relatives has one row)."""

    employer: Optional[pl.String] = field("工作单位", aliases=("单位",), pii="quasi")
    post: Optional[pl.String] = field("职务", aliases=("岗位",), pii="quasi")
    staff_kind: Optional[pl.String] = field("编制性质", "code", aliases=("用工性质", "社会化用工"))
    term_start: Optional[pl.Date] = field("任期起", "date", aliases=("任职时间", "任期开始"))
    term_end: Optional[pl.Date] = field("任期止", "date", aliases=("任期结束",))
    login: Optional[pl.String] = field("系统账号", note="与申请办理过程的经办人对应")
    kin_name: Optional[pl.String] = field("亲属姓名", aliases=("近亲属姓名", "家属姓名"), pii="direct")
    kin_id: Optional[pl.String] = field("亲属身份证号", "id", aliases=("近亲属身份证号", "亲属证件号"))
    kin_relation: Optional[pl.String] = field(
        "亲属关系", "code", codes="relation", aliases=("与本人关系",), pii="quasi"
    )
    hukou_no: Optional[pl.String] = field("户号", aliases=("户口簿号",), pii="direct")
    account_no: Optional[pl.String] = field("工资账户", "account", aliases=("账户",))

    class Config:
        """Names of the table."""

        name = "cadre_roster"
        title = "干部、经办人员名册"
        metadata = {
            "words": ("干部", "干部名册", "工作人员名册"),
            "grain": "每名干部每名亲属一行;没有亲属的干部一行",
            "provider": "组织、民政、镇(街道)、村(居)",
        }
