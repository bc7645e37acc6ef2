"""ERR226 孤儿、事实无人抚养儿童年满18周岁未在校."""

from __future__ import annotations

import polars as pl

from baoshen_audit.finding import Grade, Severity, cite, cites, weakest
from baoshen_audit.rule import RuleContext, rule


@rule(
    "ERR226",
    "orphan-of-age-not-in-school",
    title="孤儿、事实无人抚养儿童年满18周岁未在校",
    title_en="Orphan over 18 not in school",
    severity=Severity.MEDIUM,
    grade=Grade.B,
    key="person_key",
    needs=(
        "roll: id_no name? birth_date? status?",
        "school: enrol_status|leave_date school? enrol_date?",
        "orphan?: in_school? school?",
        "de_facto_orphan?: in_school? school?",
    ),
    policy=("orphan.age",),
    message="{of_age}年满界限年龄,{found};{programmes}本月仍发放",
    message_en="Of age on {of_age}, no school enrolment found for the month, still on the roll",
    basis=("de-facto-orphan", "county-audits"),
    since="0.1",
)
def orphan_of_age_not_in_school(
    roll: pl.LazyFrame,
    school: pl.LazyFrame,
    orphan: pl.LazyFrame,
    de_facto_orphan: pl.LazyFrame,
    *,
    ctx: RuleContext,
    grace_to_month: int = 8,
) -> pl.LazyFrame:
    """孤儿、事实无人抚养儿童名册与学籍数据的比对。

    ## 查什么
    本月在册的孤儿、事实无人抚养儿童,已年满政策参数规定的年龄,而学籍数据里本月没有在读或休学的学籍。
    满龄当年、毕业当年到 8 月(`grace_to_month`)为止不看。

    ## 为什么
    基本生活保障到 18 周岁;年满 18 周岁仍在校就读的,各地继续保障。没有学籍是线索,不是结论。

    ## 常见误报
    - 技工学校、中职和省外学校不在学籍数据里:名册写明在校或就读学校的,降为 C 级。
    - 休学、患重病、复读:休学的学籍按在校看,其他请查证明。
    - 满龄或毕业当年升学前的暑期:到 8 月为止不报。
    - 名册出生日期与证件不同的,以证件为准。

    ## 怎样核实
    - 请本人或监护人提供在校证明
    - 向学校或教育部门核实学籍状态
    - 是否因重病、重残不能就学或就业

    ## 处理
    确认不在校的,书面告知后停发,同时协助申请低保、特困或临时救助;仍在校的补登学籍。

    ## 示例
    **孤儿**

    | 姓名 | 身份证号 | 乡镇 | 状态 |
    |---|---|---|---|
    | 郑一 | {郑一:2006-02-03男} | 甲镇 | 在保 |

    **学籍**

    | 姓名 | 身份证号 | 学校 | 学籍状态 | 毕业日期 |
    |---|---|---|---|---|
    | 郑一 | {郑一} | 甲地中学 | 毕业 | 2024-06-30 |

    **疑点**

    | 等级 | 月份 | 说明 |
    |---|---|---|
    | B | 2026-06 | 2024-02-03年满界限年龄,学籍已于2024-06-30结束 |
    """
    age = ctx.policy.get("orphan.age", ctx.month).integer
    recent = ctx.month.year if ctx.month.month <= grace_to_month else ctx.month.year + 1
    birth = pl.coalesce(pl.col("id_no").str.slice(6, 8).str.to_date("%Y%m%d", strict=False), "birth_date")
    said = pl.concat(
        [frame.select("row_id", "in_school", "school") for frame in (orphan, de_facto_orphan)], how="vertical"
    )
    of_age = (
        roll.filter("active", pl.col("table").is_in(["orphan", "de_facto_orphan"]), pl.col("person_key") >= 0)
        .with_columns(birth.dt.offset_by(f"{age}y").alias("of_age"))
        # the day itself may lie in this year: schooling goes on to the end of the summer
        .filter(pl.col("of_age") <= ctx.as_of, pl.col("of_age").dt.year() < recent)
        .join(said, on="row_id", how="left")
        .with_columns(cite("name", "id_no", "birth_date", "in_school", "school").alias("roll_cells"))
    )
    return (
        of_age.join(_enrolments(school, recent, ctx), on="person_key", how="left")
        .filter(pl.col("enrolled").ne_missing(other=True))
        # twice on the rolls is another rule's finding
        .sort("row_id")
        .unique("person_key", keep="first", maintain_order=True)
        .with_columns(
            pl.col("row_id").alias("subject_row"),
            pl.concat_list("period").alias("months"),
            pl.col("of_age").cast(pl.String),
            weakest("tier", "school_tier").alias("tier"),
            pl.when(pl.col("table") == "orphan").then(pl.lit("孤儿保障")).otherwise(pl.lit("事实无人抚养儿童保障"))
            .alias("programmes"),
            pl.when(pl.col("left").is_not_null()).then(pl.format("学籍已于{}结束", "left"))
            .when(pl.col("enrolled").is_not_null()).then(pl.lit("学籍已结束"))
            .otherwise(pl.lit("学籍数据里没有在读学籍")).alias("found"),
            pl.when(pl.col("in_school") | (pl.col("school").is_not_null() & pl.col("in_school").is_null()))
            .then(pl.lit("C")).alias("grade"),
            cites(pl.col("roll_cells"), pl.col("school_cells").fill_null([])).alias("evidence"),
        )
    )  # fmt: skip


def _enrolments(school: pl.LazyFrame, recent: int, ctx: RuleContext) -> pl.LazyFrame:
    """One row per person: whether enrolled in the month, or a graduate whose summer is not over; else the last day."""
    leave = pl.col("leave_date")
    studies = pl.col("enrol_status").fill_null("在读").is_in(["在读", "休学"]) & (
        leave.is_null() | (leave >= ctx.month)
    )
    graduated = (pl.col("enrol_status").fill_null("毕业") == "毕业") & (leave.dt.year() >= recent)
    return (
        school.filter(pl.col("person_key").is_not_null())
        .sort("person_key", "row_id")
        .group_by("person_key", maintain_order=True)
        .agg(
            (studies | graduated.fill_null(value=False)).any().alias("enrolled"),
            leave.max().alias("left"),
            pl.col("tier").max().alias("school_tier"),
            cite("name", "id_no", "school", "enrol_status", "leave_date").explode().alias("school_cells"),
        )
    )
