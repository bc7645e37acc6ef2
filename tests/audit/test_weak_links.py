"""What rests on a resemblance never accuses: every link of a register made as weak as one by name and birth date."""

import importlib
from pathlib import Path

import polars as pl
import pytest

from baoshen_audit import scan
from baoshen_audit.audit import pipeline
from baoshen_audit.audit.judge import Judged
from baoshen_audit.finding import lowered, tier_steps
from baoshen_audit.schemas import TABLES

BUREAU = Path(__file__).parents[2] / "sample_data" / "bureau"

WITHOUT_IT_TOO = {"FAV302", "FEED023", "ROLL008"}
"""They show a filing that lapsed, an authorisation that does not count; without that row there would be none at all.
And dates that contradict each other within one row do so whoever it is about."""


@pytest.mark.parametrize("numbered", [True, False], ids=["with household numbers", "without"])
def test_no_finding_that_cites_a_weakly_linked_row_is_a_or_b(monkeypatch: pytest.MonkeyPatch, numbered: bool) -> None:
    resolving = importlib.import_module("baoshen_audit.audit.resolve")
    linked, judge = resolving._linked, pipeline.judge
    weak: set[int] = set()
    told: list[Judged] = []

    def weakened(table: str, frame: pl.DataFrame, slots: object) -> pl.DataFrame:
        full: pl.DataFrame = linked(table, frame, slots)
        if TABLES[table].kind == "roll" or "tier" not in full.columns:
            return full
        if not numbered and "hh_id" in full.columns:
            full = full.with_columns(hh_id=pl.lit(None, dtype=pl.String))
        found = pl.col("tier").is_not_null()
        # a case is known by its number, a household by its own: a row with one does not rest on the link
        rests = found & (pl.col("hh_id").is_null() if "hh_id" in full.columns else pl.lit(value=True))
        weak.update(full.filter(rests)["row_id"])
        return full.with_columns(tier=pl.when(found).then(pl.lit("M5")))

    def kept(*args: object) -> Judged:
        told.append(judge(*args))
        return told[0]

    monkeypatch.setattr(resolving, "_linked", weakened)
    monkeypatch.setattr(pipeline, "judge", kept)
    scan(BUREAU, region="320413", as_of="2026-06", key=b"k" * 32)
    citing, strong = 0, set()
    for one in told[0].fired:
        cost = pl.lit(0) if one.rule.states_grade else tier_steps(pl.col("tier"))
        grade = lowered(pl.coalesce("grade", pl.lit(one.rule.grade.value)), cost)
        for cited, given in one.frame.select("evidence", grade.alias("grade")).iter_rows():
            if weak & {cell["row_id"] for cell in cited or () if cell}:
                citing += 1
                strong |= {one.rule.code} if given in ("A", "B") else set()
    assert citing > 50
    assert strong <= WITHOUT_IT_TOO
