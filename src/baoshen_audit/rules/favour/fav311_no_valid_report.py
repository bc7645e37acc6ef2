"""FAV311 未核对先批准、报告过期."""

from __future__ import annotations

import polars as pl

from baoshen_audit.finding import Grade, Severity, cite, cites
from baoshen_audit.rule import RuleContext, rule
from baoshen_audit.rules import MEANS_TESTED

_TIES = (("check_report_no", "number"), ("person_key", "head_key"), ("person_key", "member_key"))


@rule(
    "FAV311",
    "approved-without-valid-report",
    title="未核对先批准、报告过期",
    title_en="Approval without a valid report",
    severity=Severity.MEDIUM,
    grade=Grade.A,
    key="case_key",
    needs=(
        "application: approve_at decision programme? check_report_no? check_date? fast_track?",
        "check_report: check_report_no? head_id? member_id? check_date",
        "roll: name? relation?",
    ),
    policy=("check_report.valid_days",),
    message="批准({approved})时{state}",
    message_en="Approved on {approved} without a verification report valid on that day",
    basis=("social-assistance-interim#58",),
    since="0.1",
)
def approved_without_valid_report(
    application: pl.LazyFrame, check_report: pl.LazyFrame, roll: pl.LazyFrame, *, ctx: RuleContext
) -> pl.LazyFrame:
    """办理过程与家庭经济状况核对报告的比对。

    ## 查什么
    审批结果为同意的低保、低保边缘、特困申请,批准日之前有效期内没有核对报告(按报告号、申请人和同户成员的证件号对应):
    没有报告,报告在批准以后才出具,或者批准时报告已过有效期。核对数据开始以前的批准不看。

    ## 为什么
    家庭经济状况核对是审核确认的依据(办法第五十八条)。没有有效报告就批准是程序上的缺口,不说明家庭不符合条件。

    ## 常见误报
    - 紧急程序先行救助的不报,事后应补核对。
    - 办理过程里填有报告号,但核对数据里没有这份报告:可能是数据没有收全,降为 C 级。
    - 办理过程里写明了有效期内的核对日期,不报。
    - 核对数据开始提供以前的批准,无从判断,不报。

    ## 怎样核实
    - 查档案里有没有核对报告原件及其日期
    - 向核对机构查询有无委托和报告,核对数据是否收全
    - 查是否属于紧急程序,有没有事后补核对

    ## 处理
    现在补做核对;结论符合的完善档案,不符合的按户重新审核确认。

    ## 示例
    **低保家庭**

    | 户编号 | 户主姓名 | 户主身份证号 | 乡镇 | 状态 |
    |---|---|---|---|---|
    | H1 | 王一山 | {甲} | 甲镇 | 在保 |

    **申请办理过程**

    | 申请编号 | 申请项目 | 户编号 | 申请人姓名 | 身份证号 | 审批时间 | 审批结果 |
    |---|---|---|---|---|---|---|
    | SQ1 | 低保 | H1 | 王一山 | {甲} | 2025-09-18 | 同意 |

    **家庭经济状况核对报告**

    | 报告号 | 户主姓名 | 户主身份证号 | 核对日期 | 核对结论 |
    |---|---|---|---|---|
    | HD1 | 王一山 | {甲} | 2024-08-28 | 符合 |

    **疑点**

    | 等级 | 说明 |
    |---|---|
    | A | 批准(2025-09-18)时核对报告(2024-08-28)已过有效期 |
    """
    valid = pl.duration(days=ctx.policy.get("check_report.valid_days", ctx.month).integer)
    cases = (
        application.filter(
            pl.col("decision") == "同意",
            pl.col("approve_at") <= ctx.as_of,
            pl.col("programme").is_in(MEANS_TESTED),
            pl.col("fast_track").ne_missing(other=True),
        )
        # before the first report that was delivered, the absence of one says nothing
        .join(check_report.select(pl.col("check_date").min().alias("since")), how="cross")
        .filter(pl.col("approve_at") >= pl.col("since"))
        .select(
            "case_key", "household_key", "person_key", "tier", "approve_at", "check_date",
            pl.col("row_id").alias("subject_row"),
            pl.col("check_report_no").alias("number"),
            cite("name", "id_no", "check_report_no", "check_date", "approve_at", "decision").alias("case_cells"),
        )
    )  # fmt: skip
    day = pl.col("approve_at")
    of_case = (
        _reports(cases, check_report, roll)
        # the report nearest to the day of approval tells what was wrong
        .sort("subject_row", (pl.col("check_date") - day).dt.total_days().abs(), "report_row")
        .group_by("subject_row", maintain_order=True)
        .agg(
            pl.col("check_date").is_between(day - valid, day).any().alias("good"),
            pl.col("check_date").first().alias("report_day"),
            pl.col("report_cells").first(),
        )
    )
    stated = pl.col("check_date").is_between(day - valid, day).fill_null(value=False)
    lacking = pl.col("report_day").is_null() & pl.col("number").is_not_null()
    failed = pl.when(pl.col("report_day") > day).then(pl.lit("尚未出具")).otherwise(pl.lit("已过有效期"))
    return (
        cases.join(of_case, on="subject_row", how="left")
        .filter(pl.col("good").ne_missing(other=True), ~stated)
        .with_columns(
            day.cast(pl.String).alias("approved"),
            pl.when(pl.col("report_day").is_not_null())
            .then(pl.format("核对报告({}){}", "report_day", failed))
            .when(lacking)
            .then(pl.lit("填有报告号,核对数据里没有这份报告"))
            .otherwise(pl.lit("没有核对报告"))
            .alias("state"),
            pl.when(lacking).then(pl.lit("C")).alias("grade"),
            cites(pl.col("case_cells"), pl.col("report_cells").fill_null([])).alias("evidence"),
        )
    )


def _reports(cases: pl.LazyFrame, check_report: pl.LazyFrame, roll: pl.LazyFrame) -> pl.LazyFrame:
    """One row per case and report on its number, its applicant or somebody of his household."""
    reports = check_report.select(
        "head_key", "member_key", "check_date",
        pl.col("check_report_no").alias("number"),
        pl.col("row_id").alias("report_row"),
        cite("check_report_no", "head_id", "member_id", "check_date").alias("report_cells"),
    )  # fmt: skip
    kept = ("subject_row", "approve_at", "person_key", pl.col("number").alias("check_report_no"))
    family = cases.drop("person_key").join(roll.select("household_key", "person_key"), on="household_key")
    bare = pl.concat([cases.select(kept), family.select(kept)]).unique()
    return pl.concat([bare.join(reports, left_on=a, right_on=b, coalesce=False) for a, b in _TIES]).unique(
        ["subject_row", "report_row"]
    )
