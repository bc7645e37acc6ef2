"""The sample folder is read to the last row and column."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from baoshen_audit.ingest.load import load
from baoshen_audit.ingest.model import Intake
from baoshen_audit.schemas import TABLES

SAMPLE = Path(__file__).parents[2] / "sample_data"


@pytest.fixture(scope="module")
def intake() -> Intake:
    return load(SAMPLE / "bureau", month=date(2026, 6, 1))


def test_every_file_sheet_and_column_is_claimed(intake):
    assert intake.unrecognised == []
    assert {source.file for source in intake.sources} == {
        path.relative_to(SAMPLE / "bureau").as_posix() for path in (SAMPLE / "bureau").rglob("*.*") if path.is_file()
    }
    assert [(source.file, source.unmapped) for source in intake.sources if source.unmapped] == []


def _read(intake: Intake) -> pl.DataFrame:
    """File, sheet and row of every row that was typed."""
    places = pl.DataFrame(
        [(number, source.file, source.sheet) for number, source in enumerate(intake.sources)],
        schema={"source_id": pl.Int32, "file": pl.String, "sheet": pl.String},
        orient="row",
    )
    rows = pl.concat([table.frame.select("source_id", "source_row") for table in intake.tables.values()])
    return rows.join(places, on="source_id").select("file", "sheet", pl.col("source_row").alias("row"))


def test_every_row_of_the_truth_is_in_a_table(intake):
    """Rolls of another month are listed, not typed: May's rows are there when May is asked for."""
    may = load(SAMPLE / "bureau", month=date(2026, 5, 1))
    truth = pl.read_csv(SAMPLE / "truth.csv", schema_overrides={"row": pl.Int64, "sheet": pl.String})
    assert truth.height > 0
    read = pl.concat([_read(intake), _read(may)])
    lost = truth.with_columns(pl.col("sheet").fill_null("")).join(read, on=["file", "sheet", "row"], how="anti")
    assert lost.select("case_id", "file", "sheet", "row").rows() == []


def test_row_ids_are_unique_over_all_tables(intake):
    ids = pl.concat([table.frame["row_id"] for table in intake.tables.values()])
    rolls = {name for name, spec in TABLES.items() if spec.kind == "roll"}
    typed = [s.rows for s in intake.sources if s.table not in rolls or s.month == date(2026, 6, 1)]
    assert ids.n_unique() == len(ids) == sum(typed)
