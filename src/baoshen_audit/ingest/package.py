"""A look into a zipped workbook before it is opened: what it unpacks to, and how far its cells reach.

The workbook reader holds a sheet as one rectangle: two cells, one at each end of a sheet, would ask for 400 GB. It
unpacks what the archive holds, whatever sizes the archive states. So every part is unpacked here once, in small pieces
that are counted and thrown away. Entities are never needed in a workbook: a part that declares any is refused.
"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Final
from xml.parsers import expat

from baoshen_audit.errors import InputError
from baoshen_audit.ingest.grid import Range
from baoshen_audit.ingest.guard import BYTES, CELLS, too_large

_CHUNK: Final = 1 << 20
_OVERLAP: Final = 128
_LOCAL: Final = struct.Struct("<26xHH")
_DECLARATION: Final = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
_REFERENCE: Final = re.compile(rb"""r\s*=\s*["']([A-Z]{1,3})([0-9]{1,8})["']""")
_FAR: Final = re.compile(rb"""r\s*=\s*["']((?:[A-Z]{2,3}(?=[0-9]{1,8}["']))|[A-Z](?=[0-9]{6,8}["']))([0-9]+)""")
_1904: Final = re.compile(rb"<(?:\w+:)?workbookPr[^>]*\bdate1904=[\"'](?:1|true)[\"']")
_HIDDEN: Final = re.compile(
    rb"""<(?:\w+:)?(?:(row)|col(?=[^>]*\bmin="([0-9]{1,5})")(?=[^>]*\bmax="([0-9]{1,5})"))\s[^>]*\bhidden=["'](?:1|true)["']"""
)
_SHEET: Final = re.compile(rb"<(?:\w+:)?sheet\s[^>]*\b\w+:id=[\"']([^\"']+)[\"']")
_RELATION: Final = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*>")
_FREE: Final = 256 * 2**20
_RATIO: Final = 500
"""Times a large part may shrink when packed; a million rows of nothing but their number shrink 20 times."""

_ROWS: Final = 1 << 20
_COLUMNS: Final = 1 << 14
_FILLER: Final = 4
"""Cells of the rectangle that each written cell may bring along."""


@dataclass
class Shape:
    """What the parts of a workbook say, and its reader does not.

    Attributes:
        from_1904: day numbers count from 1904.
        merged: place of an open-document sheet among the sheets → ranges shown as one cell.
        hidden: place of a sheet → its hidden rows and columns.
    """

    from_1904: bool = False
    merged: dict[int, list[Range]] = field(default_factory=dict)
    hidden: dict[int, Counter[str]] = field(default_factory=dict)


def inspect(path: Path, file: str) -> Shape:
    """Look through a zipped workbook before it is opened.

    Args:
        path: where it is; a file that is no zip archive (.xls) is left to its reader.
        file: name to show.

    Raises:
        InputError: it would unpack to more than `guard.BYTES`, its sheets reach over far more cells than they
            hold, or a part declares entities.
    """
    shape = Shape()
    if not zipfile.is_zipfile(path):
        return shape
    total = 0
    hidden: dict[str, Counter[str]] = {}
    with zipfile.ZipFile(path) as archive, path.open("rb") as handle:
        for member in parts(archive, path):
            look = _look(member.filename, file)
            tail, before = b"", total
            for chunk in unpacked(handle, member):
                total += len(chunk)
                if total > BYTES or total - before > max(_FREE, _RATIO * member.compress_size):
                    raise too_large(file, "解压后大得不正常")
                if member.filename.endswith((".xml", ".rels")):
                    _refuse_entities(tail + chunk, file)
                shape.from_1904 |= member.filename == "xl/workbook.xml" and bool(_1904.search(tail + chunk))
                look.feed(tail, chunk)
                if b"hidden=" in chunk and member.filename.startswith("xl/worksheets/"):
                    hidden.setdefault(member.filename, Counter()).update(_hidden(tail, chunk))
                tail = chunk[-_OVERLAP:]
            if look.doubtful():
                _refuse_gaps(handle, member, file)
            if isinstance(look, _OpenDocument):
                shape.merged, shape.hidden = look.merged, look.hidden
        if hidden:
            places = _places(archive)
            shape.hidden = {places[part]: count for part, count in hidden.items() if count and part in places}
    return shape


def _hidden(tail: bytes, chunk: bytes) -> Counter[str]:
    """Hidden rows and columns whose mark ends in this piece."""
    count: Counter[str] = Counter()
    for found in _HIDDEN.finditer(tail + chunk):
        if found.end() > len(tail):
            row, first, last = found.groups()
            count["行" if row else "列"] += 1 if row else int(last) - int(first) + 1
    return count


def _places(archive: zipfile.ZipFile) -> dict[str, int]:
    """Part of each sheet → its place among the sheets of the workbook."""
    try:
        book, relations = (archive.read(f"xl/{name}") for name in ("workbook.xml", "_rels/workbook.xml.rels"))
    except KeyError:  # a binary workbook keeps them otherwise
        return {}
    parts = {_attribute(b"Id", one): _attribute(b"Target", one) for one in _RELATION.findall(relations)}
    named = (parts.get(name.decode(errors="replace"), "") for name in _SHEET.findall(book))
    return {name.lstrip("/") if name.startswith("/") else f"xl/{name}": place for place, name in enumerate(named)}


def _attribute(name: bytes, tag: bytes) -> str:
    found = re.search(rb"\b" + name + rb"=[\"']([^\"']*)[\"']", tag)
    return found[1].decode(errors="replace") if found else ""


def _refuse_gaps(handle: BinaryIO, member: zipfile.ZipInfo, file: str) -> None:
    """Count exactly, where the quick count could not clear a sheet."""
    exact = _Reach(_REFERENCE)
    tail = b""
    for chunk in unpacked(handle, member):
        exact.feed(tail, chunk)
        tail = chunk[-_OVERLAP:]
    if exact.doubtful():
        raise too_large(file, f"数据区域声称有 {exact.row} 行 × {exact.width} 列，其中几乎全是空白")


def parts(archive: zipfile.ZipFile, path: Path) -> list[zipfile.ZipInfo]:
    """The parts of an archive, which cannot together be longer than it is.

    Args:
        archive: opened.
        path: where it is.

    Raises:
        zipfile.BadZipFile: several parts share the same packed data: a way to make a small file unpack to anything.
    """
    listed = archive.infolist()
    if sum(part.compress_size for part in listed) > path.stat().st_size:
        raise zipfile.BadZipFile
    return listed


def unpacked(handle: BinaryIO, member: zipfile.ZipInfo) -> Iterator[bytes]:
    """The content of a part in pieces of at most 1 MB, to the end of its data whatever length the archive states.

    Args:
        handle: the archive.
        member: the part.

    Raises:
        zipfile.BadZipFile: the part is encrypted, packed in an unusual way, or damaged.
    """
    if member.flag_bits & 1 or member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise zipfile.BadZipFile
    handle.seek(member.header_offset)
    local = handle.read(_LOCAL.size)
    if len(local) < _LOCAL.size or not local.startswith(b"PK\x03\x04"):
        raise zipfile.BadZipFile
    handle.seek(sum(_LOCAL.unpack(local)), 1)
    left = member.compress_size
    stream = zlib.decompressobj(-zlib.MAX_WBITS)
    while left > 0 and not stream.eof:
        packed = handle.read(min(left, _CHUNK))
        if not packed:
            raise zipfile.BadZipFile
        left -= len(packed)
        if member.compress_type == zipfile.ZIP_STORED:
            yield packed
            continue
        while packed and not stream.eof:
            try:
                chunk = stream.decompress(packed, _CHUNK)
            except zlib.error:
                raise zipfile.BadZipFile from None
            packed = stream.unconsumed_tail
            yield chunk


def _refuse_entities(content: bytes, file: str) -> None:
    if _DECLARATION.search(content):
        raise InputError(
            f"工作簿内含实体声明（DOCTYPE），正常表格不会有，未读取：{file}",
            hint="确认文件来源；在表格软件中打开并另存为 .xlsx 后再扫描。",
        )


class _Blind:
    """A part without cells."""

    def feed(self, tail: bytes, chunk: bytes) -> None:
        """Nothing to see."""

    def doubtful(self) -> bool:
        """Nothing to doubt."""
        return False


class _Reach(_Blind):
    """How many cells a sheet holds and how far apart they lie."""

    def __init__(self, pattern: re.Pattern[bytes], *, row: int = 0) -> None:
        self.pattern = pattern
        self.cells = 0
        self.row = row
        self.width = 26 if row else 1

    def feed(self, tail: bytes, chunk: bytes) -> None:
        """Look at the references that end in this piece; one that lies wholly in the tail is seen twice."""
        text = tail + chunk
        self.cells += text.count(b"<c ")
        found = self.pattern.findall(text)
        if found:
            columns, rows = zip(*found, strict=True)
            self.width = max(self.width, *map(_position, set(columns)))
            self.row = max(self.row, *map(int, rows))

    def doubtful(self) -> bool:
        """Whether the sheet is nearly all gaps."""
        return self.width * self.row > CELLS + _FILLER * self.cells


class _OpenDocument(_Blind):
    """The same for an open-document sheet, in which a cell or a row says how often it is repeated."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.repeat = self.rows = self.width = self.place = self.last = 0
        self.sheet = -1
        self.merged: dict[int, list[Range]] = {}
        self.hidden: dict[int, Counter[str]] = {}
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end

    def feed(self, tail: bytes, chunk: bytes) -> None:
        """Parse the next piece."""
        self.parser.Parse(chunk, False)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "table:table":
            self.rows = self.width = 0
            self.sheet += 1
        elif tag == "table:table-row":
            self.repeat, self.place, self.last = _count(attributes, "rows"), 0, 0
            self._hide(attributes, "行", self.repeat)
        elif tag == "table:table-column":
            self._hide(attributes, "列", _count(attributes, "columns"))
        elif tag in ("table:table-cell", "table:covered-table-cell"):
            down, across = (_number(attributes, f"table:number-{what}-spanned") for what in ("rows", "columns"))
            if down > 1:
                end = (self.rows + down - 1, self.place + across - 1)
                self.merged.setdefault(self.sheet, []).append(((self.rows, self.place), end))
            self.place += _count(attributes, "columns")
            if "office:value-type" in attributes:
                self.last = self.place

    def _hide(self, attributes: dict[str, str], what: str, count: int) -> None:
        if attributes.get("table:visibility", "visible") != "visible":
            self.hidden.setdefault(self.sheet, Counter())[what] += count

    def _end(self, tag: str) -> None:
        if tag != "table:table-row":
            return
        self.rows += self.repeat
        self.width = max(self.width, self.last)
        rows, width = min(self.rows, _ROWS), min(self.width, _COLUMNS)
        if self.last and rows * width > CELLS:
            raise too_large(self.file, f"数据区域声称有 {rows} 行 × {width} 列")


def _count(attributes: dict[str, str], what: str) -> int:
    return _number(attributes, f"table:number-{what}-repeated")


def _number(attributes: dict[str, str], name: str) -> int:
    written = attributes.get(name, "1")
    return int(written[:9]) if written.isascii() and written.isdigit() else 1


def _look(name: str, file: str) -> _Blind:
    if name == "content.xml":
        return _OpenDocument(file)
    # what the quick pattern passes over lies in the first 26 columns above row 100,000
    return _Reach(_FAR, row=99_999) if name.startswith("xl/worksheets/") else _Blind()


def _position(letters: bytes) -> int:
    position = 0
    for letter in letters:
        position = position * 26 + letter - 64
    return position
