"""ERR214 住房公积金缴存或大额提取."""

from __future__ import annotations

import polars as pl

from baoshen_audit.finding import Grade, Severity, cite, cites, weakest
from baoshen_audit.rule import RuleContext, rule
from baoshen_audit.rules import listed
from baoshen_audit.rules.means import declared_income, financial_limit
from baoshen_audit.schemas import HOUSEHOLD_ROLLS


@rule(
    "ERR214",
    "provident-fund",
    title="住房公积金缴存或大额提取",
    title_en="Provident fund",
    severity=Severity.LOW,
    grade=Grade.C,
    key="person_key",
    needs=(
        "roll: name? id_no relation? status? income|income_month",
        "provident: base|withdrawn deposit? account_status? month? withdrawn_on? withdraw_reason? employer? balance?",
    ),
    policy=("asset.financial.months", "asset.provident.exempt_reasons", "dibao.standard", "income.window_months"),
    message="住房公积金{facts};应核实工资和提取款的去向",
    message_en="The provident fund shows deposits on a base above the declared income, or a large withdrawal",
    basis=("social-assistance-interim#58", "county-audits"),
    since="0.1",
)
def provident_fund(
    roll: pl.LazyFrame, provident: pl.LazyFrame, *, ctx: RuleContext, within_months: int = 3, tolerance: int = 10
) -> pl.LazyFrame:
    """住房公积金数据与低保、低保边缘家庭申报收入的比对。

    ## 查什么
    计入保障的成员,近 3 个月(参数 within_months)正常缴存住房公积金、缴存基数比申报收入高 10%(参数 tolerance)以上的;
    或核对期间内一次提取超过一个人金融资产限额的。一人一条疑点。

    ## 为什么
    办法第五十八条规定可以查询住房公积金;审计中作为间接线索,与其他资料一起判断。

    ## 常见误报
    - 离职后单位停缴较晚:只看近几个月,状态为封存的不报。
    - 退休、患大病等原因的提取:按政策参数排除。
    - 工资已经写在家庭月收入里的:不报。
    - 同名不同人:只按证件号关联。

    ## 怎样核实
    - 向缴存单位核实是否在职、实际工资
    - 请本人说明提取的原因和去向,是否已用于购房、治病

    ## 处理
    在职的按实际工资重算家庭收入;提取款按财产规定认定。

    ## 示例
    **低保家庭**

    | 户编号 | 户主姓名 | 户主身份证号 | 乡镇 | 家庭月收入 | 状态 |
    |---|---|---|---|---|---|
    | H1 | 王一山 | {甲} | 甲镇 | 600 | 在保 |

    **住房公积金**

    | 姓名 | 身份证号 | 缴存单位 | 缴存月份 | 缴存基数 | 月缴存额 | 状态 |
    |---|---|---|---|---|---|---|
    | 王一山 | {甲} | 示例纺织公司 | 2026-05 | 4200 | 420 | 正常 |

    **疑点**

    | 等级 | 说明 |
    |---|---|
    | C | 住房公积金正常缴存,缴存基数高于申报收入 |
    """
    window = ctx.policy.get("income.window_months", ctx.month).integer
    reasons = list(ctx.policy.get("asset.provident.exempt_reasons", ctx.month).texts)
    month = pl.lit(ctx.month)
    recent = pl.col("month").is_between(month.dt.offset_by(f"-{within_months}mo"), month)
    pays = (pl.col("account_status").fill_null("正常") == "正常") & (recent | pl.col("month").is_null())
    taken = (
        (pl.col("withdrawn") > financial_limit(ctx))
        & (pl.col("withdrawn_on") > month.dt.offset_by(f"-{window}mo"))
        & ~pl.col("withdraw_reason").str.contains_any(reasons).fill_null(value=False)
    )
    facts = pl.concat_str(
        pl.when("pays").then(pl.lit("正常缴存,缴存基数高于申报收入")),
        pl.when("taken").then(pl.lit("有大额提取")),
        separator=";",
        ignore_nulls=True,
    )
    found = (
        provident.filter(pl.col("person_key").is_not_null())
        .join(declared_income(roll), on="person_key")
        .with_columns(
            (pays & (pl.col("deposit") > 0) & (pl.col("base") * 100 > pl.col("declared") * (100 + tolerance)))
            .fill_null(value=False)
            .alias("pays"),
            taken.fill_null(value=False).alias("taken"),
        )
        .filter(pl.col("pays") | pl.col("taken"))
        .sort("person_key", "row_id")
        .group_by("person_key", maintain_order=True)
        .agg(
            pl.col("pays").any(),
            pl.col("taken").any(),
            pl.col("tier").max().alias("fund_tier"),
            pl.col("declared_cells").first(),
            cite("name", "id_no", "employer", "month", "base", "account_status", "withdrawn_on", "withdraw_reason")
            .explode()
            .alias("fund_cells"),
        )
        .with_columns(facts.alias("facts"))
    )
    return (
        listed(roll.join(found, on="person_key", how="semi"), tuple(HOUSEHOLD_ROLLS))
        .join(found, on="person_key")
        .with_columns(
            weakest("roll_tier", "fund_tier").alias("tier"),
            pl.lit("工资计入家庭月收入,提取款按财产规定,按户认定").alias("formula"),
            cites(pl.col("roll_cells"), pl.col("declared_cells"), pl.col("fund_cells")).alias("evidence"),
        )
    )
