"""A district as clean files: one UTF-8 CSV per table and month, for benchmarks."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from baoshen_audit.schemas import TABLES
from baoshen_audit.schemas.catalogue import ColumnSpec
from baoshen_audit.testing.synth.emit import District


def write_plain(district: District, folder: str | Path) -> None:
    """Write `folder/2026-05/低保家庭.csv` and so on: Chinese titles as headers, ISO dates, 元.

    Args:
        district: what to write.
        folder: made if it does not exist.
    """
    root = Path(folder)
    for table, months in district.frames.items():
        spec = TABLES[table]
        for month, frame in months.items():
            (root / month).mkdir(parents=True, exist_ok=True)
            cells = frame.select(
                [_plain(spec.columns[c]).alias(spec.columns[c].title) for c in frame.columns if c != "key"]
            )
            if spec.kind == "roll":
                # as offices name it; without it a roll that did not change would be the same file twice
                cells.insert_column(0, pl.repeat(month, cells.height, eager=True).alias(spec.columns["period"].title))
            cells.write_csv(root / month / f"{spec.title}.csv")


def _plain(spec: ColumnSpec) -> pl.Expr:
    column = pl.col(spec.name)
    if spec.kind == "money":
        unit = 1_000_000 if spec.unit == "万元" else 100
        whole, rest = column // unit, column % unit
        digits = len(str(unit)) - 1
        return (
            pl.concat_str(whole, pl.lit("."), rest.cast(pl.String).str.zfill(digits))
            .str.strip_chars_end("0")
            .str.strip_chars_end(".")
        )
    if spec.kind == "month":
        return column.dt.strftime("%Y-%m")
    if spec.kind == "yesno":
        return pl.when(column).then(pl.lit("是")).when(~column).then(pl.lit("否"))
    return column
