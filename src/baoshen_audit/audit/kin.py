"""Who among those on a roll is, or may be, a relative of an official (rules.md §1.2).

Hard ties come from the roster's family file, from parents and spouses in the 户籍 and from marriages in force. Soft
ties are shared 户号, door, telephone, a guardian or a collector: neighbours and helpers have them as well as kin.
Everything joins on keys; no name is compared.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

import polars as pl

from baoshen_audit.audit.request import ROLLS
from baoshen_audit.identity.address import address_key
from baoshen_audit.identity.phone import phone_key

_DOOR: Final = "[0-9]+(?:号|室|户)"
"""An address that names a door: a village or a group is shared by everybody in it."""

_PHONES: Final = ("phone", "contact_phone", "guardian_phone")

_PAIR: Final = {
    "person_key": pl.Int64(),
    "official_key": pl.Int64(),
    "tie": pl.String(),
    "kin_relation": pl.String(),
    "tier": pl.String(),
    "tie_row": pl.Int64(),
    "sharing": pl.Int64(),
}
"""A tie: relative, official, what ties them, what the relative is to the official (hard ties only), the tier of the
relative, the row that shows it, and how many households share a door or a telephone."""


KIN_LINK: Final = _PAIR | {"official_tier": pl.String(), "hard": pl.Boolean()}
"""Columns of the prepared table besides those of the roster."""


def kin_link(tables: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """One row per roster row, relative on a roll and tie.

    Args:
        tables: keyed and linked tables with the roll view; feeds that may not be used are left out.

    Returns:
        The columns of the roster seen from the relative (`person_key` is theirs, `official_key` the official's, `tier`
        and `official_tier` how sure each is), with `tie`, `hard`, `tie_row` and `sharing` of `_PAIR`.
    """
    roster = tables["cadre_roster"].rename({"person_key": "official_key", "tier": "official_tier"})
    declared = (
        roster.filter(pl.col("kin_tier").is_not_null())
        .rename({"kin_key": "person_key", "kin_tier": "tier"})
        .with_columns(
            pl.lit("申报").alias("tie"),
            pl.lit(None, pl.Int64).alias("tie_row"),
            pl.lit(None, pl.Int64).alias("sharing"),
        )
    )
    officials = roster.drop("kin_key", "kin_tier", "kin_relation", strict=False)
    # one row of an official is enough for what his family file does not say
    once = officials.filter(pl.col("official_key").is_not_null()).unique(
        ["official_key", *(c for c in ("post", "term_start", "term_end") if c in officials.columns)],
        keep="first",
        maintain_order=True,
    )
    hard = pl.concat([pl.DataFrame(schema=_PAIR), *_registered(tables)]).join(
        declared.select("person_key", "official_key"), on=["person_key", "official_key"], how="anti"
    )
    on_roll = tables["roll"].select("person_key").unique()
    pairs = pl.concat([hard, *_soft(tables, once)]).filter(
        pl.col("person_key") != pl.col("official_key"), pl.col("person_key").is_in(on_roll["person_key"].implode())
    )
    pairs = pairs.sort("person_key", "official_key", "tie", "tie_row").unique(
        ["person_key", "official_key", "tie"], keep="first", maintain_order=True
    )
    found = pairs.join(once, on="official_key", how="inner")
    return pl.concat([declared, found], how="diagonal").with_columns(
        pl.col("tie").is_in(["申报", "户籍", "婚姻"]).alias("hard")
    )


def _registered(tables: Mapping[str, pl.DataFrame]) -> Iterator[pl.DataFrame]:
    """Pairs by parents and spouses in the 户籍 and by marriages in force, seen from either side."""
    if "hukou" in tables:
        people = tables["hukou"]
        for parent in ("father", "mother"):
            yield from _both(people, f"{parent}_key", "父母", "子女", "户籍")
        yield from _both(people, "spouse_key", "配偶", "配偶", "户籍")
        for parent in ("father_key", "mother_key"):
            child = people.select("person_key", "tier", parent, pl.col("row_id").alias("tie_row")).drop_nulls(parent)
            other = child.select(parent, pl.col("person_key").alias("official_key"))
            yield _pairs(child.join(other, on=parent), "户籍", "兄弟姐妹")
    if "marriage" in tables:
        married = _in_force(tables["marriage"]).rename({"man_key": "person_key", "man_tier": "tier"})
        yield from _both(married, "woman_key", "配偶", "配偶", "婚姻")


def _both(people: pl.DataFrame, other: str, as_other: str, as_person: str, tie: str) -> Iterator[pl.DataFrame]:
    """A person and another of the same row: either may be the official."""
    other_tier = other.replace("_key", "_tier")
    rows = people.select("person_key", "tier", other, other_tier, pl.col("row_id").alias("tie_row")).drop_nulls(
        ["person_key", other]
    )
    yield _pairs(rows.rename({other: "official_key"}), tie, as_person)
    turned = rows.drop("tier").rename({"person_key": "official_key", other: "person_key", other_tier: "tier"})
    yield _pairs(turned, tie, as_other)


def _pairs(rows: pl.DataFrame, tie: str, relation: str | None = None) -> pl.DataFrame:
    said = {"tie": pl.lit(tie), "kin_relation": pl.lit(relation)}
    if "sharing" not in rows.columns:
        said["sharing"] = pl.lit(None)
    return rows.with_columns(**said).select(pl.col(name).cast(dtype) for name, dtype in _PAIR.items())


def _in_force(marriage: pl.DataFrame) -> pl.DataFrame:
    """The last row of every couple that has not parted, lost one of them, or been followed by another wedding."""
    if not {"kind", "registered_on"} <= set(marriage.columns):
        return marriage.clear()
    rows = marriage.drop_nulls(["man_key", "woman_key"]).sort("registered_on", "row_id", nulls_last=False)
    last = rows.unique(["man_key", "woman_key"], keep="last", maintain_order=True)
    newest = pl.all_horizontal(
        pl.col("registered_on") == pl.col("registered_on").max().over(spouse) for spouse in ("man_key", "woman_key")
    )
    alive = pl.col("man_died").is_null() & pl.col("woman_died").is_null()
    return last.filter(newest).filter(pl.col("kind").is_in(["结婚", "补领"]), alive)


def _soft(tables: Mapping[str, pl.DataFrame], officials: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """Pairs that share a 户号, a door or a telephone, or of whom one is guardian or collector of the other."""
    yield from _same_book(tables, officials)
    rows = _written(tables)
    if "address" in officials.columns:
        door = address_key("address")
        own = officials.select("official_key", pl.when(door.str.contains(_DOOR)).then(door).alias("at"))
        theirs = rows.select("person_key", "tier", "tie_row", "home", address_key("address").alias("at"))
        yield from _shared(theirs, own, "同住址")
    if "phone" in officials.columns:
        own = officials.select("official_key", phone_key("phone").alias("at"))
        theirs = pl.concat(
            [rows.select("person_key", "tier", "tie_row", "home", phone_key(c).alias("at")) for c in _PHONES]
        )
        yield from _shared(theirs, own, "同电话")
    for column, tie in (("guardian_key", "监护人"), ("collector_key", "代领人")):
        named = rows.drop_nulls(column).rename({column: "official_key"})
        yield _pairs(named.join(officials.select("official_key").unique(), on="official_key", how="semi"), tie)


def _same_book(tables: Mapping[str, pl.DataFrame], officials: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """Two people in one 户口簿, by the 户籍 or, for the official, by the roster."""
    if "hukou" not in tables or "hukou_no" not in tables["hukou"].columns:
        return
    people = tables["hukou"].drop_nulls(["hukou_no", "person_key"])
    own = [people.select("hukou_no", pl.col("person_key").alias("official_key"))]
    if "hukou_no" in officials.columns:
        own.append(officials.select("hukou_no", "official_key").drop_nulls())
    theirs = people.select("hukou_no", "person_key", "tier", pl.col("row_id").alias("tie_row"))
    yield _pairs(theirs.join(pl.concat(own).unique(), on="hukou_no"), "同户号")


def _written(tables: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """What the rows of the rolls write of a person's door, telephones, guardian and collector."""
    text = ("address", *_PHONES)
    shape = {"person_key": pl.Int64(), "tier": pl.String(), "tie_row": pl.Int64(), "home": pl.String()}
    shape |= dict.fromkeys(text, pl.String()) | dict.fromkeys(("guardian_key", "collector_key"), pl.Int64())
    parts = [pl.DataFrame(schema=shape)]
    for table in ROLLS:
        if table in tables:
            frame = tables[table].with_columns(pl.col("row_id").alias("tie_row"), pl.col("household_key").alias("home"))
            has = set(frame.columns)
            parts.append(
                frame.select(
                    (pl.col(name) if name in has else pl.lit(None)).cast(dtype).alias(name)
                    for name, dtype in shape.items()
                )
            )
    return pl.concat(parts).drop_nulls("person_key")


def _shared(theirs: pl.DataFrame, own: pl.DataFrame, tie: str) -> Iterator[pl.DataFrame]:
    """Pairs at one door or telephone, with the households that share it."""
    known = theirs.drop_nulls("at").with_columns(pl.col("home").n_unique().over("at").alias("sharing"))
    yield _pairs(known.join(own.drop_nulls(), on="at"), tie)
