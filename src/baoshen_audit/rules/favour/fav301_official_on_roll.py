"""FAV301 经办人员、干部本人在保."""

from __future__ import annotations

import polars as pl

from baoshen_audit.finding import Grade, Severity, cite, cites, weakest
from baoshen_audit.rule import RuleContext, rule
from baoshen_audit.rules import filing_valid, in_office, listed


@rule(
    "FAV301",
    "official-on-roll",
    title="经办人员、干部本人在保",
    title_en="Staff or cadre on the roll",
    severity=Severity.HIGH,
    grade=Grade.A,
    key="person_key",
    needs=(
        "roll: name? id_no status? relation?",
        "cadre_roster: employer? post staff_kind? term_start? term_end?",
        "kin_filing?: filed_on valid_to?",
    ),
    message="在任{posts}本人在{programmes}名册内计入保障;{filed}",
    message_en="An official in office is counted on a roll this month; filing valid for the month: {filed_en}",
    basis=("kin-filing-practice",),
    since="0.1",
)
def official_on_roll(
    roll: pl.LazyFrame, cadre_roster: pl.LazyFrame, kin_filing: pl.LazyFrame, *, ctx: RuleContext
) -> pl.LazyFrame:
    """干部、经办人员名册与低保、低保边缘、特困名册的比对。

    ## 查什么
    本月在任的干部、经办人员本人在名册内计入保障(户主或计入人口的成员),并说明有没有当月有效的备案。

    ## 为什么
    经办人员和村(居)干部及其近亲属享受救助应单独登记备案、由县级核查。在册是事实(A 级),不等于违规:
    村干部确有困难也可以依法享受,要看的是有没有备案、本人有没有参与自己的审批。

    ## 常见误报
    - 村(居)干部家庭确有困难,依法享受:查备案和回避,不预设结论。
    - 任期已经届满:以任期起止日期为准,没有写明的按在任处理。
    - 同名不同人:只按证件号关联。
    - 依法不计入家庭人口的成员不比对;优抚、残疾人两项补贴不比对。

    ## 怎样核实
    - 查备案表和县级入户核查记录
    - 查受理、调查、审核各环节是否由本人或其亲属经办
    - 核对干部名册的任期和身份是否准确

    ## 处理
    没有备案的补办备案并由县级入户核查;经办环节未回避的重新核查。是否违纪由有权机关认定。

    ## 示例
    **低保家庭**

    | 户编号 | 户主姓名 | 户主身份证号 | 乡镇 | 状态 |
    |---|---|---|---|---|
    | H1 | 王一山 | {甲} | 甲镇 | 在保 |

    **干部、经办人员名册**

    | 姓名 | 身份证号 | 工作单位 | 职务 | 任期起 | 任期止 |
    |---|---|---|---|---|---|
    | 王一山 | {甲} | 甲镇乙村 | 村委会委员 | 2024-01-01 | 2026-12-31 |

    **疑点**

    | 等级 | 金额 | 月份 | 说明 |
    |---|---|---|---|
    | A | | 2026-06 | 在任村委会委员本人在低保家庭名册内计入保障;未见当月有效的备案 |
    """
    officials = (
        cadre_roster.filter(pl.col("person_key").is_not_null(), in_office(ctx))
        .sort("person_key", "row_id")
        .group_by("person_key", maintain_order=True)
        .agg(
            pl.col("post").fill_null("干部").unique().sort().str.join("、").alias("posts"),
            pl.col("tier").max().alias("roster_tier"),
            cite("name", "id_no", "employer", "post", "staff_kind", "term_start", "term_end")
            .explode()
            .alias("roster_cells"),
        )
    )
    filings = (
        kin_filing.filter(pl.col("person_key").is_not_null())
        .sort("person_key", "row_id")
        .group_by("person_key", maintain_order=True)
        .agg(
            filing_valid(ctx).any().alias("valid"),
            pl.col("filed_on").filter(filing_valid(ctx)).max(),
            cite("name", "id_no", "filed_on", "valid_to").explode().alias("filing_cells"),
        )
    )
    return (
        listed(roll.join(officials, on="person_key", how="semi"))
        .join(officials, on="person_key")
        .join(filings, on="person_key", how="left")
        .with_columns(
            weakest("roll_tier", "roster_tier").alias("tier"),
            pl.when(pl.col("valid"))
            .then(pl.format("有备案(备案日期{})", pl.col("filed_on").cast(pl.String).fill_null("未填")))
            .otherwise(pl.lit("未见当月有效的备案"))
            .alias("filed"),
            pl.when(pl.col("valid")).then(pl.lit("yes")).otherwise(pl.lit("none")).alias("filed_en"),
            cites(pl.col("roll_cells"), pl.col("roster_cells"), pl.col("filing_cells").fill_null([])).alias("evidence"),
        )
    )
