"""ERR222 渐退期超期或无据."""

from __future__ import annotations

import polars as pl

from baoshen_audit.finding import Grade, Severity, cite, cites
from baoshen_audit.rule import RuleContext, rule


@rule(
    "ERR222",
    "grace-overrun",
    title="渐退期超期或无据",
    title_en="Grace period overrun",
    severity=Severity.MEDIUM,
    grade=Grade.A,
    key="household_key",
    needs=(
        "dibao: name status grace_start|grace_end grace_reason? monthly_amount?",
        "roll: covered?",
        "case_history?: effective_month? decided_on? reason? after?",
    ),
    policy=("dibao.grace_months",),
    message="本月仍为渐退,{what}",
    message_en="Still in the grace period this month: {what_en}",
    basis=("social-assistance-interim#13", "relief-notice-2022"),
    since="0.1",
)
def grace_overrun(
    dibao: pl.LazyFrame, roll: pl.LazyFrame, case_history: pl.LazyFrame, *, ctx: RuleContext
) -> pl.LazyFrame:
    """渐退期的低保家庭,与渐退起止月份和政策规定的最长月数比对。

    ## 查什么
    本月状态为渐退的低保家庭:渐退结束月份已过;或渐退开始到本月(含)已超过政策规定的最长月数,而没有延期的决定;
    或渐退起止月份都空白(无据,B 级)。一户一条疑点。

    ## 为什么
    收入超过标准后给予一定的渐退期,期满应当终止。渐退期没有人关,就变成长期发放。

    ## 常见误报
    - 已决定延长渐退期:变更记录中有渐退开始之后关于渐退或延期的决定,决定之后的最长月数内不报。
    - 结束月份就是本月的:本月仍可发放。
    - 家庭收入又降到标准以下、恢复在保而名册没有改状态:核对后改为在保。
    - 各地渐退期长短不同:在政策文件中登记本地月数。

    ## 怎样核实
    - 查渐退决定,起止月份和理由
    - 是否另有延期决定,是否已重新符合条件
    - 查发放明细,期满之后发了几个月

    ## 处理
    期满的按程序终止或作出决定,书面说明理由;重新符合条件的恢复在保。责任在经办环节,期满后的发放由县级确定如何处理。

    ## 示例
    **低保家庭**

    | 户编号 | 户主姓名 | 户主身份证号 | 乡镇 | 家庭人口 | 户月保障金 | 状态 | 渐退开始 | 渐退结束 |
    |---|---|---|---|---|---|---|---|---|
    | H1 | 王一山 | {甲} | 甲镇 | 1 | 600 | 渐退 | 2025-10 | 2026-03 |

    **疑点**

    | 等级 | 金额 | 月份 | 说明 |
    |---|---|---|---|
    | A | | 2026-04、2026-05、2026-06 | 渐退期应在2026-03结束,已超3个月 |
    """
    allowed = ctx.policy.get("dibao.grace_months", ctx.month).integer
    by_law = pl.col("grace_start").dt.offset_by(f"{allowed - 1}mo")
    last = pl.min_horizontal("grace_end", by_law)
    # a roll that keeps the stop date in the future still pays: what counts is that it pays this month
    paid = roll.filter("active", pl.col("programme") == "dibao").select("household_key").unique()
    homes = (
        dibao.filter(pl.col("status") == "渐退")
        .join(paid, on="household_key", how="semi")
        .with_columns(pl.col("row_id").alias("subject_row"), last.alias("last"))
    )
    about = pl.coalesce("reason", pl.lit("")) + pl.coalesce("after", pl.lit(""))
    extended = (
        case_history.filter(about.str.contains("渐退|延期|延长"))
        .join(homes.select("household_key", "grace_start", "last"), on="household_key")
        .filter(
            pl.col("decided_on") > pl.coalesce("grace_start", "last").dt.month_end(),
            # an extension is a grace period of its own, and no longer than one
            pl.col("decided_on") >= pl.lit(ctx.month).dt.offset_by(f"-{allowed}mo"),
        )
        .select("household_key")
        .unique()
    )
    unknown = pl.col("last").is_null()
    over = homes.filter(unknown | (pl.col("last") < ctx.month)).join(extended, on="household_key", how="anti")
    return over.with_columns(
        pl.when(~unknown)
        .then(pl.date_ranges(pl.col("last").dt.offset_by("1mo"), pl.lit(ctx.month), interval="1mo"))
        .otherwise(pl.lit([ctx.month]))
        .alias("months"),
        pl.when(unknown).then(pl.lit("B")).otherwise(pl.lit("A")).alias("grade"),
    ).with_columns(
        pl.when(unknown)
        .then(pl.lit("渐退起止月份都没有填写"))
        .otherwise(
            pl.format("渐退期应在{}结束,已超{}个月", pl.col("last").dt.strftime("%Y-%m"), pl.col("months").list.len())
        )
        .alias("what"),
        pl.when(unknown)
        .then(pl.lit("neither its start nor its end is given"))
        .otherwise(pl.format("it should have ended in {}", pl.col("last").dt.strftime("%Y-%m")))
        .alias("what_en"),
        pl.lit("期满之后各月的发放金额,按发放明细核定").alias("formula"),
        cites(cite("name", "status", "grace_start", "grace_end", "grace_reason", "monthly_amount")).alias("evidence"),
        pl.lit(None, dtype=pl.String).alias("tier"),
    )
