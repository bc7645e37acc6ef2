"""MIS403 残疾人两项补贴应享未享."""

from __future__ import annotations

import polars as pl

from baoshen_audit.finding import CITED, Grade, Severity, cite, cites, weakest
from baoshen_audit.rule import RuleContext, rule


@rule(
    "MIS403",
    "disability-subsidy-not-claimed",
    title="残疾人两项补贴应享未享",
    title_en="Disability subsidies not claimed",
    severity=Severity.MEDIUM,
    grade=Grade.B,
    key="person_key",
    needs=(
        "disability: name? id_no disability_level disability_kind? cert_status? valid_to? remark?",
        "roll: status? programme? remark?",
        "disability_subsidy: living_amount? care_amount?",
        "injury_care?: level? start? end?",
    ),
    policy=("disability.care_levels", "exclusion.mode"),
    message="残疾人证{level}有效,本月没有享受{missing}{addition}",
    message_en="A valid certificate of disability; {n} subsidy(ies) the holder may be entitled to are not paid",
    basis=("disability-subsidies",),
    since="0.1",
)
def disability_subsidy_not_claimed(
    disability: pl.LazyFrame,
    roll: pl.LazyFrame,
    disability_subsidy: pl.LazyFrame,
    injury_care: pl.LazyFrame,
    *,
    ctx: RuleContext,
) -> pl.LazyFrame:
    """持有效残疾人证、符合条件而没有领到护理补贴或生活补贴的人。

    ## 查什么
    残疾人证有效的人:等级在政策规定的护理补贴等级之内,本月没有护理补贴;本月在低保中受保障,没有生活补贴。
    正在享受的其他待遇按互斥表不能与该项补贴同时享受、或须择高的,不报。不在任何名册上的持证人也看。一人一条疑点。

    ## 为什么
    两项补贴须本人申请(国发〔2015〕52号),不少人不知道。应享未享与多发一样要查。

    ## 常见误报
    - 特困供养、享受工伤护理费、享受孤儿基本生活费等不能同时享受的:不报。
    - 本人书面放弃(备注写明放弃、不申请)的:不报。
    - 名册上有本人、已停发或暂停的:降为 C 级,先查停发原因。
    - 残疾人证已注销、冻结、到期的:不报。
    - 名册没有分两项金额的,视为两项都已享受。
    - 是否需要长期照护、户籍是否在本地,须人工核实。

    ## 怎样核实
    - 查本人户籍、居住地是否在本县,是否已在外地领取
    - 查残疾人证原件和等级,是否需要长期照护
    - 是否曾申请、被拒或停发,理由是什么
    - 本人是否自愿放弃

    ## 处理
    主动告知本人或监护人可以申请,必要时上门办理;符合条件的自申请当月起计发。

    ## 示例
    **残疾人两项补贴**

    | 姓名 | 身份证号 | 乡镇 | 状态 | 生活补贴金额 | 护理补贴金额 |
    |---|---|---|---|---|---|
    | 李二水 | {乙} | 甲镇 | 在保 | 0 | 180 |

    **残疾人证**

    | 姓名 | 身份证号 | 残疾类别 | 残疾等级 | 证件状态 | 有效期止 |
    |---|---|---|---|---|---|
    | 李二水 | {乙} | 肢体 | 一级 | 有效 | 2030-05-01 |
    | 王一山 | {甲:1970-02-03男} | 视力 | 二级 | 有效 | 2031-05-01 |

    **疑点**

    | 等级 | 金额 | 月份 | 说明 |
    |---|---|---|---|
    | B | | 2026-06 | 残疾人证二级有效,本月没有享受重度残疾人护理补贴 |
    """
    levels = list(ctx.policy.get("disability.care_levels", ctx.month).texts)
    certified = (
        disability.filter(
            pl.col("person_key") >= 0,
            pl.col("cert_status").is_null() | (pl.col("cert_status") == "有效"),
            pl.col("valid_to").is_null() | (pl.col("valid_to") >= ctx.as_of),
            ~pl.col("remark").str.contains(_REFUSED).fill_null(value=False),
        )
        .with_columns(
            cite("name", "id_no", "disability_kind", "disability_level", "cert_status", "valid_to").alias("cert_cells")
        )
        .sort("person_key", "disability_level", "row_id", nulls_last=True)
        .unique("person_key", keep="first", maintain_order=True)
        .select("person_key", "row_id", "tier", pl.col("disability_level").alias("level"), "cert_cells")
    )
    has = pl.col("benefits").list.contains
    blocked = [pl.col("blocked").list.contains(item) for item in ("disability_care", "disability_living")]
    lacks = [~has(item) & ~has("disability_subsidy") for item in ("disability_care", "disability_living")]
    care = pl.col("level").is_in(levels) & lacks[0] & ~blocked[0]
    living = pl.col("on_dibao") & lacks[1] & ~blocked[1]
    parts = [
        pl.when(part.fill_null(value=False)).then(pl.lit(word))
        for part, word in ((care, "重度残疾人护理补贴"), (living, "困难残疾人生活补贴"))
    ]
    return (
        certified.join(_received(roll, injury_care, ctx), on="person_key", how="left")
        .with_columns(
            *(pl.col(name).fill_null([]) for name in ("benefits", "blocked")),
            *(pl.col(name).fill_null(value=False) for name in ("on_dibao", "stopped", "refused")),
            pl.coalesce("roll_cells", pl.lit([], dtype=CITED)).alias("roll_cells"),
        )
        .with_columns(pl.concat_list(parts).list.drop_nulls().alias("parts"))
        .filter(pl.col("parts").list.len() > 0, ~pl.col("refused"))
        .sort("person_key")
        .with_columns(
            pl.col("row_id").alias("subject_row"),
            pl.col("level").fill_null("(未写等级)"),
            pl.col("parts").list.join("、").alias("missing"),
            pl.col("parts").list.len().cast(pl.Int64).alias("n"),
            pl.when("stopped").then(pl.lit(";名册上有本人,已停发或暂停")).otherwise(pl.lit("")).alias("addition"),
            pl.when("stopped").then(pl.lit("C")).otherwise(pl.lit("B")).alias("grade"),
            weakest("tier", "roll_tier").alias("tier"),
            pl.lit([ctx.month]).alias("months"),
            cites(pl.col("cert_cells"), pl.col("roll_cells")).alias("evidence"),
        )
    )


