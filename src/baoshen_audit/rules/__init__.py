"""The rules, one file each, by family.

duplicate 重复保, erroneous 错保, favour 人情保, intake 名册与数据源, omission 漏保/欠发.
"""

from __future__ import annotations

from datetime import date
from typing import Final

import polars as pl

from baoshen_audit.finding import cite
from baoshen_audit.policy.amount import ROUNDING_TEXT, countable_income, top_up
from baoshen_audit.rule import NotEvaluable, RuleContext, yuan
from baoshen_audit.schemas import HOUSEHOLD_ROLLS, TABLES

_TITLES: Final = {name: spec.title for name, spec in TABLES.items()} | {
    "disability_living": "困难残疾人生活补贴",
    "disability_care": "重度残疾人护理补贴",
}

MEANS_TESTED: Final = (*HOUSEHOLD_ROLLS, "tekun")
"""Programmes decided by income and property; 优抚 and the disability subsidies follow a certificate."""


ARRIVED: Final = pl.col("result").is_null() | (pl.col("result") == "成功")
"""Payments that went through; a file without results lists what was paid."""

ORDINARY: Final = pl.col("kind").is_null() | pl.col("kind").is_in(["正常", "重发"])
"""Payments of the month's own entitlement: neither arrears nor recoveries."""


def titled(column: str) -> pl.Expr:
    """What people call a programme or a table; the code where there is no name for it."""
    return pl.col(column).replace_strict(_TITLES, default=pl.col(column))


def _kinds(column: str) -> pl.Expr:
    """How many values a person's paid rows of one 低保 roll have."""
    paid = pl.col(column).filter("active", pl.col("programme") == "dibao")
    return paid.drop_nulls().n_unique().over("person_key", "programme")


URBAN_AND_RURAL: Final = _kinds("urban_rural") > 1
"""People who stand in an urban and in a rural household of 低保: what DUP105 reports."""

TWO_KINDS: Final = URBAN_AND_RURAL | (_kinds("category") > 1)
"""The same, and people with a guarantee of their own inside a covered household: DUP105 and DUP113."""

HOUSEHOLD_SHOWN: Final = (
    "name", "urban_rural", "family_size", "covered_count", "income_month", "employment_cost", "rigid_exp", "standard",
    "top_up", "supplement_amount", "monthly_amount", "status",
)  # fmt: skip
"""What the 补差 of a household is worked out from, as evidence."""


def listed(roll: pl.LazyFrame, programmes: tuple[str, ...] = MEANS_TESTED) -> pl.LazyFrame:
    """Persons who are counted and paid for on these rolls this month.

    Returns:
        One row per `person_key`: `subject_row` (the first row), `months`, `programmes` (titles of the rolls),
        `roll_tier`, `roll_cells` (evidence).
    """
    titles = {programme: TABLES[programme].title for programme in programmes}
    return (
        roll.filter("active", "counted", pl.col("programme").is_in(programmes))
        .sort("person_key", "row_id")
        .group_by("person_key", maintain_order=True)
        .agg(
            pl.col("row_id").first().alias("subject_row"),
            pl.col("period").unique().sort().alias("months"),
            pl.col("programme").replace_strict(titles).unique().sort().str.join("、").alias("programmes"),
            pl.col("tier").max().alias("roll_tier"),
            cite("name", "id_no", "relation", "status").explode().alias("roll_cells"),
        )
    )


