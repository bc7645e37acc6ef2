"""ERR204 核对收入高于保障标准."""

from __future__ import annotations

from typing import Final

import polars as pl

from baoshen_audit.finding import Grade, Severity, cite, cites
from baoshen_audit.policy.amount import ROUNDING_TEXT, countable_income, top_up
from baoshen_audit.rule import RuleContext, rule
from baoshen_audit.rules import HOUSEHOLD_SHOWN, standard_per_head
from baoshen_audit.rules.means import persons
from baoshen_audit.rules.verified import current_income, earned, monthly_income

_HOME: Final = (
    "name status? urban_rural? category? family_size? income_month? employment_cost? rigid_exp? supplement_amount? "
    "monthly_amount? top_up?"
)


@rule(
    "ERR204",
    "income-above-line",
    title="核对收入高于保障标准",
    title_en="Verified income above the line",
    severity=Severity.HIGH,
    grade=Grade.B,
    key="household_key",
    needs=(
        "roll: name? id_no relation? status? family_size?",
        f"dibao?: {_HOME}",
        f"dibao_edge?: {_HOME}",
        "social_ins?: base month pay_kind? insurance? employer?",
        "pension?: kind amount month? basic_part? pension_status?",
        "tax?: income month payer? item?",
        "fiscal_payroll?: gross payroll_status month? staff_kind? employer?",
        "provident?: base deposit? month? account_status? employer?",
        "agri?: year? subsidy? leased_income?",
        "feed: as_of",
    ),
    one_of=("social_ins", "pension", "tax", "fiscal_payroll", "provident"),
    policy=(
        "dibao.standard", "dibao_edge.line", "dibao.mode", "dibao.rounding", "income.tolerance_percent",
        "income.window_months", "income.employment_cost_percent", "income.not_counted_items",
        "income.basic_pension_counted", "payroll.active_status",
    ),
    message="核对到的家庭收入(扣减后)每月{income:元}元,高于{n}人的标准线{line:元}元;来源:{sources}",
    message_en="Verified income after deductions is {income:元} yuan a month, above the line of {line:元} for {n}",
    basis=("social-assistance-interim#9", "social-assistance-interim#58", "relief-notice-2022", "income-rules-local"),
    since="0.1",
)  # fmt: skip
def income_above_line(  # noqa: PLR0917 - one frame a table
    roll: pl.LazyFrame,
    dibao: pl.LazyFrame,
    dibao_edge: pl.LazyFrame,
    social_ins: pl.LazyFrame,
    pension: pl.LazyFrame,
    tax: pl.LazyFrame,
    fiscal_payroll: pl.LazyFrame,
    provident: pl.LazyFrame,
    agri: pl.LazyFrame,
    feed: pl.LazyFrame,
    *,
    ctx: RuleContext,
) -> pl.LazyFrame:
    """社保、养老、个税、财政供养、公积金数据合起来,与家庭收入线的比对。

    ## 查什么
    把计入保障的成员现在每月核对到的收入相加,减去不计入的项目、就业成本和刚性支出,高于标准乘人数(低保边缘家庭和单人保
    按边缘线)并超过容差的家庭。全部按户总额计算,不经过人均。工资只在近两个月仍有记录时才算,各来源取近三个月最低的一个月;
    工资须在核对期间有三个月以上。只有缴费基数,或个税没有参保、公积金佐证的,不算确实:靠它们才超过的为 C 级。
    一户一条疑点。

    ## 为什么
    《社会救助暂行办法》第九条:共同生活的家庭成员人均收入低于标准的给予保障;第五十八条规定可以查询收入。养老、财政供养的事实由
    ERR205、ERR207 按人报告,本规则看它们合起来对全户的影响。

    ## 常见误报
    - 优待抚恤金、奖学金、计划生育奖扶、救助款物、基础养老金等不计入的项目:按政策参数排除。
    - 一次性补偿、补发、年终奖:取近三个月最低的月份;全年数不摊入月份,惠农补贴和土地流转收入只列出供参考。
    - 已经离职、停止领取的:近两个月没有记录的不算;季节性短工不算。
    - 成员依法不计入家庭人口的,收入不计;渐退期的家庭收入已经核过,不报。
    - 缴费基数有法定下限,可能高于实际工资;个税可能被冒用身份申报:降为 C 级。

    ## 怎样核实
    - 请家庭说明各项收入,核对工资单、银行流水,询问是否已经离职
    - 查有没有应当扣减而名册没有登记的就业成本、刚性支出
    - 按核实后的收入重算全户金额

    ## 处理
    按核实的收入重算;确认高于标准的先按本地规定进入渐退,并测算是否符合低保边缘家庭条件,不直接停发。

    ## 示例
    **低保家庭**

    | 户编号 | 户主姓名 | 户主身份证号 | 乡镇 | 城乡类别 | 家庭人口 | 家庭月收入 | 状态 |
    |---|---|---|---|---|---|---|---|
    | H1 | 王一山 | {甲:1955-01-02男} | 甲镇 | 农村 | 1 | 300 | 在保 |

    **养老待遇**

    | 姓名 | 身份证号 | 待遇类型 | 月待遇 | 待遇月份 | 待遇状态 |
    |---|---|---|---|---|---|
    | 王一山 | {甲} | 职工 | 2180 | 2026-05 | 在领 |

    **疑点**

    | 等级 | 金额 | 重算 | 月份 | 说明 |
    |---|---|---|---|---|
    | B | | 0 | 2026-06 | 每月2180.00元,高于1人的标准线1020.00元;来源:养老待遇 |
    """
    above = pl.col("line") * (100 + ctx.policy.get("income.tolerance_percent", ctx.month).integer)
    rounding = ctx.policy.get("dibao.rounding", ctx.month).text
    records = monthly_income(social_ins, pension, tax, fiscal_payroll, provident, ctx)
    wages = earned(current_income(records, feed, ctx), roll, ctx)
    income = countable_income(pl.col("gross"), pl.max_horizontal("employment_cost", "cost"), pl.col("rigid_exp"))
    sure = countable_income(pl.col("sure"), pl.max_horizontal("employment_cost", "sure_cost"), pl.col("rigid_exp"))
    entitled = top_up(pl.col("per_head"), pl.col("n"), pl.col("income"), rounding) + pl.col("extra")
    return (
        _homes(dibao, dibao_edge, ctx)
        .join(persons(roll), on="household_key")
        .join(wages, on="household_key")
        .with_columns(income.alias("income"), sure.alias("sure"), (pl.col("line_per_head") * pl.col("n")).alias("line"))
        .filter(pl.col("income") * 100 > above)
        .join(_land(agri, ctx), on="household_key", how="left")
        .with_columns(
            pl.lit([ctx.month]).alias("months"),
            pl.when(pl.col("sure") * 100 > above).then(pl.lit("B")).otherwise(pl.lit("C")).alias("grade"),
            pl.when("differs").then(entitled).alias("recomputed"),
            pl.lit(
                f"成员现有月收入之和−就业成本−刚性支出,与标准×人数比较;重算为标准×人数−收入,不低于零,{ROUNDING_TEXT[rounding]},"
                "另加分类施保"
            ).alias("formula"),
            cites(
                pl.col("home_cells"), pl.col("owner_cells"), pl.col("cells"), pl.col("land_cells").fill_null([])
            ).alias("evidence"),
        )
    )  # fmt: skip


