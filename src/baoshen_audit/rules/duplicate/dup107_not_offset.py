"""DUP107 择高、补差未执行."""

from __future__ import annotations

import polars as pl

from baoshen_audit.finding import Grade, Severity, cite, cites, weakest
from baoshen_audit.policy.cite import UNPROVEN
from baoshen_audit.rule import RuleContext, rule
from baoshen_audit.rules import titled
from baoshen_audit.schemas import HOUSEHOLD_ROLLS


@rule(
    "DUP107",
    "not-offset",
    title="择高、补差未执行",
    title_en="Choose-higher / top-up rule not applied",
    severity=Severity.MEDIUM,
    grade=Grade.A,
    key="person_key",
    needs=(
        "roll: programme? period? status? monthly_amount? first_month?",
        "disability_subsidy?: living_amount? care_amount?",
        "de_facto_orphan?: offset_amount? pay_mode?",
    ),
    policy=("exclusion.mode", "exclusion.condition"),
    message="同时享受{one}、{other};依据{basis},两项应当{how},名册上没有{how}",
    message_en="Active in both {a} and {b}; by policy {how_en}, which the roll does not show",
    basis=("disability-subsidies", "de-facto-orphan"),
    since="0.1",
)
def not_offset(
    roll: pl.LazyFrame, disability_subsidy: pl.LazyFrame, de_facto_orphan: pl.LazyFrame, *, ctx: RuleContext
) -> pl.LazyFrame:
    """同一人当月同时享受两项按政策应当择高或补差的待遇,而名册显示两项都全额。

    ## 查什么
    并行规则表中方式为“择高”的两项,当月都在保且金额都不为零;方式为“补差”的(事实无人抚养儿童与低保等),
    发放方式写明全额,或抵扣金额为零。附有条件的组合不评。只看名册当月的金额,不看发放月份。一人一对项目一条疑点。

    ## 为什么
    择高、补差都要两边的数据放在一起才能执行。各项目由不同股室经办,不知道另一边已经在发,就会两项都全额。

    ## 常见误报
    - 一个月里补发以前月份:本规则按名册的当月金额比对,不受补发影响。
    - 已经择高,另一项金额为零或已停发:不报。
    - 事实无人抚养儿童已按补差发放、有抵扣金额的:不报;两栏都没有填写的不评。
    - 低保边缘等没有现金待遇的:金额为零或没有金额的不算。
    - 各地规定不同:在政策文件中覆盖该组合;依据只是建议值、没有文件出处的降一级。

    ## 怎样核实
    - 查两项待遇的审批表和当月金额
    - 查本地文件,两项是择高、补差还是可以同时享受
    - 本人是否已选择其中一项

    ## 处理
    两项一并重算:择高的保留较高的一项,补差的按差额发放;差额按待遇月份逐月核定,少发的补发。

    ## 示例
    **高龄津贴**

    | 姓名 | 身份证号 | 乡镇 | 状态 | 月保障金额 |
    |---|---|---|---|---|
    | 王大山 | {甲:1941-03-05男} | 甲镇 | 在保 | 100 |

    **残疾人两项补贴**

    | 姓名 | 身份证号 | 乡镇 | 状态 | 生活补贴金额 | 护理补贴金额 |
    |---|---|---|---|---|---|
    | 王大山 | {甲} | 甲镇 | 在保 | 390 | 0 |

    **疑点**

    | 等级 | 金额 | 月份 | 说明 |
    |---|---|---|---|
    | A | 100 | 2026-06 | 两项应当择高,名册上没有择高 |
    """
    enrolled = _enrolled(roll, disability_subsidy, de_facto_orphan, ctx)
    columns = ("row_id", "tier", "paid", "cash", "full", "cells")
    first, second = (
        enrolled.rename({"benefit": side} | {name: f"{name}_{side}" for name in columns}) for side in ("a", "b")
    )
    higher = pl.col("mode") == "H"
    # 补差 is a matter of the child's own row: it says what was set off, or that nothing was
    full = (
        pl.when(pl.col("a") == "de_facto_orphan").then("full_a").when(pl.col("b") == "de_facto_orphan").then("full_b")
    )
    known = pl.col("paid_a").is_not_null() & pl.col("paid_b").is_not_null()
    return (
        first.join(_modes(ctx), on="a")
        .join(second, on=["person_key", "b"])
        .filter("cash_a", "cash_b", higher | full.fill_null(value=False))
        .with_columns(
            pl.col("row_id_a").alias("subject_row"),
            pl.format("{}|{}", "a", "b").alias("counterpart"),
            titled("a").alias("one"),
            titled("b").alias("other"),
            pl.when(higher).then(pl.lit("择高")).otherwise(pl.lit("补差")).alias("how"),
            pl.when(higher)
            .then(pl.lit("the higher one alone is paid"))
            .otherwise(pl.lit("one tops up the other"))
            .alias("how_en"),
            weakest("tier_a", "tier_b").alias("tier"),
            pl.when("proven").then(pl.lit("A")).otherwise(pl.lit("B")).alias("grade"),
            pl.lit([ctx.month]).alias("months"),
            pl.when(higher & known).then(pl.min_horizontal("paid_a", "paid_b")).alias("amount"),
            pl.when(higher & known)
            .then(pl.lit("两项中较低一项的当月金额"))
            .otherwise(pl.lit("两项一并重算后确定"))
            .alias("formula"),
            cites(pl.col("cells_a"), pl.col("cells_b")).alias("evidence"),
        )
    )


