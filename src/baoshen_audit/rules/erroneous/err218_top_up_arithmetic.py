"""ERR218 补差计算错误."""

from __future__ import annotations

import polars as pl

from baoshen_audit.finding import Grade, Severity, cite, cites
from baoshen_audit.policy.amount import ROUNDING_TEXT, countable_income, top_up
from baoshen_audit.rule import NotEvaluable, RuleContext, rule, yuan
from baoshen_audit.rules import ARRIVED


@rule(
    "ERR218",
    "top-up-arithmetic",
    title="补差计算错误(多算)",
    title_en="Top-up arithmetic wrong (overpaid)",
    severity=Severity.HIGH,
    grade=Grade.A,
    key="household_key",
    needs=(
        "dibao: name family_size covered_count? category? urban_rural? income_month employment_cost? rigid_exp? "
        "standard? top_up? supplement_amount? monthly_amount status",
        "roll: covered?",
        "payment?: entitlement_month amount_due? amount_paid arrears? deduction? kind? result?",
    ),
    policy=("dibao.standard", "dibao.mode", "dibao.rounding", "dibao.tolerance", "dibao.grace_keeps_amount"),
    message="{n}人按本月标准和名册收入重算应为{recomputed:元}元,名册或本月发放为{level:元}元,多{amount:元}元",
    message_en="Recomputed {recomputed:元} yuan a month, on the roll or paid {level:元}: {amount:元} more",
    basis=("social-assistance-interim#12",),
    since="0.1",
)
def overpaid(dibao: pl.LazyFrame, roll: pl.LazyFrame, payment: pl.LazyFrame, *, ctx: RuleContext) -> pl.LazyFrame:
    """按户总额重算低保金,与名册金额和本月发放比对,只报多算的。

    ## 查什么
    应发 = 政策参数中本月标准 × 保障人口 − 家庭月收入(先减就业成本、刚性支出),按户总额取整一次,再加分类施保金额。
    名册金额或本月发放比重算多出容差以上的为疑点;少算的由漏保/欠发规则报告。

    ## 为什么
    《社会救助暂行办法》第十二条按差额发给。标准632元、3人、收入1894元应为2元;按人均补0.67元再乘3人取整就成了3元。

    ## 常见误报
    - 分档发放的地区不按补差:政策参数为分档时本规则不评估。
    - 渐退期保持原金额:政策规定保持的不报;当地有最低发放额的,金额很小的户请对照本地规定。
    - 月中调整、补发和扣回:只看本月应发,补发、扣回另计。
    - 单人保的收入口径各地不同,不重算;成员行的保障人数与保障人口不一致的降为 B 级,先核人数。

    ## 怎样核实
    - 核对保障人口、家庭月收入和扣减项是否最新,是否处于渐退期或适用最低发放额
    - 查金额是否先算人均再乘人数,或重复加了分类施保;查以前月份的人口和收入,确定从哪个月起多算

    ## 处理
    更正计算并重算当月金额;以前月份逐月重算,差额列为待核查款项。属于经办差错的,不由家庭承担责任。

    ## 示例
    **低保家庭**

    | 户编号 | 户主姓名 | 户主身份证号 | 乡镇 | 城乡类别 | 家庭人口 | 保障人口 | 家庭月收入 | 户月保障金 | 状态 |
    |---|---|---|---|---|---|---|---|---|---|
    | H1 | 王一山 | {甲} | 甲镇 | 农村 | 3 | 3 | 900.50 | 2265 | 在保 |

    **疑点**

    | 等级 | 金额 | 重算 | 月份 | 说明 |
    |---|---|---|---|---|
    | A | 105 | 2160 | 2026-06 | 名册或本月发放为2265.00元,多105.00元 |
    """
    if ctx.policy.get("dibao.mode", ctx.month).text != "补差":
        raise NotEvaluable("本地低保金按分档发放,不按补差计算", "the county pays by tiers, not by difference")
    tolerance = ctx.policy.get("dibao.tolerance", ctx.month).integer
    paid = _paid(payment)
    of_month = paid.filter(pl.col("entitlement_month") == ctx.month).select("household_key", "paid")
    over = (
        _reckoned(dibao, roll, ctx)
        .join(of_month, on="household_key", how="left")
        .with_columns(pl.max_horizontal("monthly_amount", "paid").alias("level"))
        .with_columns((pl.col("level") - pl.col("recomputed")).alias("amount"))
        .filter(pl.col("amount") > tolerance)
    )
    # earlier payments of the same amount are shown as evidence; what was due then is for a person to work out
    same = (
        over.select("household_key", "level")
        .join(paid, on="household_key")
        .filter((pl.col("paid") == pl.col("level")) | (pl.col("entitlement_month") == ctx.month))
        .sort("household_key", "entitlement_month")
        .group_by("household_key", maintain_order=True)
        .agg(pl.col("tier").max(), pl.col("pay_cells").explode())
    )
    return over.join(same, on="household_key", how="left").with_columns(
        pl.lit([ctx.month]).alias("months"),
        cites(pl.col("home_cells"), pl.col("pay_cells").fill_null([])).alias("evidence"),
    )


