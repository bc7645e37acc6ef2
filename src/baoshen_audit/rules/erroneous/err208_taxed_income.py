"""ERR208 个税申报收入."""

from __future__ import annotations

import polars as pl

from baoshen_audit.finding import Grade, Severity, cite, cites, weakest
from baoshen_audit.rule import RuleContext, rule
from baoshen_audit.rules import listed
from baoshen_audit.rules.means import declared_income
from baoshen_audit.schemas import HOUSEHOLD_ROLLS


@rule(
    "ERR208",
    "taxed-income-above-declared",
    title="个税申报收入",
    title_en="Tax-declared income",
    severity=Severity.LOW,
    grade=Grade.C,
    key="person_key",
    needs=("roll: name? id_no relation? status? income|income_month", "tax: income month payer? item?"),
    policy=("income.not_counted_items", "income.window_months"),
    message="有{n}个月个税申报的收入高于申报收入(最近{last:月}为{taxed:元}元,申报{declared:元}元);先核实是否被冒用身份申报",
    message_en="Taxed income above the declared income in {n} month(s); it may be a misuse of the person's identity",
    basis=("social-assistance-interim#58",),
    since="0.1",
)
def taxed_income_above_declared(
    roll: pl.LazyFrame, tax: pl.LazyFrame, *, ctx: RuleContext, months: int = 3, tolerance: int = 30_000
) -> pl.LazyFrame:
    """个人所得税申报数据与低保、低保边缘家庭申报收入的比对。

    ## 查什么
    计入保障的成员,在核对期间内至少 3 个月(参数 months)每月个税申报的收入高于申报收入(个人收入、家庭月收入中较大的)
    300 元以上(参数 tolerance,分)。不计入家庭收入的项目和一次性所得按政策参数排除。一人一条疑点。

    ## 为什么
    办法第五十八条规定可以查询税务信息。个税由扣缴单位申报,单位冒用他人身份申报工资在困难群众中并不少见:
    这条疑点可能说明本人是受害者。

    ## 常见误报
    - 被冒用身份申报:本人不知情,没有领过这笔工资。
    - 一次性所得、财产转让、偶然所得:不是每月收入,不计。
    - 只有一两个月的短工:不报。
    - 已经写在家庭月收入里的:不报。同名不同人:只按证件号关联。

    ## 怎样核实
    - 请本人在个人所得税 APP 查看扣缴单位,确认是否在该单位工作过
    - 在该单位工作的,核对实际工资和起止时间
    - 被冒用的,协助本人在个人所得税 APP 提出申诉

    ## 处理
    确有收入的计入家庭收入重算;被冒用的协助申诉,并在台账注明,不影响保障。

    ## 示例
    **低保家庭**

    | 户编号 | 户主姓名 | 户主身份证号 | 乡镇 | 家庭月收入 | 状态 |
    |---|---|---|---|---|---|
    | H1 | 王一山 | {甲} | 甲镇 | 400 | 在保 |

    **个人所得税申报**

    | 姓名 | 身份证号 | 扣缴单位 | 所得项目 | 收入额 | 所属期 |
    |---|---|---|---|---|---|
    | 王一山 | {甲} | 示例制衣厂 | 工资薪金 | 2600 | 2026-03 |
    | 王一山 | {甲} | 示例制衣厂 | 工资薪金 | 2600 | 2026-04 |
    | 王一山 | {甲} | 示例制衣厂 | 工资薪金 | 2800 | 2026-05 |

    **疑点**

    | 等级 | 金额 | 说明 |
    |---|---|---|
    | C | | 有3个月个税申报的收入高于申报收入(最近2026-05为2800.00元,申报400.00元) |
    """
    words = list(ctx.policy.get("income.not_counted_items", ctx.month).texts)
    window = ctx.policy.get("income.window_months", ctx.month).integer
    first = pl.lit(ctx.month).dt.offset_by(f"-{window}mo")
    by_month = (
        tax.filter(
            pl.col("person_key").is_not_null(),
            (pl.col("month") > first) & (pl.col("month") <= ctx.month),
            ~pl.col("item").str.contains_any(words).fill_null(value=False),
        )
        .sort("person_key", "month", "row_id")
        .unique(["person_key", "month", "payer", "item", "income"], keep="first", maintain_order=True)
        .group_by("person_key", "month", maintain_order=True)
        .agg(
            pl.col("income").sum().alias("taxed"),
            pl.col("tier").max().alias("tax_tier"),
            cite("name", "id_no", "payer", "item", "income", "month").explode().alias("tax_cells"),
        )
    )
    above = (
        by_month.join(declared_income(roll), on="person_key")
        .filter(pl.col("taxed") > pl.col("declared") + tolerance)
        .sort("person_key", "month")
        .group_by("person_key", maintain_order=True)
        .agg(
            pl.len().alias("n"),
            pl.col("month").last().alias("last"),
            pl.col("taxed", "declared", "declared_cells").last(),
            pl.col("tax_tier").max(),
            pl.col("tax_cells").explode(),
        )
        .filter(pl.col("n") >= months)
    )
    return (
        listed(roll.join(above, on="person_key", how="semi"), tuple(HOUSEHOLD_ROLLS))
        .join(above, on="person_key")
        .with_columns(
            weakest("roll_tier", "tax_tier").alias("tier"),
            pl.lit("核实后计入家庭月收入,按户重算后确定").alias("formula"),
            cites(pl.col("roll_cells"), pl.col("declared_cells"), pl.col("tax_cells")).alias("evidence"),
        )
    )
