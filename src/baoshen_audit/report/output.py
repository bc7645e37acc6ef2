"""Write a result to files: all of them or none, and never half a file.

Everything is rendered and flushed to temporary files beside the targets before the first old file is touched; what
was there comes back if a later step fails.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Final

from baoshen_audit.errors import BaoshenError, UsageError

if TYPE_CHECKING:
    from baoshen_audit.audit import Result

_RENDERERS: Final = {".xlsx": "workbook", ".json": "json_v1", ".parquet": "parquet"}
"""Suffix → the module of this package whose `render(result) -> bytes` makes the file."""


def check_targets(
    paths: Sequence[Path], *, outside: Path | None = None, suffixes: Collection[str] = tuple(_RENDERERS)
) -> None:
    """Refuse what could not be written, before any work is done.

    Args:
        paths: the files asked for.
        outside: what is scanned: a result inside it would be read as a roll next month, or replace an input.
        suffixes: what can be written, lower case.

    Raises:
        UsageError: unknown suffix, missing or unwritable folder, one file named twice, a target inside `outside`.
    """
    seen: set[str] = set()
    for path in paths:
        if path.suffix.lower() not in suffixes:
            raise UsageError(f"不支持的结果文件类型:{path}", hint=f"后缀用 {'、'.join(suffixes)} 之一")
        folder = path.parent
        if not folder.is_dir():
            raise UsageError(f"结果文件所在的文件夹不存在:{folder}", hint="先建立该文件夹,或换一个位置")
        if path.is_dir() or not os.access(folder, os.W_OK):
            raise UsageError(f"结果文件无法写入:{path}", hint="检查是否与文件夹同名、有没有写权限")
        if outside is not None and path.resolve().is_relative_to(outside.resolve()):
            raise UsageError(
                f"结果文件不能放在被扫描的文件夹里:{path}", hint="下次扫描会把它当作名册读入;请放到别的文件夹"
            )
        same = os.path.normcase(path.resolve())
        if same in seen:
            raise UsageError(f"同一个结果文件写了两次:{path}", hint="每个 -o 用不同的文件名")
        seen.add(same)


def write(result: Result, paths: Sequence[Path]) -> None:
    """Write a result, each file in the format of its suffix.

    Args:
        result: what `scan` handed back.
        paths: `.xlsx` (casework workbook), `.json` or `.parquet` (findings v1).

    Raises:
        UsageError: see `check_targets`.
        BaoshenError: the disk refused; every old file is as it was.
    """
    check_targets(paths)
    place([(path, partial(_renderer(path), result)) for path in paths])


def place(files: Sequence[tuple[Path, Callable[[], bytes]]]) -> None:
    """Write files: all of them or none.

    Args:
        files: where, and what makes the content.

    Raises:
        BaoshenError: the disk refused; every old file is as it was.
    """
    steps = [_Step(path) for path, _ in files]
    at = ""
    try:
        for step, (_, render) in zip(steps, files, strict=True):
            at = str(step.target)
            step.fill(render())
        for step in steps:
            at = str(step.target)
            step.replace()
    except BaseException as error:
        for step in reversed(steps):
            step.undo()
        if isinstance(error, OSError):
            raise BaoshenError(
                f"结果文件写不出来:{at}({error.strerror or type(error).__name__})",
                hint="关闭正在打开它的程序(Excel、WPS),检查磁盘空间后重试;原有文件没有改动",
            ) from None
        raise
    for step in steps:
        step.finish()


def _renderer(path: Path) -> Callable[[Result], bytes]:
    module = import_module(f"baoshen_audit.report.{_RENDERERS[path.suffix.lower()]}")
    render: Callable[[Result], bytes] = module.render
    return render


@dataclass
class _Step:
    """One file on its way: the new one beside its target, the old one set aside until all are in place."""

    target: Path
    fresh: Path | None = None
    aside: Path | None = None
    placed: bool = False

    def _beside(self, kind: str) -> Path:
        return self.target.with_name(f".{self.target.name}.{secrets.token_hex(4)}.{kind}.tmp")

    def fill(self, content: bytes) -> None:
        fresh = self._beside("new")
        with fresh.open("xb") as file:
            self.fresh = fresh
            file.write(content)
            file.flush()
            os.fsync(file.fileno())

    def replace(self) -> None:
        if self.fresh is None:
            return
        if self.target.exists():
            aside = self._beside("old")
            self.target.replace(aside)
            self.aside = aside
        self.fresh.replace(self.target)
        self.placed = True

    def undo(self) -> None:
        with suppress(OSError):
            if self.aside is not None:
                self.aside.replace(self.target)
            elif self.placed:
                self.target.unlink()
        with suppress(OSError):
            if self.fresh is not None:
                self.fresh.unlink(missing_ok=True)

    def finish(self) -> None:
        with suppress(OSError):
            if self.aside is not None:
                self.aside.unlink()
