"""FAV313 公示缺失、天数不足."""

from __future__ import annotations

import polars as pl

from baoshen_audit.finding import Grade, Severity, cite
from baoshen_audit.rule import RuleContext, rule


@rule(
    "FAV313",
    "publicity-missing-or-short",
    title="公示缺失、天数不足",
    title_en="Publicity missing or too short",
    severity=Severity.MEDIUM,
    grade=Grade.A,
    key="case_key",
    needs=(
        "application: publicity_start publicity_end approve_at decision? programme? publicity_place? "
        "publicity_skipped? fast_track? id_no?",
    ),
    policy=("publicity.days", "publicity.programmes"),
    message="{found}(批准日期{approved})",
    message_en="Approved on {approved}; the publicity was missing, skipped, too short, or not over",
    basis=("social-assistance-interim#11",),
    since="0.1",
)
def publicity_missing_or_short(application: pl.LazyFrame, *, ctx: RuleContext) -> pl.LazyFrame:
    """办理过程中的公示日期。

    ## 查什么
    审批结果为同意、项目应当公示的申请:没有公示记录,登记为跳过公示,公示天数(首尾两天都计)少于政策参数规定的天数,
    或者公示没有结束就已批准。

    ## 为什么
    办法第十一条规定审核、审批结果应当公示。公示缺失或天数不足是程序问题,不说明家庭不符合条件。

    ## 常见误报
    - 孤儿、困境儿童和未成年申请人依法不得公示:不报,公示了反而应当撤下。
    - 受害人等需要保护的对象可以不公示:登记为跳过公示的,核实原因。
    - 紧急程序先行救助的,降为 C 级。
    - 公示日期漏录、录错:查公示照片和原件。

    ## 怎样核实
    - 查档案里的公示原件、照片和日期
    - 查跳过公示的理由和批准人,是否属于依法不公示的对象
    - 核对系统里的公示起止日期是否录错

    ## 处理
    补行公示,公示期间有异议的重新核查;未成年人和需要保护的对象不得公示。

    ## 示例
    **低保家庭**

    | 户编号 | 户主姓名 | 户主身份证号 | 乡镇 | 状态 |
    |---|---|---|---|---|
    | H1 | 王一山 | {甲} | 甲镇 | 在保 |

    **申请办理过程**

    | 申请编号 | 申请项目 | 户编号 | 申请人姓名 | 身份证号 | 公示开始 | 公示结束 | 审批时间 | 审批结果 |
    |---|---|---|---|---|---|---|---|---|
    | SQ1 | 低保 | H1 | 王一山 | {甲} | 2026-03-02 | 2026-03-05 | 2026-03-10 | 同意 |

    **疑点**

    | 等级 | 说明 |
    |---|---|
    | A | 公示4天,不足7天(批准日期2026-03-10) |
    """
    days = ctx.policy.get("publicity.days", ctx.month).integer
    public = list(ctx.policy.get("publicity.programmes", ctx.month).texts)
    start, end, approved = pl.col("publicity_start"), pl.col("publicity_end"), pl.col("approve_at")
    born = pl.col("id_no").str.slice(6, 8).str.to_date("%Y%m%d", strict=False)
    minor = (born.dt.offset_by("18y") > approved).fill_null(value=False)
    shown = (end - start).dt.total_days() + 1
    over = pl.coalesce(end, start.dt.offset_by(f"{days - 1}d"))
    found = (
        pl.when(pl.col("publicity_skipped"))
        .then(pl.lit("登记为跳过公示"))
        .when(start.is_null() & end.is_null())
        .then(pl.lit("没有公示记录"))
        .when(shown.is_between(1, days - 1))
        .then(pl.format(f"公示{{}}天,不足{days}天", shown))
        .when(approved < over)
        .then(pl.format("公示到{},没有结束就已批准", over))
    )
    return (
        application.filter(
            pl.col("decision") == "同意", approved <= ctx.as_of, pl.col("programme").is_in(public), ~minor
        )
        .with_columns(
            found.alias("found"),
            approved.cast(pl.String).alias("approved"),
            pl.col("row_id").alias("subject_row"),
            pl.when(pl.col("fast_track")).then(pl.lit("C")).alias("grade"),
            cite("name", "publicity_start", "publicity_end", "publicity_skipped", "approve_at", "decision").alias(
                "evidence"
            ),
        )
        .filter(pl.col("found").is_not_null())
    )
