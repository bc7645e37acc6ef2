"""FAV303 备案名册与保册、抽查不一致."""

from __future__ import annotations

import polars as pl

from baoshen_audit.finding import Grade, Severity, cite, cites
from baoshen_audit.rule import RuleContext, rule
from baoshen_audit.rules import filing_valid, in_office


@rule(
    "FAV303",
    "filing-inconsistent",
    title="备案名册与保册、抽查不一致",
    title_en="Filing register inconsistent",
    severity=Severity.LOW,
    grade=Grade.A,
    key="person_key",
    needs=(
        "kin_filing: id_no official_id? filed_on? valid_to? county_visit_on",
        "roll: name? id_no status?",
        "application?: is_kin_filed? publicity_start? publicity_end? approve_at? decision?",
        "kin_link?: term_start? term_end?",
    ),
    message="近亲属备案{found}",
    message_en="The filing of an official's relative does not agree with the roll, the county visit or the publicity",
    basis=("kin-filing-practice",),
    since="0.1",
)
def filing_inconsistent(
    kin_filing: pl.LazyFrame,
    roll: pl.LazyFrame,
    application: pl.LazyFrame,
    kin_link: pl.LazyFrame,
    *,
    ctx: RuleContext,
    visit_days: int = 90,
) -> pl.LazyFrame:
    """近亲属备案与名册、县级核查、公示标注的比对。

    ## 查什么
    每一条备案:备案满 `visit_days` 天没有县级核查日期;备案以后批准并公示的申请没有标注近亲属备案;
    备案已到期而人仍在保;备案有效而人不在任何名册上。一条备案一条疑点。

    ## 为什么
    备案的对象县级应全部入户核查,公示要注明近亲属备案。备案台账与实际不符,备案就起不到作用。
    这里报告的是台账和程序(A 级),不说明家庭不符合条件。

    ## 常见误报
    - 县级核查由区里的工作组做了,登记在别的表上。
    - 人已停保、去世、迁出,备案没有销:补销即可。
    - 到期的备案,干部在任且亲属关系明确的由 FAV302 报告,这里不再报。
    - 备案没有写到期日的,按一直有效处理。
    - 证件号录错会显得不在名册。

    ## 怎样核实
    - 查县级入户核查的原始记录
    - 查公示原件上有没有标注
    - 核对备案的证件号是否录错,本人是否已停保

    ## 处理
    补核查、补标注,续备案或销备案。

    ## 示例
    **低保家庭**

    | 户编号 | 户主姓名 | 户主身份证号 | 乡镇 | 状态 |
    |---|---|---|---|---|
    | H1 | 李老太 | {母:1948-01-02女} | 甲镇 | 在保 |

    **近亲属享受社会救助备案**

    | 工作人员姓名 | 工作人员身份证号 | 享受对象姓名 | 享受对象身份证号 | 备案日期 | 备案期限 | 县级核查日期 |
    |---|---|---|---|---|---|---|
    | 王一山 | {甲} | 李老太 | {母} | 2025-03-01 | 2027-12-31 | |
    | 周会计 | {乙} | 赵老汉 | {丙:1950-01-02男} | 2025-03-01 | 2027-12-31 | 2025-04-01 |

    **疑点**

    | 等级 | 说明 |
    |---|---|
    | A | 近亲属备案(2025-03-01)没有县级核查日期 |
    | A | 近亲属备案(2025-03-01)有效,本人不在任何名册 |
    """
    pair = ["person_key", "official_key"]
    on_roll = (
        roll.filter("active")
        .sort("person_key", "row_id")
        .group_by("person_key", maintain_order=True)
        .agg(pl.col("row_id").first().alias("roll_row"), cite("name", "id_no", "status").explode().alias("roll_cells"))
    )
    unmarked = (
        application.filter(
            pl.col("decision").fill_null("同意") == "同意",
            pl.col("publicity_start").is_not_null(),
            pl.col("is_kin_filed").eq_missing(other=False),
        )
        .select(
            "person_key",
            "approve_at",
            cite("name", "publicity_start", "publicity_end", "is_kin_filed", "approve_at").alias("case_cells"),
        )
        .drop_nulls("person_key")
    )  # fmt: skip
    filings = kin_filing.filter(pl.col("person_key").is_not_null()).with_columns(
        filing_valid(ctx).alias("valid"),
        pl.col("row_id").alias("filing_row"),
        cite("official_name", "official_id", "name", "id_no", "filed_on", "valid_to", "county_visit_on").alias("cells"),
    )
    marks = (
        filings.filter("valid")
        .join(unmarked, on="person_key")
        .filter(pl.col("approve_at") >= pl.col("filed_on"))
        .sort("filing_row", "approve_at")
        .group_by("filing_row", maintain_order=True)
        .agg(pl.col("approve_at").first().alias("unmarked_on"), pl.col("case_cells").explode())
    )
    seen = kin_link.filter("hard", in_office(ctx)).select(pair).unique().with_columns(pl.lit(value=True).alias("seen"))
    return (
        filings.join(on_roll, on="person_key", how="left")
        .join(marks, on="filing_row", how="left")
        .join(seen, on=pair, how="left")
        .with_columns(_found(ctx, visit_days).list.join(";").alias("what"))
        .filter(pl.col("what") != "")
        .with_columns(
            pl.format("({}){}", pl.col("filed_on").cast(pl.String).fill_null("日期未填"), "what").alias("found"),
            pl.coalesce("roll_row", "filing_row").alias("subject_row"),
            pl.format("{}|{}", pl.col("official_key").cast(pl.String).fill_null(""),
                      pl.col("filed_on").cast(pl.String).fill_null("")).alias("counterpart"),
            cites(pl.col("cells"), pl.col("roll_cells").fill_null([]), pl.col("case_cells").fill_null([]))
            .alias("evidence"),
        )
    )  # fmt: skip


def _found(ctx: RuleContext, visit_days: int) -> pl.Expr:
    """What does not fit of one filing, in words."""
    valid, enrolled = pl.col("valid"), pl.col("roll_row").is_not_null()
    expired = ~valid & (pl.col("valid_to") < ctx.month)
    late = (pl.lit(ctx.as_of) - pl.col("filed_on")).dt.total_days() >= visit_days
    return pl.concat_list(
        pl.when(valid & ~enrolled).then(pl.lit("有效,本人不在任何名册")),
        pl.when(expired & enrolled & pl.col("seen").is_null()).then(pl.format("已于{}到期,本人仍在保", "valid_to")),
        pl.when(valid & enrolled & pl.col("county_visit_on").is_null() & late).then(pl.lit("没有县级核查日期")),
        pl.when(pl.col("unmarked_on").is_not_null()).then(pl.format("之后{}批准的申请公示没有标注", "unmarked_on")),
    ).list.drop_nulls()
