"""ERR205 养老待遇与申报收入矛盾."""

from __future__ import annotations

import polars as pl

from baoshen_audit.finding import Grade, Severity, cite, cites, weakest
from baoshen_audit.rule import RuleContext, rule
from baoshen_audit.rules import listed
from baoshen_audit.schemas import HOUSEHOLD_ROLLS


@rule(
    "ERR205",
    "pension-contradicts-income",
    title="养老待遇与申报收入矛盾",
    title_en="Pension contradicts declared income",
    severity=Severity.MEDIUM,
    grade=Grade.A,
    key="person_key",
    needs=(
        "roll: name? id_no status? relation? income|income_transfer|income_month",
        "pension: kind amount month? basic_part? start? pension_status?",
        "retired_military?: pension_month status?",
    ),
    policy=("pension.tolerance",),
    message="领取{kinds}养老待遇每月{pension:元}元(计入部分),申报收入为{declared:元}元;应计入家庭收入重算",
    message_en="Receives a pension ({pension:元} yuan a month countable) above the declared income ({declared:元})",
    basis=("social-assistance-interim#58", "tekun-recognition#6"),
    since="0.1",
)
def pension_contradicts_income(
    roll: pl.LazyFrame,
    pension: pl.LazyFrame,
    retired_military: pl.LazyFrame,
    *,
    ctx: RuleContext,
    within_months: int = 3,
) -> pl.LazyFrame:
    """养老待遇数据与低保、低保边缘家庭申报收入的比对。

    ## 查什么
    本月计入保障的人正在领取养老待遇,其每月数额比申报的收入(成员个人收入、家庭转移净收入,没有这两项的用家庭月收入)
    高出政策参数规定的差额以上。城乡居民养老只计扣除基础养老金以后的部分;取近 3 个月的最低一个月,排除补发。

    ## 为什么
    养老金属于家庭收入中的转移净收入(办法第五十八条规定可以核对)。领取养老待遇是事实(A 级),
    家庭是否仍符合条件要按户重算,多数只是调整金额。

    ## 常见误报
    - 基础养老金依规定不计入收入:城乡居民养老没有分列基础养老金的不报。
    - 遗属补助、抚恤不是养老金,不报;暂停、终止领取的不报。
    - 一次补发几个月:取近几个月的最低额。
    - 申报时写在家庭其他收入里:家庭月收入不低于养老待遇的,降为 C 级。
    - 同名不同人:只按证件号关联。

    ## 怎样核实
    - 向社保经办机构核实待遇类型、月标准和开始时间
    - 查核对报告和申报表,养老金是否已经计入其他收入项目
    - 按计入养老金后的收入重算全户金额

    ## 处理
    按户重算并调整金额;只有重算后超过标准的才停保,同时告知可以申请低保边缘等其他救助。

    ## 示例
    **低保家庭**

    | 户编号 | 户主姓名 | 户主身份证号 | 乡镇 | 状态 | 转移净收入 | 家庭月收入 |
    |---|---|---|---|---|---|---|
    | H1 | 王一山 | {甲:1950-01-02男} | 甲镇 | 在保 | 0 | 300 |

    **养老待遇**

    | 姓名 | 身份证号 | 待遇类型 | 月待遇 | 待遇月份 | 待遇状态 |
    |---|---|---|---|---|---|
    | 王一山 | {甲} | 职工 | 2180 | 2026-05 | 在领 |

    **疑点**

    | 等级 | 月份 | 说明 |
    |---|---|---|
    | A | 2026-06 | 领取职工养老待遇每月2180.00元(计入部分),申报收入为0.00元 |
    """
    tolerance = ctx.policy.get("pension.tolerance", ctx.month).integer
    drawn = (
        pl.concat([_pensions(pension, ctx, within_months), _military(retired_military)])
        .sort("person_key", "kind", "row_id")
        .group_by("person_key", maintain_order=True)
        .agg(
            pl.col("kind").unique().sort().str.join("、").alias("kinds"),
            pl.col("pension").filter(pl.struct("kind").is_first_distinct()).sum(),
            pl.col("pension_tier").max(),
            pl.col("cells").explode(),
        )
    )
    household = pl.coalesce("income_transfer", "income_month")
    declared = (
        roll.filter("active", "counted", pl.col("programme").is_in(HOUSEHOLD_ROLLS))
        .join(drawn, on="person_key", how="semi")
        .group_by("person_key")
        .agg(
            pl.max_horizontal("income", household).max().alias("declared"),
            pl.col("income_month").max().alias("all_income"),
            cite("income", "income_transfer", "income_month").sort_by("row_id").explode().alias("declared_cells"),
        )
    )
    return (
        listed(roll.join(drawn, on="person_key", how="semi"), tuple(HOUSEHOLD_ROLLS))
        .join(drawn, on="person_key")
        .join(declared, on="person_key")
        .filter(pl.col("pension") > pl.col("declared") + tolerance)
        .with_columns(
            weakest("roll_tier", "pension_tier").alias("tier"),
            pl.when(pl.col("all_income") >= pl.col("pension")).then(pl.lit("C")).alias("grade"),
            pl.lit("养老待遇计入家庭月收入,按户重算后确定").alias("formula"),
            cites(pl.col("roll_cells"), pl.col("declared_cells"), pl.col("cells")).alias("evidence"),
        )
    )


def _pensions(pension: pl.LazyFrame, ctx: RuleContext, within_months: int) -> pl.LazyFrame:
    """One row per record in payment: its kind, and the countable amount of the kind's lowest recent month."""
    first = pl.lit(ctx.month).dt.offset_by(f"-{within_months}mo")
    resident = pl.col("kind") == "城乡居民"
    countable = pl.when(resident).then(pl.col("amount") - pl.col("basic_part")).otherwise("amount")
    return (
        pension.filter(
            pl.col("person_key").is_not_null(),
            pl.col("kind").is_in(["职工", "机关", "城乡居民"]),
            pl.col("pension_status").fill_null("在领") == "在领",
            pl.col("start").is_null() | (pl.col("start") <= ctx.month),
            pl.col("month").is_null() | pl.col("month").is_between(first, ctx.month),
        )
        .with_columns(countable.alias("pension"))
        .filter(pl.col("pension") > 0)
        .select(
            "person_key", "kind", "row_id",
            pl.col("pension").min().over("person_key", "kind"),
            pl.col("tier").alias("pension_tier"),
            cite("name", "id_no", "kind", "amount", "basic_part", "month", "pension_status").alias("cells"),
        )
    )  # fmt: skip


def _military(retired_military: pl.LazyFrame) -> pl.LazyFrame:
    return retired_military.filter(
        pl.col("person_key") >= 0, pl.col("pension_month") > 0, pl.col("status").fill_null("在保") == "在保"
    ).select(
        "person_key", pl.lit("军休").alias("kind"), "row_id",
        pl.col("pension_month").alias("pension"),
        pl.col("tier").alias("pension_tier"),
        cite("name", "id_no", "pension_month", "status").alias("cells"),
    )  # fmt: skip
