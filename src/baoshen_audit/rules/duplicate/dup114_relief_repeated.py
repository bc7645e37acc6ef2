"""DUP114 临时救助同因多次、跨镇多次."""

from __future__ import annotations

import polars as pl

from baoshen_audit.finding import Grade, Severity, cite
from baoshen_audit.rule import RuleContext, rule


@rule(
    "DUP114",
    "relief-repeated",
    title="临时救助同因多次、跨镇多次",
    title_en="Temporary relief repeated for one cause",
    severity=Severity.MEDIUM,
    grade=Grade.B,
    key="person_key",
    needs=("temporary_relief: cause approve_date|apply_date amount? level? town? name? id_no? remark?",),
    policy=("temporary_relief.max_grants", "temporary_relief.same_cause_months"),
    message="近12个月临时救助{n}次:{found}",
    message_en="{n} grants of temporary relief in twelve months, repeated for one cause, often, or in two towns",
    basis=("social-assistance-interim#47",),
    since="0.1",
)
def relief_repeated(temporary_relief: pl.LazyFrame, *, ctx: RuleContext) -> pl.LazyFrame:
    """同一人一年内多次、同一事由短期内再次、同一个月在两个乡镇领取临时救助。

    ## 查什么
    核查月及以前12个月内的临时救助,同一证件号码:次数超过政策参数;同一事由在政策参数规定的月数内再次发放;
    同一个月在两个以上乡镇发放。一人一条疑点。

    ## 为什么
    临时救助是一次性的应急救助(办法第四十七条)。同因多次可能应转为低保、特困等长期保障,也可能是重复申请。

    ## 常见误报
    - 每次都是新的困难(再次住院、又遇火灾):事由只写大类的,看材料。
    - 一次决定分几笔发放的:申请(批准)日期相同的算一次。
    - 备注写明分期、分次发放的:降为 C 级。

    ## 怎样核实
    - 调阅各次的申请、调查和审批材料,放在一起看
    - 查两个乡镇是否各自受理、有无户籍或居住地变化
    - 是否应当转为低保、特困供养

    ## 处理
    各次材料合并审查;重复的差额列为待核查款项,长期困难的引导申请相应的救助。

    ## 示例
    **特困人员**

    | 姓名 | 身份证号 | 乡镇 |
    |---|---|---|
    | 李二水 | {乙} | 甲镇 |

    **临时救助**

    | 姓名 | 身份证号 | 乡镇 | 救助事由 | 批准日期 | 救助金额 |
    |---|---|---|---|---|---|
    | 王一山 | {甲} | 甲镇 | 疾病 | 2026-02-10 | 2000 |
    | 王一山 | {甲} | 甲镇 | 疾病 | 2026-05-06 | 2000 |

    **疑点**

    | 等级 | 说明 |
    |---|---|
    | B | 近12个月临时救助2次:同一事由6个月内再次发放 |
    """
    most = ctx.policy.get("temporary_relief.max_grants", ctx.month).integer
    apart = ctx.policy.get("temporary_relief.same_cause_months", ctx.month).integer
    earliest = pl.lit(ctx.as_of).dt.offset_by("-12mo")
    day = pl.coalesce("approve_date", "apply_date")
    grants = (
        temporary_relief.with_columns(day.alias("day"), pl.col("cause").str.strip_chars())
        .filter(pl.col("person_key") >= 0, pl.col("day").is_between(earliest, ctx.as_of, closed="right"))
        .sort("person_key", "day", "row_id")
    )
    previous = pl.col("day").shift().over("person_key", "cause", order_by=["day", "row_id"])
    again = (previous < pl.col("day")) & (previous.dt.offset_by(f"{apart}mo") > pl.col("day"))
    towns = pl.col("town").drop_nulls().n_unique().over("person_key", pl.col("day").dt.month_start())
    return (
        grants.with_columns(
            (again & pl.col("cause").is_not_null()).fill_null(value=False).alias("again"), (towns > 1).alias("apart")
        )
        .group_by("person_key", maintain_order=True)
        .agg(
            pl.col("row_id").first().alias("subject_row"),
            pl.col("day").n_unique().cast(pl.Int64).alias("n"),
            pl.col("again").any(),
            pl.col("apart").any(),
            pl.col("remark").str.contains("分期|分次|分批").any().alias("parts"),
            pl.col("day").dt.month_start().unique().sort().alias("months"),
            pl.col("tier").max(),
            cite("name", "id_no", "town", "cause", "apply_date", "approve_date", "amount", "level", "remark")
            .explode()
            .alias("evidence"),
        )
        .with_columns(
            pl.concat_list(
                pl.when("again").then(pl.lit(f"同一事由{apart}个月内再次发放")),
                pl.when("apart").then(pl.lit("同一个月在两个以上乡镇发放")),
                pl.when(pl.col("n") > most).then(pl.lit(f"超过{most}次")),
            )
            .list.drop_nulls()
            .alias("why")
        )
        .filter(pl.col("why").list.len() > 0)
        .with_columns(
            pl.col("why").list.join(";").alias("found"),
            pl.when(pl.col("parts").fill_null(value=False)).then(pl.lit("C")).otherwise(pl.lit("B")).alias("grade"),
            pl.lit("各次材料合并审查后确定").alias("formula"),
        )
    )
