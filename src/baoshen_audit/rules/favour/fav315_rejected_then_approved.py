"""FAV315 被否后短期换人换地再批."""

from __future__ import annotations

from typing import Final

import polars as pl

from baoshen_audit.finding import Grade, Severity, cite, cites, weakest
from baoshen_audit.rule import RuleContext, rule

_ROUTE: Final = {"applicant_key": "申请人", "town": "乡镇", "receiver": "受理人", "approver": "审批人"}
_SHOWN: Final = ("case_id", "name", "id_no", "town", "apply_date", "receiver", "approver", "approve_at", "decision",
                 "reject_reason", "check_result")  # fmt: skip


@rule(
    "FAV315",
    "rejected-then-approved-elsewhere",
    title="被否后短期换人换地再批",
    title_en="Rejected, then approved by another route",
    severity=Severity.LOW,
    grade=Grade.C,
    key="person_key",
    needs=(
        "applicant: decision approve_at id_no case_id? apply_date? accept_date? reject_reason? receiver? approver? "
        "town? programme? check_result?",
        "case_history?: before? after? decided_on?",
    ),
    message="{rejected}驳回,{approved}换{routes}后批准,{changed}",
    message_en="Rejected on {rejected}, approved on {approved} by another route with changed facts",
    basis=("baoshen-defaults",),
    since="0.1",
)
def rejected_then_approved(
    applicant: pl.LazyFrame, case_history: pl.LazyFrame, *, ctx: RuleContext, within_months: int = 6
) -> pl.LazyFrame:
    """办理过程中同一人、同一户先驳回后批准的两件申请的比对。

    ## 查什么
    申请被驳回后 `within_months` 个月内,本人或同户成员的同一项目申请获得批准,申请人、乡镇、受理人或审批人换了,
    而申报的情况也变了:核对结论由不符合变为符合,或者变更记录里这段时间有改动。

    ## 为什么
    情况变化后重新申请是权利。换一条路、换一套数据再批的,值得把两份案卷放在一起看一次。

    ## 常见误报
    - 情况确有变化:失业、患病、家庭成员变动。
    - 第一次材料不全被驳回,补齐后批准。
    - 窗口人员正常轮换。
    - 核对结论没有变、也没有变更记录的不报。

    ## 怎样核实
    - 对照两份案卷的人口、收入、财产
    - 查核对结论为什么变了
    - 问清为什么换了受理地点或申请人

    ## 处理
    情况确有变化的不作处理;数据前后矛盾的重新核对。

    ## 示例
    **低保家庭**

    | 户编号 | 户主姓名 | 户主身份证号 | 乡镇 | 状态 |
    |---|---|---|---|---|
    | H1 | 王一山 | {甲} | 乙镇 | 在保 |

    **申请办理过程**

    | 申请编号 | 救助项目 | 户编号 | 姓名 | 身份证号 | 乡镇 | 核对结论 | 审批时间 | 审批结果 |
    |---|---|---|---|---|---|---|---|---|
    | SQ1 | 低保 | | 王一山 | {甲} | 甲镇 | 不符合 | 2026-01-10 | 驳回 |
    | SQ2 | 低保 | H1 | 王一山 | {甲} | 乙镇 | 符合 | 2026-03-10 | 同意 |

    **疑点**

    | 等级 | 说明 |
    |---|---|
    | C | 2026-01-10驳回,2026-03-10换乡镇后批准,核对结论由不符合变为符合 |
    """
    told = [*_ROUTE, "check_result", "row_id", "tier"]
    cases = applicant.with_columns(cite(*_SHOWN).alias("cells"))
    no = cases.filter("applied", pl.col("decision") == "驳回").select(
        "person_key", "programme", pl.col("approve_at").alias("rejected"), pl.col("cells").alias("no_cells"),
        *(pl.col(name).alias(f"no_{name}") for name in told),
    )  # fmt: skip
    changes = case_history.filter(pl.col("before").ne_missing(pl.col("after"))).select(
        "person_key",
        pl.col("decided_on").alias("changed_on"),
        cite("before", "after", "decided_on").alias("change_cells"),
    )
    pairs = (
        cases.filter(pl.col("decision") == "同意", pl.col("approve_at") <= ctx.as_of)
        .join(no, on=["person_key", "programme"])
        .filter(
            pl.col("approve_at") > pl.col("rejected"),
            pl.col("approve_at") <= pl.col("rejected").dt.offset_by(f"{within_months}mo"),
        )
        .with_columns(
            pl.concat_list(
                pl.when(pl.col(name) != pl.col(f"no_{name}")).then(pl.lit(word)) for name, word in _ROUTE.items()
            )
            .list.drop_nulls()
            .list.join("、")
            .alias("routes"),
            ((pl.col("no_check_result") == "不符合") & (pl.col("check_result") == "符合"))
            .fill_null(value=False)
            .alias("better"),
        )
    )
    between = (
        pairs.select("person_key", "row_id", "no_row_id", "rejected", "approve_at")
        .join(changes, on="person_key")
        .filter(pl.col("changed_on").is_between(pl.col("rejected"), pl.col("approve_at")))
        .sort("person_key", "row_id", "no_row_id", "changed_on")
        .group_by("person_key", "row_id", "no_row_id", maintain_order=True)
        .agg(pl.col("change_cells").explode())
    )
    return (
        pairs.join(between, on=["person_key", "row_id", "no_row_id"], how="left")
        .filter(pl.col("routes") != "", pl.col("better") | pl.col("change_cells").is_not_null())
        # the last refusal before an approval tells the story
        .sort("person_key", "row_id", "rejected", "no_row_id")
        .unique(["person_key", "row_id"], keep="last", maintain_order=True)
        .with_columns(
            pl.col("rejected").cast(pl.String),
            pl.col("approve_at").cast(pl.String).alias("approved"),
            pl.when("better")
            .then(pl.lit("核对结论由不符合变为符合"))
            .otherwise(pl.lit("其间有变更记录"))
            .alias("changed"),
            pl.col("row_id").alias("subject_row"),
            pl.col("rejected").cast(pl.String).alias("counterpart"),
            weakest("tier", "no_tier").alias("tier"),
            cites(pl.col("cells"), pl.col("no_cells"), pl.col("change_cells").fill_null([])).alias("evidence"),
        )
    )
