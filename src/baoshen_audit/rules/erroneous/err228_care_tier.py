"""ERR228 特困照料护理档次不符."""

from __future__ import annotations

import polars as pl

from baoshen_audit.finding import Grade, Severity, cite, cites, weakest
from baoshen_audit.rule import RuleContext, rule, yuan


@rule(
    "ERR228",
    "care-tier-mismatch",
    title="特困照料护理档次不符",
    title_en="Care grade mismatch",
    severity=Severity.LOW,
    grade=Grade.B,
    key="person_key",
    needs=(
        "tekun: care_tier|self_care care_amount? name? id_no?",
        "self_care_assessment: self_care assessed_on",
        "roll: status?",
    ),
    policy=("tekun.assessment_months",),
    message="最近一次自理能力评估({assessed})为{able},{what}",
    message_en="The latest assessment ({assessed}) disagrees with the roll, its care allowance or its term",
    basis=("tekun-recognition", "baoshen-defaults"),
    since="0.1",
)
def care_tier_mismatch(
    tekun: pl.LazyFrame,
    self_care_assessment: pl.LazyFrame,
    roll: pl.LazyFrame,
    *,
    ctx: RuleContext,
    lag_months: int = 2,
) -> pl.LazyFrame:
    """特困人员名册的照料护理档次、金额与最近一次生活自理能力评估的比对。

    ## 查什么
    按最近一次评估:名册的照料护理档次(没有的用自理能力)与评估结论不是一档;
    照料护理金额不是政策参数中该档的标准(县级登记了标准的才比);评估已超过政策参数规定的月数没有重做。一人一条疑点。

    ## 为什么
    照料护理标准按自理能力分档(民发〔2021〕43号),档次低了,失能老人请不起人照料;高了,款项发多了。

    ## 常见误报
    - 评估以后身体又有变化:以重新评估为准。
    - 刚评估过、名册还没有更新(`lag_months`,默认 2 个月以内):降为 C 级。
    - 集中供养的照料费直接付给机构,名册没有金额:只比档次。
    - 没有评估记录的人不报,先查评估表是否收全。

    ## 怎样核实
    - 查评估表原件、评估人和日期
    - 入户看本人现在的自理情况,必要时重新评估
    - 查照料护理协议约定的档次和领款人

    ## 处理
    档次不符的按评估结论调整,多退少补按规定处理;评估过期的安排重新评估,期间待遇不停。

    ## 示例
    **特困人员**

    | 姓名 | 身份证号 | 乡镇 | 自理能力 | 照料护理费 | 状态 |
    |---|---|---|---|---|---|
    | 钱有粮 | {丙:1946-07-01男} | 甲镇 | 能自理 | 150 | 在保 |

    **特困人员自理能力评估**

    | 姓名 | 身份证号 | 评估日期 | 评估结论 |
    |---|---|---|---|
    | 钱有粮 | {丙} | 2025-09-10 | 不能自理 |

    **疑点**

    | 等级 | 金额 | 重算 | 月份 | 说明 |
    |---|---|---|---|---|
    | B | | 760 | 2026-06 | 最近一次自理能力评估(2025-09-10)为不能自理,名册为全自理 |
    """
    months = ctx.policy.get("tekun.assessment_months", ctx.month).integer
    due = dict(ctx.policy.by_month("tekun.care", [ctx.month]).select("tier", "value").iter_rows())
    active = roll.filter("active", pl.col("table") == "tekun").select("row_id", "person_key", "period")
    care = pl.col("care_amount")
    tier, amount = pl.col("tier_said") != pl.col("tier_due"), care != pl.col("due")
    old = pl.col("assessed_on") <= pl.lit(ctx.as_of).dt.offset_by(f"-{months}mo")
    fresh = pl.col("assessed_on") > pl.lit(ctx.as_of).dt.offset_by(f"-{lag_months}mo")
    return (
        tekun.with_columns(cite("name", "id_no", "care_tier", "self_care", "care_amount").alias("roll_cells"))
        .join(active, on=["row_id", "person_key"])
        # twice on the roll is another rule's finding
        .sort("person_key", "row_id")
        .unique("person_key", keep="first", maintain_order=True)
        .join(_latest(self_care_assessment, ctx), on="person_key")
        .with_columns(
            pl.coalesce("care_tier", pl.col("self_care").replace_strict(_TIERS, default=None)).alias("tier_said"),
            pl.col("able").replace_strict(_TIERS, default=None).alias("tier_due"),
        )
        .with_columns(pl.col("tier_due").replace_strict(due, default=None, return_dtype=pl.Int64).alias("due"))
        .filter(pl.any_horizontal(part.fill_null(value=False) for part in (tier, amount, old)))
        .with_columns(
            pl.col("row_id").alias("subject_row"),
            pl.col("assessed_on").cast(pl.String).alias("assessed"),
            pl.concat_list("period").alias("months"),
            pl.concat_str(
                pl.when(tier).then(pl.format("名册为{}", "tier_said")),
                pl.when(amount).then(pl.format("照料护理金额{}元,该档标准{}元", yuan(care), yuan(pl.col("due")))),
                pl.when(old).then(pl.lit(f"评估已满{months}个月")),
                separator=";", ignore_nulls=True,
            ).alias("what"),
            pl.when(tier | amount).then("due").alias("recomputed"),
            pl.when(care > pl.col("due")).then(care - pl.col("due")).alias("amount"),
            pl.when(tier | amount).then(pl.format("评估所属{}档的本月标准", "tier_due")).alias("formula"),
            pl.when(fresh).then(pl.lit("C")).otherwise(pl.lit("B")).alias("grade"),
            weakest("tier", "assessment_tier").alias("tier"),
            cites(pl.col("roll_cells"), pl.col("assessment_cells")).alias("evidence"),
        )
    )  # fmt: skip


_TIERS = {"能自理": "全自理", "部分自理": "半护理", "不能自理": "全护理"}


def _latest(assessment: pl.LazyFrame, ctx: RuleContext) -> pl.LazyFrame:
    """The latest dated assessment of each person that comes to a conclusion."""
    return (
        assessment.filter(
            pl.col("person_key").is_not_null(), pl.col("self_care").is_not_null(), pl.col("assessed_on") <= ctx.as_of
        )
        .sort("person_key", "assessed_on", "row_id")
        .unique("person_key", keep="last", maintain_order=True)
        .select(
            "person_key",
            "assessed_on",
            pl.col("self_care").alias("able"),
            pl.col("tier").alias("assessment_tier"),
            cite("name", "id_no", "assessed_on", "self_care").alias("assessment_cells"),
        )
    )
