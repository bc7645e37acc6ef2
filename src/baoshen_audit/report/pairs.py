"""Linked pairs as a file."""

from __future__ import annotations

import io
from pathlib import Path

import polars as pl

from baoshen_audit.report.output import place


def write(pairs: pl.DataFrame, path: Path) -> None:
    """Write pairs, never half a file.

    Args:
        pairs: One row per pair.
        path: `.csv` (UTF-8 with a byte-order mark, which spreadsheets need to show Chinese), else Parquet.

    Raises:
        BaoshenError: the disk refused; an old file is as it was.
    """
    place([(path, lambda: _csv(pairs) if path.suffix.lower() == ".csv" else _parquet(pairs))])


def _csv(pairs: pl.DataFrame) -> bytes:
    return pairs.write_csv(include_bom=True, float_precision=2).encode()


def _parquet(pairs: pl.DataFrame) -> bytes:
    buffer = io.BytesIO()
    pairs.write_parquet(buffer, compression="zstd")
    return buffer.getvalue()
