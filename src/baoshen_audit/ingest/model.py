"""What travels between the steps of intake: a raw sheet on the way in, an `Intake` on the way out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import NamedTuple

import polars as pl

PEEK_ROWS = 40
"""Rows of a sheet that are looked at to find its header."""


class Body(NamedTuple):
    """The rows below a header.

    Attributes:
        frame: `row` Int64 (row number as a spreadsheet shows it, 1-based; rowid for SQLite) and one String column
            `c<position>` per column asked for, cells as written, null for an empty one.
        notes: what the reader had to do to get them, in Chinese.
    """

    frame: pl.DataFrame
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class RawSheet:
    """One sheet, CSV file or database table before anybody knows what it holds.

    Attributes:
        file: path below the scanned folder, with `/`.
        sheet: name of the sheet or database table; empty for a CSV file.
        peek: the first rows as text (at most `PEEK_ROWS`), empty string for an empty cell.
        first_row: spreadsheet row number of `peek[0]`.
        first_column: position of the first cell of a row (0 = column A).
        body: (number of leading rows to leave out, positions wanted) → the rows below.
        serial_shift: days to add to a bare day number in a date column: 1462 where the workbook counts from 1904.
        numbers: of a file whose columns have types, a position → the column there, if it is one of whole numbers.
    """

    file: str
    sheet: str
    peek: tuple[tuple[str, ...], ...]
    first_row: int
    first_column: int
    body: Callable[[int, Sequence[int]], Body] = field(repr=False)
    serial_shift: int = 0
    numbers: Callable[[int], pl.Series | None] = field(default=lambda _: None, repr=False)


@dataclass(frozen=True)
class Source:
    """One sheet that was recognised: where its rows come from and what became of its columns.

    Attributes:
        file: path below the scanned folder, or the key of the mapping a frame was given under.
        sheet: sheet or database table; empty for a CSV file or a frame.
        table: canonical table. A combined household sheet gives two sources, one per table.
        header_row: row number of the last header row; 0 for a frame or a database table.
        rows: rows kept.
        sha256: of the file; empty for a frame.
        month: month the rows speak for, as found in title, sheet, file or folder name.
        as_of: day a feed speaks for, from the manifest or its title.
        headers: canonical column → header as written.
        letters: canonical column → spreadsheet letter.
        unmapped: headers nobody claimed.
        closest: of these, header → canonical column it resembles most.
        dropped: why → rows left out (blank rows, totals, repeated headers …).
        notes: what a reader should know, in Chinese.
        numbers: of a register, how its document numbers are: `filled` cells, `valid`, `masked`, and `nameless` rows
            without any number. Counted before rows that concern nobody are left out.
        amount: of a roll, the monthly amounts of its rows together, 分; None where it has no such column.
    """

    file: str
    sheet: str
    table: str
    header_row: int
    rows: int
    sha256: str
    month: date | None = None
    as_of: date | None = None
    headers: dict[str, str] = field(default_factory=dict)
    letters: dict[str, str] = field(default_factory=dict)
    unmapped: tuple[str, ...] = ()
    closest: dict[str, str] = field(default_factory=dict)
    dropped: dict[str, int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    numbers: dict[str, int] = field(default_factory=dict)
    amount: int | None = None


@dataclass(frozen=True)
class Files:
    """Some files below a folder, instead of all of them.

    Attributes:
        base: the folder; places in findings are given from here.
        paths: the files, in the order they are read.
    """

    base: Path
    paths: tuple[Path, ...]


@dataclass(frozen=True)
class Unrecognised:
    """A file or sheet that was not read, with the reason and the closest tables."""

    file: str
    sheet: str
    reason: str
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """All rows of one canonical table.

    Attributes:
        name: canonical name.
        frame: `row_id` Int64, `source_id` Int32, `source_row` Int64, then the typed columns found and their
            `raw__` twins (String, the cell as written).
        sources: positions in `Intake.sources`.
    """

    name: str
    frame: pl.DataFrame
    sources: tuple[int, ...]


@dataclass(frozen=True)
class Intake:
    """Everything a folder gave.

    Attributes:
        tables: canonical name → rows.
        sources: recognised sheets; `source_id` counts from 0 in this list.
        unrecognised: what was not read, with reasons.
        problems: `row_id`, `table`, `column`, `problem`: cells that hold something that could not be read.
    """

    tables: dict[str, Table]
    sources: list[Source]
    unrecognised: list[Unrecognised]
    problems: pl.DataFrame


def letter(position: int) -> str:
    """Spreadsheet letter of a column position: 0 → A, 26 → AA."""
    name = ""
    number = position + 1
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def where(file: str, sheet: str) -> str:
    """A file, with its sheet in brackets when it has one."""
    return f"{file}〔{sheet}〕" if sheet else file
