"""Household keys: programme and household number, for everything that speaks of a household."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from baoshen_audit.audit.attach import attached
from baoshen_audit.audit.request import ROLLS
from baoshen_audit.schemas import HOUSEHOLD_ROLLS, PERSON_ROLLS


def add_households(tables: dict[str, pl.DataFrame]) -> None:
    """`household_key` for rolls, members, payments and the process log: programme and household number."""
    reused = _reused_numbers(tables)
    for table in ROLLS:
        if table in tables:
            frame = _with_programme(table, tables[table])
            if table == "tekun":
                # persons, not households: that several share a number is seen before everybody gets a key of their own
                frame = frame.with_columns(
                    pl.when(pl.col("hh_id").is_not_null()).then(pl.len().over("hh_id", "town")).alias("sharing")
                )
            tables[table] = _with_household(frame, reused, per_person=table in PERSON_ROLLS)
    if "illness_poverty" in tables:
        frame = _with_programme("illness_poverty", tables["illness_poverty"])
        tables["illness_poverty"] = _with_household(frame, [], per_person=pl.col("hh_id").is_null())
    heads = _heads(tables)
    for table in ("payment", "application"):
        if table in tables:
            frame = _filled(tables[table], "hh_id", "town", "programme")
            per_person = pl.col("programme").is_in(PERSON_ROLLS)
            frame = _with_household(frame, reused, per_person=per_person)
            # a payee who only resembles a head names no household: its findings would not show how weak the link is
            by_head = pl.when(pl.col("tier") <= "M3").then("__head")
            tables[table] = (
                attached(frame, heads, "programme", "person_key")
                .with_columns(pl.coalesce("household_key", by_head).alias("household_key"))
                .drop("__head")
            )
    for table in ("application", "case_history"):
        if table in tables:
            tables[table] = _filled(tables[table], "case_id").with_columns(
                pl.coalesce("case_id", pl.concat_str(pl.lit("row "), "row_id")).alias("case_key")
            )


def household_rows(tables: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """`row_id`, `household_key`, `name_key`, `relation` of household rows (`household`) and of member rows."""
    reused = _reused_numbers(tables)
    shape = {"row_id": pl.Int64(), "household_key": pl.String(), "name_key": pl.String(), "relation": pl.String()}
    parts = [pl.DataFrame(schema={**shape, "household": pl.Boolean()})]
    for table in (*HOUSEHOLD_ROLLS, "member"):
        if table in tables:
            frame = _with_programme(table, _filled(tables[table], "relation"))
            frame = _with_household(frame, reused, per_person=False)
            parts.append(frame.select(*shape, household=pl.lit(table != "member")))
    return pl.concat(parts).drop_nulls(["household_key", "name_key"])


def _with_programme(table: str, frame: pl.DataFrame) -> pl.DataFrame:
    """A roll is its programme, whatever its 救助项目 column calls it; members say whose they are."""
    programme = pl.coalesce("programme", pl.lit("dibao")) if table == "member" else pl.lit(table)
    return _filled(frame, "hh_id", "town", "programme").with_columns(programme.alias("programme"))


def _filled(frame: pl.DataFrame, *columns: str) -> pl.DataFrame:
    return frame.with_columns(pl.lit(None, dtype=pl.String).alias(c) for c in columns if c not in frame.columns)


def _reused_numbers(tables: Mapping[str, pl.DataFrame]) -> list[str]:
    """Household numbers that several towns use: there, the town is part of the number."""
    frames = [
        tables[table].select("hh_id", "town")
        for table in HOUSEHOLD_ROLLS
        if table in tables and {"hh_id", "town"} <= set(tables[table].columns)
    ]
    if not frames:
        return []
    towns = pl.concat(frames).drop_nulls().group_by("hh_id").agg(pl.col("town").n_unique())
    return sorted(towns.filter(pl.col("town") > 1)["hh_id"])


def _with_household(frame: pl.DataFrame, reused: list[str], *, per_person: bool | pl.Expr) -> pl.DataFrame:
    number = (
        pl.when(pl.col("hh_id").is_in(reused))
        .then(pl.concat_str("hh_id", pl.lit("@"), pl.col("town").fill_null("")))
        .otherwise(pl.col("hh_id"))
    )
    person = pl.concat_str(pl.lit("P"), pl.col("person_key").cast(pl.String))
    own = pl.when(per_person).then(person).otherwise(number)
    return frame.with_columns(pl.concat_str("programme", pl.lit("|"), own).alias("household_key"))


def _heads(tables: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """Programme and head → household, for payments that name only the head; ambiguous heads are left out."""
    frames = [
        tables[table].select("programme", "person_key", pl.col("household_key").alias("__head"))
        for table in HOUSEHOLD_ROLLS
        if table in tables
    ]
    if not frames:
        return pl.DataFrame(schema={"programme": pl.String, "person_key": pl.Int64, "__head": pl.String})
    heads = pl.concat(frames).drop_nulls().unique()
    return heads.filter(pl.len().over("programme", "person_key") == 1).sort("person_key", "programme")


def homes(roll: pl.DataFrame) -> pl.DataFrame:
    """`home_key`: the household of a household programme that a person lives in, whatever else he receives."""
    housed = roll.filter(pl.col("programme").is_in(list(HOUSEHOLD_ROLLS)), pl.col("person_key") >= 0)
    of_person = housed.select("person_key", pl.col("household_key").alias("home_key")).drop_nulls()
    return of_person.group_by("person_key").agg(pl.col("home_key").min())


def exempt_households(exemption: pl.DataFrame, roll: pl.DataFrame) -> pl.DataFrame:
    """One row per household that an exemption concerns: its household number, or every household of its person."""
    homes = roll.select("person_key", "hh_id", "household_key").unique(maintain_order=True)
    bare = _filled(exemption, "hh_id")
    keys = [
        bare.join(homes.select(by, "household_key").drop_nulls().unique(maintain_order=True), on=by, how="inner")
        for by in ("hh_id", "person_key")
    ]
    return pl.concat(keys).unique(["row_id", "household_key"], maintain_order=True).sort("row_id", "household_key")
