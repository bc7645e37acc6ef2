"""银行存款."""

from __future__ import annotations

from typing import Optional

import polars as pl

from baoshen_audit.schemas.base import Person, field


class BankFeed(Person):
    """One row per account; only 'over the limit' by band unless detail is asked for."""

    name: Optional[pl.String] = field("户名", aliases=("姓名", "账户姓名"), pii="direct")
    id_no: Optional[pl.String] = field("证件号", "id", aliases=("证件号码", "身份证号", "身份证号码"))
    account_no: Optional[pl.String] = field(
        "账号", aliases=("银行账号", "银行卡号", "卡号"), pii="direct", note="多已打码,按原样保留"
    )
    balance: Optional[pl.Int64] = field("余额", "money", aliases=("存款余额",), pii="sensitive", unit="元")
    as_of: Optional[pl.Date] = field("截止日", "date", aliases=("查询时点",))
    deposit_kind: Optional[pl.String] = field("存款类型", "code", aliases=("定/活期",))
    balance_avg: Optional[pl.Int64] = field(
        "月均余额", "money", aliases=("近N月均", "近3月均", "近6月均", "近12月均"), pii="sensitive", unit="元"
    )

    class Config:
        """Names of the table."""

        name = "bank"
        title = "银行存款"
        metadata = {
            "words": ("银行存款", "存款"),
            "grain": "每个账户一行,或每户一段文字",
            "provider": "银行(经省级平台)",
        }
