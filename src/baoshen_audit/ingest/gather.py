"""Gather the rows of all sheets: recognise, map, drop what is no data, split households, parse."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from fnmatch import fnmatchcase
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Final

import polars as pl

from baoshen_audit.config import NAME, DatabaseSource, Pin
from baoshen_audit.errors import InputError
from baoshen_audit.ingest import context, files, frames, headers, household, near, owners, postgres
from baoshen_audit.ingest.columns import money_unit, typed_table
from baoshen_audit.ingest.headers import Layout, Match
from baoshen_audit.ingest.model import RawSheet, Source, Unrecognised, letter, where
from baoshen_audit.ingest.parse import parse
from baoshen_audit.ingest.rows import data_rows
from baoshen_audit.schemas import HOUSEHOLD_ROLLS, TABLES, TableSpec
from baoshen_audit.text import clean_text, fold_text

_BASICS = frozenset(
    {"name", "id_no", "id_type", "hh_id", "town", "village", "region_code", "programme", "relation", "period", "status"}
)
"""What keys are made of and what every finding shows: parsed wherever it is found."""

_ALWAYS = {"manifest": frozenset({"feed", "as_of"}), "payment": frozenset({"entitlement_month"})}


@dataclass(frozen=True)
class Item:
    """One thing to read: a file, a frame or a query, and the table it is when the caller has said so."""

    label: str
    content: Path | pl.DataFrame | pl.LazyFrame | DatabaseSource
    table: str | None = None


AMOUNT: Final = "monthly_amount"
"""What every roll calls the money of a month."""


@dataclass(frozen=True)
class _Placed:
    """A sheet whose header is found, and what surrounds it."""

    raw: RawSheet
    layout: Layout
    digest: str
    alone: bool

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Words near the table: its title, sheet and file."""
        return (*self.layout.title, self.raw.sheet, PurePosixPath(self.raw.file).stem)

    @cached_property
    def folders(self) -> tuple[str, ...]:
        """Names of the folders above, the nearest first."""
        return tuple(parent.name for parent in PurePosixPath(self.raw.file).parents if parent.name)

    @cached_property
    def month(self) -> date | None:
        """The month the sheet speaks for."""
        return context.find_month((*self.names, *self.folders))

    @property
    def town(self) -> str | None:
        """The town the sheet is named after, when it is one."""
        name = clean_text(self.raw.sheet)
        if context.is_town(name):
            return name
        words = {fold_text(word) for spec in TABLES.values() for word in (spec.title, *spec.aliases)}
        named = not self.alone and context.may_be_place(name) and not any(word in name for word in words)
        return name if named else None

    def unused(self, positions: Iterable[int]) -> tuple[str, ...]:
        """Headers of columns nobody claimed, and columns that hold something without a header."""
        nameless = (letter(position + self.raw.first_column) for position in self.layout.nameless)
        return (*self.layout.unused(positions), *(f"（无表头的 {column} 列）" for column in nameless))

    def match(self, table: str | None) -> tuple[Match | None, list[Match]]:
        """The table this sheet is, or was said to be; and the closest ones."""
        if table is not None:
            return headers.match(self.layout, table), []
        return headers.recognise(self.layout, self.names, self.folders[0] if self.folders else "")


@dataclass(frozen=True)
class _Rows:
    """Rows of one sheet that wait to be typed."""

    body: pl.DataFrame
    spec: TableSpec
    columns: Mapping[str, int]
    layout: Layout
    constants: Mapping[str, str | date]
    source_id: int
    serial_shift: int

    @property
    def ids(self) -> list[int]:
        """Positions of the columns with resident numbers."""
        return [position for name, position in self.columns.items() if self.spec.columns[name].kind == "id"]


