"""DUP109 成员跨户重复计入."""

from __future__ import annotations

import polars as pl

from baoshen_audit.finding import Grade, Severity, cite
from baoshen_audit.rule import RuleContext, rule
from baoshen_audit.rules import full_years, titled
from baoshen_audit.schemas import HOUSEHOLD_ROLLS


@rule(
    "DUP109",
    "member-of-two-households",
    title="成员跨户重复计入",
    title_en="Member counted in two households",
    severity=Severity.HIGH,
    grade=Grade.A,
    key="person_key",
    needs=(
        "roll: name? id_no relation? town? status? first_month? remark?",
        "member: name? id_no is_counted? is_covered? joined_on? left_on?",
    ),
    message="同一人本月同时计入{n}户的家庭人口({rolls}){addition}",
    message_en="The same person is counted in {n} households ({programmes}) this month",
    basis=("social-assistance-interim#9", "dibao-confirmation#4"),
    since="0.1",
)
def member_of_two_households(roll: pl.LazyFrame, member: pl.LazyFrame, *, ctx: RuleContext) -> pl.LazyFrame:
    """同一人在两个以上在保的低保、低保边缘、刚性支出家庭中计入家庭人口,不论是否保障。

    ## 查什么
    本月在保家庭的成员明细和户主中,同一证件号码计入两户以上。同一项目内各户都保障的,由 DUP101、DUP104 报告;
    城乡低保各一户的由 DUP105 报告,两户低保本是一个家庭的由 DUP108 报告。
    这里只报跨项目的,以及至少一户只计人口、不保障的。一人一条疑点。

    ## 为什么
    以共同生活的家庭为单位计算人均收入,一个人只属于一个家庭。多计一人,人均收入就低,两户的金额都会错。

    ## 常见误报
    - 父母离异、共同抚养的未成年子女:降为 C 级,由两户协商计入一户。
    - 照料老人、列作成员的亲属(备注写明照料、护理,或关系为其他):降为 C 级。
    - 本月减少或已减少的成员、下月才增加的成员:不算。
    - 已停保、暂停的家庭:不算。号码相同、姓名不同的先核号码。

    ## 怎样核实
    - 入户核实本人长期在哪一户共同生活
    - 查户口簿、结婚或离婚证、抚养协议
    - 学生、外出务工人员按本地规定计入哪一户
    - 查两户各自的人口和收入是否都含本人

    ## 处理
    计入实际共同生活的一户,另一户减员,两户分别重算金额。

    ## 示例
    **低保家庭**

    | 户编号 | 户主姓名 | 户主身份证号 | 乡镇 | 家庭人口 | 状态 |
    |---|---|---|---|---|---|
    | H1 | 王一山 | {甲} | 甲镇 | 2 | 在保 |

    **低保边缘家庭**

    | 户编号 | 户主姓名 | 户主身份证号 | 乡镇 | 家庭人口 | 状态 |
    |---|---|---|---|---|---|
    | E1 | 李二水 | {乙} | 甲镇 | 2 | 在保 |

    **共同生活成员**

    | 救助项目 | 户编号 | 成员姓名 | 成员身份证号 | 与户主关系 |
    |---|---|---|---|---|
    | 低保 | H1 | 王一山 | {甲} | 户主 |
    | 低保 | H1 | 王小山 | {丙:1990-03-05男} | 子 |
    | 低保边缘 | E1 | 李二水 | {乙} | 户主 |
    | 低保边缘 | E1 | 王小山 | {丙} | 配偶 |

    **疑点**

    | 等级 | 金额 | 月份 | 说明 |
    |---|---|---|---|
    | A | | 2026-06 | 同时计入2户的家庭人口(低保家庭、低保边缘家庭) |
    """
    here = (
        roll.filter(
            "active",
            "counted",
            pl.col("person_key") >= 0,
            pl.col("programme").is_in(list(HOUSEHOLD_ROLLS)),
            pl.col("household_key").is_not_null(),
            pl.col("first_month").is_null() | (pl.col("first_month") <= ctx.month),
        )
        .join(member.select("row_id", "joined_on", "left_on"), on="row_id", how="left")
        .filter(
            pl.col("joined_on").is_null() | (pl.col("joined_on") <= ctx.as_of),
            pl.col("left_on").is_null() | (pl.col("left_on") > ctx.as_of),
        )
        .filter(pl.col("household_key").n_unique().over("person_key") > 1)
        # households that are one family are DUP105's and DUP108's
        .filter(pl.col("family_key").n_unique().over("person_key") > 1)
    )
    carer = pl.col("remark").str.contains("照料|护理|照护").fill_null(value=False)
    child = pl.col("relation").is_in(["子", "女", "子女"])
    return (
        here.with_columns(
            (carer | (pl.col("relation") == "其他").fill_null(value=False)).alias("carer"),
            child.fill_null(value=False).alias("child"),
            titled("programme").alias("title"),
        )
        .sort("person_key", "household_key", "row_id")
        .group_by("person_key", maintain_order=True)
        .agg(
            pl.col("row_id").first().alias("subject_row"),
            pl.col("household_key").n_unique().cast(pl.Int64).alias("n"),
            pl.col("title").unique().sort().str.join("、").alias("rolls"),
            pl.col("programme").unique().sort().str.join(", ").alias("programmes"),
            pl.col("household_key").unique().sort().str.join("|").alias("counterpart"),
            (pl.col("covered").all() & (pl.col("programme").n_unique() == 1)).alias("elsewhere"),
            pl.col("carer").any(),
            pl.col("child").all(),
            pl.col("tier").max(),
            cite(
                "name", "id_no", "relation", "status", "is_counted", "is_covered", "first_month", "joined_on", "remark"
            )
            .explode()
            .alias("evidence"),
        )
        .filter(~pl.col("elsewhere"))
        .with_columns((pl.col("child") & (full_years(ctx.as_of) < 18)).alias("shared_child"))
        .with_columns(
            pl.when(pl.col("shared_child") | pl.col("carer")).then(pl.lit("C")).otherwise(pl.lit("A")).alias("grade"),
            pl.when("shared_child")
            .then(pl.lit(",为未成年子女"))
            .when("carer")
            .then(pl.lit(",可能是照料人"))
            .otherwise(pl.lit(""))
            .alias("addition"),
            pl.lit([ctx.month]).alias("months"),
            pl.lit("由保留的一户和减员的一户按实际人口分别重算后确定").alias("formula"),
        )
    )
