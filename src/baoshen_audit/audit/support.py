"""Who supports a person on a roll, and which bills belong to a household's claim: seen from the one who is audited."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import polars as pl

CLAIMS: Final = ("illness_poverty", "rigid")
"""Rolls of households with what somebody's illness cost them."""


def supporters(supporter: pl.DataFrame, roll: pl.DataFrame) -> pl.DataFrame:
    """The register of supporters seen from the beneficiary: `person_key` is theirs, `supporter_key` the supporter's.

    `on_roll` tells whether the supporter is on a roll himself.
    """
    turned = supporter.rename({"person_key": "supporter_key", "tier": "supporter_tier"})
    return turned.rename({"beneficiary_key": "person_key", "beneficiary_tier": "tier"}).with_columns(
        on_roll("supporter_key", roll)
    )


def on_roll(key: str, roll: pl.DataFrame) -> pl.Expr:
    """Whether the person of a column is on a roll."""
    known = roll["person_key"].drop_nulls().unique().implode()
    return pl.col(key).is_in(known).fill_null(value=False).alias("on_roll")


def settlements(tables: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """Bills by the household that claims what they cost: `household_key` is the claim's.

    A household's people are the head and the patient, and on the roll of 刚性支出 its listed members. A bill of
    somebody in two such households stands in both.
    """
    empty = pl.DataFrame(schema={"household_key": pl.String(), "person_key": pl.Int64()})
    named = (
        tables[name].select("household_key", pl.col(key).alias("person_key"))
        for name in CLAIMS
        if name in tables
        for key in ("person_key", "patient_key")
    )
    own = pl.concat([empty, *named])
    members = tables["roll"].select(own.columns).join(own, on="household_key", how="semi")
    whose = pl.concat([own, members]).drop_nulls().unique().sort("household_key", "person_key")
    return tables["medical"].join(whose, on="person_key").sort("row_id", "household_key")
