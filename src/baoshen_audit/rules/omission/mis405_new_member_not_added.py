"""MIS405 新增人口未增发."""

from __future__ import annotations

import polars as pl

from baoshen_audit.finding import Grade, Severity, cite, cites, weakest
from baoshen_audit.rule import RuleContext, rule
from baoshen_audit.schemas import HOUSEHOLD_ROLLS


@rule(
    "MIS405",
    "new-member-not-added",
    title="新增人口未增发",
    title_en="New member not added",
    severity=Severity.MEDIUM,
    grade=Grade.C,
    key="household_key",
    needs=(
        "roll: programme? status? name? id_no relation? exclude_reason?",
        "custody?: kind? end?",
        "hukou?: hukou_no? moved_in? hukou_status?",
    ),
    one_of=("custody", "hukou"),
    policy=("member.report_days",),
    message="本户列为不计入的成员{event},至今{days}天,仍没有计入人口",
    message_en="A listed member came back {days} days ago and is still not counted in the household",
    basis=("social-assistance-interim#13", "dibao-confirmation#4"),
    since="0.1",
)
def new_member_not_added(
    roll: pl.LazyFrame, custody: pl.LazyFrame, hukou: pl.LazyFrame, *, ctx: RuleContext, look_back: int = 24
) -> pl.LazyFrame:
    """列在户内、原来不计入人口的人已经回家,过了申报期限仍没有计入。

    ## 查什么
    本月在保家庭里列为不计入的成员:服刑、强制隔离戒毒已经期满;或者已迁入与本户计入成员同一户号。超过政策规定的申报期限、
    在24个月以内的,一人一条疑点。完全没有列入户内的配偶由 ERR215、子女由 ERR216 报告,这里不再报。

    ## 为什么
    家庭人口增加,补差可能增加(办法第十三条)。家庭常常不知道要申报,经办系统里的不计入原因也没有人去改。

    ## 常见误报
    - 期满后没有回家、下落不明,或另行居住:由家庭说明。
    - 期满后又有新的刑期:不报。
    - 户口迁入而人不在(人户分离):只作线索(C 级)。
    - 新成员有收入的,重算后金额可能不增反减,先说明再办理。

    ## 怎样核实
    - 入户看本人是否在家共同生活
    - 查释放证明、户口簿
    - 查家庭是否已申报、正在办理

    ## 处理
    通知家庭申报;确认共同生活的计入人口和收入,自申报当月起重算。

    ## 示例
    **低保家庭**

    | 户编号 | 户主姓名 | 户主身份证号 | 乡镇 | 家庭人口 | 状态 |
    |---|---|---|---|---|---|
    | H1 | 王一山 | {甲} | 甲镇 | 1 | 在保 |

    **共同生活成员**

    | 户编号 | 成员姓名 | 成员身份证号 | 与户主关系 | 是否共同生活 | 不计入原因 |
    |---|---|---|---|---|---|
    | H1 | 王一山 | {甲} | 户主 | 是 | |
    | H1 | 王小山 | {乙:1995-03-05男} | 子 | 否 | 服刑 |

    **服刑、强制隔离戒毒、社区矫正**

    | 姓名 | 身份证号 | 类型 | 入监日期 | 出监日期 |
    |---|---|---|---|---|
    | 王小山 | {乙} | 服刑 | 2022-03-01 | 2026-02-28 |

    **疑点**

    | 等级 | 说明 |
    |---|---|
    | C | 本户列为不计入的成员已期满,至今122天 |
    """
    due = ctx.policy.get("member.report_days", ctx.month).integer
    earliest = pl.lit(ctx.as_of).dt.offset_by(f"-{look_back}mo")
    home = roll.filter("active", pl.col("programme").is_in(list(HOUSEHOLD_ROLLS)), pl.col("person_key") >= 0)
    member = ("household_key", "person_key")
    aside = (
        home.filter(~pl.col("counted"))
        .sort("row_id")
        .unique(member, keep="first", maintain_order=True)
        .with_columns(cite("name", "id_no", "relation", "exclude_reason").alias("cells"))
        .select(*member, "exclude_reason", "tier", "cells", pl.col("row_id").alias("subject_row"))
    )
    events = pl.concat([_released(aside, custody), _moved_in(aside, home, hukou)])
    return (
        aside.join(events, on=member)
        .filter(pl.col("day").is_between(earliest, pl.lit(ctx.as_of).dt.offset_by(f"-{due}d")))
        .sort(*member, "day", "event")
        .unique(member, keep="first", maintain_order=True)
        .with_columns(
            (pl.lit(ctx.as_of) - pl.col("day")).dt.total_days().alias("days"),
            pl.col("day").cast(pl.String).alias("counterpart"),
            weakest("tier", "event_tier").alias("tier"),
            pl.lit([ctx.month]).alias("months"),
            pl.lit("本人计入人口和收入后,按户重算确定").alias("formula"),
            cites(pl.col("cells"), pl.col("event_cells")).alias("evidence"),
        )
    )


def _released(aside: pl.LazyFrame, custody: pl.LazyFrame) -> pl.LazyFrame:
    """Members left out for a term, with the end of their last one; a term without an end goes on."""
    terms = custody.filter(pl.col("kind").is_in(["服刑", "强制隔离戒毒"]) | pl.col("kind").is_null())
    ended = terms.with_columns(cite("name", "id_no", "kind", "end").alias("event_cells"))
    last = ended.sort("household_key", "person_key", "end", "row_id", nulls_last=True).unique(
        ["household_key", "person_key"], keep="last", maintain_order=True
    )
    held = aside.filter(pl.col("exclude_reason").is_in(["服刑", "强制隔离戒毒"]))
    return held.select("household_key", "person_key").join(last, on=["household_key", "person_key"]).select(
        "household_key", "person_key", pl.col("end").alias("day"), pl.lit("已期满").alias("event"),
        pl.col("tier").alias("event_tier"), "event_cells",
    )  # fmt: skip


def _moved_in(aside: pl.LazyFrame, home: pl.LazyFrame, hukou: pl.LazyFrame) -> pl.LazyFrame:
    """Members left out for no reason of law who moved under the 户号 of somebody counted."""
    there = hukou.filter(pl.col("hukou_no").is_not_null(), pl.col("hukou_status").fill_null("正常") == "正常")
    counted = home.filter("counted").select("household_key", "person_key")
    numbers = there.join(counted, on=["household_key", "person_key"]).select("household_key", "hukou_no").unique()
    free = aside.filter(pl.col("exclude_reason").fill_null("其他") == "其他").select("household_key", "person_key")
    return (
        there.with_columns(cite("name", "id_no", "hukou_no", "moved_in").alias("event_cells"))
        .join(free, on=["household_key", "person_key"])
        .join(numbers, on=["household_key", "hukou_no"], how="semi")
        .select(
            "household_key",
            "person_key",
            pl.col("moved_in").alias("day"),
            pl.lit("已迁入同一户号").alias("event"),
            pl.col("tier").alias("event_tier"),
            "event_cells",
        )
    )
