"""FAV310 核对报告不符合仍予批准."""

from __future__ import annotations

import polars as pl

from baoshen_audit.finding import Grade, Severity, cite, cites, weakest
from baoshen_audit.rule import RuleContext, rule


@rule(
    "FAV310",
    "approved-despite-report",
    title="核对报告不符合仍予批准",
    title_en="Approved despite a non-compliant verification report",
    severity=Severity.HIGH,
    grade=Grade.A,
    key="case_key",
    needs=(
        "application: approve_at decision special check_report_no? check_result?",
        "check_report: check_report_no? head_id? member_id? check_date check_result objection_result?",
        "exemption?: kind doc_no? valid_from? valid_to?",
        "roll: name? relation? status?",
    ),
    policy=("check_report.valid_days",),
    message="批准({approve_at})前最近一次核对({check_date})结论为不符合,未见复核改判、豁免或一事一议记录",
    message_en="Approved on {approve_at}; the latest verification report before that ({check_date}) says non-compliant",
    basis=("social-assistance-interim#58", "social-assistance-interim#66"),
    since="0.1",
)
def approved_despite_report(
    application: pl.LazyFrame,
    check_report: pl.LazyFrame,
    exemption: pl.LazyFrame,
    roll: pl.LazyFrame,
    *,
    ctx: RuleContext,
) -> pl.LazyFrame:
    """办理过程与家庭经济状况核对报告的比对。

    ## 查什么
    审批结果为同意的申请,批准日之前有效期内最近一次核对报告(按报告号、户主或成员的证件号对应)的结论为不符合,
    复核没有改判,也没有一事一议或当时有效的财产豁免记录。

    ## 为什么
    核对结论是批准的依据(办法第五十八条);对不符合条件的批准,第六十六条规定了责任。这里报告的是程序上的矛盾。

    ## 常见误报
    - 申请复核后改为符合、超出部分属于豁免财产、经一事一议批准:有记录即不报。
    - 报告号填错,报告上没有申请人,或不符合的是不计入人口的成员:降为 C 级。
    - 出自批准以后的复查或已过有效期的报告:不作为批准时的依据。

    ## 怎样核实
    - 调阅核对报告原件,核对报告号和人员,查有无复核申请和结果
    - 查豁免审批表或一事一议会议纪要,请审批人说明批准理由

    ## 处理
    有依据的补齐豁免或会议文件;没有依据的重新核对、重新审核确认。责任由有权机关认定。

    ## 示例
    **低保家庭**

    | 户编号 | 户主姓名 | 户主身份证号 | 乡镇 | 状态 |
    |---|---|---|---|---|
    | H1 | 王一山 | {甲} | 甲镇 | 在保 |

    **申请办理过程**

    | 申请编号 | 申请项目 | 户编号 | 申请人姓名 | 身份证号 | 核对报告号 | 审批时间 | 审批结果 | 一事一议 |
    |---|---|---|---|---|---|---|---|---|
    | SQ1 | 低保 | H1 | 王一山 | {甲} | HD1 | 2025-09-18 | 同意 | 否 |

    **家庭经济状况核对报告**

    | 报告号 | 户主姓名 | 户主身份证号 | 核对成员 | 成员身份证号 | 核对日期 | 核对结论 |
    |---|---|---|---|---|---|---|
    | HD1 | 王一山 | {甲} | 王一山 | {甲} | 2025-08-28 | 不符合 |

    **疑点**

    | 等级 | 说明 |
    |---|---|
    | A | 批准(2025-09-18)前最近一次核对(2025-08-28)结论为不符合 |
    """
    met = _reports(_approvals(application, exemption), check_report, roll, ctx)
    heads = roll.filter(pl.col("relation") == "户主").group_by("household_key").agg(pl.col("row_id").min())
    reports = met.sort("subject_row", "report_row").group_by("subject_row", maintain_order=True)
    return (
        met.group_by("subject_row", "check_date", "number")
        .agg(
            pl.col("case_key", "household_key", "approve_at", "tier", "case_cells").first(),
            pl.col("doubt").filter("failed").min(),
            pl.col("report_tier").filter("failed").max(),
        )
        # of two reports of one day the one that clears counts
        .sort("subject_row", "check_date", pl.col("doubt").is_null(), "number")
        .unique("subject_row", keep="last", maintain_order=True)
        .filter(pl.col("doubt").is_not_null())
        .join(reports.agg(pl.col("report_cells").explode()), on="subject_row")
        .join(heads, on="household_key", how="left")
        .with_columns(
            pl.col("approve_at", "check_date").cast(pl.String),
            pl.coalesce("number", pl.col("check_date").cast(pl.String)).alias("counterpart"),
            pl.col("doubt").replace_strict({0: "A", 1: "B", 2: "C"}, return_dtype=pl.String).alias("grade"),
            weakest("tier", "report_tier").alias("tier"),
            cites(pl.col("case_cells"), pl.col("report_cells"), cite("name", "relation", "status")).alias("evidence"),
        )
    )  # fmt: skip


