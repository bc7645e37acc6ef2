"""ROLL003 15位旧身份证号未升位."""

from __future__ import annotations

import polars as pl

from baoshen_audit.finding import Grade, Severity, cite
from baoshen_audit.rule import RuleContext, rule


@rule(
    "ROLL003",
    "old-id-not-upgraded",
    title="15位旧身份证号未升位",
    title_en="Legacy 15-digit ID not upgraded",
    severity=Severity.LOW,
    grade=Grade.C,
    key="row_id",
    needs=("roll: name? id_no",),
    message="登记的是15位旧身份证号",
    message_en="The ID number is an old one of 15 digits",
    basis=("gb-11643",),
    since="0.1",
)
def old_id_not_upgraded(roll: pl.LazyFrame, *, ctx: RuleContext) -> pl.LazyFrame:
    """名册上登记的仍是15位旧身份证号。

    ## 查什么
    证件号码是15位数字,出生日期成立,可以升为18位(加世纪19、算出校验码)。比对时按升位后的号码进行,
    名册原文不改。顺序码996-999是1900年以前出生人员的号码,不升位,由 ROLL001 查。一行一条疑点。

    ## 为什么
    15位号码没有校验码,录错一位也看不出来,因此凭它比对的疑点都要降一级。现行证件都是18位(GB 11643)。

    ## 常见误报
    - 确未换领过证件的高龄老人:下次复核时补登18位号码即可,不影响待遇。
    - 按升位推算的号码与公安登记的不同:以户口簿为准,20世纪80年代有重号。

    ## 怎样核实
    - 查户口簿或现行身份证,登记18位号码
    - 与升位推算的号码不同的,以户口簿为准

    ## 处理
    下次复核时更正为18位号码。更正之前与其他数据的比对按较低把握处理。

    ## 示例
    **特困人员**

    | 姓名 | 身份证号 | 乡镇 |
    |---|---|---|
    | 王大山 | {甲:1941-03-05男/15} | 甲镇 |
    | 李小河 | {乙:1950-02-03女} | 甲镇 |

    **疑点**

    | 等级 | 说明 |
    |---|---|
    | C | 15位旧身份证号 |
    """
    old = roll.filter(pl.col("id_status") == "upgraded15").drop("tier")
    return old.with_columns(pl.col("row_id").alias("subject_row"), cite("name", "id_no").alias("evidence"))