@dataclass
class Run:
    """What has been gathered so far."""

    month: date
    wanted: Mapping[str, frozenset[str]] | None
    registers: frozenset[str] = frozenset()
    pins: tuple[Pin, ...] = ()
    pinned: dict[str, set[str]] = field(default_factory=dict)
    """Pattern of a pin that fitted a sheet → headers of it that were found."""
    waiting: list[_Rows] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    unrecognised: list[Unrecognised] = field(default_factory=list)
    parts: dict[str, list[pl.DataFrame]] = field(default_factory=dict)
    problems: list[pl.DataFrame] = field(default_factory=list)
    rows: int = 0
    digests: dict[tuple[str, date | None], str] = field(default_factory=dict)

    def read(self, item: Item) -> None:
        """Read one file or frame.

        Raises:
            InputError: it cannot be read, or is a roll without document numbers.
        """
        if isinstance(item.content, DatabaseSource):
            self._sheet(postgres.read(item.content), "", item.table, alone=False)
            return
        if not isinstance(item.content, Path):
            raw = frames.read(item.label, item.content, TABLES[item.table or item.label])
            self._sheet(raw, "", item.table, alone=True)
            return
        digest = files.sha256(item.content, item.label)
        # a copy left in the folder would make everybody a duplicate of himself; a roll that did not change from one
        # month to the next is no copy
        same = (digest, context.find_month(PurePosixPath(item.label).parts[::-1]))
        if same in self.digests:
            reason = f"与 {self.digests[same]} 内容完全相同，未重复读取"
            self.unrecognised.append(Unrecognised(item.label, "", reason))
            return
        self.digests[same] = item.label
        sheets, left_out = files.read(item.content, item.label)
        self.unrecognised += left_out
        for raw in sheets:
            self._sheet(raw, digest, item.table, alone=len(sheets) == 1)

    def _sheet(self, raw: RawSheet, digest: str, table: str | None, *, alone: bool) -> None:
        pin = next((pin for pin in self.pins if _fits(pin.pattern, raw.file, raw.sheet)), Pin(""))
        pinned = {fold_text(header): column for header, column in pin.columns.items()}
        layout = headers.named(raw.peek, pinned) if raw.first_row == 0 else headers.find_layout(raw.peek, pinned)
        table = pin.table or table
        if layout is None:
            reason = "没有找到表头：前几行里没有认识的列名"
            self.unrecognised.append(Unrecognised(raw.file, raw.sheet, reason))
            return
        if pin.pattern:
            shown = {fold_text(text) for text in layout.shown}
            self.pinned.setdefault(pin.pattern, set()).update(h for h in pin.columns if fold_text(h) in shown)
        placed = _Placed(raw, layout, digest, alone)
        found, close = placed.match(table)
        found = found and headers.with_alike(layout, found)
        reason = _refusal(found, close, placed)
        if found is None or reason:
            candidates = tuple(TABLES[near.table].title for near in close)
            self.unrecognised.append(Unrecognised(raw.file, raw.sheet, reason, candidates))
            return
        self._rows(placed, found)

    def _rows(self, placed: _Placed, found: Match) -> None:
        layout, spec = placed.layout, TABLES[found.table]
        wide = household.wide_columns(layout, found)
        member = {} if wide else household.member_columns(layout, found)
        # the first columns show totals and signatures even where they are not mapped
        positions = sorted(
            {0, 1, 2, *found.columns.values(), *member.values(), *household.positions(wide)}
            & set(range(len(layout.shown)))
        )
        body = placed.raw.body(layout.depth, positions)
        ids = {found.columns[name] for name in found.columns if spec.columns[name].kind == "id"}
        kept, dropped = data_rows(body.frame, layout, ids | {member[name] for name in ("id_no",) if name in member})
        source = Source(
            file=placed.raw.file,
            sheet=placed.raw.sheet,
            table=found.table,
            header_row=placed.raw.first_row + layout.depth - 1 if placed.raw.first_row else 0,
            rows=0,
            sha256=placed.digest,
            month=placed.month,
            as_of=context.find_day(layout.title) if spec.kind == "feed" else None,
            dropped=dropped,
            notes=(*body.notes, *_alike(found, layout)),
            closest=headers.closest_columns(layout, found),
        )
        if wide:
            self._wide(source, placed, found, wide, kept)
            return
        apart = household.split(kept, layout, found)
        if apart is None:
            left = placed.unused(found.columns.values())
            parted, note = owners.parted(kept, spec, found.columns)
            noted = replace(source, unmapped=left, notes=(*source.notes, *note))
            self._add(noted, placed, parted, found.columns)
            return
        left = placed.unused((*apart.household.values(), *apart.member.values()))
        self._add(replace(source, unmapped=left), placed, apart.heads, apart.household)
        people = replace(source, table="member", dropped={}, notes=())
        self._add(people, placed, kept, apart.member, programme=found.table)

    def _wide(
        self, source: Source, placed: _Placed, found: Match, wide: list[dict[str, int]], body: pl.DataFrame
    ) -> None:
        """A household with its members side by side: one source per numbered block, so that letters stay true."""
        taken = set(household.positions(wide))
        own = {name: position for name, position in found.columns.items() if position not in taken}
        left = placed.unused((*own.values(), *taken))
        self._add(replace(source, unmapped=left), placed, body, own)
        people = replace(source, table="member", dropped={}, notes=())
        for block in wide:
            rows = body.filter(household.named(block))
            self._add(people, placed, rows, household.shared(own) | block, programme=found.table)

    def _add(
        self,
        source: Source,
        placed: _Placed,
        body: pl.DataFrame,
        columns: Mapping[str, int],
        *,
        programme: str | None = None,
    ) -> None:
        number = len(self.sources)
        left = placed.raw.first_column
        shown = {name: placed.layout.shown[position] for name, position in columns.items()}
        letters = {name: letter(position + left) for name, position in columns.items()}
        spec = TABLES[source.table]
        ids = (
            [columns[name] for name in columns if spec.columns[name].kind == "id"]
            if spec.name in self.registers
            else []
        )
        told = replace(
            source,
            rows=body.height,
            headers=shown,
            letters=letters,
            numbers=near.quality(body, ids),
            amount=_amount(body, spec, columns, placed.layout),
        )
        self.sources.append(told)
        keep = self._keep(source.table)
        other_month = spec.kind == "roll" and source.month not in (None, self.month) and "period" not in columns
        if keep is None or other_month:
            return
        mapped = {name: position for name, position in columns.items() if name in keep}
        constants = self._constants(spec, placed, programme)
        rows = _Rows(body, spec, mapped, placed.layout, constants, number, placed.raw.serial_shift)
        if spec.name in self.registers:
            self.waiting.append(rows)
        else:
            self._type(rows)

    def _type(self, rows: _Rows) -> None:
        frame, problems = typed_table(
            rows.body,
            rows.spec,
            rows.columns,
            rows.layout,
            rows.constants,
            first_row_id=self.rows,
            source_id=rows.source_id,
            serial_shift=rows.serial_shift,
        )
        self.rows += frame.height
        self.parts.setdefault(rows.spec.name, []).append(frame)
        self.problems.append(problems)

    def unfitting(self) -> list[Unrecognised]:
        """Pins that fitted no sheet, and headers they name that stood in none."""
        told = []
        for pin in self.pins:
            if pin.pattern not in self.pinned:
                told.append(Unrecognised(NAME, pin.pattern, "没有文件或工作表与这一项相符"))
            elif lost := [header for header in pin.columns if header not in self.pinned[pin.pattern]]:
                told.append(Unrecognised(NAME, pin.pattern, f"相符的表里没有这些表头：{'、'.join(lost)}"))
        return told

    def finish(self) -> None:
        """Type the rows of registers that name somebody on a roll, and of marriages and deaths their relatives'."""
        rolls = [frame for name, parts in self.parts.items() if TABLES[name].kind == "roll" for frame in parts]
        of_people = ("id_no", "patient_id")
        known = near.numbers(frame.get_column(name) for frame in rolls for name in of_people if name in frame.columns)
        families = [rows for rows in self.waiting if rows.spec.name in ("marriage", "hukou")]
        theirs = [near.concerning(rows.body, rows.ids, known) for rows in families]
        cells = (
            part.get_column(f"c{position}")
            for rows, part in zip(families, theirs, strict=True)
            for position in rows.ids
        )
        relatives = near.numbers([known, *cells])
        names = near.named(frame for frame in rolls if {"id_no", "name"} <= set(frame.columns))
        for rows in self.waiting:
            people = relatives if rows.spec.name in ("marriage", "death") else known
            told = {"name", "id_no"} <= rows.columns.keys()
            by_name = (rows.columns["name"], rows.columns["id_no"], names) if told else None
            self._type(replace(rows, body=near.concerning(rows.body, rows.ids, people, by_name)))
        self.waiting.clear()

    def _constants(self, spec: TableSpec, placed: _Placed, programme: str | None) -> dict[str, str | date]:
        """Columns a whole sheet has from its surroundings, unless it has the column itself."""
        constants: dict[str, str | date] = {}
        month = placed.month or self.month
        if spec.kind == "roll":
            constants["period"] = month
            if placed.town:
                constants["town"] = placed.town
        elif spec.name == "payment":
            constants |= {"period": month, "entitlement_month": month}
        if spec.name == "member":
            texts = (*placed.names, *placed.folders)
            programme = programme or context.find_programme(texts, HOUSEHOLD_ROLLS)
            if programme:
                constants["programme"] = programme
        return constants

    def _keep(self, table: str) -> frozenset[str] | None:
        """Columns to parse of a table; None for a table nobody will ask for."""
        if self.wanted is None:
            return frozenset(TABLES[table].columns)
        if table not in self.wanted and table != "manifest":
            return None
        return self.wanted.get(table, frozenset()) | _BASICS | _ALWAYS.get(table, frozenset())


