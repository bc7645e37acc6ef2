"""Run kernels in this process."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl


def collect(frame: pl.LazyFrame) -> pl.DataFrame:
    """Materialise a kernel's result with the in-memory engine, whose group order is repeatable.

    In one piece: a large join may leave a column with an empty first chunk, on which polars 2.1 panics in `format`.
    """
    return frame.collect(engine="in-memory").rechunk()


def split(frames: Mapping[str, pl.DataFrame], key: str, parts: int) -> list[dict[str, pl.DataFrame]]:
    """Cut frames into parts by their key, rows with an empty key in the first part.

    A frame without the key column goes whole into every part: it is a small table that all partitions share.

    Args:
        frames: name → frame.
        key: the column to cut by.
        parts: how many parts, at least 1.

    Returns:
        One mapping of the same names per part; together the parts hold every row once.
    """
    where = pl.col(key).hash(seed=1) % parts
    buckets = {
        name: frame.with_columns(pl.when(pl.col(key).is_null()).then(0).otherwise(where).alias("__part"))
        if key in frame.columns
        else None
        for name, frame in frames.items()
    }
    return [
        {
            name: frame if (cut := buckets[name]) is None else cut.filter(pl.col("__part") == part).drop("__part")
            for name, frame in frames.items()
        }
        for part in range(parts)
    ]