_REFUSED = "放弃|不申请|不愿"


def _received(roll: pl.LazyFrame, injury_care: pl.LazyFrame, ctx: RuleContext) -> pl.LazyFrame:
    """One row per person: `benefits` of the month, the subsidies these exclude (`blocked`), and what the rolls say."""
    modes = ctx.policy.by_month("exclusion.mode", [ctx.month]).filter(pl.col("value") != "S").select("a", "b")
    pairs = pl.concat([modes, modes.select(pl.col("b").alias("a"), pl.col("a").alias("b"))])
    pairs = pairs.filter(pl.col("b").is_in(["disability_care", "disability_living"]))
    blocks = pairs.group_by("a").agg(pl.col("b").unique().sort().alias("blocks")).rename({"a": "benefit"}).lazy()
    subsidy = pl.col("table") == "disability_subsidy"
    rows = roll.with_columns(
        pl.when(pl.col("active") & pl.col("covered")).then("benefits").otherwise(pl.lit([], pl.List(pl.String))),
        (pl.col("active") & pl.col("covered") & (pl.col("programme") == "dibao")).alias("on_dibao"),
        (subsidy & ~pl.col("active")).alias("stopped"),
        (subsidy & pl.col("remark").str.contains(_REFUSED)).alias("refused"),
        cite("name", "id_no", "status", "living_amount", "care_amount").alias("roll_cells"),
    )
    cared = injury_care.filter(
        pl.col("start").is_null() | (pl.col("start") <= ctx.month),
        pl.col("end").is_null() | (pl.col("end") >= ctx.month),
    ).select("person_key", "row_id", "tier", pl.lit(["injury_care"]).alias("benefits"))
    return (
        pl.concat([rows, cared], how="diagonal")
        .filter(pl.col("person_key") >= 0)
        .explode("benefits", empty_as_null=True)
        .rename({"benefits": "benefit"})
        .join(blocks, on="benefit", how="left")
        .sort("person_key", "row_id", "benefit")
        .group_by("person_key", maintain_order=True)
        .agg(
            pl.col("benefit").drop_nulls().unique().sort().alias("benefits"),
            pl.col("blocks").drop_nulls().explode().unique().sort().alias("blocked"),
            pl.col("on_dibao").any(),
            pl.col("stopped").any(),
            pl.col("refused").any(),
            pl.col("tier").max().alias("roll_tier"),
            pl.col("roll_cells").explode().unique(maintain_order=True),
        )
    )
