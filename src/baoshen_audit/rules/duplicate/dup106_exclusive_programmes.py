"""DUP106 互斥项目重复享受."""

from __future__ import annotations

from typing import Final

import polars as pl

from baoshen_audit.finding import Grade, Severity, cite, cites, weakest
from baoshen_audit.policy.cite import UNPROVEN
from baoshen_audit.rule import RuleContext, rule
from baoshen_audit.rules import titled
from baoshen_audit.schemas import HOUSEHOLD_ROLLS

_ELSEWHERE: Final = [("employee_pension", "veteran_rural60"), ("veteran_rural60", "youfu")]
"""Pairs with a rule of their own: ERR231 (rules.md §1.5)."""


@rule(
    "DUP106",
    "exclusive-programmes",
    title="互斥项目重复享受",
    title_en="Mutually exclusive programmes",
    severity=Severity.HIGH,
    grade=Grade.A,
    key="person_key",
    needs=(
        "roll: programme? period? status? monthly_amount? first_month?",
        "disability_subsidy?: living_amount? care_amount?",
    ),
    policy=("exclusion.mode", "exclusion.condition"),
    message="同时在保:{one}、{other};依据{basis},两项不能同时享受",
    message_en="Active in both {a} and {b}, which exclude each other by policy",
    basis=("social-assistance-interim#15", "disability-subsidies"),
    since="0.1",
)
def exclusive_programmes(roll: pl.LazyFrame, disability_subsidy: pl.LazyFrame, *, ctx: RuleContext) -> pl.LazyFrame:
    """同一人当月同时享受两项按政策互斥的待遇。

    ## 查什么
    当月在保、计入保障的人,同时享受互斥表中方式为“互斥”的两项待遇。互斥表是政策数据,按地区和月份取值;
    由地方规定而地方没有登记的、附有条件的组合不评。退役士兵老年补助与养老金、定期抚恤并存由 ERR231 查。
    一人一对项目一条疑点。

    ## 为什么
    特困供养已包含基本生活和照料护理,不再享受两项补贴;享受孤儿基本生活费的不再享受困难残疾人生活补贴。
    各项目分别由不同股室经办,不放在一起比对看不出来。

    ## 常见误报
    - 各地规定不同,有的地方允许同时享受或补差:在政策文件中覆盖该组合,即不报。
    - 已经停发一项、名册未更新,或已停保的行仍在名册:停保的行不算。
    - 特困人员列在亲属的低保家庭中但不享受:成员明细“是否保障”为否即不报。
    - 依据只是建议值、没有文件出处的组合:降一级。

    ## 怎样核实
    - 查两项待遇的审批表,是否同一人、当月是否都已发放
    - 查本地文件是否允许同时享受、择高或补差
    - 本人是否已选择其中一项
    - 集中供养人员的待遇是否由机构代领

    ## 处理
    由本人选择或由主管部门按就高原则保留一项,停止另一项;只对差额进行核查。

    ## 示例
    **特困人员**

    | 姓名 | 身份证号 | 乡镇 | 状态 | 月保障金额 |
    |---|---|---|---|---|
    | 王大山 | {甲:1951-03-05男} | 甲镇 | 在保 | 1326 |

    **残疾人两项补贴**

    | 姓名 | 身份证号 | 乡镇 | 状态 | 生活补贴金额 | 护理补贴金额 |
    |---|---|---|---|---|---|
    | 王大山 | {甲} | 甲镇 | 在保 | 390 | 0 |

    **疑点**

    | 等级 | 金额 | 月份 | 说明 |
    |---|---|---|---|
    | A | 390 | 2026-06 | 困难残疾人生活补贴、特困 |
    """
    amount = (
        pl.when(pl.col("benefit") == "disability_living")
        .then("living_amount")
        .when(pl.col("benefit") == "disability_care")
        .then("care_amount")
        .when(~pl.col("programme").is_in(list(HOUSEHOLD_ROLLS)))
        .then("monthly_amount")
    )
    enrolled = (
        roll.filter("active", "covered", pl.col("first_month").is_null() | (pl.col("first_month") <= ctx.month))
        .join(disability_subsidy.select("row_id", "living_amount", "care_amount"), on="row_id", how="left")
        .rename({"benefits": "benefit"})
        .explode("benefit", empty_as_null=False)
        .with_columns(amount.alias("paid"))
        .sort("person_key", "benefit", "row_id")
        .group_by("person_key", "benefit", maintain_order=True)
        .agg(
            pl.col("row_id").first(),
            pl.col("tier").max(),
            pl.col("paid").max(),
            cite("name", "id_no", "status", "first_month", "monthly_amount", "living_amount", "care_amount")
            .explode()
            .alias("cells"),
        )
    )
    columns = ("row_id", "tier", "paid", "cells")
    first, second = (
        enrolled.rename({"benefit": side} | {name: f"{name}_{side}" for name in columns}) for side in ("a", "b")
    )
    both_known = pl.col("paid_a").is_not_null() & pl.col("paid_b").is_not_null()
    return (
        first.join(_exclusive(ctx), on="a")
        .join(second, on=["person_key", "b"])
        .with_columns(
            pl.col("row_id_a").alias("subject_row"),
            pl.format("{}|{}", "a", "b").alias("counterpart"),
            titled("a").alias("one"),
            titled("b").alias("other"),
            weakest("tier_a", "tier_b").alias("tier"),
            pl.when("proven").then(pl.lit("A")).otherwise(pl.lit("B")).alias("grade"),
            pl.concat_list(pl.lit(ctx.month)).alias("months"),
            pl.when(both_known).then(pl.min_horizontal("paid_a", "paid_b")).alias("amount"),
            pl.when(both_known)
            .then(pl.lit("两项中较低一项的当月金额"))
            .otherwise(pl.lit("名册没有本人的金额(低保按户计发),由保留的项目确定后重算"))
            .alias("formula"),
            cites(pl.col("cells_a"), pl.col("cells_b")).alias("evidence"),
        )
    )


def _exclusive(ctx: RuleContext) -> pl.LazyFrame:
    """Pairs that exclude each other in the month: `a` < `b`, `basis` as a clerk cites it, `proven` by a document."""
    modes = ctx.policy.by_month("exclusion.mode", [ctx.month]).filter(pl.col("value") == "X")
    # a pair that holds only under a condition is for whoever can see the condition
    conditional = ctx.policy.by_month("exclusion.condition", [ctx.month]).select("a", "b")
    rows = []
    for a, b in modes.join(conditional, on=["a", "b"], how="anti").select("a", "b").sort("a", "b").iter_rows():
        if (a, b) not in _ELSEWHERE:
            cited = ctx.policy.citation(ctx.policy.get("exclusion.mode", ctx.month, a=a, b=b).cite)
            rows.append((a, b, cited.label, cited.kind not in UNPROVEN))
    schema = {"a": pl.String, "b": pl.String, "basis": pl.String, "proven": pl.Boolean}
    return pl.LazyFrame(rows, schema=schema, orient="row")
