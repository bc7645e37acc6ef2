"""FAV302 近亲属享受救助未备案."""

from __future__ import annotations

import polars as pl

from baoshen_audit.finding import Grade, Severity, cite, cites, weakest
from baoshen_audit.rule import RuleContext, rule
from baoshen_audit.rules import filing_valid, in_office, listed

REGISTERED = ("name", "id_no", "father_id", "mother_id", "spouse_id", "man_id", "woman_id", "registered_on")
"""Where the 户籍 or the marriage register shows the tie."""


@rule(
    "FAV302",
    "relative-not-filed",
    title="近亲属享受救助未备案",
    title_en="Relative of staff or cadre, no filing",
    severity=Severity.HIGH,
    grade=Grade.B,
    key="person_key",
    needs=(
        "roll: name? id_no status? relation?",
        "kin_link: post? employer? kin_relation term_start? term_end?",
        "kin_filing: official_id filed_on valid_to?",
    ),
    policy=("kin.degrees",),
    message="在任{post}的近亲属({kin_relation})在{programmes}名册内计入保障,{filed}",
    message_en="A relative of an official in office is counted on a roll; no filing is valid for the month",
    basis=("kin-filing-practice",),
    since="0.1",
)
def relative_not_filed(
    roll: pl.LazyFrame, kin_link: pl.LazyFrame, kin_filing: pl.LazyFrame, *, ctx: RuleContext
) -> pl.LazyFrame:
    """干部的近亲属与名册、备案的比对。

    ## 查什么
    本月在任的干部、经办人员的近亲属(申报的,或者户籍、婚姻登记可以认定的;政策参数规定的亲等)在低保、低保边缘、特困名册内计入保障,
    而备案数据中没有这名干部与这名亲属当月有效的备案。一名干部和一名亲属为一条疑点。

    ## 为什么
    经办人员和村(居)干部的近亲属享受救助,应单独登记备案并由县级入户核查。缺备案是程序问题,不说明亲属不该享受。

    ## 常见误报
    - 备案里没有写明工作人员的证件号:可能就是这一条,降为 C 级。
    - 备案刚到期或换任后未续:列出原备案供核对。
    - 审批之后才结婚成为亲属,或享受之后才当选:当时不用备案,现在应补。
    - 工作人员不知道亲属享受救助;干部任期已满、亲属已停保的不报。
    - 同名不同人:只按证件号关联。

    ## 怎样核实
    - 查备案台账纸质件,是否漏录或已到期
    - 核对亲属关系是否属实、是否在规定的亲等之内
    - 查该户最近一次县级入户核查的日期和结论
    - 查该干部是否经办过这户的审批

    ## 处理
    补办备案并安排县级入户核查;符合条件的继续享受。是否违纪由有权机关认定。

    ## 示例
    **低保家庭**

    | 户编号 | 户主姓名 | 户主身份证号 | 乡镇 | 状态 |
    |---|---|---|---|---|
    | H1 | 李老太 | {母:1948-01-02女} | 甲镇 | 在保 |

    **干部、经办人员名册**

    | 姓名 | 身份证号 | 工作单位 | 职务 | 任期起 | 任期止 | 亲属姓名 | 亲属身份证号 | 亲属关系 |
    |---|---|---|---|---|---|---|---|---|
    | 王一山 | {甲} | 甲镇乙村 | 村委会主任 | 2024-01-01 | 2026-12-31 | 李老太 | {母} | 母亲 |

    **近亲属享受社会救助备案**

    | 工作人员姓名 | 工作人员身份证号 | 享受对象姓名 | 享受对象身份证号 | 备案日期 | 备案期限 |
    |---|---|---|---|---|---|
    | 王一山 | {甲} | 李老太 | {母} | 2023-03-01 | 2025-12-31 |

    **疑点**

    | 等级 | 月份 | 说明 |
    |---|---|---|
    | B | 2026-06 | 在任村委会主任的近亲属(父母)在低保家庭名册内计入保障,备案已于2025-12-31到期 |
    """
    degrees = list(ctx.policy.get("kin.degrees", ctx.month).texts)
    filings = kin_filing.filter(pl.col("person_key").is_not_null()).select(
        "person_key",
        pl.col("official_key").alias("filed_key"),
        pl.col("row_id").alias("filing_row"),
        pl.when(pl.col("valid_to") < ctx.month).then(pl.col("valid_to")).alias("lapsed"),
        filing_valid(ctx).alias("valid"),
        cite("official_name", "official_id", "name", "id_no", "filed_on", "valid_to").alias("filing_cells"),
    )
    pairs = (
        kin_link.filter(pl.col("kin_relation").is_in(degrees), in_office(ctx))
        .sort("person_key", "official_key", "row_id")
        .group_by("person_key", "official_key", maintain_order=True)
        .agg(
            pl.col("post").fill_null("干部").first(),
            pl.col("kin_relation").first(),
            pl.col("tier").max().alias("kin_tier"),
            cites(
                cite("name", "id_no", "post", "term_start", "term_end", "kin_name", "kin_id", "kin_relation"),
                cite(*REGISTERED, row="tie_row"),
            )
            .explode()
            .alias("link_cells"),
        )
    )
    mine = pl.col("filed_key") == pl.col("official_key")
    unsure = pl.col("valid") & (pl.col("filed_key").is_null() | pl.col("official_key").is_null())
    filed = (
        pairs.join(filings, on="person_key")
        .sort("person_key", "official_key", "filing_row")
        .group_by("person_key", "official_key", maintain_order=True)
        .agg(
            (mine & pl.col("valid")).any().alias("cleared"),
            unsure.any().alias("unsure"),
            pl.col("lapsed").filter(mine).max(),
            pl.col("filing_cells").filter(mine | unsure).explode(),
        )
    )
    return (
        listed(roll.join(pairs, on="person_key", how="semi"))
        .join(pairs, on="person_key")
        .join(filed, on=["person_key", "official_key"], how="left", nulls_equal=True)
        .filter(pl.col("cleared").fill_null(value=False).not_())
        .with_columns(
            weakest("roll_tier", "kin_tier").alias("tier"),
            pl.col("official_key").cast(pl.String).alias("counterpart"),
            pl.when(pl.col("unsure")).then(pl.lit("C")).alias("grade"),
            pl.when(pl.col("unsure"))
            .then(pl.lit("有一条备案不能确定是否属于这名干部"))
            .when(pl.col("lapsed").is_not_null())
            .then(pl.format("备案已于{}到期", "lapsed"))
            .otherwise(pl.lit("未见当月有效的备案"))
            .alias("filed"),
            cites(pl.col("roll_cells"), pl.col("link_cells"), pl.col("filing_cells").fill_null([])).alias("evidence"),
        )
    )