def reckoned(dibao: pl.LazyFrame, roll: pl.LazyFrame, ctx: RuleContext) -> pl.LazyFrame:
    """Households on 低保 in payment, with what they are entitled to in the month.

    Returns:
        One row per household: `household_key`, `subject_row`, `n` (guaranteed persons), `fewest` (persons by the
        smallest of the roll's counts), `monthly_amount`, `standard` (as written on the roll), `per_head` (that of the
        law), `recomputed` and `formula` (null where the law or the roll does not tell: 单人保, 渐退 that keeps its
        amount, unknown income), `by_other` (the amounts that other standards would give, in the order of
        `every_standard`; null for the household's own), `grade` (B where the persons are not sure), `home_cells`.

    Raises:
        NotEvaluable: the county pays by tiers.
    """
    if ctx.policy.get("dibao.mode", ctx.month).text != "补差":
        raise NotEvaluable("本地低保金按分档发放,不按补差计算", "the county pays by tiers, not by difference")
    rounding = ctx.policy.get("dibao.rounding", ctx.month).text
    keeps = ctx.policy.get("dibao.grace_keeps_amount", ctx.month).flag
    rows = roll.filter("active", pl.col("programme") == "dibao").group_by("household_key")
    members = rows.agg(((pl.col("table") == "member") & pl.col("covered")).sum().cast(pl.Int64).alias("rows"))
    said, counted = (pl.when(pl.col(name) > 0).then(pl.col(name)) for name in ("covered_count", "rows"))
    reckons = pl.col("category").ne_missing("单人保") & ~(pl.col("status").eq_missing("渐退") & keeps)
    income = countable_income(pl.col("income_month"), pl.col("employment_cost"), pl.col("rigid_exp"))
    return (
        dibao.join(members, on="household_key")
        .select(
            "household_key",
            "monthly_amount",
            "standard",
            pl.col("supplement_amount").fill_null(0).alias("extra"),
            pl.col("row_id").alias("subject_row"),
            pl.coalesce(said, counted, "family_size").alias("n"),
            pl.min_horizontal(said, counted, "family_size").alias("fewest"),
            standard_per_head(ctx).alias("per_head"),
            pl.when(reckons).then(income).alias("income"),
            pl.when(said != counted).then(pl.lit("B")).alias("grade"),
            cite(*HOUSEHOLD_SHOWN).alias("home_cells"),
        )
        .with_columns(
            _entitlement(pl.col("per_head"), rounding).alias("recomputed"),
            pl.concat_list(
                pl.when(pl.col("per_head") != other).then(_entitlement(pl.lit(other, dtype=pl.Int64), rounding))
                for other in every_standard(ctx, "dibao.standard")
            ).alias("by_other"),
            pl.format(
                f"{{}}元×{{}}人−{{}}元,{ROUNDING_TEXT[rounding]},另加分类施保{{}}元",
                *(yuan(pl.col("per_head")), "n", yuan(pl.col("income")), yuan(pl.col("extra"))),
            ).alias("formula"),
        )
    )


def standard_per_head(ctx: RuleContext) -> pl.Expr:
    """The 低保 standard of the month for a household's `urban_rural`, in 分; null where nothing tells which it is."""
    standards = dict(ctx.policy.by_month("dibao.standard", [ctx.month]).select("urban_rural", "value").iter_rows())
    # where town and country have one standard, a roll need not say which a household is
    only = next(iter(standards.values())) if len(set(standards.values())) == 1 else None
    return pl.col("urban_rural").replace_strict(standards, default=only, return_dtype=pl.Int64)


def every_standard(ctx: RuleContext, key: str) -> list[int]:
    """All values that a standard has or ever had, whatever its dimensions, in 分 and in ascending order."""
    return sorted(set(ctx.policy.frame(key)["value"]))


def _entitlement(per_head: pl.Expr, rounding: str) -> pl.Expr:
    return top_up(per_head, pl.col("n"), pl.col("income"), rounding) + pl.col("extra")


def by_household(payment: pl.LazyFrame) -> pl.LazyFrame:
    """One row per household and month: `paid`, the ordinary payment due, arrears and recoveries left out.

    Also `tier`, `persons` (what the rows say they pay for), `numbered` (all rows bear the household's number) and
    `pay_cells`.
    """
    net = pl.col("amount_paid") - pl.col("arrears").fill_null(0) + pl.col("deduction").fill_null(0)
    return (
        payment.filter(ARRIVED, ORDINARY)
        .sort("household_key", "entitlement_month", "row_id")
        .group_by("household_key", "entitlement_month", maintain_order=True)
        .agg(
            pl.coalesce("amount_due", net).sum().alias("paid"),
            pl.col("tier").max(),
            pl.col("persons").sum(),
            pl.col("hh_id").is_not_null().all().alias("numbered"),
            cite("entitlement_month", "amount_due", "amount_paid", "kind", "result").explode().alias("pay_cells"),
        )
    )


