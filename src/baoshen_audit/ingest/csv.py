"""Text tables: UTF-8 and UTF-16 with or without BOM, GB18030; comma, tab or semicolon.

No guessing library: a byte-order mark decides, else zero bytes at every second place, which no other text has, else
strict UTF-8, else strict GB18030, else the file is refused.
GB18030 holds GBK and GB2312; reading it as "gbk" would fail on four-byte characters.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median

import polars as pl

from baoshen_audit.errors import InputError
from baoshen_audit.ingest.model import PEEK_ROWS, Body, RawSheet

_LONE_RETURN = re.compile(r"\r[^\n]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_HEAD_BYTES = 1 << 18
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


@dataclass(frozen=True)
class _Text:
    """A text table and how it is written."""

    path: Path
    file: str
    encoding: str
    separator: str
    width: int
    undecided: bool
    """The part looked at is plain ASCII and says nothing about the rest."""
    old_ends: bool
    """Some lines end in a lone carriage return, which only the patient reader understands."""


def read(path: Path, file: str) -> RawSheet:
    """Open a text table; its body is read only when asked for.

    Args:
        path: where it is.
        file: name to show.

    Returns:
        The sheet. Row numbers count records, as a spreadsheet does: a quoted line break does not start a row.

    Raises:
        InputError: the bytes are neither UTF-8 nor GB18030, or the file is empty.
    """
    with path.open("rb") as handle:
        head = handle.read(_HEAD_BYTES)
    if not head.strip():
        raise InputError(f"文件是空的：{file}", hint="重新导出这个文件，或把它移出文件夹。")
    encoding = _encoding(head, file)
    text = codecs.getincrementaldecoder(encoding)().decode(head)
    separator = _separator(text)
    peek, lines = _peek(text, separator, whole=len(head) < _HEAD_BYTES)
    table = _Text(
        path,
        file,
        encoding,
        separator,
        width=max(map(len, peek), default=0),
        undecided=head.isascii(),
        old_ends=bool(_LONE_RETURN.search(text)),
    )

    def body(skip: int, columns: Sequence[int]) -> Body:
        return _body(table, skip, lines[skip - 1] if skip else 0, columns)

    return RawSheet(file, "", peek, 1, 0, body)


def _body(table: _Text, skip: int, skip_lines: int, columns: Sequence[int]) -> Body:
    try:
        frame = None if table.old_ends else _fast(table, skip_lines, columns)
        return _records(table, skip, columns) if frame is None else Body(_numbered(frame, skip))
    except UnicodeDecodeError:
        if not table.undecided:
            raise _wrong_encoding(table.file) from None
    return _body(replace(table, encoding="gb18030", undecided=False), skip, skip_lines, columns)


def _encoding(head: bytes, file: str) -> str:
    for encoding in _marked(head) or ("utf-8", "gb18030"):
        try:
            # not final: the cut at the end may fall inside a character
            codecs.getincrementaldecoder(encoding)().decode(head)
        except UnicodeDecodeError:
            continue
        return encoding
    raise _wrong_encoding(file)


def _marked(head: bytes) -> list[str]:
    """The encoding that a mark or zero bytes give away."""
    marked = [encoding for mark, encoding in _BOMS if head.startswith(mark)]
    if marked or b"\x00" not in head:
        return marked
    # the high byte of every ASCII character, separators and digits above all, is zero
    high, low = head[1::2].count(0), head[::2].count(0)
    encoding = "utf-16-le" if high > 0 == low else "utf-16-be" if low > 0 == high else ""
    text = head[: len(head) & ~1].decode(encoding, "replace") if encoding else "\x00"
    return [] if _CONTROL.search(text) else [encoding]


def is_utf16(head: bytes) -> bool:
    """Whether text begins in UTF-16.

    Args:
        head: an even number of bytes from the start of the file, or all of it.
    """
    return any(encoding.startswith("utf-16") for encoding in _marked(head))


def _wrong_encoding(file: str) -> InputError:
    return InputError(
        f"文字编码无法识别（既不是 UTF-8 也不是 GB18030/GBK）：{file}",
        hint="用表格软件打开后另存为“CSV UTF-8”或 .xlsx；文件若拷贝时被截断，请重新导出。",
    )


def _separator(text: str) -> str:
    """The candidate that splits the lines into the most columns; a comma wins a tie."""
    lines = [line for line in text.splitlines()[:PEEK_ROWS] if line.strip()]

    def columns(separator: str) -> float:
        return median(len(row) for row in csv.reader(lines, delimiter=separator))

    return max((",", "\t", ";"), key=columns)


def _peek(text: str, separator: str, *, whole: bool) -> tuple[tuple[tuple[str, ...], ...], list[int]]:
    """First records, and the number of the physical line each one ends on."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    rows: list[tuple[str, ...]] = []
    lines: list[int] = []
    for row in _safely(reader):
        rows.append(tuple(row))
        lines.append(reader.line_num)
        if len(rows) > PEEK_ROWS:
            break
    if len(rows) > PEEK_ROWS or (not whole and len(rows) > 1):
        rows.pop()
        lines.pop()
    return tuple(rows), lines


