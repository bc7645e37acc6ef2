"""DUP110 一个银行账户对应多户."""

from __future__ import annotations

import polars as pl

from baoshen_audit.finding import CITED, Grade, Severity, cite, cites
from baoshen_audit.rule import RuleContext, rule
from baoshen_audit.rules import ARRIVED, in_office
from baoshen_audit.schemas import HOUSEHOLD_ROLLS

_OWNER = ["account_key", "person_key"]


@rule(
    "DUP110",
    "one-account-several-households",
    title="一个银行账户对应多户",
    title_en="One bank account, several households",
    severity=Severity.MEDIUM,
    grade=Grade.B,
    key="account_key",
    needs=(
        "payment: account_no entitlement_month amount_paid result? programme?",
        "roll: name? relation? account_key?",
        "mandate?: account_no is_institution? valid_from? valid_to?",
        "orphan?: guardian_id? raising_mode?",
        "tekun?: mode? institution_name?",
        "cadre_roster?: account_no term_start? term_end?",
    ),
    message="同一银行账户当月收到{who}的救助款",
    message_en="One account received relief for {households} household(s) and {others} other person(s) in {month:月}",
    basis=("social-assistance-interim#5", "county-audits"),
    since="0.1",
)
def one_account_several_households(  # noqa: PLR0917 - one frame a table
    payment: pl.LazyFrame,
    roll: pl.LazyFrame,
    mandate: pl.LazyFrame,
    orphan: pl.LazyFrame,
    tekun: pl.LazyFrame,
    cadre_roster: pl.LazyFrame,
    *,
    ctx: RuleContext,
    min_households: int = 2,
    min_persons: int = 3,
) -> pl.LazyFrame:
    """当月成功发放的救助款,多户或互不相干的多人进入同一个账户。

    ## 查什么
    核查月成功发放的款项,同一账户收到 `min_households` 户以上低保、低保边缘家庭的款,或者不属于同一户的
    `min_persons` 名以上对象的款。一个账户一条疑点,列出当月各笔发放。

    ## 为什么
    社会化发放要求发到本人账户。多户共用一个账户,可能是代领没有授权,也可能是款项被他人支配。

    ## 常见误报
    - 敬老院、福利院的集体账户:代领授权中注明机构账户的不报;同一机构集中供养的人合并算一名。
    - 同一监护人的几名孤儿合并算一名;夫妻、子女属于同一户,合并算一户。
    - 成年子女为分户居住的父母代领:有有效授权的不报,没有授权的补办。

    ## 怎样核实
    - 查代领授权书是否存在、是否在有效期内
    - 账户户名是谁,与各户是什么关系
    - 入户核实款项是否实际到手
    - 户名是干部、经办人的,转入亲属和经办人核查(名册上登记的账户由 FAV306 报告)

    ## 处理
    补办代领授权,或为各户开立本人账户。核实款项确已到手的,不影响各户待遇。

    ## 示例
    **低保家庭**

    | 户编号 | 户主姓名 | 户主身份证号 | 乡镇 | 银行账号 |
    |---|---|---|---|---|
    | D001 | 王大山 | {甲:1951-03-05男} | 甲镇 | 6217240000000000011 |
    | D002 | 李小河 | {乙:1960-02-03女} | 甲镇 | 6217240000000000011 |

    **发放明细**

    | 救助项目 | 户编号 | 姓名 | 身份证号 | 银行账号 | 发放月份 | 实发 | 发放结果 |
    |---|---|---|---|---|---|---|---|
    | 低保 | D001 | 王大山 | {甲} | 6217240000000000011 | 2026-06 | 700 | 成功 |
    | 低保 | D002 | 李小河 | {乙} | 6217240000000000011 | 2026-06 | 820 | 成功 |

    **疑点**

    | 等级 | 月份 | 说明 |
    |---|---|---|
    | B | 2026-06 | 2户 |
    """
    mandates = mandate.filter(
        pl.col("valid_from").is_null() | (pl.col("valid_from") <= ctx.as_of),
        pl.col("valid_to").is_null() | (pl.col("valid_to") >= ctx.month),
    )
    paid = (
        payment.filter(
            pl.col("account_key").is_not_null(),
            pl.col("entitlement_month") == ctx.month,
            ARRIVED,
            pl.col("amount_paid") > 0,
        )
        .join(mandates.filter("is_institution"), on="account_key", how="anti")
        .join(mandates, on=_OWNER, how="anti")
        # the account of an official in office is FAV306's
        .join(cadre_roster.filter(in_office(ctx)), on="account_key", how="anti")
        .join(_wards(orphan, tekun), on=_OWNER, how="left")
    )
    listed = (
        roll.filter(pl.col("relation").fill_null("户主") == "户主")
        .join(paid, on=["account_key", "household_key"], how="semi")
        .sort("account_key", "row_id")
        .group_by("account_key", maintain_order=True)
        .agg(pl.col("row_id").first().alias("roll_row"), cite("name", "account_no").explode().alias("listed"))
    )
    own_household = pl.when(pl.col("programme").is_in(list(HOUSEHOLD_ROLLS))).then("household_key")
    return (
        paid.with_columns(
            pl.coalesce(own_household, "home_key").alias("household"),
            pl.coalesce("ward_of", pl.format("P{}", "person_key")).alias("unit"),
        )
        .sort("account_key", "row_id")
        .group_by("account_key", maintain_order=True)
        .agg(
            pl.col("row_id").first().alias("payment_row"),
            pl.col("household").drop_nulls().n_unique().cast(pl.Int64).alias("households"),
            pl.col("unit").filter(pl.col("household").is_null()).drop_nulls().n_unique().alias("others"),
            pl.col("tier").max(),
            cite("name", "id_no", "account_no", "entitlement_month", "amount_paid").explode().alias("paid"),
        )
        .filter((pl.col("households") >= min_households) | (pl.col("households") + pl.col("others") >= min_persons))
        .join(listed, on="account_key", how="left")
        .with_columns(
            pl.lit(ctx.month).alias("month"),
            pl.coalesce("roll_row", "payment_row").alias("subject_row"),
            cites(pl.col("listed").fill_null(pl.lit([], dtype=CITED)), pl.col("paid")).alias("evidence"),
            pl.concat_list(pl.lit(ctx.month)).alias("months"),
            pl.when(pl.col("others") == 0)
            .then(pl.format("{}户低保(边缘)家庭", "households"))
            .when(pl.col("households") == 0)
            .then(pl.format("{}名互不相干的对象", "others"))
            .otherwise(pl.format("{}户低保(边缘)家庭、{}名其他对象", "households", "others"))
            .alias("who"),
        )
    )


def _wards(orphan: pl.LazyFrame, tekun: pl.LazyFrame) -> pl.LazyFrame:
    """account_key, person_key, `ward_of`: children of one guardian, residents of one institution."""
    guardian = pl.format("G{}", "guardian_key")
    home = pl.when(pl.col("raising_mode") == "机构").then(pl.lit("机构养育"))
    institution = pl.when(pl.col("mode") == "集中").then("institution_name")
    children = orphan.select(*_OWNER, pl.coalesce(guardian, home).alias("ward_of"))
    residents = tekun.select(*_OWNER, institution.alias("ward_of"))
    return pl.concat([children, residents]).drop_nulls().group_by(_OWNER).agg(pl.col("ward_of").min())
