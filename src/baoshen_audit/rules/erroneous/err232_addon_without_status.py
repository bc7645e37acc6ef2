"""ERR232 附加补贴发给非在册对象."""

from __future__ import annotations

import polars as pl

from baoshen_audit.finding import CITED, Grade, Severity, cite, cites, weakest
from baoshen_audit.rule import RuleContext, rule


@rule(
    "ERR232",
    "add-on-without-status",
    title="附加补贴发给非在册对象",
    title_en="Add-on (65元, 体检, 公交, 物价) without base status",
    severity=Severity.LOW,
    grade=Grade.A,
    key="person_key",
    needs=(
        "addon: item amount|month basis_status? year? name? id_no?",
        "youfu: category|status name? id_no?",
        "roll: status? stop_date?",
    ),
    policy=("addon.youfu_items",),
    message="本月列入{item}名单,{what}",
    message_en="On the list of an add-on for people on the 优抚 roll, but not on that roll in the month",
    basis=("county-audits", "baoshen-defaults"),
    since="0.1",
)
def addon_without_status(
    addon: pl.LazyFrame, youfu: pl.LazyFrame, roll: pl.LazyFrame, *, ctx: RuleContext, lag_months: int = 1
) -> pl.LazyFrame:
    """优抚对象的附加补贴名单与优抚名册的比对。

    ## 查什么
    本月(按年发放的,本年)附加补贴名单上以优抚身份为前提的项目,本人本月不在优抚名册上,或者已经停发。
    依据身份写明优抚的按依据身份;没有写的,按项目名称(政策参数 addon.youfu_items)。一人一项一条疑点。

    ## 为什么
    65元专项、体检、公交等附加待遇随优抚身份走,名单另造,身份停了常常忘了停。

    ## 常见误报
    - 优抚名册上月或本月刚停发(`lag_months`):名单来不及更新,降为 C 级。
    - 在农村籍退役士兵、烈士子女名册上的,当地是否享受各不相同:降为 C 级。
    - 同一项目按两种身份各领一次的,由 DUP115 报告,本规则不报。
    - 以低保等其他身份领取的,不在本规则之内。

    ## 怎样核实
    - 查优抚系统中本人的身份、停发月份和原因
    - 查附加补贴名单由谁造册、依据哪个月的优抚名册
    - 证件号码是否录错

    ## 处理
    确认不在册的从名单中删除,从次月停发;已经停止身份以后发放的列为待核查款项。

    ## 示例
    **优抚对象**

    | 姓名 | 身份证号 | 乡镇 | 优抚类别 | 状态 |
    |---|---|---|---|---|
    | 王一山 | {甲} | 甲镇 | 残疾军人 | 在保 |

    **特困人员**

    | 姓名 | 身份证号 | 乡镇 | 状态 |
    |---|---|---|---|
    | 李二水 | {乙} | 甲镇 | 在保 |

    **附加补贴**

    | 姓名 | 身份证号 | 乡镇 | 项目 | 补贴月份 | 金额 |
    |---|---|---|---|---|---|
    | 王一山 | {甲} | 甲镇 | 65元专项 | 2026-06 | 65 |
    | 李二水 | {乙} | 甲镇 | 65元专项 | 2026-06 | 65 |

    **疑点**

    | 等级 | 金额 | 月份 | 说明 |
    |---|---|---|---|
    | A | 65 | 2026-06 | 本月列入65元专项名单,优抚名册上没有此人 |
    """
    del youfu  # its people stand in the roll; without this roll everybody would seem to have no status
    words = list(ctx.policy.get("addon.youfu_items", ctx.month).texts)
    status = _status(roll)
    left = pl.col("left") >= pl.lit(ctx.month).dt.offset_by(f"-{lag_months}mo")
    return (
        _listed(addon, words, ctx)
        .join(status, on="person_key", how="left")
        .filter(pl.col("on_roll").ne_missing(other=True))
        .with_columns(
            pl.when(pl.col("related").fill_null(value=False)).then(pl.lit("优抚名册上没有此人,在农村籍退役士兵或烈士子女名册上"))
            .when(pl.col("left").is_not_null()).then(pl.format("优抚名册上已停发({})", "left"))
            .when(pl.col("on_roll").is_not_null()).then(pl.lit("优抚名册上已不在册"))
            .otherwise(pl.lit("优抚名册上没有此人")).alias("what"),
            pl.when(pl.col("related") | left).then(pl.lit("C")).otherwise(pl.lit("A")).alias("grade"),
            pl.lit([ctx.month]).alias("months"),
            pl.when(pl.col("amount").is_not_null()).then(pl.lit("名单上该项目的金额")).alias("formula"),
            pl.col("item").alias("counterpart"),
            weakest("tier", "status_tier").alias("tier"),
            cites(pl.col("addon_cells"), pl.coalesce("status_cells", pl.lit([], dtype=CITED))).alias("evidence"),
        )
    )  # fmt: skip


def _listed(addon: pl.LazyFrame, words: list[str], ctx: RuleContext) -> pl.LazyFrame:
    """One row per person and item of the month that rests on being on the 优抚 roll."""
    of_month = (
        pl.when(pl.col("month").is_not_null())
        .then(pl.col("month") == ctx.month)
        .when(pl.col("year").is_not_null())
        .then(pl.col("year") == ctx.month.year)
        .otherwise(pl.lit(value=True))
    )
    bound = pl.coalesce(pl.col("basis_status") == "youfu", pl.col("item").str.contains_any(words))
    return (
        addon.filter(
            of_month,
            pl.col("person_key") >= 0,
            pl.col("item").is_not_null(),
            pl.col("amount").is_null() | (pl.col("amount") > 0),
        )
        .sort("person_key", "item", "row_id")
        .group_by("person_key", "item", maintain_order=True)
        .agg(
            pl.col("row_id").first().alias("subject_row"),
            bound.any().alias("bound"),
            pl.col("basis_status").drop_nulls().n_unique().alias("statuses"),
            pl.when(pl.col("amount").is_not_null().any()).then(pl.col("amount").sum()).alias("amount"),
            pl.col("tier").max(),
            cite("name", "id_no", "item", "month", "year", "basis_status", "amount").explode().alias("addon_cells"),
        )
        # through two statuses: DUP115
        .filter("bound", pl.col("statuses") < 2)
    )


def _status(roll: pl.LazyFrame) -> pl.LazyFrame:
    """One row per person on the rolls of 优抚: `on_roll` in payment, `left` since when not, `related` on another."""
    youfu = pl.col("table") == "youfu"
    return (
        roll.filter(
            pl.col("person_key") >= 0,
            youfu | (pl.col("table").is_in(["veteran_rural60", "martyr_child60"]) & pl.col("active")),
        )
        .sort("person_key", "row_id")
        .group_by("person_key", maintain_order=True)
        .agg(
            (youfu & pl.col("active")).any().alias("on_roll"),
            (~youfu).any().alias("related"),
            pl.col("stop_date").filter(youfu).max().alias("left"),
            pl.col("tier").max().alias("status_tier"),
            cite("name", "id_no", "category", "status", "stop_date").explode().alias("status_cells"),
        )
    )
