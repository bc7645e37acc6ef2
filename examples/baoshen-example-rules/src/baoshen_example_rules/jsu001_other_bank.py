"""JSU001 开户银行不是代发银行."""

from __future__ import annotations

import polars as pl

from baoshen_audit.finding import Grade, Severity, cite
from baoshen_audit.rule import RuleContext, rule


@rule(
    "JSU001",
    "other-bank",
    title="开户银行不是代发银行",
    title_en="Account at a bank that does not pay out",
    severity=Severity.LOW,
    grade=Grade.C,
    key="row_id",
    needs=("dibao: name bank account_no? status?",),
    message="开户银行“{bank}”不在本县代发银行之内,发放可能被退回",
    message_en="The account is at {bank}, which does not pay out for this county",
    basis=("baoshen-defaults",),
    since="0.1",
)
def other_bank(
    dibao: pl.LazyFrame, *, ctx: RuleContext, banks: tuple[str, ...] = ("农村商业银行", "农商")
) -> pl.LazyFrame:
    """低保名册的开户银行与本县代发银行的比对。

    ## 查什么
    在保家庭的开户银行名称里没有任何一家代发银行的字样。代发银行用参数 banks 设定,写名称中的关键字。

    ## 为什么
    救助资金由县里委托的银行统一代发。账户开在别的银行,发放常被退回,家庭拿不到钱。

    ## 常见误报
    - 银行已更名,或名册写的是简称:把简称加进参数。
    - 开户银行一栏空着:不报。

    ## 怎样核实
    - 查最近一次发放结果,是否已退回
    - 联系家庭,换登记代发银行的账户

    ## 处理
    更新名册的开户银行和账号;已退回的按程序重发。

    ## 示例
    **低保家庭**

    | 户编号 | 户主姓名 | 户主身份证号 | 乡镇 | 开户银行 | 状态 |
    |---|---|---|---|---|---|
    | H1 | 王一山 | {甲} | 甲镇 | 江南农村商业银行 | 在保 |
    | H2 | 李二梅 | {乙} | 甲镇 | 某某外省银行 | 在保 |

    **疑点**

    | 等级 | 说明 |
    |---|---|
    | C | 开户银行“某某外省银行”不在本县代发银行之内 |
    """
    listed = pl.col("bank").str.contains_any(list(banks))
    return dibao.filter(pl.col("status").fill_null("在保").is_in(["在保", "渐退"]), ~listed).with_columns(
        pl.col("row_id").alias("subject_row"),
        cite("name", "bank", "account_no").alias("evidence"),
    )
