"""ROLL011 区划代码或地名不符."""

from __future__ import annotations

from typing import Final

import polars as pl

from baoshen_audit.finding import Grade, Severity, cite
from baoshen_audit.identity import region as areas
from baoshen_audit.rule import RuleContext, rule

_OFFICE: Final = "(?:村民委员会|居民委员会|村委会|居委会)$"
"""What a list of codes puts behind the name of a village."""


@rule(
    "ROLL011",
    "place-mismatch",
    title="区划代码或地名不符",
    title_en="Division code or place name mismatch",
    severity=Severity.LOW,
    grade=Grade.C,
    key="row_id",
    needs=(
        "entry: region_code|town|village",
        "region?: region_code name valid_from? valid_to?",
        "place_alias?: old_name name? valid_from? valid_to?",
    ),
    message="{what}",
    message_en="{what_en}",
    basis=("gb-2260",),
    since="0.1",
)
def place_mismatch(
    entry: pl.LazyFrame, region: pl.LazyFrame, place_alias: pl.LazyFrame, *, ctx: RuleContext
) -> pl.LazyFrame:
    """名册的区划代码、乡镇、村(社区)名称与区划代码表、地名更名表不符。

    ## 查什么
    区划代码不是6、9或12位,或前六位不在国家区划代码内、已经停用;交来区划代码表的,代码不在表内或核查月已停用,
    代码对应的名称与乡镇、村(社区)栏都不同;交来地名更名表的,乡镇、村名是已停用的原名。
    按家庭或个人所在的一行查,家庭成员不重复。一行一条疑点。

    ## 为什么
    按乡镇统计、跨镇重复和下发核查都靠地名。同一个村写成两个名字,跨镇重复就会多报或漏报。

    ## 常见误报
    - 并村、改名之后居民多年沿用旧名:按更名表对应即可,只列为 C 级。
    - 区划代码表版本旧,新设的村不在表内:请统计部门提供当年版本。
    - 证件号码前六位是首次办证地,与现住地无关:不在这里比较。

    ## 怎样核实
    - 查统计用区划代码当年版本
    - 查地名更名文件,登记现名
    - 行政区划调整过渡期内的,按调整文件处理

    ## 处理
    按更名表统一为现名;表内没有的名称报请补登。

    ## 示例
    **特困人员**

    | 姓名 | 身份证号 | 乡镇 | 村(社区) | 区划代码 |
    |---|---|---|---|---|
    | 王大山 | {甲:1941-03-05男} | 甲镇 | 东村 | 320413104201 |
    | 李小河 | {乙:1950-02-03女} | 甲镇 | 东村 | 32041310420 |
    | 赵长水 | {丙:1948-08-20男} | 甲镇 | 老桥村 | 320413104202 |

    **行政区划代码**

    | 代码 | 名称 |
    |---|---|
    | 320413104201 | 东村 |
    | 320413104202 | 新桥村 |

    **疑点**

    | 等级 | 说明 |
    |---|---|
    | C | 区划代码应为6、9或12位 |
    | C | 代码对应的地名与乡镇、村名不同 |
    """
    year = ctx.as_of.year
    valid = pl.col("valid_from").fill_null(0).le(year) & pl.col("valid_to").fill_null(9999).ge(year)
    codes = (
        region.with_columns(valid.alias("valid"))
        .group_by(pl.col("region_code").str.replace_all("[^0-9]", "").alias("code"))
        .agg(
            pl.col("valid").any(),
            pl.col("name").filter("valid").sort().first().str.replace(_OFFICE, "").alias("called"),
        )
    )
    listed = region.select(pl.len().alias("codes"), (pl.col("region_code").str.len_chars() > 6).any().alias("fine"))
    old = place_alias.filter(
        pl.col("old_name").is_not_null(),
        pl.col("old_name") != pl.col("name").fill_null(""),
        (pl.col("valid_to") <= ctx.as_of).fill_null(value=False) | (pl.col("valid_from") <= ctx.as_of),
    ).select(pl.col("old_name").unique().implode().alias("old"))
    ended = areas.areas().filter(pl.col("last") < year)["code"].implode()
    code, first = pl.col("code"), pl.col("code").str.slice(0, 6)
    formed = code.str.contains("^(?:[0-9]{6}|[0-9]{9}|[0-9]{12})$")
    unknown = formed & ~first.is_in(areas.areas()["code"].implode()) & ~pl.col("codes").gt(0)
    judged = (pl.col("codes") > 0) & formed & ((code.str.len_chars() == 6) | pl.col("fine"))
    place = pl.concat_str(pl.col("town", "village").fill_null(""), separator="/")
    agree = pl.col("called").is_null() | place.str.contains(pl.col("called"), literal=True)
    tests = (
        (code.is_not_null() & ~formed, "区划代码应为6、9或12位", "the division code has not 6, 9 or 12 digits"),
        (unknown, "区划代码的前六位不在国家区划代码内", "the division code is in no list"),
        (formed & first.is_in(ended) & ~(pl.col("codes") > 0), "区划代码已停用", "the division code has ended"),
        (judged & pl.col("valid").is_null(), "区划代码不在区划代码表内", "the division code is not in the table"),
        (judged & ~pl.col("valid"), "区划代码在核查月已停用", "the division code is not in force"),
        (judged & pl.col("valid") & ~agree & (place != "/"), "代码对应的地名与乡镇、村名不同",
         "code and names disagree"),
        (pl.col("town").is_in(pl.col("old")) | pl.col("village").is_in(pl.col("old")), "地名是已更名的原名",
         "the place goes by a former name"),
    )  # fmt: skip
    said = [(test.fill_null(value=False), zh, en) for test, zh, en in tests]
    return (
        entry.filter(pl.col("table") != "member")
        .with_columns(pl.col("region_code").str.replace("^#", "").alias("code"))
        .join(codes, on="code", how="left")
        .join(listed, how="cross")
        .join(old, how="cross")
        .filter(pl.any_horizontal(test for test, _, _ in said))
        .with_columns(
            pl.col("row_id").alias("subject_row"),
            pl.concat_list(pl.when(t).then(pl.lit(zh)) for t, zh, _ in said)
            .list.drop_nulls()
            .list.join(";")
            .alias("what"),
            pl.concat_list(pl.when(t).then(pl.lit(en)) for t, _, en in said)
            .list.drop_nulls()
            .list.join("; ")
            .alias("what_en"),
            cite("region_code", "town", "village").alias("evidence"),
        )
        .drop("code", "called", "valid", "codes", "fine", "old")
    )
