"""FAV319 经办人、村(居)疑点率异常."""

from __future__ import annotations

import polars as pl

from baoshen_audit.finding import Grade, Severity
from baoshen_audit.rule import RuleContext, rule
from baoshen_audit.rules.concentration import by_handler, counted, place, place_shown, unusual


@rule(
    "FAV319",
    "confirmed-findings-concentrated",
    title="经办人、村(居)疑点率异常",
    title_en="Concentration of confirmed findings by handler or village",
    severity=Severity.INFO,
    grade=Grade.INFO,
    key="county",
    needs=(
        "application: case_id|id_no village|receiver|approver|window town? decision? approve_at?",
        "outcome: reason checked_by checked_on doc_no case_id?",
    ),
    message="{shown}办理{n}件,核查属实{k}件,占{share},{side}全县的{usual};收缩估计{shrunk}。"
    "本名单预计有{false_flags}个属于偶然(在{peers}个中比较)",
    message_en="{k} of {n} cases have a confirmed finding ({share}), {side_en} the county's {usual}; "
    "expected false flags on this list: {false_flags} of {peers} compared",
    basis=("baoshen-defaults",),
    since="0.1",
)
def confirmed_concentrated(
    application: pl.LazyFrame, outcome: pl.LazyFrame, *, ctx: RuleContext, min_n: int = 20, q: float = 0.10
) -> pl.LazyFrame:
    """人工核查属实的案件占办理件数的比例,按村(居)、受理人、审批人、受理窗口分别比较。

    ## 查什么
    批准的申请中,后来经人工核查属实(有核查人、日期和文号)的比例。某个村(居)、经办人或窗口与全县相差太多,
    用各单位本来的差异和偶然都解释不了的,列出来;偏高、偏低都列。不到 `min_n` 件的不比较,误报控制在 `q`。
    只用核查结果,不用未核实的疑点;没有核查结果时本规则不可评。

    ## 为什么
    这是对工作量、口径和培训需要的提示,供管理复核,不是对任何人的评价,更不说明谁有过错。说明中不出现经办人姓名。

    ## 常见误报
    - 困难多、情况复杂的村(居),问题自然多。
    - 认真的经办人和核查人查出的问题多;偏低也可能是没有认真查。
    - 疑难件按分工集中到一个人或一个窗口。
    - 名单里总有几个属于偶然:说明里写明了预计的个数。

    ## 怎样核实
    - 先看核查是否各处一样严,抽查几件“不属实”的
    - 抽看属实的案件是不是同一种问题、同一个环节
    - 问清分工和工作量

    ## 处理
    管理复核、培训、抽查。不因比例本身处理任何人或任何个案。

    ## 示例
    **特困人员**

    | 姓名 | 身份证号 | 乡镇 |
    |---|---|---|
    | 王一山 | {甲:1950-03-04男} | 甲镇 |

    **申请办理过程**

    | 申请编号 | 救助项目 | 乡镇 | 村(社区) | 审批时间 | 审批结果 |
    |---|---|---|---|---|---|
    | 30×A# | 特困 | 甲镇 | 东村 | 2025-03-10 | 同意 |
    | 30×B# | 特困 | 甲镇 | 西村 | 2025-03-10 | 同意 |
    | 30×C# | 特困 | 甲镇 | 南村 | 2025-03-10 | 同意 |
    | 30×D# | 特困 | 甲镇 | 北村 | 2025-03-10 | 同意 |
    | 30×E# | 特困 | 乙镇 | 东村 | 2025-03-10 | 同意 |
    | 30×F# | 特困 | 乙镇 | 西村 | 2025-03-10 | 同意 |

    **变更与停保记录**

    | 案卷号 | 变更原因 | 决定文号 | 核查人 | 核查日期 |
    |---|---|---|---|---|
    | 12×A# | 属实-调减 | 洮民核〔2026〕#号 | 周一 | 2026-02-03 |
    | 1×B# | 属实-停保 | 洮民核〔2026〕51号 | 周一 | 2026-02-03 |
    | 1×C# | 属实-停保 | 洮民核〔2026〕52号 | 周一 | 2026-02-03 |
    | 1×D# | 属实-停保 | 洮民核〔2026〕53号 | 周一 | 2026-02-03 |
    | 1×E# | 属实-停保 | 洮民核〔2026〕54号 | 周一 | 2026-02-03 |

    **疑点**

    | 等级 | 说明 |
    |---|---|
    | info | 甲镇东村办理30件,核查属实12件,占40.0%,高于全县的8.9% |
    """
    known = outcome.filter("confirmed", pl.col("checked_on") <= ctx.as_of)
    cases = (
        application.filter(
            pl.col("decision").fill_null("同意") == "同意", pl.col("approve_at").fill_null(ctx.as_of) <= ctx.as_of
        )
        .join(_first(known, "case_key"), on=["county", "case_key"], how="left")
        .join(_first(known, "person_key"), on=["county", "person_key"], how="left")
        .with_columns(pl.coalesce("case_key_row", "person_key_row").is_not_null().alias("confirmed"))
    )
    cells = ("case_id", "town", "village", "receiver", "approver", "approve_at")
    units = (
        (place(), place_shown()),
        (by_handler("receiver"), pl.lit("一名受理人")),
        (by_handler("approver"), pl.lit("一名审批人")),
        (pl.col("window"), pl.col("window")),
    )
    return pl.concat([unusual(counted(cases, who, "confirmed", shown, cells), q, min_n) for who, shown in units])


def _first(known: pl.LazyFrame, key: str) -> pl.LazyFrame:
    """County and key of what has been confirmed, each once."""
    rows = known.filter(pl.col(key).is_not_null())
    return rows.group_by("county", key).agg(pl.col("row_id").min().alias(f"{key}_row"))
