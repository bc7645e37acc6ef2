"""The head of a household stands twice: in the household's own row and among its members. That is one person.

Where one of the two rows lacks a usable number, the other tells it. Without this a register with the right number would
meet only the household's row, which rules on people never see.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import polars as pl

from baoshen_audit.audit.household import household_rows

TOLD: Final = "同户同名的户主，证号取自本户另一行"
NOT_TOLD: Final = "同户同名的户主，两行都没有可用于关联的身份证号"


def one_head(tables: Mapping[str, pl.DataFrame], links: pl.DataFrame) -> pl.DataFrame:
    """Links of a head's rows that change so that they are one entity; two rows with two whole numbers stay two.

    Args:
        tables: keyed tables, not yet linked.
        links: `record`, `row_id`, `entity`, `tier` of the rows of rolls, of their own number.

    Returns:
        `record`, `entity`, `tier`, `reason`. A row that takes its number from the other is linked at M3.
    """
    rows = household_rows(tables).join(links, on="row_id")
    group = ("household_key", "name_key")
    member = ~pl.col("household")
    # of two members with one name only the one called head would do, and not even he where both are
    rows = rows.filter(
        pl.col("household") | ((pl.col("relation").fill_null("户主") == "户主") & (member.sum().over(group) == 1))
    )
    whole = pl.col("entity") >= 0
    lone = pl.col("entity").filter(member).max().over(group)
    return (
        rows.with_columns(
            told=pl.col("entity").filter(whole).n_unique().over(group),
            number=pl.col("entity").filter(whole).max().over(group),
            lone=lone,
        )
        .filter(~whole, pl.col("told") <= 1, pl.col("lone").is_not_null())
        .select(
            "record",
            entity=pl.coalesce("number", "lone"),
            tier=pl.when(pl.col("told") == 1).then(pl.lit("M3")).otherwise("tier"),
            reason=pl.when(pl.col("told") == 1).then(pl.lit(TOLD)).otherwise(pl.lit(NOT_TOLD)),
        )
        .sort("record")
    )
