"""ROLL008 日期非法或先后颠倒."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

import polars as pl

from baoshen_audit.finding import Grade, Severity, cite
from baoshen_audit.rule import RuleContext, rule
from baoshen_audit.rules.intake import unread

_DATES: Final = {
    "birth_date": ("出生日期", "birth"), "apply_date": ("申请日期", "application"),
    "approve_date": ("批准日期", "approval"), "first_month": ("最初享受月份", "first month"),
    "stop_date": ("停保日期", "stop"), "accept_date": ("受理日期", "acceptance"), "visit_date": ("入户日期", "visit"),
    "publicity_start": ("公示开始日期", "publicity start"), "publicity_end": ("公示结束日期", "publicity end"),
    "approve_at": ("审批日期", "approval"),
}  # fmt: skip
_ROLL_ORDER: Final = (
    ("birth_date", "apply_date"),
    ("birth_date", "approve_date"),
    ("birth_date", "first_month"),
    ("apply_date", "approve_date"),
    ("approve_date", "first_month"),
    ("apply_date", "stop_date"),
    ("first_month", "stop_date"),
)
_CASE_ORDER: Final = (
    ("apply_date", "accept_date"),
    ("accept_date", "visit_date"),
    ("visit_date", "publicity_start"),
    ("publicity_start", "publicity_end"),
    ("accept_date", "approve_at"),
)


@rule(
    "ROLL008",
    "dates-out-of-order",
    title="日期非法或先后颠倒",
    title_en="Illegal or out-of-order dates",
    severity=Severity.MEDIUM,
    grade=Grade.B,
    key="row_id",
    needs=(
        "entry: name? birth_date? apply_date? approve_date? first_month? stop_date? remark?",
        "problem: birth_date? apply_date? approve_date? first_month? stop_date?",
        "application?: apply_date? accept_date? visit_date? publicity_start? publicity_end? approve_at? fast_track?",
    ),
    message="{what}",
    message_en="{what_en}",
    basis=("social-assistance-interim#11", "dibao-confirmation"),
    since="0.1",
)
def dates_out_of_order(
    entry: pl.LazyFrame,
    problem: pl.LazyFrame,
    application: pl.LazyFrame,
    *,
    ctx: RuleContext,
    future_days: int = 31,
    whole_percent: int = 20,
    whole_cells: int = 20,
) -> pl.LazyFrame:
    """名册和办理过程中的日期读不出、在将来,或先后颠倒。

    ## 查什么
    名册:出生→申请→批准→最初享受→停保;办理过程:申请→受理→入户→公示开始→公示结束,受理→审批,前后颠倒的;
    晚于核查日 `future_days` 天以上的;写了内容但不是日期的。享受月份按月比较。
    公示期未满就审批由 FAV313 查,不在这里重复。一行一条疑点;整栏大面积读不出的只提示一次。

    ## 为什么
    起止日期决定哪几个月该发。日期错了,该发的月份就算错,死亡后发放、停保后发放等比对也跟着出错。

    ## 常见误报
    - 从旧系统迁移的档案,各日期都写成迁移那天:申请与批准同日、享受月份更早的,只列为 C 级。
    - 紧急程序(先行救助)依法先发后补手续:备注或“紧急程序”栏注明的不报。
    - 停保日期写成下月1日的预登记:在 `future_days` 天以内不报。

    ## 怎样核实
    - 对照纸质档案更正
    - 是否系统迁移时统一填写的日期
    - 是否按紧急程序先行救助

    ## 处理
    按纸质档案更正日期;更正后重新核查受影响的月份。

    ## 示例
    **特困人员**

    | 姓名 | 身份证号 | 乡镇 | 申请日期 | 批准日期 | 最初享受月份 |
    |---|---|---|---|---|---|
    | 王大山 | {甲:1941-03-05男} | 甲镇 | 2020-05-06 | 2020-04-01 | 2020-06 |
    | 李小河 | {乙:1950-02-03女} | 甲镇 | 2020-05-06 | 2020-06-31 | 2020-07 |

    **疑点**

    | 等级 | 说明 |
    |---|---|
    | B | 批准日期早于申请日期 |
    | B | 批准日期读不出 |
    """
    limit = ctx.as_of + timedelta(days=future_days)
    urgent = pl.col("remark").str.contains("紧急|先行救助").fill_null(value=False)
    migrated = (pl.col("apply_date") == pl.col("approve_date")).fill_null(value=False)
    alone = (pl.col("what").list.len() == 1) & pl.col("what").list.first().str.starts_with("最初")
    slow = ~pl.col("fast_track").fill_null(value=False)
    parts = (
        _disordered(entry.filter(~pl.col("twin"), ~urgent), _ROLL_ORDER, limit).with_columns(weak=migrated & alone),
        _disordered(application.filter(slow), _CASE_ORDER, limit).with_columns(weak=pl.lit(value=False)),
        unread(
            problem, ("date", "month", "datetime"), whole_percent=whole_percent, whole_cells=whole_cells
        ).with_columns(weak=pl.lit(value=False)),
    )
    return (
        pl.concat([part.select("row_id", "what", "what_en", "cells", "weak") for part in parts])
        .sort("row_id", "weak")
        .group_by("row_id", maintain_order=True)
        .agg(pl.col("what", "what_en", "cells").explode(), pl.col("weak").all())
        .with_columns(
            pl.col("row_id").alias("subject_row"),
            pl.col("what").list.join(";"),
            pl.col("what_en").list.join("; "),
            pl.when("weak").then(pl.lit("C")).otherwise(pl.lit("B")).alias("grade"),
            pl.col("cells").alias("evidence"),
        )
        .drop("cells", "weak")
    )


def _disordered(frame: pl.LazyFrame, order: tuple[tuple[str, str], ...], limit: object) -> pl.LazyFrame:
    """Rows with dates in the wrong order or after the limit, with what is wrong and the cells."""
    tests = []
    for earlier, later in order:
        one, other = pl.col(earlier), pl.col(later)
        if "first_month" in (earlier, later):
            one, other = one.dt.truncate("1mo"), other.dt.truncate("1mo")
        wrong = other <= one if (earlier, later) == ("publicity_start", "publicity_end") else other < one
        (zh, en), (zh2, en2) = _DATES[later], _DATES[earlier]
        tests.append((wrong, f"{zh}早于{zh2}", f"{en} before {en2}"))
    names = list(dict.fromkeys(name for pair in order for name in pair))
    tests += [(pl.col(n) > limit, f"{_DATES[n][0]}在将来", f"{_DATES[n][1]} in the future") for n in names]
    said = [(test.fill_null(value=False), zh, en) for test, zh, en in tests]
    return frame.filter(pl.any_horizontal(test for test, _, _ in said)).with_columns(
        pl.concat_list(pl.when(test).then(pl.lit(zh)) for test, zh, _ in said).list.drop_nulls().alias("what"),
        pl.concat_list(pl.when(test).then(pl.lit(en)) for test, _, en in said).list.drop_nulls().alias("what_en"),
        cite("name", *names, "remark").alias("cells"),
    )
