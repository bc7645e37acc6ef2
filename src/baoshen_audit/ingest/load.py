"""The one entrance of intake: a folder, a file, or a mapping of tables to files and frames → typed tables.

Nothing is lost in silence: a file or sheet is read, listed as not recognised with the reason, or refused; a row is
kept or counted under its reason; a header is mapped or listed; a cell that cannot be read is reported and kept raw.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from itertools import takewhile
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

import polars as pl

from baoshen_audit.config import NAME, Config, beside
from baoshen_audit.errors import InputError, UsageError
from baoshen_audit.ingest import archive, files, headers
from baoshen_audit.ingest.gather import Item, Run
from baoshen_audit.ingest.model import Files, Intake, Source, Table, where
from baoshen_audit.schemas import PROBLEMS, TABLES

Inputs = Path | str | Files | Mapping[str, Path | pl.DataFrame | pl.LazyFrame]
Progress = Callable[[str, int, int], None]
_Stated = tuple[Source, str, date]
"""A manifest, and of one of its lines the delivery and the day."""


def load(
    inputs: Inputs,
    *,
    month: date,
    wanted: Mapping[str, frozenset[str]] | None = None,
    registers: frozenset[str] = frozenset(),
    settings: Config | None = None,
    progress: Progress | None = None,
) -> Intake:
    """Read everything an office has delivered.

    Args:
        inputs: a folder (with subfolders), one file, some files below a folder, or canonical table → file or frame.
            Archives are read as folders.
        month: the month audited, first day; the period of a roll that names none. Rolls that name another month are
            listed, not typed.
        wanted: canonical table → columns that will be asked for. Only these and the basic columns of people and
            households are parsed; other tables are recognised and listed only. None: everything.
        registers: tables of which only the rows that name somebody on a roll are typed (of marriages and deaths also
            those of their partners); all rows are counted in their source.
        settings: an office's: what it says of its files, and the databases to read besides; those of a baoshen.toml
            directly in the folder if not given.
        progress: called with (file, number, of how many) as each file begins.

    Returns:
        Typed tables with their cells as written, sources, what was not recognised, and cells that could not be read.

    Raises:
        UsageError: the path is not there, or a mapping names an unknown table.
        InputError: a file that cannot be read, a roll without document numbers, or nothing recognised. With several
            bad files all of them are named.
    """
    own = beside(inputs) if settings is None else settings
    run = Run(month, wanted, registers, own.pins)
    errors: list[InputError] = []
    with TemporaryDirectory(prefix="baoshen-") as folder:
        items = list(_unpacked(_items(inputs, own), Path(folder), run, errors))
        for number, item in enumerate(items, start=1):
            if progress:
                progress(item.label, number, len(items))
            try:
                run.read(item)
            except InputError as error:
                errors.append(error)
    if errors:
        raise _joined(errors)
    if not run.sources:
        raise _nothing(items, run)
    run.finish()
    run.unrecognised += run.unfitting()
    return _intake(run)


def _items(inputs: Inputs, settings: Config) -> Iterator[Item]:
    for source in settings.sources:
        if source.table:
            _canonical(source.table)
        yield Item(f"{NAME}〔{source.name}〕", source, source.table or None)
    if isinstance(inputs, Mapping):
        for table, content in inputs.items():
            _canonical(table)
            if isinstance(content, pl.DataFrame | pl.LazyFrame):
                yield Item(table, content, table)
            else:
                path = _file(Path(content))
                yield Item(path.name, path, table)
        return
    if isinstance(inputs, Files):
        yield from (Item(path.relative_to(inputs.base).as_posix(), path) for path in inputs.paths)
        return
    folder = Path(inputs)
    for path in files.walk(folder):
        # the office's own settings lie beside its files; one that came with a delivery is only a file
        if path.name == NAME and path.parent == (folder.parent if folder.is_file() else folder):
            continue
        yield Item(path.name if folder.is_file() else path.relative_to(folder).as_posix(), path)


def _canonical(table: str) -> None:
    if table not in TABLES:
        near = "、".join(headers.closest_tables(table))
        raise UsageError(f"没有名为 {table} 的表", hint=f"相近的表名：{near}")


def _unpacked(items: Iterable[Item], folder: Path, run: Run, errors: list[InputError]) -> Iterator[Item]:
    """The items, each archive replaced by what it holds; the folder is private and goes when all is read."""
    for number, item in enumerate(items):
        if not isinstance(item.content, Path) or not archive.is_archive(item.content):
            yield item
            continue
        inside = folder / str(number)
        inside.mkdir()
        try:
            members, left_out = archive.unpack(item.content, item.label, inside)
        except InputError as error:
            errors.append(error)
            continue
        run.unrecognised += left_out
        yield from (Item(name, path, item.table) for name, path in members)


def _file(path: Path) -> Path:
    if path.is_dir():
        raise UsageError(f"这里要的是一个文件，给的是文件夹：{path}", hint="给出文件，或把整个文件夹作为扫描对象。")
    return files.walk(path)[0]


def _joined(errors: list[InputError]) -> InputError:
    if len(errors) == 1:
        return errors[0]
    lines = "\n".join(f"  {number}. {error}" for number, error in enumerate(errors, start=1))
    return InputError(f"{len(errors)} 个文件无法使用：\n{lines}", hint="逐个处理后再扫描。")


def _nothing(items: list[Item], run: Run) -> InputError:
    if not items:
        return InputError("文件夹里没有文件", hint="把本月的名册、发放明细和核对数据放进去，再扫描。")
    seen = "；".join(f"{where(item.file, item.sheet)}：{item.reason}" for item in run.unrecognised[:5])
    return InputError(
        f"没有认出任何名册、发放表或核对数据（共 {len(items)} 个文件）。{seen}",
        hint="检查表头是否为常用列名（姓名、身份证号、户编号 …），文件名写明是什么表，如“低保名册2026年6月.xlsx”。",
    )


def _intake(run: Run) -> Intake:
    tables = {}
    for name in TABLES:
        if name in run.parts:
            numbers = tuple(number for number, source in enumerate(run.sources) if source.table == name)
            tables[name] = Table(name, _ordered(pl.concat(run.parts[name], how="diagonal"), name), numbers)
    problems = pl.concat([pl.DataFrame(schema=PROBLEMS), *run.problems])
    return Intake(tables, _dated(run.sources, tables.get("manifest")), run.unrecognised, problems)


def _ordered(frame: pl.DataFrame, table: str) -> pl.DataFrame:
    names = ["row_id", "source_id", "source_row", "period", *TABLES[table].columns]
    names = [name for name in dict.fromkeys(names) if name in frame.columns]
    return frame.select(*names, *(f"raw__{name}" for name in names if f"raw__{name}" in frame.columns))


def _dated(sources: list[Source], manifest: Table | None) -> list[Source]:
    """Give each feed the day a manifest of its month states.

    Of several manifests the nearest in the folders counts. Of several lines on one delivery the latest counts; of
    several deliveries of a feed the oldest, which limits what the feed can say.
    """
    if manifest is None or not {"feed", "as_of"} <= set(manifest.frame.columns):
        return sources
    stated: dict[str, list[_Stated]] = {}
    for number, feed, day in manifest.frame.select("source_id", "feed", "as_of").iter_rows():
        table = headers.table_named(feed or "")
        if table and day:
            stated.setdefault(table, []).append((sources[number], feed, day))
    return [_with_day(source, stated.get(source.table, [])) for source in sources]


def _with_day(source: Source, stated: list[_Stated]) -> Source:
    lines = [
        (_shared_folders(source, manifest), delivery, day)
        for manifest, delivery, day in stated
        if manifest.month == source.month or manifest.month is None or source.month is None
    ]
    nearest = max((near for near, _, _ in lines), default=0)
    latest: dict[str, date] = {}
    for near, delivery, day in lines:
        if near == nearest:
            latest[delivery] = max(day, latest.get(delivery, day))
    return replace(source, as_of=min(latest.values())) if latest else source


def _shared_folders(one: Source, other: Source) -> int:
    pairs = zip(PurePosixPath(one.file).parent.parts, PurePosixPath(other.file).parent.parts, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
