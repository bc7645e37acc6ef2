"""Who is who: every record gets its person, household and tier, and the rolls become one view.

Links come before rules. After this step nobody compares a name again: rules join on keys.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import polars as pl

from baoshen_audit.audit.attach import attached
from baoshen_audit.audit.delivery import problems
from baoshen_audit.audit.family import family_keys, family_ties
from baoshen_audit.audit.feeds import STRANGERS, UNUSABLE
from baoshen_audit.audit.heads import one_head
from baoshen_audit.audit.household import add_households, exempt_households
from baoshen_audit.audit.kin import kin_link
from baoshen_audit.audit.likely import likely, twins
from baoshen_audit.audit.outcome import outcomes
from baoshen_audit.audit.prepare import Prepared, id_columns, key_name, name_of, tier_name
from baoshen_audit.audit.process import applicants, process_facts
from baoshen_audit.audit.request import ROLLS
from baoshen_audit.audit.roll import roll_view
from baoshen_audit.audit.support import CLAIMS, on_roll, settlements, supporters
from baoshen_audit.identity import name as names
from baoshen_audit.linkage.exact import resolve as link
from baoshen_audit.schemas import TABLES

_SLOT: Final = 16
"""A record of linkage is one ID column of one row: `row_id * _SLOT + position`. No table has so many ID columns."""

_RECEIVE: Final = (*ROLLS, "temporary_relief", "price_subsidy", "addon")
"""Every table with people who get something, grants and add-ons too: whose rows are linked with one another."""

_RECORD: Final[dict[str, pl.DataType]] = {
    "record": pl.Int64(),
    "anchor": pl.Boolean(),
    "key": pl.Int64(),
    "upgraded": pl.Boolean(),
    "name": pl.String(),
}


@dataclass(frozen=True)
class Resolved:
    """Keyed and linked tables, ready for rules, with what evidence needs."""

    tables: dict[str, pl.DataFrame]
    links: pl.DataFrame
    """row_id, reason: why a row is taken for its person."""
    notes: tuple[str, ...] = ()


def resolve(prepared: Prepared) -> Resolved:
    """Link every record, give households their keys, drop register rows that concern nobody on a roll."""
    links = link(pl.concat([pl.DataFrame(schema=_RECORD), *_records(prepared.tables)]))
    links = links.with_columns((pl.col("record") // _SLOT).alias("row_id"), (pl.col("record") % _SLOT).alias("slot"))
    own = _own(prepared.tables)
    links = _changed(links, one_head(prepared.tables, links.join(own, on=["row_id", "slot"], how="semi")))
    found, pairs, capped = likely(prepared.tables, links.join(own, on=["row_id", "slot"], how="semi"), _RECEIVE)
    found = found.join(own, on="row_id", maintain_order="left")
    found = found.with_columns(record=pl.col("row_id") * _SLOT + pl.col("slot"))
    links = pl.concat([links, found.select(links.columns)])
    slots = {slot: part.drop("slot") for (slot,), part in links.partition_by("slot", as_dict=True).items()}
    linked = {table: _linked(table, frame, slots) for table, frame in prepared.tables.items()}
    tables = {table: _near(table, frame) for table, frame in linked.items()}
    for table, kin in (("marriage", ("man", "woman")), ("hukou", ("father", "mother"))):
        if table in tables:
            tables[table] = _with_deaths(tables[table], linked.get("death"), *kin)
    if {"hukou", "death"} <= tables.keys():
        tables["death"] = _with_parents(tables["death"], linked["death"], tables["hukou"])
    reasons = links.select("row_id", "reason").unique(maintain_order=True)
    del linked, links, slots, found  # strangers, and what has been told of them, are let go before families are told
    add_households(tables)
    tables["roll"] = roll_view(tables)
    tables["family_tie"], notes = family_ties(tables, prepared.as_of)
    tables["roll"] = family_keys(tables["roll"], tables["family_tie"])
    tables["twin"] = twins(tables["roll"], tables.get("id_alias"), pairs)
    if "application" in tables:
        tables["application"] = process_facts(tables["application"])
        tables["applicant"] = applicants(tables["application"], tables["roll"])
    if "exemption" in tables:
        tables["exemption"] = exempt_households(tables["exemption"], tables["roll"])
    tables["feed"] = prepared.feeds
    tables["sheet"] = prepared.sheets
    tables["batch"] = prepared.batches
    tables["problem"] = problems(prepared.tables, prepared.problems, prepared.sheets)
    if "cadre_roster" in tables:
        unusable = prepared.feeds.filter(pl.col("state").is_in(UNUSABLE))["feed_id"].to_list()
        tables["kin_link"] = kin_link({name: frame for name, frame in tables.items() if name not in unusable})
    if "hukou" in tables:
        tables["child_link"] = _child_link(tables["hukou"], tables["roll"])
    if "supporter" in tables:
        tables["supporter_link"] = supporters(tables["supporter"], tables["roll"])
    if "medical" in tables:
        tables["settlement"] = settlements(tables)
    if "case_history" in tables and (told := outcomes(tables["case_history"])) is not None:
        tables["outcome"] = told
    return Resolved(tables=tables, links=reasons, notes=(*notes, *capped))


def _own(tables: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """`row_id` and `slot` of the number that says whose row it is."""
    parts = [
        frame.select("row_id", pl.lit(id_columns(TABLES[name]).index("id_no"), dtype=pl.Int64).alias("slot"))
        for name, frame in tables.items()
        if "id_no" in TABLES[name].columns
    ]
    return pl.concat([pl.DataFrame(schema={"row_id": pl.Int64(), "slot": pl.Int64()}), *parts])


def _changed(links: pl.DataFrame, change: pl.DataFrame) -> pl.DataFrame:
    """Links with some of them put right, in the same order."""
    facts = ("entity", "tier", "reason")
    new = change.select("record", *(pl.col(name).alias(f"__{name}") for name in facts))
    joined = links.join(new, on="record", how="left", maintain_order="left")
    return joined.select(
        pl.coalesce(f"__{name}", name).alias(name) if name in facts else pl.col(name) for name in links.columns
    )


def _records(tables: Mapping[str, pl.DataFrame]) -> Iterator[pl.DataFrame]:
    """The records to link: all people on rolls, and of the rest only those who share a key with one of them."""
    ours = [(table, "id_no") for table in (*_RECEIVE, "illness_poverty") if table in tables]
    ours += [(table, "patient_id") for table in CLAIMS if table in tables and "patient_id" in tables[table].columns]
    anchors = [
        _record(tables[table], column, id_columns(TABLES[table]).index(column), anchor=True) for table, column in ours
    ]
    yield from anchors
    keys = pl.concat([pl.DataFrame(schema=_RECORD), *anchors]).select("key").drop_nulls().unique()
    for table, frame in tables.items():
        for slot, column in enumerate(id_columns(TABLES[table])):
            if column in frame.columns and (table, column) not in ours:
                near = frame.join(keys.rename({"key": key_name(column)}), on=key_name(column), how="semi")
                yield _record(near, column, slot, anchor=False)


def _record(frame: pl.DataFrame, column: str, slot: int, *, anchor: bool) -> pl.DataFrame:
    said = name_of(column)
    known = pl.col("name_key") if column == "id_no" and "name_key" in frame.columns else names.name_key(said)
    number = pl.col(column) if column in frame.columns else pl.lit(None, dtype=pl.String)
    return frame.select(
        (pl.col("row_id") * _SLOT + slot).alias("record"),
        pl.lit(anchor).alias("anchor"),
        pl.col(key_name(column)).alias("key"),
        (number.str.len_chars() == 15).fill_null(value=False).alias("upgraded"),
        (known if said in frame.columns else pl.lit(None, dtype=pl.String)).alias("name"),
    )


def _linked(table: str, frame: pl.DataFrame, slots: Mapping[object, pl.DataFrame]) -> pl.DataFrame:
    """Put person and tier on the rows of a table, for each of its ID columns."""
    for slot, column in enumerate(id_columns(TABLES[table])):
        key, tier = key_name(column), tier_name(column)
        if column not in frame.columns or slot not in slots:
            frame = frame.with_columns(pl.lit(None, dtype=pl.String).alias(tier))
            continue
        of_column = slots[slot].select("row_id", pl.col("entity").alias("__entity"), pl.col("tier").alias(tier))
        # an old number whose link the name did not confirm is nobody's: without the check it could be anybody's
        old = (pl.col(column).str.len_chars() == 15).fill_null(value=False)
        own = pl.when(~old).then(pl.col(key))
        frame = (
            attached(frame, of_column, "row_id").with_columns(pl.coalesce("__entity", own).alias(key)).drop("__entity")
        )
    return frame


def _near(table: str, frame: pl.DataFrame) -> pl.DataFrame:
    """A register keeps the rows that link to somebody on a roll, and what else these people's partners registered.

    A spouse who is on no roll may have married again elsewhere: that row ends the marriage we hold. Lists of
    staff stay whole: an account may be an official's, a handler's name may be that of two.
    """
    columns = id_columns(TABLES[table])
    if table not in STRANGERS or not columns:
        return frame
    near = frame.filter(pl.any_horizontal(pl.col(tier_name(column)).is_not_null() for column in columns))
    if table != "marriage":
        return near
    partners = pl.concat([near.select(key_name(column)).to_series().alias("key") for column in columns])
    known = partners.drop_nulls().unique().implode()
    return frame.filter(pl.any_horizontal(pl.col(key_name(column)).is_in(known) for column in columns))


def _with_deaths(frame: pl.DataFrame, death: pl.DataFrame | None, *kin: str) -> pl.DataFrame:
    """`man_died` and `man_death_row` for each of `kin`: the earliest death known, of people on a roll or not.

    Both are null without a death feed.
    """
    days = [name for name in ("death_date", "cremation_date") if death is not None and name in death.columns]
    if death is None or not days:
        none = [pl.lit(None, dtype=pl.Date).alias(f"{who}_died") for who in kin]
        return frame.with_columns(*none, *(pl.lit(None, dtype=pl.Int64).alias(f"{who}_death_row") for who in kin))
    died = death.select("person_key", pl.coalesce(days).alias("died"), "row_id").drop_nulls().sort("died", "row_id")
    first = died.unique("person_key", keep="first", maintain_order=True)
    for who in kin:
        frame = frame.join(
            first.rename({"person_key": f"{who}_key", "died": f"{who}_died", "row_id": f"{who}_death_row"}),
            on=f"{who}_key",
            how="left",
            maintain_order="left",
        )
    return frame


def _with_parents(near: pl.DataFrame, death: pl.DataFrame, hukou: pl.DataFrame) -> pl.DataFrame:
    """The rows of the death feed near a roll, and those of the parents of people there: a finding cites them."""
    parents = [hukou.select(row_id=f"{who}_death_row").drop_nulls() for who in ("father", "mother")]
    wanted = pl.concat([near.select("row_id"), *parents]).unique()
    return death.join(wanted, on="row_id", how="semi", maintain_order="left")


def _child_link(hukou: pl.DataFrame, roll: pl.DataFrame) -> pl.DataFrame:
    """The registration of children seen from the parent: `person_key` is a parent on a roll, `child_key` the child.

    `parent_hukou_no` is the booklet the parent is registered in, null where the feed does not tell; `on_roll` tells
    whether the child is on a roll.
    """
    rows = hukou.filter(pl.col("person_key").is_not_null()).rename({"person_key": "child_key", "tier": "child_tier"})
    sides = pl.concat(
        rows.with_columns(pl.col(f"{parent}_key").alias("person_key"), pl.col(f"{parent}_tier").alias("tier"))
        for parent in ("father", "mother")
    )
    booklets = (
        hukou.filter(pl.col("person_key").is_not_null())
        .sort("person_key", "row_id")
        .unique("person_key", keep="last", maintain_order=True)
        .select(
            "person_key", (pl.col("hukou_no") if "hukou_no" in hukou.columns else pl.lit(None)).alias("parent_hukou_no")
        )
    )
    links = sides.filter(pl.col("tier").is_not_null())
    return links.join(booklets, on="person_key", how="left", maintain_order="left").with_columns(
        on_roll("child_key", roll)
    )
