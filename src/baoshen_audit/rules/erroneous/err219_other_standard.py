"""ERR219 保障标准或类别适用错误."""

from __future__ import annotations

from datetime import date

import polars as pl

from baoshen_audit.finding import Grade, Severity, cite, cites
from baoshen_audit.rule import RuleContext, rule, yuan
from baoshen_audit.rules import ARRIVED, by_household, every_standard, reckoned


@rule(
    "ERR219",
    "other-standard-applied",
    title="保障标准或类别适用错误",
    title_en="Wrong standard or category",
    severity=Severity.HIGH,
    grade=Grade.A,
    key="household_key",
    needs=(
        "dibao: name family_size covered_count? category? urban_rural? income_month employment_cost? rigid_exp? "
        "standard? top_up? supplement_amount? monthly_amount status",
        "roll: covered?",
        "payment?: entitlement_month amount_due? amount_paid arrears? deduction? kind? result? persons? hh_id?",
        "tekun?: name? mode? base_standard? status?",
        "orphan?: name? raising_mode? monthly_amount? status?",
    ),
    policy=("dibao.standard", "dibao.mode", "dibao.rounding", "dibao.tolerance", "dibao.grace_keeps_amount"),
    message="{what}恰好等于按每人{other:元}元计算,本月标准为{own:元}元,{direction}{amount:元}元",
    message_en="Exactly the amount of the standard {other:元}; {own:元} is in force: {amount:元} {direction_en}",
    basis=("social-assistance-interim#10", "social-assistance-interim#12"),
    since="0.1",
)
def other_standard_applied(
    dibao: pl.LazyFrame,
    roll: pl.LazyFrame,
    payment: pl.LazyFrame,
    tekun: pl.LazyFrame,
    orphan: pl.LazyFrame,
    *,
    ctx: RuleContext,
    lag_months: int = 2,
) -> pl.LazyFrame:
    """金额与本月标准不符,而恰好等于按另一标准(上年度、城市或农村、集中或分散)计算的金额。

    ## 查什么
    低保按户重算(算法同 ERR218),名册金额或本月发放与重算不符、却等于按政策参数中另一标准计算的金额;
    特困基本生活标准、孤儿基本生活费等于另一供养方式、养育方式或另一年度的标准(本地登记了标准的才核对)。
    多发、少发都报,ERR218、MIS404 不再重复。一户(人)一条疑点。

    ## 为什么
    《社会救助暂行办法》第十条:标准由地方公布并调整。提标之后漏改、城乡类别填错,会使一批家庭的金额同时错,
    错的方式相同,容易成批更正。

    ## 常见误报
    - 提标文件下发晚、先按旧标准发再一次性补发:本月有补发的不报;新标准执行不到 `lag_months` 个月的降为 C 级。
    - 名册写明的保障标准是对的,金额只是碰巧相等:降为 B 级。
    - 保障人数对不上的:降为 B 级,先核人数。
    - 分档发放的地区不按补差:本规则不评估。

    ## 怎样核实
    - 查标准文件的执行月份和城乡类别,是否漏改
    - 查以前月份,从哪个月起用错标准
    - 是否已经或将要一次性补发
    - 同一乡镇、同一批次的其他家庭是否同样

    ## 处理
    自新标准执行之月(或类别变更之月)起更正,少发的补发,多发的差额列为待核查款项,不由家庭承担责任。

    ## 示例
    **低保家庭**

    | 户编号 | 户主姓名 | 户主身份证号 | 乡镇 | 城乡类别 | 家庭人口 | 家庭月收入 | 保障标准 | 户月保障金 | 状态 |
    |---|---|---|---|---|---|---|---|---|---|
    | H1 | 王一山 | {甲} | 甲镇 | 农村 | 2 | 500 | 980 | 1460 | 在保 |

    **疑点**

    | 等级 | 金额 | 重算 | 月份 | 说明 |
    |---|---|---|---|---|
    | A | 80 | 1540 | 2026-06 | 恰好等于按每人980.00元计算,本月标准为1020.00元,少80.00元 |
    """
    found = pl.concat(
        [
            _households(dibao, roll, payment, ctx, lag_months),
            _persons(tekun, _TEKUN, ctx, lag_months),
            _persons(orphan, _ORPHAN, ctx, lag_months),
        ],
        how="diagonal",
    )
    more = pl.col("level") > pl.col("recomputed")
    return found.with_columns(
        (pl.col("level") - pl.col("recomputed")).abs().alias("amount"),
        pl.when(more).then(pl.lit("多")).otherwise(pl.lit("少")).alias("direction"),
        pl.when(more).then(pl.lit("more")).otherwise(pl.lit("less")).alias("direction_en"),
        pl.lit([ctx.month]).alias("months"),
    )


