"""What a small district scores, to the last pair: a change of the matcher shows here as a diff to be judged."""

from __future__ import annotations

import polars as pl
import pytest

from baoshen_audit.linkage import evaluate, link


@pytest.mark.parametrize(
    ("columns", "frozen"),
    [
        (["name", "id_no", "birth_date", "sex", "village", "address", "phone", "account"], (300, 299, 299, 14)),
        (["name", "id_no", "birth_date", "sex", "village"], (300, 288, 288, 18)),
        (["name", "id_no"], (300, 251, 251, 5)),
    ],
)
def test_duplicates_in_a_roll(population, columns: list[str], frozen: tuple[int, int, int, int]) -> None:
    table, truth, _ = population.dedup(3000, seed=2)
    links = link(table.select("record", *columns), id="record")
    linked = links.pairs.filter(pl.col("decision") == "link").select("left_id", "right_id")
    true = linked.join(truth, on=["left_id", "right_id"], how="semi").height
    assert (truth.height, linked.height, true, links.pairs.height - linked.height) == frozen


def test_evaluation_counts_what_it_says(population) -> None:
    table, truth, hard = population.dedup(1500, seed=3)
    links = link(table, id="record")
    found = evaluate(links, truth, hard)
    linked = links.pairs.filter(pl.col("decision") == "link")
    hits = linked.join(truth, on=["left_id", "right_id"], how="semi").height
    assert found.precision == pytest.approx(hits / linked.height)
    assert found.recall == pytest.approx(hits / truth.height)
    assert found.f1 == pytest.approx(2 * hits / (linked.height + truth.height))
    assert found.review[0] == links.pairs.height - linked.height
    assert found.by_kind["pairs"].sum() == truth.height
    assert found.by_kind["linked"].sum() == hits
    turned = truth.select(left_id="right_id", right_id="left_id", kind="kind")
    assert evaluate(links, turned).f1 == found.f1
    none = evaluate(links, truth.clear())
    assert (none.recall, none.precision) == (0.0, 0.0)
