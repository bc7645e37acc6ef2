"""DUP104 跨乡镇(街道)重复享受."""

from __future__ import annotations

import polars as pl

from baoshen_audit.finding import Grade, Severity, cite
from baoshen_audit.rule import RuleContext, rule
from baoshen_audit.rules import TWO_KINDS, titled
from baoshen_audit.schemas import HOUSEHOLD_ROLLS


@rule(
    "DUP104",
    "same-person-in-two-towns",
    title="跨乡镇(街道)重复享受",
    title_en="Same person in two towns",
    severity=Severity.HIGH,
    grade=Grade.A,
    key="person_key",
    needs=("roll: id_no name? town status? approve_date? first_month? stop_date? monthly_amount?",),
    policy=("transfer.grace_months",),
    message="同一人在{towns}的{roll}名册中同时在保,重叠{n}个月",
    message_en="The same person stands in the {programme} rolls of {n_towns} towns; {n} month(s) overlap",
    basis=("social-assistance-interim#11", "dibao-confirmation#5"),
    since="0.1",
)
def same_person_in_two_towns(roll: pl.LazyFrame, *, ctx: RuleContext, look_back: int = 12) -> pl.LazyFrame:
    """同一人在两个以上乡镇(街道)的同一项目名册中有重叠的月份。

    ## 查什么
    同一证件号码在两个以上乡镇同一项目的名册中,按起始享受月份(没有的取批准次月)和停保日期推出的在保月份有重叠,
    只看最近 `look_back` 个月。两项补贴分开看。重叠不超过政策规定的转移宽限月数、且两处起始月份不同的,视为转移,不报。
    一人一项目一条疑点,列出重叠的月份。

    ## 为什么
    社会救助向户籍所在地乡镇申请,一人只能由一个乡镇保障。乡镇各管各的名册,重复只有放在一起才看得见。

    ## 常见误报
    - 户籍迁移、转移接续的当月两地同时在册:在宽限月数之内不报。
    - 原乡镇已停保:停保之后的月份不算重叠。
    - 人户分离:申请地与居住地不同,但只应有一处在保。
    - 起始享受月份和批准日期都空白,看不出先后的:降为 B 级。

    ## 怎样核实
    - 查两处档案,是否同一人,户籍现在何处
    - 是否办过迁移、转移,原乡镇何时停发
    - 查发放明细,重叠月份两处是否都已发放

    ## 处理
    由户籍所在地有管辖权的乡镇保留,另一处停止;只对重叠月份的差额进行核查。

    ## 示例
    **特困人员**

    | 姓名 | 身份证号 | 乡镇 | 状态 | 起始享受年月 | 月保障金额 |
    |---|---|---|---|---|---|
    | 王大山 | {甲:1941-03-05男} | 甲镇 | 在保 | 2019-07 | 1326 |
    | 王大山 | {甲} | 乙镇 | 在保 | 2026-04 | 1326 |

    **疑点**

    | 等级 | 金额 | 月份 | 说明 |
    |---|---|---|---|
    | A | 3978 | 2026-04、2026-05、2026-06 | 特困人员名册中同时在保,重叠3个月 |
    """
    grace = ctx.policy.get("transfer.grace_months", ctx.month).integer
    person = ("person_key", "programme")
    month = (*person, "month")
    rows = _enrolled(roll, ctx, look_back)
    overlap = (
        rows.with_columns(pl.date_ranges("start", "last", interval="1mo").alias("month"))
        .explode("month", empty_as_null=False)
        .sort(*month, "row_id")
        .group_by(month, maintain_order=True)
        .agg(
            pl.col("town").n_unique().alias("towns"),
            pl.when(pl.col("monthly_amount").is_not_null().all())
            .then(pl.col("monthly_amount").sum() - pl.col("monthly_amount").max())
            .alias("excess"),
        )
        .filter(pl.col("towns") > 1)
        .sort(month)
        .group_by(person, maintain_order=True)
        .agg(
            pl.col("month").alias("months"),
            pl.len().cast(pl.Int64).alias("n"),
            pl.when(pl.col("excess").is_not_null().all()).then(pl.col("excess").sum()).alias("excess"),
        )
    )
    people = (
        rows.sort(*person, "began", "town", "row_id", nulls_last=False)
        .group_by(person, maintain_order=True)
        .agg(
            pl.col("row_id").last().alias("subject_row"),
            pl.col("tier").max(),
            pl.col("town").unique().sort().str.join("、").alias("towns"),
            pl.col("town").n_unique().cast(pl.Int64).alias("n_towns"),
            pl.col("began").is_null().any().alias("unknown_start"),
            (pl.col("began").min() != pl.col("began").max()).alias("one_after_the_other"),
            pl.col("began").max().alias("newest"),
            cite("name", "id_no", "town", "status", "approve_date", "first_month", "stop_date", "monthly_amount")
            .explode()
            .alias("evidence"),
        )
    )
    household = pl.col("programme").is_in(list(HOUSEHOLD_ROLLS))
    # a transfer: one enrolment follows another, and the newer one began within the months of grace
    recent = pl.col("newest") > pl.lit(ctx.month).dt.offset_by(f"-{grace}mo")
    follows = pl.col("unknown_start") | pl.col("one_after_the_other")
    transfer = (pl.col("n") <= grace) & recent.fill_null(value=False) & follows
    return (
        overlap.join(people, on=person)
        .filter(~transfer)
        .with_columns(
            titled("programme").alias("roll"),
            pl.format("{}|{}", "programme", "towns").alias("counterpart"),
            pl.when("unknown_start").then(pl.lit("B")).otherwise(pl.lit("A")).alias("grade"),
            pl.when(~household).then("excess").alias("amount"),
            pl.when(household)
            .then(pl.lit("由保留的一户按实际人口重算后确定"))
            .otherwise(pl.lit("重叠各月金额之和减去各月最高的一份"))
            .alias("formula"),
        )
    )


def _enrolled(roll: pl.LazyFrame, ctx: RuleContext, look_back: int) -> pl.LazyFrame:
    """Rows of people with the same benefit in several towns, with the months enrolled: `start` to `last`."""
    earliest = pl.lit(ctx.month).dt.offset_by(f"-{look_back - 1}mo")
    stopped = pl.col("stop_date").dt.month_start()
    began = pl.coalesce("first_month", pl.col("approve_date").dt.month_start().dt.offset_by("1mo"))
    ended = (pl.col("status") == "停保") & pl.col("began").is_not_null()
    benefits = pl.when(pl.col("benefits").list.len() > 0).then("benefits").otherwise(pl.concat_list("programme"))
    return (
        roll.with_columns(began.alias("began"))
        .filter("covered", pl.col("active") | ended, pl.col("person_key") >= 0, pl.col("town").is_not_null())
        .filter(~TWO_KINDS)
        .with_columns(
            pl.max_horizontal(pl.coalesce("began", pl.lit(ctx.month)), earliest).alias("start"),
            pl.when("active").then(pl.lit(ctx.month)).otherwise(stopped).alias("last"),
            benefits.alias("benefit"),
        )
        .filter(pl.col("start") <= pl.col("last"))
        .explode("benefit", empty_as_null=False)
        .filter(pl.col("town").n_unique().over("person_key", "programme", "benefit") > 1)
        .unique("row_id")
        .drop("benefit", "benefits")
    )
