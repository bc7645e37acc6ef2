"""Who is who: every record gets its person, household and tier, and the rolls become one view.

Links come before rules. After this step nobody compares a name again: rules join on keys.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import polars as pl

from baoshen_audit.audit.prepare import REGISTERS, Prepared, id_columns, key_name, name_of, tier_name
from baoshen_audit.identity import name as names
from baoshen_audit.linkage.exact import resolve as link
from baoshen_audit.schemas import HOUSEHOLD_ROLLS, PERSON_ROLLS, TABLES

_SLOT: Final = 16
"""A record of linkage is one ID column of one row: `row_id * _SLOT + position`. No table has so many ID columns."""

_ANCHORS: Final = (*HOUSEHOLD_ROLLS, "member", *PERSON_ROLLS)

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
    "town": pl.String(),
    "village": pl.String(),
    "status": pl.String(),
    "active": pl.Boolean(),
    "counted": pl.Boolean(),
    "covered": pl.Boolean(),
    "exclude_reason": pl.String(),
    "period": pl.Date(),
    "first_month": pl.Date(),
    "stop_date": pl.Date(),
    "monthly_amount": pl.Int64(),
    "account_key": pl.String(),
    "remark": pl.String(),
}
"""The roll view: one row per person and roll of the month.

People of household programmes come from `member`, or are the head where a household has no member rows. `benefits`
names what the row pays for (the two disability subsidies apart). `household_persons` are all persons of the household,
counted or not. `monthly_amount` of a household row is the household's.
"""


@dataclass(frozen=True)
class Resolved:
    """Keyed and linked tables, ready for rules, with what evidence needs."""

    tables: dict[str, pl.DataFrame]
    links: pl.DataFrame
    """row_id, reason: why a row is taken for its person."""


def resolve(prepared: Prepared) -> Resolved:
    """Link every record, give households their keys, drop register rows that concern nobody on a roll."""
    tables = dict(prepared.tables)
    links = link(pl.concat(_records(tables)))
    links = links.with_columns(
        (pl.col("record") // _SLOT).alias("row_id"), (pl.col("record") % _SLOT).cast(pl.Int64).alias("slot")
    )
    for table, frame in tables.items():
        tables[table] = _linked(table, frame, links)
    _add_households(tables)
    tables["roll"] = _roll(tables)
    tables["feed"] = prepared.feeds
    if "cadre_roster" in tables:
        tables["kin_link"] = _kin_link(tables["cadre_roster"])
    return Resolved(tables=tables, links=links.select("row_id", "reason").unique(maintain_order=True))


def _records(tables: Mapping[str, pl.DataFrame]) -> Iterator[pl.DataFrame]:
    """The records to link: all people on rolls, and of the rest only those who share a key with one of them."""
    anchors = [_record(tables[table], "id_no", 0, anchor=True) for table in _ANCHORS if table in tables]
    yield from anchors
    keys = pl.concat(anchors).select("key").drop_nulls().unique()
    for table, frame in tables.items():
        for slot, column in enumerate(id_columns(TABLES[table])):
            if column in frame.columns and not (table in _ANCHORS and column == "id_no"):
                near = frame.join(keys.rename({"key": key_name(column)}), on=key_name(column), how="semi")
                yield _record(near, column, slot, anchor=False)


def _record(frame: pl.DataFrame, column: str, slot: int, *, anchor: bool) -> pl.DataFrame:
    said = name_of(column)
    number = pl.col(column) if column in frame.columns else pl.lit(None, dtype=pl.String)
    return frame.select(
        (pl.col("row_id") * _SLOT + slot).alias("record"),
        pl.lit(anchor).alias("anchor"),
        pl.col(key_name(column)).alias("key"),
        (number.str.len_chars() == 15).fill_null(value=False).alias("upgraded"),
        (names.name_key(said) if said in frame.columns else pl.lit(None, dtype=pl.String)).alias("name"),
    )


def _linked(table: str, frame: pl.DataFrame, links: pl.DataFrame) -> pl.DataFrame:
    """Put person and tier on the rows of a table; a register keeps only rows that link to somebody."""
    columns = id_columns(TABLES[table])
    for slot, column in enumerate(columns):
        key, tier = key_name(column), tier_name(column)
        of_column = links.filter(pl.col("slot") == slot).select(
            "row_id", pl.col("entity").alias("__entity"), pl.col("tier").alias(tier)
        )
        old = pl.col(column).str.len_chars() == 15 if column in frame.columns else pl.lit(value=False)
        # an old number whose link the name did not confirm is nobody's: without the check it could be anybody's
        own = pl.when(old.fill_null(value=False)).then(None).otherwise(pl.col(key))
        frame = (
            frame.join(of_column, on="row_id", how="left", maintain_order="left")
            .with_columns(pl.coalesce("__entity", own).alias(key))
            .drop("__entity")
        )
    if table in REGISTERS and columns:
        frame = frame.filter(pl.any_horizontal(pl.col(tier_name(column)).is_not_null() for column in columns))
    return frame


def _add_households(tables: dict[str, pl.DataFrame]) -> None:
    """`household_key` for rolls, members, payments and the process log: programme and household number."""
    reused = _reused_numbers(tables)
    for table in _ANCHORS:
        if table in tables:
            frame = _filled(tables[table], "hh_id", "town", "programme")
            # a roll is its programme, whatever its 救助项目 column calls it; members say whose they are
            programme = pl.coalesce("programme", pl.lit("dibao")) if table == "member" else pl.lit(table)
            frame = frame.with_columns(programme.alias("programme"))
            tables[table] = _with_household(frame, reused, per_person=table in PERSON_ROLLS)
    heads = _heads(tables)
    for table in ("payment", "application", "exemption"):
        if table in tables:
            frame = _filled(tables[table], "hh_id", "town", "programme")
            per_person = pl.col("programme").is_in(PERSON_ROLLS)
            frame = _with_household(frame, reused, per_person=per_person)
            tables[table] = (
                frame.join(heads, on=["programme", "person_key"], how="left", maintain_order="left")
                .with_columns(pl.coalesce("household_key", "__head").alias("household_key"))
                .drop("__head")
            )
    if "application" in tables:
        tables["application"] = _filled(tables["application"], "case_id").with_columns(
            pl.coalesce("case_id", pl.concat_str(pl.lit("row "), "row_id")).alias("case_key")
        )


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


def _roll(tables: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    parts = [_person_rows(table, tables[table]) for table in PERSON_ROLLS if table in tables]
    households = [
        _person_rows(table, tables[table].with_columns(pl.lit("户主").alias("relation")))
        for table in HOUSEHOLD_ROLLS
        if table in tables
    ]
    if "member" in tables:
        members = _member_rows(tables["member"], households)
        parts.append(members)
        households = [
            frame.join(members, on="household_key", how="anti", maintain_order="left") for frame in households
        ]
    roll = pl.concat([*parts, *households])
    persons = (
        roll.sort("person_key")
        .group_by("household_key", maintain_order=True)
        .agg(pl.col("person_key").unique(maintain_order=True).alias("__persons"))
    )
    return (
        roll.join(persons, on="household_key", how="left", maintain_order="left")
        .with_columns(pl.col("__persons").alias("household_persons"))
        .drop("__persons")
        .sort("row_id")
    )


def _kin_link(roster: pl.DataFrame) -> pl.DataFrame:
    """The roster seen from the relative: `person_key` is theirs, `official_key` the official's (rules.md §1.2)."""
    return (
        roster.filter(pl.col("kin_tier").is_not_null())
        .rename({"person_key": "official_key", "tier": "official_tier"})
        .rename({"kin_key": "person_key", "kin_tier": "tier"})
    )


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
    said = ("town", "village", "status", "active", "first_month", "stop_date", "monthly_amount", "account_key")
    of_household = (
        pl.concat(households)
        .sort("row_id")
        .unique("household_key", keep="first", maintain_order=True)
        .select("household_key", *(pl.col(name).alias(f"__{name}") for name in said))
    )
    # a member row with a status of its own speaks for itself; otherwise the household's counts
    own = {name: (f"__{name}", name) for name in ("active",) if "status" not in frame.columns}
    return (
        rows.join(of_household, on="household_key", how="left", maintain_order="left")
        .with_columns(pl.coalesce(own.get(name, (name, f"__{name}"))).alias(name) for name in said)
        .select(list(ROLL))
    )
