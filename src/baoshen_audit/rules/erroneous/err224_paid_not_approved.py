"""ERR224 实发与审批金额不一致."""

from __future__ import annotations

from typing import Final

import polars as pl

from baoshen_audit.finding import Grade, Severity, cite, cites, weakest
from baoshen_audit.rule import RuleContext, rule
from baoshen_audit.rules import ARRIVED, ORDINARY, approved_amounts, titled
from baoshen_audit.schemas import HOUSEHOLD_ROLLS

_PERIODS: Final = (3, 6, 12)
"""Months that some offices pay at once, booked under the first or the last of them."""


@rule(
    "ERR224",
    "paid-not-as-approved",
    title="实发与审批金额不一致",
    title_en="Paid ≠ approved",
    severity=Severity.HIGH,
    grade=Grade.A,
    key="person_key",
    needs=(
        "payment: name? id_no programme entitlement_month amount_paid amount_due? deduction? arrears? kind? result?",
        "roll: programme? monthly_amount? status?",
        "disability_subsidy?: living_amount? care_amount?",
    ),
    message="{paid_for}实发比{against}{direction}{amount:元}元({n}个月),没有补发或扣回标记",
    message_en="{programme}: paid {amount:元} yuan {direction_en} than approved or due in {n} month(s), not marked",
    basis=("social-assistance-interim#12",),
    since="0.1",
)
def paid_not_as_approved(
    payment: pl.LazyFrame, roll: pl.LazyFrame, disability_subsidy: pl.LazyFrame, *, ctx: RuleContext, tolerance: int = 1
) -> pl.LazyFrame:
    """发放明细的实发与名册审批金额(没有的与应发)逐月比对,多少都报。

    ## 查什么
    成功的正常发放,减去补发、加回扣款之后,与名册当月的审批金额相差超过 `tolerance` 分;名册没有金额的和以前月份,
    与发放明细的应发比对。低保等按户计发的只与应发比对,应发对不对由 ERR218、MIS404 重算。
    一人一项目,多发、少发各一条疑点。

    ## 为什么
    《社会救助暂行办法》第十二条:按批准的金额发给。审批与发放由两个环节经办,金额在传递中改变,两边各自都看不出来。

    ## 常见误报
    - 补发、扣回、抵扣:有标记或单独列出金额的不算;应发已含补发的也不算。
    - 退回、待发的:钱没有到账,不算少发;同月两笔以上而多发的由 DUP112 报告。
    - 按季、半年或按年发放:恰为月金额的3、6、12倍的不报。
    - 名册本月调整金额、发放仍按上月:核对调整的生效月份。

    ## 怎样核实
    - 查审批表金额、发放清册和银行回单,哪一处不同
    - 查是否抵扣以前多发或补发以前少发,补上标记
    - 查金额调整从哪个月起生效

    ## 处理
    更正发放金额;少发的补发,多发的征得同意后抵扣,属于经办差错的不由家庭承担责任。

    ## 示例
    **特困人员**

    | 姓名 | 身份证号 | 乡镇 | 状态 | 月保障金额 |
    |---|---|---|---|---|
    | 王大山 | {甲} | 甲镇 | 在保 | 1326 |

    **发放明细**

    | 救助项目 | 姓名 | 身份证号 | 发放月份 | 实发 | 发放结果 |
    |---|---|---|---|---|---|
    | 特困 | 王大山 | {甲} | 2026-06 | 1236 | 成功 |

    **疑点**

    | 等级 | 金额 | 重算 | 月份 | 说明 |
    |---|---|---|---|---|
    | A | 90 | 1326 | 2026-06 | 特困人员实发比名册审批金额少90.00元 |
    """
    # a household's amount is not a person's
    persons = roll.filter(~pl.col("programme").is_in(list(HOUSEHOLD_ROLLS)))
    month = pl.col("entitlement_month") == ctx.month
    expected = pl.coalesce(pl.when(month).then("approved"), "due")
    by_roll = month & pl.col("approved").is_not_null()
    net, paid = pl.col("net") - pl.col("expected"), pl.col("paid") - pl.col("expected")
    # what an office calls 应发 may or may not hold arrears and deductions: either reading that agrees is good
    off = pl.when(by_roll | (net.abs() <= paid.abs())).then(net).otherwise(paid)
    periodic = pl.any_horizontal(pl.col("net") == pl.col("expected") * months for months in _PERIODS)
    sign = pl.col("off") > 0
    return (
        _paid(payment)
        .join(approved_amounts(persons, disability_subsidy), on=["person_key", "programme"], how="left")
        .with_columns(expected.alias("expected"))
        .with_columns(off.alias("off"))
        .filter(
            pl.col("off").abs() > tolerance,
            # two payments in a month are DUP112's, money on its way back is nobody's fault
            pl.when(sign).then(pl.col("n_paid") == 1).otherwise(~pl.col("pending")),
            ~(periodic & by_roll),
        )
        .with_columns(sign.alias("over"), by_roll.alias("by_roll"))
        .sort("person_key", "programme", "over", "entitlement_month")
        .group_by("person_key", "programme", "over", maintain_order=True)
        .agg(
            pl.col("entitlement_month").alias("months"),
            pl.col("pay_row").last().alias("subject_row"),
            pl.col("off").abs().sum().alias("amount"),
            pl.col("expected").last().alias("recomputed"),
            pl.col("by_roll").last(),
            weakest("roll_tier", "pay_tier").max().alias("tier"),
            cites(pl.col("pay_cells"), pl.when("by_roll").then("roll_cells").fill_null([])).explode().alias("evidence"),
        )
        .with_columns(
            pl.col("months").list.len().alias("n"),
            titled("programme").alias("paid_for"),
            pl.format("{}|{}", "programme", pl.when("over").then(pl.lit("over")).otherwise(pl.lit("under"))).alias(
                "counterpart"
            ),
            pl.when("over").then(pl.lit("多")).otherwise(pl.lit("少")).alias("direction"),
            pl.when("over").then(pl.lit("more")).otherwise(pl.lit("less")).alias("direction_en"),
            pl.when("by_roll").then(pl.lit("名册审批金额")).otherwise(pl.lit("应发金额")).alias("against"),
            pl.lit("各月实发(减补发、加扣款)与审批或应发金额之差的合计").alias("formula"),
        )
    )


