"""代领授权."""

from __future__ import annotations

from typing import Optional

import polars as pl

from baoshen_audit.schemas.base import Person, field


class MandateTable(Person):
    """One row per mandate to collect for somebody; institutions' collective accounts stand here too."""

    name: Optional[pl.String] = field("委托人", aliases=("委托人姓名",), pii="direct")
    id_no: Optional[pl.String] = field("委托人身份证号", "id", aliases=("委托人证件号",))
    collector_name: Optional[pl.String] = field("受托人", aliases=("受托人姓名", "代领人", "代领人姓名"), pii="direct")
    collector_id: Optional[pl.String] = field("受托人身份证号", "id", aliases=("代领人身份证号",))
    relation: Optional[pl.String] = field(
        "关系", "code", codes="relation", aliases=("与委托人关系",), pii="quasi", note="受托人对委托人"
    )
    account_no: Optional[pl.String] = field("账户", "account", aliases=("账号", "银行账号"))
    valid_from: Optional[pl.Date] = field("委托起", "date", aliases=("委托起始日期",))
    valid_to: Optional[pl.Date] = field("委托止", "date", aliases=("委托截止日期",))
    is_institution: Optional[pl.Boolean] = field(
        "机构账户", "yesno", aliases=("是否机构账户",), note="敬老院、福利院、监护机构的集中账户"
    )

    class Config:
        """Names of the table."""

        name = "mandate"
        title = "代领授权"
        metadata = {"words": ("代领", "授权", "委托"), "grain": "每份委托一行"}