def _amount(body: pl.DataFrame, spec: TableSpec, columns: Mapping[str, int], layout: Layout) -> int | None:
    """The monthly amounts of a roll together: of a month that is not typed nothing else can be compared."""
    position = columns.get(AMOUNT)
    if spec.kind != "roll" or spec.name == "member" or position is None:
        return None
    cells = body.get_column(f"c{position}")
    return int(parse(cells, spec.columns[AMOUNT], money_unit(layout, position)).sum())


def _alike(found: Match, layout: Layout) -> tuple[str, ...]:
    """A remark on the columns taken for what they resemble."""
    spec = TABLES[found.table]
    return tuple(
        f"列“{layout.shown[found.columns[name]]}”按相近的列名读作“{spec.columns[name].title}”" for name in found.alike
    )


def _fits(pattern: str, file: str, sheet: str) -> bool:
    """Whether a pattern of a pin fits a sheet: `file` or `file#sheet`; without a folder in every folder."""
    wanted, _, part = pattern.partition("#")
    name = file if "/" in wanted else PurePosixPath(file).name
    return fnmatchcase(name, wanted) and (not part or fnmatchcase(sheet, part))


def _refusal(found: Match | None, close: list[Match], placed: _Placed) -> str:
    """Why a sheet is not read; empty when it is.

    Raises:
        InputError: people without any document number.
    """
    if found is None:
        if len(close) > 1 and close[0].score >= headers.THRESHOLD:
            return "与几张表同样相像，无法判断；请在文件名或标题中写明是哪张表"
        return "列名不足以判断是哪张表"
    if not found.columns:
        return "表头里没有这张表的列名"
    spec = TABLES[found.table]
    if not headers.lacks_id(found, spec):
        return ""
    if "name" not in found.columns:
        return f"像是{spec.title}的汇总或说明，没有人员的姓名和身份证号列"
    accepted, near = headers.id_advice(placed.layout, spec)
    seen = "、".join(text for text in placed.layout.shown if text)
    closest = f"。其中最接近的：{'、'.join(near)}" if near else ""
    place = where(placed.raw.file, placed.raw.sheet)
    raise InputError(
        f"{spec.title}没有身份证号列，无法核对：{place}。读到的列名：{seen}{closest}",
        hint=f"把证件号码列的表头改为以下之一：{'、'.join(accepted)}。",
    )
