"""ERR221 定期复核逾期."""

from __future__ import annotations

import polars as pl

from baoshen_audit.finding import Grade, Severity, cite
from baoshen_audit.rule import RuleContext, rule


@rule(
    "ERR221",
    "review-overdue",
    title="定期复核逾期",
    title_en="Periodic review overdue",
    severity=Severity.MEDIUM,
    grade=Grade.A,
    key="household_key",
    needs=("dibao: name last_review class? urban_rural? approve_date? status?", "roll: covered?"),
    policy=("dibao.review_months",),
    message="{kind}最近一次复核在{reviewed},到本月已{n}个月,超过{interval}个月的复核周期;属经办事项",
    message_en="Last reviewed on {reviewed}, {n} months ago; the interval is {interval} months. The office's task",
    basis=("social-assistance-interim#13",),
    since="0.1",
)
def review_overdue(dibao: pl.LazyFrame, roll: pl.LazyFrame, *, ctx: RuleContext) -> pl.LazyFrame:
    """低保家庭距最近一次复核的月数,与本地规定的复核周期比对。

    ## 查什么
    在保、渐退的低保家庭,最近复核日期(之后才批准的取批准日期)到本月的月数,超过该类家庭的复核周期。
    周期按家庭类别和城乡取政策参数;没有写明类别或城乡的,取可能的最长周期。复核日期空白的不评。一户一条疑点。

    ## 为什么
    《社会救助暂行办法》第十三条要求定期核查家庭情况。复核逾期是经办环节的问题,不是家庭的问题,
    但逾期越久,多发、少发积累越多。

    ## 常见误报
    - 已经复核、没有录入系统:查纸质档案,补录日期。
    - 特殊时期暂停复核,或本地规定的周期更长:在政策文件中按日期登记周期,即不报。
    - 刚刚重新批准的:批准之后才起算。
    - 周期在本月内届满的:本月还可以复核,不报。

    ## 怎样核实
    - 查纸质档案和入户记录,是否已经复核而没有录入
    - 核对家庭类别(A、B、C)和本地文件规定的周期
    - 本村(社区)是否普遍逾期,是否缺少人手

    ## 处理
    排入近期复核计划,通知乡镇;不作为对家庭的怀疑,复核之前不改变待遇。

    ## 示例
    **低保家庭**

    | 户编号 | 户主姓名 | 户主身份证号 | 乡镇 | 家庭类别 | 城乡类别 | 家庭人口 | 最近复核日期 | 状态 |
    |---|---|---|---|---|---|---|---|---|
    | H1 | 王一山 | {甲} | 甲镇 | A | 农村 | 1 | 2025-03-10 | 在保 |

    **疑点**

    | 等级 | 金额 | 说明 |
    |---|---|---|
    | A | | A类家庭最近一次复核在2025-03-10,到本月已15个月,超过12个月的复核周期 |
    """
    intervals = ctx.policy.by_month("dibao.review_months", [ctx.month]).drop("month").lazy()
    reviewed = pl.max_horizontal("last_review", "approve_date")
    months = (ctx.month.year - pl.col("reviewed").dt.year().cast(pl.Int64)) * 12 + (
        ctx.month.month - pl.col("reviewed").dt.month().cast(pl.Int64)
    )
    paid = roll.filter("active", pl.col("programme") == "dibao").select("household_key").unique()
    homes = dibao.filter(pl.col("last_review").is_not_null()).join(paid, on="household_key", how="semi")
    # what a roll does not say of a household may be any of the classes: the longest interval is the safe one
    fits = pl.all_horizontal(pl.col(name).is_null() | (pl.col(name) == pl.col(f"{name}_law")) for name in _DIMS)
    own = (
        homes.join(intervals.rename({name: f"{name}_law" for name in _DIMS}), how="cross")
        .filter(fits)
        .group_by("row_id")
        .agg(pl.col("value").max().alias("interval"))
    )
    return (
        homes.join(own, on="row_id")
        .with_columns(reviewed.alias("reviewed"))
        .with_columns(months.alias("n"))
        .filter(pl.col("n") > pl.col("interval"))
        .with_columns(
            pl.col("row_id").alias("subject_row"),
            pl.coalesce(pl.format("{}类家庭", "class"), pl.lit("该户")).alias("kind"),
            pl.lit(None, dtype=pl.String).alias("tier"),
            cite("name", "class", "urban_rural", "last_review", "approve_date", "status").alias("evidence"),
        )
    )


_DIMS = ("class", "urban_rural")
