"""ERR223 停保后继续发放、未批先发."""

from __future__ import annotations

import polars as pl

from baoshen_audit.finding import Grade, Severity, cite, cites, weakest
from baoshen_audit.rule import RuleContext, rule
from baoshen_audit.rules import ARRIVED, ORDINARY


@rule(
    "ERR223",
    "paid-outside-approval",
    title="停保后继续发放、未批先发",
    title_en="Paid after stop / before approval",
    severity=Severity.HIGH,
    grade=Grade.A,
    key="person_key",
    needs=(
        "roll: name? id_no status? approve_date? first_month? stop_date? remark?",
        "payment: entitlement_month amount_paid programme pay_date? arrears? kind? result?",
        "death?: death_date? cremation_date?",
    ),
    policy=("payment.start_months", "payment.renewal_months"),
    message="{what}{date},{n}个月的待遇已发放,共{amount:元}元",
    message_en="{n} month(s) paid {what_en} {date}, {amount:元} yuan together",
    basis=("social-assistance-interim#12", "social-assistance-interim#13"),
    since="0.1",
)
def paid_outside_approval(
    roll: pl.LazyFrame, payment: pl.LazyFrame, death: pl.LazyFrame, *, ctx: RuleContext
) -> pl.LazyFrame:
    """发放的待遇月份在停保之后,或在批准生效之前。

    ## 查什么
    同一人同一项目,名册上已停保而停保月份之后仍有成功的发放;或待遇月份早于批准月份的次月(起发月数由政策参数规定)。
    一人一项目,停保后、未批先发各一条疑点。

    ## 为什么
    《社会救助暂行办法》第十二条、第十三条:批准之后按月发给,不再符合条件的停发。停保决定没有传到发放环节,钱就继续打。

    ## 常见误报
    - 补发、扣回不算;款项在批准之后才发、只是没有补发标记的,降为 C 级。
    - 先行救助、紧急程序可以先发后补手续:备注写明的降为 C 级。
    - 年审后名册重写了批准日期:最初享受月份比批准早很多(政策参数)的不算未批先发。
    - 停保当月可以发放;停保后又在同一项目重新在保的不报;停保日期空白的只看当月,降为 B 级。
    - 因死亡停保的,死亡之后的发放由 ERR201 报告。

    ## 怎样核实
    - 查停保决定和送达日期,与发放名单核对
    - 查该笔发放是否为补发以前月份,是否已退回
    - 查审批表的批准日期,是否先行救助或年审重写
    - 是否重新申请、恢复保障

    ## 处理
    停发并查清原因;停保后多发的列为待核查款项,未批先发的补齐手续或说明依据,属于经办差错的不由家庭承担责任。

    ## 示例
    **特困人员**

    | 姓名 | 身份证号 | 乡镇 | 状态 | 停保日期 | 月保障金额 |
    |---|---|---|---|---|---|
    | 王大山 | {甲} | 甲镇 | 停保 | 2026-04-20 | 1326 |

    **发放明细**

    | 救助项目 | 姓名 | 身份证号 | 发放月份 | 实发 | 发放结果 |
    |---|---|---|---|---|---|
    | 特困 | 王大山 | {甲} | 2026-04 | 1326 | 成功 |
    | 特困 | 王大山 | {甲} | 2026-05 | 1326 | 成功 |

    **疑点**

    | 等级 | 金额 | 月份 | 说明 |
    |---|---|---|---|
    | A | 1326 | 2026-05 | 停保日期2026-04-20 |
    """
    stop = pl.col("kind") == "stop"
    return (
        _outside(roll, payment, death, ctx)
        .sort("person_key", "programme", "kind", "entitlement_month", "pay_row")
        .group_by("person_key", "programme", "kind", maintain_order=True)
        .agg(
            pl.col("subject_row", "roll_cells", "roll_tier", "stopped", "approved", "undated", "urgent").first(),
            pl.col("entitlement_month").unique().sort().alias("months"),
            pl.col("own").sum().alias("amount"),
            pl.col("late").all(),
            pl.col("pay_tier").max(),
            cite("entitlement_month", "pay_date", "amount_paid", "kind", "result", row="pay_row")
            .explode()
            .alias("cells"),
        )
        .with_columns(
            pl.format("{}|{}", "programme", "kind").alias("counterpart"),
            pl.col("months").list.len().alias("n"),
            pl.when(stop & pl.col("undated"))
            .then(pl.lit("名册已停保,停保日期空白,截至"))
            .when(stop)
            .then(pl.lit("停保日期"))
            .otherwise(pl.lit("批准日期"))
            .alias("what"),
            pl.when(stop)
            .then(pl.lit("after the stop of"))
            .otherwise(pl.lit("before the approval of"))
            .alias("what_en"),
            pl.when(stop).then("stopped").otherwise("approved").alias("date"),
            pl.when(~stop & (pl.col("late") | pl.col("urgent")))
            .then(pl.lit("C"))
            .when(stop & pl.col("undated"))
            .then(pl.lit("B"))
            .otherwise(pl.lit("A"))
            .alias("grade"),
            pl.lit("停保之后或批准生效之前各月的实发金额之和,补发除外").alias("formula"),
            weakest("roll_tier", "pay_tier").alias("tier"),
            cites(pl.col("roll_cells"), pl.col("cells")).alias("evidence"),
        )
    )


