"""FEED021 数据源过期、覆盖不全."""

from __future__ import annotations

import polars as pl

from baoshen_audit.finding import Grade, Severity, cite
from baoshen_audit.rule import RuleContext, rule


@rule(
    "FEED021",
    "feed-stale-or-incomplete",
    title="数据源过期、覆盖不全",
    title_en="Feed stale or incomplete",
    severity=Severity.HIGH,
    grade=Grade.INFO,
    key="feed_id",
    needs=("feed",),
    policy=("feed.max_age_days", "feed.min_rows_percent"),
    message="{title}数据{problem}",
    message_en="Feed {feed_id}: {problem_en}",
    basis=("dibao-confirmation", "baoshen-defaults"),
    since="0.1",
)
def feed_stale_or_incomplete(feed: pl.LazyFrame, *, ctx: RuleContext) -> pl.LazyFrame:
    """交来的数据源是否过期、为空、没有截止日、不含本地,或比数据源清单上写的少。

    ## 查什么
    数据截止日距核查日超过政策规定的最长时效;没有一条记录;没有写明截止日;数据源清单所列的覆盖区域不含本地;
    读到的记录数低于数据源清单所列记录数的规定比例。一个数据源一条提示,不针对任何人。

    ## 为什么
    空的、过期的数据源会让所有人都显得没有问题,这是筛查工具最危险的错误。
    这样的数据源,依赖它的规则一律标为“不可评”,不算查过;只是没有截止日的,依赖它的疑点降一级。

    ## 常见误报
    - 按事件登记的数据(死亡、出入境等)最近确实没有变化:请提供单位出具新的截止日即可。
    - 清单上的日期写成了提取日期:数据截止日是数据反映的最后一天。
    - 清单的记录数包含本县以外的人,而交付的只有本县:更正清单。

    ## 怎样核实
    - 向提供单位确认数据截止日
    - 查交换记录,确认文件是否传完整、是否传成了空表
    - 核对清单上的记录数与实际交付是否同一口径

    ## 处理
    请提供单位重新提取。新数据到达之前,报告中写明哪些规则没有评估。

    ## 示例
    **特困人员**

    | 姓名 | 身份证号 | 乡镇 | 状态 |
    |---|---|---|---|
    | 王大山 | {甲:1941-03-05男} | 甲镇 | 在保 |

    **死亡**

    | 逝者姓名 | 证件号 | 死亡日期 |
    |---|---|---|
    | 周远航 | {乙:1938-01-02男} | 2026-02-11 |

    **数据源清单**

    | 数据源 | 数据截止日 | 记录数 |
    |---|---|---|
    | 死亡 | 2026-03-31 | 1 |

    **疑点**

    | 等级 | 说明 |
    |---|---|
    | info | 截至2026-03-31,距核查日91天,超过31天 |
    """
    state = pl.col("state")
    old = (state != "empty") & (pl.col("age_days") > pl.col("max_age_days"))
    problem = (
        pl.when(state == "empty").then(pl.lit("没有一条记录")),
        pl.when(state == "partial").then(pl.format("只读到{}条记录,清单写的是{}条", "rows", "declared")),
        pl.when(state == "uncovered").then(pl.format("覆盖区域是{},不含本地", "coverage")),
        pl.when(state == "undated").then(pl.lit("没有写明截止日")),
        pl.when(old).then(pl.format("截至{},距核查日{}天,超过{}天", "as_of", "age_days", "max_age_days")),
    )
    problem_en = (
        pl.when(state == "empty").then(pl.lit("no rows at all")),
        pl.when(state == "partial").then(pl.format("{} rows read, {} declared", "rows", "declared")),
        pl.when(state == "uncovered").then(pl.format("it covers {}, not this county", "coverage")),
        pl.when(state == "undated").then(pl.lit("the day it speaks for is not stated")),
        pl.when(old).then(pl.format("as of {}, {} days old, limit {} days", "as_of", "age_days", "max_age_days")),
    )
    return feed.filter(state != "ok").with_columns(
        pl.col("row_id").alias("subject_row"),
        pl.concat_list(problem).list.drop_nulls().list.join(";").alias("problem"),
        pl.concat_list(problem_en).list.drop_nulls().list.join("; ").alias("problem_en"),
        cite("feed", "as_of", "coverage", "rows").alias("evidence"),
    )
