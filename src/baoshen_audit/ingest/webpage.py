"""HTML tables, which business systems hand out under the name .xls: cells as text, so that no number is damaged.

Only the text between the tags is taken: scripts, links, pictures and frames are neither followed nor run.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Final

from baoshen_audit.errors import InputError
from baoshen_audit.ingest.grid import Grid, Range
from baoshen_audit.ingest.guard import CELLS, refusing, too_large
from baoshen_audit.ingest.model import RawSheet, Unrecognised

_BYTES: Final = 512 * 2**20
_WIDEST: Final = 1000
"""Columns one cell may span in HTML."""

_COLUMNS: Final = 1 << 14
_TALLEST: Final = 65_534
_CHARSET: Final = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]+)", re.IGNORECASE)
_SILENT: Final = frozenset({"script", "style", "head", "title"})
_START: Final = (b"<html", b"<!doctype html", b"<table", b"<meta", b"<style", b"<head", b"<body", b"<div")


def is_page(head: bytes) -> bool:
    """Whether a file begins as HTML, whatever its suffix says."""
    text = head.decode("utf-16", "ignore").encode() if head.startswith(_UTF16) else head
    return text.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_START)


_UTF16: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read(path: Path, file: str) -> tuple[list[RawSheet], list[Unrecognised]]:
    """Read the tables of a page; of nested ones the innermost.

    Args:
        path: where it is.
        file: name to show.

    Returns:
        One sheet per table; of several, named `表1`, `表2` … in their order. A page without a table is listed.

    Raises:
        InputError: unknown encoding, or a page made to fill the memory.
    """
    if path.stat().st_size > _BYTES:
        raise too_large(file, "网页表格超过 512 MB")
    text = _decoded(path.read_bytes(), file)
    page = _Page(file)
    with refusing(InputError(f"网页（HTML）无法读取：{file}", hint="用表格软件打开，另存为 .xlsx 后再扫描。")):
        page.feed(text)
        page.close()
        page.finish()
    grids = [table.grid() for table in page.tables if len(table.rows) > 1]
    if not grids:
        return [], [Unrecognised(file, "", "网页（HTML）中没有带数据的表格")]
    names = [""] if len(grids) == 1 else [f"表{number}" for number in range(1, len(grids) + 1)]
    return [grid.raw(file, name) for grid, name in zip(grids, names, strict=True)], []


def _decoded(content: bytes, file: str) -> str:
    stated = _CHARSET.search(content[:4096])
    names = [stated[1].decode().lower()] if stated else []
    if content.startswith(_UTF16):
        names = ["utf-16"]
    # gb2312 in a page means whatever the system that wrote it could write
    names = ["gb18030" if name in ("gb2312", "gbk") else name for name in names]
    for name in (*names, "utf-8-sig", "gb18030"):
        try:
            return codecs.decode(content, name).removeprefix("\ufeff")
        except (LookupError, UnicodeError, TypeError):
            continue
    raise InputError(f"网页（HTML）的文字编码无法识别：{file}", hint="用表格软件打开，另存为 .xlsx 后再扫描。")


@dataclass
class _Table:
    rows: list[list[str]] = field(default_factory=list)
    merged: list[Range] = field(default_factory=list)
    held: dict[int, int] = field(default_factory=dict)
    """Column → rows below the present one that a cell from above still covers."""
    cells: int = 0
    text: list[str] | None = None
    span: tuple[int, int] = (1, 1)
    inner: bool = False

    def grid(self) -> Grid:
        return Grid(self.rows, merged=self.merged)

    def begin_row(self) -> None:
        self.end_cell()
        if self.rows:
            self.held = {column: left - 1 for column, left in self.held.items() if left > 1}
        self.rows.append([])

    def begin_cell(self, span: tuple[int, int]) -> None:
        self.end_cell()
        if not self.rows:
            self.begin_row()
        self.text, self.span = [], span

    def end_cell(self) -> None:
        if self.text is None:
            return
        row, cell = self.rows[-1], "".join(self.text).strip(" \t\r\n")
        before = len(row)
        while len(row) in self.held:
            row.append("")
        column, number = len(row), len(self.rows) - 1
        width, height = self.span
        row += [cell, *[""] * (width - 1)]
        self.cells += len(row) - before
        if height > 1:
            self.merged.append(((number, column), (number + height - 1, column + width - 1)))
            self.held |= dict.fromkeys(range(column, column + width), height)
        self.text = None


class _Page(HTMLParser):
    def __init__(self, file: str) -> None:
        super().__init__(convert_charrefs=True)
        self.file = file
        self.tables: list[_Table] = []
        self.open: list[_Table] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self.silent += 1
        elif tag == "table":
            if self.open:
                self.open[-1].inner = True
            self.open.append(_Table())
        elif self.open:
            self._in_table(tag, dict(attrs))

    def _in_table(self, tag: str, attributes: dict[str, str | None]) -> None:
        table = self.open[-1]
        if tag == "tr":
            table.begin_row()
        elif tag in ("td", "th"):
            table.begin_cell((_span(attributes.get("colspan"), _WIDEST), _span(attributes.get("rowspan"), _TALLEST)))
            if len(table.rows[-1]) > _COLUMNS or table.cells > CELLS:
                raise too_large(self.file, "网页表格的行列多得不正常")
        elif tag in ("br", "p", "div") and table.text:
            table.text.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self.silent = max(0, self.silent - 1)
        elif self.open and tag in ("td", "th", "tr"):
            self.open[-1].end_cell()
        elif self.open and tag == "table":
            self._close()

    def handle_data(self, data: str) -> None:
        if self.open and not self.silent and (text := self.open[-1].text) is not None:
            text.append(data)

    def finish(self) -> None:
        """Close the tables that a cut page leaves open."""
        while self.open:
            self._close()

    def _close(self) -> None:
        table = self.open.pop()
        table.end_cell()
        if not table.inner:
            self.tables.append(table)


def _span(value: str | None, most: int) -> int:
    return min(max(int(value[:6]), 1), most) if value and value.isascii() and value.isdigit() else 1
