"""ERR212 银行存款等货币资产超标."""

from __future__ import annotations

import polars as pl

from baoshen_audit.finding import Grade, Severity, cites
from baoshen_audit.rule import RuleContext, rule
from baoshen_audit.rules.means import band, deposits, financial_limit, ledger, persons


@rule(
    "ERR212",
    "deposits-above-limit",
    title="银行存款等货币资产超标",
    title_en="Deposits above the limit",
    severity=Severity.MEDIUM,
    grade=Grade.B,
    key="household_key",
    needs=(
        "roll: name? id_no relation? status? family_size?",
        "bank: balance balance_avg? as_of? account_no? deposit_kind?",
        "exemption?: kind item? doc_no? valid_from? valid_to?",
    ),
    policy=("asset.financial.months", "asset.financial.exemption_kinds", "dibao.standard"),
    message="家庭成员名下存款的{days}超过{n}人的限额(为限额的{band}),豁免台账中没有当月有效的记录",
    message_en="Deposits of counted members exceed the limit for {n} person(s); no exemption is valid for the month",
    basis=("social-assistance-interim#9", "social-assistance-interim#58", "asset-rules-local"),
    since="0.1",
)
def deposits_above_limit(
    roll: pl.LazyFrame,
    bank: pl.LazyFrame,
    exemption: pl.LazyFrame,
    *,
    ctx: RuleContext,
) -> pl.LazyFrame:
    """银行存款数据与低保、低保边缘家庭的比对。

    ## 查什么
    计入保障的家庭成员的存款,核对日余额合计和近期月均余额合计都超过限额(人均限额乘家庭人口)。人均限额为城市低保标准的
    若干个月,月数取政策参数。只有核对日余额、没有月均余额的为 C 级。一户一条疑点。

    ## 为什么
    《社会救助暂行办法》第九条要求家庭财产状况符合规定;第五十八条规定可以根据授权查询银行存款。限额由各地规定。

    ## 常见误报
    - 赔偿款、拆迁款、医疗捐款:豁免台账有当月有效记录的不计;台账写明账户尾号的只免该账户。
    - 代村集体、代被监护人保管的存款,刚发放的贷款,过手的捐款:核对日余额高而月均余额不高的不报。
    - 同一账户报送几次:只取最近一天,同一账户计一次。
    - 存款人是依法不计入家庭人口的成员:不计;同名不同人:只按证件号关联。

    ## 怎样核实
    - 请家庭说明存款来源,查近六个月流水
    - 查是否属于赔偿、拆迁、售房、医疗捐款等可以豁免的款项,补办豁免登记
    - 查是否代他人或集体保管

    ## 处理
    由主管部门按本地财产规定认定;属于可豁免款项的补办台账。疑点只写超过限额的档次,不写余额。

    ## 示例
    **低保家庭**

    | 户编号 | 户主姓名 | 户主身份证号 | 乡镇 | 家庭人口 | 状态 |
    |---|---|---|---|---|---|
    | H1 | 王一山 | {甲} | 甲镇 | 1 | 在保 |

    **银行存款**

    | 户名 | 证件号 | 账号 | 余额 | 月均余额 | 截止日 |
    |---|---|---|---|---|---|
    | 王一山 | {甲} | 6217********1234 | 86000 | 80000 | 2026-06-15 |

    **疑点**

    | 等级 | 金额 | 月份 | 说明 |
    |---|---|---|---|
    | B | | 2026-06 | 核对日余额和月均余额超过1人的限额(为限额的2至5倍) |
    """
    limit = pl.col("n") * financial_limit(ctx)
    averaged = pl.col("average").is_not_null()
    return (
        deposits(bank, exemption, roll, ctx)
        .join(persons(roll), on="household_key")
        .filter(pl.col("balance") > limit, ~averaged | (pl.col("average") > limit))
        .join(ledger(exemption), on="household_key", how="left")
        .with_columns(
            pl.lit([ctx.month]).alias("months"),
            pl.when(averaged).then(pl.lit("核对日余额和月均余额")).otherwise(pl.lit("核对日余额")).alias("days"),
            pl.when(averaged).then(pl.lit("B")).otherwise(pl.lit("C")).alias("grade"),
            band(pl.min_horizontal("balance", "average"), limit).alias("band"),
            pl.lit("限额为人均限额乘家庭人口,由主管部门按财产规定认定").alias("formula"),
            cites(pl.col("cells"), pl.col("ledger_cells").fill_null([])).alias("evidence"),
        )
    )
