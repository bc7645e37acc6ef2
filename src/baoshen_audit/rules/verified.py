"""Verified income: what registers of wages and pensions say a person earns now, month by month.

An annual figure is never spread over months, and a month counts only as what was earned in it (domain.md §5). What a
person earns now is the lowest of the recent months of a source that still goes on: arrears, bonuses and ended work
fall out by themselves.
"""

from __future__ import annotations

from typing import Final

import polars as pl

from baoshen_audit.finding import cite, weakest
from baoshen_audit.rule import RuleContext
from baoshen_audit.rules.means import owners

RECENT: Final = 3
"""Months back from the feed's own of which the lowest counts; a wage without one of the last two has ended."""

SEASONS: Final = 3
"""Months of the window in which a wage must stand to be regular; a pension or a public salary stands by itself."""


_SOURCES: Final = {
    "fiscal_payroll": "财政供养工资",
    "pension": "养老待遇",
    "provident": "公积金缴存基数",
    "social_ins": "社保缴费基数",
    "tax": "个税申报收入",
}
"""What a clerk calls the registers."""

_PERSON: Final = ("household_key", "person_key", "source")


def monthly_income(  # noqa: PLR0917 - one frame a table
    social_ins: pl.LazyFrame,
    pension: pl.LazyFrame,
    tax: pl.LazyFrame,
    fiscal_payroll: pl.LazyFrame,
    provident: pl.LazyFrame,
    ctx: RuleContext,
) -> pl.LazyFrame:
    """The rows of five registers in one shape, what does not count as income left out.

    Args:
        social_ins, pension, tax, fiscal_payroll, provident: as a rule on households gets them.
        ctx: for what the law leaves out.

    Returns:
        One row per record: `household_key`, `person_key`, `row_id`, `source` (the feed), `payer` (or what it is paid
        for), `month` (null in a snapshot), `income` (分), `tier`, `cells` (evidence).
    """
    words = list(ctx.policy.get("income.not_counted_items", ctx.month).texts)
    states = list(ctx.policy.get("payroll.active_status", ctx.month).texts)
    taxed = tax.filter(~_says("item", words))
    paid = fiscal_payroll.filter(pl.col("payroll_status").is_in(states), ~_says("staff_kind", words))
    insured = social_ins.filter(pl.col("pay_kind") == "单位", pl.col("insurance").ne_missing("城乡居民"))
    saved = provident.filter(pl.col("account_status").fill_null("正常") == "正常", pl.col("deposit").ne_missing(0))
    return pl.concat(
        [
            _records(taxed, "tax", "payer", pl.col("income"), "item income"),
            _records(paid, "fiscal_payroll", "employer", pl.col("gross"), "staff_kind payroll_status gross"),
            _records(insured, "social_ins", "employer", pl.col("base"), "insurance base pay_kind"),
            _records(saved, "provident", "employer", pl.col("base"), "base account_status"),
            _records(*_pensions(pension, ctx), "amount basic_part pension_status"),
        ]
    )


def _pensions(pension: pl.LazyFrame, ctx: RuleContext) -> tuple[pl.LazyFrame, str, str, pl.Expr]:
    """Pensions in payment; of a resident's, what lies above the basic pension where that does not count."""
    counted = ctx.policy.get("income.basic_pension_counted", ctx.month).flag
    basic = pl.lit(0) if counted else pl.col("basic_part").fill_null(pl.col("amount"))
    amount = pl.when(pl.col("kind") == "城乡居民").then(pl.col("amount") - basic).otherwise("amount")
    drawn = pension.filter(
        pl.col("kind").is_in(["职工", "机关", "城乡居民"]), pl.col("pension_status").fill_null("在领") == "在领"
    )
    return drawn, "pension", "kind", amount


def _says(column: str, words: list[str]) -> pl.Expr:
    return pl.col(column).str.contains_any(words).fill_null(value=False)


def _records(frame: pl.LazyFrame, source: str, payer: str, income: pl.Expr, shown: str) -> pl.LazyFrame:
    return frame.filter(pl.col("person_key").is_not_null(), income > 0).select(
        "household_key",
        "person_key",
        "row_id",
        pl.lit(source).alias("source"),
        pl.col(payer).fill_null("").alias("payer"),
        "month",
        income.alias("income"),
        "tier",
        cite("name", "id_no", payer, "month", *shown.split()).alias("cells"),
    )


