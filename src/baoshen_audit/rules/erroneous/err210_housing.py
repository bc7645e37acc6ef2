"""ERR210 不动产超标."""

from __future__ import annotations

import polars as pl

from baoshen_audit.finding import Grade, Severity, cites
from baoshen_audit.rule import RuleContext, rule
from baoshen_audit.rules.housing import contracts, each_once, taxed, titles
from baoshen_audit.rules.means import ledger, persons


@rule(
    "ERR210",
    "housing-above-limit",
    title="不动产超标",
    title_en="Housing beyond the limit",
    severity=Severity.MEDIUM,
    grade=Grade.B,
    key="household_key",
    needs=(
        "roll: name? id_no relation? status? family_size?",
        "realestate: title_no? location? share? shared? use area? acquired_by? title_status? registered_on?",
        "presale?: contract_no? area? use? contract_status? signed_on?",
        "deedtax?: area? paid_on?",
        "exemption?: kind item? doc_no? valid_from? valid_to?",
    ),
    policy=(
        "asset.housing.max_homes", "asset.housing.share_min", "asset.housing.dwelling_uses",
        "asset.housing.commercial_uses", "asset.housing.void_contracts",
    ),
    message="家庭成员名下有{found},{limit}",
    message_en="Counted members hold {homes} dwelling(s) and {shops} commercial unit(s), beyond the local limit",
    basis=("social-assistance-interim#9", "social-assistance-interim#58", "asset-rules-local"),
    since="0.1",
)  # fmt: skip
def housing_above_limit(
    roll: pl.LazyFrame,
    realestate: pl.LazyFrame,
    presale: pl.LazyFrame,
    deedtax: pl.LazyFrame,
    exemption: pl.LazyFrame,
    *,
    ctx: RuleContext,
) -> pl.LazyFrame:
    """不动产登记、预售网签、契税与低保、低保边缘家庭的比对。

    ## 查什么
    计入保障的家庭成员名下的住房套数超过规定、有经营性用房,或人均住房面积超过本地上限(本地没有规定面积上限的不比)。
    要靠份额不明的按份共有、继承共有或只有契税记录的房屋才超过的,为 C 级。一户一条疑点。

    ## 为什么
    《社会救助暂行办法》第九条要求家庭财产状况符合规定;第五十八条规定可以查询不动产登记。套数和面积由各地规定。

    ## 常见误报
    - 继承等共有的小份额:家庭成员合计份额低于政策参数的不计。
    - 宅基地与登记的住房同址或同面积:算一套;一户几本宅基地证也只算一套。
    - 预售网签后来已经登记的:算一套;撤销、解除的合同不计。
    - 车库、车位、储藏室不单独计;权属状态为注销的不计。
    - 拆迁安置尚未交付、已拆除未注销、离婚后仍共有的房屋:登记上看不出来,要由当事人说明。
    - 豁免台账写明该产权证号、当月有效的不计;产权人依法不计入家庭人口的不计;同名只按证件号关联。

    ## 怎样核实
    - 查登记簿,核对各套房屋的现状、份额和取得方式
    - 入户查看实际居住的是哪一套,其余是否已拆除、出售、未交付
    - 查离婚协议、继承公证,产权是否已经归他人

    ## 处理
    由主管部门按本地财产规定认定;确认超出的给予处置期限,可以先转入渐退,不立即停发。

    ## 示例
    **低保家庭**

    | 户编号 | 户主姓名 | 户主身份证号 | 乡镇 | 家庭人口 | 状态 |
    |---|---|---|---|---|---|
    | H1 | 王一山 | {甲} | 甲镇 | 1 | 在保 |

    **不动产登记**

    | 不动产权证号 | 权利人 | 证件号 | 共有方式 | 坐落 | 建筑面积 | 用途 | 取得方式 | 权属状态 |
    |---|---|---|---|---|---|---|---|---|
    | 苏(2019)第0001号 | 王一山 | {甲} | 单独所有 | 南环路1号 | 88.5 | 住宅 | 购买 | 现势 |
    | 苏(2021)第0002号 | 王一山 | {甲} | 单独所有 | 北园路9号 | 120.3 | 住宅 | 购买 | 现势 |

    **疑点**

    | 等级 | 金额 | 月份 | 说明 |
    |---|---|---|---|
    | B | | 2026-06 | 家庭成员名下有住房2套,超过规定的1套 |
    """
    most = ctx.policy.get("asset.housing.max_homes", ctx.month).integer
    units = [titles(realestate, exemption, roll, ctx), contracts(presale, roll, ctx), taxed(deedtax, roll)]
    return (
        each_once(pl.concat(units))
        .sort("household_key", "rank", "unit")
        .group_by("household_key", maintain_order=True)
        .agg(
            *_counts(pl.col("sure"), "sure_"),
            *_counts(pl.lit(value=True), ""),
            pl.col("subject_row").min(),
            pl.col("tier").max(),
            pl.col("cells").explode(),
        )
        .join(persons(roll), on="household_key")
        .with_columns(_area_limit(ctx).alias("area_limit"))
        .with_columns(_beyond("sure_", most).alias("surely"), _beyond("", most).alias("beyond"))
        .filter("beyond")
        .join(ledger(exemption), on="household_key", how="left")
        .with_columns(
            pl.lit([ctx.month]).alias("months"),
            pl.when("surely").then(pl.lit("B")).otherwise(pl.lit("C")).alias("grade"),
            _found().alias("found"),
            _told(most).alias("limit"),
            pl.lit("由主管部门按本地财产规定认定").alias("formula"),
            cites(pl.col("cells"), pl.col("ledger_cells").fill_null([])).alias("evidence"),
        )
    )


def _counts(which: pl.Expr, prefix: str) -> tuple[pl.Expr, pl.Expr, pl.Expr]:
    home = (pl.col("what") == "住房") & which
    return (
        home.sum().cast(pl.Int64).alias(f"{prefix}homes"),
        ((pl.col("what") == "经营性用房") & which).sum().cast(pl.Int64).alias(f"{prefix}shops"),
        pl.col("area").filter(home).sum().alias(f"{prefix}area"),
    )


def _area_limit(ctx: RuleContext) -> pl.Expr:
    """Square metres a household of `n` may have; null where the area sets none."""
    said = ctx.policy.by_month("asset.housing.area_per_head", [ctx.month])["value"].to_list()
    return pl.lit(said[0] if said else None, dtype=pl.Int64) * pl.col("n")


def _beyond(prefix: str, most: int) -> pl.Expr:
    wide = (pl.col(f"{prefix}area") > pl.col("area_limit")).fill_null(value=False)
    return (pl.col(f"{prefix}homes") > most) | (pl.col(f"{prefix}shops") > 0) | wide


def _found() -> pl.Expr:
    homes = pl.when(pl.col("homes") > 0).then(pl.format("住房{}套", "homes"))
    shops = pl.when(pl.col("shops") > 0).then(pl.format("经营性用房{}处", "shops"))
    return pl.concat_str(homes, shops, separator="、", ignore_nulls=True)


def _told(most: int) -> pl.Expr:
    parts = (
        pl.when(pl.col("homes") > most).then(pl.lit(f"超过规定的{most}套")),
        pl.when(pl.col("shops") > 0).then(pl.lit("规定不得有经营性用房")),
        pl.when(pl.col("area") > pl.col("area_limit")).then(pl.lit("住房面积超过本地人均上限")),
    )
    return pl.concat_str(*parts, separator=",", ignore_nulls=True)