def approved_amounts(roll: pl.LazyFrame, disability_subsidy: pl.LazyFrame) -> pl.LazyFrame:
    """What the rolls of the month approve for a person and programme.

    Returns:
        One row per `person_key` and `programme`: `approved` (分, of all rows together; null if one does not say),
        `roll_rows`, `roll_tier`, `roll_cells` (evidence). The two disability subsidies count together.
    """
    parts = pl.sum_horizontal("living_amount", "care_amount")
    return (
        roll.filter("active", "covered")
        .join(disability_subsidy.select("row_id", "living_amount", "care_amount"), on="row_id", how="left")
        .with_columns(pl.coalesce("monthly_amount", pl.when(parts > 0).then(parts)).alias("approved"))
        .sort("person_key", "programme", "row_id")
        .group_by("person_key", "programme", maintain_order=True)
        .agg(
            pl.when(pl.col("approved").is_not_null().all()).then(pl.col("approved").sum()).alias("approved"),
            pl.len().alias("roll_rows"),
            pl.col("tier").max().alias("roll_tier"),
            cite("status", "monthly_amount", "living_amount", "care_amount").explode().alias("roll_cells"),
        )
    )


def in_office(ctx: RuleContext) -> pl.Expr:
    """Whether the term of a roster row covers the month; a term without a date is open at that end."""
    return _covers(ctx, "term_start", "term_end")


def filing_valid(ctx: RuleContext) -> pl.Expr:
    """Whether a filing holds in the month; one without a date is open at that end."""
    return _covers(ctx, "filed_on", "valid_to")


def _covers(ctx: RuleContext, start: str, end: str) -> pl.Expr:
    return (pl.col(start).fill_null(ctx.as_of) <= ctx.as_of) & (pl.col(end).fill_null(ctx.month) >= ctx.month)


def marriages_in_force(marriage: pl.LazyFrame, as_of: date) -> pl.LazyFrame:
    """Marriages that nothing in the register ends, seen from both sides.

    Returns:
        One row per `person_key` and `spouse_key`: `wed_on` (null where only a replaced certificate is on file),
        `last_on`, `marriage_tier`, `marriage_cells` (evidence).
    """
    sides = _side(marriage, "man", "woman"), _side(marriage, "woman", "man")
    events = pl.concat(sides).filter(
        pl.col("person_key").is_not_null(), pl.col("spouse_key").is_not_null(), pl.col("registered_on") <= as_of
    )
    wedding = pl.col("kind") == "结婚"
    last_wedding = events.filter(wedding).group_by("person_key").agg(pl.col("registered_on").max().alias("last_wed"))
    of_spouse = last_wedding.rename({"person_key": "spouse_key", "last_wed": "spouse_last_wed"})
    later = pl.max_horizontal("last_wed", "spouse_last_wed") > pl.col("last_on")
    return (
        events.with_columns(pl.col("kind").is_in(["离婚", "撤销"]).alias("ends"))
        .sort("person_key", "spouse_key", "registered_on", "ends", "row_id")
        .group_by("person_key", "spouse_key", maintain_order=True)
        .agg(
            pl.col("kind").last(),
            pl.col("registered_on").last().alias("last_on"),
            pl.col("registered_on").filter(wedding).max().alias("wed_on"),
            pl.col("died").max(),
            pl.col("tier").max().alias("marriage_tier"),
            cite("man_name", "man_id", "woman_name", "woman_id", "kind", "registered_on")
            .explode()
            .alias("marriage_cells"),
        )
        .join(last_wedding, on="person_key", how="left")
        .join(of_spouse, on="spouse_key", how="left")
        .filter(pl.col("kind").is_in(["结婚", "补领"]), ~later.fill_null(value=False), pl.col("died").is_null())
        .drop("kind", "last_wed", "spouse_last_wed", "died")
    )


def _side(marriage: pl.LazyFrame, own: str, other: str) -> pl.LazyFrame:
    return marriage.select(
        "row_id",
        "kind",
        "registered_on",
        pl.col(f"{own}_key").alias("person_key"),
        pl.col(f"{other}_key").alias("spouse_key"),
        pl.col(f"{own}_tier").alias("tier"),
        pl.col(f"{other}_died").alias("died"),
    )


def full_years(as_of: date) -> pl.Expr:
    """Age in full years, from the birth date inside the packed number of a person (GB 11643)."""
    born = pl.col("person_key") // 11 // 1000 % 100_000_000
    return (as_of.year * 10_000 + as_of.month * 100 + as_of.day - born) // 10_000
