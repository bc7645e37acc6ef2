"""ROLL017 项目必填字段缺失."""

from __future__ import annotations

from typing import Final

import polars as pl

from baoshen_audit.finding import Grade, Severity, cite
from baoshen_audit.rule import RuleContext, rule
from baoshen_audit.rules.intake import cell

_MUST: Final = {
    "disability_subsidy": (
        ("disability_cert", "残疾证号"),
        ("disability_kind", "残疾类别"),
        ("disability_level", "残疾等级"),
    ),
    "tekun": (("mode", "供养方式"), ("self_care", "自理能力")),
    "orphan": (("raising_mode", "养育方式"), ("guardian_name", "监护人姓名")),
    "veteran_rural60": (("enlist_date", "入伍日期"), ("discharge_date", "退役日期")),
}
"""Roll → what the programme cannot be checked without, with its title."""


@rule(
    "ROLL017",
    "mandatory-field-missing",
    title="项目必填字段缺失",
    title_en="Programme-specific mandatory field missing",
    severity=Severity.LOW,
    grade=Grade.C,
    key="row_id",
    needs=(
        "entry: name? disability_cert? disability_kind? disability_level? mode? self_care? raising_mode? "
        "guardian_name? enlist_date? discharge_date?",
        "problem: disability_kind?",
        "sheet",
    ),
    message="{what}",
    message_en="Missing: {what_en}",
    basis=("tekun-recognition", "disability-subsidies", "veteran-rural60"),
    since="0.1",
)
def mandatory_field_missing(
    entry: pl.LazyFrame, problem: pl.LazyFrame, sheet: pl.LazyFrame, *, ctx: RuleContext
) -> pl.LazyFrame:
    """各项目必须登记的栏目没有填。

    ## 查什么
    残疾人两项补贴的残疾证号、类别、等级;特困人员的供养方式、自理能力;孤儿的养育方式、监护人;
    60周岁以上农村籍退役士兵的入伍、退役日期。在保的行没有填的,一行一条疑点。
    整张表没有这一栏的,只在第一行提示一次。填了读不出的由 ROLL008、ROLL010 查。

    ## 为什么
    没有残疾等级就无法核对护理补贴对象,没有自理能力就无法核对护理档次,没有入伍日期就无法核对补助年限。

    ## 常见误报
    - 老档案当年没有这一栏:下次复核时补齐即可。
    - 机构养育的孤儿,监护人是机构:不要求填监护人姓名。

    ## 怎样核实
    - 查纸质档案或残联、退役军人事务部门的记录,补填
    - 整栏没有的,从业务系统重新导出带这一栏的名册

    ## 处理
    下次复核时补齐。不因缺栏停发。

    ## 示例
    **残疾人两项补贴**

    | 姓名 | 身份证号 | 乡镇 | 残疾证号 | 残疾类别 | 残疾等级 |
    |---|---|---|---|---|---|
    | 王大山 | {甲:1961-03-05男} | 甲镇 | | 肢体 | 二级 |
    | 李小河 | {乙:1970-02-03女} | 甲镇 | {乙}42 | 智力 | 二级 |

    **疑点**

    | 等级 | 说明 |
    |---|---|
    | C | 没有填写残疾证号 |
    """
    has = sheet.select("source_id", "first_row", "columns")
    unreadable = problem.select("row_id", "column", pl.lit(value=True).alias("unreadable")).unique(["row_id", "column"])
    at_home = pl.col("raising_mode") != "机构"
    parts = []
    for table, columns in _MUST.items():
        for column, title in columns:
            empty = pl.col(column).is_null()
            if column == "guardian_name":
                empty &= at_home.fill_null(value=True)
            rows = entry.filter(pl.col("table") == table, pl.col("active")).join(has, on="source_id", how="inner")
            there = pl.col("columns").list.contains(column)
            parts.append(
                rows.filter(empty, there | (pl.col("row_id") == pl.col("first_row"))).select(
                    "row_id",
                    pl.when(there).then(pl.lit(column)).otherwise(pl.lit("name")).alias("cited"),
                    pl.lit(column).alias("column"),
                    pl.when(there)
                    .then(pl.lit(f"没有填写{title}"))
                    .otherwise(pl.lit(f"整张表没有“{title}”一栏"))
                    .alias("what"),
                )
            )
    return (
        pl.concat(parts)
        .join(unreadable, on=["row_id", "column"], how="anti")
        .sort("row_id", "column")
        .with_columns(pl.col("column").alias("what_en"), pl.col("cited").alias("column"))
        .with_columns(pl.concat_list(cell(), cite("name")).alias("evidence"))
        .group_by("row_id", maintain_order=True)
        .agg(pl.col("what").str.join("、"), pl.col("what_en").str.join(", "), pl.col("evidence").explode())
        .with_columns(pl.col("row_id").alias("subject_row"))
    )
