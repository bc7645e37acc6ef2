"""FAV306 救助金进入干部、经办人账户."""

from __future__ import annotations

import polars as pl

from baoshen_audit.finding import Grade, Severity, cite, cites
from baoshen_audit.rule import RuleContext, rule
from baoshen_audit.rules import ARRIVED, in_office

_OWNER = ["account_key", "person_key"]


@rule(
    "FAV306",
    "paid-to-official-account",
    title="救助金进入干部、经办人账户",
    title_en="Money paid to an official's account",
    severity=Severity.HIGH,
    grade=Grade.A,
    key="account_key",
    needs=(
        "payment: account_no entitlement_month amount_paid result? account_name?",
        "cadre_roster: account_no post? employer? term_start? term_end?",
        "mandate?: account_no collector_id? is_institution? valid_from? valid_to?",
        "orphan?: guardian_id?",
    ),
    message="{n}个月的救助款进入在任{posts}名下登记的账户,共{amount:元}元;未见有效的代领授权、监护关系",
    message_en="Relief of {n} month(s) went to the registered account of an official in office; "
    "no valid mandate or guardianship is recorded",
    basis=("social-assistance-interim#66", "social-assistance-interim#67"),
    since="0.1",
)
def paid_to_official_account(
    payment: pl.LazyFrame,
    cadre_roster: pl.LazyFrame,
    mandate: pl.LazyFrame,
    orphan: pl.LazyFrame,
    *,
    ctx: RuleContext,
) -> pl.LazyFrame:
    """发放明细与干部、经办人员名册登记账户的比对。

    ## 查什么
    近一年成功发放的救助款,收款账户就是在任干部、经办人员登记的账户,而领款人不是干部本人或同户家庭成员,
    也没有有效的代领授权或监护关系。一个账户和一名领款人为一条疑点,列出每一笔发放。

    ## 为什么
    社会化发放要求发到对象本人账户。款项进入干部账户是事实(A 级),不说明款项被占用:
    可能是受托代领而没有办手续。有没有问题由县级核实后认定。

    ## 常见误报
    - 登记了代领授权(写明账户)的不报;干部是孤儿登记的监护人的不报。
    - 干部本人或同户家庭成员享受、发到本户账户的不报,由 FAV301 报告。
    - 账号录错、银行退回的不计;机构账户不计。
    - 任职以前发放的、任期已满的干部不报。
    - 这样的账户不再由 DUP110(一个账户对应多户)重复报告。

    ## 怎样核实
    - 当日电话联系领款人,核实款项是否到手、由谁领取
    - 查代领授权书或监护证明是否存在而未登记
    - 向银行核对账户户名,排除账号录错
    - 干部名册登记的账户是否仍为其本人使用

    ## 处理
    改发到对象本人账户或补办代领授权;款项没有到手的,按规定移交有权机关核查。

    ## 示例
    **特困人员**

    | 姓名 | 身份证号 | 乡镇 | 状态 |
    |---|---|---|---|
    | 钱有粮 | {丙:1946-07-01男} | 甲镇 | 在保 |

    **发放明细**

    | 救助项目 | 姓名 | 身份证号 | 银行账号 | 发放月份 | 实发 | 发放结果 |
    |---|---|---|---|---|---|---|
    | 特困 | 钱有粮 | {丙} | 6217240000000000011 | 2026-05 | 1326 | 成功 |
    | 特困 | 钱有粮 | {丙} | 6217240000000000011 | 2026-06 | 1326 | 成功 |

    **干部、经办人员名册**

    | 姓名 | 身份证号 | 工作单位 | 职务 | 工资账户 | 任期起 | 任期止 |
    |---|---|---|---|---|---|---|
    | 王一山 | {甲} | 甲镇乙村 | 村会计 | 6217240000000000011 | 2024-01-01 | 2026-12-31 |

    **疑点**

    | 等级 | 金额 | 月份 | 说明 |
    |---|---|---|---|
    | A | 2652 | 2026-05、2026-06 | 2个月的救助款进入在任村会计名下登记的账户 |
    """
    officials = cadre_roster.filter(pl.col("account_key").is_not_null(), in_office(ctx)).select(
        "account_key", "home_key", "term_start",
        pl.col("person_key").alias("official_key"),
        pl.col("post").fill_null("干部").alias("post"),
        pl.col("row_id").alias("roster_row"),
        cite("name", "id_no", "employer", "post", "account_no", "term_start", "term_end").alias("roster_cells"),
    )  # fmt: skip
    arrived = (
        payment.filter(pl.col("account_key").is_not_null(), ARRIVED, pl.col("amount_paid") > 0)
        .join(officials, on="account_key", suffix="_official")
        .filter(pl.col("term_start").is_null() | (pl.col("entitlement_month") >= pl.col("term_start").dt.month_start()))
        .join(mandate.filter("is_institution"), on="account_key", how="anti")
    )
    # a mandate made out later clears what was collected before it; one that ran out does not clear what came after
    until = pl.col("valid_to").is_null() | (pl.col("valid_to") >= pl.col("entitlement_month"))
    mandated = (
        arrived.join(mandate.select(*_OWNER, "valid_from", "valid_to"), on=_OWNER)
        .filter(pl.col("valid_from").fill_null(ctx.as_of) <= ctx.as_of, until)
        .select("row_id")
    )
    official, home = pl.col("official_key"), pl.col("home_key_official")
    own = (pl.col("person_key") == official) | (pl.col("home_key") == home) | (pl.col("household_key") == home)
    wards = orphan.select(*_OWNER, pl.col("guardian_key").alias("official_key")).drop_nulls().unique()
    payee = ["account_key", "payee"]
    return (
        # a household with its own official is one finding of FAV301, even where one of the rows lacks the number
        arrived.filter(~own.fill_null(value=False))
        .join(mandated, on="row_id", how="anti")
        .join(wards, on=[*_OWNER, "official_key"], how="anti")
        .with_columns(pl.coalesce("household_key", pl.col("person_key").cast(pl.String)).fill_null("").alias("payee"))
        .sort(*payee, "entitlement_month", "row_id", "roster_row")
        .group_by(*payee, maintain_order=True)
        .agg(
            pl.col("entitlement_month").drop_nulls().unique().sort().alias("months"),
            pl.col("amount_paid").filter(pl.col("row_id").is_first_distinct()).sum().alias("amount"),
            pl.col("post").unique().sort().str.join("、").alias("posts"),
            pl.col("row_id").last().alias("subject_row"),
            pl.col("tier").max(),
            pl.col("roster_cells").filter(pl.col("roster_row").is_first_distinct()).explode(),
            cite("name", "id_no", "account_no", "account_name", "entitlement_month", "amount_paid")
            .filter(pl.col("row_id").is_first_distinct())
            .explode()
            .alias("paid_cells"),
        )
        .with_columns(
            pl.col("months").list.len().alias("n"),
            pl.col("account_key").alias("counterpart"),
            pl.lit("进入该账户的各月实发金额之和").alias("formula"),
            cites(pl.col("paid_cells"), pl.col("roster_cells")).alias("evidence"),
        )
    )
