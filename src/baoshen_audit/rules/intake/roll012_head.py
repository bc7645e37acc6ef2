"""ROLL012 户主缺失或不唯一."""

from __future__ import annotations

import polars as pl

from baoshen_audit.finding import Grade, Severity, cite
from baoshen_audit.rule import RuleContext, rule


@rule(
    "ROLL012",
    "no-single-head",
    title="户主缺失或不唯一",
    title_en="No household head, or more than one",
    severity=Severity.MEDIUM,
    grade=Grade.B,
    key="household_key",
    needs=("roll: hh_id relation name?",),
    message="{members}名成员中,与户主关系为户主的有{heads}人{addition}",
    message_en="Of {members} members, {heads} are stated to be the head",
    basis=("social-assistance-interim#11", "dibao-confirmation#4"),
    since="0.1",
)
def no_single_head(roll: pl.LazyFrame, *, ctx: RuleContext) -> pl.LazyFrame:
    """低保、低保边缘、刚性支出家庭的成员明细里,户主不是恰好一人。

    ## 查什么
    同一户的成员中“与户主关系”为户主的人数不是1。家庭名册上的户主没有列在成员明细里的,算有户主;
    同一人列了两次的算一人(重复由 DUP101 查)。已停保的户不查。一户一条疑点。

    ## 为什么
    低保以家庭为单位申请和发放,收款、核对授权和赡养关系都从户主算起。没有户主或有两个户主,亲属关系就全错了位。

    ## 常见误报
    - 特困人员、孤儿按人登记,没有户主:不查。
    - 户主去世,继任户主尚未登记:备注写明的,补登即可;户主已故见 ERR201。
    - 有成员没有填写关系的:只列为 C 级,先补填。

    ## 怎样核实
    - 对照户口簿和申请书,确定申请人(户主)
    - 户主是否去世或迁出,是否已办户主变更
    - 是否把两户并在了一个户编号下

    ## 处理
    登记一名户主。两户并在一个编号下的,分开登记并分别核算。

    ## 示例
    **共同生活成员**

    | 户编号 | 成员姓名 | 成员身份证号 | 与户主关系 | 救助项目 |
    |---|---|---|---|---|
    | D001 | 王大山 | {甲:1961-03-05男} | 户主 | 低保 |
    | D001 | 赵水莲 | {乙:1963-05-06女} | 户主 | 低保 |
    | D002 | 李小河 | {丙:1970-02-03女} | 户主 | 低保 |

    **疑点**

    | 等级 | 说明 |
    |---|---|
    | B | 2名成员中,与户主关系为户主的有2人 |
    """
    is_head = (pl.col("relation") == "户主").fill_null(value=False)
    listed = pl.col("table") == "member"
    return (
        roll.filter(pl.col("hh_id").is_not_null())
        .sort("household_key", "row_id")
        .group_by("household_key", maintain_order=True)
        .agg(
            pl.col("row_id").filter(listed).first().alias("subject_row"),
            pl.col("person_key").filter(is_head).n_unique().cast(pl.Int64).alias("heads"),
            pl.col("person_key").n_unique().cast(pl.Int64).alias("members"),
            pl.col("relation").is_null().sum().cast(pl.Int64).alias("untold"),
            pl.col("active").any(),
            listed.any().alias("listed"),
            cite("name", "relation").explode().alias("evidence"),
        )
        .filter(pl.col("listed"), pl.col("active"), pl.col("heads") != 1)
        .with_columns(
            pl.when((pl.col("heads") == 0) & (pl.col("untold") > 0))
            .then(pl.lit("C"))
            .otherwise(pl.lit("B"))
            .alias("grade"),
            pl.when(pl.col("untold") > 0)
            .then(pl.format(",{}人没有填写关系", "untold"))
            .otherwise(pl.lit(""))
            .alias("addition"),
        )
        .drop("untold", "active", "listed")
    )
