"""The office's workbooks: title, unit row, merged household cells, subtotals, footer, one sheet per town."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import polars as pl
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from baoshen_audit.testing.synth.cells import Pen, cell
from baoshen_audit.testing.synth.layout import FileSpec
from baoshen_audit.testing.synth.places import COUNTY, TOWNS
from baoshen_audit.testing.synth.records import Values

Block = tuple[Values, list[Values]]
"""A household row and its member rows; for a plain sheet, a row and none."""

Place = tuple[str, int, str, int]
"""Table, key, sheet, row as a spreadsheet shows it."""

_CREATED: Final = dt.datetime(2026, 6, 25, 9, 0, 0)  # noqa: DTZ001 - a fixed date of a file, not a moment
_FOOTER: Final = ("制表人:周敏", "审核人:陈建华", "填报单位(盖章)")
_SUMMED: Final = ("family_size", "covered_count", "top_up", "supplement_amount", "monthly_amount", "pension_month")


def blocks_of(houses: pl.DataFrame, members: pl.DataFrame) -> list[Block]:
    """Households with their members, both in the order of their keys."""
    by_house: dict[str, list[Values]] = {}
    for row in members.iter_rows(named=True):
        by_house.setdefault(row["hh_id"], []).append(row)
    return [(row, by_house[row["hh_id"]]) for row in houses.iter_rows(named=True)]


def write_workbook(path: Path, spec: FileSpec, blocks: list[Block], pen: Pen) -> Iterator[Place]:
    """Write a workbook as the file's specification says.

    Args:
        path: the file.
        spec: headers, title, style.
        blocks: the rows.
        pen: what writes the cells.

    Yields:
        Where each record stands, members of a combined sheet included.
    """
    book = xlsxwriter.Workbook(path, {"in_memory": True})
    book.set_properties({"created": _CREATED, "author": f"{COUNTY}民政局", "title": path.stem})
    sheet = _Sheet(book, spec, pen)
    if spec.kind == "towns":
        for town in TOWNS:
            yield from sheet.write(town, [b for b in blocks if b[0]["town"] == town], last=town == TOWNS[-1])
    else:
        yield from sheet.write("Sheet1", blocks, last=True)
    book.close()


class _Sheet:
    """Writes the sheets of one workbook."""

    def __init__(self, book: xlsxwriter.Workbook, spec: FileSpec, pen: Pen) -> None:
        self.book, self.spec, self.pen = book, spec, pen
        self.plain = book.add_format({"valign": "vcenter"})
        self.date = book.add_format({"valign": "vcenter", "num_format": "yyyy-mm-dd"})
        self.bold = book.add_format({"bold": True, "align": "center", "valign": "vcenter"})
        self.total: dict[str, int] = dict.fromkeys(_SUMMED, 0)

    def write(self, name: str, blocks: list[Block], *, last: bool) -> Iterator[Place]:
        """One sheet: title, unit, header, rows, subtotal, footer."""
        sheet = self.book.add_worksheet(name)
        spec = self.spec
        headers = [h for _, h in spec.headers] + [h for _, h in spec.members]
        row = self._top(sheet, name, len(headers))
        sheet.write_row(row, 0, headers, self.bold)
        sheet.set_column(0, len(headers) - 1, 14)
        row += 1
        sums: dict[str, int] = dict.fromkeys(_SUMMED, 0)
        for house, members in blocks:
            height = max(1, len(members))
            self._house(sheet, row, height, house)
            yield spec.table, house["key"], name, row + 1
            for i, member in enumerate(members):
                self._cells(sheet, (row + i, len(spec.headers)), "member", member)
                yield "member", member["key"], name, row + i + 1
            for column in _SUMMED:
                sums[column] += house.get(column) or 0
            row += height
        self._bottom(sheet, row, sums, last=last)

    def _top(self, sheet: Worksheet, name: str, width: int) -> int:
        spec = self.spec
        if not spec.title:
            return 0
        title = spec.title.format(c=COUNTY, y=self.pen.month[:4], m=int(self.pen.month[5:]))
        sheet.merge_range(0, 0, 0, width - 1, f"{title}({name})" if spec.kind == "towns" else title, self.bold)
        if not spec.unit:
            return 1
        sheet.write_string(1, 0, f"填报单位:{COUNTY}民政局", self.plain)
        sheet.write_string(1, width - 1, "单位:元", self.plain)
        return 2

    def _house(self, sheet: Worksheet, row: int, height: int, house: Values) -> None:
        if height == 1:
            self._cells(sheet, (row, 0), self.spec.table, house)
            return
        for at, (column, _) in enumerate(self.spec.headers):
            value = self.pen.write(self.spec.table, house, column)
            if value is not None:
                sheet.merge_range(row, at, row + height - 1, at, value, self._format(value))

    def _cells(self, sheet: Worksheet, start: tuple[int, int], table: str, record: Values) -> None:
        row, at = start
        headers = self.spec.members if table == "member" else self.spec.headers
        for i, (column, _) in enumerate(headers, start=at):
            value = self.pen.write(table, record, column)
            if isinstance(value, str):
                sheet.write_string(row, i, value, self.plain)
            elif value is not None:
                sheet.write(row, i, value, self._format(value))

    def _format(self, value: Any) -> Format:  # noqa: ANN401 - a cell
        return self.date if isinstance(value, dt.date) else self.plain

    def _bottom(self, sheet: Worksheet, row: int, sums: dict[str, int], *, last: bool) -> None:
        if not self.spec.title:
            return
        for column, value in sums.items():
            self.total[column] += value
        if self.spec.kind == "towns":
            self._sum_row(sheet, row, "小计", sums)
            row += 1
        if last:
            self._sum_row(sheet, row, "合计", self.total)
            row += 1
        for i, words in enumerate(_FOOTER):
            sheet.write_string(row, 2 + 4 * i, words, self.plain)

    def _sum_row(self, sheet: Worksheet, row: int, word: str, sums: dict[str, int]) -> None:
        sheet.write_string(row, 0, word, self.bold)
        for at, (column, _) in enumerate(self.spec.headers):
            if column in sums:
                sheet.write(row, at, cell(self.spec.table, column, sums[column], self.spec.style), self.plain)
