"""ROLL014 家庭人口数与成员明细不符."""

from __future__ import annotations

import polars as pl

from baoshen_audit.finding import Grade, Severity, cite, cites
from baoshen_audit.rule import RuleContext, rule


@rule(
    "ROLL014",
    "family-size-mismatch",
    title="家庭人口数与成员明细不符",
    title_en="Declared family size differs from member rows",
    severity=Severity.MEDIUM,
    grade=Grade.B,
    key="household_key",
    needs=(
        "dibao: hh_id family_size status?",
        "member: hh_id is_counted? exclude_reason? relation? left_on?",
        "dibao_edge?: hh_id family_size status?",
    ),
    message="家庭人口填写{size}人,成员明细计入{n}人{addition}",
    message_en="Declared family size {size}, members counted {n} (listed but not counted: {excluded})",
    basis=("dibao-confirmation#4", "social-assistance-interim#9"),
    since="0.1",
)
def family_size_mismatch(
    dibao: pl.LazyFrame, member: pl.LazyFrame, dibao_edge: pl.LazyFrame, *, ctx: RuleContext
) -> pl.LazyFrame:
    """低保、低保边缘家庭填写的家庭人口与成员明细比对。

    ## 查什么
    名册上的家庭人口,与成员明细中计入共同生活的人数不同。户主没有列在成员明细里的,户主另计一人。
    注明不计入的成员(服刑、强制隔离戒毒、宣告失踪、宗教教职、义务兵等)和已经减少的成员不算。一户一条疑点。

    ## 为什么
    保障标准按人头计算,家庭人口错一人,保障金就错一个人的标准;方向可能多,也可能少。

    ## 常见误报
    - 依法不计入的成员列在明细里并注明原因:不报。不计入的人应当列出并注明,不应当悄悄缺席。
    - 户主只在家庭名册、不在成员明细:已按户主另计一人。
    - 成员明细里没有这一户的,无从比对,不报。
    - 名册当月刚增减人口,两张表更新有先后。

    ## 怎样核实
    - 对照户口簿和入户调查表,核实共同生活成员
    - 不计入的成员是否写明原因
    - 当月是否刚增减人口

    ## 处理
    核实后更正家庭人口或成员明细,并按核实的人数重算补差,多退少补。

    ## 示例
    **低保家庭**

    | 户编号 | 户主姓名 | 户主身份证号 | 乡镇 | 家庭人口 |
    |---|---|---|---|---|
    | D001 | 王大山 | {甲:1961-03-05男} | 甲镇 | 3 |
    | D002 | 李小河 | {丙:1970-02-03女} | 甲镇 | 1 |

    **共同生活成员**

    | 户编号 | 成员姓名 | 成员身份证号 | 与户主关系 | 是否共同生活 | 不计入原因 |
    |---|---|---|---|---|---|
    | D001 | 王大山 | {甲} | 户主 | 是 | |
    | D001 | 赵水莲 | {乙:1963-05-06女} | 配偶 | 是 | |
    | D002 | 李小河 | {丙} | 户主 | 是 | |
    | D002 | 王小军 | {丁:2004-05-06男} | 子 | 否 | 义务兵 |

    **疑点**

    | 等级 | 说明 |
    |---|---|
    | B | 家庭人口填写3人,成员明细计入2人 |
    """
    columns = ("household_key", "row_id", "family_size", "person_key", "name_key", "status")
    households = (
        pl.concat([dibao.select(columns), dibao_edge.select(columns)])
        .filter(
            pl.col("household_key").is_not_null(),
            pl.col("family_size").is_not_null(),
            pl.col("status").is_null() | ~pl.col("status").is_in(["停保", "不予批准"]),
        )
        .sort("household_key", "row_id")
        .unique("household_key", keep="first", maintain_order=True)
        .rename({"row_id": "subject_row", "family_size": "size", "person_key": "head_key", "name_key": "head_name"})
        .with_columns(cite("name", "family_size", row="subject_row").alias("household_cells"))
    )
    counted = pl.coalesce("is_counted", pl.col("exclude_reason").is_null())
    left = (pl.col("left_on") <= ctx.as_of).fill_null(value=False)
    is_head = (
        (pl.col("relation") == "户主").fill_null(value=False)
        | (pl.col("person_key") == pl.col("head_key")).fill_null(value=False)
        | (pl.col("name_key") == pl.col("head_name")).fill_null(value=False)
    )
    return (
        member.join(households, on="household_key")
        .sort("household_key", "row_id")
        .group_by("household_key", maintain_order=True)
        .agg(
            pl.first("subject_row", "size", "household_cells"),
            # some offices list only the others: a head who stands nowhere among the members is one person more
            ((counted & ~left).sum() + (~is_head.any()).cast(pl.UInt32)).cast(pl.Int64).alias("n"),
            (~counted & ~left).sum().cast(pl.Int64).alias("excluded"),
            cite("name", "relation", "is_counted", "exclude_reason", "left_on").explode().alias("member_cells"),
        )
        .filter(pl.col("size") != pl.col("n"))
        .with_columns(
            pl.when(pl.col("excluded") > 0)
            .then(pl.format(",另有{}人列出但不计入", "excluded"))
            .otherwise(pl.lit(""))
            .alias("addition"),
            cites(pl.col("household_cells"), pl.col("member_cells")).alias("evidence"),
        )
    )
