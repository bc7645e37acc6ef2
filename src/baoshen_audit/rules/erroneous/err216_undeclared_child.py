"""ERR216 未申报子女或同户成员."""

from __future__ import annotations

import polars as pl

from baoshen_audit.finding import CITED, Grade, Severity, cite, cites, weakest
from baoshen_audit.identity import resident_id
from baoshen_audit.policy.amount import top_up
from baoshen_audit.rule import RuleContext, rule
from baoshen_audit.rules import reckoned
from baoshen_audit.rules.means import owners


@rule(
    "ERR216",
    "undeclared-child",
    title="未申报子女或同户成员",
    title_en="Undeclared child or household member",
    severity=Severity.LOW,
    grade=Grade.C,
    key="household_key",
    needs=(
        "roll: name? id_no relation? status? family_size?",
        "child_link: hukou_no? hukou_status? father_id? mother_id? relation?",
        "dibao?: monthly_amount? standard? supplement_amount? covered_count? family_size? urban_rural? income_month? "
        "employment_cost? rigid_exp? category? status? top_up?",
    ),
    policy=("dibao.mode", "dibao.standard", "dibao.rounding", "dibao.grace_keeps_amount"),
    message="户籍登记的{kinds}不在家庭成员之内;核实后应按增加的人口重算,可能调增",
    message_en="{n} child(ren) by 户籍 are not in the household list; counting them may increase the amount",
    basis=("dibao-confirmation", "social-assistance-interim#9"),
    since="0.1",
)
def undeclared_child(
    roll: pl.LazyFrame, child_link: pl.LazyFrame, dibao: pl.LazyFrame, *, ctx: RuleContext, adult_age: int = 18
) -> pl.LazyFrame:
    """户籍登记的父母子女关系与低保、低保边缘家庭成员的比对。

    ## 查什么
    计入保障的成员在户籍上有未成年子女,或有登记在同一户口簿的成年子女,而子女不在该户成员名单里(计入、不计入的都算在)。
    一户一条疑点;低保家庭只缺未成年子女的,给出按增加人口重算的金额。

    ## 为什么
    未成年子女和长期共同居住、有法定赡养抚养关系的人应当计入共同生活的家庭成员。漏报的多是对家庭不利:人口少算,补差就少。

    ## 常见误报
    - 离婚后随另一方生活的子女:登记在别的户口簿,不报。
    - 成年子女已经独立生活、人户分离、空挂户:只有登记在同一户口簿才报,由当事人说明。
    - 子女已死亡、迁出、出国(境)定居:不报。
    - 户内有没有证件号的成员,可能就是这名子女:不报。

    ## 怎样核实
    - 入户了解子女是否共同生活、由谁抚养
    - 查户口簿、学籍所在地
    - 成年子女在全日制本科及以下就读的,仍应计入

    ## 处理
    确认共同生活的补报成员,按增加后的人口和收入重算,可能调增;不共同生活的在台账注明原因。

    ## 示例
    **低保家庭**

    | 户编号 | 户主姓名 | 户主身份证号 | 乡镇 | 城乡类别 | 家庭人口 | 家庭月收入 | 户月保障金 | 状态 |
    |---|---|---|---|---|---|---|---|---|
    | H1 | 王一山 | {甲:1985-02-03男} | 甲镇 | 农村 | 1 | 300 | 720 | 在保 |

    **户籍**

    | 户号 | 姓名 | 身份证号 | 与户主关系 | 户籍状态 | 父亲身份证号 |
    |---|---|---|---|---|---|
    | 320413001 | 王一山 | {甲} | 户主 | 正常 | |
    | 320413001 | 王小山 | {丙:2015-06-01男} | 子 | 正常 | {甲} |

    **疑点**

    | 等级 | 金额 | 重算 | 月份 | 说明 |
    |---|---|---|---|---|
    | C | | 1740 | 2026-06 | 未成年子女1人不在家庭成员之内 |
    """
    missing = _missing(roll, child_link, adult_age, ctx)
    found = (
        missing.sort("household_key", "child_key", "row_id", "person_key")
        .unique(["household_key", "child_key"], keep="first", maintain_order=True)
        .group_by("household_key", maintain_order=True)
        .agg(
            pl.len().cast(pl.Int64).alias("n"),
            pl.col("minor").sum().cast(pl.Int64).alias("minors"),
            pl.col("owner_row").min().alias("subject_row"),
            weakest("tier", "owner_tier").max().alias("tier"),
            pl.col("owner_cells").explode(),
            cite("hukou_no", "relation", "name", "id_no", "hukou_status", "father_id", "mother_id")
            .explode()
            .alias("child_cells"),
        )
    )
    adults = pl.col("n") - pl.col("minors")
    kinds = pl.concat_str(
        pl.when(pl.col("minors") > 0).then(pl.format("未成年子女{}人", "minors")),
        pl.when(adults > 0).then(pl.format("同户成年子女{}人", adults)),
        separator="、",
        ignore_nulls=True,
    )
    return found.join(_enlarged(dibao, roll, found, ctx), on="household_key", how="left").with_columns(
        pl.lit([ctx.month]).alias("months"),
        kinds.alias("kinds"),
        pl.lit("标准×(保障人口+增加的未成年子女)−收入,另加分类施保;成年子女的收入核实后再定").alias("formula"),
        cites(pl.col("owner_cells"), pl.col("child_cells"), pl.col("home_cells").fill_null([])).alias("evidence"),
    )


