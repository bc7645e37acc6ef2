"""DUP115 多重身份重复领取物价补贴等附加补贴."""

from __future__ import annotations

import polars as pl

from baoshen_audit.finding import Grade, Severity, cite
from baoshen_audit.rule import RuleContext, rule
from baoshen_audit.rules import titled


@rule(
    "DUP115",
    "add-on-twice",
    title="多重身份重复领取物价补贴等附加补贴",
    title_en="Add-on subsidy paid twice through two statuses",
    severity=Severity.LOW,
    grade=Grade.A,
    key="person_key",
    needs=(
        "price_subsidy?: month? basis_status? amount? name? id_no?",
        "addon?: item? month? basis_status? amount? name? id_no?",
    ),
    one_of=("price_subsidy", "addon"),
    message="{item}{month}按{statuses}各领一次",
    message_en="The same add-on subsidy is paid through {n} statuses in one month",
    basis=("county-audits",),
    since="0.1",
)
def add_on_twice(price_subsidy: pl.LazyFrame, addon: pl.LazyFrame, *, ctx: RuleContext) -> pl.LazyFrame:
    """一人一月的物价补贴或同一项附加补贴,按两种身份各领一次。

    ## 查什么
    物价补贴名单、附加补贴名单中,同一证件号码、同一项目、同一补贴月份有两种以上依据身份。核查月及以前12个月内的月份。
    一人一项一月一条疑点,金额为各笔之和减去最高的一笔。

    ## 为什么
    低保、特困、优抚分别造册,一人有两种身份就可能领两次;每人每月只发一份。

    ## 常见误报
    - 两个月的补贴一次发放:补贴月份不同,不报。
    - 同一身份列两行、没有写依据身份的:不是两种身份,不报,看名单是否重复导出。
    - 没有写补贴月份的按名册月份,两个月份合在一张表上时先核月份:降为 C 级。

    ## 怎样核实
    - 查发放明细,当月是否到账两笔
    - 查两种身份各由哪个股室造册
    - 补贴月份是否录错

    ## 处理
    保留一份,重复的在以后月份抵扣(须经本人同意)。

    ## 示例
    **特困人员**

    | 姓名 | 身份证号 | 乡镇 |
    |---|---|---|
    | 王一山 | {甲} | 甲镇 |

    **物价补贴**

    | 姓名 | 身份证号 | 乡镇 | 补贴月份 | 依据身份 | 补贴金额 |
    |---|---|---|---|---|---|
    | 王一山 | {甲} | 甲镇 | 2026-06 | 特困 | 40 |
    | 王一山 | {甲} | 甲镇 | 2026-06 | 优抚 | 40 |

    **疑点**

    | 等级 | 金额 | 月份 | 说明 |
    |---|---|---|---|
    | A | 40 | 2026-06 | 物价补贴2026-06按优抚对象、特困人员各领一次 |
    """
    shown = ("name", "id_no", "item", "month", "basis_status", "amount")
    columns = ("row_id", "person_key", "tier", "item", "month", "unsaid", "basis_status", "amount", "cells")
    lists = [
        frame.with_columns(item.alias("item"), pl.col("month").is_null().alias("unsaid"), cite(*shown).alias("cells"))
        .with_columns(pl.col("month").fill_null(ctx.month))
        .select(columns)
        for frame, item in ((price_subsidy, pl.lit("物价补贴")), (addon, pl.col("item").fill_null("附加补贴")))
    ]
    earliest = pl.lit(ctx.month).dt.offset_by("-12mo")
    group = ("person_key", "item", "month")
    return (
        pl.concat(lists)
        .filter(
            pl.col("person_key") >= 0,
            pl.col("basis_status").is_not_null(),
            pl.col("month").is_between(earliest, ctx.month),
            pl.col("amount").is_null() | (pl.col("amount") > 0),
        )
        .sort(*group, "row_id")
        .group_by(group, maintain_order=True)
        .agg(
            pl.col("row_id").first().alias("subject_row"),
            pl.col("basis_status").n_unique().cast(pl.Int64).alias("n"),
            titled("basis_status").unique().sort().alias("all"),
            pl.when(pl.col("amount").is_not_null().all()).then(pl.col("amount").sum() - pl.col("amount").max()),
            pl.col("unsaid").any(),
            pl.col("tier").max(),
            pl.col("cells").explode().alias("evidence"),
        )
        .filter(pl.col("n") > 1)
        .with_columns(
            pl.col("all").list.join("、").alias("statuses"),
            pl.concat_list("month").alias("months"),
            pl.format("{}|{}", "item", pl.col("month").dt.strftime("%Y-%m")).alias("counterpart"),
            pl.when("unsaid").then(pl.lit("C")).otherwise(pl.lit("A")).alias("grade"),
            pl.lit("当月各笔之和减去最高的一笔").alias("formula"),
        )
        .with_columns(pl.col("month").dt.strftime("%Y-%m"))
        .drop("all")
    )
