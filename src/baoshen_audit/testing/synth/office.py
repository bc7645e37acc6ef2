"""The sample folder: a district as an office has it, and the truth about it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Final

import polars as pl

from baoshen_audit.testing.synth.cells import Dirt, Pen, Style
from baoshen_audit.testing.synth.database import write_database
from baoshen_audit.testing.synth.emit import Case, District, RecordRef
from baoshen_audit.testing.synth.layout import DATABASE, FEED_FILES, ROLL_FILES, FileSpec
from baoshen_audit.testing.synth.records import LAST, MONTHS
from baoshen_audit.testing.synth.workbooks import Place, blocks_of, write_workbook

Places = dict[tuple[str, str, int], tuple[str, str, int]]
"""(table, month, key) → file, sheet, row. A household of a combined sheet and its head stand in one row."""

TRUTH: Final = ("case_id", "kind", "code", "role", "file", "sheet", "row", "note")


def write_office(district: District, folder: str | Path) -> None:
    """Write the sample folder: `README.md`, `truth.csv`, `bureau/2026-05/…`, `bureau/2026-06/…`.

    The same district gives the same bytes (with the same zlib under Python).

    Args:
        district: what to write.
        folder: made if it does not exist; files of the same name are replaced.
    """
    root = Path(folder)
    bureau = root / "bureau"
    dirt = Dirt(frozenset((ref.table, ref.key) for case in district.cases for ref in case.records))
    places: Places = {}
    for month in MONTHS:
        specs = ROLL_FILES + (FEED_FILES if month == LAST else ())
        for spec in specs:
            path = bureau / month / spec.path.format(y=month[:4], m=int(month[5:]))
            path.parent.mkdir(parents=True, exist_ok=True)
            pen = Pen(month, spec.style, dirt, book=spec.kind != "csv")
            for table, key, sheet, row in _write(path, spec, district, pen):
                places[table, month, key] = (path.relative_to(bureau).as_posix(), sheet, row)
    path = bureau / LAST / DATABASE
    frames = {table: months[LAST] for table, months in district.frames.items()}
    for table, key, sheet, row in write_database(path, frames, Pen(LAST, Style(), dirt, book=False)):
        places[table, LAST, key] = (path.relative_to(bureau).as_posix(), sheet, row)
    cases = [*district.cases, *_dirt_traps(dirt, district.cases)]
    _write_csv(root / "truth.csv", "utf-8", [list(TRUTH), *truth_rows(cases, places)], newline="\n")
    (root / "README.md").write_bytes(files(__package__).joinpath("sample_readme.md").read_bytes())


def _write(path: Path, spec: FileSpec, district: District, pen: Pen) -> Iterator[Place]:
    frame = district.frames[spec.table][pen.month]
    if spec.only:
        frame = frame.filter(pl.col(spec.only[0]) == spec.only[1])
    if spec.members:
        blocks = blocks_of(frame, district.frames["member"][pen.month])
    else:
        blocks = [(row, []) for row in frame.iter_rows(named=True)]
    if spec.kind != "csv":
        yield from write_workbook(path, spec, blocks, pen)
        return
    rows = [[header for _, header in spec.headers + spec.members]]
    for house, members in blocks:
        cells = [pen.write(spec.table, house, column) for column, _ in spec.headers]
        yield spec.table, house["key"], "", len(rows) + 1
        for member in members:
            rows.append(cells + [pen.write("member", member, column) for column, _ in spec.members])
            yield "member", member["key"], "", len(rows)
        if not members:
            rows.append(cells)
    _write_csv(path, spec.encoding, rows)


def _write_csv(path: Path, encoding: str, rows: Iterable[Iterable[object]], newline: str = "\r\n") -> None:
    out = io.StringIO()
    csv.writer(out, lineterminator=newline).writerows(rows)
    path.write_bytes(out.getvalue().encode(encoding))


def truth_rows(cases: Iterable[Case], places: Places) -> Iterator[list[object]]:
    """The lines of `truth.csv`: one per record of a case, the note on the first.

    A roll of both months is cited in the last one, a record that left the roll in the month before.
    """
    for case in cases:
        note = case.note
        for ref in case.records:
            at = next((m for m in reversed(MONTHS) if (ref.table, m, ref.key) in places), None)
            if at is not None:
                yield [case.case_id, case.kind, case.code, ref.role, *places[ref.table, at, ref.key], note]
                note = ""


def _dirt_traps(dirt: Dirt, cases: Iterable[Case]) -> list[Case]:
    """Traps made of the dirt itself: a number that is right once it has been cleaned."""
    counts = {code: sum(c.code == code and c.kind == "trap" for c in cases) for code in ("ROLL001", "ROLL002")}
    traps = []
    for kind in sorted(dirt.seen):
        code = "ROLL002" if kind.endswith("x") else "ROLL001"
        spots = [spot for spot in dirt.seen[kind] if spot[1] == LAST]
        first_of_table = {table: key for table, _, key in reversed(spots)}
        for table, key in sorted(first_of_table.items())[:3]:
            counts[code] += 1
            ref = RecordRef("subject", table, key)
            traps.append(Case(f"{code}-T{counts[code]:02}", "trap", code, f"证件号码正确,只是{kind}", (ref,)))
    return traps
