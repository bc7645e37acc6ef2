"""`baoshen-audit sample`: a fictional county to try things on."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

from baoshen_audit.cli.shell import VerboseOption, guard, tell
from baoshen_audit.errors import UsageError

HELP: Final = "写出一个虚构县的示例数据,含已知答案,供试用和培训"


def sample(
    *,
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="要写入的文件夹,不存在或为空")],
    verbose: VerboseOption = False,
) -> None:
    """Write the synthetic county."""
    with guard(verbose=verbose):
        _demand_empty(folder)
        from baoshen_audit.testing.synth import district, write_office  # noqa: PLC0415

        write_office(district(), folder)
        tell(f"已写出: {folder}")
        tell(f"试试: baoshen-audit scan {folder / 'bureau'} --region 320413 --as-of 2026-06")


def _demand_empty(folder: Path) -> None:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f"文件夹不是空的:{folder}", hint="换一个新的文件夹;示例数据不会覆盖已有文件")