def _reckoned(dibao: pl.LazyFrame, roll: pl.LazyFrame, ctx: RuleContext) -> pl.LazyFrame:
    """Households in payment with what they are entitled to; those whose inputs are unknown are left out."""
    standards = dict(ctx.policy.by_month("dibao.standard", [ctx.month]).select("urban_rural", "value").iter_rows())
    # where town and country have one standard, a roll need not say which a household is
    only = next(iter(standards.values())) if len(set(standards.values())) == 1 else None
    rounding = ctx.policy.get("dibao.rounding", ctx.month).text
    keeps = ctx.policy.get("dibao.grace_keeps_amount", ctx.month).flag
    rows = roll.filter("active", pl.col("programme") == "dibao").group_by("household_key")
    members = rows.agg(((pl.col("table") == "member") & pl.col("covered")).sum().cast(pl.Int64).alias("rows"))
    said, listed = (pl.when(pl.col(name) > 0).then(pl.col(name)) for name in ("covered_count", "rows"))
    return (
        dibao.join(members, on="household_key")
        .filter(pl.col("category").ne_missing("单人保"), ~(pl.col("status").eq_missing("渐退") & keeps))
        .select(
            "household_key",
            "monthly_amount",
            pl.col("supplement_amount").fill_null(0).alias("extra"),
            pl.col("row_id").alias("subject_row"),
            pl.coalesce(said, listed, "family_size").alias("n"),
            pl.col("urban_rural").replace_strict(standards, default=only, return_dtype=pl.Int64).alias("per_head"),
            countable_income(pl.col("income_month"), pl.col("employment_cost"), pl.col("rigid_exp")).alias("income"),
            pl.when(said != listed).then(pl.lit("B")).alias("grade"),
            cite(*_SHOWN).alias("home_cells"),
        )
        .with_columns(
            (top_up(pl.col("per_head"), pl.col("n"), pl.col("income"), rounding) + pl.col("extra")).alias("recomputed"),
            pl.format(
                f"{{}}元×{{}}人−{{}}元,{ROUNDING_TEXT[rounding]},另加分类施保{{}}元",
                *(yuan(pl.col("per_head")), "n", yuan(pl.col("income")), yuan(pl.col("extra"))),
            ).alias("formula"),
        )
    )


def _paid(payment: pl.LazyFrame) -> pl.LazyFrame:
    """One row per household and month: the ordinary payment due, arrears and recoveries left out."""
    net = pl.col("amount_paid") - pl.col("arrears").fill_null(0) + pl.col("deduction").fill_null(0)
    return (
        payment.filter(
            ARRIVED,
            pl.col("kind").is_null() | pl.col("kind").is_in(["正常", "重发"]),
        )
        .sort("household_key", "entitlement_month", "row_id")
        .group_by("household_key", "entitlement_month", maintain_order=True)
        .agg(
            pl.coalesce("amount_due", net).sum().alias("paid"),
            pl.col("tier").max(),
            cite("entitlement_month", "amount_due", "amount_paid", "kind", "result").explode().alias("pay_cells"),
        )
    )


_SHOWN = (
    "name", "urban_rural", "family_size", "covered_count", "income_month", "employment_cost", "rigid_exp", "standard",
    "top_up", "supplement_amount", "monthly_amount", "status",
)  # fmt: skip