def _outside(roll: pl.LazyFrame, payment: pl.LazyFrame, death: pl.LazyFrame, ctx: RuleContext) -> pl.LazyFrame:
    """Payments of a month that the approval does not cover: `kind` stop or start, `late` = paid after the approval."""
    own = pl.col("amount_paid") - pl.col("arrears").fill_null(0)
    died = pl.min_horizontal("death_date", "cremation_date")
    deaths = death.group_by("person_key").agg(died.min().dt.month_start().alias("died"))
    month = pl.col("entitlement_month")
    paid = (
        payment.filter(ARRIVED, ORDINARY, own > 0)
        .with_columns(own.alias("own"), pl.col("row_id").alias("pay_row"), pl.col("tier").alias("pay_tier"))
        .select("person_key", "programme", "entitlement_month", "pay_date", "own", "pay_row", "pay_tier")
    )
    start = ctx.policy.get("payment.start_months", ctx.month).integer
    return (
        paid.join(_terms(roll, ctx), on=["person_key", "programme"])
        .join(deaths, on="person_key", how="left")
        .filter(pl.col("died").is_null() | (month <= pl.col("died")))
        .with_columns(
            pl.when(month > pl.col("stopped").dt.month_start())
            .then(pl.lit("stop"))
            .when(month < pl.col("approved").dt.month_start().dt.offset_by(f"{start}mo"))
            .then(pl.lit("start"))
            .alias("kind"),
            (pl.col("pay_date") >= pl.col("approved")).fill_null(value=False).alias("late"),
        )
        .filter(pl.col("kind").is_not_null())
    )


def _terms(roll: pl.LazyFrame, ctx: RuleContext) -> pl.LazyFrame:
    """One row per person and programme: since when approved (`approved`) and whether, and when, stopped (`stopped`)."""
    renewal = ctx.policy.get("payment.renewal_months", ctx.month).integer
    stopped = pl.col("status") == "停保"
    # a stop without a date is one of this month at the latest: what was paid for this month follows it
    before = pl.lit(ctx.month).dt.offset_by("-1d")
    approved = pl.col("approve_date")
    long_before = pl.col("first_month") <= approved.dt.month_start().dt.offset_by(f"-{renewal}mo")
    return (
        roll.filter(pl.col("person_key").is_not_null())
        .sort("person_key", "programme", "row_id")
        .group_by("person_key", "programme", maintain_order=True)
        .agg(
            pl.col("row_id").first().alias("subject_row"),
            pl.col("tier").max().alias("roll_tier"),
            pl.when(~pl.col("active").any() & (stopped | pl.col("stop_date").is_not_null()).all())
            .then(pl.coalesce(pl.col("stop_date").max(), before))
            .alias("stopped"),
            pl.col("stop_date").is_null().all().alias("undated"),
            pl.when(~long_before.fill_null(value=False).any() & approved.is_not_null().all())
            .then(approved.min())
            .alias("approved"),
            pl.col("remark").str.contains("先行|紧急").fill_null(value=False).any().alias("urgent"),
            cite("name", "id_no", "status", "approve_date", "first_month", "stop_date").explode().alias("roll_cells"),
        )
    )
