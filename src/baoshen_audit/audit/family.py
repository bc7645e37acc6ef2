"""Families: households on 低保 that a hard tie joins (rules.md §1.2), and the ties themselves.

A tie is between two households of the month: one person in both, in town and in country; a couple apart; a minor child
apart from the parents; one 户号. Rules look at ties, and are cut by `family_key`, so that no tie is ever cut.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

import polars as pl

from baoshen_audit.audit.attach import attached
from baoshen_audit.linkage.cluster import clusters
from baoshen_audit.rules import full_years, marriages_in_force

MAX_HOUSEHOLDS: Final = 8
"""More households on one 户号, or in one family, are a collective registration or a mistake, and no family."""

OF_AGE: Final = 18
_OTHER: Final = "other_household"
_CHILDREN: Final = ("子", "女", "子女")

FAMILY_TIE: Final[dict[str, pl.DataType]] = {
    "family_key": pl.String(),
    "household_key": pl.String(),
    "other_household": pl.String(),
    "kind": pl.String(),
    "person_key": pl.Int64(),
    "other_person": pl.Int64(),
    "row_id": pl.Int64(),
    "other_row": pl.Int64(),
    "relation": pl.String(),
    "other_relation": pl.String(),
    "proof_row": pl.Int64(),
    "since": pl.Date(),
    "tier": pl.String(),
    "crosses": pl.Boolean(),
}
"""One row per tie, `household_key` < `other_household`; `kind` is 本人, 配偶, 未成年子女 or 户号.
`row_id` and `other_row` are the rows of the two persons on the roll, `proof_row` that of the register that ties them
(null where the roll itself does), `since` the day of the wedding, `crosses` whether one household is urban and one
rural."""

_KIN: Final[dict[str, pl.DataType]] = {
    "person_key": pl.Int64(),
    "other_person": pl.Int64(),
    "proof_row": pl.Int64(),
    "since": pl.Date(),
    "proof_tier": pl.String(),
}


def family_ties(tables: Mapping[str, pl.DataFrame], as_of: date) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """Find the ties between households on 低保 that are paid this month.

    Args:
        tables: linked tables with the roll view.
        as_of: the day of the audit.

    Returns:
        A frame of `FAMILY_TIE` in a fixed order, and what a reader must know of groups too large to be a family.
    """
    people = tables["roll"].filter(
        "active",
        "counted",
        pl.col("programme") == "dibao",
        pl.col("person_key") >= 0,
        pl.col("household_key").is_not_null(),
        pl.col("first_month").is_null() | (pl.col("first_month") <= as_of),
    )
    people = (
        people.sort("row_id")
        .unique(["household_key", "person_key"], keep="first", maintain_order=True)
        .select("household_key", "person_key", "row_id", "relation", "urban_rural", "covered", "tier")
        .with_columns(full_years(as_of).alias("years"))
    )
    same, crowded = _same_number(people, tables.get("hukou"))
    own = people.select("person_key", pl.col("person_key").alias("other_person"))
    ties = [
        _tied(people, people, _kin(own), "本人").filter("crosses"),
        _not_repeated(_tied(people, people, _couples(people, tables, as_of), "配偶"), people),
        _not_repeated(_apart(people, _parents(people, tables.get("hukou"))), people),
        same,
    ]
    found = pl.concat(ties).sort("household_key", "other_household", "kind", "row_id", "other_row")
    found = found.unique(["household_key", "other_household", "kind"], keep="first", maintain_order=True)
    keyed, large = _families(found)
    told = []
    if crowded or large:
        told.append(
            f"{crowded + large} 组低保家庭因户号或亲属关系相连而超过 {MAX_HOUSEHOLDS} 户(多为集体户),"
            "没有作为一个家庭比对(DUP105、DUP108)"
        )
    return keyed, tuple(told)


def family_keys(roll: pl.DataFrame, ties: pl.DataFrame) -> pl.DataFrame:
    """The roll with `family_key`: the family of a household, or the household itself."""
    ends = [ties.select("family_key", pl.col(end).alias("household_key")) for end in ("household_key", _OTHER)]
    known = pl.concat(ends).unique()
    return (
        attached(roll, known, "household_key")
        .with_columns(pl.coalesce("family_key", "household_key").alias("family_key"))
    )  # fmt: skip


def _kin(pairs: pl.DataFrame) -> pl.DataFrame:
    """Pairs of persons in the shape of `_KIN`; what they lack is null."""
    return pairs.select(
        (pl.col(name) if name in pairs.columns else pl.lit(None)).cast(dtype).alias(name)
        for name, dtype in _KIN.items()
    )


def _tied(one: pl.DataFrame, two: pl.DataFrame, pairs: pl.DataFrame, kind: str) -> pl.DataFrame:
    """Ties between households of two persons, one of each frame, in the shape of `FAMILY_TIE` without the family."""
    other = two.drop("years", "covered").rename(
        {
            "household_key": _OTHER,
            "person_key": "other_person",
            "row_id": "other_row",
            "relation": "other_relation",
            "urban_rural": "other_urban",
            "tier": "other_tier",
        }
    )
    both = pairs.join(one.drop("years", "covered"), on="person_key").join(other, on="other_person")
    return _in_order(both.filter(pl.col("household_key") != pl.col(_OTHER))).select(
        pl.lit(kind).alias("kind") if name == "kind" else name for name in FAMILY_TIE if name != "family_key"
    )


def _in_order(both: pl.DataFrame) -> pl.DataFrame:
    """The two sides of every tie so that the smaller household comes first."""
    swap = pl.col("household_key") > pl.col(_OTHER)
    sides = (
        ("household_key", _OTHER),
        ("person_key", "other_person"),
        ("row_id", "other_row"),
        ("relation", "other_relation"),
    )
    turned = [
        pl.when(swap).then(second if name == first else first).otherwise(name).alias(name)
        for first, second in sides
        for name in (first, second)
    ]
    return both.with_columns(
        *turned,
        pl.max_horizontal("tier", "other_tier", "proof_tier").alias("tier"),
        (pl.col("urban_rural") != pl.col("other_urban")).fill_null(value=False).alias("crosses"),
    )


def _couples(people: pl.DataFrame, tables: Mapping[str, pl.DataFrame], as_of: date) -> pl.DataFrame:
    """Couples by the marriage register; by the roll and the 户籍 where the register knows nothing of the two."""
    register, hukou = tables.get("marriage"), tables.get("hukou")
    heads = people.filter(pl.col("relation") == "户主").select("household_key", pl.col("person_key").alias("head"))
    wives = people.filter(pl.col("relation") == "配偶").join(heads, on="household_key")
    said = [_kin(wives.select("person_key", pl.col("head").alias("other_person")))]
    if hukou is not None and "spouse_id" in hukou.columns:
        said.append(_registered(hukou, "spouse"))
    told = pl.concat(said).filter(pl.col("person_key") != pl.col("other_person"))
    if register is None or not {"kind", "registered_on"} <= set(register.columns):
        return told
    wed = marriages_in_force(register.lazy(), as_of).collect()
    first = pl.col("marriage_cells").list.last().struct.field("row_id")
    sure = _kin(
        wed.rename({"spouse_key": "other_person", "wed_on": "since", "marriage_tier": "proof_tier"})
        .with_columns(first.alias("proof_row"))
    )  # fmt: skip
    known = [
        register.select(pl.col(a).alias("person_key"), pl.col(b).alias("other_person"))
        for a, b in (("man_key", "woman_key"), ("woman_key", "man_key"))
    ]
    return pl.concat([sure, told.join(pl.concat(known), on=["person_key", "other_person"], how="anti")])


def _registered(hukou: pl.DataFrame, who: str) -> pl.DataFrame:
    """Persons of the 户籍 with one of their relatives: `father`, `mother`, `spouse`.

    The relative stands there by number alone; the tier is that of the person, whose name is given.
    """
    pairs = hukou.rename({f"{who}_key": "other_person", "row_id": "proof_row", "tier": "proof_tier"})
    return _kin(pairs).drop_nulls(["person_key", "other_person"])


def _parents(people: pl.DataFrame, hukou: pl.DataFrame | None) -> pl.DataFrame:
    """Minor children with each parent that the roll or the 户籍 names; a child's parent is the head or the spouse."""
    children = people.filter(pl.col("relation").is_in(_CHILDREN)).select("household_key", "person_key")
    elders = people.filter(pl.col("relation").is_in(["户主", "配偶"])).select(
        "household_key", pl.col("person_key").alias("other_person")
    )
    known = [_kin(children.join(elders, on="household_key"))]
    for who in ("father", "mother"):
        if hukou is not None and f"{who}_id" in hukou.columns:
            known.append(_registered(hukou, who))
    minors = people.filter(pl.col("years") < OF_AGE).select("person_key").unique()
    return pl.concat(known).join(minors, on="person_key", how="semi")


