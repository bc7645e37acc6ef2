"""ERR233 因病致贫、刚性支出认定与医疗结算不符."""

from __future__ import annotations

import polars as pl

from baoshen_audit.finding import Grade, Severity, cite, cites
from baoshen_audit.rule import RuleContext, rule, yuan


@rule(
    "ERR233",
    "illness-expense-not-settled",
    title="因病致贫、刚性支出认定与医疗结算不符",
    title_en="Illness-poverty expenditure not supported",
    severity=Severity.LOW,
    grade=Grade.C,
    key="household_key",
    needs=(
        "illness_poverty?: self_paid period_from period_to expense_ratio? name? id_no? patient_name? patient_id?",
        "rigid?: self_paid period_from period_to expense_ratio? name? id_no? patient_name? patient_id? status?",
        "settlement: self_paid settled_on name? id_no?",
    ),
    policy=("illness.tolerance_percent", "illness.expense_percent"),
    one_of=("illness_poverty", "rigid"),
    message="申报{since}至{until}自付医疗费{claimed:元}元,同期医保结算自付{settled:元}元({n}笔),高出{tolerance}%以上{ratio};"
    "目录外、外地费用不在结算之内,请先收集票据",
    message_en="Claimed {claimed:元} yuan of self-paid medical cost for {since} to {until}, settled {settled:元} yuan "
    "in {n} bill(s); drugs outside the catalogue and bills of other provinces are not in the feed: collect receipts",
    basis=("income-rules-local", "baoshen-defaults"),
    since="0.1",
)
def illness_expense_not_settled(
    illness_poverty: pl.LazyFrame, rigid: pl.LazyFrame, settlement: pl.LazyFrame, *, ctx: RuleContext
) -> pl.LazyFrame:
    """因病致贫家庭、刚性支出困难家庭申报的自付医疗费与医保结算的比对。

    ## 查什么
    核算期间内,申报的自付医疗费高于户主、患者和(刚性支出困难家庭的)登记成员在医保结算中自付的合计,超过政策参数
    规定的余地。一户一条疑点。名册写了支出占收入比例的,同时按结算数折算,看是否还达到认定的门槛。

    ## 为什么
    支出型困难按实际负担认定。申报数没有结算支撑,可能是票据没有收齐,也可能是多算;两种都要在复核时补上。

    ## 常见误报
    - 目录外药品、自费器械、护工和护理用品:不在医保结算里,凭票据认定。
    - 外省就医、没有联网结算:结算数据里没有。
    - 其他家庭成员的费用:名册没有登记成员的,只按户主和患者比对。
    - 没有写明核算期间的不比对。

    ## 怎样核实
    - 请当事人补交发票、费用清单,外省就医的调医保异地备案
    - 核对核算期间:是自然年度还是申请前12个月
    - 护理、器械等自费支出看协议和付款记录

    ## 处理
    票据能证明的维持原认定;确属多算的按核实数重新计算支出占比,决定前听取当事人意见。

    ## 示例
    **特困人员**

    | 姓名 | 身份证号 | 乡镇 |
    |---|---|---|
    | 赵守田 | {丙:1940-03-04男} | 甲镇 |

    **因病致贫家庭**

    | 户编号 | 户主姓名 | 户主身份证号 | 乡镇 | 自付金额 | 费用起 | 费用止 | 支出占比 |
    |---|---|---|---|---|---|---|---|
    | Y1 | 王一山 | {甲:1970-03-04男} | 甲镇 | 50000 | 2025-06-01 | 2026-05-31 | 0.8 |

    **医保结算**

    | 姓名 | 身份证号 | 自付 | 结算日期 |
    |---|---|---|---|
    | 王一山 | {甲} | 12000 | 2025-09-10 |
    | 王一山 | {甲} | 8000 | 2026-01-20 |

    **疑点**

    | 等级 | 金额 | 重算 | 月份 | 说明 |
    |---|---|---|---|---|
    | C | | 20000 | 2026-06 | 申报2025-06-01至2026-05-31自付医疗费50000.00元,同期医保结算自付20000.00元(2笔) |
    """
    tolerance = ctx.policy.get("illness.tolerance_percent", ctx.month).integer
    threshold = ctx.policy.get("illness.expense_percent", ctx.month).integer
    claims = pl.concat([_claims(illness_poverty), _claims(rigid)], how="diagonal")
    settled = _settled(claims, settlement)
    told = pl.col("expense_ratio") * pl.col("settled") / pl.col("claimed") * 100
    return (
        claims.join(settled, on="subject_row", how="left")
        .with_columns(pl.col("settled", "n").fill_null(0))
        .filter(pl.col("claimed") * 100 > pl.col("settled") * (100 + tolerance))
        .with_columns(
            pl.lit([ctx.month]).alias("months"),
            pl.lit(tolerance).alias("tolerance"),
            pl.when(told < threshold)
            .then(pl.format("(按结算数折算占收入{}%,门槛为{}%)", told.round().cast(pl.Int64), pl.lit(threshold)))
            .otherwise(pl.lit(""))
            .alias("ratio"),
            pl.col("settled").alias("recomputed"),
            pl.format("核算期间内{}笔医保结算的自付合计,申报{}元", "n", yuan(pl.col("claimed"))).alias("formula"),
            pl.max_horizontal("tier", "bill_tier").alias("tier"),
            cites(pl.col("claim_cells"), pl.col("bill_cells").fill_null([])).alias("evidence"),
        )
    )


def _claims(roll: pl.LazyFrame) -> pl.LazyFrame:
    """Households that state a period and what they paid themselves in it."""
    return roll.filter(
        pl.col("household_key").is_not_null(), pl.col("self_paid") > 0, pl.col("period_from") <= pl.col("period_to")
    ).select(
        "household_key",
        "tier",
        "period_from",
        "period_to",
        "expense_ratio",
        pl.col("row_id").alias("subject_row"),
        pl.col("self_paid").alias("claimed"),
        pl.col("period_from").cast(pl.String).alias("since"),
        pl.col("period_to").cast(pl.String).alias("until"),
        cite("name", "id_no", "patient_name", "patient_id", "self_paid", "period_from", "period_to", "expense_ratio")
        .alias("claim_cells"),
    )  # fmt: skip


def _settled(claims: pl.LazyFrame, settlement: pl.LazyFrame) -> pl.LazyFrame:
    """What the people of a household paid themselves within its period, by the bills settled."""
    bills = settlement.filter(pl.col("self_paid").is_not_null(), pl.col("settled_on").is_not_null()).select(
        "household_key",
        "self_paid",
        "settled_on",
        pl.col("row_id").alias("bill_row"),
        pl.col("tier").alias("bill_tier"),
        cite("name", "id_no", "self_paid", "settled_on").alias("bill"),
    )
    return (
        claims.select("subject_row", "household_key", "period_from", "period_to")
        .join(bills, on="household_key")
        .filter(pl.col("settled_on").is_between("period_from", "period_to"))
        .sort("subject_row", "settled_on", "bill_row")
        .group_by("subject_row", maintain_order=True)
        .agg(
            pl.col("self_paid").sum().alias("settled"),
            pl.len().cast(pl.Int64).alias("n"),
            pl.col("bill_tier").max(),
            pl.col("bill").explode().alias("bill_cells"),
        )
    )
