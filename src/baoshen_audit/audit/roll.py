"""The rolls of the month as one view, a row per person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import polars as pl

from baoshen_audit.audit.attach import attached
from baoshen_audit.schemas import HOUSEHOLD_ROLLS, PERSON_ROLLS

ACTIVE: Final = ("在保", "渐退")
"""Statuses under which somebody is paid (data-dictionary §2.9)."""

ROLL: Final[dict[str, pl.DataType]] = {
    "row_id": pl.Int64(),
    "table": pl.String(),
    "programme": pl.String(),
    "benefits": pl.List(pl.String()),
    "person_key": pl.Int64(),
    "tier": pl.String(),
    "household_key": pl.String(),
    "household_persons": pl.List(pl.Int64()),
    "hh_id": pl.String(),
    "name": pl.String(),
    "name_key": pl.String(),
    "id_no": pl.String(),
    "id_type": pl.String(),
    "id_status": pl.String(),
    "sex": pl.String(),
    "birth_date": pl.Date(),
    "age": pl.Int64(),
    "marital": pl.String(),
    "relation": pl.String(),
    "county": pl.String(),
    "town": pl.String(),
    "village": pl.String(),
    "status": pl.String(),
    "active": pl.Boolean(),
    "counted": pl.Boolean(),
    "covered": pl.Boolean(),
    "exclude_reason": pl.String(),
    "period": pl.Date(),
    "approve_date": pl.Date(),
    "first_month": pl.Date(),
    "stop_date": pl.Date(),
    "certified_on": pl.Date(),
    "last_contact": pl.Date(),
    "urban_rural": pl.String(),
    "category": pl.String(),
    "stop_reason": pl.String(),
    "monthly_amount": pl.Int64(),
    "family_size": pl.Int64(),
    "income": pl.Int64(),
    "income_transfer": pl.Int64(),
    "income_month": pl.Int64(),
    "account_key": pl.String(),
    "remark": pl.String(),
}
"""The roll view: one row per person and roll of the month.

People of household programmes come from `member`, or are the head where a household has no member rows. `benefits`
names what the row pays for (the two disability subsidies apart). `household_persons` are all persons of the household,
counted or not. `monthly_amount` and `family_size` of a household row are the household's;
`income` is what a member declared for himself, `income_transfer` and `income_month` what the household declared.
"""


def roll_view(tables: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """The roll view of keyed tables, with the columns of `ROLL`, sorted by `row_id`."""
    parts = [_person_rows(table, tables[table]) for table in PERSON_ROLLS if table in tables]
    households = [
        _person_rows(table, tables[table].with_columns(pl.lit("户主").alias("relation")))
        for table in HOUSEHOLD_ROLLS
        if table in tables
    ]
    if "member" in tables:
        members = _member_rows(tables["member"], households)
        parts.append(members)
        households = [_unlisted_heads(frame, members) for frame in households]
    # an upload may hold no roll at all
    roll = pl.concat([pl.DataFrame(schema=ROLL), *parts, *households])
    persons = (
        roll.sort("person_key")
        .group_by("household_key", maintain_order=True)
        .agg(pl.col("person_key").unique(maintain_order=True).alias("__persons"))
    )
    return (
        attached(roll, persons, "household_key")
        .with_columns(pl.col("__persons").alias("household_persons"))
        .drop("__persons")
        .sort("row_id")
    )


def _unlisted_heads(heads: pl.DataFrame, members: pl.DataFrame) -> pl.DataFrame:
    """Heads who stand nowhere among the members of their household, by number or by name."""
    for key in ("person_key", "name_key"):
        listed = members.select("household_key", key).drop_nulls()
        heads = heads.join(listed, on=["household_key", key], how="anti", maintain_order="left")
    # without a number the head and a member written differently cannot be told apart
    numbered = pl.col("person_key") >= 0
    return heads.filter(numbered | ~pl.col("household_key").is_in(members["household_key"].implode()))


def _person_rows(table: str, frame: pl.DataFrame) -> pl.DataFrame:
    """Rows of one roll in the shape of `ROLL`; what a roll lacks is null, and being on it counts as 在保."""
    has = set(frame.columns)
    active = pl.col("status").is_in(ACTIVE) if "status" in has else pl.lit(value=True)
    if "stop_date" in has:
        active &= pl.col("stop_date").is_null() | (pl.col("stop_date").dt.month_start() >= pl.col("period"))
    derived = {
        "table": pl.lit(table),
        "active": active,
        "counted": pl.col("is_counted").fill_null(value=True) if "is_counted" in has else pl.lit(value=True),
        "covered": _covered(has),
        "benefits": _benefits(table, has),
    }
    columns = [
        (derived[name] if name in derived else pl.col(name) if name in has else pl.lit(None)).cast(dtype).alias(name)
        for name, dtype in ROLL.items()
    ]
    return frame.select(columns)


def _covered(has: set[str]) -> pl.Expr:
    said = [pl.col(name) for name in ("is_covered", "is_counted") if name in has]
    return pl.coalesce(*said, pl.lit(value=True))


def _benefits(table: str, has: set[str]) -> pl.Expr:
    if table != "disability_subsidy":
        return pl.concat_list(pl.col("programme"))
    paid = [
        pl.when(pl.col(column) > 0).then(pl.lit(benefit))
        for column, benefit in (("living_amount", "disability_living"), ("care_amount", "disability_care"))
        if column in has
    ]
    return pl.concat_list(paid).list.drop_nulls() if paid else pl.concat_list(pl.col("programme"))


def _member_rows(frame: pl.DataFrame, households: list[pl.DataFrame]) -> pl.DataFrame:
    """Members, with the status, months, town and amount of their household where their own row does not say."""
    rows = _person_rows("member", frame)
    if not households:
        return rows
    said = (
        "town",
        "village",
        "status",
        "active",
        "approve_date",
        "first_month",
        "stop_date",
        "last_contact",
        "urban_rural",
        "category",
        "stop_reason",
        "monthly_amount",
        "family_size",
        "income_transfer",
        "income_month",
        "account_key",
    )
    of_household = (
        pl.concat(households)
        .sort("row_id")
        .unique("household_key", keep="first", maintain_order=True)
        .select("household_key", *(pl.col(name).alias(f"__{name}") for name in said))
    )
    # a member row with a status of its own speaks for itself; otherwise the household's counts
    own = {name: (f"__{name}", name) for name in ("active",) if "status" not in frame.columns}
    return (
        attached(rows, of_household, "household_key")
        .with_columns(pl.coalesce(own.get(name, (name, f"__{name}"))).alias(name) for name in said)
        .select(list(ROLL))
    )
