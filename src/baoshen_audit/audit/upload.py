"""What was uploaded: the files of a gate, and the month they speak for."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Final

import polars as pl

from baoshen_audit.audit.request import ROLLS
from baoshen_audit.config import Config
from baoshen_audit.errors import InputError, UsageError
from baoshen_audit.ingest.files import walk
from baoshen_audit.ingest.load import load
from baoshen_audit.ingest.model import Files, Intake
from baoshen_audit.schemas import TABLES

TABLE_FILES: Final = frozenset(
    {".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".et", ".csv", ".tsv", ".parquet", ".arrow", ".feather", ".zip"}
    | {".db", ".sqlite", ".sqlite3", ".db3"}
)
"""Files that were meant as tables: one of them that is not recognised is an upload that was not checked."""

_NO_MONTH: Final = date(1900, 1, 1)
_MONTHS: Final = ("period", "entitlement_month")


def upload(paths: Sequence[Path], base: Path | None = None) -> Files:
    """The files of an upload.

    Args:
        paths: files, folders (with their subfolders) or patterns (a Windows shell hands them on unexpanded).
        base: the folder from which places are given, if everything lies in it; the closest common folder if not.

    Raises:
        InputError: a path is not there, a pattern matches nothing, or there is no file.
    """
    found: dict[Path, None] = {}
    for path in paths:
        named = [path] if path.exists() else [Path(one) for one in sorted(glob.glob(str(path), recursive=True))]  # noqa: PTH207 - an absolute pattern
        if not named:
            raise InputError(f"找不到文件或文件夹:{path}", hint="检查路径;没有文件可查不等于没有问题,所以不算通过")
        for one in named:
            found |= dict.fromkeys(file.resolve() for file in walk(one))
    if not found:
        raise InputError("没有文件可查:给出的文件夹是空的", hint="把要上传的表格放进去;空的上传不算通过")
    files = tuple(found)
    root = base.resolve() if base else None
    if root is None or not all(file.is_relative_to(root) for file in files):
        try:
            folders = [one.resolve() if one.is_dir() else one.resolve().parent for one in paths if one.exists()]
            root = Path(os.path.commonpath([*folders, *(file.parent for file in files)]))
        except ValueError:
            raise UsageError("一次核验的文件要在同一个磁盘上", hint="分几次核验") from None
    return Files(root, files)


def newest_month(files: Files, settings: Config | None = None) -> date:
    """The newest month an upload speaks for: of its rolls and payments if they say, else of its feeds.

    Args:
        files: the upload.
        settings: the office's.

    Raises:
        UsageError: nothing names a month.
        InputError: see `ingest.load`.
    """
    wanted: Mapping[str, frozenset[str]] = {table: frozenset(_MONTHS) for table in (*ROLLS, "payment")}
    intake = load(files, month=_NO_MONTH, wanted=wanted, settings=settings)
    own = [source for source in intake.sources if TABLES[source.table].kind != "feed"]
    feeds = [source for source in intake.sources if TABLES[source.table].kind == "feed"]
    ways = (
        [source.month for source in own],
        _written(intake),
        [source.month or (source.as_of.replace(day=1) if source.as_of else None) for source in feeds],
    )
    for months in ways:
        if newest := max((month for month in months if month and month > _NO_MONTH), default=None):
            return newest
    raise UsageError("上传的文件没有写明月份", hint="用 --as-of 2026-06 指定,或在文件名、标题里写明月份")


def _written(intake: Intake) -> Iterable[date]:
    """Months that stand in the rows."""
    for table in intake.tables.values():
        for column in _MONTHS:
            if column in table.frame.columns:
                yield from table.frame[column].drop_nulls().unique().to_list()


def unread(files: Files, inputs: pl.DataFrame, unrecognised: pl.DataFrame) -> list[str]:
    """Files meant as tables of which nothing was read, as names below the base; copies of one that was are not.

    Args:
        files: the upload.
        inputs: `Result.inputs`.
        unrecognised: `Result.unrecognised`.
    """
    read = set(inputs["file"])
    copies = set(unrecognised.filter(pl.col("reason").str.ends_with("未重复读取"))["file"])
    names = {file.relative_to(files.base).as_posix(): file for file in files.paths}
    return [
        name
        for name, file in names.items()
        if file.suffix.lower() in TABLE_FILES
        and name not in copies
        and not any(one == name or one.startswith(f"{name}/") for one in read)
    ]
