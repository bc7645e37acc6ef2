"""MIS407 父母双亡儿童、漏发物价补贴对象."""

from __future__ import annotations

import polars as pl

from baoshen_audit.finding import CITED, Grade, Severity, cite, cites
from baoshen_audit.rule import RuleContext, rule
from baoshen_audit.rules import full_years


@rule(
    "MIS407",
    "missing-on-a-list",
    title="父母双亡儿童、漏发物价补贴对象",
    title_en="Orphan-pattern child or price-subsidy omissions",
    severity=Severity.HIGH,
    grade=Grade.B,
    key="person_key",
    needs=(
        "roll: name? id_no programme? status? relation? first_month?",
        "hukou?: father_id? mother_id?",
        "death?: death_date? cremation_date?",
        "child_distress?: distress_kind?",
        "youfu?: category?",
        "martyr_child60?: state_allowance?",
        "price_subsidy?: month? basis_status?",
        "sheet",
    ),
    one_of=("death", "child_distress", "price_subsidy"),
    policy=("orphan.age",),
    message="{found}",
    message_en="A person who by the registers belongs on a list ({kind}) is not on it",
    basis=("social-assistance-interim#9", "county-audits"),
    since="0.1",
)
def missing_on_a_list(  # noqa: PLR0917 - one frame a table
    roll: pl.LazyFrame,
    hukou: pl.LazyFrame,
    death: pl.LazyFrame,
    child_distress: pl.LazyFrame,
    youfu: pl.LazyFrame,
    martyr_child60: pl.LazyFrame,
    price_subsidy: pl.LazyFrame,
    sheet: pl.LazyFrame,
    *,
    ctx: RuleContext,
) -> pl.LazyFrame:
    """父母都已死亡而不在儿童保障名册上的未成年人,以及当月物价补贴名单上漏掉的老年优抚对象。

    ## 查什么
    1. 未成年人,户籍上的父亲、母亲在死亡数据里都有记录,或困境儿童台账写明父母双亡、孤儿,而不在孤儿、事实无人抚养儿童
    名册上。2. 60周岁以上、在册的农村籍退役士兵,和享受国家定期补助的60周岁以上烈士子女,
    当月发了物价补贴而名单上没有本人。一人一项一条疑点。

    ## 为什么
    孩子自己不会申请;物价补贴分别由几个股室造册,容易漏掉。少发与多发一样要查。

    ## 常见误报
    - 已被收养:名册上列为户主子女的降为 C 级,查收养登记。
    - 父母号码登记错误:查户口簿和死亡证明。
    - 当月没有启动物价补贴、没有名单的:不报。烈士子女没有国家定期补助的:不报。
    - 只看与在册人员有关的户籍、死亡记录,孩子全家都不在任何名册上的查不到。

    ## 怎样核实
    - 由儿童主任入户查看孩子现由谁抚养
    - 查收养登记、监护证明、父母死亡证明
    - 查物价补贴名单是否写了别名、旧号或列在其他身份之下
    - 查本人当月是否已停发、转出

    ## 处理
    符合条件的协助申请孤儿或事实无人抚养儿童保障;漏发物价补贴的补入名单并补发。

    ## 示例
    **60周岁以上农村籍退役士兵**

    | 姓名 | 身份证号 | 乡镇 | 状态 | 月保障金额 |
    |---|---|---|---|---|
    | 王一山 | {甲:1950-02-03男} | 甲镇 | 在保 | 240 |
    | 李二水 | {乙:1951-02-03男} | 甲镇 | 在保 | 240 |

    **物价补贴**

    | 姓名 | 身份证号 | 乡镇 | 补贴月份 | 依据身份 | 补贴金额 |
    |---|---|---|---|---|---|
    | 李二水 | {乙} | 甲镇 | 2026-06 | 农村籍退役士兵 | 40 |

    **疑点**

    | 等级 | 金额 | 月份 | 说明 |
    |---|---|---|---|
    | B | | 2026-06 | 当月物价补贴名单上没有本人 |
    """
    del death  # joined in preparation: the deaths of parents, on a roll or not, stand in hukou
    age = ctx.policy.get("orphan.age", ctx.month).integer
    minor = full_years(ctx.as_of) < age
    cared = roll.filter("active", pl.col("programme").is_in(["orphan", "de_facto_orphan"])).select("person_key")
    bereft = pl.concat([_orphaned(hukou, roll), _on_file(child_distress)], how="diagonal").filter(
        pl.col("person_key") >= 0, minor
    )
    return (
        pl.concat(
            [
                bereft.join(cared, on="person_key", how="anti"),
                _without_price_subsidy(roll, youfu, martyr_child60, price_subsidy, sheet, ctx),
            ],
            how="diagonal",
        )
        .sort("person_key", "kind", "subject_row")
        .unique(["person_key", "kind"], keep="first", maintain_order=True)
        .with_columns(pl.col("kind").alias("counterpart"), pl.lit([ctx.month]).alias("months"))
    )


