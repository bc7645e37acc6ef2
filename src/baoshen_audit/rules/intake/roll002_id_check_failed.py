"""ROLL002 身份证校验码错误."""

from __future__ import annotations

import polars as pl

from baoshen_audit.finding import Grade, Severity, cite
from baoshen_audit.identity import resident_id
from baoshen_audit.rule import RuleContext, rule


@rule(
    "ROLL002",
    "id-check-failed",
    title="身份证校验码错误",
    title_en="ID checksum failure",
    severity=Severity.HIGH,
    grade=Grade.A,
    key="row_id",
    needs=("roll: name? id_no",),
    message="18位证件号码的校验码不对{addition}",
    message_en="The check character of the 18-character ID number is wrong{addition_en}",
    basis=("gb-11643",),
    since="0.1",
)
def id_check_failed(roll: pl.LazyFrame, *, ctx: RuleContext) -> pl.LazyFrame:
    """18位证件号码最后一位与前17位算出的校验码不符。

    ## 查什么
    按 GB 11643 规定的 ISO 7064 MOD 11-2 算法,由前17位算出校验码,与第18位比较。号码样式不对的由 ROLL001 查。
    一行一条疑点。

    ## 为什么
    校验码不对的号码不是任何人的号码:录错一位、颠倒相邻两位都会被发现。这样的行无法与其他数据比对,
    在按人比对的规则里没有查过。反过来,随机的18位数字约有9%能通过,通过不等于证件真实存在。

    ## 常见误报
    - 15位旧号没有校验码,不在此列。
    - 极少数早年签发的证件号码本身校验码有误,公安部门能证明的,登记核查结论,号码不改。
    - 末三位为000的多是电子表格只保留了15位有效数字,应重新导出,不要凭推算补号码。

    ## 怎样核实
    - 对照户口簿或身份证原件,更正录错的数字
    - 残疾证号、社保卡号中常含正确的身份证号,可作线索
    - 原件号码确实如此的,请公安部门出具证明,并登记核查结论
    - 末三位为000的,从原系统以文本格式重新导出

    ## 处理
    按户口簿更正;公安部门确认号码如此签发的,作为例外登记并附文件。更正之前不作为停发理由。

    ## 示例
    **特困人员**

    | 姓名 | 身份证号 | 乡镇 |
    |---|---|---|
    | 王大山 | 320482194103050028 | 甲镇 |
    | 李小河 | {乙:1950-02-03女} | 甲镇 |

    **疑点**

    | 等级 | 说明 |
    |---|---|
    | A | 校验码不对 |
    """
    # an impossible date or three zeros at the end go before the check character in the status: look at the key itself
    wrong = (
        pl.col("id_status").is_in(["bad_check", "bad_date", "excel_damaged"]) & resident_id.packed("id_no").is_null()
    )
    cut = pl.col("id_status") == "excel_damaged"
    return (
        roll.filter(wrong, resident_id.standard("id_no").is_not_null())
        .drop("tier")
        .with_columns(
            pl.col("row_id").alias("subject_row"),
            pl.when(cut).then(pl.lit(",末三位为000,疑被电子表格截断")).otherwise(pl.lit("")).alias("addition"),
            pl.when(cut)
            .then(pl.lit("; it ends in 000, as a spreadsheet leaves it"))
            .otherwise(pl.lit(""))
            .alias("addition_en"),
            cite("name", "id_no").alias("evidence"),
        )
    )
