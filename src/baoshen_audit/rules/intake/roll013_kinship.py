"""ROLL013 户内亲属关系矛盾."""

from __future__ import annotations

from typing import Final

import polars as pl

from baoshen_audit.finding import Grade, Severity, cite
from baoshen_audit.identity import resident_id
from baoshen_audit.rule import RuleContext, rule

_SINGLE: Final = ("未婚", "离婚", "丧偶")
_CHILD: Final = ("子", "女", "子女")


@rule(
    "ROLL013",
    "kinship-contradiction",
    title="户内亲属关系矛盾",
    title_en="Kinship contradictions inside a household",
    severity=Severity.LOW,
    grade=Grade.C,
    key="household_key",
    needs=("member: hh_id relation name? id_no? birth_date? sex? marital? is_counted?",),
    message="{what}",
    message_en="{what_en}",
    basis=("gb-4761",),
    since="0.1",
)
def kinship_contradiction(
    member: pl.LazyFrame, *, ctx: RuleContext, min_parent_gap: int = 14, min_grand_gap: int = 28
) -> pl.LazyFrame:
    """一户成员填写的亲属关系,与年龄、性别、婚姻状况对不上。

    ## 查什么
    以户主为准:配偶不止一人;有配偶而本人或配偶填未婚、离婚、丧偶;配偶与户主同性别;子女只比户主小不到
    `min_parent_gap` 岁(或更大);父母只比户主大不到 `min_parent_gap` 岁;祖孙相差不到 `min_grand_gap` 岁。
    出生日期取自证件号码,没有时取出生日期栏。一户一条疑点,列出各项。

    ## 为什么
    关系错位常常是录错了对谁的关系,也可能是两户并在一户。亲属比对、备案和分类施保都要用关系。

    ## 常见误报
    - 收养、继子女、再婚:年龄差可以小。
    - 关系填的是与申请人(不是户主)的关系。
    - 年龄、性别本身录错的,见 ROLL006。

    ## 怎样核实
    - 对照户口簿,确认每人与户主的关系
    - 是否收养、继亲或再婚家庭
    - 是否按与申请人的关系填写

    ## 处理
    请窗口确认后更正关系。不据此推断任何问题。

    ## 示例
    **共同生活成员**

    | 户编号 | 成员姓名 | 成员身份证号 | 与户主关系 | 婚姻状况 |
    |---|---|---|---|---|
    | D001 | 王大山 | {甲:1961-03-05男} | 户主 | 已婚 |
    | D001 | 赵水莲 | {乙:1963-05-06女} | 配偶 | 丧偶 |
    | D001 | 王小军 | {丙:1970-05-06男} | 子 | 未婚 |

    **疑点**

    | 等级 | 说明 |
    |---|---|
    | C | 有配偶而婚姻状况填未婚、离婚或丧偶;子女与户主相差不到14岁 |
    """
    relation = pl.col("relation")
    counted = pl.col("is_counted").fill_null(value=True)
    people = member.filter(pl.col("household_key").is_not_null()).with_columns(
        pl.coalesce(resident_id.birth_date("id_no"), "birth_date").alias("born"),
        pl.coalesce(resident_id.sex("id_no"), "sex").alias("gender"),
        ((relation == "配偶") & counted).fill_null(value=False).alias("spouse"),
        (relation == "户主").fill_null(value=False).alias("head"),
    )
    of_head = (
        people.filter("head")
        .sort("household_key", "row_id")
        .unique("household_key", keep="first", maintain_order=True)
        .select("household_key", *(pl.col(n).alias(f"head_{n}") for n in ("born", "gender", "marital", "row_id")))
    )
    # days, with a year of 365 days: a gap that is close is not told
    older = (pl.col("born") - pl.col("head_born")).dt.total_days() / 365
    same_sex = pl.col("gender") == pl.col("head_gender")
    single = pl.col("marital").is_in(_SINGLE) | pl.col("head_marital").is_in(_SINGLE)
    tests = (
        (pl.col("spouse") & (pl.col("spouses") > 1), "配偶不止一人", "more than one spouse"),
        (pl.col("spouse") & single, "有配偶而婚姻状况填未婚、离婚或丧偶", "a spouse, but marked as not married"),
        (pl.col("spouse") & same_sex, "配偶与户主性别相同", "spouse and head have the same sex"),
        (relation.is_in(_CHILD) & (older < min_parent_gap), f"子女与户主相差不到{min_parent_gap}岁",
         f"a child less than {min_parent_gap} years younger than the head"),
        ((relation == "父母") & (older > -min_parent_gap), f"父母与户主相差不到{min_parent_gap}岁",
         f"a parent less than {min_parent_gap} years older than the head"),
        ((relation == "祖父母") & (older > -min_grand_gap), f"祖父母与户主相差不到{min_grand_gap}岁",
         f"a grandparent less than {min_grand_gap} years older than the head"),
        ((relation == "孙子女") & (older < min_grand_gap), f"孙子女与户主相差不到{min_grand_gap}岁",
         f"a grandchild less than {min_grand_gap} years younger than the head"),
    )  # fmt: skip
    said = [(test.fill_null(value=False), zh, en) for test, zh, en in tests]
    spouses = people.filter("spouse").group_by("household_key").agg(pl.col("person_key").n_unique().alias("spouses"))
    cells = ("name", "id_no", "relation", "sex", "birth_date", "marital")
    return (
        people.filter(~pl.col("head"))
        .join(of_head, on="household_key", how="inner")
        .join(spouses, on="household_key", how="left")
        .filter(pl.any_horizontal(test for test, _, _ in said))
        .sort("household_key", "row_id")
        .group_by("household_key", maintain_order=True)
        .agg(
            pl.first("head_row_id").alias("subject_row"),
            *(test.any().alias(f"t{number}") for number, (test, _, _) in enumerate(said)),
            pl.concat_list(cite(*cells, row="head_row_id"), cite(*cells)).explode().alias("evidence"),
        )
        .select(
            "household_key",
            "subject_row",
            "evidence",
            pl.concat_list(pl.when(pl.col(f"t{n}")).then(pl.lit(zh)) for n, (_, zh, _) in enumerate(said))
            .list.drop_nulls()
            .list.join(";")
            .alias("what"),
            pl.concat_list(pl.when(pl.col(f"t{n}")).then(pl.lit(en)) for n, (_, _, en) in enumerate(said))
            .list.drop_nulls()
            .list.join("; ")
            .alias("what_en"),
        )
    )
