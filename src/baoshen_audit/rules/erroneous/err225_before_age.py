"""ERR225 年龄临界项目不符."""

from __future__ import annotations

import polars as pl

from baoshen_audit.finding import Grade, Severity, cite, cites, weakest
from baoshen_audit.rule import RuleContext, rule
from baoshen_audit.rules import ARRIVED, titled


@rule(
    "ERR225",
    "before-the-age",
    title="年龄临界项目不符",
    title_en="Age-bound benefit at the wrong age",
    severity=Severity.MEDIUM,
    grade=Grade.A,
    key="person_key",
    needs=(
        "roll: id_no name? birth_date? status? first_month? monthly_amount?",
        "payment?: entitlement_month amount_paid result? programme?",
    ),
    policy=("age.from",),
    message="{programme_title}从{years}周岁的次月({start})起享受,此前已有{n}个月在册或发放",
    message_en="{programme}: due from {start}, the month after age {years}; enrolled or paid {n} month(s) before",
    basis=("veteran-rural60", "baoshen-defaults"),
    since="0.1",
)
def before_the_age(roll: pl.LazyFrame, payment: pl.LazyFrame, *, ctx: RuleContext) -> pl.LazyFrame:
    """高龄津贴、烈士子女、农村籍退役士兵补助:还没有到规定的年龄就在册或发放。

    ## 查什么
    按证件号码中的出生日期(没有的用名册的出生日期),满政策参数规定的年龄的次月才可享受;
    此前有发放,或本月还不到就在册的,报告。孤儿、事实无人抚养儿童的年龄上限由 ERR226 查。

    ## 为什么
    按年龄享受的项目提前发放,一查就有,一改就清楚。

    ## 常见误报
    - 证件上的出生日期更正过;退役军人以档案年龄为准。
    - 当地从满龄当月起享受:改政策参数,或登记本地政策。
    - 名册提前造册、下月才发:查发放。

    ## 怎样核实
    - 核对户口簿、退役档案的出生日期
    - 查第一次发放的月份
    - 核对本地文件规定的起享月份

    ## 处理
    改正起享月份;提前发的按规定处理。

    ## 示例
    **高龄津贴**

    | 姓名 | 身份证号 | 乡镇 | 状态 | 月保障金额 |
    |---|---|---|---|---|
    | 郑一 | {郑一:1946-08-03男} | 甲镇 | 在保 | 60 |

    **疑点**

    | 等级 | 金额 | 月份 | 说明 |
    |---|---|---|---|
    | A | 60 | 2026-06 | 高龄津贴从80周岁的次月(2026-09)起享受,此前已有1个月在册或发放 |
    """
    ages = ctx.policy.by_month("age.from", [ctx.month]).select("programme", pl.col("value").alias("years")).lazy()
    birth = pl.coalesce(pl.col("id_no").str.slice(6, 8).str.to_date("%Y%m%d", strict=False), "birth_date")
    people = (
        roll.filter("active", pl.col("person_key") >= 0)
        .join(ages, on="programme")
        .with_columns(
            birth.dt.month_start().dt.offset_by(pl.format("{}y1mo", "years")).alias("from_month"),
            cite("name", "id_no", "birth_date", "status", "first_month").alias("roll_cells"),
        )
        .drop_nulls("from_month")
        # twice on the roll is another rule's finding
        .sort("person_key", "programme", "row_id")
        .unique(["person_key", "programme"], keep="first", maintain_order=True)
    )
    found = people.join(_paid(payment, people), on=["person_key", "programme"], how="left")
    early = pl.col("from_month") > ctx.month
    listed = pl.when(early).then(pl.concat_list("period")).otherwise(pl.lit([], dtype=pl.List(pl.Date)))
    months = pl.concat_list(pl.col("paid_months").fill_null([]), listed).list.unique().list.sort()
    return (
        found.with_columns(months.alias("months"))
        .filter(pl.col("months").list.len() > 0)
        .with_columns(
            pl.col("row_id").alias("subject_row"),
            pl.col("programme").alias("counterpart"),
            titled("programme").alias("programme_title"),
            pl.col("from_month").dt.strftime("%Y-%m").alias("start"),
            pl.col("months").list.len().cast(pl.Int64).alias("n"),
            pl.coalesce("paid", "monthly_amount").alias("amount"),
            pl.when(pl.col("paid").is_not_null())
            .then(pl.lit("起享月份之前各月实发金额之和"))
            .otherwise(pl.lit("当月名册金额"))
            .alias("formula"),
            weakest("tier", "payment_tier").alias("tier"),
            cites(pl.col("roll_cells"), pl.col("payment_cells").fill_null([])).alias("evidence"),
        )
    )


def _paid(payment: pl.LazyFrame, people: pl.LazyFrame) -> pl.LazyFrame:
    """One row per person and programme: the months paid before the age, and the money that arrived."""
    return (
        payment.join(people.select("person_key", "programme", "from_month"), on=["person_key", "programme"])
        .filter(pl.col("entitlement_month") < pl.col("from_month"), ARRIVED, pl.col("amount_paid") > 0)
        .sort("person_key", "programme", "entitlement_month", "row_id")
        .group_by("person_key", "programme", maintain_order=True)
        .agg(
            pl.col("entitlement_month").alias("paid_months"),
            pl.col("amount_paid").sum().alias("paid"),
            pl.col("tier").max().alias("payment_tier"),
            cite("entitlement_month", "amount_paid").explode().alias("payment_cells"),
        )
    )
