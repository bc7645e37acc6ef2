"""ERR231 农村籍退役士兵老年补助与职工养老/定期抚恤并存."""

from __future__ import annotations

from datetime import date

import polars as pl

from baoshen_audit.finding import Grade, Severity, cite, cites, weakest
from baoshen_audit.rule import RuleContext, rule


@rule(
    "ERR231",
    "veteran-with-pension",
    title="农村籍退役士兵老年补助与职工养老/定期抚恤并存",
    title_en="60+ rural ex-soldier also has employee pension or regular pension",
    severity=Severity.HIGH,
    grade=Grade.A,
    key="person_key",
    needs=(
        "roll: id_no name? status? monthly_amount?",
        "veteran_rural60: name? enlist_date? discharge_date?",
        "pension?: kind pension_status? amount? start?",
        "youfu?: category? pension_month?",
    ),
    policy=("veteran.enlisted_from", "veteran.enlisted_to", "veteran.excluded_pensions"),
    message="在领农村籍退役士兵老年生活补助,{what}",
    message_en="Receives the living allowance of rural ex-soldiers: {what_en}",
    basis=("veteran-rural60",),
    since="0.1",
)
def veteran_with_pension(
    roll: pl.LazyFrame,
    veteran_rural60: pl.LazyFrame,
    pension: pl.LazyFrame,
    youfu: pl.LazyFrame,
    *,
    ctx: RuleContext,
) -> pl.LazyFrame:
    """农村籍退役士兵老年生活补助名册与养老待遇、优抚名册的比对,以及入伍日期的核对。

    ## 查什么
    名册上的人在领政策参数所列的养老待遇(职工养老、机关退休),或在优抚名册上领定期抚恤补助,
    或入伍日期不在政策规定的期间内。有哪张表就查哪一项。

    ## 为什么
    老年生活补助给没有职工养老、没有定期抚恤的农村籍退役士兵。城乡居民养老可以同时享受。

    ## 常见误报
    - 城乡居民养老被登记成职工养老:看待遇类型和金额。
    - 养老待遇已暂停、终止的不报。
    - 入伍日期以档案为准,名册可能录错。
    - 优抚名册里的农村籍退役士兵本来就是这一项,不算并存。

    ## 怎样核实
    - 向人社部门核实待遇类型和起领时间
    - 查退役档案的入伍、退役时间
    - 查优抚名册的类别和发放

    ## 处理
    并存的,告知后停发老年生活补助,转退役军人事务部门;多发的按规定处理。

    ## 示例
    **60周岁以上农村籍退役士兵**

    | 姓名 | 身份证号 | 乡镇 | 入伍日期 | 状态 | 月保障金额 |
    |---|---|---|---|---|---|
    | 郑一 | {郑一:1950-02-03男} | 甲镇 | 1970-01-01 | 在保 | 300 |

    **养老待遇**

    | 姓名 | 身份证号 | 待遇类型 | 月待遇 | 待遇状态 |
    |---|---|---|---|---|
    | 郑一 | {郑一} | 企业职工养老 | 2800 | 在领 |

    **疑点**

    | 等级 | 金额 | 月份 | 说明 |
    |---|---|---|---|
    | A | 300 | 2026-06 | 在领农村籍退役士兵老年生活补助,同时在领职工养老待遇 |
    """
    first, last = (
        date.fromisoformat(ctx.policy.get(f"veteran.enlisted_{end}", ctx.month).text) for end in ("from", "to")
    )
    soldiers = (
        roll.filter("active", pl.col("table") == "veteran_rural60", pl.col("person_key") >= 0)
        .join(veteran_rural60.select("row_id", "enlist_date", "discharge_date"), on="row_id")
        # twice on the roll is another rule's finding
        .sort("person_key", "row_id")
        .unique("person_key", keep="first", maintain_order=True)
        .with_columns(
            cite("name", "id_no", "status", "monthly_amount", "enlist_date", "discharge_date").alias("roll_cells"),
            (~pl.col("enlist_date").is_between(first, last)).fill_null(value=False).alias("outside"),
        )
    )
    found = (
        soldiers.join(_pensions(pension, ctx), on="person_key", how="left")
        .join(_regular(roll, youfu), on="person_key", how="left")
        .filter(pl.any_horizontal("outside", pl.col("kinds").is_not_null(), pl.col("regular").is_not_null()))
    )
    return found.with_columns(
        pl.col("row_id").alias("subject_row"),
        pl.concat_str(
            pl.when(pl.col("kinds").is_not_null()).then(pl.format("同时在领{}养老待遇", "kinds")),
            pl.when(pl.col("regular").is_not_null()).then(pl.format("同时在优抚名册上领定期抚恤补助({})", "regular")),
            pl.when("outside").then(pl.format("入伍日期{}不在{}至{}之间", "enlist_date", pl.lit(first), pl.lit(last))),
            separator=";", ignore_nulls=True,
        ).alias("what"),
        pl.concat_str(
            pl.when(pl.col("kinds").is_not_null()).then(pl.lit("an employee pension")),
            pl.when(pl.col("regular").is_not_null()).then(pl.lit("a regular pension on the 优抚 roll")),
            pl.when("outside").then(pl.format("enlisted on {}, outside the period", "enlist_date")),
            separator="; ", ignore_nulls=True,
        ).alias("what_en"),
        pl.concat_list("period").alias("months"),
        pl.col("monthly_amount").alias("amount"),
        pl.lit("当月老年生活补助").alias("formula"),
        weakest("tier", "pension_tier", "youfu_tier").alias("tier"),
        cites(pl.col("roll_cells"), pl.col("pension_cells").fill_null([]), pl.col("youfu_cells").fill_null([]))
        .alias("evidence"),
    )  # fmt: skip


def _pensions(pension: pl.LazyFrame, ctx: RuleContext) -> pl.LazyFrame:
    """One row per person with a pension that excludes the allowance."""
    kinds = ctx.policy.get("veteran.excluded_pensions", ctx.month).texts
    return (
        pension.filter(
            pl.col("person_key").is_not_null(),
            pl.col("kind").is_in(kinds),
            pl.col("pension_status").fill_null("在领") == "在领",
            pl.col("start").is_null() | (pl.col("start") <= ctx.month),
        )
        .sort("person_key", "row_id")
        .group_by("person_key", maintain_order=True)
        .agg(
            pl.col("kind").unique().sort().str.join("、").alias("kinds"),
            pl.col("tier").max().alias("pension_tier"),
            cite("name", "id_no", "kind", "amount", "pension_status", "start").explode().alias("pension_cells"),
        )
    )


def _regular(roll: pl.LazyFrame, youfu: pl.LazyFrame) -> pl.LazyFrame:
    """One row per person with a regular pension on the 优抚 roll; the allowance itself may stand there too."""
    return (
        roll.filter("active", pl.col("table") == "youfu", pl.col("person_key") >= 0)
        .select("row_id", "person_key", "tier")
        .join(youfu.select("row_id", "category", "pension_month"), on="row_id")
        .filter(pl.col("pension_month") > 0, pl.col("category").fill_null("类别未填") != "农村籍退役士兵")
        .sort("person_key", "row_id")
        .group_by("person_key", maintain_order=True)
        .agg(
            pl.col("category").fill_null("类别未填").first().alias("regular"),
            pl.col("tier").max().alias("youfu_tier"),
            cite("name", "id_no", "category", "pension_month").explode().alias("youfu_cells"),
        )
    )
