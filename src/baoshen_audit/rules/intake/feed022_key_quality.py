"""FEED022 数据源匹配键质量."""

from __future__ import annotations

import polars as pl

from baoshen_audit.finding import Grade, Severity, cite
from baoshen_audit.rule import RuleContext, rule


@rule(
    "FEED022",
    "feed-key-quality",
    title="数据源匹配键质量",
    title_en="Feed key quality",
    severity=Severity.MEDIUM,
    grade=Grade.INFO,
    key="feed_id",
    needs=("feed",),
    policy=("feed.min_valid_id_percent",),
    message="{title}数据{problem}",
    message_en="Feed {feed_id}: {problem_en}",
    basis=("gb-11643", "baoshen-defaults"),
    since="0.1",
)
def feed_key_quality(feed: pl.LazyFrame, *, ctx: RuleContext, nameless_percent: int = 5) -> pl.LazyFrame:
    """数据源里证件号码的有效比例过低、被遮盖,或许多记录没有证件号码。

    ## 查什么
    数据源全部记录(不只是名册上的人)的证件号码:18位且校验码正确的比例低于规定;号码中间被遮盖(如3204**********1234)
    的比例过高;没有任何证件号码的记录超过 `nameless_percent`%;与名册人员有关的记录里,日期、金额、代码等单元格读不出。
    一个数据源一条提示,不针对任何人。

    ## 为什么
    比对靠证件号码。号码无效或被遮盖的记录比不上,名册上的人就显得没有问题;
    有效比例过低的数据源,依赖它的疑点降一级。

    ## 常见误报
    - 登记对象含单位(车辆、市场主体、不动产)的,单位的记录没有个人证件号码。
    - 早年登记只有15位旧号的档案:可以比对,但把握较低。
    - 提供单位按规定遮盖号码的:请改用经批准的完整号码或令牌交换。

    ## 怎样核实
    - 打开数据文件,看号码一栏是否被遮盖或被电子表格改写
    - 请提供单位说明没有号码的记录是什么
    - 请提供单位按文本格式重新导出

    ## 处理
    请提供单位重新提供。使用期间,依赖该数据源的疑点降一级。

    ## 示例
    **特困人员**

    | 姓名 | 身份证号 | 乡镇 |
    |---|---|---|
    | 王大山 | {甲:1941-03-05男} | 甲镇 |

    **机动车**

    | 车牌号 | 所有人 | 身份证号 | 车辆类型 |
    |---|---|---|---|
    | 苏D00001 | 周远航 | 3204**********1234 | 小型轿车 |
    | 苏D00002 | 孙长江 | {乙:1978-01-02男} | 小型轿车 |

    **数据源清单**

    | 数据源 | 数据截止日 | 记录数 |
    |---|---|---|
    | 机动车 | 2026-06-30 | 2 |

    **疑点**

    | 等级 | 说明 |
    |---|---|
    | info | 有效证件号码占50%,应不低于95%;1个号码被遮盖 |
    """
    least = ctx.policy.get("feed.min_valid_id_percent", ctx.month).integer
    valid, masked = pl.col("valid_percent"), pl.col("masked")
    unread = pl.col("unread")
    many_nameless = pl.col("nameless") * 100 > pl.col("rows") * nameless_percent
    problem = (
        pl.when(valid < least).then(pl.format("有效证件号码占{}%,应不低于{}%", valid, pl.lit(least))),
        pl.when(masked > 0).then(pl.format("{}个号码被遮盖", masked)),
        pl.when(many_nameless).then(pl.format("{}条记录没有证件号码", "nameless")),
        pl.when(unread > 0).then(pl.format("与名册人员有关的记录中有{}格读不出", unread)),
    )
    problem_en = (
        pl.when(valid < least).then(pl.format("{}% of the ID numbers are valid, {}% required", valid, pl.lit(least))),
        pl.when(masked > 0).then(pl.format("{} numbers are masked", masked)),
        pl.when(many_nameless).then(pl.format("{} rows have no ID number", "nameless")),
        pl.when(unread > 0).then(pl.format("{} cells of people on the rolls cannot be read", unread)),
    )
    return feed.filter(pl.col("weak") | many_nameless | (unread > 0)).with_columns(
        pl.col("row_id").alias("subject_row"),
        pl.concat_list(problem).list.drop_nulls().list.join(";").alias("problem"),
        pl.concat_list(problem_en).list.drop_nulls().list.join("; ").alias("problem_en"),
        cite("feed", "provider", "rows").alias("evidence"),
    )