def _approvals(application: pl.LazyFrame, exemption: pl.LazyFrame) -> pl.LazyFrame:
    """Approved applications without 一事一议 and without an exemption in force on the day."""
    day = pl.col("approve_at")
    cases = application.filter(pl.col("decision") == "同意", pl.col("special").ne_missing(other=True)).select(
        "case_key", "household_key", "person_key", "approve_at", "check_report_no", "tier",
        pl.col("row_id").alias("subject_row"),
        cite("name", "id_no", "check_report_no", "check_result", "approve_at", "decision").alias("case_cells"),
    )  # fmt: skip
    ledger = exemption.filter(pl.col("kind") != "无").select("household_key", "valid_from", "valid_to")
    in_force = (pl.col("valid_from").fill_null(day) <= day) & (pl.col("valid_to").fill_null(day) >= day)
    exempt = cases.join(ledger, on="household_key").filter(in_force)
    return cases.join(exempt, on="subject_row", how="anti")


def _reports(cases: pl.LazyFrame, check_report: pl.LazyFrame, roll: pl.LazyFrame, ctx: RuleContext) -> pl.LazyFrame:
    """One row per case and report row valid on the day; `doubt` 0: surely the family, 1: likely, 2: perhaps not."""
    valid = pl.duration(days=ctx.policy.get("check_report.valid_days", ctx.month).integer)
    reports = check_report.select(
        "head_key", "member_key", "check_date",
        pl.col("check_report_no").alias("number"),
        pl.col("row_id").alias("report_row"),
        pl.max_horizontal("head_tier", "member_tier").alias("report_tier"),
        ((pl.col("check_result") == "不符合") & pl.col("objection_result").ne_missing("符合")).alias("failed"),
        cite("check_report_no", "head_id", "member_id", "check_date", "check_result").alias("report_cells"),
    )  # fmt: skip
    ties = (("check_report_no", "number"), ("person_key", "head_key"), ("person_key", "member_key"))
    counted = roll.group_by("household_key", pl.col("person_key").alias("member_key")).agg(pl.col("counted").any())
    head, member, applicant = pl.col("head_key"), pl.col("member_key"), pl.col("person_key")
    own = ((head == applicant) | (member == applicant)).fill_null(value=False)
    comparable = applicant.is_not_null() & (head.is_not_null() | member.is_not_null())
    other = member.is_not_null() & (member != applicant) & member.ne_missing(head)
    return (
        pl.concat([cases.join(reports, left_on=a, right_on=b, coalesce=False) for a, b in ties])
        .unique(["subject_row", "report_row"])
        .filter(pl.col("check_date").is_between(pl.col("approve_at") - valid, pl.col("approve_at")))
        # a report on which the applicant stands goes before one that only the number points to
        .filter(own | ~own.any().over("subject_row"))
        .join(counted, on=["household_key", "member_key"], how="left")
        .with_columns(
            pl.when(comparable & ~own | other & ~pl.col("counted")).then(2)
            .when(~comparable | other & pl.col("counted").is_null()).then(1)
            .otherwise(0).alias("doubt")
        )
    )  # fmt: skip