def _orphaned(hukou: pl.LazyFrame, roll: pl.LazyFrame) -> pl.LazyFrame:
    """Persons both of whose parents are in the death data; C where a roll lists them as somebody's child."""
    raised = roll.filter("active", pl.col("relation").is_in(["子", "女", "子女"])).select("person_key", adopted=True)
    nothing = pl.lit([], dtype=CITED)
    deaths = (
        pl.coalesce(cite("name", "id_no", "death_date", "cremation_date", row=f"{who}_death_row"), nothing)
        for who in ("father", "mother")
    )
    return hukou.filter(pl.col("father_died").is_not_null(), pl.col("mother_died").is_not_null()).join(
        raised.unique("person_key"), on="person_key", how="left"
    ).select(
        "person_key",
        "tier",
        pl.col("row_id").alias("subject_row"),
        pl.lit("child").alias("kind"),
        pl.when("adopted").then(pl.lit("C")).otherwise(pl.lit("B")).alias("grade"),
        pl.when("adopted")
        .then(pl.lit("户籍上的父母都有死亡记录,不在孤儿名册上;名册列为户主的子女,可能已被收养"))
        .otherwise(pl.lit("户籍上的父母都有死亡记录,不在孤儿、事实无人抚养儿童名册上"))
        .alias("found"),
        cites(cite("name", "id_no", "father_id", "mother_id"), *deaths).alias("evidence"),
    )  # fmt: skip


def _on_file(child_distress: pl.LazyFrame) -> pl.LazyFrame:
    """Children whom the register of children in distress itself calls orphans."""
    return child_distress.filter(pl.col("distress_kind").str.contains("双亡|父母.*死亡|孤儿")).select(
        "person_key",
        "tier",
        pl.col("row_id").alias("subject_row"),
        pl.lit("child").alias("kind"),
        pl.lit("B").alias("grade"),
        pl.lit("困境儿童台账写明父母双亡或孤儿,不在孤儿、事实无人抚养儿童名册上").alias("found"),
        cite("name", "id_no", "distress_kind").alias("evidence"),
    )


def _without_price_subsidy(  # noqa: PLR0917 - one frame a table
    roll: pl.LazyFrame,
    youfu: pl.LazyFrame,
    martyr_child60: pl.LazyFrame,
    price_subsidy: pl.LazyFrame,
    sheet: pl.LazyFrame,
    ctx: RuleContext,
) -> pl.LazyFrame:
    """Old soldiers of the countryside and martyrs' children who are not on the month's list, if there is a list."""
    paid = sheet.filter(pl.col("table") == "price_subsidy").select(pl.len().alias("lists"))
    soldiers = youfu.filter(pl.col("category").is_in(["农村籍退役士兵", "烈士子女"])).select("row_id")
    children = martyr_child60.filter("state_allowance").select("row_id")
    entitled = pl.concat(
        [
            roll.filter(pl.col("programme") == "veteran_rural60"),
            roll.join(pl.concat([soldiers, children]), on="row_id", how="semi"),
        ]
    )
    return (
        entitled.filter(
            "active",
            pl.col("person_key") >= 0,
            full_years(ctx.as_of) >= _OLD,
            pl.col("first_month").is_null() | (pl.col("first_month") <= ctx.month),
        )
        .join(price_subsidy.select("person_key"), on="person_key", how="anti")
        .join(paid, how="cross")
        .filter(pl.col("lists") > 0)
        .select(
            "person_key",
            "tier",
            pl.col("row_id").alias("subject_row"),
            pl.lit("price_subsidy").alias("kind"),
            pl.lit("B").alias("grade"),
            pl.lit("60周岁以上在册优抚对象,当月物价补贴名单上没有本人").alias("found"),
            cite("name", "id_no", "category", "status", "state_allowance").alias("evidence"),
        )
    )


_OLD = 60
"""In the name of both programmes: 60周岁以上."""
