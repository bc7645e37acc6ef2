"""ERR220 分类施保金额或对象错误."""

from __future__ import annotations

import polars as pl

from baoshen_audit.finding import Grade, Severity, cite, cites
from baoshen_audit.rule import RuleContext, rule, yuan
from baoshen_audit.rules import standard_per_head

_AMOUNTS = ("certain", "recorded", "possible")
"""What a person is due at least, by what the roll records, and at most if papers show more than the roll."""


@rule(
    "ERR220",
    "categorical-supplement",
    title="分类施保金额或对象错误",
    title_en="Categorical supplement (分类施保) wrong",
    severity=Severity.MEDIUM,
    grade=Grade.A,
    key="household_key",
    needs=(
        "dibao: supplement_amount supplement_type? monthly_amount? covered_count? standard? urban_rural? status name?",
        "roll: id_no birth_date? is_covered?",
        "member: birth_date|id_no disability_level? disease? health? supplement_type? supplement_amount? name?",
    ),
    policy=(
        "supplement.percent", "supplement.combine", "supplement.elderly_age", "supplement.minor_age",
        "supplement.severe_levels", "dibao.standard", "dibao.tolerance", "dibao.grace_keeps_amount",
    ),
    message="分类施保金额{said:元}元,{what}",
    message_en="Supplement {said:元} yuan a month, not what the household's members qualify for",
    basis=("social-assistance-interim#12",),
    since="0.1",
)  # fmt: skip
def categorical_supplement(
    dibao: pl.LazyFrame, roll: pl.LazyFrame, member: pl.LazyFrame, *, ctx: RuleContext
) -> pl.LazyFrame:
    """低保家庭的分类施保金额与成员的年龄、残疾等级、健康状况的比对。

    ## 查什么
    按政策参数的增发类别和比例逐人计算,与户上的分类施保金额比较:少于按年龄和名册记载至少应有的;
    多于名册上有记载的;多于全部保障人口都符合条件时的(例如一人算了两次);户金额与各成员金额合计不一致;
    成员登记的类型与年龄、残疾等级不符。一户一条疑点。补差本身由 ERR218、MIS404 核对。

    ## 为什么
    《社会救助暂行办法》第十二条第二款要求对老年人、未成年人、重度残疾人、重病患者采取必要措施。
    该增发的没有增发,与重复增发一样要改正。

    ## 常见误报
    - 重病、重残的证明在纸质档案里,名册没有录入:多于名册记载的只为 C 级。
    - 本月刚满或即将超过界限年龄:本月内两种算法都不报。
    - 渐退期保持原金额的不报;政策参数没有列出的类别不核对。
    - 名册没有填分类施保金额的按 0 元看,降为 C 级。

    ## 怎样核实
    - 逐人核对年龄、残疾证等级、重病诊断,看哪一类、从哪个月起符合
    - 查是否一人算了两次,或户主在成员表中又列了一次
    - 查纸质档案中的证明,补录到名册

    ## 处理
    符合条件而没有增发的补发;重复或不符合的从次月更正。属于经办差错的,不由家庭承担责任。

    ## 示例
    **低保家庭**

    | 户编号 | 户主姓名 | 户主身份证号 | 乡镇 | 城乡类别 | 保障人口 | 分类施保金额 | 户月保障金 | 状态 |
    |---|---|---|---|---|---|---|---|---|
    | H1 | 王一山 | {甲:1950-02-03男} | 甲镇 | 农村 | 1 | 204 | 924 | 在保 |

    **共同生活成员**

    | 户编号 | 成员姓名 | 成员身份证号 | 与户主关系 | 健康状况 |
    |---|---|---|---|---|
    | H1 | 王一山 | {甲} | 户主 | 健康 |

    **疑点**

    | 等级 | 金额 | 重算 | 月份 | 说明 |
    |---|---|---|---|---|
    | A | 102 | 822 | 2026-06 | 超过保障人口全部符合条件时的102.00元 |
    """
    tolerance = ctx.policy.get("dibao.tolerance", ctx.month).integer
    said = pl.col("said")
    under, over = said < pl.col("certain") - tolerance, said > pl.col("recorded") + tolerance
    beyond = said > pl.col("possible") + tolerance
    unequal = ((pl.col("told") - said).abs() > tolerance).fill_null(value=False)
    contrary = pl.col("contrary") > 0
    return (
        _households(dibao, roll, member, ctx)
        .filter(under | over | unequal | contrary)
        .with_columns(
            pl.concat_str(
                pl.when(beyond).then(pl.format("超过保障人口全部符合条件时的{}元", yuan(pl.col("possible"))))
                .when(over).then(pl.format("名册上有记载的只够{}元", yuan(pl.col("recorded"))))
                .when(under).then(pl.format("按年龄和名册记载至少应为{}元", yuan(pl.col("certain")))),
                pl.when(unequal).then(pl.format("各成员合计为{}元", yuan(pl.col("told")))),
                pl.when(contrary).then(pl.format("{}人登记的类型与年龄或残疾等级不符", "contrary")),
                separator=";", ignore_nulls=True,
            ).alias("what"),
            pl.when(beyond | contrary | unequal | (under & ~pl.col("blank"))).then(pl.lit("A"))
            .otherwise(pl.lit("C")).alias("grade"),
            pl.when(over).then(said - pl.col("recorded")).alias("amount"),
            pl.when(pl.col("certain") == pl.col("recorded"))
            .then(pl.col("monthly_amount") - said + pl.col("certain")).alias("recomputed"),
            pl.format("户月保障金减去名册上的分类施保,加上本月标准{}元×增发比例×符合条件的人", yuan(pl.col("per_head")))
            .alias("formula"),
            pl.lit([ctx.month]).alias("months"),
            cites(pl.col("home_cells"), pl.col("member_cells")).alias("evidence"),
        )
    )  # fmt: skip