def _missing(roll: pl.LazyFrame, child_link: pl.LazyFrame, adult_age: int, ctx: RuleContext) -> pl.LazyFrame:
    """One row per household, parent and child who should stand in the household's list and does not."""
    born = resident_id.birth_date(resident_id.unpack("child_key"))
    grown = born.dt.offset_by(f"{adult_age}y") <= ctx.month
    same, known = pl.col("hukou_no") == pl.col("parent_hukou_no"), pl.col("parent_hukou_no").is_not_null()
    listed = roll.filter(pl.col("household_persons").is_not_null()).select("household_key", "household_persons")
    people = listed.group_by("household_key").agg(pl.col("household_persons").first())
    return (
        child_link.filter(
            pl.col("person_key").is_not_null(),
            pl.col("child_key") >= 0,
            pl.col("hukou_status").fill_null("正常") == "正常",
        )
        .with_columns((~grown).alias("minor"))
        # a minor in another booklet lives with the other parent; where no booklet is known, nothing speaks against it
        .filter(pl.when("minor").then(same.fill_null(value=True) | ~known).otherwise(same.fill_null(value=False)))
        .join(owners(roll), on=["household_key", "person_key"])
        .join(people, on="household_key")
        .filter(
            ~pl.col("household_persons").list.contains(pl.col("child_key")),
            pl.col("household_persons").list.min() >= 0,
        )
    )


def _enlarged(dibao: pl.LazyFrame, roll: pl.LazyFrame, found: pl.LazyFrame, ctx: RuleContext) -> pl.LazyFrame:
    """What a 低保 household would be entitled to with its minor children.

    Not where a grown child has an unknown income, nor in a county that pays by tiers.
    """
    if ctx.policy.get("dibao.mode", ctx.month).text != "补差":
        unknown = pl.lit(None, dtype=pl.Int64).alias("recomputed"), pl.lit([], dtype=CITED).alias("home_cells")
        return found.select("household_key", *unknown)
    rounding = ctx.policy.get("dibao.rounding", ctx.month).text
    persons = pl.col("n") + pl.col("minors")
    only_minors = found.filter(pl.col("n") == pl.col("minors")).select("household_key", "minors")
    return (
        reckoned(dibao, roll, ctx)
        .join(only_minors, on="household_key")
        .select(
            "household_key",
            (top_up(pl.col("per_head"), persons, pl.col("income"), rounding) + pl.col("extra")).alias("recomputed"),
            "home_cells",
        )
    )
