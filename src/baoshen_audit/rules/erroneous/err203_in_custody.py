"""ERR203 服刑、强制隔离戒毒人员计入保障."""

from __future__ import annotations

import polars as pl

from baoshen_audit.finding import Grade, Severity, cite, cites, weakest
from baoshen_audit.rule import RuleContext, rule
from baoshen_audit.rules import listed


@rule(
    "ERR203",
    "counted-while-in-custody",
    title="服刑、强制隔离戒毒人员计入保障",
    title_en="Prisoner or compulsory-isolation inmate counted",
    severity=Severity.MEDIUM,
    grade=Grade.A,
    key="person_key",
    needs=("roll: name? id_no relation? status? exclude_reason?", "custody: kind start end?"),
    policy=("custody.not_counted_kinds", "custody.min_days"),
    message="自{start}起{kinds},本月仍计入{programmes};应减去本人、重算全户,人均可能反而增加",
    message_en="In custody since {start}, still counted this month; recompute without the person, it may be more",
    basis=("social-assistance-interim#9", "social-assistance-interim#13", "dibao-confirmation"),
    since="0.1",
)
def counted_while_in_custody(roll: pl.LazyFrame, custody: pl.LazyFrame, *, ctx: RuleContext) -> pl.LazyFrame:
    """服刑、强制隔离戒毒数据与低保、低保边缘、特困等名册的比对。

    ## 查什么
    核查日仍在服刑或强制隔离戒毒、已满规定天数的人,本月仍计入家庭人口或享受特困供养。类别和天数取政策参数。
    一人一条疑点。

    ## 为什么
    服刑、强制隔离戒毒期间由国家保障生活,不计入共同生活的家庭成员。减去本人后家庭的人均收入会变,
    留下的家人可能应当得到更多。

    ## 常见误报
    - 社区矫正、监外执行、保外就医在家生活的,仍计入家庭人口:不报。
    - 判决前羁押不是服刑:不报。
    - 已经释放、解除的:以释放日期为准,不报;没有释放日期的,核实是否已回家。
    - 名册已注明不计入的成员:不报。

    ## 怎样核实
    - 向司法、公安核实是否仍在场所内、预计何时释放
    - 入户了解家庭现有人口和生活情况
    - 按减去本人后的人口和收入重算,确定调增还是调减

    ## 处理
    减去本人,按剩余人口重算全户金额,不因此停发全户;释放后及时恢复计入。疑点中不显示场所和案由。

    ## 示例
    **低保家庭**

    | 户编号 | 户主姓名 | 户主身份证号 | 乡镇 | 家庭人口 | 状态 |
    |---|---|---|---|---|---|
    | H1 | 王一山 | {甲} | 甲镇 | 2 | 在保 |

    **共同生活成员**

    | 户编号 | 成员姓名 | 成员身份证号 | 与户主关系 |
    |---|---|---|---|
    | H1 | 王一山 | {甲} | 户主 |
    | H1 | 王小山 | {丙:1990-03-05男} | 子 |

    **服刑、强制隔离戒毒、社区矫正**

    | 姓名 | 身份证号 | 类型 | 入监日期 | 出监日期 |
    |---|---|---|---|---|
    | 王小山 | {丙} | 服刑 | 2025-11-03 | 2028-11-02 |

    **疑点**

    | 等级 | 金额 | 月份 | 说明 |
    |---|---|---|---|
    | A | | 2026-06 | 自2025-11-03起服刑,本月仍计入低保家庭 |
    """
    kinds = list(ctx.policy.get("custody.not_counted_kinds", ctx.month).texts)
    days = ctx.policy.get("custody.min_days", ctx.month).integer
    inside = (
        custody.filter(
            pl.col("person_key").is_not_null(),
            pl.col("kind").is_in(kinds),
            pl.col("start") <= pl.lit(ctx.as_of).dt.offset_by(f"-{days}d"),
            pl.col("end").is_null() | (pl.col("end") > ctx.as_of),
        )
        .sort("person_key", "start", "row_id")
        .group_by("person_key", maintain_order=True)
        .agg(
            pl.col("start").first(),
            pl.col("kind").unique().sort().str.join("、").alias("kinds"),
            pl.col("tier").max().alias("custody_tier"),
            # where somebody is held is nobody's business here
            cite("name", "id_no", "kind", "start", "end").explode().alias("custody_cells"),
        )
    )
    return (
        listed(roll.join(inside, on="person_key", how="semi"))
        .join(inside, on="person_key")
        .with_columns(
            weakest("roll_tier", "custody_tier").alias("tier"),
            pl.lit("按减去本人后的人口和收入重算全户金额后确定,可能调增").alias("formula"),
            cites(pl.col("roll_cells"), pl.col("custody_cells")).alias("evidence"),
        )
    )
