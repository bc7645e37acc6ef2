"""ROLL010 代码值不在字典内."""

from __future__ import annotations

import polars as pl

from baoshen_audit.finding import Grade, Severity
from baoshen_audit.rule import RuleContext, rule
from baoshen_audit.rules.intake import unread


@rule(
    "ROLL010",
    "value-outside-code-list",
    title="代码值不在字典内",
    title_en="Value outside code list",
    severity=Severity.LOW,
    grade=Grade.C,
    key="row_id",
    needs=(
        "entry: relation? sex? ethnicity? marital? hukou_type? status? id_type?",
        "problem: category? class? urban_rural? health? labour? self_care? employment? disability_kind? "
        "disability_level? is_counted? is_covered? exclude_reason? result?",
    ),
    message="{what},不在代码表内",
    message_en="Not in the code list: {what_en}",
    basis=("gb-4761", "gb-2261-1", "gb-2261-2"),
    since="0.1",
)
def value_outside_code_list(
    entry: pl.LazyFrame, problem: pl.LazyFrame, *, ctx: RuleContext, whole_percent: int = 20, whole_cells: int = 20
) -> pl.LazyFrame:
    """关系、性别、状态、类别等代码栏的写法,代码表和别名表里都没有。

    ## 查什么
    与户主关系、性别、民族、婚姻、户籍性质、状态、证件类型、保障类别、健康、劳动能力、残疾类别等级等代码栏,
    以及是否栏,写了内容但不能对应到代码表的任何一个值。一行一条疑点,列出有哪几栏;
    整栏大面积如此的(占已填的 `whole_percent`% 且不少于 `whole_cells` 格)只提示一次。

    ## 为什么
    不认得的写法按空白处理:状态不认得的行按在保算,关系不认得的人不参加亲属比对。

    ## 常见误报
    - 本地习惯写法(如“之子”“外孙媳”):含义清楚的,补进别名表即可,名册不必改。
    - 一格写了两个值(如“残疾、重病”):按本地口径拆开。

    ## 怎样核实
    - 打开列出的单元格,看写的是什么
    - 含义清楚的写法请补进别名表
    - 录错的更正名册

    ## 处理
    扩充别名表或更正名册。更正之前该栏按空白处理,原文保留。

    ## 示例
    **特困人员**

    | 姓名 | 身份证号 | 乡镇 | 性别 | 状态 |
    |---|---|---|---|---|
    | 王大山 | {甲:1941-03-05男} | 甲镇 | 男 | 享受中 |
    | 李小河 | {乙:1950-02-03女} | 甲镇 | 不男 | 供着 |

    **疑点**

    | 等级 | 说明 |
    |---|---|
    | C | 性别读不出、状态读不出,不在代码表内 |
    """
    cells = unread(problem, ("code", "yesno", "flag", "phone"), whole_percent=whole_percent, whole_cells=whole_cells)
    return cells.join(entry.select("row_id", "table"), on="row_id", how="left").with_columns(
        pl.col("row_id").alias("subject_row"),
        pl.col("what").list.join("、"),
        pl.col("what_en").list.join(", "),
        pl.col("cells").alias("evidence"),
    )
