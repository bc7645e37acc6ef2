"""MIS402 符合单人保条件未纳入."""

from __future__ import annotations

import polars as pl

from baoshen_audit.finding import CITED, Grade, Severity, cite, weakest
from baoshen_audit.rule import RuleContext, rule


@rule(
    "MIS402",
    "single-person-eligible",
    title="符合单人保条件未纳入",
    title_en="Severely disabled/ill member eligible for single-person guarantee",
    severity=Severity.MEDIUM,
    grade=Grade.C,
    key="person_key",
    needs=(
        "roll: programme? status? name? id_no",
        "member: disability_kind? disability_level? disease? health? exclude_reason?",
        "dibao_edge: hh_id status?",
        "disability?: disability_kind? disability_level? cert_status? valid_to?",
    ),
    policy=("single_person.levels", "single_person.mind_levels"),
    message="低保边缘家庭成员,{found},没有纳入单人保",
    message_en="A severely disabled or ill member of a near-threshold household without a single-person guarantee",
    basis=("dibao-confirmation#4", "relief-notice-2022"),
    since="0.1",
)
def single_person_eligible(
    roll: pl.LazyFrame, member: pl.LazyFrame, dibao_edge: pl.LazyFrame, disability: pl.LazyFrame, *, ctx: RuleContext
) -> pl.LazyFrame:
    """低保边缘家庭中的重残、重病成员,可以按单人保申请低保而没有纳入。

    ## 查什么
    本月在册的低保边缘家庭中计入的成员,残疾等级在政策参数之内(智力、精神残疾另有参数;残疾人证有效的以证为准,
    没有证件数据的看成员明细),或者成员明细写明重病、病种,而本人本月不在低保、特困名册上。一人一条疑点。

    ## 为什么
    低保边缘家庭中的重度残疾人、重病患者可以参照单人户申请低保。家庭往往不知道可以这样申请。

    ## 常见误报
    - 家庭财产超过规定、本人不愿申请的:查核对报告和意愿。
    - 残疾人证已注销、到期的:不算。
    - 成员明细的病种只写慢性病、不属于本地重病范围的:只作线索(C 级)。

    ## 怎样核实
    - 查残疾人证或诊断、医疗费用材料
    - 查家庭财产核对报告
    - 告知本人可以单人申请,问明是否愿意

    ## 处理
    邀请本人申请;符合条件的按单人保纳入,边缘家庭的资格不受影响。

    ## 示例
    **低保边缘家庭**

    | 户编号 | 户主姓名 | 户主身份证号 | 乡镇 | 家庭人口 | 状态 |
    |---|---|---|---|---|---|
    | E1 | 王一山 | {甲} | 甲镇 | 2 | 在保 |

    **共同生活成员**

    | 救助项目 | 户编号 | 成员姓名 | 成员身份证号 | 与户主关系 | 残疾类别 | 残疾等级 |
    |---|---|---|---|---|---|---|
    | 低保边缘 | E1 | 王一山 | {甲} | 户主 | | |
    | 低保边缘 | E1 | 王小山 | {乙:1995-03-05男} | 子 | 肢体 | 一级 |

    **疑点**

    | 等级 | 月份 | 说明 |
    |---|---|---|
    | C | 2026-06 | 肢体残疾一级,没有纳入单人保 |
    """
    del dibao_edge  # its people stand in the roll; without this roll there is nobody to look at
    levels = list(ctx.policy.get("single_person.levels", ctx.month).texts)
    mind = list(ctx.policy.get("single_person.mind_levels", ctx.month).texts)
    covered = roll.filter("active", "covered", pl.col("programme").is_in(["dibao", "tekun"])).select("person_key")
    certified = (
        disability.filter(
            pl.col("person_key") >= 0,
            pl.col("cert_status").is_null() | (pl.col("cert_status") == "有效"),
            pl.col("valid_to").is_null() | (pl.col("valid_to") >= ctx.as_of),
        )
        .sort("person_key", "disability_level", "row_id", nulls_last=True)
        .unique("person_key", keep="first", maintain_order=True)
        .select(
            "person_key",
            pl.col("disability_kind").alias("cert_kind"),
            pl.col("disability_level").alias("cert_level"),
            pl.col("tier").alias("cert_tier"),
            cite("name", "id_no", "disability_kind", "disability_level", "valid_to").alias("cert_cells"),
        )
    )
    kind, level = pl.coalesce("cert_kind", "disability_kind"), pl.coalesce("cert_level", "disability_level")
    severe = level.is_in([*levels, "重残"]) | (kind.is_in(["智力", "精神"]) & level.is_in(mind))
    ill = (pl.col("health") == "重病") | (pl.col("disease").str.strip_chars() != "")
    said = member.select("row_id", "disability_kind", "disability_level", "disease", "health")
    return (
        roll.filter("active", "counted", pl.col("programme") == "dibao_edge", pl.col("person_key") >= 0)
        .join(covered, on="person_key", how="anti")
        .join(said, on="row_id", how="left")
        .join(certified, on="person_key", how="left")
        .filter(severe.fill_null(value=False) | ill.fill_null(value=False))
        .sort("person_key", "row_id")
        .unique("person_key", keep="first", maintain_order=True)
        .with_columns(
            pl.when(severe)
            .then(pl.concat_str(kind.fill_null(""), pl.lit("残疾"), level))
            .otherwise(pl.lit("患重病"))
            .alias("found"),
            pl.col("row_id").alias("subject_row"),
            weakest("tier", "cert_tier").alias("tier"),
            pl.lit([ctx.month]).alias("months"),
            pl.concat_list(
                cite("name", "id_no", "relation", "disability_kind", "disability_level", "disease", "health"),
                pl.coalesce("cert_cells", pl.lit([], dtype=CITED)),
            ).alias("evidence"),
        )
    )
