"""FAV316 特殊审批(一事一议)集中."""

from __future__ import annotations

import polars as pl

from baoshen_audit.finding import Grade, Severity
from baoshen_audit.rule import RuleContext, rule
from baoshen_audit.rules.concentration import by_handler, counted, unusual


@rule(
    "FAV316",
    "special-approvals-concentrated",
    title="特殊审批(一事一议)集中",
    title_en="Special approvals concentrated",
    severity=Severity.INFO,
    grade=Grade.INFO,
    key="county",
    needs=("application: special town|receiver|approver case_id? decision? approve_at?",),
    message="{shown}批准{n}件,其中一事一议{k}件,占{share},{side}全县的{usual};收缩估计{shrunk}。"
    "本名单预计有{false_flags}个属于偶然(在{peers}个中比较)",
    message_en="{k} of {n} approvals were special ({share}), {side_en} the county's {usual}; "
    "expected false flags on this list: {false_flags} of {peers} compared",
    basis=("baoshen-defaults",),
    since="0.1",
)
def special_approvals(application: pl.LazyFrame, *, ctx: RuleContext, min_n: int = 20, q: float = 0.10) -> pl.LazyFrame:
    """办理过程中一事一议(特殊审批)占批准件数的比例,按乡镇、受理人、审批人分别比较。

    ## 查什么
    批准的申请中经一事一议批准的比例,某个乡镇、受理人或审批人与全县相差太多,用差异和偶然都解释不了的,列出来。
    偏高、偏低都列。不到 `min_n` 件的不比较,误报控制在 `q`。

    ## 为什么
    一事一议是合法的程序,用得特别多的地方值得抽看几件:是困难确实特殊,还是绕开了核对。
    这是对工作量和口径的提示,不是对任何人的评价,说明中不出现经办人姓名。

    ## 常见误报
    - 大病、突发困难多的乡镇,一事一议自然多。
    - 疑难件集中交给一名经办人办理。
    - 名单里总有几个属于偶然:说明里写明了预计的个数。
    - 只有几件的不比较。

    ## 怎样核实
    - 抽看几件一事一议的会议纪要和理由
    - 问清疑难件是不是按分工集中办理
    - 比较当地大病和临时困难的情况

    ## 处理
    抽查、培训、统一口径。不因比例本身处理任何个案。

    ## 示例
    **特困人员**

    | 姓名 | 身份证号 | 乡镇 |
    |---|---|---|
    | 王一山 | {甲:1950-03-04男} | 甲镇 |

    **申请办理过程**

    | 申请编号 | 救助项目 | 姓名 | 身份证号 | 乡镇 | 一事一议 | 审批时间 | 审批结果 |
    |---|---|---|---|---|---|---|---|
    | 12×甲是# | 特困 | 王一山 | {甲} | 甲镇 | 是 | 2026-03-10 | 同意 |
    | 18×甲否# | 特困 | 王一山 | {甲} | 甲镇 | 否 | 2026-03-10 | 同意 |
    | 1×乙是# | 特困 | 王一山 | {甲} | 乙镇 | 是 | 2026-03-10 | 同意 |
    | 29×乙否# | 特困 | 王一山 | {甲} | 乙镇 | 否 | 2026-03-10 | 同意 |
    | 1×丙是# | 特困 | 王一山 | {甲} | 丙镇 | 是 | 2026-03-10 | 同意 |
    | 29×丙否# | 特困 | 王一山 | {甲} | 丙镇 | 否 | 2026-03-10 | 同意 |
    | 1×丁是# | 特困 | 王一山 | {甲} | 丁镇 | 是 | 2026-03-10 | 同意 |
    | 29×丁否# | 特困 | 王一山 | {甲} | 丁镇 | 否 | 2026-03-10 | 同意 |
    | 1×戊是# | 特困 | 王一山 | {甲} | 戊镇 | 是 | 2026-03-10 | 同意 |
    | 29×戊否# | 特困 | 王一山 | {甲} | 戊镇 | 否 | 2026-03-10 | 同意 |
    | 1×己是# | 特困 | 王一山 | {甲} | 己镇 | 是 | 2026-03-10 | 同意 |
    | 29×己否# | 特困 | 王一山 | {甲} | 己镇 | 否 | 2026-03-10 | 同意 |
    | 1×庚是# | 特困 | 王一山 | {甲} | 庚镇 | 是 | 2026-03-10 | 同意 |
    | 29×庚否# | 特困 | 王一山 | {甲} | 庚镇 | 否 | 2026-03-10 | 同意 |

    **疑点**

    | 等级 | 说明 |
    |---|---|
    | info | 甲镇批准30件,其中一事一议12件,占40.0%,高于全县的8.6% |
    """
    cases = application.filter(
        pl.col("decision").fill_null("同意") == "同意",
        pl.col("special").is_not_null(),
        pl.col("approve_at").fill_null(ctx.as_of) <= ctx.as_of,
    )
    cells = ("case_id", "town", "receiver", "approver", "approve_at", "special")
    return pl.concat(
        [
            unusual(counted(cases, pl.col("town"), "special", pl.col("town"), cells), q, min_n),
            *(
                unusual(counted(cases, by_handler(step), "special", pl.lit(f"一名{kind}"), cells), q, min_n)
                for step, kind in (("receiver", "受理人"), ("approver", "审批人"))
            ),
        ]
    )
