"""Exact linkage: one entity per equal key, the name as witness.

The seam between a pipeline and linkage: records in, ``(record, entity, tier, reason)`` out. An *anchor* is a record
of the universe the others are linked to. Nothing here depends on the order of the rows.
"""

from __future__ import annotations

from typing import Final

import polars as pl

__all__ = ["resolve"]

SAME_NAME: Final = "身份证号相同，姓名一致"
OTHER_NAME: Final = "身份证号相同，姓名不同"
NO_NAME: Final = "身份证号相同，姓名缺失"
OLD_NUMBER: Final = "15位旧号升位后相同，姓名一致"
ALONE: Final = "无可用于关联的身份证号，单独成人"


def resolve(records: pl.DataFrame) -> pl.DataFrame:
    """Give every record its entity, where it has one.

    An entity is one key held by an anchor. Its name is the most frequent name among its anchors (ties: the smallest
    text), those with a full number first. Tiers: ``M1`` key equal and name equal; ``M2`` key equal, name different
    or missing; ``M3`` the link passes through a key derived from an old number and the names are equal. Through a
    derived key, another or a missing name does not link: the anchor stands alone, the other record has no entity.

    Args:
        records: One row per record with ``record`` (Int64, unique), ``anchor`` (Boolean), ``key`` (Int64 or null),
            ``upgraded`` (Boolean: the key was derived from an old number), ``name`` (String or null, folded).

    Returns:
        ``record`` Int64, ``entity`` Int64 (the key, or ``-(record + 1)`` for an anchor that stands alone),
        ``tier`` String, ``reason`` String; one row per record with an entity, sorted by record.
    """
    anchors = records.filter(pl.col("anchor"))
    entities = _entities(anchors)
    met = records.lazy().filter(pl.col("key").is_not_null()).join(entities.lazy(), on="key", how="inner")
    old = pl.col("upgraded") | pl.col("all_old")
    same = (pl.col("name") == pl.col("main")).fill_null(value=False)
    either_missing = pl.col("name").is_null() | pl.col("main").is_null()
    linked = (
        met.filter(~old | same)
        .select(
            "record",
            entity=pl.col("key"),
            tier=pl.when(old).then(pl.lit("M3")).when(same).then(pl.lit("M1")).otherwise(pl.lit("M2")),
            reason=pl.when(old)
            .then(pl.lit(OLD_NUMBER))
            .when(same)
            .then(pl.lit(SAME_NAME))
            .when(either_missing)
            .then(pl.lit(NO_NAME))
            .otherwise(pl.lit(OTHER_NAME)),
        )
        .collect()
    )
    alone = anchors.join(linked, on="record", how="anti").select(
        "record", entity=-(pl.col("record") + 1), tier=pl.lit("M1"), reason=pl.lit(ALONE)
    )
    return pl.concat([linked, alone]).sort("record")


def _entities(anchors: pl.DataFrame) -> pl.DataFrame:
    """One row per anchor key: its main name and whether only derived numbers stand behind it."""
    keyed = anchors.filter(pl.col("key").is_not_null())
    all_old = keyed.group_by("key").agg(all_old=pl.col("upgraded").all())
    votes = (
        keyed.filter(pl.col("name").is_not_null())
        .group_by("key", "name")
        .agg(full=(~pl.col("upgraded")).any(), count=pl.len())
    )
    main = votes.sort(["key", "full", "count", "name"], descending=[False, True, True, False]).unique(
        "key", keep="first", maintain_order=True
    )
    return all_old.join(main.select("key", main="name"), on="key", how="left")
