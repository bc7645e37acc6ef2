"""FEED024 政策参数缺失或失效."""

from __future__ import annotations

import polars as pl

from baoshen_audit.finding import Grade, Severity
from baoshen_audit.rule import RuleContext, rule


# This rule declares no policy values of its own: the gaps it reads are those of the values that the selected rules
# declare. A value it declared itself would make it "not evaluable" exactly when it has something to say. Values that
# the pipeline needs for every scan (`casework.reply_days`, `feed.max_age_days`) come from the national pack.
@rule(
    "FEED024",
    "policy-value-missing",
    title="政策参数缺失或失效",
    title_en="Policy parameter missing for the period",
    severity=Severity.HIGH,
    grade=Grade.INFO,
    key="run",
    needs=("policy_gap",),
    message="{missing},以下规则不作评估:{rules}",
    message_en="No value in force for {policy_key} in {month:月}; not evaluated: {rules}",
    basis=("social-assistance-interim#10",),
    since="0.1",
)
def policy_value_missing(policy_gap: pl.LazyFrame, *, ctx: RuleContext) -> pl.LazyFrame:
    """所选规则要用的政策参数,在核查月没有有效值。

    ## 查什么
    每条规则声明它要用的政策参数(标准、取整方式、宽限等)。某项参数按地区、城乡类别、月份没有有效值的,
    列出这项参数和因此不能评估的规则。一项参数一条提示,不针对任何人。

    ## 为什么
    标准由省或设区的市公布,逐年调整。没有当期标准时沿用旧标准会把全县的金额算错,
    所以缺值的规则停下来,其余规则照常。

    ## 常见误报
    - 提标文件追溯执行:按执行月份登记(from),不是按发文日期,补登后过去月份自动有值。
    - 旧标准写了截止月份(to)而新标准已经公布:补登新标准即可。
    - 全国、省、市已有统一规定的,县级不必重复登记。

    ## 怎样核实
    - 查该参数当期的文件、文号和执行月份
    - 旧值是否过早写了截止月份
    - 是否应由上级统一规定

    ## 处理
    把当期的值连同依据写入本单位的政策文件,用 --policy 加入后重新核查。

    ## 示例
    地区: 320481
    规则: ERR218

    ```toml
    [pack]
    region = "320481"
    area = "示例市"

    [[citation]]
    id = "example-320481"
    title = "虚构示例"
    issuer = "示例市"
    issued = "2026"
    kind = "example"

    [[value]]
    key = "dibao.standard"
    urban_rural = "城市"
    from = "2025-07"
    is = 102000
    unit = "分/人月"
    cite = "example-320481"
    checked_on = 2026-06-01
    status = "unconfirmed"

    [[value]]
    key = "dibao.rounding"
    from = "2025-07"
    is = "ceil_yuan"
    unit = "代码"
    cite = "example-320481"
    checked_on = 2026-06-01
    status = "unconfirmed"
    ```

    **低保家庭**

    | 户编号 | 户主姓名 | 户主身份证号 | 乡镇 | 家庭人口 |
    |---|---|---|---|---|
    | D001 | 王大山 | {甲:1961-03-05男} | 甲镇 | 1 |

    **疑点**

    | 等级 | 月份 | 说明 |
    |---|---|---|
    | info | 2026-06 | 低保标准(dibao.standard,农村)2026-06 无有效值,以下规则不作评估:ERR218 |
    """
    month = pl.lit(ctx.month)
    return policy_gap.with_columns(
        month.alias("month"),
        pl.concat_list(month).alias("months"),
        # the key with its dimensions, as it stands in brackets, and not the month: next month it is the same finding
        pl.col("missing").str.extract(r"\(([^()]+)\)").fill_null(pl.col("policy_key")).alias("counterpart"),
    )
