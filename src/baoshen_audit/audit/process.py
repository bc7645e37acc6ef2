"""What a step of the process log looks like among all the others: facts that no single case can tell."""

from __future__ import annotations

from typing import Final

import polars as pl

_FEWEST: Final = 200
"""Durations are compared from so many cases on: among fewer, the fastest hundredth is nobody."""

PROCESS: Final[dict[str, pl.DataType]] = {
    "visits_that_day": pl.Int64(),
    "photo_families": pl.Int64(),
    "usual_days": pl.Int64(),
    "compared": pl.Int64(),
    "burst": pl.Int64(),
    "burst_first": pl.Boolean(),
    "publicity_kept": pl.Boolean(),
}
"""Columns added to the process log, null where the file does not tell.

`visits_that_day`: home visits of the same team on the day. `photo_families`: families with the same photograph.
`usual_days`: the hundredth part of the `compared` cases of the programme took less from acceptance to approval.
`burst`: reviews by one person within the same ten minutes, `burst_first` the first of them. `publicity_kept`: the log
has dates of publicity at all.
"""


def process_facts(application: pl.DataFrame) -> pl.DataFrame:
    """The process log with the columns of `PROCESS`."""
    has = set(application.columns)
    frame = application.with_columns(
        pl.lit(None, dtype=dtype).alias(name) for name, dtype in PROCESS.items() if name != "publicity_kept"
    ).with_columns(pl.lit(bool({"publicity_start", "publicity_end"} & has)).alias("publicity_kept"))
    if {"visit_date", "visitor_1"} <= has:
        team = pl.concat_str([c for c in ("visitor_1", "visitor_2") if c in has], separator="、", ignore_nulls=True)
        known = pl.col("visit_date").is_not_null() & pl.col("visitor_1").is_not_null()
        visits = pl.len().over(team, "visit_date").cast(pl.Int64)
        frame = frame.with_columns(pl.when(known).then(visits).alias("visits_that_day"))
    if "photo_hash" in has:
        families = pl.coalesce("household_key", pl.col("person_key").cast(pl.String), "case_key")
        shared = families.n_unique().over("photo_hash").cast(pl.Int64)
        frame = frame.with_columns(pl.when(pl.col("photo_hash").is_not_null()).then(shared).alias("photo_families"))
    if {"accept_date", "approve_at"} <= has:
        days = (pl.col("approve_at") - pl.col("accept_date")).dt.total_days()
        days = pl.when(days >= 0).then(days)
        count = days.count().over("programme").cast(pl.Int64)
        least = days.quantile(0.01, interpolation="lower").over("programme").cast(pl.Int64)
        frame = frame.with_columns(count.alias("compared"), pl.when(count >= _FEWEST).then(least).alias("usual_days"))
    if {"review_at", "reviewer"} <= has:
        timed = pl.col("review_at").dt.time().ne_missing(pl.time(0, 0)) & pl.col("review_at").is_not_null()
        slot = (pl.col("reviewer"), pl.col("review_at").dt.truncate("10m"))
        first = pl.struct("review_at", "row_id").rank("ordinal").over(slot) == 1
        frame = frame.with_columns(
            pl.when(timed & pl.col("reviewer").is_not_null()).then(pl.len().over(slot).cast(pl.Int64)).alias("burst"),
            first.alias("burst_first"),
        )
    return frame


def applicants(application: pl.DataFrame, roll: pl.DataFrame) -> pl.DataFrame:
    """The process log by person: one row per case and person it concerns, the applicant (`applied`) or a member."""
    own = application.filter(pl.col("person_key").is_not_null()).with_columns(
        pl.col("person_key").alias("applicant_key"), pl.lit(value=True).alias("applied")
    )
    members = roll.select("household_key", pl.col("person_key").alias("member")).drop_nulls().unique()
    family = (
        own.join(members, on="household_key")
        .filter(pl.col("member") != pl.col("person_key"))
        .with_columns(pl.col("member").alias("person_key"), pl.lit(value=False).alias("applied"))
        .drop("member")
    )
    return pl.concat([own, family]).sort("person_key", "row_id")
