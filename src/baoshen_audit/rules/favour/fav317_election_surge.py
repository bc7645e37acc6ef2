"""FAV317 换届窗口期集中纳入."""

from __future__ import annotations

import polars as pl

from baoshen_audit.finding import Grade, Severity, cite, cites
from baoshen_audit.rule import RuleContext, rule
from baoshen_audit.rules.concentration import MOST_CITED, place, place_shown, unusual


@rule(
    "FAV317",
    "enrolment-surge-around-election",
    title="换届窗口期集中纳入",
    title_en="Enrolment surge around elections",
    severity=Severity.INFO,
    grade=Grade.INFO,
    key="county",
    needs=(
        "application: approve_at village town? case_id? decision? programme?",
        "village_stats: election_date village town? year?",
    ),
    message="{shown}批准{n}件,其中{k}件({share})在换届({election})前后{days}天内,{side}全县同期的{usual};"
    "收缩估计{shrunk}。本名单预计有{false_flags}个属于偶然(在{peers}个中比较)",
    message_en="{k} of {n} approvals ({share}) fall within {days} days of the election, {side_en} "
    "the county's {usual}; expected false flags on this list: {false_flags} of {peers} compared",
    basis=("baoshen-defaults",),
    since="0.1",
)
def election_surge(
    application: pl.LazyFrame,
    village_stats: pl.LazyFrame,
    *,
    ctx: RuleContext,
    days: int = 60,
    min_n: int = 20,
    q: float = 0.10,
) -> pl.LazyFrame:
    """村(居)换届日期与办理过程批准日期的比对。

    ## 查什么
    一个村(居)批准的申请中,落在换届前后 `days` 天内的比例,与全县其他村(居)在同一段日子里的比例相差太多、
    偶然解释不了的偏高,列出来。以本村平时的批准为基数,以全县同期为参照。不到 `min_n` 件的不比较,误报控制在 `q`。

    ## 为什么
    换届前后集中纳入,值得抽看几件。这是对时间分布的提示,不是对任何人的评价。

    ## 常见误报
    - 年度复核、集中排查正好在换届期间:全县同期都多的不列。
    - 村里新近受灾、拆迁、企业关停。
    - 名单里总有几个属于偶然:说明里写明了预计的个数。

    ## 怎样核实
    - 抽看窗口期内几件的核对、入户、公示材料
    - 查当时有没有全县统一的排查或提标
    - 与上一次换届同期比较

    ## 处理
    抽查;材料齐全的不作处理。

    ## 示例
    **特困人员**

    | 姓名 | 身份证号 | 乡镇 |
    |---|---|---|
    | 王一山 | {甲:1950-03-04男} | 甲镇 |

    **申请办理过程**

    | 申请编号 | 救助项目 | 乡镇 | 村(社区) | 审批时间 | 审批结果 |
    |---|---|---|---|---|---|
    | 20×A# | 特困 | 甲镇 | 东村 | 2026-01-10 | 同意 |
    | 10×A平# | 特困 | 甲镇 | 东村 | 2025-06-10 | 同意 |
    | 3×B# | 特困 | 甲镇 | 西村 | 2026-01-10 | 同意 |
    | 27×B平# | 特困 | 甲镇 | 西村 | 2025-06-10 | 同意 |
    | 4×C# | 特困 | 甲镇 | 南村 | 2026-01-10 | 同意 |
    | 26×C平# | 特困 | 甲镇 | 南村 | 2025-06-10 | 同意 |
    | 3×D# | 特困 | 甲镇 | 北村 | 2026-01-10 | 同意 |
    | 27×D平# | 特困 | 甲镇 | 北村 | 2025-06-10 | 同意 |
    | 4×E# | 特困 | 乙镇 | 东村 | 2026-01-10 | 同意 |
    | 26×E平# | 特困 | 乙镇 | 东村 | 2025-06-10 | 同意 |
    | 3×F# | 特困 | 乙镇 | 西村 | 2026-01-10 | 同意 |
    | 27×F平# | 特困 | 乙镇 | 西村 | 2025-06-10 | 同意 |

    **村(居)人口与换届**

    | 年度 | 所属乡镇 | 村(社区) | 换届选举日期 |
    |---|---|---|---|
    | 2026 | 甲镇 | 东村 | 2026-01-20 |
    | 2026 | 甲镇 | 西村 | 2026-01-20 |
    | 2026 | 甲镇 | 南村 | 2026-01-20 |
    | 2026 | 甲镇 | 北村 | 2026-01-20 |
    | 2026 | 乙镇 | 东村 | 2026-01-20 |
    | 2026 | 乙镇 | 西村 | 2026-01-20 |

    **疑点**

    | 等级 | 说明 |
    |---|---|
    | info | 甲镇东村批准30件,其中20件(66.7%)在换届(2026-01-20)前后60天内,高于全县同期的11.3% |
    """
    approved = application.filter(
        pl.col("decision").fill_null("同意") == "同意", pl.col("approve_at") <= ctx.as_of
    ).select(
        "county", "row_id", "approve_at", place().alias("unit"), cite("case_id", "village", "approve_at").alias("cells")
    )
    elections = (
        village_stats.filter(pl.col("election_date") <= ctx.as_of)
        .with_columns(place().alias("unit"), place_shown().alias("shown"))
        .filter(pl.col("unit").is_not_null())
        .sort("county", "unit", "election_date", "row_id")
        .group_by("county", "unit", maintain_order=True)
        .agg(
            pl.col("election_date", "shown").last(),
            pl.col("row_id").last().alias("subject_row"),
            cite("village", "election_date").last().alias("village_cells"),
        )
    )
    around = (pl.col("approve_at") - pl.col("election_date")).dt.total_days().abs() <= days
    whole = (
        elections.select("county", "election_date")
        .unique()
        .join(approved.select("county", "approve_at"), on="county")
        .group_by("county", "election_date")
        .agg(around.sum().cast(pl.Int64).alias("all_k"), pl.len().cast(pl.Int64).alias("all_n"))
    )
    units = (
        elections.join(approved, on=["county", "unit"])
        .with_columns(around.alias("near"))
        .sort("county", "unit", ~pl.col("near"), "approve_at", "row_id")
        .group_by("county", "unit", maintain_order=True)
        .agg(
            pl.col("near").sum().cast(pl.Int64).alias("k"),
            pl.len().cast(pl.Int64).alias("n"),
            pl.col("election_date", "shown", "subject_row", "village_cells").first(),
            pl.col("cells").head(MOST_CITED).explode(),
        )
        .join(whole, on=["county", "election_date"])
        # the trend is that of the others: a village is not its own yardstick
        .with_columns(others=pl.col("all_n") - pl.col("n"))
        .filter(pl.col("others") >= min_n)
        .with_columns(expected=(pl.col("all_k") - pl.col("k")) / pl.col("others"))
        .sort("county", "unit")
    )
    return (
        unusual(units, q, min_n)
        .filter(pl.col("side_en") == "above")
        .with_columns(
            pl.col("election_date").cast(pl.String).alias("election"),
            pl.lit(days).alias("days"),
            cites(pl.col("village_cells"), pl.col("cells")).alias("evidence"),
        )
    )
