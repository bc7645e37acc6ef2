"""The sample county: every planted case is found, no planted trap is accused, nobody else is either."""

from pathlib import Path

import polars as pl
import pytest

from baoshen_audit import Result, scan
from baoshen_audit.finding import Grade
from baoshen_audit.rule import RuleSet
from baoshen_audit.schemas import TABLES
from baoshen_audit.testing.truth import compare

SAMPLE = Path(__file__).parents[2] / "sample_data"
TRUTH = pl.read_csv(SAMPLE / "truth.csv", infer_schema=False)


@pytest.fixture(scope="module")
def result() -> Result:
    return scan(SAMPLE / "bureau", region="320413", as_of="2026-06", key=b"k" * 32)


def test_everything_planted_is_found_and_nobody_else_accused(result: Result) -> None:
    comparison = compare(result.findings.to_dicts(), TRUTH)
    assert comparison.planted >= 60
    assert comparison.traps >= 60
    assert (comparison.missed, comparison.accused, comparison.strangers) == ((), (), ())


def test_rules_that_reach_no_b_are_silent_on_their_traps(result: Result) -> None:
    """For them a trap means what it looks like: no lead at all."""
    low = {code for code, rule in RuleSet.discover().items() if rule.grade not in (Grade.A, Grade.B)}
    traps = TRUTH.filter(pl.col("kind") == "trap", pl.col("code").is_in(list(low)), pl.col("role") != "context")
    assert traps["code"].n_unique() > 5
    findings = result.findings.filter(pl.col("code").is_in(list(low))).with_columns(pl.lit("A").alias("grade"))
    assert compare(findings.to_dicts(), traps).accused == ()


def test_the_comparison_can_fail(result: Result) -> None:
    """Findings taken away are missed, a trap that fires is accused, an unplanted case is a stranger."""
    found = result.findings.to_dicts()
    assert compare([f for f in found if f["code"] != "ERR201"], TRUTH).missed
    swapped = TRUTH.with_columns(pl.col("kind").replace({"planted": "trap", "trap": "planted"}))
    assert compare(found, swapped).accused
    assert compare(found, TRUTH.filter(pl.col("code") != "ERR201")).strangers


def test_the_sample_is_large_and_varied_enough(result: Result) -> None:
    codes = set(TRUTH.filter(pl.col("kind") == "planted")["code"])
    assert len(codes) >= 17  # a missing policy value (FEED024) cannot be planted in data
    rows = dict(result.inputs.group_by("table").agg(pl.col("rows").sum()).iter_rows())
    assert sum(n for table, n in rows.items() if table in TABLES and TABLES[table].kind == "feed") >= 20_000
    assert result.unrecognised.is_empty()
    assert not result.coverage.filter(pl.col("status") == "failed").height


def test_the_result_does_not_depend_on_the_run(result: Result) -> None:
    again = scan(SAMPLE / "bureau", region="320413", as_of="2026-06", key=b"k" * 32)
    assert again.manifest["result_hash"] == result.manifest["result_hash"]


def test_identities_are_masked(result: Result) -> None:
    text = str(result.findings.drop("fingerprint", "content_hash").to_dicts())
    shown = scan(SAMPLE / "bureau", region="320413", as_of="2026-06", key=b"k" * 32, reveal=True)
    numbers = [n for n in shown.findings["id_no"].drop_nulls() if len(n) >= 15]
    assert numbers
    assert [n for n in numbers if n in text] == []
