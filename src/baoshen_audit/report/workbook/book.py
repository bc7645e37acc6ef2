"""How the casework workbook is written: formats, columns, safe cells. What goes where is decided by its neighbours."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Final, Literal

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from baoshen_audit.report.words import LEADS_ONLY

ROWS: Final = 1_000_000
"""Rows written to one sheet; the format ends at 1,048,576."""

_CELL: Final = 32_000
"""Characters of one cell; the format ends at 32,767."""

_FONT: Final = "等线"
_BASE: Final[dict[str, object]] = {"font_name": _FONT, "font_size": 10, "valign": "top"}
_STYLES: Final[dict[str, dict[str, object]]] = {
    "title": {"bold": True, "font_size": 18, "font_color": "#1F3864"},
    "warning": {"bold": True, "font_size": 12, "font_color": "#C00000"},
    "section": {"bold": True, "font_size": 12, "font_color": "#1F3864"},
    "head": {"bold": True, "bg_color": "#1F3864", "font_color": "#FFFFFF", "text_wrap": True, "valign": "vcenter"},
    "answer_head": {"bold": True, "bg_color": "#7F6000", "font_color": "#FFFFFF", "text_wrap": True},
    "label": {"font_color": "#595959"},
    "text": {"num_format": "@"},
    "wrap": {"num_format": "@", "text_wrap": True},
    "money": {"num_format": "#,##0.00"},
    "count": {"num_format": "#,##0"},
    "total": {"num_format": "#,##0", "bold": True, "top": 1},
    "date": {"num_format": "yyyy-mm-dd", "align": "left"},
    "link": {"num_format": "@", "font_color": "#0563C1", "underline": 1},
    "answer": {"num_format": "@", "bg_color": "#FFF8E1", "border": 1, "border_color": "#E0D6B8", "locked": False},
    "answer_date": {
        "num_format": "yyyy-mm-dd",
        "align": "left",
        "bg_color": "#FFF8E1",
        "border": 1,
        "border_color": "#E0D6B8",
        "locked": False,
    },
    "mirror": {"num_format": "@", "bg_color": "#F2F2F2"},
    "mirror_date": {"num_format": "yyyy-mm-dd", "bg_color": "#F2F2F2", "align": "left"},
    "A": {"bold": True, "bg_color": "#F8CBAD", "align": "center"},
    "B": {"bold": True, "bg_color": "#FFE699", "align": "center"},
    "C": {"bg_color": "#DDEBF7", "align": "center"},
    "info": {"bg_color": "#EDEDED", "align": "center"},
}

_FORBIDDEN: Final = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_RESERVED: Final = frozenset({"history"})

Style = Literal["text", "wrap", "money", "count", "date", "link"]


@dataclass(frozen=True)
class Column:
    """A column of a table: its header, its width in characters, how its cells are written."""

    header: str
    width: float
    style: Style = "text"


@dataclass(frozen=True)
class Book:
    """A workbook under construction, its formats, and the names its sheets have taken."""

    file: Workbook
    formats: Mapping[str, Format] = field(repr=False)

    @classmethod
    def of(cls, file: Workbook) -> Book:
        """Make the formats of a new workbook."""
        return cls(file, {name: file.add_format({**_BASE, **style}) for name, style in _STYLES.items()})

    def sheet(self, name: str, *, paper: int = 9) -> Worksheet:
        """A new sheet, printed in landscape (A4), one page wide, with page numbers and what findings are."""
        sheet: Worksheet = self.file.add_worksheet(name)
        sheet.set_landscape()
        sheet.set_paper(paper)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer(f"&L{LEADS_ONLY[0]}&C&A&R第 &P 页,共 &N 页")
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        return sheet

    def cell(self, sheet: Worksheet, row: int, column: int, value: object, style: str) -> None:
        """Write one cell; text stays text, whatever it begins with."""
        chosen = self.formats[style]
        if value is None or value == "":
            sheet.write_blank(row, column, None, chosen)
        elif style == "money" and isinstance(value, int):
            sheet.write_number(row, column, Decimal(value).scaleb(-2), chosen)
        elif isinstance(value, date):
            sheet.write_datetime(row, column, value, chosen)
        elif isinstance(value, int | float) and not isinstance(value, bool):
            sheet.write_number(row, column, value, chosen)
        else:
            sheet.write_string(row, column, shortened(str(value)), chosen)

    def table(self, sheet: Worksheet, top: int, columns: Sequence[Column], rows: Iterable[Sequence[Any]]) -> int:
        """Write a header and rows, and say so if the sheet cannot hold them all.

        Returns:
            The row below the last one written.
        """
        for position, column in enumerate(columns):
            sheet.write_string(top, position, column.header, self.formats["head"])
        row = top
        for row, values in enumerate(rows, start=top + 1):
            if row > ROWS:
                sheet.write_string(row, 0, "行数超出工作表上限,其余见 JSON 或 Parquet 文件", self.formats["warning"])
                break
            for position, (column, value) in enumerate(zip(columns, values, strict=True)):
                self.cell(sheet, row, position, value, column.style)
        return row + 1

    def listing(self, name: str, columns: Sequence[Column], rows: Iterable[Sequence[Any]]) -> Worksheet:
        """A sheet that is one table: widths, frozen repeated header, filter."""
        sheet = self.sheet(name)
        end = self.table(sheet, 0, columns, rows)
        frame(sheet, columns, end)
        return sheet


def frame(sheet: Worksheet, columns: Sequence[Column], end: int, *, frozen: int = 1) -> None:
    """Widths, frozen panes, repeated header and filter of a sheet that is one table."""
    for position, column in enumerate(columns):
        sheet.set_column(position, position, column.width)
    sheet.freeze_panes(1, frozen)
    sheet.repeat_rows(0)
    sheet.autofilter(0, 0, max(end - 1, 1), len(columns) - 1)


def shortened(text: str) -> str:
    """A text that fits into one cell."""
    return text if len(text) <= _CELL else f"{text[:_CELL]}…(过长,余下部分见 JSON 文件)"


def sheet_names(labels: Iterable[str], taken: Iterable[str], *, nameless: str) -> dict[str, str]:
    """A lawful sheet name for every label: no forbidden character, at most 31 characters, no two alike.

    Args:
        labels: names of towns as the rolls write them.
        taken: names of the sheets that are there already.
        nameless: for a label of which nothing is left.

    Returns:
        Label → name, in the order given.
    """
    used = {name.casefold() for name in taken} | _RESERVED
    names: dict[str, str] = {}
    for label in labels:
        base = _FORBIDDEN.sub("_", label).strip("' ")[:31].rstrip("' ") or nameless
        name, number = base, 1
        while name.casefold() in used:
            number += 1
            tail = f"({number})"
            name = f"{base[: 31 - len(tail)]}{tail}"
        used.add(name.casefold())
        names[label] = name
    return names


def link(sheet: str, row: int) -> str:
    """The address of a row of another sheet of this workbook, for a hyperlink."""
    quoted = sheet.replace("'", "''")
    return f"internal:'{quoted}'!A{row + 1}"