def _households(
    dibao: pl.LazyFrame, roll: pl.LazyFrame, payment: pl.LazyFrame, ctx: RuleContext, lag: int
) -> pl.LazyFrame:
    tolerance = ctx.policy.get("dibao.tolerance", ctx.month).integer
    of_month = payment.filter(pl.col("entitlement_month") == ctx.month)
    later = of_month.filter(ARRIVED, (pl.col("kind") == "补发") | (pl.col("arrears") > 0)).select("household_key")
    sure = (pl.col("n") <= pl.col("fewest")) & pl.col("grade").is_null()
    paid = pl.when("numbered").then("paid")
    level = pl.coalesce(
        *(pl.when(pl.col("by_other").list.contains(said)).then(said) for said in (paid, pl.col("monthly_amount")))
    )
    others = every_standard(ctx, "dibao.standard")
    other = pl.coalesce(
        *(
            pl.when(pl.col("by_other").list.get(i) == pl.col("level")).then(pl.lit(v, dtype=pl.Int64))
            for i, v in enumerate(others)
        )
    )
    return (
        reckoned(dibao, roll, ctx)
        .join(later.unique(), on="household_key", how="anti")
        .join(by_household(of_month), on="household_key", how="left")
        .with_columns(level.alias("level"), pl.col("per_head").alias("own"))
        .filter((pl.col("level") - pl.col("recomputed")).abs() > tolerance)
        .with_columns(
            other.alias("other"),
            pl.lit("低保金额").alias("what"),
            _grade(ctx, "dibao.standard", lag, sure & pl.col("standard").ne_missing(pl.col("per_head"))),
            cites(pl.col("home_cells"), pl.col("pay_cells").fill_null([])).alias("evidence"),
        )
        .select(*_KEPT)
    )


def _persons(frame: pl.LazyFrame, what: tuple[str, str, str, str], ctx: RuleContext, lag: int) -> pl.LazyFrame:
    """Rows of one person whose amount is that of another way of living or of another year."""
    key, dim, column, title = what
    law = dict(ctx.policy.by_month(key, [ctx.month]).select(dim, "value").iter_rows())
    way = pl.col(dim).replace({"居家": "分散"}).replace_strict(law, default=None, return_dtype=pl.Int64)
    level = pl.col(column)
    return (
        frame.filter(pl.col("status").is_null() | pl.col("status").is_in(["在保", "渐退"]))
        .with_columns(way.alias("own"), level.alias("level"))
        .filter(pl.col("own") != level, level.is_in(every_standard(ctx, key)))
        .with_columns(
            pl.col("row_id").alias("subject_row"),
            pl.col("own").alias("recomputed"),
            level.alias("other"),
            pl.lit(title).alias("what"),
            pl.format("{}的本月标准{}元", dim, yuan(pl.col("own"))).alias("formula"),
            _grade(ctx, key, lag, pl.lit(value=True)),
            cite("name", dim, column, "status").alias("evidence"),
        )
        .select(*_KEPT)
    )


def _grade(ctx: RuleContext, key: str, lag: int, sure: pl.Expr) -> pl.Expr:
    """C while a new standard is so young that offices may still follow with a lump sum."""
    begun = [start for start in ctx.policy.frame(key)["from"] if start <= ctx.month]
    young = bool(begun) and _months(max(begun), ctx.month) < lag
    return pl.when(pl.lit(young)).then(pl.lit("C")).when(sure).then(pl.lit("A")).otherwise(pl.lit("B")).alias("grade")


def _months(start: date, end: date) -> int:
    return (end.year - start.year) * 12 + end.month - start.month


_TEKUN = ("tekun.base_standard", "mode", "base_standard", "基本生活标准")
_ORPHAN = ("orphan.standard", "raising_mode", "monthly_amount", "基本生活费")
"""Policy key, its dimension, the column of the roll, and what a clerk calls it."""

_KEPT = ("household_key", "subject_row", "what", "own", "other", "level", "recomputed", "formula", "grade", "evidence")
