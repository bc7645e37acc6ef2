"""The rules, one file each, by family: duplicate 重复保, erroneous 错保, favour 人情保, intake 名册与数据源."""

from __future__ import annotations

from typing import Final

import polars as pl

from baoshen_audit.finding import cite
from baoshen_audit.schemas import HOUSEHOLD_ROLLS, TABLES

MEANS_TESTED: Final = (*HOUSEHOLD_ROLLS, "tekun")
"""Programmes decided by income and property; 优抚 and the disability subsidies follow a certificate."""


ARRIVED: Final = pl.col("result").is_null() | (pl.col("result") == "成功")
"""Payments that went through; a file without results lists what was paid."""


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
