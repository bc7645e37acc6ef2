"""ERR209 名下机动车."""

from __future__ import annotations

import polars as pl

from baoshen_audit.finding import Grade, Severity, cite, cites, weakest
from baoshen_audit.rule import RuleContext, rule
from baoshen_audit.rules.means import in_force, owners


@rule(
    "ERR209",
    "vehicle-in-household",
    title="名下机动车",
    title_en="Vehicle in the household",
    severity=Severity.MEDIUM,
    grade=Grade.B,
    key="household_key",
    needs=(
        "roll: name? id_no relation? status? monthly_amount?",
        "vehicle: plate_no? vehicle_kind? model? use? vehicle_status first_registered? value?",
        "exemption?: kind item? doc_no? valid_from? valid_to?",
    ),
    policy=("asset.vehicle.active_status", "asset.vehicle.exempt_kinds", "asset.vehicle.exemption_kinds"),
    message="家庭成员名下有{n}辆在用机动车({kinds}),豁免台账中没有当月有效的记录",
    message_en="{n} vehicle(s) in use belong to counted members; no exemption is valid for the month",
    basis=("social-assistance-interim#9", "social-assistance-interim#58", "asset-rules-local"),
    since="0.1",
)
def vehicle_in_household(
    roll: pl.LazyFrame, vehicle: pl.LazyFrame, exemption: pl.LazyFrame, *, ctx: RuleContext
) -> pl.LazyFrame:
    """车管登记与低保、低保边缘家庭的比对。

    ## 查什么
    计入保障的家庭成员名下有状态为正常的机动车,车型不在豁免范围,豁免台账里也没有当月有效的记录。一户一条疑点。

    ## 为什么
    《社会救助暂行办法》第九条要求家庭财产状况符合规定;第五十八条规定可以查询车船信息。车辆的限额和豁免由各地规定。

    ## 常见误报
    - 已注销、报废、转出、被盗抢的车辆:只看状态为正常的。
    - 残疾人代步车和燃油、电动两三轮车按车型豁免;改装车、就医或生计用车有当月有效的豁免台账记录即不报。
    - 已卖出未过户、按揭、挂靠、继承、被借名上牌:登记上看不出来,要由当事人说明。
    - 车主是依法不计入家庭人口的成员:不报;同名车主:只按证件号关联。

    ## 怎样核实
    - 把登记情况告知家庭,请其说明来源和用途
    - 查车辆是否已卖出、报废、被盗抢,是否挂靠、按揭或被他人借名登记
    - 对照本地的价值、年限和数量限额;属于残疾、就医、生计用车的,补办豁免登记并注明日期和文号

    ## 处理
    由主管部门按本地财产规定认定;可以豁免的补办台账,确认超出规定的再按程序处理。

    ## 示例
    **低保家庭**

    | 户编号 | 户主姓名 | 户主身份证号 | 乡镇 | 家庭人口 | 户月保障金 | 状态 |
    |---|---|---|---|---|---|---|
    | H1 | 王一山 | {甲} | 甲镇 | 1 | 600 | 在保 |

    **机动车**

    | 号牌号码 | 所有人 | 证件号 | 车辆类型 | 品牌型号 | 初次登记日期 | 机动车状态 |
    |---|---|---|---|---|---|---|
    | 苏DA1111 | 王一山 | {甲} | 小型轿车 | 大众朗逸 | 2023-04-11 | 正常 |

    **疑点**

    | 等级 | 金额 | 说明 |
    |---|---|---|
    | B | | 名下有1辆在用机动车(小型轿车) |
    """
    cars = _cars(roll, vehicle, ctx)
    heads = roll.filter(pl.col("relation") == "户主")
    others = pl.concat([frame.select("household_key", "row_id") for frame in (heads, exemption)])
    return (
        cars.join(_exempted(cars, exemption, ctx), on=["household_key", "row_id"], how="anti")
        .sort("household_key", "first_registered", "row_id")
        .group_by("household_key", maintain_order=True)
        .agg(
            pl.col("owner_row").min().alias("subject_row"),
            pl.col("row_id").n_unique().alias("n"),
            pl.coalesce("vehicle_kind", "model", pl.lit("车型未填")).unique().sort().str.join("、").alias("kinds"),
            weakest("tier", "owner_tier").max().alias("tier"),
            cite("plate_no", "name", "id_no", "vehicle_kind", "model", "use", "first_registered", "value")
            .explode()
            .alias("car_cells"),
            pl.col("owner_cells").explode(),
        )
        .join(_context(others), on="household_key", how="left")
        .with_columns(
            pl.lit([ctx.month]).alias("months"),
            cites(pl.col("owner_cells"), pl.col("car_cells"), pl.col("context").fill_null([])).alias("evidence"),
        )
    )


def _context(others: pl.LazyFrame) -> pl.LazyFrame:
    """The head's row and the household's lines in the exemption ledger, as cells to cite."""
    shown = cite("name", "monthly_amount", "kind", "item", "doc_no", "valid_from", "valid_to")
    rows = others.filter(pl.col("household_key").is_not_null()).sort("household_key", "row_id")
    return rows.group_by("household_key", maintain_order=True).agg(shown.explode().alias("context"))


def _cars(roll: pl.LazyFrame, vehicle: pl.LazyFrame, ctx: RuleContext) -> pl.LazyFrame:
    """Vehicles in use, not exempt by their kind, of counted members; one row per household, owner and vehicle."""
    in_use = list(ctx.policy.get("asset.vehicle.active_status", ctx.month).texts)
    exempt = list(ctx.policy.get("asset.vehicle.exempt_kinds", ctx.month).texts)
    said = pl.concat_str("vehicle_kind", "use", "model", separator=" ", ignore_nulls=True)
    cars = vehicle.filter(pl.col("vehicle_status").is_in(in_use), ~said.str.contains_any(exempt))
    return cars.join(owners(roll), on=["household_key", "person_key"])


def _exempted(cars: pl.LazyFrame, exemption: pl.LazyFrame, ctx: RuleContext) -> pl.LazyFrame:
    """Vehicles for which the ledger has a line valid this month; a line that names another plate does not count."""
    kinds = list(ctx.policy.get("asset.vehicle.exemption_kinds", ctx.month).texts)
    item, plate = (pl.col(name).str.to_uppercase().str.replace_all(r"[\s·•.]", "") for name in ("item", "plate_no"))
    valid = in_force(exemption, ctx).filter(pl.col("kind").is_in(kinds)).select("household_key", item.alias("item"))
    names_none = ~pl.col("item").str.contains(r"\p{Han}[A-Z][A-Z0-9]{4,6}").fill_null(value=False)
    return (
        cars.select("household_key", "row_id", plate.alias("plate"))
        .join(valid, on="household_key")
        .filter(names_none | pl.col("item").str.contains(pl.col("plate"), literal=True))
        .select("household_key", "row_id")
    )
