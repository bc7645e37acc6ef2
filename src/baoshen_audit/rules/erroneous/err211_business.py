"""ERR211 市场主体登记."""

from __future__ import annotations

import polars as pl

from baoshen_audit.finding import Grade, Severity, cite, cites, weakest
from baoshen_audit.rule import RuleContext, rule
from baoshen_audit.rules import listed

_IDLE = r"^(?:无|否|没有|零申报|未申报|未开票|无申报|不活跃|0+(?:\.0+)?(?:人|元|户)?)$"


@rule(
    "ERR211",
    "business-registration",
    title="市场主体登记",
    title_en="Business registration",
    severity=Severity.MEDIUM,
    grade=Grade.B,
    key="person_key",
    needs=(
        "roll: name? id_no status? relation?",
        "business: role entity_name entity_status uscc? entity_kind? capital? share? cancelled_on? activity?",
        "tax?: payer income month?",
        "social_ins?: employer month?",
    ),
    policy=("business.min_share",),
    message="登记为{roles},市场主体状态为存续,{active};本月在{programmes}名册内计入保障",
    message_en="Registered with a live business entity and counted on a roll; sign of activity: {active_en}",
    basis=("social-assistance-interim#58", "asset-rules-local"),
    since="0.1",
)
def business_registration(
    roll: pl.LazyFrame, business: pl.LazyFrame, tax: pl.LazyFrame, social_ins: pl.LazyFrame, *, ctx: RuleContext
) -> pl.LazyFrame:
    """市场主体登记与低保、低保边缘、特困名册的比对。

    ## 查什么
    本月计入保障的人登记为法定代表人、股东、经营者、合伙人,而市场主体状态为存续。有纳税、开票、参保等经营迹象的为
    B 级,没有迹象的为 C 级。一个人和一个市场主体为一条疑点。

    ## 为什么
    办法第五十八条规定可以查询、核对市场主体登记。登记不等于有收入:各地允许夫妻店、小摊点按实际收入复核。

    ## 常见误报
    - 被冒名登记的,本人不知情;没有经营的空壳。
    - 已注销的不报;吊销未注销的不能经营,不报。
    - 合作社的普通成员、持股比例低于政策参数的股东不报;监事、联络员等职务不报。
    - 没有雇工的小店:按实际收入核算,可能仍符合条件。
    - 有经营迹象的公司,收入不一定归本人:以纳税和参保资料为准。

    ## 怎样核实
    - 查该主体近一年的纳税申报、开票和参保人数
    - 向本人核实是否知情、是否实际经营,有无雇工
    - 核算经营净收入,看家庭收入是否已经计入

    ## 处理
    按实际经营收入重算;冒名登记的协助向市场监管部门申请撤销,长期停业的协助注销。

    ## 示例
    **低保家庭**

    | 户编号 | 户主姓名 | 户主身份证号 | 乡镇 | 状态 |
    |---|---|---|---|---|
    | H1 | 王一山 | {甲} | 甲镇 | 在保 |

    **市场主体登记**

    | 姓名 | 身份证号 | 企业名称 | 统一社会信用代码 | 角色 | 登记状态 | 纳税申报 |
    |---|---|---|---|---|---|---|
    | 王一山 | {甲} | 甲镇顺达建材经营部 | 92320413MA1X00001A | 经营者 | 存续 | 有 |

    **疑点**

    | 等级 | 金额 | 月份 | 说明 |
    |---|---|---|---|
    | B | | 2026-06 | 登记为经营者,市场主体状态为存续,有经营迹象 |
    """
    least = ctx.policy.get("business.min_share", ctx.month).integer
    role, kind = pl.col("role"), pl.col("entity_kind").fill_null("") + pl.col("entity_name").fill_null("")
    leads = role.str.contains("法定代表|法人|经营|投资人|负责人|合伙|业主")
    shares = role.str.contains("股东|出资") & ~(pl.col("share") * 100 < least).fill_null(value=False)
    nominal = kind.str.contains("合作社") & ~leads
    cells = cite("name", "id_no", "entity_name", "role", "share", "entity_status", "activity")
    entities = (
        business.filter(
            pl.col("person_key").is_not_null(),
            pl.col("entity_status") == "存续",
            pl.col("cancelled_on").is_null() | (pl.col("cancelled_on") > ctx.as_of),
            leads | shares,
            ~nominal,
        )
        .with_columns(pl.col("activity").str.strip_chars().alias("activity"))
        .with_columns(
            pl.coalesce("uscc", "entity_name").fill_null("").alias("counterpart"),
            ((pl.col("activity") != "") & ~pl.col("activity").str.contains(_IDLE))
            .fill_null(value=False)
            .alias("works"),
            cells.alias("cells"),
        )
        .sort("person_key", "counterpart", "row_id")
        .group_by("person_key", "counterpart", maintain_order=True)
        .agg(
            pl.col("role").unique().sort().str.join("、").alias("roles"),
            pl.col("entity_name").drop_nulls().first(),
            pl.col("works").any(),
            pl.col("tier").max().alias("entity_tier"),
            pl.col("cells").explode(),
        )
    )
    trace = _traces(tax, social_ins, ctx)
    works = pl.col("works") | pl.col("traced").fill_null(value=False)
    return (
        listed(roll.join(entities, on="person_key", how="semi"))
        .join(entities, on="person_key")
        .join(trace, on=["person_key", "entity_name"], how="left")
        .with_columns(
            weakest("roll_tier", "entity_tier").alias("tier"),
            pl.when(works).then(pl.lit("有经营迹象")).otherwise(pl.lit("未见经营迹象")).alias("active"),
            pl.when(works).then(pl.lit("yes")).otherwise(pl.lit("none")).alias("active_en"),
            pl.when(works).then(pl.lit("B")).otherwise(pl.lit("C")).alias("grade"),
            pl.lit("按实际经营净收入计入家庭月收入,按户重算后确定").alias("formula"),
            cites(pl.col("roll_cells"), pl.col("cells"), pl.col("trace_cells").fill_null([])).alias("evidence"),
        )
    )


def _traces(tax: pl.LazyFrame, social_ins: pl.LazyFrame, ctx: RuleContext) -> pl.LazyFrame:
    """person_key, entity_name: taxed or insured through the entity within a year."""
    recent = pl.col("month").is_null() | (pl.col("month") > pl.lit(ctx.month).dt.offset_by("-12mo"))
    taxed = tax.filter(recent, pl.col("income") > 0).select(
        "person_key",
        pl.col("payer").alias("entity_name"),
        "row_id",
        cite("payer", "income", "month").alias("trace_cells"),
    )
    insured = social_ins.filter(recent).select(
        "person_key", pl.col("employer").alias("entity_name"), "row_id", cite("employer", "month").alias("trace_cells")
    )
    return (
        pl.concat([taxed, insured])
        .drop_nulls(["person_key", "entity_name"])
        .sort("person_key", "entity_name", "row_id")
        .group_by("person_key", "entity_name", maintain_order=True)
        .agg(pl.lit(value=True).alias("traced"), pl.col("trace_cells").explode())
    )