def _enrolled(
    roll: pl.LazyFrame, disability_subsidy: pl.LazyFrame, de_facto_orphan: pl.LazyFrame, ctx: RuleContext
) -> pl.LazyFrame:
    """One row per person and benefit of the month: own amount (`paid`), whether any money goes, paid in `full`."""
    benefit, amount = pl.col("benefit"), pl.col("monthly_amount")
    home = pl.col("programme").is_in(list(HOUSEHOLD_ROLLS))
    part = pl.when(benefit == "disability_living").then("living_amount")
    paid = part.when(benefit == "disability_care").then("care_amount").when(~home).then(amount)
    # a row without an amount pays, except where the programme need not pay at all
    cash = (
        pl.when(home & (benefit != "dibao")).then(amount.fill_null(0) > 0).otherwise(pl.coalesce(paid, amount, 1) > 0)
    )
    mode, offset = pl.col("pay_mode"), pl.col("offset_amount")
    return (
        roll.filter("active", "covered", pl.col("first_month").is_null() | (pl.col("first_month") <= ctx.month))
        .join(disability_subsidy.select("row_id", "living_amount", "care_amount"), on="row_id", how="left")
        .join(de_facto_orphan.select("row_id", "offset_amount", "pay_mode"), on="row_id", how="left")
        .rename({"benefits": "benefit"})
        .explode("benefit", empty_as_null=False)
        .with_columns(
            paid.alias("paid"),
            cash.alias("cash"),
            ((mode == "全额") & (offset.fill_null(0) == 0) | (offset == 0)).fill_null(value=False).alias("full"),
        )
        .sort("person_key", "benefit", "row_id")
        .group_by("person_key", "benefit", maintain_order=True)
        .agg(
            pl.col("row_id").first(),
            pl.col("tier", "paid").max(),
            pl.col("cash", "full").any(),
            cite(
                "name", "id_no", "status", "monthly_amount", "living_amount", "care_amount", "offset_amount", "pay_mode"
            )
            .explode()
            .alias("cells"),
        )
    )


def _modes(ctx: RuleContext) -> pl.LazyFrame:
    """Pairs to be offset this month, without condition: `a` < `b`, `mode`, `basis`, `proven` by a document."""
    modes = ctx.policy.by_month("exclusion.mode", [ctx.month]).filter(pl.col("value").is_in(["H", "T"]))
    conditional = ctx.policy.by_month("exclusion.condition", [ctx.month]).select("a", "b")
    rows = []
    for a, b, mode in modes.join(conditional, on=["a", "b"], how="anti").select("a", "b", "value").iter_rows():
        cited = ctx.policy.citation(ctx.policy.get("exclusion.mode", ctx.month, a=a, b=b).cite)
        rows.append((a, b, mode, cited.label, cited.kind not in UNPROVEN))
    schema = {"a": pl.String, "b": pl.String, "mode": pl.String, "basis": pl.String, "proven": pl.Boolean}
    return pl.LazyFrame(sorted(rows), schema=schema, orient="row")
