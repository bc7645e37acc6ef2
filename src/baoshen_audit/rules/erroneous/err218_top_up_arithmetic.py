"""ERR218 补差计算错误."""

from __future__ import annotations

import polars as pl

from baoshen_audit.finding import Grade, Severity, cites
from baoshen_audit.rule import RuleContext, rule
from baoshen_audit.rules import by_household, reckoned


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
        "payment?: entitlement_month amount_due? amount_paid arrears? deduction? kind? result? persons? hh_id?",
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
    名册金额或本月发放比重算多出容差以上的为疑点;少算的由 MIS404 报告,恰好等于按另一标准计算的由 ERR219 报告。

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
    tolerance = ctx.policy.get("dibao.tolerance", ctx.month).integer
    paid = by_household(payment)
    of_month = paid.filter(pl.col("entitlement_month") == ctx.month).select("household_key", "paid")
    over = (
        reckoned(dibao, roll, ctx)
        .join(of_month, on="household_key", how="left")
        .with_columns(pl.max_horizontal("monthly_amount", "paid").alias("level"))
        .with_columns((pl.col("level") - pl.col("recomputed")).alias("amount"))
        # what another standard explains to the 分 is ERR219's
        .filter(pl.col("amount") > tolerance, ~pl.col("by_other").list.contains(pl.col("level")))
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
