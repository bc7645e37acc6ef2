"""DUP108 拆户保."""

from __future__ import annotations

import polars as pl

from baoshen_audit.finding import CITED, Grade, Severity, cite, cites
from baoshen_audit.rule import RuleContext, rule
from baoshen_audit.rules.duplicate import PAIR, tied_pairs


@rule(
    "DUP108",
    "split-household",
    title="拆户保",
    title_en="Split household",
    severity=Severity.MEDIUM,
    grade=Grade.B,
    key="family_key",
    needs=(
        "family_tie",
        "dibao: hh_id? category? apply_date? approve_date? family_size? income_month? standard? monthly_amount?",
        "hukou?: hukou_no? split_on? moved_in?",
    ),
    policy=("marriage.grace_days",),
    message="两户低保本月同时在保,{tie}{addition}",
    message_en="Two households on the roll are tied ({n} tie(s)) and may be one family",
    basis=("dibao-confirmation#4", "relief-notice-2022"),
    since="0.1",
)
def split_household(
    family_tie: pl.LazyFrame,
    dibao: pl.LazyFrame,
    hukou: pl.LazyFrame,
    *,
    ctx: RuleContext,
    months_before: int = 12,
) -> pl.LazyFrame:
    """本应是一个共同生活家庭的两户低保。

    ## 查什么
    本月在保的两户低保之间,夫妻分在两户,未成年子女与父母分在两户(与父母任何一方同住的不算),或者两户登记在同一户号。
    夫妻依据婚姻登记、名册关系和户籍,父母子女依据名册关系和户籍。两户一条疑点;申请前12个月内分户、迁入的在说明中写明。
    一户城市低保、一户农村低保的由 DUP105 报告。

    ## 为什么
    夫妻、未成年子女是共同生活的家庭成员(审核确认办法第四条)。分开申请会少算收入,也可能少算人口,合并重算的结果可能增加、减少或为零。

    ## 常见误报
    - 依法单独成户的:任何一户是单人保的(成年无业重残、重病),降为 C 级。
    - 只有同一户号,没有夫妻或未成年子女关系(已婚子女、兄弟分开生活):C 级。
    - 老年父母由几个子女分开赡养,夫妻都列为父母:降为 C 级。
    - 新近结婚,仍在申报宽限期内:降为 C 级。
    - 登记已离婚、一方去世的:不报。判决离婚不在登记数据里,请当事人出示判决书;是不是真离婚不由本软件判断。
    - 集体户等一个户号下户数很多的:不算。

    ## 怎样核实
    - 两户一起入户,看是否共同生活、共同开支
    - 查户口簿、结婚或离婚证、判决书、抚养协议
    - 未成年人实际由谁抚养、监护
    - 分户、迁入的时间和理由
    - 当事人反映有家庭暴力的,先保护本人,不向对方核实

    ## 处理
    确认是一个家庭的,合并为一户重算;依法可以分开的注明理由,以后不再重复核查。

    ## 示例
    **低保家庭**

    | 户编号 | 户主姓名 | 户主身份证号 | 乡镇 | 城乡类别 | 家庭人口 | 状态 |
    |---|---|---|---|---|---|---|
    | H1 | 王一山 | {甲:1975-03-05男} | 甲镇 | 农村 | 1 | 在保 |
    | H2 | 李二梅 | {乙:1976-05-06女} | 甲镇 | 农村 | 1 | 在保 |

    **婚姻登记**

    | 男方姓名 | 男方身份证号 | 女方姓名 | 女方身份证号 | 登记类别 | 登记日期 |
    |---|---|---|---|---|---|
    | 王一山 | {甲} | 李二梅 | {乙} | 结婚登记 | 2005-10-08 |

    **疑点**

    | 等级 | 金额 | 月份 | 说明 |
    |---|---|---|---|
    | B | | 2026-06 | 两户低保本月同时在保,夫妻分在两户 |
    """
    grace = ctx.policy.get("marriage.grace_days", ctx.month).integer
    elders = pl.all_horizontal(pl.col(name).is_in(["父母", "祖父母"]) for name in ("relation", "other_relation"))
    fresh = (pl.lit(ctx.as_of) - pl.col("since")).dt.total_days() <= grace
    crossing = (pl.col("crosses") & (pl.col("kind") != "户号")).any().over(PAIR)
    ties = family_tie.filter(~crossing).with_columns(
        ((pl.col("kind") != "户号") & ~(elders | fresh).fill_null(value=False)).alias("hard")
    )
    single = (pl.col("category") == "单人保").fill_null(value=False).alias("single")
    alone = pl.any_horizontal("single", "other_single")
    return (
        tied_pairs(ties, dibao, single)
        .join(_split_before(ties, dibao, hukou, months_before), on=PAIR, how="left")
        .with_columns(
            pl.when(pl.col("hard") & ~alone).then(pl.lit("B")).otherwise(pl.lit("C")).alias("grade"),
            pl.concat_str(
                pl.when(alone).then(pl.lit(";其中一户是单人保")).otherwise(pl.lit("")),
                pl.when(pl.col("lately")).then(pl.lit(f";申请前{months_before}个月内分户或迁入")).otherwise(pl.lit("")),
            ).alias("addition"),
            pl.lit([ctx.month]).alias("months"),
            pl.lit("两户合并后按实际人口和收入重算确定").alias("formula"),
            cites(pl.col("evidence"), pl.coalesce("hukou_cells", pl.lit([], dtype=CITED))).alias("evidence"),
        )
        .sort(PAIR)
    )


def _split_before(ties: pl.LazyFrame, dibao: pl.LazyFrame, hukou: pl.LazyFrame, months: int) -> pl.LazyFrame:
    """Pairs of which a tied person left or joined a 户籍 within so many months before the household applied."""
    applied = dibao.select(
        pl.col("household_key").alias("home"), pl.coalesce("apply_date", "approve_date").alias("applied")
    )
    sides = [
        ties.select(*PAIR, pl.col(home).alias("home"), pl.col(person).alias("person_key"))
        for home, person in zip(PAIR, ("person_key", "other_person"), strict=True)
    ]
    events = hukou.select(
        "person_key",
        pl.concat_list("split_on", "moved_in").alias("day"),
        cite("name", "id_no", "split_on", "moved_in").alias("hukou_cells"),
    ).explode("day", empty_as_null=False)
    return (
        pl.concat(sides)
        .join(applied, on="home")
        .join(events, on="person_key")
        .filter(pl.col("day").is_between(pl.col("applied").dt.offset_by(f"-{months}mo"), pl.col("applied")))
        .sort(*PAIR, "person_key", "day")
        .group_by(PAIR, maintain_order=True)
        .agg(pl.lit(value=True).alias("lately"), pl.col("hukou_cells").explode())
    )
