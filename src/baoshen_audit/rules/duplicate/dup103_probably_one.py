"""DUP103 同册疑似同一人(无共同证号)."""

from __future__ import annotations

import polars as pl

from baoshen_audit.finding import Grade, Severity, cite, cites
from baoshen_audit.rule import RuleContext, rule
from baoshen_audit.rules import titled


@rule(
    "DUP103",
    "probably-one-person",
    title="同册疑似同一人(无共同证号)",
    title_en="Probable same person without a shared ID",
    severity=Severity.MEDIUM,
    grade=Grade.C,
    key="person_key",
    needs=("twin: name id_no? birth_date? sex? town? village? address? phone? account_no? status?",),
    message="{roll}名册中两行在保可能是同一人,没有共同证号:{reason}",
    message_en="Two active rows of the {programme} roll may be one person, without a shared number: {reason_en}",
    basis=("baoshen-defaults",),
    since="0.1",
    states_grade=True,
)
def probably_one_person(twin: pl.LazyFrame, *, ctx: RuleContext, min_agreements: int = 2) -> pl.LazyFrame:
    """一个项目的名册中有两行在保,至少一行没有完整的证件号码,姓名之外还有几处相同。

    ## 查什么
    姓名相同或音形相近,并且出生日期、村、住址、电话、账号中至少 `min_agreements` 处相同;有多像由人员关联计算,
    姓名越常见,要求越高。同一账号的为 B 级,其余为 C 级。只有姓名相同的不报。

    ## 为什么
    没有证件号码的人,系统不查重。

    ## 常见误报
    - 常见姓名、同宗同辈起名相近的人。
    - 父子同音,住址、电话、账号都相同。
    - 双胞胎:出生日期、住址都相同,名字只差一字。
    - 两行都有有效号码而号码不同的,是两个人,不报。

    ## 怎样核实
    - 先在办公室核对档案,有第二个来源印证之前不要联系家庭
    - 补齐没有号码的一行的证件号码
    - 查两行的发放账户

    ## 处理
    是同一人的合并;不是的,补上号码。

    ## 示例
    **特困人员**

    | 姓名 | 身份证号 | 性别 | 出生日期 | 乡镇 | 村(居) | 状态 | 银行账号 |
    |---|---|---|---|---|---|---|---|
    | 欧阳望岳 | {甲:1939-07-01男} | 男 | 1939-07-01 | 甲镇 | 东村 | 在保 | 6217240000000001018 |
    | 欧阳望岳 | | 男 | 1939-07-01 | 甲镇 | 东村 | 在保 | 6217240000000001018 |
    | 60×钱路# | {路#} | 男 | | 甲镇 | 西村 | 在保 | |

    **疑点**

    | 等级 | 月份 | 说明 |
    |---|---|---|
    | B | 2026-06 | 特困人员名册中两行在保可能是同一人,没有共同证号 |
    """
    weak = (pl.col("how") == "likely") & pl.col("tier").is_in(["M4", "M5"])
    return twin.filter(weak, pl.col("agreements") >= min_agreements).with_columns(
        pl.col("row_id").alias("subject_row"),
        titled("programme").alias("roll"),
        pl.concat_str("programme", "other_town", separator="|", ignore_nulls=True).alias("counterpart"),
        pl.when("same_account").then(pl.lit("B")).otherwise(pl.lit("C")).alias("grade"),
        pl.concat_list(pl.lit(ctx.month)).alias("months"),
        cites(
            cite("name", "id_no", "birth_date", "town", "village", "address", "phone", "account_no", "status"),
            cite(
                "name", "id_no", "birth_date", "town", "village", "address", "phone", "account_no", "status",
                row="other_row_id",
            ),
        ).alias("evidence"),
    )  # fmt: skip
