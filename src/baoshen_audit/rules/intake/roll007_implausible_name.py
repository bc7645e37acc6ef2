"""ROLL007 姓名异常."""

from __future__ import annotations

from typing import Final

import polars as pl

from baoshen_audit.finding import Grade, Severity, cite
from baoshen_audit.rule import RuleContext, rule

_PLACEHOLDER: Final = r"^(?:测试.*|无名氏?|未知|不详|待定|待补|暂无|[Xx×*＊某]+|.[某×*＊]{1,2}|.[Xx]{1,2})$"
_ROLE: Final = "合计|小计|总计|户主|户数|人数|^(?:本人|配偶|长子|次子|长女|次女|儿子|女儿|父亲|母亲)$"
_BROKEN: Final = r"[?□■◇\x{FFFD}]|锟斤拷|烫烫|屯屯"
_SEVERAL: Final = r"[\x{4E00}-\x{9FFF}][、,;/+&][\x{4E00}-\x{9FFF}]"
_DOTS: Final = "[•.・･‧∙⋅﹒]"

_STRONG: Final = (
    ("is_null", "是空白", "is empty"),
    (_PLACEHOLDER, "是占位内容,不是姓名", "is a placeholder"),
    (_ROLE, "是合计或称谓字样,不是姓名", "is a total or a role, not a name"),
    ("[0-9]", "含有数字", "holds digits"),
    (_BROKEN, "含有乱码字符", "holds broken characters"),
    (_SEVERAL, "一格写了几个姓名", "holds several names"),
    ("^.{21,}$", "超过20个字", "is longer than 20 characters"),
)
_WEAK: Final = (
    ("^.$", "只有一个字", "is one character"),
    (r"[()〔〕\[\]]", "带有括号说明", "holds a remark in brackets"),
    (rf"[\x{{4E00}}-\x{{9FFF}}]{_DOTS}[\x{{4E00}}-\x{{9FFF}}]", "的间隔号应写作“·”", "has another dot than ·"),
)


@rule(
    "ROLL007",
    "implausible-name",
    title="姓名异常",
    title_en="Implausible name",
    severity=Severity.MEDIUM,
    grade=Grade.B,
    key="row_id",
    needs=("roll: name id_no? id_type? remark?",),
    message="姓名{what}",
    message_en="The name {what_en}",
    basis=("baoshen-defaults",),
    since="0.1",
)
def implausible_name(roll: pl.LazyFrame, *, ctx: RuleContext) -> pl.LazyFrame:
    """名册的姓名栏不是一个人的姓名,或写法会妨碍比对。

    ## 查什么
    姓名为空、占位(测试、无名氏、某某)、合计或称谓字样、含数字、乱码(□、?)、一格几个姓名、超过20字的,列为 B 级;
    只有一个字、带括号说明、间隔号写法不同的,列为 C 级。字间空格、全角不算异常。一行一条疑点。

    ## 为什么
    姓名与证件号码一起确认是不是同一个人。姓名不可用,与其他数据的比对全部降级;合计行被当成人,人数和金额都会算错。

    ## 常见误报
    - 少数民族、外国人姓名较长,含间隔号或外文字母:不报。
    - 单姓单名写成一个字的极少,先看是否漏字:只列为 C 级。
    - 流浪乞讨、弃婴登记为“无名氏”的,证件类型为无证件并在备注写明原因:只列为 C 级。
    - 生僻字用 GBK 导出会变成“?”:改用 GB18030 或 UTF-8 重新导出。

    ## 怎样核实
    - 对照户口簿或身份证更正
    - 乱码的,从原系统用 GB18030 或 UTF-8 编码重新导出
    - 曾用名、代领人等写到备注或专门的栏

    ## 处理
    更正姓名。该行保留,不因姓名写法停发。

    ## 示例
    **特困人员**

    | 姓名 | 身份证号 | 乡镇 |
    |---|---|---|
    | 王?山 | {甲:1941-03-05男} | 甲镇 |
    | 李小河、赵长水 | {乙:1950-02-03女} | 甲镇 |
    | 买买提·吐尔逊 | {丙:1948-08-20男} | 甲镇 |

    **疑点**

    | 等级 | 说明 |
    |---|---|
    | B | 乱码 |
    | B | 几个姓名 |
    """
    name = pl.col("name")
    tests = [
        (
            (name.is_null() if pattern == "is_null" else name.str.contains(pattern)).fill_null(value=False),
            zh,
            en,
            strong,
        )
        for group, strong in ((_STRONG, True), (_WEAK, False))
        for pattern, zh, en in group
    ]
    strong = pl.any_horizontal(test for test, _, _, is_strong in tests if is_strong)
    # a person nobody can name, registered as such with the reason
    nameless = name.str.contains("^无名氏?$") & (pl.col("id_type") == "无证件") & pl.col("remark").is_not_null()
    return (
        roll.filter(pl.any_horizontal(test for test, _, _, _ in tests))
        .drop("tier")
        .with_columns(
            pl.col("row_id").alias("subject_row"),
            pl.concat_list(pl.when(t).then(pl.lit(zh)) for t, zh, _, _ in tests)
            .list.drop_nulls()
            .list.first()
            .alias("what"),
            pl.concat_list(pl.when(t).then(pl.lit(en)) for t, _, en, _ in tests)
            .list.drop_nulls()
            .list.first()
            .alias("what_en"),
            pl.when(strong & ~nameless.fill_null(value=False)).then(pl.lit("B")).otherwise(pl.lit("C")).alias("grade"),
            cite("name", "id_no").alias("evidence"),
        )
    )
