"""MIS406 仅凭比对停保、未书面说明理由."""

from __future__ import annotations

import polars as pl

from baoshen_audit.finding import Grade, Severity, cite
from baoshen_audit.rule import RuleContext, rule


@rule(
    "MIS406",
    "stopped-on-a-match",
    title="仅凭比对停保、未书面说明理由",
    title_en="Stopped on a match alone, no written reason",
    severity=Severity.HIGH,
    grade=Grade.A,
    key="case_key",
    needs=(
        "case_history: change_type reason decided_on? effective_month? after? notice_date? reply_due? reply? "
        "checked_by? checked_on? name? id_no? remark?",
    ),
    policy=("casework.reply_days",),
    message="停保决定({decided}){found}",
    message_en="A decision to stop ({decided}) lacks {n} of: written reason, human check, notice, time to reply",
    basis=("social-assistance-interim#13", "personal-information-law#24"),
    since="0.1",
)
def stopped_on_a_match(case_history: pl.LazyFrame, *, ctx: RuleContext, look_back: int = 12) -> pl.LazyFrame:
    """停保记录中没有理由的,以及以数据比对为理由而没有人工核查、告知或申辩期限的。

    ## 查什么
    最近12个月的停保记录:没有写明原因的;原因是数据比对、核对、预警的,没有人工核查人和核查日期,没有告知日期,
    申辩期限短于规定天数,或者申辩期限未满、没有申辩意见就已决定。一件一条疑点,列出缺的各项。

    ## 为什么
    决定停止救助应当书面说明理由(办法第十三条);仅凭自动比对作出对个人有重大影响的决定,本人有权要求说明并拒绝
    (个人信息保护法第二十四条)。比对数据会错:同名、重号、数据过时都出现过。

    ## 常见误报
    - 对象死亡、本人自愿申请退出的:不报。
    - 核查、告知记录在纸质档案里没有录入系统:查档案,有的补录即可。
    - 比对之后已入户核查并告知的:不报。
    - 只是申辩期限短的:B 级,期限是建议值,以本地规定为准。

    ## 怎样核实
    - 查停保审批表和书面决定,是否写明理由
    - 查是否有人工核查、入户记录
    - 查告知书送达回证,申辩期限是否留足
    - 当事人有无申辩、复议,结果如何

    ## 处理
    没有理由或没有核查的,先恢复或暂缓停保,补做核查和告知;确属错误的,补发停发的金额。

    ## 示例
    **低保家庭**

    | 户编号 | 户主姓名 | 户主身份证号 | 乡镇 | 状态 |
    |---|---|---|---|---|
    | H1 | 王一山 | {甲} | 甲镇 | 在保 |

    **变更与停保记录**

    | 案卷号 | 姓名 | 身份证号 | 变更类型 | 变更原因 | 决定日期 | 告知日期 | 核查人 |
    |---|---|---|---|---|---|---|---|
    | A1 | 李二水 | {乙} | 跨类停止 | 系统比对有车辆 | 2026-05-08 | | |

    **疑点**

    | 等级 | 说明 |
    |---|---|
    | A | 停保决定(2026-05-08)以数据比对为由,没有人工核查记录、没有告知记录 |
    """
    days = ctx.policy.get("casework.reply_days", ctx.month).integer
    earliest = pl.lit(ctx.month).dt.offset_by(f"-{look_back}mo")
    decided = pl.coalesce("decided_on", "effective_month")
    reason = pl.col("reason").str.strip_chars().fill_null("")
    stopped = (pl.col("change_type") == "跨类停止") | pl.col("after").str.contains("停保|停发|退出|取消|终止|停止")
    own = pl.concat_str(reason, pl.col("remark").fill_null("")).str.contains("死亡|去世|病故|自愿|本人申请|主动")
    matched = reason.str.contains("比对|核对|大数据|预警|系统|数据")
    told, due = pl.col("notice_date"), pl.col("reply_due")
    hurried = (due - told).dt.total_days() < days
    early = (decided < due) & pl.col("reply").is_null()
    lacking = [
        pl.when(part.fill_null(value=False)).then(pl.lit(word))
        for part, word in (
            (reason == "", "没有写明原因"),
            (matched & pl.col("checked_by").is_null() & pl.col("checked_on").is_null(), "没有人工核查记录"),
            (matched & told.is_null(), "没有告知记录"),
            (matched & told.is_not_null() & due.is_null(), "没有申辩期限"),
            (matched & hurried, f"申辩期限不足{days}天"),
            (matched & early, "申辩期限未满就已决定"),
        )
    ]
    grave = (
        pl.col("lacking").list.eval(pl.element().is_in(["没有写明原因", "没有人工核查记录", "没有告知记录"])).list.any()
    )
    return (
        case_history.filter(stopped.fill_null(value=False), ~own, decided.is_between(earliest, ctx.as_of))
        .with_columns(pl.concat_list(lacking).list.drop_nulls().alias("lacking"), decided.alias("day"))
        .filter(pl.col("lacking").list.len() > 0)
        .sort("case_key", "day", "row_id")
        .with_columns(
            pl.col("row_id").alias("subject_row"),
            pl.col("day").cast(pl.String).alias("counterpart"),
            pl.col("day").cast(pl.String).alias("decided"),
            pl.concat_str(
                pl.when(matched).then(pl.lit("以数据比对为由,")).otherwise(pl.lit("")),
                pl.col("lacking").list.join("、"),
            ).alias("found"),
            pl.col("lacking").list.len().cast(pl.Int64).alias("n"),
            pl.when(grave).then(pl.lit("A")).otherwise(pl.lit("B")).alias("grade"),
            # the case is the subject: whose number stands on it changes nothing about the procedure
            pl.lit(None, dtype=pl.String).alias("tier"),
            cite(
                "change_type", "reason", "decided_on", "notice_date", "reply_due", "reply", "checked_by", "checked_on"
            ).alias("evidence"),
        )
    )
