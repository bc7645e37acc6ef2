"""A sheet that is held whole: rows of cells with merged ranges, from a workbook, a web page or an XML table.

A number of 15 digits and more in a number cell has already lost its last digits. It comes out in scientific form, as
the spreadsheet shows it, so that nobody takes it for an ID or an account.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from baoshen_audit.ingest.model import PEEK_ROWS, Body, RawSheet

Cell = int | float | str | bool | dt.time | dt.date | dt.datetime | dt.timedelta
Range = tuple[tuple[int, int], tuple[int, int]]
"""First and last cell of a merged range, each (row, column) counted from 0."""

_LONG_NUMBER = 10**15


def cell_text(value: Cell) -> str:
    """A cell as text: ISO dates, whole numbers without `.0`, long numbers in scientific form.

    Args:
        value: a typed cell.

    Returns:
        Text without loss or invention: `1020.0` → `1020`, `3.204821990010113e+17` → `3.20482199001011E+17`.
    """
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return _number_text(value)
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(" ", "seconds")
    return value.isoformat() if isinstance(value, dt.date | dt.time) else str(value)


def _number_text(value: float) -> str:
    if not math.isfinite(value):
        return ""
    if abs(value) >= _LONG_NUMBER:
        digits, _, exponent = f"{value:.14E}".partition("E")
        return f"{digits.rstrip('0').rstrip('.')}E{exponent}"
    if value == int(value):
        return str(int(value))
    # 15 significant digits are what a spreadsheet shows: 0.30000000000000004 is its 0.3
    text = f"{value:.15g}"
    return text if "e" not in text else f"{value:.15f}".rstrip("0")


@dataclass(frozen=True)
class Grid:
    """The cells of one sheet.

    Attributes:
        rows: cells, row by row; rows may be of uneven length.
        top: row number of the first row, counted from 0.
        left: position of the first cell of a row, counted from 0.
        merged: ranges shown as one cell.
        serial_shift: days to add to a bare day number (1462 in a workbook that counts from 1904).
        notes: what a reader should know of the sheet, in Chinese.
    """

    rows: Sequence[Sequence[Cell]]
    top: int = 0
    left: int = 0
    merged: Sequence[Range] = ()
    serial_shift: int = 0
    notes: tuple[str, ...] = ()

    def raw(self, file: str, name: str) -> RawSheet:
        """The sheet as intake takes it."""
        peek = tuple(tuple(cell_text(value) for value in row) for row in self.rows[:PEEK_ROWS])
        return RawSheet(file, name, peek, self.top + 1, self.left, self.body, self.serial_shift)

    def body(self, skip: int, columns: Sequence[int]) -> Body:
        """Rows below the header as text (`RawSheet.body`)."""
        rows = self.rows[skip:]
        cells = {
            column: [(cell_text(row[column]) or None) if column < len(row) else None for row in rows]
            for column in columns
        }
        filled = self._fill_down(cells, skip, len(rows))
        frame = pl.DataFrame(
            {
                "row": pl.Series(range(self.top + skip + 1, self.top + skip + 1 + len(rows)), dtype=pl.Int64),
                **{f"c{column}": pl.Series(values, dtype=pl.String) for column, values in cells.items()},
            }
        )
        return Body(frame, (*self.notes, *((f"合并单元格向下填充 {filled} 格",) if filled else ())))

    def _fill_down(self, cells: dict[int, list[str | None]], skip: int, height: int) -> int:
        """Repeat the value of a vertically merged range in its own column; nothing outside a range is touched."""
        filled = 0
        for (first, column), (last, _) in self.merged:
            start, end, position = first - self.top - skip, last - self.top - skip, column - self.left
            if start < 0 or position not in cells:
                continue
            values = cells[position]
            for row in range(start + 1, min(end + 1, height)):
                values[row] = values[start]
                filled += 1
        return filled
