"""What small districts score, to the last pair: a change of the matcher shows in frozen.json as a diff to be judged.

`python tests/linkage/test_frozen.py` writes the file anew.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

import polars as pl
import pytest

from baoshen_audit.linkage import evaluate, link
from baoshen_audit.testing import population

FROZEN: Final = Path(__file__).with_name("frozen.json")
ALL: Final = ["name", "id_no", "birth_date", "sex", "village", "address", "phone", "account"]
TASKS: Final = {
    "dedup": (None, ALL),
    "dedup without contacts": (None, ALL[:5]),
    "dedup by name and number": (None, ALL[:2]),
    "deaths": ((1500, 0.5), ["name", "id_no", "sex", "village"]),
    "vehicles": ((3000, 1.0), ["name", "id_no", "phone"]),
}


def scores(task: str) -> dict[str, int]:
    """Counts of one task: pairs that are true, linked, both, under review, hard negatives linked; and per tier."""
    feed, columns = TASKS[task]
    right = None
    if feed is None:
        left, truth, hard = population.dedup(3000, seed=2)
        left = left.select("record", *columns)
    else:
        left, right, truth, hard = population.feed(5000, rows=feed[0], hit=feed[1], columns=columns)
    links = link(left, right, id="record")
    linked = links.pairs.filter(pl.col("decision") == "link")
    tiers = {f"tier {tier}": n for tier, n in sorted(linked["tier"].value_counts().iter_rows())}
    return {
        "true": truth.height,
        "linked": linked.height,
        "linked and true": linked.join(truth, on=["left_id", "right_id"], how="semi").height,
        "review": links.pairs.height - linked.height,
        "hard negatives linked": int(evaluate(links, truth, hard).false["linked"].sum()),
        **tiers,
    }


@pytest.mark.parametrize("task", TASKS)
def test_scores_are_as_frozen(task: str) -> None:
    assert scores(task) == json.loads(FROZEN.read_text("utf-8"))[task]


def test_evaluation_counts_what_it_says() -> None:
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


def test_pairs_of_other_tools_are_measured_alike() -> None:
    table, truth, hard = population.dedup(1500, seed=3)
    links = link(table, id="record")
    ours, plain = evaluate(links, truth, hard), evaluate(links.pairs, truth, hard)
    assert (plain.f1, plain.best_f1, plain.review) == (ours.f1, ours.best_f1, ours.review)


if __name__ == "__main__":
    FROZEN.write_text(json.dumps({task: scores(task) for task in TASKS}, indent=1) + "\n", "utf-8")
