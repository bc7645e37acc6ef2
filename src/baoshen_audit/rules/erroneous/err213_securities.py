"""ERR213 证券、基金、理财、商业保险."""

from __future__ import annotations

import polars as pl

from baoshen_audit.finding import Grade, Severity, cite, cites
from baoshen_audit.rule import RuleContext, rule
from baoshen_audit.rules.means import band, deposits, financial_limit, in_force, ledger, owners, persons


@rule(
    "ERR213",
    "securities-above-limit",
    title="证券、基金、理财、商业保险",
    title_en="Securities, funds, insurance cash value",
    severity=Severity.MEDIUM,
    grade=Grade.B,
    key="household_key",
    needs=(
        "roll: name? id_no relation? status? family_size?",
        "securities: kind market_value|cash_value payer? as_of?",
        "bank?: balance balance_avg? as_of? account_no? deposit_kind?",
        "exemption?: kind item? doc_no? valid_from? valid_to?",
    ),
    policy=(
        "asset.financial.months", "asset.financial.exemption_kinds", "asset.insurance.collective_payers",
        "dibao.standard",
    ),
    message="家庭成员名下的{kinds}{together}超过{n}人的限额(为限额的{band}),豁免台账中没有当月有效的记录",
    message_en="Securities or insurance of counted members, with deposits where these are within the limit, exceed "
    "the limit for {n} person(s)",
    basis=("social-assistance-interim#9", "social-assistance-interim#58", "asset-rules-local"),
    since="0.1",
)  # fmt: skip
def securities_above_limit(
    roll: pl.LazyFrame,
    securities: pl.LazyFrame,
    bank: pl.LazyFrame,
    exemption: pl.LazyFrame,
    *,
    ctx: RuleContext,
) -> pl.LazyFrame:
    """证券、基金、理财、商业保险数据与低保、低保边缘家庭的比对。

    ## 查什么
    计入保障的家庭成员持有的证券、基金、理财市值和商业保险现金价值,单独或与存款合计超过限额(与 ERR212 同一限额)。
    存款本身已经超过限额的,存款由 ERR212 报告,本规则只看证券和保险自身。一户一条疑点。

    ## 为什么
    《社会救助暂行办法》第五十八条规定可以根据授权查询证券、保险;存款和其他金融资产适用同一个限额。

    ## 常见误报
    - 单位团体险,村集体、政府出资的保险:按投保人排除。
    - 没有现金价值的意外险、医疗险,市值为零的账户:不计。
    - 登记在豁免台账、当月有效的:不报。
    - 持有人是依法不计入家庭人口的成员:不计;同名不同人:只按证件号关联。

    ## 怎样核实
    - 请家庭说明资金来源,查持有明细和退保价值
    - 查保险是否由单位、村集体或亲友出资
    - 属于可以豁免的款项,补办豁免登记

    ## 处理
    由主管部门按本地财产规定认定,给予处置期限;疑点只写超过限额的档次,不写金额。

    ## 示例
    **低保家庭**

    | 户编号 | 户主姓名 | 户主身份证号 | 乡镇 | 家庭人口 | 状态 |
    |---|---|---|---|---|---|
    | H1 | 王一山 | {甲} | 甲镇 | 1 | 在保 |

    **证券、基金、理财、商业保险**

    | 姓名 | 身份证号 | 类型 | 市值 | 截止日 |
    |---|---|---|---|---|
    | 王一山 | {甲} | 基金 | 40000 | 2026-06-15 |

    **疑点**

    | 等级 | 金额 | 月份 | 说明 |
    |---|---|---|---|
    | B | | 2026-06 | 名下的基金超过1人的限额(为限额的1至2倍) |
    """
    limit = pl.col("n") * financial_limit(ctx)
    saved = deposits(bank, exemption, roll, ctx).select(
        "household_key", pl.coalesce("average", "balance").alias("saved"), pl.col("cells").alias("bank_cells")
    )
    added = pl.when(pl.col("saved") <= limit).then("saved").fill_null(0)
    together = added > 0
    return (
        _held(securities, exemption, roll, ctx)
        .join(persons(roll), on="household_key")
        .join(saved, on="household_key", how="left")
        .filter(pl.col("held") + added > limit)
        .join(ledger(exemption), on="household_key", how="left")
        .with_columns(
            pl.lit([ctx.month]).alias("months"),
            pl.when(together).then(pl.lit("与存款合计")).otherwise(pl.lit("")).alias("together"),
            band(pl.col("held") + added, limit).alias("band"),
            pl.lit("限额为人均限额乘家庭人口,由主管部门按财产规定认定").alias("formula"),
            cites(
                pl.col("cells"),
                pl.when(together).then("bank_cells").otherwise(pl.lit([])),
                pl.col("ledger_cells").fill_null([]),
            ).alias("evidence"),
        )
    )


def _held(securities: pl.LazyFrame, exemption: pl.LazyFrame, roll: pl.LazyFrame, ctx: RuleContext) -> pl.LazyFrame:
    """One row per household without an exemption: what its counted members hold, on the latest day of each person."""
    others_pay = list(ctx.policy.get("asset.insurance.collective_payers", ctx.month).texts)
    kinds = list(ctx.policy.get("asset.financial.exemption_kinds", ctx.month).texts)
    value = pl.when(pl.col("kind") == "保险").then("cash_value").otherwise(pl.coalesce("market_value", "cash_value"))
    latest = (pl.col("as_of") == pl.col("as_of").max().over("person_key")) | pl.col("as_of").is_null()
    exempt = in_force(exemption, ctx).filter(pl.col("kind").is_in(kinds))
    return (
        securities.filter(
            pl.col("person_key").is_not_null(), latest, ~pl.col("payer").str.contains_any(others_pay).fill_null(False)
        )
        .with_columns(value.alias("value"))
        .filter(pl.col("value") > 0)
        .join(owners(roll), on=["household_key", "person_key"])
        .join(exempt, on="household_key", how="anti")
        .sort("household_key", "person_key", "row_id")
        .group_by("household_key", maintain_order=True)
        .agg(
            pl.col("value").sum().alias("held"),
            pl.col("kind").fill_null("金融资产").unique().sort().str.join("、").alias("kinds"),
            pl.col("owner_row").min().alias("subject_row"),
            pl.max_horizontal("tier", "owner_tier").max().alias("tier"),
            pl.col("owner_cells").explode(),
            cite("name", "id_no", "kind", "as_of").explode().alias("held_cells"),
        )
        .with_columns(cites(pl.col("owner_cells"), pl.col("held_cells")).alias("cells"))
    )