def _safely(reader: Iterator[list[str]]) -> Iterator[list[str]]:
    """Stop at a record that cannot be held; while peeking only, the full reading says so."""
    try:
        yield from reader
    except csv.Error:
        return


def _content(path: Path, encoding: str) -> Path | bytes:
    """What polars reads: the file itself when it is UTF-8, else its text as UTF-8."""
    if encoding in ("utf-8", "utf-8-sig"):
        return path
    return path.read_bytes().decode(encoding).encode()


def _fast(table: _Text, skip_lines: int, columns: Sequence[int]) -> pl.DataFrame | None:
    """All rows below the header in one call, or None when a record needs the patient reader.

    Raises:
        UnicodeDecodeError: the file is not in its encoding after all.
    """
    try:
        frame = pl.read_csv(
            _content(table.path, table.encoding),
            has_header=False,
            separator=table.separator,
            skip_lines=skip_lines,
            schema={f"c{position}": pl.String for position in range(table.width)},
            missing_columns="insert",
            infer_schema=False,
            raise_if_empty=False,
            glob=False,
        )
    except pl.exceptions.PolarsError as error:
        # the text of the error may hold cells: look at it, never pass it on
        if "utf-8" in str(error):
            raise UnicodeDecodeError("utf-8", b"", 0, 1, "polars") from None
        return None
    return frame.select(f"c{position}" for position in columns)


def _records(table: _Text, skip: int, columns: Sequence[int]) -> Body:
    """Record by record: rows of uneven length, lone quotes, old line ends."""
    text = table.path.read_bytes().decode(table.encoding)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=table.separator)
    try:
        rows = list(reader)[skip:]
    except csv.Error:
        # a field of more than 128 KB: a quote that is never closed swallows the rest
        raise InputError(
            f"第 {reader.line_num} 行附近引号不成对，无法分列：{table.file}", hint="检查该行的英文双引号，或重新导出。"
        ) from None
    overlong = sum(any(cell.strip() for cell in row[table.width :]) for row in rows)
    frame = pl.DataFrame(
        {
            f"c{position}": pl.Series(
                [(row[position] or None) if position < len(row) else None for row in rows], dtype=pl.String
            )
            for position in columns
        }
    )
    notes = (f"{overlong} 行的列数多于表头，内容可能错位",) if overlong else ()
    return Body(_numbered(frame, skip), notes)


def _numbered(frame: pl.DataFrame, skip: int) -> pl.DataFrame:
    rows = pl.int_range(skip + 1, skip + 1 + frame.height, dtype=pl.Int64, eager=True).alias("row")
    return frame.insert_column(0, rows)
