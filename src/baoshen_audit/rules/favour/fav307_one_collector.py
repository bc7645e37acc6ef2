"""FAV307 第三人集中代领."""

from __future__ import annotations

from typing import Final

import polars as pl

from baoshen_audit.finding import Grade, Severity, cite, cites
from baoshen_audit.rule import RuleContext, rule
from baoshen_audit.rules import ARRIVED, in_office

_OWNER: Final = ["account_key", "person_key"]
_RELATIVES: Final = ("配偶", "父母", "子", "女", "子女", "儿媳", "女婿", "兄弟姐妹", "祖父母", "孙子女")


@rule(
    "FAV307",
    "one-collector-for-many",
    title="第三人集中代领",
    title_en="One collector for many",
    severity=Severity.MEDIUM,
    grade=Grade.B,
    key="account_key",
    needs=(
        "mandate: account_no id_no collector_id? relation? is_institution? valid_from? valid_to?",
        "payment: account_no entitlement_month amount_paid result?",
        "cadre_roster?: account_no term_start? term_end?",
    ),
    message="同一账户经授权代领{households}户的救助款,当月共{collected:元}元{relatives}",
    message_en="One account collects for {households} households under mandates this month",
    basis=("social-assistance-interim#5", "county-audits"),
    since="0.1",
)
def one_collector(
    mandate: pl.LazyFrame,
    payment: pl.LazyFrame,
    cadre_roster: pl.LazyFrame,
    *,
    ctx: RuleContext,
    min_households: int = 3,
) -> pl.LazyFrame:
    """代领授权与当月发放明细的比对。

    ## 查什么
    核查月有 `min_households` 户以上的救助款凭代领授权进入同一个非机构账户。一个账户一条疑点,列出授权和各笔发放。
    没有授权而共用账户的由 DUP110 报告,账户是在任干部的由 FAV306 报告,这里不再报。

    ## 为什么
    社会化发放要求发到本人账户。代领有授权是合规的;一个人替许多户代领,要看钱是不是真正到了各户手里。

    ## 常见误报
    - 村会计受托替行动不便的老人代领:有授权,核实到手即可。
    - 子女替父母和岳父母代领:受托人都是亲属的,降为 C 级。
    - 敬老院、福利院的集中账户:授权中注明机构账户的不报。
    - 授权已过期的按没有授权处理(DUP110)。

    ## 怎样核实
    - 逐户查授权书是否本人所签、是否还有效
    - 入户或电话核实款项是否按月到手
    - 看能否改为本人的社保卡

    ## 处理
    款项确已到手的,引导改用本人账户或续签授权;没有到手的,按规定移交核查。

    ## 示例
    **特困人员**

    | 姓名 | 身份证号 | 乡镇 |
    |---|---|---|
    | 3×老# | {老#} | 甲镇 |

    **发放明细**

    | 救助项目 | 姓名 | 身份证号 | 银行账号 | 发放月份 | 实发 | 发放结果 |
    |---|---|---|---|---|---|---|
    | 3×特困 | 老# | {老#} | 6217240000000000011 | 2026-06 | 1326 | 成功 |

    **代领授权**

    | 委托人 | 委托人身份证号 | 受托人 | 受托人身份证号 | 关系 | 账户 | 委托起 | 委托止 |
    |---|---|---|---|---|---|---|---|
    | 3×老# | {老#} | 周一 | {周一} | 其他 | 6217240000000000011 | 2025-01-01 | 2027-12-31 |

    **疑点**

    | 等级 | 月份 | 说明 |
    |---|---|---|
    | B | 2026-06 | 同一账户经授权代领3户的救助款,当月共3978.00元 |
    """
    valid = mandate.filter(
        pl.col("valid_from").fill_null(ctx.as_of) <= ctx.as_of, pl.col("valid_to").fill_null(ctx.month) >= ctx.month
    )
    given = (
        valid.filter(pl.col("person_key").is_not_null(), pl.col("account_key").is_not_null())
        .sort(*_OWNER, "row_id")
        .group_by(_OWNER, maintain_order=True)
        .agg(
            pl.col("relation").is_in(_RELATIVES).any().fill_null(value=False).alias("kin"),
            cite("name", "id_no", "collector_name", "collector_id", "relation", "account_no", "valid_from", "valid_to")
            .explode()
            .alias("mandate_cells"),
        )
    )
    return (
        payment.filter(ARRIVED, pl.col("entitlement_month") == ctx.month, pl.col("amount_paid") > 0)
        .join(valid.filter("is_institution"), on="account_key", how="anti")
        .join(cadre_roster.filter(in_office(ctx)), on="account_key", how="anti")
        .join(given, on=_OWNER)
        # a person's own household is one, however many of its members are paid
        .with_columns(pl.coalesce("home_key", pl.format("P{}", "person_key")).alias("home"))
        .sort("account_key", "row_id")
        .group_by("account_key", maintain_order=True)
        .agg(
            pl.col("home").n_unique().cast(pl.Int64).alias("households"),
            pl.col("amount_paid").sum().alias("collected"),
            pl.col("kin").all(),
            pl.col("row_id").first().alias("subject_row"),
            pl.col("tier").max(),
            pl.col("mandate_cells").filter(pl.col("person_key").is_first_distinct()).explode(),
            cite("name", "id_no", "account_no", "entitlement_month", "amount_paid").explode().alias("paid_cells"),
        )
        .filter(pl.col("households") >= min_households)
        .with_columns(
            pl.when("kin").then(pl.lit("C")).alias("grade"),
            pl.when("kin").then(pl.lit(",受托人登记为各户的亲属")).otherwise(pl.lit("")).alias("relatives"),
            pl.concat_list(pl.lit(ctx.month)).alias("months"),
            pl.col("account_key").alias("counterpart"),
            cites(pl.col("mandate_cells"), pl.col("paid_cells")).alias("evidence"),
        )
    )
