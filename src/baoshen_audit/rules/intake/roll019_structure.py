"""ROLL019 表结构与编码残留."""

from __future__ import annotations

from typing import Final

import polars as pl

from baoshen_audit.finding import Grade, Severity, cite
from baoshen_audit.rule import RuleContext, rule

_BROKEN: Final = r"[\x{FFFD}□]|锟斤拷|烫烫|Ã|Â|ä¸"
"""What a header looks like that was read in another encoding than it was written in."""


@rule(
    "ROLL019",
    "sheet-residue",
    title="表结构与编码残留",
    title_en="Sheet structure and encoding residue",
    severity=Severity.INFO,
    grade=Grade.INFO,
    key="table_id",
    needs=("sheet",),
    message="{title}:{what}",
    message_en="{table}: {what_en}",
    basis=("baoshen-defaults",),
    since="0.1",
)
def sheet_residue(sheet: pl.LazyFrame, *, ctx: RuleContext) -> pl.LazyFrame:
    """读入名册和业务表时略去了哪些行、哪些栏没有用上、读取程序作了什么处理。

    ## 查什么
    空行以外被略去的行(合计、小计、签章、重复表头、重复标题)及行数;没有对应到任何栏目的表头;
    读取时的处理(合并单元格、隐藏行列、编码等);表头里的乱码。一张表一条提示,不针对任何人。

    ## 为什么
    合计行当成人会凭空多出一户;没有认出的表头可能正是要比对的栏目。略去了什么,必须让人看得见。

    ## 常见误报
    - 办公用表都有标题、合计和签章,略去是正常的,看一眼行数对不对即可。
    - 本地自定义的栏目没有用上,不影响核查。

    ## 怎样核实
    - 略去的行数与表中合计、签章行数是否一致
    - 没有用上的表头里,有没有应当使用的栏目;有的在配置里指定
    - 表头乱码的,用 UTF-8 或 GB18030 重新导出

    ## 处理
    需要时在读入配置中指定表头,重新核查。不必修改名册。

    ## 示例
    **特困人员**

    | 姓名 | 身份证号 | 乡镇 | 帮扶干劲 |
    |---|---|---|---|
    | 王大山 | {甲:1941-03-05男} | 甲镇 | 高 |
    | 合计1人 | | | |
    | 填表人:李小河 | | | |

    **疑点**

    | 等级 | 说明 |
    |---|---|
    | info | 没有用上的表头:帮扶干劲 |
    """
    dropped = pl.col("dropped").list.eval(pl.element().filter(~pl.element().str.starts_with("空行")))
    broken = pl.col("unmapped").list.eval(pl.element().str.contains(_BROKEN)).list.any()
    tests = (
        (dropped, "略去", "left out"),
        (pl.col("unmapped"), "没有用上的表头:", "headers not used"),
        (pl.col("notes"), "", "notes"),
    )
    zh = [
        pl.when(said.list.len() > 0).then(pl.concat_str(pl.lit(word), said.list.join("、"))) for said, word, _ in tests
    ]
    en = [
        pl.when(said.list.len() > 0).then(pl.format("{} {}", said.list.len(), pl.lit(word))) for said, _, word in tests
    ]
    zh.append(pl.when(broken).then(pl.lit("表头有乱码")))
    en.append(pl.when(broken).then(pl.lit("broken characters in the header")))
    return (
        sheet.with_columns(
            pl.concat_list(zh).list.drop_nulls().list.join(";").alias("what"),
            pl.concat_list(en).list.drop_nulls().list.join("; ").alias("what_en"),
            cite("name", "id_no", row="first_row").alias("evidence"),
        )
        .filter(pl.col("what") != "")
        .sort("table_id", "source_id")
        .unique(["table_id", "what"], keep="first", maintain_order=True)
    )
