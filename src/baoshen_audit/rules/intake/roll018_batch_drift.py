"""ROLL018 批次异常波动."""

from __future__ import annotations

from datetime import date

import polars as pl

from baoshen_audit.finding import Grade, Severity, cite
from baoshen_audit.rule import RuleContext, rule


@rule(
    "ROLL018",
    "batch-drift",
    title="批次异常波动",
    title_en="Batch drift",
    severity=Severity.MEDIUM,
    grade=Grade.INFO,
    key="table_id",
    needs=("batch: amount_paid?, monthly_amount?",),
    message="{title}{where}:{what}",
    message_en="{table}{where_en}: {what_en}",
    basis=("baoshen-defaults",),
    since="0.1",
)
def batch_drift(
    batch: pl.LazyFrame,
    *,
    ctx: RuleContext,
    whole_percent: int = 5,
    sheet_percent: int = 15,
    feed_percent: int = 50,
    min_rows: int = 10,
    raise_months: tuple[str, ...] = (),
) -> pl.LazyFrame:
    """本月名册、发放表的行数和金额与上月相比变化过大,少了一张表,或原样交了上月的文件。

    ## 查什么
    与上月同名的表比较(文件名、表名中的数字不计):行数变化超过全县 `whole_percent`%、单张表(乡镇)`sheet_percent`%,
    且不少于 `min_rows` 行;上月有的表(乡镇)本月没有;发放总额、名册的月保障金合计、平均每行的金额变化超过同样的幅度;
    文件与上月的一字不差。两个月都交来的核对数据,行数相差超过 `feed_percent`% 也提示。
    上月的名册也要放在文件夹里;没有上月的,不比较。一张表一条提示,不针对任何人。

    ## 为什么
    少交一个镇,这个镇的人在所有规则里都显得没有问题。多出一成人,多半是读入了两遍或混进了别的表。

    ## 常见误报
    - 提标月份金额普遍变动:保障标准变化的月份自动不比金额,其他提标月份用参数 `raise_months` 写明(如 2026-07)。
    - 乡镇合并、分设:当月会少一张表、多一张表。
    - 年度复核集中停保、集中新增。

    ## 怎样核实
    - 核对各乡镇本月上报的户数人数
    - 少的表是否漏交,多的行是否重复粘贴
    - 与本月新增、停保台账是否对得上

    ## 处理
    确认之前不要用这一批数据发放。漏交的补交后重新核查。

    ## 示例
    **特困人员**

    | 姓名 | 身份证号 | 乡镇 | 名册月份 |
    |---|---|---|---|
    | 王一 | {a1} | 甲镇 | 2026-05 |
    | 王二 | {a2} | 甲镇 | 2026-05 |
    | 王三 | {a3} | 甲镇 | 2026-05 |
    | 王四 | {a4} | 甲镇 | 2026-05 |
    | 王五 | {a5} | 甲镇 | 2026-05 |
    | 王六 | {a6} | 甲镇 | 2026-05 |
    | 王七 | {a7} | 甲镇 | 2026-05 |
    | 王八一 | {a8} | 甲镇 | 2026-05 |
    | 王九 | {a9} | 甲镇 | 2026-05 |
    | 王十 | {a10} | 甲镇 | 2026-05 |
    | 李一 | {a11} | 甲镇 | 2026-05 |
    | 王一 | {a1} | 甲镇 | 2026-06 |

    **疑点**

    | 等级 | 说明 |
    |---|---|
    | info | 特困人员合计:本月1行,上月11行 |
    """
    limit = pl.when("feed").then(feed_percent).when("whole").then(whole_percent).otherwise(sheet_percent)
    standards = ctx.policy.by_month("dibao.standard", [ctx.month, _month_before(ctx)])["value"]
    raised = standards.n_unique() > 1 or f"{ctx.month:%Y-%m}" in raise_months
    rows, last = pl.col("rows"), pl.col("last_rows")
    moved = ((rows - last).abs() * 100 > last * limit) & ((rows - last).abs() >= min_rows)
    gone = ~pl.col("whole") & (rows == 0) & (last > 0) & pl.col("comparable")
    paid, before = pl.col("amount"), pl.col("last_amount")
    enough = (last >= min_rows) & (rows > 0) & pl.lit(not raised)
    shifted = ((paid - before).abs() * 100 > before * limit) & enough
    # by the row, over a common denominator
    mean = ((paid * last - before * rows).abs() * 100 > before * rows * limit) & enough & ~shifted
    kind = pl.when(pl.col("table") == "payment").then(pl.lit("发放总额")).otherwise(pl.lit("月保障金合计"))
    money = (
        pl.format("{}{}元,上月{}元", kind, paid // 100, before // 100),
        pl.format("{} yuan, last month {}", paid // 100, before // 100),
    )
    by_row = (
        pl.format("平均每行{}元,上月{}元", paid // rows // 100, before // last // 100),
        pl.format("{} yuan a row, last month {}", paid // rows // 100, before // last // 100),
    )
    tests = (
        (gone, pl.format("上月有{}行,本月没有交来", last), pl.format("missing this month, {} rows last month", last)),
        (moved & ~gone & ((rows > 0) | pl.col("whole")), pl.format("本月{}行,上月{}行", rows, last),
         pl.format("{} rows, last month {}", rows, last)),
        (shifted, *money),
        (mean, *by_row),
        (pl.col("same_file"), pl.lit("与上月的文件一字不差"), pl.lit("the same file as last month")),
    )  # fmt: skip
    said = [(test.fill_null(value=False), zh, en) for test, zh, en in tests]
    return batch.filter(pl.any_horizontal(test for test, _, _ in said)).with_columns(
        pl.when("whole").then(pl.lit("合计")).otherwise(pl.format("〔{}〕", "sheet")).alias("where"),
        pl.when("whole").then(pl.lit(" in all")).otherwise(pl.format(" ({})", "sheet")).alias("where_en"),
        pl.concat_list(pl.when(test).then(zh) for test, zh, _ in said).list.drop_nulls().list.join(";").alias("what"),
        pl.concat_list(pl.when(test).then(en) for test, _, en in said)
        .list.drop_nulls()
        .list.join("; ")
        .alias("what_en"),
        cite("name", "id_no", row="first_row").alias("evidence"),
        # what a whole batch comes to is no money to examine
        amount=pl.lit(None, pl.Int64),
    )


def _month_before(ctx: RuleContext) -> date:
    first = ctx.month
    return first.replace(year=first.year - 1, month=12) if first.month == 1 else first.replace(month=first.month - 1)
