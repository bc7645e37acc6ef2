"""ERR206 在职参保缴费与申报无业矛盾."""

from __future__ import annotations

import polars as pl

from baoshen_audit.finding import Grade, Severity, cite, cites, weakest
from baoshen_audit.rule import RuleContext, rule
from baoshen_audit.rules import listed
from baoshen_audit.schemas import HOUSEHOLD_ROLLS


@rule(
    "ERR206",
    "insured-by-employer-while-jobless",
    title="在职参保缴费与申报无业矛盾",
    title_en="Employer-paid insurance contradicts 'unemployed'",
    severity=Severity.LOW,
    grade=Grade.C,
    key="person_key",
    needs=(
        "roll: name? id_no relation? status?",
        "member: employment",
        "social_ins: month pay_kind insurance? employer? base?",
        "unemployment?: public_post? registered? registered_on?",
        "feed: as_of",
    ),
    policy=("employment.none_states", "employment.not_employer_words"),
    message="由单位缴费参保已连续{n}个月(至{last:月}),名册登记的就业状况为{employment}",
    message_en="Insured by an employer for {n} months in a row (to {last:月}) while listed as without work",
    basis=("social-assistance-interim#58", "county-audits"),
    since="0.1",
)
def insured_by_employer_while_jobless(
    roll: pl.LazyFrame,
    member: pl.LazyFrame,
    social_ins: pl.LazyFrame,
    unemployment: pl.LazyFrame,
    feed: pl.LazyFrame,
    *,
    ctx: RuleContext,
    months: int = 3,
) -> pl.LazyFrame:
    """社会保险缴费数据与名册就业状况的比对。

    ## 查什么
    名册登记为失业、无就业条件的成员,近期仍由用人单位缴纳职工社会保险,连续 3 个月(参数 months)以上。一人一条疑点。

    ## 为什么
    办法第五十八条规定可以查询社会保险。参保只是间接线索:单位缴费说明可能在职,收入多少要看工资单。

    ## 常见误报
    - 挂靠、代理参保,本人缴费:单位名称含政策参数所列字样的不报。
    - 灵活就业缴费、城乡居民养老:不报。
    - 公益性岗位、村集体为村干部参保:不报。
    - 离职后单位停保较晚:最近两个月没有缴费的、缴费之后已经办理失业登记的不报。

    ## 怎样核实
    - 请本人提供工资单或离职证明
    - 向单位核实是否在岗、由谁负担保险费

    ## 处理
    确在职的更正就业状况,按实际工资计入家庭收入重算;挂靠参保的在台账注明。

    ## 示例
    **低保家庭**

    | 户编号 | 户主姓名 | 户主身份证号 | 乡镇 | 状态 |
    |---|---|---|---|---|
    | H1 | 王一山 | {甲} | 甲镇 | 在保 |

    **共同生活成员**

    | 户编号 | 成员姓名 | 成员身份证号 | 与户主关系 | 就业状况 |
    |---|---|---|---|---|
    | H1 | 王一山 | {甲} | 户主 | 未登记失业 |

    **社会保险参保缴费**

    | 姓名 | 身份证号 | 险种 | 参保单位 | 缴费基数 | 缴费年月 | 缴费方式 |
    |---|---|---|---|---|---|---|
    | 王一山 | {甲} | 职工养老 | 示例机械厂 | 4879 | 2026-04 | 单位 |
    | 王一山 | {甲} | 职工养老 | 示例机械厂 | 4879 | 2026-05 | 单位 |
    | 王一山 | {甲} | 职工养老 | 示例机械厂 | 4879 | 2026-06 | 单位 |

    **疑点**

    | 等级 | 说明 |
    |---|---|
    | C | 由单位缴费参保已连续3个月(至2026-06),名册登记的就业状况为未登记失业 |
    """
    none = list(ctx.policy.get("employment.none_states", ctx.month).texts)
    jobless = (
        member.filter(pl.col("employment").is_in(none))
        .sort("person_key", "row_id")
        .group_by("person_key", maintain_order=True)
        .agg(
            pl.col("employment").unique().sort().str.join("、"),
            cite("employment").explode().alias("job_cells"),
        )
    )
    registered = pl.coalesce("registered", pl.col("registered_on").is_not_null())
    on_list = (
        unemployment.filter(pl.col("person_key").is_not_null())
        .group_by("person_key")
        .agg(pl.col("public_post").any(), pl.col("registered_on").filter(registered).max())
    )
    insured = (
        _last_run(social_ins, feed, ctx)
        .filter(pl.col("n") >= months)
        .join(jobless, on="person_key")
        .join(on_list, on="person_key", how="left")
        .filter(
            ~pl.col("public_post").fill_null(value=False),
            (pl.col("registered_on") < pl.col("last")).fill_null(value=True),
        )
    )
    return (
        listed(roll.join(insured, on="person_key", how="semi"), tuple(HOUSEHOLD_ROLLS))
        .join(insured, on="person_key")
        .with_columns(
            weakest("roll_tier", "ins_tier").alias("tier"),
            pl.lit("按实际工资计入家庭月收入,按户重算后确定").alias("formula"),
            cites(pl.col("roll_cells"), pl.col("job_cells"), pl.col("ins_cells")).alias("evidence"),
        )
    )


def _last_run(social_ins: pl.LazyFrame, feed: pl.LazyFrame, ctx: RuleContext) -> pl.LazyFrame:
    """One row per person whom an employer insures now: the months in a row up to the last one."""
    words = list(ctx.policy.get("employment.not_employer_words", ctx.month).texts)
    day = feed.filter(pl.col("feed_id") == "social_ins").select(pl.col("as_of").fill_null(ctx.as_of).alias("day"))
    number = pl.col("month").dt.year() * 12 + pl.col("month").dt.month()
    by_month = (
        social_ins.filter(
            pl.col("person_key").is_not_null(),
            pl.col("month") <= ctx.month,
            pl.col("pay_kind") == "单位",
            pl.col("insurance").ne_missing("城乡居民"),
            ~pl.col("employer").str.contains_any(words).fill_null(value=False),
        )
        .sort("person_key", "month", "row_id")
        .group_by("person_key", "month", maintain_order=True)
        .agg(
            pl.col("tier").max().alias("ins_tier"),
            cite("name", "id_no", "insurance", "employer", "base", "month", "pay_kind").explode().alias("ins_cells"),
        )
        .sort("person_key", "month")
    )
    run = number.cast(pl.Int64) - pl.int_range(pl.len()).over("person_key")
    return (
        by_month.with_columns(run.alias("run"))
        .filter(pl.col("run") == pl.col("run").max().over("person_key"))
        .group_by("person_key", maintain_order=True)
        .agg(
            pl.len().alias("n"),
            pl.col("month").last().alias("last"),
            pl.col("ins_tier").max(),
            pl.col("ins_cells").explode(),
        )
        .join(day, how="cross")
        .filter(pl.col("last") >= pl.col("day").dt.month_start().dt.offset_by("-1mo"))
        .drop("day")
    )
