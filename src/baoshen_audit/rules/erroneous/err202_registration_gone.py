"""ERR202 户籍注销或迁出."""

from __future__ import annotations

import polars as pl

from baoshen_audit.finding import Grade, Severity, cite, cites, weakest
from baoshen_audit.identity.region import areas
from baoshen_audit.rule import RuleContext, rule
from baoshen_audit.rules import ARRIVED, listed
from baoshen_audit.schemas import HOUSEHOLD_ROLLS, PERSON_ROLLS


@rule(
    "ERR202",
    "registration-gone",
    title="户籍注销或迁出",
    title_en="Household registration cancelled or moved out",
    severity=Severity.MEDIUM,
    grade=Grade.B,
    key="person_key",
    needs=(
        "roll: name? id_no relation? status?",
        "hukou: hukou_status moved_out? moved_in? moved_to? cancel_date? cancel_reason?",
        "exit?: settled_on",
        "death?: death_date? cremation_date?",
        "payment?: entitlement_month amount_paid? result?",
    ),
    policy=("hukou.lost_status", "hukou.grace_months", "hukou.student_words"),
    message="户籍登记为{what}({since}),本月仍在{programmes}名册内",
    message_en="The household registration ended ({since}); still on a roll this month",
    basis=("social-assistance-interim#11", "dibao-confirmation#4", "dibao-confirmation#5"),
    since="0.1",
)
def registration_gone(
    roll: pl.LazyFrame,
    hukou: pl.LazyFrame,
    exit: pl.LazyFrame,
    death: pl.LazyFrame,
    payment: pl.LazyFrame,
    *,
    ctx: RuleContext,
) -> pl.LazyFrame:
    """户籍、出国(境)定居数据与各类名册的比对。

    ## 查什么
    户籍已经注销、出国(境)定居或迁出本省,过了宽限月数,本月仍在册的人。哪些状态算、宽限几个月取政策参数。
    没有变动日期或看不出迁往哪里的为 C 级。一人一条疑点,列出此后的发放。

    ## 为什么
    《社会救助暂行办法》第十一条规定向户籍所在地申请;迁出后应当办理转移接续,由迁入地保障,避免两地都发或都不发。

    ## 常见误报
    - 省内迁移、在本县范围内迁移:不报;迁出后又有一条在册记录的,以在册为准。
    - 升学迁入学校集体户口:不报。
    - 参军是否不计入由各省规定:政策参数没有列入的不报。
    - 登记为死亡、死亡数据也有记录的,由 ERR201 报告,本规则不再报。
    - 在经常居住地申请、保障的,以本地规定为准。

    ## 怎样核实
    - 向派出所核实户籍现状、迁往地和日期
    - 查本人是否仍长期居住在本地
    - 向迁入地民政部门核实是否已经在当地享受

    ## 处理
    符合条件的办理转移接续,不因迁移中断保障;确认已经定居国(境)外的停止本人部分,按剩余人口重算全户金额。

    ## 示例
    **低保家庭**

    | 户编号 | 户主姓名 | 户主身份证号 | 乡镇 | 状态 |
    |---|---|---|---|---|
    | H1 | 王一山 | {甲} | 甲镇 | 在保 |

    **户籍**

    | 姓名 | 身份证号 | 户籍状态 | 迁出日期 | 迁往地 |
    |---|---|---|---|---|
    | 王一山 | {甲} | 迁出 | 2026-03-12 | 安徽省合肥市蜀山区 |

    **疑点**

    | 等级 | 金额 | 月份 | 说明 |
    |---|---|---|---|
    | B | | 2026-06 | 户籍登记为迁出(2026-03-12),本月仍在低保家庭名册内 |
    """
    grace = ctx.policy.get("hukou.grace_months", ctx.month).integer
    dead = death.filter(pl.coalesce("death_date", "cremation_date").is_not_null())
    from_month = pl.col("ended").dt.month_start().dt.offset_by(f"{grace + 1}mo")
    gone = (
        pl.concat([_lost(hukou, ctx), _settled(exit)])
        .join(dead, on="person_key", how="anti")
        .filter(pl.col("ended").is_null() | (from_month <= ctx.month))
        .sort("person_key", "ended", "row_id", nulls_last=True)
        .group_by("person_key", maintain_order=True)
        .agg(
            pl.col("what").unique().sort().str.join("、"),
            pl.col("ended").first(),
            pl.col("grade").min(),
            pl.col("hukou_tier").max(),
            pl.col("cells").explode(),
        )
        .with_columns(from_month.alias("from_month"))
    )
    everywhere = (*HOUSEHOLD_ROLLS, *PERSON_ROLLS)
    return (
        listed(roll.join(gone, on="person_key", how="semi"), everywhere)
        .join(gone, on="person_key")
        .join(_paid(payment, gone), on="person_key", how="left")
        .with_columns(
            weakest("roll_tier", "hukou_tier").alias("tier"),
            pl.concat_list("months", pl.col("paid_months").fill_null([])).list.unique().list.sort().alias("months"),
            pl.col("ended").cast(pl.String).fill_null("日期未填").alias("since"),
            pl.lit("户内成员减少的,按剩余人口重算全户金额后确定").alias("formula"),
            cites(pl.col("roll_cells"), pl.col("cells"), pl.col("pay_cells").fill_null([])).alias("evidence"),
        )
    )


