"""ERR227 机构在住按分散标准发放(或反之)."""

from __future__ import annotations

import polars as pl

from baoshen_audit.finding import Grade, Severity, cite, cites, weakest
from baoshen_audit.rule import RuleContext, rule


@rule(
    "ERR227",
    "institution-mode-mismatch",
    title="机构在住按分散标准发放(或反之)",
    title_en="Institution resident paid as dispersed",
    severity=Severity.MEDIUM,
    grade=Grade.A,
    key="person_key",
    needs=(
        "tekun: mode id_no? institution_name? moved_in?",
        "institution: institution_name moved_in moved_out payer? bed_no?",
        "roll: name? status?",
    ),
    policy=("institution.min_stay_days",),
    message="名册登记为{mode}供养,{found}",
    message_en="The roll's mode of support disagrees with the register of institution residents",
    basis=("social-assistance-interim#19",),
    since="0.1",
)
def institution_mode_mismatch(
    tekun: pl.LazyFrame, institution: pl.LazyFrame, roll: pl.LazyFrame, *, ctx: RuleContext
) -> pl.LazyFrame:
    """特困人员名册与养老机构、福利院在住人员的比对。

    ## 查什么
    名册登记为分散(居家)供养的特困人员,已在机构连续居住超过政策参数规定的天数;
    或者登记为集中供养,机构记录已离院超过同样的天数,或机构数据里没有这个人。

    ## 为什么
    特困人员可以选择集中或者分散供养(办法第十九条),两种方式的标准和领款人不同。方式不符的,自入住或离院的次月起改变。

    ## 常见误报
    - 住院、短期试住:天数不够的不报,医院、卫生院不算供养机构。
    - 自费住在民办养老机构:降为 C 级。
    - 没有入住日期的,天数无从计算:降为 C 级。
    - 机构数据没有收全,查不到这个人:降为 C 级。

    ## 怎样核实
    - 向机构核实入住、离院日期和费用由谁支付
    - 查供养协议和本人选择供养方式的申请
    - 社会保障卡由谁保管,款项由谁领取

    ## 处理
    自入住(离院)的次月起改变供养方式和发放对象,差额按月核对;核实银行卡由谁保管。

    ## 示例
    **特困人员**

    | 姓名 | 身份证号 | 乡镇 | 供养方式 | 状态 |
    |---|---|---|---|---|
    | 钱有粮 | {丙:1946-07-01男} | 甲镇 | 分散 | 在保 |

    **养老机构、福利院在住人员**

    | 姓名 | 身份证号 | 机构名称 | 入住日期 | 离院日期 | 缴费方 |
    |---|---|---|---|---|---|
    | 钱有粮 | {丙} | 甲镇敬老院 | 2026-02-01 | | 财政 |

    **疑点**

    | 等级 | 月份 | 说明 |
    |---|---|---|
    | A | 2026-06 | 名册登记为分散供养,2026-02-01起住在机构(150天) |
    """
    least = ctx.policy.get("institution.min_stay_days", ctx.month).integer
    active = roll.filter("active", pl.col("table") == "tekun").select("row_id", "person_key", "period")
    gone = (pl.lit(ctx.as_of) - pl.col("left")).dt.total_days()
    resident, bedded = pl.col("mode") == "集中", pl.col("here").fill_null(value=False)
    found = (
        pl.when(~resident & bedded & (pl.col("days") > least))
        .then(pl.format("{}起住在机构({}天)", "since", "days"))
        .when(~resident & bedded & pl.col("since").is_null())
        .then(pl.lit("机构数据里在住(没有入住日期)"))
        .when(resident & ~bedded & (gone > least))
        .then(pl.format("机构记录已于{}离院", "left"))
        .when(resident & pl.col("here").is_null())
        .then(pl.lit("机构在住数据里没有此人"))
    )
    dated = pl.when(resident).then(pl.col("left").is_not_null()).otherwise(pl.col("since").is_not_null())
    sure = dated & (resident | ~pl.col("self_paid"))
    return (
        tekun.filter(pl.col("mode").is_not_null())
        .with_columns(cite("name", "id_no", "mode", "institution_name", "moved_in").alias("roll_cells"))
        .join(active, on=["row_id", "person_key"], suffix="_view")
        .join(_stays(institution, ctx), on="person_key", how="left")
        .with_columns(found.alias("found"))
        .filter(pl.col("found").is_not_null())
        # twice on the roll is another rule's finding
        .sort("row_id")
        .unique("person_key", keep="first", maintain_order=True)
        .with_columns(
            pl.col("row_id").alias("subject_row"),
            pl.concat_list("period").alias("months"),
            weakest("tier", "stay_tier").alias("tier"),
            pl.when(sure).then(pl.lit("A")).otherwise(pl.lit("C")).alias("grade"),
            cites(pl.col("roll_cells"), pl.col("stay_cells").fill_null([])).alias("evidence"),
        )
    )


def _stays(institution: pl.LazyFrame, ctx: RuleContext) -> pl.LazyFrame:
    """One row per person: whether he lives in an institution on the day, since when, or when he last left one."""
    here = pl.col("moved_out").is_null() | (pl.col("moved_out") > ctx.as_of)
    return (
        institution.filter(
            pl.col("person_key").is_not_null(),
            ~pl.col("institution_name").str.contains("医院|卫生院|卫生服务").fill_null(value=False),
            pl.col("moved_in").is_null() | (pl.col("moved_in") <= ctx.as_of),
        )
        .sort("person_key", "moved_in", "row_id", nulls_last=True)
        .group_by("person_key", maintain_order=True)
        .agg(
            here.any().alias("here"),
            pl.col("moved_in").filter(here).min().alias("since"),
            pl.col("moved_out").max().alias("left"),
            (pl.col("payer") == "自费").filter(here).any().fill_null(value=False).alias("self_paid"),
            pl.col("tier").max().alias("stay_tier"),
            cite("name", "id_no", "institution_name", "moved_in", "moved_out", "payer").explode().alias("stay_cells"),
        )
        .with_columns(((pl.lit(ctx.as_of) - pl.col("since")).dt.total_days() + 1).alias("days"))
    )