def _households(dibao: pl.LazyFrame, roll: pl.LazyFrame, member: pl.LazyFrame, ctx: RuleContext) -> pl.LazyFrame:
    """One row per household in payment: what it has, and what its covered persons are due by three readings."""
    paid = ["在保"] if ctx.policy.get("dibao.grace_keeps_amount", ctx.month).flag else ["在保", "渐退"]
    homes = (
        dibao.filter(pl.col("status").fill_null("在保").is_in(paid))
        # twice on the roll is another rule's finding
        .sort("household_key", "row_id")
        .unique("household_key", keep="first", maintain_order=True)
        .select(
            "household_key", "monthly_amount", "covered_count", pl.col("row_id").alias("subject_row"),
            pl.col("supplement_amount").fill_null(0).alias("said"),
            pl.col("supplement_amount").is_null().alias("blank"),
            pl.col("supplement_type").str.contains("残|病|其他").fill_null(value=False).alias("named"),
            standard_per_head(ctx).alias("per_head"),
            cite("name", "supplement_type", "supplement_amount", "covered_count", "monthly_amount").alias("home_cells"),
        )
    )  # fmt: skip
    own = member.select(
        "row_id", "disability_level", "disease", "health", "supplement_type", pl.col("supplement_amount").alias("own")
    )
    due = [(pl.col("per_head") * pl.col(name) // 100).alias(name) for name in _AMOUNTS]
    percents = _percents(ctx)
    # somebody covered without a row of their own may be anybody
    unseen = (pl.col("covered_count") - pl.col("rows")).clip(0).fill_null(0) * pl.col("per_head") * percents[1] // 100
    recorded = pl.when("named").then("possible").otherwise("recorded")
    return (
        roll.filter("active", "covered", pl.col("programme") == "dibao", pl.col("table") == "member")
        .select("household_key", "row_id", "id_no", "birth_date")
        .join(own, on="row_id").join(homes, on="household_key").drop_nulls("per_head")
        .with_columns(*_readings(ctx, percents[0]))
        .with_columns(due)
        .sort("household_key", "row_id")
        .group_by("household_key", maintain_order=True)
        .agg(
            pl.col("subject_row", "said", "blank", "named", "monthly_amount", "covered_count", "per_head").first(),
            pl.col("home_cells").first(),
            pl.col(_AMOUNTS).sum(),
            pl.col("contrary").sum().cast(pl.Int64), pl.len().cast(pl.Int64).alias("rows"),
            pl.when(pl.col("own").is_not_null().any()).then(pl.col("own").sum()).alias("told"),
            cite("name", "id_no", "birth_date", "health", "disability_level", "disease", "supplement_type",
                 "supplement_amount").explode().alias("member_cells"),
        )
        .with_columns((recorded + unseen).alias("recorded"), pl.col("possible") + unseen)
    )  # fmt: skip


def _percents(ctx: RuleContext) -> tuple[dict[str, int], int]:
    """Type → per cent of the standard, and what one person can have at most."""
    percents = dict(ctx.policy.by_month("supplement.percent", [ctx.month]).select("type", "value").iter_rows())
    adds = ctx.policy.get("supplement.combine", ctx.month).text == "累加"
    return percents, sum(percents.values()) if adds else max(percents.values())


def _readings(ctx: RuleContext, percents: dict[str, int]) -> list[pl.Expr]:
    """Per cent of the standard a person is due by each reading, and `contrary`: the roll's own type cannot be."""
    adds = ctx.policy.get("supplement.combine", ctx.month).text == "累加"
    born = pl.coalesce(pl.col("id_no").str.slice(6, 8).str.to_date("%Y%m%d", strict=False), "birth_date")
    old, young = (
        born.dt.offset_by(f"{ctx.policy.get(f'supplement.{who}_age', ctx.month).integer}y")
        for who in ("elderly", "minor")
    )
    level, typed, ill = pl.col("disability_level"), pl.col("supplement_type"), pl.col("health") == "重病"
    severe = level.is_in(ctx.policy.get("supplement.severe_levels", ctx.month).texts)
    unknown, always = pl.lit(value=None, dtype=pl.Boolean), pl.lit(value=True)
    # certain, recorded on the roll, possible; an age is told by the number and needs no paper
    seen: dict[str, tuple[pl.Expr, pl.Expr, pl.Expr]] = {
        "老年": (old < ctx.month, *2 * ((old <= ctx.as_of) | old.is_null(),)),
        "未成年": (young > ctx.as_of, *2 * ((young >= ctx.month) | young.is_null(),)),
        "重残": (
            severe,
            severe.fill_null(pl.col("health") == "残疾") | (typed == "重残"),
            severe.fill_null(value=True),
        ),
        "重病": (ill, ill | pl.col("disease").is_not_null() | (typed == "重病"), always),
        "其他": (unknown, typed == "其他", always),
    }
    combine = pl.sum_horizontal if adds else pl.max_horizontal
    readings = [
        combine(
            pl.when(seen[kind][at].fill_null(value=False)).then(percents[kind]).otherwise(0)
            for kind in sorted(percents.keys() & seen.keys())
        ).cast(pl.Int64).alias(name)
        for at, name in enumerate(_AMOUNTS)
    ]  # fmt: skip
    cannot = [(typed == kind) & ~seen[kind][2] for kind in ("老年", "未成年", "重残")]
    return [*readings, pl.any_horizontal(part.fill_null(value=False) for part in cannot).alias("contrary")]