def _paid(payment: pl.LazyFrame) -> pl.LazyFrame:
    """One row per person, programme and month: what arrived as the month's own, and what was due."""
    net = pl.col("amount_paid") - pl.col("arrears").fill_null(0) + pl.col("deduction").fill_null(0)
    due = pl.when(pl.col("amount_due").is_not_null().all()).then(pl.col("amount_due").sum())
    group = ("person_key", "programme", "entitlement_month")
    return (
        payment.filter(ORDINARY, pl.col("person_key").is_not_null(), pl.col("programme").is_not_null())
        .with_columns(net.alias("net"), ARRIVED.alias("arrived"), (~ARRIVED).any().over(group).alias("pending"))
        .filter("arrived", pl.col("amount_paid").is_not_null())
        .sort(*group, "row_id")
        .group_by(group, maintain_order=True)
        .agg(
            pl.col("row_id").first().alias("pay_row"),
            pl.col("tier").max().alias("pay_tier"),
            pl.len().alias("n_paid"),
            pl.col("amount_paid").sum().alias("paid"),
            pl.col("net").sum(),
            due.alias("due"),
            pl.col("pending").first(),
            cite(
                "name",
                "id_no",
                "entitlement_month",
                "amount_due",
                "amount_paid",
                "deduction",
                "arrears",
                "kind",
                "result",
            )
            .explode()
            .alias("pay_cells"),
        )
    )
