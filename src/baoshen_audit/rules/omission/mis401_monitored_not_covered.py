"""MIS401 低收入监测对象应保未保."""

from __future__ import annotations

import polars as pl

from baoshen_audit.finding import Grade, Severity, cite
from baoshen_audit.rule import RuleContext, rule


@rule(
    "MIS401",
    "monitored-not-covered",
    title="低收入监测对象应保未保",
    title_en="Monitored low-income person not covered",
    severity=Severity.MEDIUM,
    grade=Grade.C,
    key="person_key",
    needs=("monitoring: kind? income_month? alert_date? result? name? id_no", "roll: programme? status? hh_id?"),
    policy=("dibao.standard",),
    message="监测名单显示{found},本人不在任何救助名册上",
    message_en="On the watch list with an income below the line or a warning, and on no roll",
    basis=("social-assistance-interim#9",),
    since="0.1",
)
def monitored_not_covered(monitoring: pl.LazyFrame, roll: pl.LazyFrame, *, ctx: RuleContext) -> pl.LazyFrame:
    """低收入人口动态监测名单上收入低于保障标准或有预警,而不在任何名册上的人。

    ## 查什么
    监测名单上,登记的月收入低于本县低保标准,或者监测类别写明死亡、重病、大病、残疾、灾害、失业等预警,而本人(证件号码)
    本月不在任何在保的名册上。一人一条疑点。

    ## 为什么
    符合条件的应保尽保。监测名单和救助名册分属两个系统,预警之后没有人上门的,只有比对才看得出来。

    ## 常见误报
    - 本人不愿申请、已外出、已死亡:处置结果写明的不报。
    - 家人已在名册上、本人列为成员的:在名册上,不报。
    - 登记的是全家收入还是个人收入、有没有财产,表上看不出来:只作线索(C 级)。

    ## 怎样核实
    - 入户了解收入、支出和财产
    - 查预警的处置结果
    - 告知可以申请的救助项目,问明是否愿意申请

    ## 处理
    上门告知并协助申请;不符合条件的把理由记入监测系统。

    ## 示例
    **特困人员**

    | 姓名 | 身份证号 | 乡镇 |
    |---|---|---|
    | 李二水 | {乙} | 甲镇 |

    **低收入人口动态监测名单**

    | 姓名 | 身份证号 | 监测类别 | 登记收入 | 预警日期 |
    |---|---|---|---|---|
    | 王一山 | {甲} | 重病 | 600 | 2026-05-10 |

    **疑点**

    | 等级 | 说明 |
    |---|---|
    | C | 登记收入低于低保标准、有预警(重病) |
    """
    line = min(ctx.policy.by_month("dibao.standard", [ctx.month])["value"])
    low = (pl.col("income_month") < line).fill_null(value=False)
    hit = pl.col("kind").str.contains("死亡|重病|大病|残疾|灾|火灾|失业|事故|支出").fill_null(value=False)
    settled = pl.col("result").str.contains("不愿|放弃|已纳入|死亡|不符合|迁出|外出").fill_null(value=False)
    return (
        monitoring.filter(
            pl.col("person_key") >= 0, ~settled, pl.col("alert_date").is_null() | (pl.col("alert_date") <= ctx.as_of)
        )
        .filter(low | hit)
        .join(roll.filter("active").select("person_key"), on="person_key", how="anti")
        .sort("person_key", "alert_date", "row_id", nulls_last=True)
        .unique("person_key", keep="last", maintain_order=True)
        .with_columns(
            pl.concat_list(
                pl.when(low).then(pl.lit("登记收入低于低保标准")), pl.when(hit).then(pl.format("有预警({})", "kind"))
            )
            .list.drop_nulls()
            .list.join("、")
            .alias("found"),
            pl.col("row_id").alias("subject_row"),
            cite("name", "id_no", "kind", "income_month", "alert_date", "result").alias("evidence"),
        )
    )
