"""ERR201 死亡后继续发放."""

from __future__ import annotations

import polars as pl

from baoshen_audit.finding import Grade, Severity, cite, cites, weakest
from baoshen_audit.rule import RuleContext, rule
from baoshen_audit.rules import ARRIVED


@rule(
    "ERR201",
    "paid-after-death",
    title="死亡后继续发放(死人保)",
    title_en="Paid after death",
    severity=Severity.HIGH,
    grade=Grade.A,
    key="person_key",
    needs=(
        "roll: name? id_no status?",
        "death: death_date|cremation_date source? relative_id?",
        "payment?: entitlement_month amount_paid result? persons?",
    ),
    policy=("death.grace_months", "casework.reply_days"),
    message="{source_text}登记于{died}死亡,此后仍有{n}个月在册或发放",
    message_en="Recorded as deceased on {died} ({sources} source(s)); enrolled or paid for {n} month(s) afterwards",
    basis=("social-assistance-interim#13",),
    since="0.1",
)
def paid_after_death(
    roll: pl.LazyFrame, death: pl.LazyFrame, payment: pl.LazyFrame, *, ctx: RuleContext
) -> pl.LazyFrame:
    """死亡登记与名册、发放明细的比对。

    ## 查什么
    殡葬、公安或卫健登记死亡的人,在死亡月份(加政策规定的宽限月)之后仍在册,或仍有成功发放的记录。
    一人一条疑点,列出死亡登记、名册行和每一笔死亡后的发放。

    ## 为什么
    《社会救助暂行办法》第十三条要求家庭情况变化及时报告、动态管理。死亡后继续发放是最常见也最容易核实的错保。

    ## 常见误报
    - 火化登记时把经办家属的身份证号填在逝者栏(家属证号与逝者证号相同):降为 C 级。
    - 同名不同人:本规则只按证件号关联,不按姓名。
    - 登记日期晚于死亡日期,或款项已退回:退回的发放不计。
    - 户内成员死亡时应当重算全户金额,不是停保;单月金额不列为待查。

    ## 怎样核实
    - 电话或入户核实本人是否健在
    - 查殡葬登记原件,核对逝者证号是否填成家属证号
    - 查发放结果,确认款项是否已退回
    - 户内其他成员是否仍符合条件,按剩余人口重算

    ## 处理
    确认后自死亡次月起停发该成员部分,重算全户金额,差额列为待核查款项;如本人健在,请数据提供单位更正死亡登记。

    ## 示例
    **特困人员**

    | 姓名 | 身份证号 | 乡镇 | 状态 |
    |---|---|---|---|
    | 王大山 | {甲:1941-03-05男} | 甲镇 | 在保 |

    **死亡**

    | 逝者姓名 | 证件号 | 死亡日期 | 数据来源 |
    |---|---|---|---|
    | 王大山 | {甲} | 2026-04-11 | 殡仪馆 |

    **发放明细**

    | 救助项目 | 姓名 | 身份证号 | 发放月份 | 实发 | 发放结果 |
    |---|---|---|---|---|---|
    | 特困 | 王大山 | {甲} | 2026-05 | 1326 | 成功 |
    | 特困 | 王大山 | {甲} | 2026-06 | 1326 | 成功 |

    **疑点**

    | 等级 | 金额 | 月份 |
    |---|---|---|
    | A | 2652 | 2026-05、2026-06 |
    """
    grace = ctx.policy.get("death.grace_months", ctx.month).integer
    dead = _deaths(death).with_columns(
        pl.col("died").dt.month_start().dt.offset_by(f"{grace + 1}mo").alias("from_month")
    )
    hit = dead.join(_paid(payment, dead), on="person_key", how="left").join(
        _listed(roll, dead), on="person_key", how="left"
    )
    months = pl.concat_list(pl.col("paid_months").fill_null([]), pl.col("listed_months").fill_null([]))
    return (
        hit.filter(pl.col("paid_months").is_not_null() | pl.col("listed_months").is_not_null())
        .with_columns(months.list.unique().list.sort().alias("months"))
        .with_columns(
            pl.coalesce("roll_row", "payment_row").alias("subject_row"),
            pl.col("months").list.len().alias("n"),
            weakest("death_tier", "payment_tier", "roll_tier").alias("tier"),
            pl.when(pl.col("doubtful"))
            .then(pl.lit("C"))
            .when(pl.col("dated") | (pl.col("sources") >= 2))
            .then(pl.lit("A"))
            .otherwise(pl.lit("B"))
            .alias("grade"),
            pl.when(pl.col("amount").is_not_null())
            .then(pl.lit("死亡月份之后各月实发金额之和"))
            .otherwise(pl.lit("户内成员死亡:按剩余人口重算全户金额后确定"))
            .alias("formula"),
            cites(
                pl.col("roll_cells").fill_null([]), pl.col("death_cells"), pl.col("payment_cells").fill_null([])
            ).alias("evidence"),
        )
    )


