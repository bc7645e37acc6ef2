"""DUP111 跨县(市、省)重复."""

from __future__ import annotations

import polars as pl

from baoshen_audit.finding import Grade, Severity, cite, cites
from baoshen_audit.rule import RuleContext, rule
from baoshen_audit.rules import titled


@rule(
    "DUP111",
    "other-county",
    title="跨县(市、省)重复",
    title_en="Cross-county duplicate by token exchange",
    severity=Severity.MEDIUM,
    grade=Grade.B,
    key="person_key",
    needs=(
        "peer_tokens: token programme? month_from? month_to?",
        "roll: programme? status? name? id_no first_month? town?",
    ),
    policy=("transfer.grace_months",),
    message="本月在本县{ours}名册上,按交换令牌同月也在外县的{theirs}名册上{addition}",
    message_en="On a roll here and, by an exchanged token, on {n} entries of another county's roll in the same month",
    basis=("social-assistance-interim#9", "personal-information-law#6"),
    since="0.1",
)
def other_county(peer_tokens: pl.LazyFrame, roll: pl.LazyFrame, *, ctx: RuleContext) -> pl.LazyFrame:
    """同一人同一个月在本县和外县的名册上,由两县交换的令牌得知。

    ## 查什么
    外县交来的令牌(用本次交换约定的密钥对身份证号加密散列)与本县在保、有有效证件号码的人相同,且令牌写明的月份包括本月。
    令牌只在读入时核对,不进入疑点,也不保留;没有姓名,不据姓名认人。一人一条疑点。

    ## 为什么
    一人只能在一地享受。两县都没有对方的名册,又不应当把整个名册交给对方(个人信息保护法第六条,最小必要)。
    省、市能看到两县名册的,由上级直接比对最简便,不必交换令牌。

    ## 常见误报
    - 户籍、居住地转移,一地刚开始或刚停发:降为 C 级。
    - 学生、外出务工人员按各地规定计入不同家庭。
    - 名册上证件号码录成了别人的:两地都核原件。

    ## 怎样核实
    - 发协查函,只问这一个人,双方核对证件原件和起止月份
    - 查发放明细,同月是否两地都已发放
    - 当事人反映有家庭暴力、需要保密住址的,不向第三方透露所在地

    ## 处理
    两地确认后由有管辖权的一地保留,另一地停止;交换结束后双方销毁令牌和密钥。

    ## 示例
    **特困人员**

    | 姓名 | 身份证号 | 乡镇 |
    |---|---|---|
    | 王一山 | {甲} | 甲镇 |
    | 李二水 | {乙} | 甲镇 |

    **外县比对令牌**

    | 令牌 | 项目 | 起始月份 | 截止月份 |
    |---|---|---|---|
    | {甲/令牌} | 低保 | 2025-01 | 2026-12 |
    | {丙/令牌} | 低保 | 2025-01 | 2026-12 |

    **疑点**

    | 等级 | 月份 | 说明 |
    |---|---|---|
    | B | 2026-06 | 在本县特困人员名册上,按交换令牌同月也在外县的低保家庭名册上 |
    """
    grace = ctx.policy.get("transfer.grace_months", ctx.month).integer
    lately = pl.lit(ctx.month).dt.offset_by(f"-{grace}mo")
    there = (
        peer_tokens.filter(
            pl.col("month_from").is_null() | (pl.col("month_from") <= ctx.month),
            pl.col("month_to").is_null() | (pl.col("month_to") >= ctx.month),
        )
        .with_columns(
            cite("programme", "month_from", "month_to").alias("peer_cells"),
            ((pl.col("month_from") > lately) | (pl.col("month_to") == ctx.month)).alias("moving"),
        )
        .sort("person_key", "row_id")
        .group_by("person_key", maintain_order=True)
        .agg(
            titled("programme").drop_nulls().unique().sort(),
            pl.len().cast(pl.Int64).alias("n"),
            pl.col("moving").any(),
            pl.col("peer_cells").explode(),
        )
        .with_columns(pl.col("programme").list.join("、").alias("theirs"))
    )
    here = (
        roll.filter("active", "covered", pl.col("person_key") >= 0)
        .filter(pl.col("first_month").is_null() | (pl.col("first_month") <= ctx.month))
        .sort("person_key", "row_id")
        .group_by("person_key", maintain_order=True)
        .agg(
            pl.col("row_id").first().alias("subject_row"),
            titled("programme").unique().sort().str.join("、").alias("ours"),
            (pl.col("first_month") > lately).any().alias("new"),
            pl.col("tier").max(),
            cite("name", "id_no", "status", "first_month").explode().alias("cells"),
        )
    )
    moving = (pl.col("moving") | pl.col("new")).fill_null(value=False)
    return (
        here.join(there.drop("programme"), on="person_key")
        .sort("person_key")
        .with_columns(
            pl.when(pl.col("theirs") == "").then(pl.lit("救助")).otherwise("theirs").alias("theirs"),
            pl.when(moving).then(pl.lit(";一地刚开始或即将停止,可能正在转移")).otherwise(pl.lit("")).alias("addition"),
            pl.when(moving).then(pl.lit("C")).otherwise(pl.lit("B")).alias("grade"),
            pl.lit([ctx.month]).alias("months"),
            pl.lit("两地确认后由保留的一地确定").alias("formula"),
            cites(pl.col("cells"), pl.col("peer_cells")).alias("evidence"),
        )
    )
