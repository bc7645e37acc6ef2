"""ERR230 困难残疾人生活补贴前提丧失."""

from __future__ import annotations

import polars as pl

from baoshen_audit.finding import CITED, Grade, Severity, cite, cites, weakest
from baoshen_audit.rule import RuleContext, rule
from baoshen_audit.schemas import TABLES


@rule(
    "ERR230",
    "living-subsidy-without-status",
    title="困难残疾人生活补贴前提丧失",
    title_en="Living subsidy without its qualifying status",
    severity=Severity.MEDIUM,
    grade=Grade.A,
    key="person_key",
    needs=(
        "disability_subsidy: living_amount is_dibao? name? id_no? living_start?",
        "roll: id_no status? stop_date? is_covered?",
        "member: id_no name? relation?",
        "dibao: status name? id_no? stop_date?",
    ),
    policy=("disability.living_groups", "exclusion.mode"),
    message="本月享受困难残疾人生活补贴,{what}",
    message_en="Living subsidy of the month without the status it rests on",
    basis=("disability-subsidies",),
    since="0.1",
)
def living_subsidy_without_status(
    disability_subsidy: pl.LazyFrame,
    roll: pl.LazyFrame,
    member: pl.LazyFrame,
    dibao: pl.LazyFrame,
    *,
    ctx: RuleContext,
    lag_months: int = 1,
) -> pl.LazyFrame:
    """享受困难残疾人生活补贴、本月不在低保(或本地扩大的对象)之内的人。

    ## 查什么
    两项补贴名册上本月有生活补贴的人,本月不受政策参数所列名册(默认低保)的保障:已经停保,或名册上没有此人。
    在特困、孤儿等与生活补贴不能同时享受的名册上的,由 DUP106 报告,本规则不报。

    ## 为什么
    生活补贴补助低保家庭中的残疾人(国发〔2015〕52号),低保停了,前提就没有了。

    ## 常见误报
    - 当地扩大到低保边缘、无业重度残疾人:在政策参数 disability.living_groups 中登记。
    - 渐退期内仍按在保看,不报。
    - 上月或本月刚停保(`lag_months`),名册来不及更新:降为 C 级。
    - 家庭在保、本人在成员表中不保障的:降为 C 级,先核本人为何不保障。
    - 名册写明属于低保、却查不到此人的,可能是成员表证件号码有误或户籍地在外县:降为 B 级。

    ## 怎样核实
    - 查低保系统中本人及家庭的状态、停保月份
    - 查成员表证件号码是否有误,是否在外县享受低保
    - 是否属于本地扩大的对象

    ## 处理
    前提确已丧失的,书面告知后从次月停发生活补贴;通知迟到的不追回。护理补贴不受影响。

    ## 示例
    **低保家庭**

    | 户编号 | 户主姓名 | 户主身份证号 | 乡镇 | 状态 | 停保日期 |
    |---|---|---|---|---|---|
    | H1 | 王一山 | {甲} | 甲镇 | 停保 | 2026-02-28 |

    **共同生活成员**

    | 户编号 | 成员姓名 | 成员身份证号 | 与户主关系 |
    |---|---|---|---|
    | H1 | 王一山 | {甲} | 户主 |

    **残疾人两项补贴**

    | 姓名 | 身份证号 | 乡镇 | 生活补贴金额 | 护理补贴金额 | 是否低保 | 状态 |
    |---|---|---|---|---|---|---|
    | 王一山 | {甲} | 甲镇 | 390 | 180 | 是 | 在保 |

    **疑点**

    | 等级 | 金额 | 月份 | 说明 |
    |---|---|---|---|
    | A | 390 | 2026-06 | 低保家庭名册上已停保(2026-02-28) |
    """
    del member, dibao  # their people stand in the roll; without these two everybody would seem to have no status
    groups = list(ctx.policy.get("disability.living_groups", ctx.month).texts)
    based = pl.col("active") & pl.col("covered") & pl.col("programme").is_in(groups)
    excluded = pl.col("active") & pl.col("programme").is_in(_exclusive(ctx))
    paid = disability_subsidy.filter(pl.col("living_amount") > 0).select("row_id", "living_amount", "is_dibao")
    received = (
        roll.filter("active", pl.col("table") == "disability_subsidy", pl.col("person_key") >= 0)
        .join(paid, on="row_id")
        # twice on the roll is another rule's finding
        .sort("person_key", "row_id")
        .unique("person_key", keep="first", maintain_order=True)
        .with_columns(cite("name", "id_no", "living_amount", "is_dibao", "living_start", "status").alias("roll_cells"))
    )
    ruled_out = roll.filter(based | excluded).select("person_key")
    no, gone = ~pl.col("is_dibao"), pl.col("left").is_not_null()
    late = pl.col("left") >= pl.lit(ctx.month).dt.offset_by(f"-{lag_months}mo")
    return (
        received.join(ruled_out, on="person_key", how="anti")
        .join(_former(roll, groups), on="person_key", how="left")
        .with_columns(
            pl.col("row_id").alias("subject_row"),
            pl.when(pl.col("uncovered").fill_null(value=False)).then(pl.lit("家庭在保,本人在名册上不保障"))
            .when(gone).then(pl.format("{}名册上已停保({})", "former", "left"))
            .when(pl.col("former").is_not_null()).then(pl.format("{}名册上已不在保", "former"))
            .when(no).then(pl.lit("名册写明不是低保,低保名册上也没有此人"))
            .otherwise(pl.lit("低保名册上没有此人")).alias("what"),
            pl.when(pl.col("uncovered") | late).then(pl.lit("C"))
            .when(pl.col("former").is_not_null() | no).then(pl.lit("A"))
            .otherwise(pl.lit("B")).alias("grade"),
            pl.concat_list("period").alias("months"),
            pl.col("living_amount").alias("amount"),
            pl.lit("本月生活补贴金额").alias("formula"),
            weakest("tier", "former_tier").alias("tier"),
            cites(pl.col("roll_cells"), pl.coalesce("former_cells", pl.lit([], dtype=CITED))).alias("evidence"),
        )
    )  # fmt: skip


def _exclusive(ctx: RuleContext) -> list[str]:
    """Programmes that exclude the living subsidy: DUP106 reports them."""
    modes = ctx.policy.by_month("exclusion.mode", [ctx.month]).filter(pl.col("value") == "X")
    pairs = [{row["a"], row["b"]} for row in modes.iter_rows(named=True)]
    return sorted({one for pair in pairs if "disability_living" in pair for one in pair - {"disability_living"}})


def _former(roll: pl.LazyFrame, groups: list[str]) -> pl.LazyFrame:
    """One row per person on these rolls without being covered now: since when, or that only the household is."""
    titles = {programme: TABLES[programme].title for programme in groups if programme in TABLES}
    return (
        roll.filter(pl.col("programme").is_in(groups), pl.col("person_key") >= 0)
        .sort("person_key", "row_id")
        .group_by("person_key", maintain_order=True)
        .agg(
            pl.col("programme").replace_strict(titles, default=None).first().alias("former"),
            pl.col("stop_date").filter(~pl.col("active")).max().cast(pl.Date).alias("left"),
            pl.col("active").any().alias("uncovered"),
            pl.col("tier").max().alias("former_tier"),
            cite("name", "id_no", "status", "stop_date").explode().alias("former_cells"),
        )
    )
