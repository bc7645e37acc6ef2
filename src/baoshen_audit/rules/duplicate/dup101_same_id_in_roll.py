"""DUP101 同一名册内同证号重复."""

from __future__ import annotations

import polars as pl

from baoshen_audit.finding import Grade, Severity, cite
from baoshen_audit.rule import RuleContext, rule
from baoshen_audit.rules import TWO_KINDS, titled
from baoshen_audit.schemas import HOUSEHOLD_ROLLS


@rule(
    "DUP101",
    "same-id-twice-in-roll",
    title="同一名册内同证号重复",
    title_en="Same ID twice in one roll",
    severity=Severity.HIGH,
    grade=Grade.A,
    key="person_key",
    needs=("roll: id_no name? hh_id? period? status? town? first_month? monthly_amount?",),
    message="同一证件号码在{place}的{roll}名册中有{n}行在保{addition}",
    message_en="The same ID number stands in {n} active rows of the {programme} roll of one town{addition_en}",
    basis=("social-assistance-interim#9", "social-assistance-interim#12"),
    since="0.1",
    states_grade=True,
)
def same_id_in_roll(roll: pl.LazyFrame, *, ctx: RuleContext) -> pl.LazyFrame:
    """同一证件号码在同一救助项目、同一乡镇的名册中有两行以上在保。

    ## 查什么
    当月名册中状态为在保或渐退、计入保障的行,同一证件号码在同一项目、同一乡镇出现两次以上。两项补贴分开看,
    各列一行生活补贴、护理补贴的不算重复。跨乡镇的由 DUP104 查,城乡低保各一户的由 DUP105 查,
    单人保、整户保各一户的由 DUP113 查,15位旧号与18位号码并存的由 DUP102 查。
    姓名一致为 A 级,不一致为 B 级。一人一项目一条疑点,列出各行。

    ## 为什么
    一人在一个项目中只能享受一份。同一人两次列入同一名册,可能重复发放,也可能是导出重复。

    ## 常见误报
    - 旧案已停保、新案接续:停保的行不算。
    - 同一人既是保障对象又是别人的监护人、照料人:只看保障对象本人的行。
    - 同一户内同一人列了两行,更像导出重复,不多发一份待遇:降为 C 级。
    - 号码相同、姓名明显不同:可能是重号、录错、曾用名或冒用,是待澄清的矛盾,不直接认定重复。

    ## 怎样核实
    - 查两份档案的申请表和身份证复印件,是否同一人
    - 查发放明细,当月是否发了两份
    - 姓名不同的,由公安核对号码归谁
    - 是否导出或合并名册时产生的重复行

    ## 处理
    确认同一人重复的,保留一份、停止另一份,自后一份开始的月份起的差额列为待核查款项;导出重复的更正名册。

    ## 示例
    **特困人员**

    | 姓名 | 身份证号 | 乡镇 | 村 | 状态 | 月保障金额 |
    |---|---|---|---|---|---|
    | 王大山 | {甲:1941-03-05男} | 甲镇 | 东村 | 在保 | 1326 |
    | 王大山 | {甲} | 甲镇 | 西村 | 在保 | 1326 |

    **疑点**

    | 等级 | 金额 | 月份 | 说明 |
    |---|---|---|---|
    | A | 1326 | 2026-06 | 甲镇的特困人员名册中有2行在保 |
    """
    rows = _repeated(roll, ctx)
    household = pl.col("programme").is_in(list(HOUSEHOLD_ROLLS))
    one_home = household & pl.col("one_home")
    return (
        rows.sort(*_PERSON, "town", "row_id")
        .group_by(*_PERSON, "town", maintain_order=True)
        .agg(
            pl.col("row_id").first().alias("subject_row"),
            pl.len().cast(pl.Int64).alias("n"),
            (pl.col("household_key").is_not_null().all() & (pl.col("household_key").n_unique() == 1)).alias("one_home"),
            (pl.col("tier") == "M2").any().alias("other_name"),
            pl.col("tier").max(),
            pl.when(pl.col("monthly_amount").is_not_null().all())
            .then(pl.col("monthly_amount").sum() - pl.col("monthly_amount").max())
            .alias("excess"),
            cite("name", "id_no", "hh_id", "village", "status", "first_month", "monthly_amount")
            .explode()
            .alias("evidence"),
        )
        .with_columns(
            titled("programme").alias("roll"),
            pl.col("town").fill_null("同一乡镇").alias("place"),
            pl.concat_str("programme", "town", separator="|", ignore_nulls=True).alias("counterpart"),
            pl.concat_list(pl.lit(ctx.month)).alias("months"),
            pl.when(one_home & ~pl.col("other_name"))
            .then(pl.lit("C"))
            .when(pl.col("tier") == "M1")
            .then(pl.lit("A"))
            .otherwise(pl.lit("B"))
            .alias("grade"),
            pl.when(~pl.col("other_name") & ~household).then("excess").alias("amount"),
            pl.when("other_name")
            .then(pl.lit("姓名不一致,查清号码归谁之后再定"))
            .when(household)
            .then(pl.lit("由各户按实际人口重算后确定"))
            .otherwise(pl.lit("当月各行金额之和减去最高的一行"))
            .alias("formula"),
            pl.when("other_name")
            .then(pl.lit(",姓名不一致"))
            .when(one_home)
            .then(pl.lit(",都在同一户内"))
            .otherwise(pl.lit(""))
            .alias("addition"),
            pl.when("other_name")
            .then(pl.lit(", with different names"))
            .when(one_home)
            .then(pl.lit(", within one household"))
            .otherwise(pl.lit(""))
            .alias("addition_en"),
        )
    )


def _repeated(roll: pl.LazyFrame, ctx: RuleContext) -> pl.LazyFrame:
    """Paid rows of people who have several of them for one benefit in one roll and town."""
    return (
        roll.filter(
            "active",
            "covered",
            pl.col("person_key") >= 0,
            pl.col("first_month").is_null() | (pl.col("first_month") <= ctx.month),
        )
        .filter(~TWO_KINDS)
        .with_columns(
            # a row without a town is taken for the town of the person's other rows
            pl.coalesce("town", pl.col("town").min().over(_PERSON)).alias("town"),
            (pl.col("id_status") == "upgraded15").alias("old_number"),
            pl.when(pl.col("benefits").list.len() > 0)
            .then("benefits")
            .otherwise(pl.concat_list("programme"))
            .alias("benefit"),
        )
        .explode("benefit", empty_as_null=False)
        .filter(pl.len().over(*_PERSON, "town", "benefit", "old_number") > 1)
        .unique("row_id")
    )


_PERSON = ("person_key", "programme")
