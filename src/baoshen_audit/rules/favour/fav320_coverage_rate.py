"""FAV320 村(居)保障率异常."""

from __future__ import annotations

from typing import Final

import polars as pl

from baoshen_audit.finding import Grade, Severity, cite
from baoshen_audit.rule import RuleContext, rule
from baoshen_audit.rules import MEANS_TESTED
from baoshen_audit.rules.concentration import place, place_shown, standardised, unusual

_MAKE_UP: Final = ("aged_60", "disabled", "seriously_ill")


@rule(
    "FAV320",
    "coverage-rate-out-of-line",
    title="村(居)保障率异常",
    title_en="Coverage rate out of line",
    severity=Severity.INFO,
    grade=Grade.INFO,
    key="county",
    needs=(
        "village_stats: population village town? year? aged_60? disabled? seriously_ill?",
        "roll: status? village town?",
    ),
    message="{shown}{n}人中{k}人在保,占{share},{side}按老年、残疾、大病人口推算的{usual};收缩估计{shrunk}。"
    "本名单预计有{false_flags}个属于偶然(在{peers}个中比较)",
    message_en="{k} of {n} residents are covered ({share}), {side_en} the {usual} expected of such a population; "
    "expected false flags on this list: {false_flags} of {peers} compared",
    basis=("baoshen-defaults",),
    since="0.1",
)
def coverage_rate(
    village_stats: pl.LazyFrame, roll: pl.LazyFrame, *, ctx: RuleContext, min_n: int = 20, q: float = 0.10
) -> pl.LazyFrame:
    """各村(居)在保人数与人口构成的比对。

    ## 查什么
    各村(居)低保、低保边缘、特困在保人数占人口的比例,与按本县经验、照该村老年、残疾、大病人口比例推算的相差太多,
    用各村本来的差异和偶然都解释不了的,列出来。偏高、偏低都列:偏低可能是应保未保。误报控制在 `q`。

    ## 为什么
    人口构成相近的村,保障率应当相近。差得多的,两头都值得看一看。这是对地方的提示,不针对任何人。

    ## 常见误报
    - 移民安置、拆迁安置的村;养老机构、福利院的集体户口。
    - 人口数是户籍还是常住,口径不一;村名对不上的不比较。
    - 真正困难或富裕的村。
    - 名单里总有几个属于偶然:说明里写明了预计的个数。

    ## 怎样核实
    - 核对人口数的口径和年份
    - 偏高的抽看近两年新纳入的几户
    - 偏低的走访几户低收入、大病、重残家庭,看有没有漏保

    ## 处理
    偏高的抽查,偏低的摸排。不因比例本身增减任何一户。

    ## 示例
    **特困人员**

    | 姓名 | 身份证号 | 乡镇 | 村(社区) |
    |---|---|---|---|
    | 30×东# | {东#} | 甲镇 | 东村 |
    | 3×西# | {西#} | 甲镇 | 西村 |
    | 4×南# | {南#} | 甲镇 | 南村 |
    | 3×北# | {北#} | 甲镇 | 北村 |
    | 4×中# | {中#} | 甲镇 | 中村 |
    | 3×前# | {前#} | 甲镇 | 前村 |

    **村(居)人口与换届**

    | 年度 | 所属乡镇 | 村(社区) | 户籍人口 |
    |---|---|---|---|
    | 2026 | 甲镇 | 东村 | 200 |
    | 2026 | 甲镇 | 西村 | 200 |
    | 2026 | 甲镇 | 南村 | 200 |
    | 2026 | 甲镇 | 北村 | 200 |
    | 2026 | 甲镇 | 中村 | 200 |
    | 2026 | 甲镇 | 前村 | 200 |

    **疑点**

    | 等级 | 说明 |
    |---|---|
    | info | 甲镇东村200人中30人在保,占15.0%,高于按老年、残疾、大病人口推算的3.9% |
    """
    villages = (
        village_stats.filter(pl.col("population") > 0, pl.col("year").fill_null(0) <= ctx.as_of.year)
        .with_columns(place().alias("unit"), place_shown().alias("shown"))
        .filter(pl.col("unit").is_not_null())
        .sort("county", "unit", "year", "row_id")
        .group_by("county", "unit", maintain_order=True)
        .agg(
            pl.col("population").last().alias("n"),
            pl.col("shown", *_MAKE_UP).last(),
            pl.col("row_id").last().alias("subject_row"),
            cite("village", "population", *_MAKE_UP).last().alias("evidence"),
        )
    )
    there = pl.col("active") & pl.col("covered") & pl.col("programme").is_in(MEANS_TESTED)
    # a village whose name stands on no roll at all is written differently there: it would look uncovered
    observed = (
        roll.with_columns(place().alias("unit"))
        .group_by("county", "unit")
        .agg(pl.col("person_key").filter(there).n_unique().cast(pl.Int64).alias("k"))
    )
    units = villages.join(observed, on=["county", "unit"]).filter(pl.col("k") <= pl.col("n"), pl.col("n") >= min_n)
    ordered = units.sort("county", "unit")
    schema = dict(ordered.collect_schema()) | {"expected": pl.Float64()}
    return unusual(
        ordered.group_by("county", maintain_order=True).map_groups(_with_expected, schema=schema), q, min_n
    ).drop(*_MAKE_UP)


def _with_expected(county: pl.DataFrame) -> pl.DataFrame:
    shares = [(county[name] / county["n"]).to_list() for name in _MAKE_UP]
    expected = standardised(list(county.select("k", "n").iter_rows()), shares)
    return county.with_columns(pl.Series("expected", expected, dtype=pl.Float64))
