"""Clusters: records that links join are one entity, unless that would put two different identifiers together.

Links are taken from the surest to the least sure; one that would bring two different trusted identifiers into one
cluster is turned into a review, so that no chain of weak links carries a person into another.
"""

from __future__ import annotations

import polars as pl

__all__ = ["clusters"]

CONFLICT = "会把两个不同的有效证号并到一人"
CONFLICT_EN = "would join two different valid identifiers"


def clusters(links: pl.DataFrame, nodes: int, identifier: pl.Series | None) -> tuple[pl.Series, pl.Series]:
    """Join records into entities.

    Args:
        links: ``a``, ``b`` (Int64, nodes) and ``score``, one row per accepted pair.
        nodes: Number of nodes.
        identifier: Trusted identifier per node (null where none), or None.

    Returns:
        Entity per node (Int64: the smallest node of its cluster) and, per link in the order given, whether it was
        refused.
    """
    parent = list(range(nodes))
    known: dict[int, object] = {}
    order = links.with_row_index("i").sort(["score", "a", "b"], descending=[True, False, False])
    own = (lambda node: None) if identifier is None else identifier.to_list().__getitem__
    refused = [False] * links.height
    for i, a, b in order.select("i", "a", "b").iter_rows():
        x, y = _root(parent, a), _root(parent, b)
        if x == y:
            continue
        one, other = known.get(x, own(x)), known.get(y, own(y))
        if one is not None and other is not None and one != other:
            refused[i] = True
            continue
        low, high = min(x, y), max(x, y)
        parent[high] = low
        if one is not None or other is not None:
            known[low] = one if one is not None else other
    entity = pl.Series("entity", [_root(parent, node) for node in range(nodes)], dtype=pl.Int64)
    return entity, pl.Series("refused", refused, dtype=pl.Boolean)


def _root(parent: list[int], node: int) -> int:
    while parent[node] != node:
        parent[node] = parent[parent[node]]
        node = parent[node]
    return node
