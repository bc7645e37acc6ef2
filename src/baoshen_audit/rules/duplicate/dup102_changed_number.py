"""DUP102 换证升位后重复在册."""

from __future__ import annotations

import polars as pl

from baoshen_audit.finding import Grade, Severity, cite, cites
from baoshen_audit.rule import RuleContext, rule
from baoshen_audit.rules import titled


@rule(
    "DUP102",
    "changed-number-twice",
    title="换证升位后重复在册",
    title_en="Twin enrolment after 15→18 or ID correction",
    severity=Severity.HIGH,
    grade=Grade.B,
    key="person_key",
    needs=("twin: id_no name? hh_id? town? status? monthly_amount? old_id? new_id? changed_on?",),
    message="{roll}名册中两行在保是同一人:{why}",
    message_en="Two active rows of the {programme} roll are one person: {why_en}",
    basis=("social-assistance-interim#9", "social-assistance-interim#12"),
    since="0.1",
    states_grade=True,
)
def changed_number_twice(twin: pl.LazyFrame, *, ctx: RuleContext) -> pl.LazyFrame:
    """同一人因换号、升位或号码录错,在一个项目的名册中有两行在保。

    ## 查什么
    一行是15位旧号、另一行是升位后的18位号码,姓名一致;公安登记的旧号与新号各有一行;
    一行的号码录错一位、相邻两位颠倒、被表格软件截断或被遮盖,与另一行的号码和姓名都相符。
    旧号与升位后的号码在两个乡镇的,由 DUP104 报告。

    ## 为什么
    系统按证件号码查重,换了号码的人查不出来,会领两份。

    ## 常见误报
    - 双胞胎、兄弟姐妹的号码前15位可能相同,姓名不同的不报。
    - 录错的号码碰巧是另一个人的:两个有效而不同的号码不按同一人处理。
    - 换号后旧的一行忘了停,实际只发一份:查发放。

    ## 怎样核实
    - 看户口簿和身份证复印件,是不是同一人
    - 查两行各自的发放账户和发放记录
    - 号码变更的,查公安的变更证明

    ## 处理
    合并为一行,用现在的号码;多发的按规定处理。

    ## 示例
    **特困人员**

    | 姓名 | 身份证号 | 乡镇 | 状态 | 月保障金额 |
    |---|---|---|---|---|
    | 周远航 | {甲:1939-07-01男} | 甲镇 | 在保 | 1326 |
    | 周远航 | {甲/15} | 甲镇 | 在保 | 1326 |

    **疑点**

    | 等级 | 金额 | 月份 | 说明 |
    |---|---|---|---|
    | B | 1326 | 2026-06 | 特困人员名册中两行在保是同一人:15位旧号与升位后的号码并存 |
    """
    how = pl.col("how")
    changed = how.is_in(["old", "alias"])
    return twin.filter(changed | (pl.col("tier") == "M3")).with_columns(
        pl.col("row_id").alias("subject_row"),
        titled("programme").alias("roll"),
        pl.concat_str("programme", "other_town", "how", separator="|", ignore_nulls=True).alias("counterpart"),
        pl.when(how == "alias").then(pl.lit("A")).otherwise(pl.lit("B")).alias("grade"),
        pl.col("excess").alias("amount"),
        pl.when(pl.col("excess").is_not_null())
        .then(pl.lit("当月两行金额中较低的一行"))
        .otherwise(pl.lit("由各户按实际人口重算后确定"))
        .alias("formula"),
        pl.concat_list(pl.lit(ctx.month)).alias("months"),
        pl.when(how == "old")
        .then(pl.lit("15位旧号与升位后的号码并存"))
        .when(how == "alias")
        .then(pl.lit("公安登记的旧号与新号并存"))
        .otherwise("reason")
        .alias("why"),
        pl.when(how == "old")
        .then(pl.lit("the 15-digit number beside its 18 digits"))
        .when(how == "alias")
        .then(pl.lit("old and new number of a change the police recorded"))
        .otherwise("reason_en")
        .alias("why_en"),
        cites(
            cite("name", "id_no", "hh_id", "town", "status", "monthly_amount"),
            cite("name", "id_no", "hh_id", "town", "status", "monthly_amount", row="other_row_id"),
            pl.when(how == "alias").then(cite("old_id", "new_id", "changed_on", row="alias_row_id")).otherwise([]),
        ).alias("evidence"),
    )
