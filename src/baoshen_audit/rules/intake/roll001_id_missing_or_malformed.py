"""ROLL001 证件号码缺失或格式错误."""

from __future__ import annotations

from typing import Final

import polars as pl

from baoshen_audit.finding import Grade, Severity, cite
from baoshen_audit.identity import resident_id
from baoshen_audit.rule import RuleContext, rule

_PROBLEMS: Final = {
    "missing": ("缺失", "is missing"),
    "placeholder": ("填的是占位内容,不是号码", "is a placeholder"),
    "masked": ("被遮盖,不完整", "is masked"),
    "excel_damaged": ("被电子表格改写成数值", "was turned into a number by a spreadsheet"),
    "bad_date": ("是15位旧号,但出生日期不成立,无法升位", "has 15 digits and cannot be upgraded"),
    "other_document": ("是其他证件的样式", "looks like another document"),
    "malformed": ("格式不对,应为18位", "is not of 18 characters"),
}
"""What is wrong, by `identity.resident_id.id_status`, in Chinese and English."""

_OWN_FORMS: Final = {
    "护照": "^[A-Z0-9]{6,12}$",
    "台湾居民来往大陆通行证": "^[A-Z]?[0-9]{8,10}[A-Z]?$",
    "军官证": "[0-9]{4,}",
}
"""Documents whose numbers have a form that the number alone does not tell (data-dictionary §2.1); no check digits."""


@rule(
    "ROLL001",
    "id-missing-or-malformed",
    title="证件号码缺失或格式错误",
    title_en="ID number missing or malformed",
    severity=Severity.HIGH,
    grade=Grade.A,
    key="row_id",
    needs=("roll: name? id_no id_type? remark?",),
    policy=("id.allow_missing_types",),
    message="证件号码{problem}{addition}",
    message_en="The ID number {problem_en}{addition_en}",
    basis=("gb-11643", "social-assistance-interim#58"),
    since="0.1",
)
def id_missing_or_malformed(roll: pl.LazyFrame, *, ctx: RuleContext) -> pl.LazyFrame:
    """名册上没有可用的证件号码:空、占位、位数不对、被遮盖或被电子表格改写。

    ## 查什么
    证件号码去掉空格、引号、全角等书写差异之后,既不是18位(17位数字加数字或X),也不是可以升位的15位旧号。
    证件类型写明是护照、通行证、军官证、出生医学证明等的,按该证件自己的样式看。
    校验码不对由 ROLL002 查,不在这里重复。一行一条疑点。

    ## 为什么
    没有证件号码就无法与死亡、车辆、婚姻等数据比对,这一行在所有按人比对的规则里都是空白,
    看上去没有问题,其实没有查过。公民身份号码的格式见 GB 11643;核对家庭经济状况以身份信息为前提。

    ## 常见误报
    - 弃婴、流浪乞讨、未登记户口、高龄老人确无证件:证件类型写“无证件”或“户口簿”,并在备注写明原因,即不报。
    - 外国人、港澳台居民用其他证件:证件类型写明该证件,按其样式看。
    - 没有证件类型列而号码像护照、通行证:只列为 C 级,补上证件类型即可。

    ## 怎样核实
    - 查户口簿或身份证复印件,补全号码
    - 确无证件的,登记证件类型“无证件”并在备注写明原因(弃婴、流浪乞讨、未登记户口等)
    - 持其他证件的,登记证件类型
    - 号码被电子表格改写的,从原系统以文本格式重新导出

    ## 处理
    退回乡镇窗口补正。该行保留,不因缺号停发;补正之前按人比对的规则对此人不作评估。

    ## 示例
    **特困人员**

    | 姓名 | 身份证号 | 乡镇 | 证件类型 | 备注 |
    |---|---|---|---|---|
    | 王大山 |  | 甲镇 | 居民身份证 |  |
    | 李小河 | 3204821941030500 | 甲镇 | 居民身份证 |  |
    | 小福 |  | 甲镇 | 无证件 | 弃婴,户口正在办理 |

    **疑点**

    | 等级 | 说明 |
    |---|---|
    | A | 缺失 |
    | A | 格式不对 |
    """
    status = pl.col("id_status").fill_null("missing")
    kind = pl.col("id_type")
    without_number = kind.is_in(list(ctx.policy.get("id.allow_missing_types", ctx.month).texts))
    explained = pl.col("remark").is_not_null()
    other = kind.is_not_null() & (kind != "居民身份证")
    own_form = pl.any_horizontal(
        (kind == document) & resident_id.normal("id_no").str.contains(form) for document, form in _OWN_FORMS.items()
    )
    lawful = (without_number & explained) | (other & (status == "other_document")) | own_form
    # 18 characters or a 15-digit number that upgrades; its check character and date are other rules' matter
    formed = resident_id.standard("id_no").is_not_null() & (status != "placeholder")
    untyped = (status == "other_document") & kind.is_null()
    unexplained = without_number.fill_null(value=False)
    return (
        roll.filter(~formed, ~lawful.fill_null(value=False))
        .drop("tier")
        .with_columns(
            pl.col("row_id").alias("subject_row"),
            pl.when(untyped).then(pl.lit("C")).otherwise(pl.lit("A")).alias("grade"),
            status.replace_strict({s: zh for s, (zh, _) in _PROBLEMS.items()}, default=None).alias("problem"),
            status.replace_strict({s: en for s, (_, en) in _PROBLEMS.items()}, default=None).alias("problem_en"),
            pl.when(untyped)
            .then(pl.lit(",但没有写明证件类型"))
            .when(unexplained)
            .then(pl.format(",证件类型为{},但备注没有写明原因", kind))
            .otherwise(pl.lit(""))
            .alias("addition"),
            pl.when(untyped)
            .then(pl.lit("; no document type is given"))
            .when(unexplained)
            .then(pl.lit("; the document type allows that, but no reason is given"))
            .otherwise(pl.lit(""))
            .alias("addition_en"),
            cite("name", "id_no", "id_type", "remark").alias("evidence"),
        )
    )
