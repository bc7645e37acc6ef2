"""What the rules on income and property share: who counts, what was declared, what is exempt, where the limits lie."""

from __future__ import annotations

from typing import Final

import polars as pl

from baoshen_audit.finding import cite
from baoshen_audit.rule import NotEvaluable, RuleContext
from baoshen_audit.schemas import HOUSEHOLD_ROLLS

LEDGER_SHOWN: Final = ("kind", "item", "doc_no", "valid_from", "valid_to")
"""A line of the exemption ledger as evidence."""


def owners(roll: pl.LazyFrame) -> pl.LazyFrame:
    """Counted persons of household programmes in payment, one row per household and person.

    Returns:
        `household_key`, `person_key`, `owner_row`, `owner_tier`, `owner_cells` (evidence).
    """
    return (
        roll.filter("active", "counted", pl.col("programme").is_in(HOUSEHOLD_ROLLS))
        .sort("row_id")
        .unique(["household_key", "person_key"], keep="first", maintain_order=True)
        .select(
            "household_key",
            "person_key",
            pl.col("row_id").alias("owner_row"),
            pl.col("tier").alias("owner_tier"),
            cite("name", "id_no", "relation", "status").alias("owner_cells"),
        )
    )


def persons(roll: pl.LazyFrame) -> pl.LazyFrame:
    """How many persons a household has: as it declared or as its members are counted, whichever is more.

    Returns:
        `household_key`, `n` (Int64).
    """
    return (
        roll.filter("active", "counted", pl.col("programme").is_in(HOUSEHOLD_ROLLS))
        .group_by("household_key")
        .agg(
            pl.max_horizontal(
                pl.col("person_key").n_unique().cast(pl.Int64), pl.col("family_size").max().fill_null(1)
            ).alias("n")
        )
    )


def declared_income(roll: pl.LazyFrame) -> pl.LazyFrame:
    """What a counted person declared a month: their own income or the household's, whichever is more.

    Returns:
        `person_key`, `declared` (null if neither was declared), `declared_cells` (evidence).
    """
    return (
        roll.filter("active", "counted", pl.col("programme").is_in(HOUSEHOLD_ROLLS))
        .sort("person_key", "row_id")
        .group_by("person_key", maintain_order=True)
        .agg(
            pl.max_horizontal("income", "income_month").max().alias("declared"),
            cite("income", "income_month").explode().alias("declared_cells"),
        )
    )


def in_force(exemption: pl.LazyFrame, ctx: RuleContext) -> pl.LazyFrame:
    """Lines of the exemption ledger that hold in the month; a line without a date is open at that end."""
    return exemption.filter(
        pl.col("valid_from").is_null() | (pl.col("valid_from") <= ctx.as_of),
        pl.col("valid_to").is_null() | (pl.col("valid_to") >= ctx.month),
    )


def ledger(exemption: pl.LazyFrame) -> pl.LazyFrame:
    """`household_key` and `ledger_cells`: all lines of a household, in force or not, as evidence."""
    return (
        exemption.filter(pl.col("household_key").is_not_null())
        .sort("household_key", "row_id")
        .group_by("household_key", maintain_order=True)
        .agg(cite(*LEDGER_SHOWN).explode().alias("ledger_cells"))
    )


def financial_limit(ctx: RuleContext) -> int:
    """What one person may hold in money, in 分: so many months of the urban standard."""
    months = ctx.policy.get("asset.financial.months", ctx.month).integer
    standards = dict(ctx.policy.by_month("dibao.standard", [ctx.month]).select("urban_rural", "value").iter_rows())
    if "城市" not in standards:
        raise NotEvaluable("没有当月的城市低保标准", "no urban standard for the month")
    return int(months * standards["城市"])


def deposits(bank: pl.LazyFrame, exemption: pl.LazyFrame, roll: pl.LazyFrame, ctx: RuleContext) -> pl.LazyFrame:
    """The money of a household's counted members in banks, accounts in the exemption ledger left out.

    Of each person the rows of the latest day count, an account once. An exemption that names no account covers them
    all.

    Returns:
        One row per household: `household_key`, `balance`, `average` (分; null where one account has no average),
        `subject_row`, `tier`, `cells` (evidence; where the rows stand, the sums are not repeated).
    """
    kinds = list(ctx.policy.get("asset.financial.exemption_kinds", ctx.month).texts)
    latest = (
        bank.filter(pl.col("person_key").is_not_null(), pl.col("balance") > 0)
        .filter((pl.col("as_of") == pl.col("as_of").max().over("person_key")) | pl.col("as_of").is_null())
        .sort("household_key", "person_key", "row_id")
        .unique(
            ["household_key", "person_key", "account_no", "deposit_kind", "balance", "as_of"],
            keep="first",
            maintain_order=True,
        )
        .join(owners(roll), on=["household_key", "person_key"])
    )
    lines = in_force(exemption, ctx).filter(pl.col("kind").is_in(kinds)).select("household_key", "item")
    tail = pl.col("account_no").str.extract(r"(\d{4})\D*$")
    named = pl.col("item").str.extract(r"(?:尾号\D*|\d{5,})(\d{4})\D*$")
    exempt = (
        latest.join(lines, on="household_key")
        .filter(named.is_null() | (named == tail))
        .select("household_key", "row_id")
    )
    return (
        latest.join(exempt, on=["household_key", "row_id"], how="anti")
        .sort("household_key", "person_key", "row_id")
        .group_by("household_key", maintain_order=True)
        .agg(
            pl.col("balance").sum(),
            pl.when(pl.col("balance_avg").is_not_null().all()).then(pl.col("balance_avg").sum()).alias("average"),
            pl.col("owner_row").min().alias("subject_row"),
            pl.max_horizontal("tier", "owner_tier").max().alias("tier"),
            pl.col("owner_cells").explode(),
            cite("name", "id_no", "account_no", "as_of").explode().alias("bank_cells"),
        )
        .select(
            "household_key", "balance", "average", "subject_row", "tier",
            pl.concat_list("owner_cells", "bank_cells").alias("cells"),
        )
    )  # fmt: skip


def band(held: pl.Expr, limit: pl.Expr) -> pl.Expr:
    """How far above a limit, in bands: the sums themselves stay in the feed (domain.md §5, minimisation)."""
    return (
        pl.when(held < limit * 2)
        .then(pl.lit("1至2倍"))
        .when(held < limit * 5)
        .then(pl.lit("2至5倍"))
        .otherwise(pl.lit("5倍以上"))
    )
