"""Who is who between two files, or within one: read as intake reads, linked as :func:`baoshen_audit.link` links."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Final

import polars as pl

from baoshen_audit.errors import InputError, UsageError
from baoshen_audit.ingest import files, headers
from baoshen_audit.ingest.headers import Layout
from baoshen_audit.ingest.model import RawSheet, where
from baoshen_audit.ingest.rows import data_rows
from baoshen_audit.linkage import Links, SpecFile, link, load_spec, people
from baoshen_audit.linkage.links import names_each
from baoshen_audit.linkage.parallel import side_by_side
from baoshen_audit.linkage.people import ALIASES
from baoshen_audit.text import fold_text

__all__ = ["PAIRS", "link_files"]

PAIRS: Final = ("left_id", "right_id", "score", "decision", "tier", "reason")
"""Columns of the pairs handed over."""

_ID: Final = "record"
_SHOWN: Final = 5


def link_files(left: Path, right: Path | None = None, *, id: str, spec: Path | None = None) -> Links:
    """Link the records of two files, or of one with itself.

    Columns are recognised by the headers of all tables of people, Chinese or canonical, or named in the spec file.
    Cells are text; so are the ids of the result, but for whole numbers of a file that has types.

    Args:
        left: CSV, workbook, Parquet, Arrow or SQLite file. Sheets with the id column are read as one table.
        right: Another, or None to look for records of one person within `left`.
        id: Header of the column that names the records, in both files; unique in each.
        spec: Spec file (:func:`baoshen_audit.linkage.load_spec`); residents by the usual headers where None.

    Returns:
        The links, with notes on what was capped, missing or left out.

    Raises:
        UsageError: A path is not there.
        ConfigError: The spec file is wrong.
        InputError: A file cannot be read; the id column is missing, has gaps or repeats; no column to link by.
    """
    by = SpecFile(people(), {}, residents=True) if spec is None else load_spec(spec)
    paths = [_file(path) for path in (left, right) if path is not None]
    read = side_by_side(lambda path: _read(path, id, by), paths)
    tables = [table for table, _ in read]
    found = link(tables[0], tables[1] if right is not None else None, spec=by.spec, id=_ID)
    return replace(found, notes=[*(note for _, said in read for note in said), *found.notes])


def _file(path: Path) -> Path:
    if path.is_dir():
        raise UsageError(f"这里要的是一个文件，给的是文件夹：{path}", hint="给出名册或核对数据的文件。")
    [file] = files.walk(path)
    return file


def _read(path: Path, id: str, by: SpecFile) -> tuple[pl.DataFrame, list[str]]:
    """The table of a file: `record` and the columns to link by, under the names of the spec."""
    sheets, left_out = files.read(path, path.name)
    notes = [f"{where(item.file, item.sheet)}：{item.reason}" for item in left_out]
    laid = [(sheet, layout) for sheet in sheets if (layout := _layout(sheet, id)) is not None]
    if not laid:
        raise _no_id(path.name, sheets, id, notes)
    read = [sheet for sheet, _ in laid]
    notes += [f"{where(sheet.file, sheet.sheet)}：没有“{id}”列，未读取" for sheet in sheets if sheet not in read]
    parts = []
    for sheet, layout in laid:
        part, dropped = _rows(sheet, layout, id, by)
        parts.append(part)
        notes += [f"{where(sheet.file, sheet.sheet)}：{count} 行不是数据（{why}）" for why, count in dropped.items()]
    table = pl.concat(parts, how="diagonal")
    _check(table, path.name, id)
    wanted = ("id_no", "name") if by.residents else tuple(c for block in by.spec.comparisons for c in block.columns)
    if not set(wanted) & set(table.columns):
        shown = "、".join(text for _, layout in laid[:1] for text in layout.shown if text)
        raise InputError(
            f"没有可用来关联的列：{path.name}；表头是 {shown}",
            hint="需要姓名或身份证号等列；表头特殊时用 --spec 方案文件的 [columns] 指明。",
        )
    return table.drop("row", "sheet"), notes


def _layout(sheet: RawSheet, id: str) -> Layout | None:
    """The header of a sheet: the row intake takes for it if the id column is there, else the first row that has it."""
    usual = headers.named(sheet.peek) if sheet.first_row == 0 and sheet.peek else headers.find_layout(sheet.peek)
    if usual is not None and _place(usual, id) is not None:
        return usual
    for at in range(len(sheet.peek)):
        layout = headers.named(sheet.peek[at:])
        if _place(layout, id) is not None:
            return replace(layout, depth=at + 1)
    return None


def _place(layout: Layout, header: str) -> int | None:
    """Position of a header: as written, else folded."""
    if header in layout.shown:
        return layout.shown.index(header)
    folded = fold_text(header)
    return next((at for at, forms in enumerate(layout.forms) if folded and folded in forms), None)


def _no_id(file: str, sheets: Sequence[RawSheet], id: str, notes: Sequence[str]) -> InputError:
    if not sheets:
        return InputError(
            f"没有读到表格：{file}；{'；'.join(notes)}", hint="给出 CSV、工作簿、Parquet 或 SQLite 文件。"
        )
    layouts = [headers.find_layout(sheet.peek) or headers.named(sheet.peek or ((),)) for sheet in sheets]
    shown = "；".join("、".join(text for text in layout.shown if text) for layout in layouts[:3])
    return InputError(f"没有标识列“{id}”：{file}；表头是 {shown}", hint="用 --id 写出表头里有、逐行不重复的一列。")


def _rows(sheet: RawSheet, layout: Layout, id: str, by: SpecFile) -> tuple[pl.DataFrame, dict[str, int]]:
    columns = _columns(layout, by)
    record = _place(layout, id)
    assert record is not None  # noqa: S101 - the layout was chosen by it
    whole = sheet.numbers(record)
    positions = {0, 1, 2} & set(range(len(layout.shown))) - {record} | {*columns.values()}
    if whole is None:
        positions.add(record)
    body = sheet.body(layout.depth, sorted(positions)).frame
    numbers = [columns[name] for name in ("id_no",) if name in columns]
    kept, dropped = data_rows(body, layout, numbers)
    cells = [pl.col(f"c{position}").alias(name) for name, position in columns.items()]
    if whole is None:
        ident = pl.col(f"c{record}").str.strip_chars().replace("", None)
    else:
        # rows of a file that has types are counted from 1
        ident = pl.lit(whole if kept.height == len(whole) else whole[kept["row"] - 1])
    return kept.select("row", ident.alias(_ID), *cells).with_columns(sheet=pl.lit(sheet.sheet)), dropped


def _columns(layout: Layout, by: SpecFile) -> dict[str, int]:
    """Column of the spec → position: headers the spec file names, else (for residents) all that tables know."""
    names = list(ALIASES) if by.residents else [c for comparison in by.spec.comparisons for c in comparison.columns]
    found: dict[str, int] = {}
    for name in names:
        places = [place for header in by.columns.get(name, ()) if (place := _place(layout, header)) is not None]
        if not places and not by.residents and (own := _place(layout, name)) is not None:
            places = [own]
        if places:
            found[name] = places[0]
    if by.residents:
        claims: dict[str, tuple[int, int]] = {}
        for position, forms in enumerate(layout.forms):
            name, rank = next((_known()[form] for form in forms if form in _known()), ("", 0))
            if name and name not in found and (rank, position) < claims.get(name, (rank + 1, 0)):
                claims[name] = (rank, position)
        found |= {name: position for name, (_, position) in claims.items()}
    return found


@cache
def _known() -> Mapping[str, tuple[str, int]]:
    """Folded header → (column, rank), the most usual headers of a column first."""
    known: dict[str, tuple[str, int]] = {}
    for name, usual in ALIASES.items():
        for rank, header in enumerate((name, *usual)):
            known.setdefault(fold_text(header), (name, rank))
    return known


def _check(table: pl.DataFrame, file: str, id: str) -> None:
    """Say where the id column fails, by rows: the value may be a number of somebody."""
    if names_each(table[_ID]):
        return
    empty = table.filter(pl.col(_ID).is_null())
    twice = table.filter(pl.col(_ID).is_not_null() & pl.col(_ID).is_duplicated())
    for bad, what in ((empty, "为空"), (twice, "的值与别行重复")):
        if bad.height:
            rows = "、".join(f"{sheet}{row}" for sheet, row in bad.select("sheet", "row").head(_SHOWN).iter_rows())
            more = " 等" if bad.height > _SHOWN else ""
            raise InputError(
                f"标识列“{id}”有 {bad.height} 行{what}：{file} 第 {rows} 行{more}",
                hint="换一列，或先加一列行号。",
            )
