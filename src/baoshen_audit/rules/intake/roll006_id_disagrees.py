"""ROLL006 证件与性别、出生日期、年龄列不一致."""

from __future__ import annotations

from typing import Final

import polars as pl

from baoshen_audit.finding import Grade, Severity, cite
from baoshen_audit.identity import resident_id
from baoshen_audit.rule import RuleContext, rule

_TELLING: Final = ["valid18", "valid18_hmt", "valid18_foreign", "upgraded15"]
"""Statuses of numbers that tell a birth date: well formed, check character right."""


@rule(
    "ROLL006",
    "id-disagrees-with-columns",
    title="证件与性别、出生日期、年龄列不一致",
    title_en="ID disagrees with sex, birth or age columns",
    severity=Severity.MEDIUM,
    grade=Grade.B,
    key="row_id",
    needs=("roll: name? id_no sex|birth_date|age remark?",),
    message="{what}与证件号码不一致{addition}",
    message_en="The ID number disagrees with: {what_en}{addition_en}",
    basis=("gb-11643", "gb-2261-1"),
    since="0.1",
)
def id_disagrees(
    roll: pl.LazyFrame, *, ctx: RuleContext, age_tol: int = 1, lunar_min: int = 18, lunar_max: int = 52
) -> pl.LazyFrame:
    """证件号码中的性别、出生日期与名册的性别、出生日期、年龄栏比对。

    ## 查什么
    证件号码第7-14位是出生日期,第17位奇数为男、偶数为女,与名册的性别、出生日期栏逐行比较;
    年龄栏与核查日的周岁相差超过 `age_tol` 岁的也列出。名册没有的栏不比。一行一条疑点,写明哪几栏不一致。

    ## 为什么
    两处写法至少有一处是错的:号码录成了别人的,或者栏目填错。号码是别人的,所有比对都会查错人;
    年龄填错会影响分类施保、孤儿和高龄待遇。

    ## 常见误报
    - 出生日期按农历填写:与号码相差 `lunar_min`-`lunar_max` 天,只列为 C 级。
    - 年龄按虚岁填写,大一岁,在误差之内不报。
    - 公安部门更正过性别或出生日期,仍用旧号:备注写有“更正”的列为 C 级。
    - 整张表大面积不一致,多是只对某一列排序造成的错行,应整表退回重做,不要逐行改。

    ## 怎样核实
    - 对照户口簿,看是号码错还是栏目错
    - 是否按农历填写出生日期
    - 公安部门是否更正过性别或出生日期
    - 同一张表里是否大面积不一致(错行)

    ## 处理
    以证件号码为准更正栏目;公安登记另有记载的,以公安登记为准。

    ## 示例
    **特困人员**

    | 姓名 | 身份证号 | 乡镇 | 性别 | 出生日期 | 年龄 |
    |---|---|---|---|---|---|
    | 王大山 | {甲:1941-03-05男} | 甲镇 | 女 | 1941-03-05 | 85 |
    | 李小河 | {乙:1950-02-03女} | 甲镇 | 女 | 1950-02-03 | 77 |
    | 赵长水 | {丙:1948-08-20男} | 甲镇 | 男 | 1946-08-20 | 79 |

    **疑点**

    | 等级 | 说明 |
    |---|---|
    | B | 性别与证件号码不一致 |
    | B | 出生日期、年龄与证件号码不一致 |
    """
    born = pl.col("number").struct.field("birth_date")
    # year, month and day as one number: the whole years between two dates are the difference by 10,000
    years = (ctx.as_of.year * 10000 + ctx.as_of.month * 100 + ctx.as_of.day - _as_number(born)) // 10000
    # the layout of foreigners' cards is known for the birth date only
    sexed = pl.col("sex").is_in(["男", "女"]) & (pl.col("id_status") != "valid18_foreign")
    differs = {
        ("性别", "sex"): sexed & (pl.col("sex") != pl.col("number").struct.field("sex")),
        ("出生日期", "birth date"): pl.col("birth_date") != born,
        ("年龄", "age"): (pl.col("age") - years).abs() > age_tol,
    }
    wrong_sex, wrong_birth, wrong_age = (test.fill_null(value=False) for test in differs.values())
    apart = (pl.col("birth_date") - born).dt.total_days().abs()
    lunar = wrong_birth & ~wrong_sex & ~wrong_age & apart.is_between(lunar_min, lunar_max)
    corrected = pl.col("remark").str.contains("更正").fill_null(value=False)
    return (
        roll.filter(pl.col("id_status").is_in(_TELLING))
        .with_columns(resident_id.parsed("id_no").alias("number"))
        .filter(wrong_sex | wrong_birth | wrong_age)
        .with_columns(
            pl.col("row_id").alias("subject_row"),
            _named({zh: test for (zh, _), test in differs.items()}, "、").alias("what"),
            _named({en: test for (_, en), test in differs.items()}, ", ").alias("what_en"),
            pl.when(lunar | corrected).then(pl.lit("C")).otherwise(pl.lit("B")).alias("grade"),
            pl.when(lunar).then(pl.format(",相差{}天,可能按农历填写", apart)).otherwise(pl.lit("")).alias("addition"),
            pl.when(lunar)
            .then(pl.format("; {} days apart, perhaps a lunar birthday", apart))
            .otherwise(pl.lit(""))
            .alias("addition_en"),
            cite("name", "id_no", "sex", "birth_date", "age").alias("evidence"),
        )
        .drop("number", "tier")
    )


def _as_number(day: pl.Expr) -> pl.Expr:
    return day.dt.year() * 10000 + day.dt.month().cast(pl.Int32) * 100 + day.dt.day()


def _named(tests: dict[str, pl.Expr], separator: str) -> pl.Expr:
    """The names of the tests that are true, joined."""
    words = [pl.when(test).then(pl.lit(word)) for word, test in tests.items()]
    return pl.concat_list(words).list.drop_nulls().list.join(separator)
