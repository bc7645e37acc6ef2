"""Files as offices make them, written by the test that needs them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from baoshen_audit.ingest.load import load
from baoshen_audit.ingest.model import Intake

JUNE = date(2026, 6, 1)
ID = "320482199001011234"

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a text table: `write("低保.csv", "a,b\\n1,2\\n", encoding="gb18030")`."""

    def _write(name: str, text: str | bytes, encoding: str = "utf-8") -> Path:
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
        return path

    return _write


@pytest.fixture
def book(tmp_path: Path) -> Write:
    """Write a workbook: sheet name → rows, or a function that fills the worksheet."""

    def _book(name: str, **sheets: Sequence[Sequence[Any]] | Callable[[Any, Any], None]) -> Path:
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        workbook = xlsxwriter.Workbook(str(path))
        for title, content in sheets.items():
            worksheet = workbook.add_worksheet(title)
            if callable(content):
                content(workbook, worksheet)
                continue
            for number, row in enumerate(content):
                worksheet.write_row(number, 0, row)
        workbook.close()
        return path

    return _book


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., Intake]:
    """Load the folder the other fixtures wrote to."""

    def _read(**options: Any) -> Intake:
        return load(tmp_path / "in", **({"month": JUNE} | options))

    return _read
