"""MIS404 少发、欠发."""

from __future__ import annotations

import polars as pl

from baoshen_audit.finding import Grade, Severity, cites
from baoshen_audit.rule import RuleContext, rule, yuan
from baoshen_audit.rules import ARRIVED, by_household, reckoned


@rule(
    "MIS404",
    "underpaid",
    title="少发、欠发",
    title_en="Underpayment",
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
    message="应为{recomputed:元}元({basis}),{where}{level:元}元,少{amount:元}元",
    message_en="Due {recomputed:元} yuan a month, {where_en} {level:元}: {amount:元} less",
    basis=("social-assistance-interim#12",),
    since="0.1",
)
def underpaid(dibao: pl.LazyFrame, roll: pl.LazyFrame, payment: pl.LazyFrame, *, ctx: RuleContext) -> pl.LazyFrame:
    """按户总额重算低保金,与本月发放(没有的与名册金额)比对,只报少发的;算法与 ERR218 相同。

    ## 查什么
    应发 = 政策参数中本月标准 × 保障人口 − 家庭月收入(先减就业成本、刚性支出),按户总额取整一次,再加分类施保金额。
    本月应发或实发比它少出容差以上的为疑点。不能重算的户(单人保、渐退期、收入未填)以名册审批金额为应发。
    恰好等于按另一标准计算的金额由 ERR219 报告;实发与应发不一致由 ERR224 报告。

    ## 为什么
    《社会救助暂行办法》第十二条按差额发给。少发一样是错,受损的是困难家庭;补发应当先于其他家庭的追回。

    ## 常见误报
    - 分档发放的地区不按补差:政策参数为分档时本规则不评估。
    - 扣回以前多发的、补发另计的:只看本月应发,扣回加回,补发不抵。
    - 本月有退回或待发的:钱还没有到账,不算少发,只核名册金额。
    - 按人分别打卡、名册上对不上全户的:不用发放合计,只核名册金额。
    - 保障人口比成员行或家庭人口多的,先核人数,不报;比成员行少的降为 B 级。
    - 月中新增、减员和因拒绝就业减发的,看变更记录。

    ## 怎样核实
    - 核对保障人口、家庭月收入和扣减项是否最新,分类施保是否漏加
    - 查发放明细,本月是否还有另一笔、是否扣回了以前多发的
    - 查是否依法减发(如无正当理由拒绝就业介绍),有无书面决定
    - 逐月核对,确定从哪个月起少发

    ## 处理
    确认后更正金额,自少发之月起逐月计算并优先补发;属于经办差错的,说明原因并告知家庭。

    ## 示例
    **低保家庭**

    | 户编号 | 户主姓名 | 户主身份证号 | 乡镇 | 城乡类别 | 家庭人口 | 保障人口 | 家庭月收入 | 户月保障金 | 状态 |
    |---|---|---|---|---|---|---|---|---|---|
    | H1 | 王一山 | {甲} | 甲镇 | 农村 | 3 | 3 | 900.50 | 2100 | 在保 |

    **疑点**

    | 等级 | 金额 | 重算 | 月份 | 说明 |
    |---|---|---|---|---|
    | A | 60 | 2160 | 2026-06 | 名册为2100.00元,少60.00元 |
    """
    tolerance = ctx.policy.get("dibao.tolerance", ctx.month).integer
    of_month = payment.filter(pl.col("entitlement_month") == ctx.month)
    pending = of_month.filter(~ARRIVED).select("household_key", pl.lit(value=True).alias("pending")).unique()
    # payments tell what a household got only if they are all there and all known to be its own
    n = pl.col("n")
    whole = (pl.col("numbered") | (n == 1) | (pl.col("persons") >= n)) & pl.col("pending").is_null()
    paid = pl.when(whole.fill_null(value=False)).then(pl.col("paid"))
    return (
        reckoned(dibao, roll, ctx)
        .join(by_household(of_month), on="household_key", how="left")
        .join(pending, on="household_key", how="left")
        .with_columns(
            pl.coalesce(paid, "monthly_amount").alias("level"),
            paid.is_not_null().alias("by_payment"),
            pl.col("recomputed").is_not_null().alias("reckons"),
            pl.coalesce("recomputed", "monthly_amount").alias("recomputed"),
        )
        .with_columns((pl.col("recomputed") - pl.col("level")).alias("amount"))
        # what another standard explains to the 分 is ERR219's; where counts contradict each other, ROLL014 asks first
        .filter(
            pl.col("amount") > tolerance,
            ~pl.col("by_other").list.contains(pl.col("level")),
            ~pl.col("reckons") | (n <= pl.col("fewest")),
        )
        .with_columns(
            pl.when("by_payment").then(pl.lit("本月发放")).otherwise(pl.lit("名册为")).alias("where"),
            pl.when("by_payment").then(pl.lit("paid")).otherwise(pl.lit("on the roll")).alias("where_en"),
            pl.when("reckons")
            .then(pl.format("{}人按本月标准和名册收入重算", "n"))
            .otherwise(pl.lit("名册审批金额"))
            .alias("basis"),
            pl.when("reckons")
            .then("formula")
            .otherwise(pl.format("名册审批金额{}元", yuan(pl.col("recomputed"))))
            .alias("formula"),
            pl.when("reckons").then("grade").alias("grade"),
            pl.when("by_payment").then("tier").alias("tier"),
            pl.lit([ctx.month]).alias("months"),
            cites(pl.col("home_cells"), pl.col("pay_cells").fill_null([])).alias("evidence"),
        )
    )
