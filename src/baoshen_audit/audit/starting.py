"""A first baoshen.toml: what intake recognises in a folder, for a person to correct. Headers only, never a cell."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Final

from baoshen_audit.ingest.headers import MEMBER
from baoshen_audit.ingest.load import load
from baoshen_audit.ingest.model import Intake, Source
from baoshen_audit.schemas import TABLES

_MONTHLY: Final = re.compile(r"(?:19|20)\d\d(?:年|[-._])?\d{0,2}月?(?:份)?|\d{1,2}月份?")
"""What changes in a file's name from month to month."""

_HEAD: Final = """# 由 baoshen-audit init 写出,供核对、修改。
# "表头" = "列名":列名见 schemas/字段字典.md;= "" 表示知道这一列、不用它。
# 文件名中的 * 代表任意文字(年月每月不同)。
"""


def starting(folder: Path, *, region: str = "", progress: Callable[[str, int, int], None] | None = None) -> str:
    """The text of a starting baoshen.toml.

    Args:
        folder: what an office has.
        region: six-digit county code; left for the office to fill in if empty.
        progress: called with (file, number, of how many).

    Returns:
        TOML: per kind of sheet the table and columns recognised, unclaimed headers with the column they resemble as
        comments, and as comments what was not recognised.

    Raises:
        UsageError, InputError: see `ingest.load`.
    """
    intake = load(folder, month=date(1900, 1, 1), wanted={}, progress=progress)
    parts = [
        _HEAD,
        f"region = {_text(region)}\n" if region else '# region = "320413"\n',
        '# policy = ["本地标准.toml"]\n',
    ]
    parts += [_section(pattern, sources) for pattern, sources in _grouped(intake).items()]
    parts += _left_out(intake)
    return "\n".join(parts)


def _grouped(intake: Intake) -> dict[str, list[Source]]:
    """Pattern → the sources of one sheet it stands for: sheets of a file with one header share a pattern."""
    sheets: dict[tuple[str, str], list[Source]] = {}
    for source in intake.sources:
        sheets.setdefault((source.file, source.sheet), []).append(source)
    files: dict[str, dict[tuple[object, ...], list[tuple[str, list[Source]]]]] = {}
    for (file, sheet), sources in sheets.items():
        name = _MONTHLY.sub("*", PurePosixPath(file).name)
        shape = tuple((one.table, tuple(one.headers.items()), one.unmapped) for one in sources)
        files.setdefault(name, {}).setdefault(shape, []).append((sheet, sources))
    grouped: dict[str, list[Source]] = {}
    for name, shapes in files.items():
        for same in shapes.values():
            whole = len(shapes) == 1
            for sheet, sources in same[:1] if whole else same:
                grouped[name if whole else f"{name}#{sheet}"] = sources
    return grouped


def _section(pattern: str, sources: list[Source]) -> str:
    """One `[tables]` entry; the members of a household sheet are columns of the same sheet."""
    first = sources[0]
    lines = [
        f"[tables.{_text(pattern)}]",
        f"table = {_text(first.table)}  # {TABLES[first.table].title}",
        f"[tables.{_text(pattern)}.columns]",
    ]
    named: dict[str, str] = {}
    for source in sources:
        prefix = MEMBER if source is not first and source.table == "member" else ""
        for column, header in source.headers.items():
            named.setdefault(header, f"{prefix}{column}")
    lines += [f"{_text(header)} = {_text(column)}" for header, column in named.items() if header]
    for header in first.unmapped:
        near = first.closest.get(header)
        hint = f"  # 最接近:{near}({TABLES[first.table].columns[near].title})" if near else ""
        lines.append(f'# {_text(header)} = ""{hint}')
    return "\n".join(lines) + "\n"


def _left_out(intake: Intake) -> Iterable[str]:
    for one in intake.unrecognised:
        place = f"{one.file}#{one.sheet}" if one.sheet else one.file
        near = f";最接近:{'、'.join(one.candidates)}" if one.candidates else ""
        yield f'# 没有读入:{place}:{one.reason}{near}\n# [tables.{_text(place)}]\n# table = ""\n'


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)
