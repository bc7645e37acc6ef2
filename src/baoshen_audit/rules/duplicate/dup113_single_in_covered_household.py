"""DUP113 单人保与整户保并存."""

from __future__ import annotations

import polars as pl

from baoshen_audit.finding import Grade, Severity, cite, cites
from baoshen_audit.rule import RuleContext, rule
from baoshen_audit.rules import URBAN_AND_RURAL


@rule(
    "DUP113",
    "single-in-covered-household",
    title="单人保与整户保并存",
    title_en="Single-person guarantee inside a covered household",
    severity=Severity.MEDIUM,
    grade=Grade.A,
    key="person_key",
    needs=("roll: name? id_no relation? status? first_month?", "dibao: category hh_id?"),
    message="本人有单人保,同时在另一户整户保中受保障{addition}",
    message_en="A person with a single-person guarantee is also covered in {n} household(s) covered as a whole",
    basis=("relief-notice-2022",),
    since="0.1",
)
def single_in_covered_household(roll: pl.LazyFrame, dibao: pl.LazyFrame, *, ctx: RuleContext) -> pl.LazyFrame:
    """单人保对象同时是另一户整户保的保障成员。

    ## 查什么
    本月在保的低保名册中,同一证件号码在一户单人保中受保障,又在另一户整户保中受保障。一人一条疑点。
    两户都是整户保或都是单人保的由 DUP101、DUP104 报告,一户城市、一户农村的由 DUP105 报告。

    ## 为什么
    整户符合条件的应按户保障,不再对个别成员按单人保(民发〔2022〕83号)。同时两种,本人重复享受,整户的人口也多算一人。

    ## 常见误报
    - 月中由单人保转为整户保,原档案未及停保:其中一户本月才开始享受的,降为 C 级。
    - 在整户中只计人口、不保障的:不算。
    - 号码相同、姓名不同的,降一级,先核号码。

    ## 怎样核实
    - 查两份档案的审批表和起止月份
    - 查发放明细,本人当月是否领了两份
    - 是否已办理保障类别变更

    ## 处理
    保留正确的一种,另一种停止;整户保减员的按户重算。

    ## 示例
    **低保家庭**

    | 户编号 | 户主姓名 | 户主身份证号 | 乡镇 | 保障类别 | 家庭人口 | 状态 |
    |---|---|---|---|---|---|---|
    | H1 | 王一山 | {甲} | 甲镇 | 单人保 | 1 | 在保 |
    | H2 | 李二水 | {乙} | 甲镇 | 整户保 | 2 | 在保 |

    **共同生活成员**

    | 户编号 | 成员姓名 | 成员身份证号 | 与户主关系 | 是否保障 |
    |---|---|---|---|---|
    | H1 | 王一山 | {甲} | 户主 | 是 |
    | H2 | 李二水 | {乙} | 户主 | 是 |
    | H2 | 王一山 | {甲} | 子 | 是 |

    **疑点**

    | 等级 | 金额 | 月份 | 说明 |
    |---|---|---|---|
    | A | | 2026-06 | 本人有单人保,同时在另一户整户保中受保障 |
    """
    homes = dibao.sort("row_id").unique("household_key", keep="first", maintain_order=True)
    shown = cite("hh_id", "category").alias("home")
    rows = roll.filter("active", "covered", pl.col("programme") == "dibao", pl.col("person_key") >= 0)
    alone = pl.col("category") == "单人保"
    return (
        rows.filter(pl.col("first_month").is_null() | (pl.col("first_month") <= ctx.month))
        .filter(~URBAN_AND_RURAL)
        .join(homes.select("household_key", shown), on="household_key")
        .sort("person_key", "household_key", "row_id")
        .group_by("person_key", maintain_order=True)
        .agg(
            pl.col("row_id").filter(alone).first().alias("subject_row"),
            pl.col("household_key").filter(pl.col("category") == "整户保").n_unique().cast(pl.Int64).alias("n"),
            (pl.col("first_month") == ctx.month).any().alias("fresh"),
            pl.col("household_key").unique().sort().str.join("|").alias("counterpart"),
            pl.col("tier").max(),
            cites(cite("name", "id_no", "relation", "status", "first_month"), pl.col("home"))
            .explode()
            .alias("evidence"),
        )
        .filter(pl.col("subject_row").is_not_null(), pl.col("n") > 0)
        .with_columns(
            pl.when("fresh")
            .then(pl.lit(";其中一户本月才开始享受,可能正在变更"))
            .otherwise(pl.lit(""))
            .alias("addition"),
            pl.when("fresh").then(pl.lit("C")).otherwise(pl.lit("A")).alias("grade"),
            pl.lit([ctx.month]).alias("months"),
            pl.lit("由保留的一种按实际人口重算后确定").alias("formula"),
        )
    )
