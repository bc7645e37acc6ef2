"""DUP112 同期重复发放."""

from __future__ import annotations

from typing import Final

import polars as pl

from baoshen_audit.finding import Grade, Severity, cite, cites
from baoshen_audit.rule import RuleContext, rule, yuan
from baoshen_audit.rules import ARRIVED, approved_amounts, titled

_ELSEWHERE: Final = ("price_subsidy", "addon", "temporary_relief")
"""Paid more than once by their nature, or by rules of their own (DUP114, DUP115; rules.md §1.5)."""


@rule(
    "DUP112",
    "paid-twice-in-a-month",
    title="同期重复发放",
    title_en="Double payment in one month",
    severity=Severity.HIGH,
    grade=Grade.A,
    key="person_key",
    needs=(
        "payment: name? id_no programme entitlement_month amount_paid amount_due? arrears? kind? result? batch_no? "
        "pay_date?",
        "roll: programme? monthly_amount? status?",
        "disability_subsidy?: living_amount? care_amount?",
    ),
    message="{paid_for}{month:月}的待遇成功发放{n}笔,共{total:元}元,没有补发标记",
    message_en="{programme}: {n} successful payments for {month:月}, {total:元} yuan together, none marked as arrears",
    basis=("social-assistance-interim#12", "social-assistance-interim#5"),
    since="0.1",
)
def paid_twice(
    payment: pl.LazyFrame, roll: pl.LazyFrame, disability_subsidy: pl.LazyFrame, *, ctx: RuleContext
) -> pl.LazyFrame:
    """同一人、同一项目、同一待遇月份有两笔以上发放成功。

    ## 查什么
    发放明细中同一证件号码、同一项目、同一待遇月份有两笔以上成功的正常发放,合计超过名册当月审批金额
    (名册没有金额的,看各笔是否同额)。补发、扣回不算,退回后的重发不算。一人一项目一个月一条疑点。

    ## 为什么
    待遇按月发给,一月一份。批次重复提交、换卡后新旧账户各发一次,都会多付,而且只能从发放结果里看出来。

    ## 常见误报
    - 退回后重发:退回的一笔不算。
    - 一个月分几笔发放,合计不超过审批金额:不报;金额不同又没有审批金额可对的降为 C 级。
    - 以前月份的补发记在当月:有补发标记或补发金额的不算;只在“补发”以外写明的,查备注和批次。
    - 同一批次里同日同额的两行,可能是导出重复:降为 B 级。
    - 同一人在名册中本来就有两行在保的,由 DUP101、DUP104 报告;物价补贴、附加补贴和临时救助不在此查。

    ## 怎样核实
    - 查银行回单,两笔是否都已到账
    - 查批次,是否重复提交或导出重复
    - 是否补发以前月份而没有标记
    - 是否换卡后新旧账户各发一次

    ## 处理
    确认多发的,征得本人同意后在以后月份抵扣或退回;属于补发的补上标记和所属月份。

    ## 示例
    **特困人员**

    | 姓名 | 身份证号 | 乡镇 | 状态 | 月保障金额 |
    |---|---|---|---|---|
    | 王大山 | {甲} | 甲镇 | 在保 | 1326 |

    **发放明细**

    | 批次号 | 救助项目 | 姓名 | 身份证号 | 发放月份 | 发放日期 | 实发 | 发放结果 |
    |---|---|---|---|---|---|---|---|
    | 01 | 特困 | 王大山 | {甲} | 2026-06 | 2026-06-10 | 1326 | 成功 |
    | 02 | 特困 | 王大山 | {甲} | 2026-06 | 2026-06-18 | 1326 | 成功 |

    **疑点**

    | 等级 | 金额 | 月份 | 说明 |
    |---|---|---|---|
    | A | 1326 | 2026-06 | 特困人员2026-06的待遇成功发放2笔,共2652.00元 |
    """
    month = pl.col("entitlement_month")
    approved = pl.when(month == ctx.month).then("approved")
    return (
        _repeated(payment)
        .join(approved_amounts(roll, disability_subsidy), on=["person_key", "programme"], how="left")
        .filter(
            pl.col("roll_rows").fill_null(1) == 1,
            approved.is_null() | (pl.col("total") > approved),
        )
        .with_columns(
            titled("programme").alias("paid_for"),
            month.alias("month"),
            pl.concat_list(month).alias("months"),
            pl.format("{}|{}", "programme", month.dt.strftime("%Y-%m")).alias("counterpart"),
            pl.min_horizontal("excess", pl.col("total") - approved).alias("amount"),
            pl.when(~pl.col("equal") & approved.is_null())
            .then(pl.lit("C"))
            .when("alike")
            .then(pl.lit("B"))
            .otherwise(pl.lit("A"))
            .alias("grade"),
            pl.coalesce(
                pl.format("各笔合计减去名册审批金额{}元,最多为较低的各笔之和", yuan(approved)),
                pl.lit("各笔合计减去最高的一笔"),
            ).alias("formula"),
            cites(pl.col("pay_cells"), pl.col("roll_cells").fill_null([])).alias("evidence"),
        )
    )


def _repeated(payment: pl.LazyFrame) -> pl.LazyFrame:
    """One row per person, programme and month with several payments of the month's own: how many, how much."""
    group = ("person_key", "programme", "entitlement_month")
    own = pl.col("amount_paid") - pl.col("arrears").fill_null(0)
    # a payment sent again counts beside the first only where the file says what became of each
    counts = (
        pl.col("kind").is_null()
        | (pl.col("kind") == "正常")
        | ((pl.col("kind") == "重发") & (pl.col("result") == "成功"))
    )
    return (
        payment.filter(
            ARRIVED, counts, own > 0, pl.col("person_key").is_not_null(), ~pl.col("programme").is_in(list(_ELSEWHERE))
        )
        .with_columns(own.alias("own"))
        .filter(pl.len().over(group) > 1)
        .sort(*group, "pay_date", "row_id")
        .group_by(group, maintain_order=True)
        .agg(
            pl.col("row_id").last().alias("subject_row"),
            pl.len().cast(pl.Int64).alias("n"),
            pl.col("own").sum().alias("total"),
            (pl.col("own").sum() - pl.col("own").max()).alias("excess"),
            (pl.col("own").n_unique() == 1).alias("equal"),
            (
                pl.col("batch_no").is_not_null().all()
                & (pl.struct("batch_no", "pay_date", "own", "account_key").n_unique() == 1)
            ).alias("alike"),
            pl.col("tier").max(),
            cite(*_SHOWN).explode().alias("pay_cells"),
        )
    )


_SHOWN = (
    "name", "id_no", "programme", "entitlement_month", "amount_paid", "kind", "result", "batch_no", "pay_date",
)  # fmt: skip
