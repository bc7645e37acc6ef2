"""XML spreadsheets of 2003 (SpreadsheetML), another thing that is handed out under the name .xls.

A document type declaration is refused: with none, there is no entity to expand and nothing outside to fetch.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from xml.parsers import expat

from baoshen_audit.errors import InputError
from baoshen_audit.ingest.grid import Cell, Grid, Range
from baoshen_audit.ingest.guard import CELLS, refusing, too_large
from baoshen_audit.ingest.model import RawSheet, Unrecognised

_NAMESPACE: Final = "urn:schemas-microsoft-com:office:spreadsheet"
_ROWS: Final = 1 << 20
_COLUMNS: Final = 1 << 14


def is_xml(head: bytes) -> bool:
    """Whether a file begins as XML."""
    return head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<?xml")


def read(path: Path, file: str) -> tuple[list[RawSheet], list[Unrecognised]]:
    """Read an XML spreadsheet.

    Args:
        path: where it is.
        file: name to show.

    Returns:
        Its sheets, and the empty ones with the reason.

    Raises:
        InputError: damaged, another kind of XML, one with a document type declaration, or one made to fill the memory.
    """
    book = _Book(file)
    broken = InputError(
        f"XML 表格（2003 格式）已损坏或不是表格，无法读取：{file}", hint="用表格软件打开，另存为 .xlsx 后再扫描。"
    )
    with refusing(broken), path.open("rb") as handle:
        book.parser.ParseFile(handle)
    if not book.sheets:
        raise broken
    left_out = [Unrecognised(file, sheet.name, "空工作表") for sheet in book.sheets if not sheet.rows]
    return [
        Grid(sheet.rows, merged=sheet.merged).raw(file, sheet.name) for sheet in book.sheets if sheet.rows
    ], left_out


@dataclass
class _Sheet:
    name: str
    rows: list[list[Cell]] = field(default_factory=list)
    merged: list[Range] = field(default_factory=list)
    next_row: int = 0
    next_column: int = 0
    place: int = 0


class _Book:
    def __init__(self, file: str) -> None:
        self.file = file
        self.sheets: list[_Sheet] = []
        self.cells = 0
        self.kind = ""
        self.text: list[str] | None = None
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._data
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.buffer_text = True

    def _doctype(self, *_: object) -> None:
        raise InputError(
            f"XML 表格内含实体声明（DOCTYPE），正常表格不会有，未读取：{self.file}",
            hint="确认文件来源；在表格软件中打开并另存为 .xlsx 后再扫描。",
        )

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        namespace, _, name = tag.rpartition(" ")
        if namespace != _NAMESPACE:
            return
        stated = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        if name == "Worksheet":
            self.sheets.append(_Sheet(stated.get("Name", "")))
        elif name == "Row" and self.sheets:
            self._row(self.sheets[-1], stated)
        elif name == "Cell" and self.sheets:
            self._cell(self.sheets[-1], stated)
        elif name == "Data":
            self.kind, self.text = stated.get("Type", "String"), []

    def _row(self, sheet: _Sheet, stated: dict[str, str]) -> None:
        sheet.next_row = min(max(_number(stated, "Index") - 1, sheet.next_row), _ROWS)
        sheet.next_column = 0
        sheet.next_row += 1

    def _cell(self, sheet: _Sheet, stated: dict[str, str]) -> None:
        sheet.next_column = min(max(_number(stated, "Index") - 1, sheet.next_column), _COLUMNS)
        row, column = sheet.next_row - 1, sheet.next_column
        sheet.place = column
        across, down = min(_number(stated, "MergeAcross"), _COLUMNS), min(_number(stated, "MergeDown"), _ROWS)
        if down:
            sheet.merged.append(((row, column), (row + down, column + across)))
        sheet.next_column += 1 + across

    def _data(self, text: str) -> None:
        if self.text is not None:
            self.text.append(text)

    def _end(self, tag: str) -> None:
        if tag != f"{_NAMESPACE} Data" or self.text is None or not self.sheets:
            return
        sheet, value = self.sheets[-1], _value("".join(self.text), self.kind)
        self.text = None
        row, column = sheet.next_row - 1, sheet.place
        if row < 0:
            return
        while len(sheet.rows) <= row:
            sheet.rows.append([])
        cells = sheet.rows[row]
        self.cells += max(column + 1 - len(cells), 0)
        if self.cells > CELLS:
            raise too_large(self.file, f"XML 表格超过 {CELLS} 格")
        cells += [""] * (column + 1 - len(cells))
        cells[column] = value


def _value(text: str, kind: str) -> Cell:
    try:
        if kind == "Number":
            return float(text)
        if kind == "DateTime":
            return dt.datetime.fromisoformat(text)
    except ValueError:
        return text
    return text == "1" if kind == "Boolean" else "" if kind == "Error" else text


def _number(stated: dict[str, str], name: str) -> int:
    value = stated.get(name, "")
    return int(value[:9]) if value.isascii() and value.isdigit() else 0
