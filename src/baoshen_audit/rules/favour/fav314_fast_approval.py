"""FAV314 审批异常快、批量审批."""

from __future__ import annotations

import polars as pl

from baoshen_audit.finding import Grade, Severity, cite
from baoshen_audit.rule import RuleContext, rule


@rule(
    "FAV314",
    "unusually-fast-approval",
    title="审批异常快、批量审批",
    title_en="Unusually fast or bulk approval",
    severity=Severity.LOW,
    grade=Grade.A,
    key="case_key",
    needs=(
        "application: accept_date approve_at decision? programme? reviewer? review_at? fast_track? id_no? "
        "publicity_start? publicity_end?",
    ),
    policy=("publicity.days", "publicity.programmes"),
    message="{found}",
    message_en="Approved faster than the publicity takes or than comparable cases, or reviewed in bulk",
    basis=("social-assistance-interim#11", "baoshen-defaults"),
    since="0.1",
)
def fast_approval(application: pl.LazyFrame, *, ctx: RuleContext, max_burst: int = 20) -> pl.LazyFrame:
    """办理过程中从受理到批准的天数和初审的时刻。

    ## 查什么
    审批结果为同意的申请:办理过程没有公示日期,而受理到批准的天数比公示还短(A 级);
    比同一项目办得最快的百分之一还快(C 级,至少 200 件才比较);
    同一名初审人在同一个十分钟内初审超过 `max_burst` 件(C 级,列在其中最早的一件上)。

    ## 为什么
    受理、核对、入户、公示都要时间。快得不合常理,可能是先批后补,也可能只是系统补录。

    ## 常见误报
    - 月底把已经办妥的案件集中确认:系统时刻是确认的时刻。
    - 纸质材料先办、系统后录:受理日期是补录的日期。
    - 紧急程序先行救助的不报。
    - 公示日期齐全而天数不足的由 FAV313 报告,这里不再报。
    - 孤儿和未成年人依法不公示,不按公示天数比较。

    ## 怎样核实
    - 查纸质申请的日期和系统受理日期是否一致
    - 抽看几件的核对报告、入户和公示材料
    - 问清是不是月底集中确认

    ## 处理
    抽查;材料齐全的补正日期,缺的补办。

    ## 示例
    **低保家庭**

    | 户编号 | 户主姓名 | 户主身份证号 | 乡镇 | 状态 |
    |---|---|---|---|---|
    | H1 | 王一山 | {甲:1961-03-04男} | 甲镇 | 在保 |

    **申请办理过程**

    | 申请编号 | 申请项目 | 户编号 | 申请人姓名 | 身份证号 | 受理日期 | 审批时间 | 审批结果 |
    |---|---|---|---|---|---|---|---|
    | SQ1 | 低保 | H1 | 王一山 | {甲} | 2026-03-08 | 2026-03-10 | 同意 |

    **疑点**

    | 等级 | 说明 |
    |---|---|
    | A | 受理(2026-03-08)到批准(2026-03-10)2天,不够公示7天 |
    """
    least = ctx.policy.get("publicity.days", ctx.month).integer
    public = list(ctx.policy.get("publicity.programmes", ctx.month).texts)
    approved, days = pl.col("approve_at"), pl.col("days")
    born = pl.col("id_no").str.slice(6, 8).str.to_date("%Y%m%d", strict=False)
    minor = (born.dt.offset_by("18y") > approved).fill_null(value=False)
    owed = pl.col("programme").is_in(public) & ~minor
    short = owed & (days < least)
    # where the log has publicity dates, a case too short for them is FAV313's
    hasty = short & ~pl.col("publicity_kept")
    fast = ~short & (days < pl.col("usual_days"))
    bulk = pl.col("burst_first") & (pl.col("burst") > max_burst)
    span = pl.format("受理({})到批准({}){}天", "accept_date", approved, days)
    told = pl.concat_list(
        pl.when(hasty).then(pl.format(f"{{}},不够公示{least}天", span)),
        pl.when(fast).then(pl.format("{},比同一项目{}件中最快的百分之一还快", span, "compared")),
        pl.when(bulk).then(pl.format("同一名初审人在同一个十分钟内初审{}件", "burst")),
    )
    return (
        application.filter(
            pl.col("decision").fill_null("同意") == "同意",
            approved <= ctx.as_of,
            pl.col("fast_track").ne_missing(other=True),
        )
        .with_columns((approved - pl.col("accept_date")).dt.total_days().alias("days"))
        .filter(days >= 0)
        .with_columns(
            told.list.drop_nulls().list.join(";").alias("found"),
            pl.when(hasty).then(pl.lit("A")).otherwise(pl.lit("C")).alias("grade"),
            pl.col("row_id").alias("subject_row"),
            cite("name", "accept_date", "reviewer", "review_at", "approve_at", "decision").alias("evidence"),
        )
        .filter(pl.col("found") != "")
    )
