"""Pairs of a person on a roll and an official in office whom something ties that is no proof of kinship."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from baoshen_audit.finding import cite, cites, weakest
from baoshen_audit.rule import RuleContext
from baoshen_audit.rules import filing_valid, in_office, listed

_ROSTER = ("name", "id_no", "employer", "post", "term_start", "term_end", "hukou_no", "address", "phone")
_TIED = ("name", "id_no", "hukou_no", "address", "phone", "contact_name", "contact_phone", "guardian_name",
         "guardian_id", "guardian_phone", "collector_name", "collector_id")  # fmt: skip


def possible_kin(
    kin_link: pl.LazyFrame, roll: pl.LazyFrame, kin_filing: pl.LazyFrame, ties: Mapping[str, int], ctx: RuleContext
) -> pl.LazyFrame:
    """Soft ties of the month, one row per person and official.

    Relatives on the family file, in the 户籍 or by marriage are FAV302's; officials of the person's own household are
    FAV301's; a filing that holds, or whose official is not known, clears.

    Args:
        kin_link: the prepared ties.
        roll: the roll view.
        kin_filing: filings, maybe none.
        ties: which ties to look at, and how many households may share one: beyond that it ties nobody.
        ctx: the month.

    Returns:
        `person_key`, `posts`, `tied` (the ties in words), `booked` (one 户号), `programmes`, and reserved columns.
    """
    pair = ["person_key", "official_key"]
    filed = kin_filing.filter(filing_valid(ctx), pl.col("person_key").is_not_null())
    known = filed.select("person_key", pl.col("official_key").fill_null(-1)).unique()
    unnamed = known.filter(pl.col("official_key") == -1)
    homes = roll.select("person_key", pl.col("household_persons").alias("home")).drop_nulls()
    own = homes.explode("home").rename({"home": "official_key"}).filter(pl.col("official_key").is_not_null()).unique()
    tied = (
        kin_link.filter(in_office(ctx), pl.col("sharing").fill_null(1) <= pl.col("tie").replace_strict(ties, default=0))
        .join(kin_link.filter("hard").select(pair), on=pair, how="anti")
        .join(known, on=pair, how="anti")
        .join(unnamed, on="person_key", how="anti")
        .join(own, on=pair, how="anti")
        .sort(*pair, "row_id", "tie", "tie_row")
        .group_by(pair, maintain_order=True)
        .agg(
            pl.col("post").fill_null("干部").unique().sort().str.join("、").alias("posts"),
            pl.col("tie").unique().sort().str.join("、").alias("tied"),
            (pl.col("tie") == "同户号").any().alias("booked"),
            weakest("tier", "official_tier").max().alias("tie_tier"),
            cite(*_ROSTER).explode().alias("roster_cells"),
            cite(*_TIED, row="tie_row").explode().alias("tie_cells"),
        )
    )
    return (
        listed(roll.join(tied, on="person_key", how="semi"))
        .join(tied, on="person_key")
        .with_columns(
            weakest("roll_tier", "tie_tier").alias("tier"),
            pl.col("official_key").cast(pl.String).alias("counterpart"),
            cites(pl.col("roll_cells"), pl.col("tie_cells"), pl.col("roster_cells")).alias("evidence"),
        )
    )