def _apart(people: pl.DataFrame, parents: pl.DataFrame) -> pl.DataFrame:
    """Ties of minor children with parents in another household; a child who lives with either parent is not apart."""
    homes = people.select("household_key", "person_key")
    with_parent = (
        parents.select("person_key", "other_person")
        .join(homes, on="person_key")
        .join(homes.rename({"person_key": "other_person"}), on=["other_person", "household_key"], how="semi")
        .select("person_key", "household_key")
    )
    apart = people.join(with_parent, on=["person_key", "household_key"], how="anti", maintain_order="left")
    return _tied(apart, people, parents, "未成年子女")


def _not_repeated(ties: pl.DataFrame, people: pl.DataFrame) -> pl.DataFrame:
    """Ties without those of somebody who is paid for in both households: that is one person twice (DUP101, DUP104)."""
    paid = people.filter("covered").select("household_key", "person_key")
    twice = paid.join(paid.rename({"household_key": _OTHER}), on="person_key")
    for person in ("person_key", "other_person"):
        repeated = twice.rename({"person_key": person})
        ties = ties.join(repeated, on=["household_key", _OTHER, person], how="anti", maintain_order="left")
    return ties


def _same_number(people: pl.DataFrame, hukou: pl.DataFrame | None) -> tuple[pl.DataFrame, int]:
    """Ties of households registered under one 户号, and how many numbers have too many households."""
    empty = pl.DataFrame(schema={name: dtype for name, dtype in FAMILY_TIE.items() if name != "family_key"})
    if hukou is None or "hukou_no" not in hukou.columns:
        return empty, 0
    numbers = hukou.select(
        "person_key", "hukou_no", pl.col("row_id").alias("proof_row"), pl.col("tier").alias("proof_tier")
    )
    there = numbers.drop_nulls(["person_key", "hukou_no"]).join(people, on="person_key").sort("household_key", "row_id")
    there = there.unique(["hukou_no", "household_key"], keep="first", maintain_order=True)
    there = there.with_columns(pl.len().over("hukou_no").alias("homes"))
    crowded = there.filter(pl.col("homes") > MAX_HOUSEHOLDS)["hukou_no"].n_unique()
    few = there.filter(pl.col("homes").is_between(2, MAX_HOUSEHOLDS)).select(
        "hukou_no", "person_key", "proof_row", "proof_tier", "household_key"
    )
    pairs = few.join(
        few.select("hukou_no", pl.col("person_key").alias("other_person"), pl.col("household_key").alias("home")),
        on="hukou_no",
    )
    pairs = pairs.filter(pl.col("household_key") < pl.col("home"), pl.col("person_key") != pl.col("other_person"))
    return _tied(people, people, _kin(pairs), "户号"), crowded


def _families(ties: pl.DataFrame) -> tuple[pl.DataFrame, int]:
    """Ties with their family, without those of families that are too large; how many these are."""
    homes = pl.concat([ties["household_key"], ties[_OTHER]]).unique().sort().alias("household_key")
    nodes = homes.to_frame().with_row_index("node").with_columns(pl.col("node").cast(pl.Int64))
    ends = ties.select("household_key", _OTHER).join(nodes, on="household_key", maintain_order="left")
    ends = ends.join(nodes.rename({"node": "b"}), left_on=_OTHER, right_on="household_key", maintain_order="left")
    entity, _ = clusters(ends.select(pl.col("node").alias("a"), "b", pl.lit(1.0).alias("score")), homes.len(), None)
    family = nodes.with_columns(entity).with_columns(pl.len().over("entity").alias("size"))
    family = family.with_columns(pl.col("household_key").min().over("entity").alias("family_key"))
    large = family.filter(pl.col("size") > MAX_HOUSEHOLDS)["entity"].n_unique()
    small = family.filter(pl.col("size") <= MAX_HOUSEHOLDS).select("household_key", "family_key")
    return ties.join(small, on="household_key", maintain_order="left").select(list(FAMILY_TIE)), large
