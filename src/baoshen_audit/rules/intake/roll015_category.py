"""ROLL015 保障人口大于家庭人口或类别非法."""

from __future__ import annotations

import polars as pl

from baoshen_audit.finding import Grade, Severity, cite
from baoshen_audit.rule import RuleContext, rule


@rule(
    "ROLL015",
    "impossible-category",
    title="保障人口大于家庭人口或类别非法",
    title_en="Guaranteed persons > family size, or impossible category",
    severity=Severity.MEDIUM,
    grade=Grade.B,
    key="household_key",
    needs=(
        "entry: hh_id? name? family_size? covered_count? category? status?",
        "dibao_edge?: monthly_amount? status?",
        "tekun?: hh_id? status?",
        "member?: is_counted? exclude_reason?",
    ),
    message="{what}",
    message_en="{what_en}",
    basis=("relief-notice-2022", "dibao-confirmation#4"),
    since="0.1",
)
def impossible_category(
    entry: pl.LazyFrame, dibao_edge: pl.LazyFrame, tekun: pl.LazyFrame, member: pl.LazyFrame, *, ctx: RuleContext
) -> pl.LazyFrame:
    """保障人口比家庭人口多,单人保的保障人口不是1,低保边缘家庭有月保障金,几名特困人员共用一个户编号。

    ## 查什么
    低保家庭:保障人口大于家庭人口;保障类别为单人保而保障人口不是1。低保边缘家庭:月保障金大于0。
    特困人员:同一户编号下有几名特困人员(特困按人认定,只列为 C 级)。已停保的不查。一户一条疑点。

    ## 为什么
    保障人口决定发给几个人。单人保只保障一个人(民发〔2022〕83号);低保边缘家庭不发低保金,有金额多半是类别登记错了。

    ## 常见误报
    - 渐退期家庭沿用原来的保障人口:只列为 C 级。
    - 低保边缘家庭的“金额”栏填的是其他专项(如物价补贴):只列专项的不应填在月保障金栏。
    - 成员明细的人数与保障人口一致的,是家庭人口填错,由 ROLL014 查,不在这里重复。
    - 兄弟、夫妻都是特困人员、登记在同一户:登记无误即可。

    ## 怎样核实
    - 对照审批表,核实保障类别和保障人口
    - 低保边缘家庭是否确有发放
    - 是否处于渐退期

    ## 处理
    更正保障类别或人数;涉及发放的,按正确的类别和人数重算。

    ## 示例
    **低保家庭**

    | 户编号 | 户主姓名 | 户主身份证号 | 乡镇 | 家庭人口 | 保障人口 | 保障类别 |
    |---|---|---|---|---|---|---|
    | D001 | 王大山 | {甲:1961-03-05男} | 甲镇 | 2 | 3 | 整户保 |
    | D002 | 李小河 | {乙:1970-02-03女} | 甲镇 | 3 | 2 | 单人保 |
    | D003 | 赵长水 | {丙:1958-08-20男} | 甲镇 | 3 | 1 | 单人保 |

    **疑点**

    | 等级 | 说明 |
    |---|---|
    | B | 保障人口3人,大于家庭人口2人 |
    | B | 保障类别为单人保,保障人口是2人 |
    """
    open_case = pl.col("status").is_null() | pl.col("status").is_in(["在保", "渐退", "暂停"])
    covered, size = pl.col("covered_count"), pl.col("family_size")
    more, single = (covered > size).fill_null(value=False), (pl.col("category") == "单人保") & (covered != 1)
    weak = pl.when(pl.col("status") == "渐退").then(pl.lit("C")).otherwise(pl.lit("B"))
    counted = pl.coalesce("is_counted", pl.col("exclude_reason").is_null())
    listed = member.filter(counted).group_by("household_key").agg(pl.len().cast(pl.Int64).alias("listed"))
    # as many covered as the member rows count: the family size is what is wrong, and ROLL014 says so
    wrong_size = (pl.col("listed") == covered).fill_null(value=False)
    dibao = entry.filter(pl.col("table") == "dibao", open_case).join(listed, on="household_key", how="left")
    counts = dibao.filter((more & ~wrong_size) | single.fill_null(value=False)).select(
        "household_key",
        "row_id",
        pl.when(more)
        .then(pl.format("保障人口{}人,大于家庭人口{}人", covered, size))
        .otherwise(pl.format("保障类别为单人保,保障人口是{}人", covered))
        .alias("what"),
        pl.when(more)
        .then(pl.format("{} persons covered in a family of {}", covered, size))
        .otherwise(pl.format("single-person guarantee with {} persons covered", covered))
        .alias("what_en"),
        weak.alias("grade"),
        cite("name", "family_size", "covered_count", "category", "status").alias("cells"),
    )
    edge = dibao_edge.filter(open_case, pl.col("monthly_amount") > 0).select(
        "household_key",
        "row_id",
        pl.lit("低保边缘家庭填有月保障金").alias("what"),
        pl.lit("a low-income edge household has a monthly amount").alias("what_en"),
        weak.alias("grade"),
        cite("name", "monthly_amount", "status").alias("cells"),
    )
    shared = tekun.filter(open_case, pl.col("sharing") > 1).select(
        "household_key",
        "row_id",
        pl.format("同一户编号下有{}名特困人员", "sharing").alias("what"),
        pl.format("{} persons of the roll share one household number", "sharing").alias("what_en"),
        pl.lit("C").alias("grade"),
        cite("name", "hh_id").alias("cells"),
    )
    return (
        pl.concat([counts, edge, shared])
        .filter(pl.col("household_key").is_not_null())
        .sort("household_key", "row_id")
        .unique(["household_key", "what"], keep="first", maintain_order=True)
        .with_columns(
            pl.col("row_id").alias("subject_row"),
            pl.col("what").str.replace_all("[0-9]+人", "").alias("counterpart"),
        )
        .rename({"cells": "evidence"})
        .drop("row_id")
    )