def _homes(dibao: pl.LazyFrame, dibao_edge: pl.LazyFrame, ctx: RuleContext) -> pl.LazyFrame:
    """Households whose income has a line: not those in 渐退, whose income is known to be above it.

    `differs`: a whole household on 低保, paid by difference.
    """
    edge_percent = ctx.policy.get("dibao_edge.line", ctx.month).integer
    by_difference = ctx.policy.get("dibao.mode", ctx.month).text == "补差"
    standard = standard_per_head(ctx)
    parts = []
    for home, edge in ((dibao, pl.col("category").eq_missing("单人保")), (dibao_edge, pl.lit(value=True))):
        parts.append(
            home.filter(pl.col("status").ne_missing("渐退")).select(
                "household_key",
                pl.col("row_id").alias("subject_row"),
                standard.alias("per_head"),
                pl.when(edge).then(standard * edge_percent // 100).otherwise(standard).alias("line_per_head"),
                (~edge & by_difference).alias("differs"),
                "employment_cost",
                "rigid_exp",
                pl.col("supplement_amount").fill_null(0).alias("extra"),
                cite(*HOUSEHOLD_SHOWN).alias("home_cells"),
            )
        )
    return pl.concat(parts)


def _land(agri: pl.LazyFrame, ctx: RuleContext) -> pl.LazyFrame:
    """This year's and last year's land income as evidence only: a year's figure says nothing about a month."""
    return (
        agri.filter(pl.col("household_key").is_not_null(), pl.col("year") >= ctx.month.year - 1)
        .sort("household_key", "row_id")
        .group_by("household_key", maintain_order=True)
        .agg(cite("year", "subsidy", "leased_income").explode().alias("land_cells"))
    )
