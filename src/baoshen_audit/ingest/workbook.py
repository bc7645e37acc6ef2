"""Workbooks (.xlsx, .xlsm, .xls, .ods, .et) through calamine, whose typed cells show what a text reader hides.

A number of 15 digits and more in a number cell has already lost its last digits. It comes out in scientific form, as
the spreadsheet shows it, so that nobody takes it for an ID or an account.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import polars as pl
from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from baoshen_audit.errors import InputError
from baoshen_audit.ingest.model import PEEK_ROWS, Body, RawSheet, Unrecognised

Cell = int | float | str | bool | dt.time | dt.date | dt.datetime | dt.timedelta
Range = tuple[tuple[int, int], tuple[int, int]]

_LONG_NUMBER = 10**15


def cell_text(value: Cell) -> str:
    """A cell as text: ISO dates, whole numbers without `.0`, long numbers in scientific form.

    Args:
        value: a typed cell as calamine delivers it.

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
    if abs(value) >= _LONG_NUMBER:
        digits, _, exponent = f"{value:.14E}".partition("E")
        return f"{digits.rstrip('0').rstrip('.')}E{exponent}"
    if value == int(value):
        return str(int(value))
    # 15 significant digits are what a spreadsheet shows: 0.30000000000000004 is its 0.3
    text = f"{value:.15g}"
    return text if "e" not in text else f"{value:.15f}".rstrip("0")


def read(path: Path, file: str) -> tuple[list[RawSheet], list[Unrecognised]]:
    """Open a workbook.

    Args:
        path: where it is.
        file: name to show.

    Returns:
        Its visible sheets with cells, and the ones left out (hidden, empty, not a worksheet) with the reason.

    Raises:
        InputError: password-protected, truncated or not a workbook.
    """
    try:
        with CalamineWorkbook.from_path(path) as book:
            return _sheets(book, file)
    except PasswordError:
        raise InputError(
            f"工作簿有打开密码，无法读取：{file}", hint="在表格软件中打开它，取消密码（另存为，不加密）后再扫描。"
        ) from None
    except (CalamineError, OSError):
        raise InputError(
            f"工作簿已损坏或不完整，无法读取：{file}",
            hint="用表格软件打开检查；打不开就重新导出或重新拷贝，能打开就另存为 .xlsx 后再扫描。",
        ) from None


def _sheets(book: CalamineWorkbook, file: str) -> tuple[list[RawSheet], list[Unrecognised]]:
    sheets: list[RawSheet] = []
    left_out: list[Unrecognised] = []
    for index, meta in enumerate(book.sheets_metadata):
        if meta.typ is not SheetTypeEnum.WorkSheet:
            left_out.append(Unrecognised(file, meta.name, "不是工作表（图表或宏）"))
        elif meta.visible is not SheetVisibleEnum.Visible:
            left_out.append(Unrecognised(file, meta.name, "隐藏的工作表，未读取；需要时先取消隐藏"))
        else:
            sheet = _Sheet(book.get_sheet_by_index(index))
            if sheet.rows:
                sheets.append(sheet.raw(file, meta.name))
            else:
                left_out.append(Unrecognised(file, meta.name, "空工作表"))
    return sheets, left_out


class _Sheet:
    """The cells of one sheet, kept until its header is known."""

    def __init__(self, sheet: CalamineSheet) -> None:
        self.rows: list[list[Cell]] = sheet.to_python(skip_empty_area=True)
        self.top, self.left = sheet.start or (0, 0)
        self.merged: list[Range] = sheet.merged_cell_ranges or []

    def raw(self, file: str, name: str) -> RawSheet:
        peek = tuple(tuple(cell_text(value) for value in row) for row in self.rows[:PEEK_ROWS])
        return RawSheet(file, name, peek, self.top + 1, self.left, self.body)

    def body(self, skip: int, columns: Sequence[int]) -> Body:
        rows = self.rows[skip:]
        cells = {column: [cell_text(row[column]) or None for row in rows] for column in columns}
        filled = self._fill_down(cells, skip, len(rows))
        frame = pl.DataFrame(
            {
                "row": pl.Series(range(self.top + skip + 1, self.top + skip + 1 + len(rows)), dtype=pl.Int64),
                **{f"c{column}": pl.Series(values, dtype=pl.String) for column, values in cells.items()},
            }
        )
        return Body(frame, (f"合并单元格向下填充 {filled} 格",) if filled else ())

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
