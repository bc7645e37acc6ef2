"""ROLL009 金额非法或单位混用."""

from __future__ import annotations

from typing import Final

import polars as pl

from baoshen_audit.finding import CITED, Grade, Severity, cite
from baoshen_audit.rule import RuleContext, rule
from baoshen_audit.rules.intake import cell

_CASH: Final = ("dibao", "tekun", "orphan", "de_facto_orphan", "veteran_rural60", "martyr_child60")
"""Rolls whose every active row is paid an amount."""


@rule(
    "ROLL009",
    "illegal-amount",
    title="金额非法或单位混用",
    title_en="Illegal amount or mixed units",
    severity=Severity.HIGH,
    grade=Grade.B,
    key="table_id",
    needs=(
        "entry: name? id_no? monthly_amount? income_month? income_year? family_size? status?",
        "problem: monthly_amount? income_month? income_year? assets? family_size? covered_count? age? amount_paid?",
    ),
    message="{what}({n}行)",
    message_en="{what_en} ({n} rows)",
    basis=("social-assistance-interim#12", "baoshen-defaults"),
    since="0.1",
)
def illegal_amount(
    entry: pl.LazyFrame,
    problem: pl.LazyFrame,
    *,
    ctx: RuleContext,
    standards: int = 3,
    min_rows: int = 10,
    shown: int = 5,
) -> pl.LazyFrame:
    """金额和数字栏读不出、为负、在保而金额为0,或整栏单位像是填错。

    ## 查什么
    一张表的一栏一条疑点:不是数字、带两位以上小数、为负数;在保的现金项目月保障金额为0;
    低保的户月保障金超过保障标准与人口乘积的 `standards` 倍;家庭月收入整栏的中位数超过同样的倍数,
    多半是把年收入、或以万元为单位的数填进了月收入栏。不足 `min_rows` 行的表不看中位数。

    ## 为什么
    金额单位错一次,全表的补差都会算错,而逐行看每一行都“像是”一个数。

    ## 常见误报
    - 低保边缘、刚性支出家庭没有现金,金额为0是正常的:不查。
    - 暂停、停保、渐退的户金额可以为0:不查。
    - 按季发放的金额是月金额的3倍:在 `standards` 倍以内不报;超出的在读入时写明按季。
    - 没有当期保障标准时,倍数不查,其余照查。

    ## 怎样核实
    - 看表头和标题是否写明单位(元、万元、月、年)
    - 与发放明细的实发金额核对
    - 金额为0的,查是否已经停发而状态没有改

    ## 处理
    在读入配置或表头中写明单位后重新核查,不要逐行手改。

    ## 示例
    **特困人员**

    | 姓名 | 身份证号 | 乡镇 | 状态 | 月保障金额 |
    |---|---|---|---|---|
    | 王大山 | {甲:1941-03-05男} | 甲镇 | 在保 | 约一千三 |
    | 李小河 | {乙:1950-02-03女} | 甲镇 | 在保 | 0 |
    | 赵长水 | {丙:1948-08-20男} | 甲镇 | 在保 | 1326 |

    **疑点**

    | 等级 | 说明 |
    |---|---|
    | B | 月保障金额读不出(1行) |
    | B | 在保而月保障金额为0(1行) |
    """
    spans = ctx.policy.by_month("dibao.standard", [ctx.month])["value"]
    line = pl.lit(spans.max() if spans.len() else None, dtype=pl.Int64) * pl.col("family_size")
    rows = entry.filter(~pl.col("twin")).with_columns((line * standards).alias("limit"))
    paid = pl.col("active") & (pl.col("status").is_null() | (pl.col("status") == "在保"))
    dibao = pl.col("table") == "dibao"
    usual = pl.col("income_month") > 0
    many = (usual & pl.col("limit").is_not_null()).sum() >= min_rows
    high = many & (pl.col("income_month").filter(usual).median() > pl.col("limit").filter(usual).median())
    tests = (
        (pl.col("table").is_in(_CASH) & paid & (pl.col("monthly_amount") == 0), "monthly_amount", "在保而月保障金额为0",
         "monthly amount 0 while active"),
        (dibao & (pl.col("monthly_amount") > pl.col("limit")), "monthly_amount",
         f"户月保障金超过保障标准与人口乘积的{standards}倍,疑单位有误", "amount far beyond the standard"),
        (dibao & usual & high.over("table_id"), "income_month",
         f"家庭月收入中位数超过保障标准与人口乘积的{standards}倍,疑为年收入或单位有误",
         "median income far beyond the standard: yearly, or another unit?"),
    )  # fmt: skip
    found = [
        rows.filter(test.fill_null(value=False)).select(
            "table_id",
            "row_id",
            pl.lit(column).alias("column"),
            pl.lit(zh).alias("what"),
            pl.lit(en).alias("what_en"),
            cite("name", column, "family_size", "status").alias("cells"),
        )
        for test, column, zh, en in tests
    ]
    read = pl.col("problem") == "unparsed"
    unread = problem.filter(pl.col("kind").is_in(["money", "int", "number", "ratio"])).select(
        "table_id",
        "row_id",
        "column",
        pl.format(
            "{}{}", "title", pl.when(read).then(pl.lit("读不出")).otherwise(pl.lit("为负数或超出合理范围"))
        ).alias("what"),
        pl.format(
            "{} {}",
            "column",
            pl.when(read).then(pl.lit("cannot be read")).otherwise(pl.lit("is negative or out of range")),
        ).alias("what_en"),
        cell().alias("cells"),
    )
    return (
        pl.concat([*found, unread])
        .sort("table_id", "column", "what", "row_id")
        .group_by("table_id", "column", "what", maintain_order=True)
        .agg(
            pl.first("what_en"),
            pl.len().cast(pl.Int64).alias("n"),
            pl.col("cells").head(shown).explode().cast(CITED.inner).alias("evidence"),
        )
        .with_columns(pl.concat_str("column", pl.lit(":"), "what").alias("counterpart"))
    )