def _deaths(death: pl.LazyFrame) -> pl.LazyFrame:
    """One row per person: the earliest day, how many sources, and whether only the relative's number was typed."""
    day = pl.coalesce("death_date", "cremation_date")
    typed_relative = (pl.col("relative_key") == pl.col("person_key")).fill_null(value=False)
    source = pl.col("source").replace_strict(_SOURCES, default="死亡数据")
    return (
        death.filter(pl.col("person_key").is_not_null(), day.is_not_null())
        .sort("person_key", "row_id")
        .group_by("person_key", maintain_order=True)
        .agg(
            day.min().alias("died"),
            pl.col("death_date").is_not_null().any().alias("dated"),
            pl.col("source").n_unique().alias("sources"),
            source.unique().sort().str.join("、").alias("source_text"),
            typed_relative.all().alias("doubtful"),
            pl.col("tier").max().alias("death_tier"),
            cite("id_no", "death_date", "cremation_date", "source", "relative_id").explode().alias("death_cells"),
        )
    )


def _paid(payment: pl.LazyFrame, dead: pl.LazyFrame) -> pl.LazyFrame:
    """One row per dead person who was paid: months, amount, cells; money that came back is left out."""
    return (
        payment.join(dead.select("person_key", "from_month"), on="person_key")
        .filter(
            pl.col("entitlement_month") >= pl.col("from_month"),
            ARRIVED,
            pl.col("amount_paid") > 0,
        )
        .sort("person_key", "entitlement_month", "row_id")
        .group_by("person_key", maintain_order=True)
        .agg(
            pl.col("entitlement_month").alias("paid_months"),
            # in a household of several the amount is to be recomputed, not recovered: it stays empty
            pl.when(pl.col("persons").fill_null(1).max() <= 1).then(pl.col("amount_paid").sum()).alias("amount"),
            pl.col("row_id").min().alias("payment_row"),
            pl.col("tier").max().alias("payment_tier"),
            cite("entitlement_month", "amount_paid").explode().alias("payment_cells"),
        )
    )


def _listed(roll: pl.LazyFrame, dead: pl.LazyFrame) -> pl.LazyFrame:
    """One row per dead person who still stands on a roll of the month."""
    return (
        roll.filter("active", "counted")
        .join(dead.select("person_key", "from_month"), on="person_key")
        .filter(pl.col("period") >= pl.col("from_month"))
        .sort("person_key", "row_id")
        .group_by("person_key", maintain_order=True)
        .agg(
            pl.col("period").alias("listed_months"),
            pl.col("row_id").min().alias("roll_row"),
            pl.col("tier").max().alias("roll_tier"),
            cite("name", "id_no", "status").explode().alias("roll_cells"),
        )
    )


_SOURCES = {"funeral": "殡葬", "police": "公安", "health": "卫健"}
