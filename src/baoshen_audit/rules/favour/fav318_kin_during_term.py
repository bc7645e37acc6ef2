"""FAV318 任期内纳入、离任后清退的亲属."""

from __future__ import annotations

import polars as pl

from baoshen_audit.finding import Grade, Severity, cite, cites, weakest
from baoshen_audit.rule import RuleContext, rule


@rule(
    "FAV318",
    "kin-enrolled-during-term",
    title="任期内纳入、离任后清退的亲属",
    title_en="Kin in during the term, out after it",
    severity=Severity.LOW,
    grade=Grade.C,
    key="person_key",
    needs=(
        "kin_link: post? employer? kin_relation term_start term_end",
        "roll: name? id_no first_month|approve_date stop_date stop_reason?",
    ),
    policy=("kin.degrees",),
    message="{post}的近亲属({kin_relation})在其任期内({started:月})纳入,离任后({stopped:月})停保",
    message_en="A relative of an official was enrolled during the term ({started:月}) and left after it ({stopped:月})",
    basis=("kin-filing-practice",),
    since="0.1",
)
def kin_during_term(
    kin_link: pl.LazyFrame,
    roll: pl.LazyFrame,
    *,
    ctx: RuleContext,
    before_months: int = 3,
    after_months: int = 12,
) -> pl.LazyFrame:
    """干部任期与亲属享受起止月份的比对。

    ## 查什么
    名册上已停保的人是某名已离任干部的近亲属(申报的,户籍、婚姻登记可以认定的,在政策参数规定的亲等之内),
    享受从其任期内(或任职前 `before_months` 个月内)开始,在其离任后 `after_months` 个月内停止。

    ## 为什么
    时间上的巧合本身说明不了什么,只用来挑选回看的案卷。与 FAV302(未备案)在一起时才值得看。

    ## 常见误报
    - 巧合:任期很长,多数享受都落在任期内。
    - 因死亡、户籍迁出停保:不报。
    - 离任后依例复核,条件变化正常停保。

    ## 怎样核实
    - 查当时的申请、核对和公示材料是否齐全
    - 查停保的原因和依据
    - 查任期内有没有备案

    ## 处理
    材料齐全的不作处理;程序有缺的按程序补正,不据此追回。

    ## 示例
    **低保家庭**

    | 户编号 | 户主姓名 | 户主身份证号 | 乡镇 | 状态 | 最初享受月份 | 停保日期 | 停保原因 |
    |---|---|---|---|---|---|---|---|
    | H1 | 李老太 | {母:1948-01-02女} | 甲镇 | 停保 | 2022-05 | 2026-02-28 | 收入超标 |

    **干部、经办人员名册**

    | 姓名 | 身份证号 | 工作单位 | 职务 | 任期起 | 任期止 | 亲属姓名 | 亲属身份证号 | 亲属关系 |
    |---|---|---|---|---|---|---|---|---|
    | 王一山 | {甲} | 甲镇乙村 | 村委会主任 | 2021-01-01 | 2025-12-31 | 李老太 | {母} | 母亲 |

    **疑点**

    | 等级 | 说明 |
    |---|---|
    | C | 村委会主任的近亲属(父母)在其任期内(2022-05)纳入,离任后(2026-02)停保 |
    """
    degrees = list(ctx.policy.get("kin.degrees", ctx.month).texts)
    first, last = pl.col("term_start"), pl.col("term_end")
    natural = pl.col("stop_reason").str.contains("死亡|去世|迁出|迁移").fill_null(value=False)
    left = roll.filter(pl.col("stop_date") <= ctx.as_of, ~natural).select(
        "person_key",
        pl.col("row_id").alias("subject_row"),
        pl.coalesce("first_month", "approve_date").alias("started"),
        pl.col("stop_date").alias("stopped"),
        pl.col("tier").alias("roll_tier"),
        cite("name", "id_no", "first_month", "approve_date", "stop_date", "stop_reason").alias("roll_cells"),
    )
    return (
        kin_link.filter("hard", pl.col("kin_relation").is_in(degrees))
        .join(left, on="person_key")
        .filter(
            pl.col("started").is_between(first.dt.month_start().dt.offset_by(f"-{before_months}mo"), last),
            pl.col("stopped") > last,
            pl.col("stopped") <= last.dt.offset_by(f"{after_months}mo"),
        )
        .sort("person_key", "official_key", "subject_row", "row_id")
        .unique(["person_key", "official_key"], keep="first", maintain_order=True)
        .with_columns(
            pl.col("post").fill_null("干部"),
            weakest("tier", "roll_tier").alias("tier"),
            pl.col("official_key").cast(pl.String).alias("counterpart"),
            cites(
                pl.col("roll_cells"),
                cite("name", "id_no", "post", "term_start", "term_end", "kin_name", "kin_id", "kin_relation"),
            ).alias("evidence"),
        )
    )
