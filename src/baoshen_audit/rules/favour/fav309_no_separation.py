"""FAV309 岗位未分离."""

from __future__ import annotations

import polars as pl

from baoshen_audit.finding import Grade, Severity, cite
from baoshen_audit.rule import RuleContext, rule
from baoshen_audit.rules.handlers import handlers

_STEPS = {"visitor_1": "调查", "visitor_2": "调查", "reviewer": "审核", "approver": "审批"}
_SHARED_LOGIN = (
    r"(?i)^(?:admin|test|user|管理员|系统|窗口|民政办|经办|[0-9]+号?窗口|.*(?:人民政府|办事处|民政局|民政办))[0-9]*$"
)


@rule(
    "FAV309",
    "no-separation-of-duties",
    title="岗位未分离",
    title_en="No separation of duties",
    severity=Severity.MEDIUM,
    grade=Grade.A,
    key="case_key",
    needs=("application: visitor_1 visitor_2 reviewer approver decision? approve_at?",),
    policy=("investigation.min_investigators",),
    message="{found}",
    message_en="One handler took several of the steps investigate, review, approve, or too few people investigated",
    basis=("dibao-confirmation", "social-assistance-interim#66"),
    since="0.1",
)
def no_separation_of_duties(application: pl.LazyFrame, *, ctx: RuleContext) -> pl.LazyFrame:
    """办理过程中调查、审核、审批人员的比对。

    ## 查什么
    审批结果为同意的申请,调查、审核、审批三个环节中有两个以上是同一个人,或者入户调查的人数少于政策参数规定的人数。

    ## 为什么
    调查、审核、审批分开,是防止一个人说了算的基本要求。这里报告的是办理程序,不说明家庭不符合条件。

    ## 常见误报
    - 几个人共用一个系统账号(管理员、窗口):是账号管理问题,降为 C 级。
    - 一格里写了几名调查人,逐一计数。
    - 审批权下放到乡镇的,人手少也应由不同的人经办。
    - 没有填写调查人的不在这里报告。
    - 同名的两个人:办理过程只有姓名,请核对原件签字。

    ## 怎样核实
    - 查档案原件上各环节的签字
    - 查系统登录记录,是否共用账号
    - 确认是不是同名的两名工作人员

    ## 处理
    由另一名工作人员补做该环节;共用账号的分别开立账号。

    ## 示例
    **低保家庭**

    | 户编号 | 户主姓名 | 户主身份证号 | 乡镇 | 状态 |
    |---|---|---|---|---|
    | H1 | 王一山 | {甲} | 甲镇 | 在保 |

    **申请办理过程**

    | 申请编号 | 申请项目 | 户编号 | 申请人姓名 | 身份证号 | 调查人1 | 调查人2 | 初审人 | 审批人 | 审批结果 |
    |---|---|---|---|---|---|---|---|---|---|
    | SQ1 | 低保 | H1 | 王一山 | {甲} | 周一 | 吴二 | 周一 | 郑三 | 同意 |

    **疑点**

    | 等级 | 说明 |
    |---|---|
    | A | 调查、审核由同一人办理 |
    """
    least = ctx.policy.get("investigation.min_investigators", ctx.month).integer
    cases = application.filter(pl.col("decision").fill_null("同意") == "同意")
    handled = (
        pl.concat([_handlers(cases, column, step) for column, step in _STEPS.items()])
        .sort("row_id", "who", "order")
        .group_by("row_id", "who", maintain_order=True)
        .agg(pl.col("step").unique(maintain_order=True).alias("steps"))
        .with_columns(
            (pl.col("steps").list.len() > 1).alias("same"),
            pl.col("steps").list.contains("调查").alias("investigates"),
            pl.col("who").str.contains(_SHARED_LOGIN).alias("login"),
        )
        .sort("row_id", "who")
        .group_by("row_id", maintain_order=True)
        .agg(
            pl.col("steps").filter("same").list.join("、").unique().sort().str.join(";").alias("joined"),
            (pl.col("same") & ~pl.col("login")).any().alias("person"),
            pl.col("same").any(),
            pl.col("investigates").sum().alias("investigators"),
            (pl.col("investigates") & pl.col("login")).any().alias("hidden"),
        )
    )
    few = pl.col("investigators").is_between(1, least - 1)
    return (
        cases.join(handled, on="row_id")
        .filter(pl.col("same") | few)
        .with_columns(
            pl.col("row_id").alias("subject_row"),
            pl.when(pl.col("same") & few)
            .then(pl.format("{}由同一人办理;入户调查只有{}人", "joined", "investigators"))
            .when("same")
            .then(pl.format("{}由同一人办理", "joined"))
            .otherwise(pl.format(f"入户调查只有{{}}人,要求{least}人以上", "investigators"))
            .alias("found"),
            pl.when(~pl.col("person") & (~few | pl.col("hidden"))).then(pl.lit("C")).alias("grade"),
            cite("visitor_1", "visitor_2", "reviewer", "approver", "approve_at").alias("evidence"),
        )
    )


def _handlers(cases: pl.LazyFrame, column: str, step: str) -> pl.LazyFrame:
    """row_id, who, step, order: one row per name in a cell."""
    return (
        cases.select(
            "row_id",
            handlers(column).alias("who"),
            pl.lit(step).alias("step"),
            pl.lit(list(_STEPS).index(column)).alias("order"),
        )
        .explode("who")
        .filter(pl.col("who") != "")
    )
