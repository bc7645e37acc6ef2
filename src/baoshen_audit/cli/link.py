"""`baoshen-audit link`: which records of two files, or of one, are one person."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from baoshen_audit.cli.shell import VerboseOption, guard, tell
from baoshen_audit.errors import UsageError
from baoshen_audit.ingest import trial

if TYPE_CHECKING:
    from baoshen_audit.linkage import Links

HELP: Final = """找出两份表格之间(或一份表格之内)属于同一人的记录,写出每一对和依据。

不要求有身份证号;缺号、错号、同音字、脱敏都会比较。结果是线索:decision 为 link 的可用,review 的须人工核对。"""

_SUFFIXES: Final = (".parquet", ".csv")


def link(
    *,
    left: Annotated[Path, typer.Argument(metavar="LEFT", help="名册等表格:.csv .xlsx .parquet 等")],
    right: Annotated[Path | None, typer.Argument(metavar="[RIGHT]", help="另一份表格;不写则在 LEFT 内查重")] = None,
    id_column: Annotated[str, typer.Option("--id", metavar="COLUMN", help="标识列的表头,逐行不重复,两份表格同名")],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="结果文件 .parquet 或 .csv")],
    spec: Annotated[Path | None, typer.Option("--spec", metavar="FILE", help="关联方案 TOML:列名、字段、阈值")] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="不显示说明和小结")] = False,
    verbose: VerboseOption = False,
) -> None:
    """Link two files, or one with itself, and write the pairs."""
    with guard(verbose=verbose, quiet=quiet):
        _check(left, right, output)
        for path in (left, right):
            if path is not None:
                trial.begin(path)
        from baoshen_audit.audit.link_files import link_files  # noqa: PLC0415

        links = link_files(left, right, id=id_column, spec=spec)
        _write(links, output)
        if not quiet:
            _tell(links, output)


def _check(left: Path, right: Path | None, output: Path) -> None:
    from baoshen_audit.report import check_targets  # noqa: PLC0415

    check_targets([output], suffixes=_SUFFIXES)
    if output.resolve() in {path.resolve() for path in (left, right) if path is not None}:
        raise UsageError(f"结果文件与读入的文件是同一个:{output}", hint="-o 换一个文件名")


def _write(links: Links, output: Path) -> None:
    from baoshen_audit.audit.link_files import PAIRS  # noqa: PLC0415
    from baoshen_audit.report import pairs  # noqa: PLC0415

    pairs.write(links.pairs.select(PAIRS), output)


def _tell(links: Links, output: Path) -> None:
    for note in links.notes:
        tell(f"提示: {note}")
    counts = dict(links.pairs["decision"].value_counts().iter_rows())
    tell(f"关联 {counts.get('link', 0)} 对,待核 {counts.get('review', 0)} 对")
    tell(f"已写出: {output}")
