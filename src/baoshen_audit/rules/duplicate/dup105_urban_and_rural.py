"""DUP105 城乡低保重复享受."""

from __future__ import annotations

import polars as pl

from baoshen_audit.finding import Grade, Severity
from baoshen_audit.rule import RuleContext, rule
from baoshen_audit.rules.duplicate import tied_pairs


@rule(
    "DUP105",
    "urban-and-rural",
    title="城乡低保重复享受",
    title_en="Urban and rural minimum living guarantee at once",
    severity=Severity.HIGH,
    grade=Grade.A,
    key="family_key",
    needs=(
        "family_tie",
        "roll: household_persons? name? id_no relation? status?",
        "dibao: urban_rural hh_id? status? first_month? family_size? income_month? standard? monthly_amount?",
    ),
    policy=("transfer.grace_months",),
    message="城市低保、农村低保各有一户同时在保,{tie}{addition}",
    message_en="An urban and a rural household on the roll belong together ({n} tie(s)); both are paid this month",
    basis=("social-assistance-interim#9", "dibao-confirmation#4"),
    since="0.1",
)
def urban_and_rural(
    family_tie: pl.LazyFrame, roll: pl.LazyFrame, dibao: pl.LazyFrame, *, ctx: RuleContext
) -> pl.LazyFrame:
    """一个家庭在城市低保、农村低保中各有一户。

    ## 查什么
    本月在保的一户城市低保和一户农村低保之间,有同一个人两户都计入,或者夫妻分在两户,或者未成年子女与父母分在两户。
    夫妻依据婚姻登记、名册关系和户籍,父母子女依据名册关系和户籍,都按证件号码关联。两户一条疑点。

    ## 为什么
    低保以共同生活的家庭为单位,一户只能享受一种。城乡名册过去分别管理,合并后容易各留一份。

    ## 常见误报
    - 城乡统筹并轨时同一户导入了两次(两户人员完全相同):降为 C 级,先核是否重复导入。
    - 户籍或居住地转移,新户刚开始、原户未及停保:降为 C 级。
    - 离婚的:登记已离婚的不报;法院判决离婚不在登记数据里,请当事人出示判决书。
    - 已停保的户、尚未开始享受的户:不算。号码相同、姓名不同的降一级。

    ## 怎样核实
    - 查两份档案,是否同一家庭,各从哪个月开始享受
    - 查发放明细,两户当月是否都已发放
    - 名册并轨、迁移时是否重复导入
    - 夫妻是否已离婚,以离婚证、判决书为准

    ## 处理
    合并为一户,按一个标准、实际人口和收入重算一次;结果可能增加也可能减少,多发的列为待核查款项。

    ## 示例
    **低保家庭**

    | 户编号 | 户主姓名 | 户主身份证号 | 乡镇 | 城乡类别 | 家庭人口 | 状态 |
    |---|---|---|---|---|---|---|
    | C1 | 王一山 | {甲:1975-03-05男} | 甲镇 | 城市 | 1 | 在保 |
    | N1 | 李二梅 | {乙:1976-05-06女} | 甲镇 | 农村 | 1 | 在保 |

    **婚姻登记**

    | 男方姓名 | 男方身份证号 | 女方姓名 | 女方身份证号 | 登记类别 | 登记日期 |
    |---|---|---|---|---|---|
    | 王一山 | {甲} | 李二梅 | {乙} | 结婚登记 | 2005-10-08 |

    **疑点**

    | 等级 | 金额 | 月份 | 说明 |
    |---|---|---|---|
    | A | | 2026-06 | 城市低保、农村低保各有一户同时在保,夫妻分在两户 |
    """
    grace = ctx.policy.get("transfer.grace_months", ctx.month).integer
    persons = (
        roll.filter(pl.col("programme") == "dibao").group_by("household_key").agg(pl.col("household_persons").first())
    )
    newest = pl.max_horizontal("began", "other_began")
    differ = newest != pl.min_horizontal("began", "other_began")
    moved = differ & (newest > pl.lit(ctx.month).dt.offset_by(f"-{grace}mo"))
    ties = family_tie.filter("crosses", pl.col("kind") != "户号").with_columns(pl.lit(value=True).alias("hard"))
    return (
        tied_pairs(
            ties,
            dibao.join(persons, on="household_key", how="left"),
            pl.col("first_month").alias("began"),
            pl.col("household_persons"),
        )
        .with_columns(
            (pl.col("household_persons") == pl.col("other_household_persons")).fill_null(value=False).alias("twice"),
            moved.fill_null(value=False).alias("moved"),
        )
        .with_columns(
            pl.when(pl.col("twice") | pl.col("moved")).then(pl.lit("C")).otherwise(pl.lit("A")).alias("grade"),
            pl.when("twice")
            .then(pl.lit(";两户人员完全相同,可能是并轨时重复导入"))
            .when("moved")
            .then(pl.lit(";其中一户刚开始享受,可能正在转移"))
            .otherwise(pl.lit(""))
            .alias("addition"),
            pl.lit([ctx.month]).alias("months"),
            pl.lit("两户合并后按一个标准、实际人口和收入重算确定").alias("formula"),
        )
    )
