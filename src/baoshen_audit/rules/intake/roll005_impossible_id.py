"""ROLL005 证件出生日期或地区码不可能."""

from __future__ import annotations

from typing import Final

import polars as pl

from baoshen_audit.finding import Grade, Severity, cite
from baoshen_audit.identity import region as areas
from baoshen_audit.identity import resident_id
from baoshen_audit.rule import RuleContext, rule

_PROVINCES: Final = "^(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|9)"
"""First digits of GB/T 2260; residence permits of Hong Kong, Macao, Taiwan (81-83) and of foreigners (9) included."""


@rule(
    "ROLL005",
    "impossible-birth-or-area",
    title="证件出生日期或地区码不可能",
    title_en="Impossible birth date or region in ID",
    severity=Severity.HIGH,
    grade=Grade.A,
    key="row_id",
    needs=("roll: name? id_no", "region?: region_code"),
    message="证件号码校验码正确,但{what}",
    message_en="The check character of the ID number is right, but {what_en}",
    basis=("gb-11643", "gb-2260"),
    since="0.1",
)
def impossible_birth_or_area(
    roll: pl.LazyFrame, region: pl.LazyFrame, *, ctx: RuleContext, max_age: int = 120
) -> pl.LazyFrame:
    """校验码正确的证件号码里,出生日期不存在、在将来、超过高龄上限,或地区码从未有过。

    ## 查什么
    证件号码第7-14位不是一个日期、晚于核查日、周岁超过 `max_age`;前六位不在现行和已停用的区划代码内。
    只看校验码正确的号码:校验码不对的由 ROLL002 查,15位旧号日期不成立的由 ROLL001 查,同一事实不报两次。

    ## 为什么
    这样的号码通得过校验,会参加全部比对,却不可能是签发的号码,多半是编的或录错后碰巧通过。

    ## 常见误报
    - 区划代码终身有效:已撤销的县市代码是正常的,不要求与现住地一致,也不要求出生时已启用。
    - 农历2月30日一类日期:早年确有照此签发的,只列为 C 级。
    - 地区码不在名单内但省码正确:名单可能不全,只列为 C 级;交来“行政区划代码”表后以该表为准。
    - 港澳台居民居住证(81、82、83开头)和外国人永久居留身份证(9开头)不查地区码。

    ## 怎样核实
    - 对照户口簿或身份证原件
    - 地区码不识的,查出生或首次办证时的县市代码
    - 原件确实如此的,请公安部门出具证明

    ## 处理
    按户口簿更正号码。不得用地区码推断现住地。

    ## 示例
    **特困人员**

    | 姓名 | 身份证号 | 乡镇 |
    |---|---|---|
    | 王大山 | 320482189503050011 | 甲镇 |
    | 李小河 | {乙:1950-02-03女} | 甲镇 |

    **疑点**

    | 等级 | 说明 |
    |---|---|
    | A | 推算已131岁 |
    """
    number = resident_id.standard("id_no")
    known = region.select(pl.col("region_code").str.slice(0, 6).alias("area"), pl.lit(value=True).alias("listed"))
    today = ctx.as_of.year * 10000 + ctx.as_of.month * 100 + ctx.as_of.day
    years = (today - pl.col("written").cast(pl.Int64)) // 10000
    real = pl.col("written").str.to_date("%Y%m%d", strict=False).is_not_null()
    lunar = ~real & pl.col("written").str.contains("02(?:29|30)$")
    resident = ~pl.col("id_no").str.contains("^(?:8[123]|9)")
    unknown = (
        resident & (areas.area_remark("area", pl.lit(None, dtype=pl.Date)) == "unknown") & pl.col("listed").is_null()
    )
    no_province = ~pl.col("number").str.contains(_PROVINCES)
    tests = (
        (~real, pl.lit("出生日期不存在"), pl.lit("its birth date does not exist")),
        (real & (years < 0), pl.lit("出生日期在核查日之后"), pl.lit("its birth date lies in the future")),
        (
            real & (years > max_age),
            pl.format("推算已{}岁", years),
            pl.format("it makes its holder {} years old", years),
        ),
        (unknown | no_province, pl.lit("地区码不在现行和停用的区划代码内"), pl.lit("its area code is in no list")),
    )
    proof = (~real & ~lunar) | (years < 0) | (years > max_age) | no_province
    return (
        roll.filter(pl.col("id_no").str.len_chars() == 18, resident_id.packed("id_no").is_not_null())
        .with_columns(number.alias("number"))
        .with_columns(pl.col("number").str.slice(6, 8).alias("written"), pl.col("number").str.slice(0, 6).alias("area"))
        .join(known.unique("area"), on="area", how="left")
        .filter(pl.any_horizontal(test for test, _, _ in tests))
        .with_columns(
            pl.col("row_id").alias("subject_row"),
            pl.concat_list(pl.when(test).then(zh) for test, zh, _ in tests)
            .list.drop_nulls()
            .list.join("、")
            .alias("what"),
            pl.concat_list(pl.when(test).then(en) for test, _, en in tests)
            .list.drop_nulls()
            .list.join(", ")
            .alias("what_en"),
            pl.when(proof).then(pl.lit("A")).otherwise(pl.lit("C")).alias("grade"),
            cite("name", "id_no").alias("evidence"),
        )
        .drop("tier", "number", "written", "area", "listed")
    )
