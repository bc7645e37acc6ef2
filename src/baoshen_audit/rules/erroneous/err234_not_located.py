"""ERR234 长期失联、生存状态待确认."""

from __future__ import annotations

import polars as pl

from baoshen_audit.finding import CITED, Grade, Severity, cite, cites, weakest
from baoshen_audit.rule import RuleContext, rule
from baoshen_audit.rules import ARRIVED
from baoshen_audit.schemas import PERSON_ROLLS


@rule(
    "ERR234",
    "not-located",
    title="长期失联、生存状态待确认",
    title_en="Not located / proof of life missing",
    severity=Severity.LOW,
    grade=Grade.C,
    key="person_key",
    needs=(
        "roll: last_contact|certified_on name? id_no? relation? status?",
        "rescue_station?: start end? left_to?",
        "payment?: entitlement_month amount_paid? result?",
    ),
    policy=("contact.months", "contact.station_days"),
    message="本月仍在发放,{what};请上门确认",
    message_en="Still paid; no recent contact or proof of life, or long in a rescue station: a visit is due",
    basis=("baoshen-defaults",),
    since="0.1",
)
def not_located(
    roll: pl.LazyFrame, rescue_station: pl.LazyFrame, payment: pl.LazyFrame, *, ctx: RuleContext
) -> pl.LazyFrame:
    """名册的认证、走访日期是否太久,以及本人是否长期在救助站。

    ## 查什么
    本月在册发放的人(低保看户主):各名册上最近一次认证或联系、走访已超过政策参数规定的月数;
    或者本月还在救助站、已住满规定的天数。名册没有写这两个日期的人不评估,只看救助站。一人一条疑点。

    ## 为什么
    查找不到本人时,款项可能由别人领着,也可能老人无人照看。这是上门的理由,不是停发的理由。

    ## 常见误报
    - 卧床、失智、外出务工的人难以认证;老人通不过手机人脸认证很常见。
    - 走访过、没有登记日期。
    - 救助站登记的姓名是自报的:只按证件号码比对。

    ## 怎样核实
    - 上门或视频见到本人
    - 问亲属、邻居和村(社区),最近一次见到本人是什么时候
    - 银行卡由谁保管、最近由谁支取

    ## 处理
    见到本人的补登日期;查找不到的按规定公告、调查后再定。不得仅因没有通过认证停发。

    ## 示例
    **特困人员**

    | 姓名 | 身份证号 | 乡镇 | 状态 | 认证日期 |
    |---|---|---|---|---|
    | 钱有粮 | {丙:1946-07-01男} | 甲镇 | 在保 | 2025-03-10 |

    **疑点**

    | 等级 | 月份 | 说明 |
    |---|---|---|
    | C | 2026-06 | 最近一次认证或联系是2025-03-10,已超过12个月 |
    """
    months = ctx.policy.get("contact.months", ctx.month).integer
    days = ctx.policy.get("contact.station_days", ctx.month).integer
    long_ago = (pl.col("last") <= pl.lit(ctx.as_of).dt.offset_by(f"-{months}mo")).fill_null(value=False)
    return (
        _seen(roll)
        .join(_stays(rescue_station, days, ctx), on="person_key", how="left")
        .filter(long_ago | pl.col("since").is_not_null())
        .join(_paid(payment, ctx), on="person_key", how="left")
        .with_columns(
            pl.concat_str(
                pl.when(long_ago).then(pl.format("最近一次认证或联系是{},已超过{}个月", "last", pl.lit(months))),
                pl.when(pl.col("since").is_not_null()).then(pl.format("自{}起在救助站({}天)", "since", "stayed")),
                separator=";", ignore_nulls=True,
            ).alias("what"),
            pl.lit([ctx.month]).alias("months"),
            weakest("tier", "station_tier").alias("tier"),
            cites(
                pl.col("roll_cells"),
                *(pl.coalesce(name, pl.lit([], dtype=CITED)) for name in ("station_cells", "pay_cells")),
            ).alias("evidence"),
        )
    )  # fmt: skip


def _seen(roll: pl.LazyFrame) -> pl.LazyFrame:
    """One row per person in payment, of households the head: when anybody last saw or certified them, if it is told."""
    own = pl.col("table").is_in(PERSON_ROLLS)
    head = (pl.col("programme") == "dibao") & (pl.col("relation") == "户主")
    return (
        roll.filter("active", own | head, pl.col("person_key") >= 0)
        .sort("person_key", "row_id")
        .group_by("person_key", maintain_order=True)
        .agg(
            pl.col("row_id").first().alias("subject_row"),
            pl.max_horizontal("certified_on", "last_contact").max().alias("last"),
            pl.col("tier").max(),
            cite("name", "id_no", "status", "certified_on", "last_contact").explode().alias("roll_cells"),
        )
    )


def _stays(station: pl.LazyFrame, days: int, ctx: RuleContext) -> pl.LazyFrame:
    """Who is in a rescue station in the month and has been for so long: the longest stay of each."""
    until = pl.min_horizontal(pl.col("end").fill_null(ctx.as_of), pl.lit(ctx.as_of))
    return (
        station.filter(pl.col("person_key").is_not_null(), pl.col("end").is_null() | (pl.col("end") >= ctx.month))
        .with_columns((until - pl.col("start")).dt.total_days().alias("stayed"))
        .filter(pl.col("stayed") >= days)
        .sort("person_key", "start", "row_id")
        .unique("person_key", keep="first", maintain_order=True)
        .select(
            "person_key",
            pl.col("start").alias("since"),
            "stayed",
            pl.col("tier").alias("station_tier"),
            cite("name", "id_no", "start", "end", "left_to").alias("station_cells"),
        )
    )


def _paid(payment: pl.LazyFrame, ctx: RuleContext) -> pl.LazyFrame:
    return (
        payment.filter(pl.col("entitlement_month") == ctx.month, ARRIVED, pl.col("person_key").is_not_null())
        .sort("person_key", "row_id")
        .group_by("person_key", maintain_order=True)
        .agg(cite("entitlement_month", "amount_paid", "result").explode().alias("pay_cells"))
    )