def current_income(records: pl.LazyFrame, feed: pl.LazyFrame, ctx: RuleContext) -> pl.LazyFrame:
    """What each person earns a month now, by source.

    Args:
        records: as `monthly_income` gives them.
        feed: the state of the feeds: the day each of them speaks for.
        ctx: the month, and the window of `income.window_months`.

    Returns:
        One row per household, person and source: `household_key`, `person_key`, `source`, `income`, `tier`, `cells`.
    """
    window = ctx.policy.get("income.window_months", ctx.month).integer
    days = feed.select(pl.col("feed_id").alias("source"), pl.col("as_of").alias("day"))
    last = pl.min_horizontal(pl.col("day").fill_null(ctx.as_of).dt.month_start(), pl.lit(ctx.month))
    of_month = (
        records.join(days, on="source", how="left")
        .with_columns(last.alias("last"))
        .with_columns(pl.coalesce("month", "last").alias("at"))
        .filter(pl.col("at") > pl.col("last").dt.offset_by(f"-{window}mo"), pl.col("at") <= ctx.month)
        .sort(*_PERSON, "at", "row_id")
        # a line sent twice is one
        .unique([*_PERSON, "at", "payer", "income"], keep="first", maintain_order=True)
        .group_by(*_PERSON, "at", maintain_order=True)
        .agg(
            # one job is insured in several schemes; two payers or two pensions add up
            pl.when(pl.col("source").first() == "social_ins")
            .then(pl.col("income").max())
            .otherwise(pl.col("income").sum())
            .alias("income"),
            pl.col("month").is_null().any().alias("snapshot"),
            pl.col("last").first(),
            pl.col("tier").max(),
            pl.col("cells").explode(),
        )
    )
    recent = pl.col("at") >= pl.col("last").dt.offset_by(f"-{RECENT}mo")
    goes_on = pl.col("at").max() >= pl.col("last").max().dt.offset_by("-1mo")
    # a pension or public pay may be told by the quarter
    stands = pl.col("source").first().is_in(["pension", "fiscal_payroll"]) | pl.col("snapshot").any()
    return (
        of_month.group_by(*_PERSON, maintain_order=True)
        .agg(
            (stands | (goes_on & (pl.len() >= SEASONS))).alias("regular"),
            pl.col("income").filter(recent).min(),
            pl.col("tier").max(),
            pl.col("cells").filter(recent).explode(),
        )
        .filter("regular", pl.col("income") > 0)
        .drop("regular")
    )


def earned(current: pl.LazyFrame, roll: pl.LazyFrame, ctx: RuleContext) -> pl.LazyFrame:
    """What the counted members of a household earn now, of which `sure`, and what working costs them.

    A wage stands in several registers: what was paid goes before what was insured. A taxed wage is sure when the person
    is also insured or saves with a provident fund through an employer; a base alone is never sure.
    """
    share = ctx.policy.get("income.employment_cost_percent", ctx.month).integer

    def of(*sources: str) -> pl.Expr:
        return pl.col("income").filter(pl.col("source").is_in(sources)).max()

    wage = pl.coalesce(pl.max_horizontal("payroll", "taxed"), "base").fill_null(0)
    sure_wage = pl.max_horizontal("payroll", pl.when(pl.col("base").is_not_null()).then("taxed")).fill_null(0)
    return (
        current.group_by("household_key", "person_key", maintain_order=True)
        .agg(
            of("fiscal_payroll").alias("payroll"),
            of("tax").alias("taxed"),
            of("social_ins", "provident").alias("base"),
            of("pension").fill_null(0).alias("pension"),
            pl.col("source").replace_strict(_SOURCES).alias("names"),
            pl.col("tier").max(),
            pl.col("cells").explode(),
        )
        .join(owners(roll), on=["household_key", "person_key"])
        .sort("household_key", "owner_row")
        .group_by("household_key", maintain_order=True)
        .agg(
            (wage + pl.col("pension")).sum().alias("gross"),
            (wage.sum() * share // 100).alias("cost"),
            (sure_wage + pl.col("pension")).sum().alias("sure"),
            (sure_wage.sum() * share // 100).alias("sure_cost"),
            pl.col("names").explode().unique().sort().str.join("、").alias("sources"),
            weakest("tier", "owner_tier").max().alias("tier"),
            pl.col("cells").explode(),
            pl.col("owner_cells").explode(),
        )
    )