def _lost(hukou: pl.LazyFrame, ctx: RuleContext) -> pl.LazyFrame:
    """Rows of people whose registration ended and who are registered nowhere else in the feed."""
    lost = list(ctx.policy.get("hukou.lost_status", ctx.month).texts)
    students = list(ctx.policy.get("hukou.student_words", ctx.month).texts)
    here = hukou.filter(pl.col("hukou_status") == "正常").select("person_key").drop_nulls()
    moved, to = pl.col("hukou_status") == "迁出", pl.col("moved_to")
    ended = (
        pl.when(moved).then(pl.coalesce("moved_out", "cancel_date")).otherwise(pl.coalesce("cancel_date", "moved_out"))
    )
    why = pl.concat_str("moved_to", "cancel_reason", separator=" ", ignore_nulls=True)
    outside = _outside(to, ctx.policy.region[:2])
    vague = ended.is_null() | (moved & outside.is_null())
    return (
        hukou.filter(
            pl.col("person_key").is_not_null(),
            pl.col("hukou_status").is_in(lost),
            ~(pl.col("moved_in") > pl.col("moved_out")).fill_null(value=False),
            ~(moved & (why.str.contains_any(students) | ~outside.fill_null(value=True))),
        )
        .join(here, on="person_key", how="anti")
        .select(
            "person_key", "row_id",
            pl.col("hukou_status").alias("what"),
            ended.alias("ended"),
            pl.when(vague).then(pl.lit("C")).otherwise(pl.lit("B")).alias("grade"),
            pl.col("tier").alias("hukou_tier"),
            cite("name", "id_no", "hukou_status", "moved_out", "moved_to", "cancel_date").alias("cells"),
        )
    )  # fmt: skip


def _settled(exit_: pl.LazyFrame) -> pl.LazyFrame:
    return exit_.filter(pl.col("person_key").is_not_null()).select(
        "person_key", "row_id",
        pl.lit("出国(境)定居").alias("what"),
        pl.col("settled_on").alias("ended"),
        pl.when(pl.col("settled_on").is_null()).then(pl.lit("C")).otherwise(pl.lit("B")).alias("grade"),
        pl.col("tier").alias("hukou_tier"),
        cite("name", "id_no", "settled_on").alias("cells"),
    )  # fmt: skip


def _outside(place: pl.Expr, province: str) -> pl.Expr:
    """Whether a place lies in another province; null where neither its words nor its code tell."""
    known = areas().select("code", "name").unique(maintain_order=True)
    short = pl.col("name").str.replace(r"(省|市|特别行政区|(壮族|回族|维吾尔)?自治区)$", "")
    heads = known.filter(pl.col("code").str.ends_with("0000"), pl.col("code") < "80").select("code", short).rows()
    own = [name for code, name in heads if code[:2] == province]
    other = [name for code, name in heads if code[:2] != province]
    inside = known.filter(pl.col("code").str.starts_with(province), pl.col("name").str.len_chars() > 2)
    code = place.str.extract(r"^\s*(\d{2})\d{4}")
    begins = place.str.strip_chars()
    return (
        pl.when(code.is_not_null())
        .then(code != province)
        .when(pl.any_horizontal(begins.str.starts_with(name) for name in own) if own else pl.lit(value=False))
        .then(pl.lit(value=False))
        .when(pl.any_horizontal(begins.str.starts_with(name) for name in other))
        .then(pl.lit(value=True))
        .when(place.str.contains_any(inside["name"].unique(maintain_order=True).to_list()))
        .then(pl.lit(value=False))
    )


def _paid(payment: pl.LazyFrame, gone: pl.LazyFrame) -> pl.LazyFrame:
    """Payments under the person's own number after the end of the registration."""
    return (
        payment.join(gone.select("person_key", "from_month"), on="person_key")
        .filter(ARRIVED, pl.col("entitlement_month") >= pl.col("from_month"))
        .sort("person_key", "entitlement_month", "row_id")
        .group_by("person_key", maintain_order=True)
        .agg(
            pl.col("entitlement_month").alias("paid_months"),
            cite("entitlement_month", "amount_paid").explode().alias("pay_cells"),
        )
    )
