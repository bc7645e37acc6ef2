"""ROLL004 证件号码被电子表格损坏."""

from __future__ import annotations

import polars as pl

from baoshen_audit.finding import Grade, Severity, cite
from baoshen_audit.rule import RuleContext, rule


@rule(
    "ROLL004",
    "spreadsheet-damaged-ids",
    title="证件号码被电子表格损坏",
    title_en="Spreadsheet-damaged ID numbers",
    severity=Severity.HIGH,
    grade=Grade.A,
    key="table_id",
    needs=("entry: name? id_no",),
    message="{damaged}个证件号码被电子表格改写成数值,占{percent}%{addition}",
    message_en="{damaged} ID numbers ({percent}%) were turned into numbers by a spreadsheet",
    basis=("gb-11643",),
    since="0.1",
)
def spreadsheet_damaged_ids(
    entry: pl.LazyFrame, *, ctx: RuleContext, ends000_percent: int = 3, ends000_rows: int = 3, shown: int = 5
) -> pl.LazyFrame:
    """一张表的证件号码栏被电子表格当成数字保存,末几位已经丢失。

    ## 查什么
    号码写成科学计数(3.20482E+17)或带小数点;或者末三位为000、校验码又不对的号码不少于 `ends000_rows` 个,
    且超过不以X结尾的号码的 `ends000_percent`%。末位为X的号码以文本保存,往往完好,所以损坏的表看上去只坏了一半。
    一张表一条疑点;逐行的号码问题由 ROLL001、ROLL002 查。

    ## 为什么
    电子表格只保留15位有效数字,18位号码的末三位变成000,再也找不回来。整张表的人都比对不上,
    在按人比对的规则里看上去没有问题,其实没有查过。

    ## 常见误报
    - 个别号码本来就以000结尾:校验码正确的不算损坏。
    - 号码前面有撇号、等号、空格:内容完好,不报。

    ## 怎样核实
    - 打开原文件,看证件号码一栏是否为数值格式
    - 从业务系统按文本格式重新导出,或导出为 CSV
    - 不要凭前15位推算末三位

    ## 处理
    退回重新导出后再核查。损坏的号码不作为任何比对的依据,行保留。

    ## 示例
    **特困人员**

    | 姓名 | 身份证号 | 乡镇 |
    |---|---|---|
    | 王大山 | 3.20482E+17 | 甲镇 |
    | 李小河 | 32048219500203102X | 甲镇 |

    **疑点**

    | 等级 | 说明 |
    |---|---|
    | A | 1个证件号码被电子表格改写成数值,占50% |
    """
    damaged = (pl.col("id_status") == "excel_damaged").fill_null(value=False)
    cut = damaged & pl.col("id_no").str.contains("^[0-9]{15}000$").fill_null(value=False)
    plain = pl.col("id_no").is_not_null() & ~pl.col("id_no").str.ends_with("X")
    return (
        entry.filter(~pl.col("twin"), pl.col("id_no").is_not_null())
        .sort("table_id", "row_id")
        .group_by("table_id", maintain_order=True)
        .agg(
            pl.len().alias("numbers"),
            damaged.sum().cast(pl.Int64).alias("damaged"),
            cut.sum().alias("cut"),
            plain.sum().alias("plain"),
            cite("name", "id_no").filter(damaged).head(shown).explode().alias("evidence"),
        )
        .filter(
            (pl.col("damaged") > pl.col("cut"))
            | ((pl.col("cut") >= ends000_rows) & (pl.col("cut") * 100 > pl.col("plain") * ends000_percent))
        )
        .with_columns(
            (pl.col("damaged") * 100 // pl.col("numbers")).alias("percent"),
            pl.when((pl.col("damaged") == pl.col("plain")) & (pl.col("plain") > 1))
            .then(pl.lit(",除末位为X的号码外全部如此"))
            .otherwise(pl.lit(""))
            .alias("addition"),
        )
    )
