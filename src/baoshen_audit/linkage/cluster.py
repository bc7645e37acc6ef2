"""Clusters: records that links join are one entity, unless that would put two different identifiers together.

Links are taken from the surest to the least sure; one that would bring two different trusted identifiers into one
cluster is turned into a review, so that no chain of weak links carries a person into another.
"""

from __future__ import annotations

import polars as pl

from baoshen_audit.engine.lookup import places

__all__ = ["clusters"]

CONFLICT = "会把两个不同的有效证号并到一人"
CONFLICT_EN = "would join two different valid identifiers"


def clusters(links: pl.DataFrame, nodes: int, identifier: pl.Series | None) -> tuple[pl.Series, pl.Series]:
    """Join records into entities.

    Args:
        links: ``a``, ``b`` (nodes) and ``score``, one row per accepted pair.
        nodes: Number of nodes.
        identifier: Trusted identifier per node (null where none), or None.

    Returns:
        Entity per node (Int64: the smallest node of its cluster) and, per link in the order given, whether it was
        refused.
    """
    entity = _joined(links["a"], links["b"], nodes)
    refused = pl.repeat(value=False, n=links.height, eager=True)
    if identifier is None:
        return entity, refused
    ends = pl.concat([links["a"], links["b"]]).unique()
    told = pl.DataFrame({"entity": entity[ends], "identifier": identifier[ends]}).drop_nulls().unique()
    # Few clusters hold two identifiers: only those are joined link by link.
    torn = told.filter(pl.col("entity").is_duplicated())["entity"].unique()
    at = entity[links["a"]].is_in(torn.implode()).arg_true()
    roots, bad = _one_by_one(links[at], identifier)
    return entity.scatter(list(roots), list(roots.values())), refused.scatter(at, bad)


def _joined(one: pl.Series, other: pl.Series, nodes: int) -> pl.Series:
    """The smallest node that each is joined with, over any number of links."""
    # Most nodes have no link: only the others are looked at, by their place among them.
    linked = pl.concat([one, other]).unique().sort()
    one, other = places(one, linked), places(other, linked)
    found = pl.int_range(len(linked), dtype=pl.UInt32, eager=True)
    ends = pl.DataFrame({"node": pl.concat([one, other]), "met": pl.concat([other, one])})
    while True:
        least = ends.select("node", met=found[ends["met"]]).group_by("node").agg(pl.col("met").min())
        at, met = least["node"], least["met"]
        nearer = found.clone().scatter(at, pl.select(pl.min_horizontal(found[at], met)).to_series())
        nearer = nearer[nearer]  # the smallest of the smallest: long chains close twice as fast
        if nearer.equals(found):
            break
        found = nearer
    return pl.int_range(nodes, dtype=pl.Int64, eager=True).alias("entity").scatter(linked, linked[found].cast(pl.Int64))


def _one_by_one(links: pl.DataFrame, identifier: pl.Series) -> tuple[dict[int, int], list[bool]]:
    """Join from the surest link on, refusing those between two identifiers: the root of every node, links refused."""
    parent = {node: node for node in sorted({*links["a"], *links["b"]})}
    known: dict[int, object] = dict(zip(parent, identifier[list(parent)], strict=True))
    refused = [False] * links.height
    order = links.with_row_index("i").sort(["score", "a", "b"], descending=[True, False, False])
    for i, a, b in order.select("i", "a", "b").iter_rows():
        low, high = sorted((_root(parent, a), _root(parent, b)))
        if low == high:
            continue
        if known[low] is not None and known[high] is not None and known[low] != known[high]:
            refused[i] = True
            continue
        parent[high] = low
        known[low] = known[high] if known[low] is None else known[low]
    return {node: _root(parent, node) for node in parent}, refused


def _root(parent: dict[int, int], node: int) -> int:
    while parent[node] != node:
        parent[node] = parent[parent[node]]
        node = parent[node]
    return node
