"""ERR207 财政供养人员在保."""

from __future__ import annotations

import polars as pl

from baoshen_audit.finding import Grade, Severity, cite, cites, weakest
from baoshen_audit.rule import RuleContext, rule
from baoshen_audit.rules import listed


@rule(
    "ERR207",
    "on-public-payroll",
    title="财政供养人员在保",
    title_en="On the public payroll",
    severity=Severity.HIGH,
    grade=Grade.A,
    key="person_key",
    needs=(
        "roll: name? id_no status? relation?",
        "fiscal_payroll: employer? staff_kind payroll_status gross? month?",
    ),
    policy=("payroll.active_status", "payroll.exclude_kinds"),
    message="财政供养数据登记为{states}({kinds}),本月在{programmes}名册内计入保障;这笔收入应计入家庭收入重算",
    message_en="On the public payroll ({states}) and counted on a roll this month; "
    "the pay belongs in the household's income",
    basis=("social-assistance-interim#58", "county-audits"),
    since="0.1",
)
def on_public_payroll(
    roll: pl.LazyFrame, fiscal_payroll: pl.LazyFrame, *, ctx: RuleContext, within_months: int = 3
) -> pl.LazyFrame:
    """财政供养数据与低保、低保边缘、特困名册的比对。

    ## 查什么
    本月计入保障的人(户主、配偶和其他计入人口的成员)在财政供养数据里为在编在岗或退休。
    数据按月或按季提供:取与核查月相差不超过 3 个月、每个单位最近的一条为准。

    ## 为什么
    《社会救助暂行办法》第五十八条规定可以查询、核对家庭收入;各地审计把财政供养人员在保列为必查。
    在册是事实(A 级),是否仍符合条件要按收入重算,本规则不下结论。干部身份和备案由 FAV301 报告,本规则只管收入。

    ## 常见误报
    - 财政供养数据里夹有遗属补助、抚恤、公益岗人员:按政策参数排除。
    - 村医、保洁等低工资人员,按收入核算后可能仍符合条件。
    - 已离职、调出:以最近一条的人员状态为准。
    - 同名不同人:只按证件号关联。
    - 依法不计入家庭人口的成员(服刑等)不比对;优抚、残疾人两项补贴不看收入,不比对。

    ## 怎样核实
    - 向单位或财政部门核实人员状态和应发工资
    - 核对是否属于遗属补助、抚恤或公益性岗位
    - 查家庭月收入是否已经包含这笔收入
    - 按包含工资的收入重算后是否仍低于标准

    ## 处理
    确认后把工资或退休金计入家庭收入,按户重算;是干部的一并看 FAV301 的备案情况。

    ## 示例
    **低保家庭**

    | 户编号 | 户主姓名 | 户主身份证号 | 乡镇 | 状态 |
    |---|---|---|---|---|
    | H1 | 王一山 | {甲} | 甲镇 | 在保 |

    **共同生活成员**

    | 户编号 | 成员姓名 | 成员身份证号 | 与户主关系 |
    |---|---|---|---|
    | H1 | 王一山 | {甲} | 户主 |
    | H1 | 李二梅 | {乙} | 配偶 |

    **财政供养人员**

    | 姓名 | 身份证号 | 单位 | 编制性质 | 人员状态 | 应发工资 | 工资月份 |
    |---|---|---|---|---|---|---|
    | 李二梅 | {乙} | 甲镇小学 | 事业 | 在编在岗 | 5200 | 2026-05 |

    **疑点**

    | 等级 | 金额 | 月份 | 说明 |
    |---|---|---|---|
    | A | | 2026-06 | 登记为在编在岗(事业),本月在低保家庭名册内 |
    """
    active = list(ctx.policy.get("payroll.active_status", ctx.month).texts)
    not_staff = list(ctx.policy.get("payroll.exclude_kinds", ctx.month).texts)
    month = pl.lit(ctx.month)
    near = pl.col("month").is_between(
        month.dt.offset_by(f"-{within_months}mo"), month.dt.offset_by(f"{within_months}mo")
    )
    paid = (
        fiscal_payroll.filter(pl.col("person_key").is_not_null(), near | pl.col("month").is_null())
        .sort("person_key", "employer", "month", "row_id")
        .unique(["person_key", "employer"], keep="last", maintain_order=True)
        .filter(
            pl.col("payroll_status").is_in(active),
            ~pl.col("staff_kind").str.contains_any(not_staff).fill_null(value=False),
        )
        .group_by("person_key", maintain_order=True)
        .agg(
            pl.col("payroll_status").unique().sort().str.join("、").alias("states"),
            pl.col("staff_kind").fill_null("人员性质未填").unique().sort().str.join("、").alias("kinds"),
            pl.col("employer").unique().sort().str.join("、").alias("counterpart"),
            pl.col("tier").max().alias("payroll_tier"),
            cite("name", "id_no", "employer", "staff_kind", "payroll_status", "gross", "month")
            .explode()
            .alias("payroll_cells"),
        )
    )
    return (
        listed(roll.join(paid, on="person_key", how="semi"))
        .join(paid, on="person_key")
        .with_columns(
            weakest("roll_tier", "payroll_tier").alias("tier"),
            pl.lit("应发工资或退休金计入家庭月收入,按户重算后确定").alias("formula"),
            cites(pl.col("roll_cells"), pl.col("payroll_cells")).alias("evidence"),
        )
    )
