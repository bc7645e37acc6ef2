"""ERR215 婚姻登记与申报不符(未申报配偶)."""

from __future__ import annotations

import polars as pl

from baoshen_audit.finding import Grade, Severity, cite, cites, weakest
from baoshen_audit.rule import RuleContext, rule
from baoshen_audit.rules import marriages_in_force
from baoshen_audit.schemas import HOUSEHOLD_ROLLS


@rule(
    "ERR215",
    "undeclared-spouse",
    title="婚姻登记与申报不符(未申报配偶)",
    title_en="Undeclared spouse",
    severity=Severity.MEDIUM,
    grade=Grade.B,
    key="person_key",
    needs=(
        "roll: name? id_no marital? relation? household_persons?",
        "marriage: man_id woman_id kind registered_on",
    ),
    policy=("marriage.grace_days",),
    message="婚姻登记显示{since}登记的婚姻仍有效,配偶不在户内,也没有列为不计入人口;名册婚姻状况:{declared}",
    message_en="A marriage registered on {since} is in force; the spouse is not in the household",
    basis=("social-assistance-interim#9", "social-assistance-interim#58"),
    since="0.1",
)
def undeclared_spouse(roll: pl.LazyFrame, marriage: pl.LazyFrame, *, ctx: RuleContext) -> pl.LazyFrame:
    """婚姻登记与低保、低保边缘家庭成员的比对。

    ## 查什么
    计入保障的人有仍然有效的婚姻登记,而配偶不在这户的任何一行里(计入的、不计入的都算在内)。
    同一对男女以最近一次登记为准:结婚、补领为有效,离婚、撤销为无效;任一方后来又与别人登记结婚,前一段不再算有效。

    ## 为什么
    配偶是共同生活的家庭成员,应计入人口和收入(办法第九条)。少报配偶会少算人口,也会少算收入,重算后金额可能增也可能减。

    ## 常见误报
    - 法院判决离婚不在婚姻登记数据里:请当事人出示判决书。
    - 配偶服刑、失踪等依法不计入:列在户内并写明原因的不报。
    - 配偶已去世:死亡数据里有记录的不报。
    - 新近结婚,还在申报宽限期内:不报。
    - 户内有人没有可用的证件号,可能就是配偶:降为 C 级。
    - 外省的离婚、再婚登记可能没有归集;同名不同人只按证件号关联。

    ## 怎样核实
    - 询问婚姻状况,请出示离婚证、判决书或配偶死亡证明
    - 查配偶是否服刑、失踪、境外或长期分居,是否有依法不计入的理由
    - 查户内没有证件号的成员是否就是配偶
    - 当事人反映有家庭暴力的,先保护本人,不向对方核实

    ## 处理
    确认婚姻有效且无不计入理由的,把配偶计入后按户重算人口、收入和金额;登记有误的请登记机关更正。

    ## 示例
    **低保家庭**

    | 户编号 | 户主姓名 | 户主身份证号 | 乡镇 | 婚姻状况 | 状态 |
    |---|---|---|---|---|---|
    | H1 | 王一山 | {甲:1980-02-03男} | 甲镇 | 离异 | 在保 |

    **婚姻登记**

    | 男方姓名 | 男方身份证号 | 女方姓名 | 女方身份证号 | 登记类别 | 登记日期 |
    |---|---|---|---|---|---|
    | 王一山 | {甲} | 李二梅 | {乙:1982-05-06女} | 结婚登记 | 2019-10-08 |

    **疑点**

    | 等级 | 金额 | 说明 |
    |---|---|---|
    | B | | 2019-10-08登记的婚姻仍有效,配偶不在户内 |
    """
    grace = ctx.policy.get("marriage.grace_days", ctx.month).integer
    fresh = (pl.lit(ctx.as_of) - pl.col("wed_on")).dt.total_days() <= grace
    there = pl.col("household_persons").list.contains(pl.col("spouse_key"))
    return (
        roll.filter("active", "counted", pl.col("programme").is_in(HOUSEHOLD_ROLLS))
        .join(marriages_in_force(marriage, ctx.as_of).filter(~fresh.fill_null(value=False)), on="person_key")
        .sort("person_key", "spouse_key", "row_id")
        .group_by("person_key", "spouse_key", maintain_order=True)
        .agg(
            pl.col("row_id").first().alias("subject_row"),
            there.any().alias("there"),
            # a person without a usable number has a negative key: it could be the spouse
            (pl.col("household_persons").list.min() < 0).any().alias("unnumbered"),
            pl.col("marital").drop_nulls().unique().sort().str.join("、").alias("declared"),
            pl.coalesce("wed_on", "last_on").first().cast(pl.String).alias("since"),
            weakest("tier", "marriage_tier").max().alias("tier"),
            cite("name", "id_no", "marital", "relation").explode().alias("roll_cells"),
            pl.col("marriage_cells").first(),
        )
        .filter(~pl.col("there"))
        .with_columns(
            pl.col("since").alias("counterpart"),
            pl.when(pl.col("declared") == "").then(pl.lit("未填写")).otherwise(pl.col("declared")).alias("declared"),
            pl.when(pl.col("unnumbered")).then(pl.lit("C")).otherwise(pl.lit("B")).alias("grade"),
            pl.lit("配偶计入人口和收入后,按户重算确定").alias("formula"),
            cites(pl.col("roll_cells"), pl.col("marriage_cells")).alias("evidence"),
        )
    )
