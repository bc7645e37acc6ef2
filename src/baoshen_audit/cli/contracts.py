"""`baoshen-audit schema`: the published contracts, written or compared."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

from baoshen_audit.cli.shell import VerboseOption, guard, tell

HELP: Final = "对外公布的数据约定:各表的 Table Schema、字段字典、模板,以及配置、政策、疑点的 JSON Schema"

app = typer.Typer(help=HELP, no_args_is_help=True)


@app.callback()
def group() -> None:
    """Keep `export` a command of its own, however few there are."""


@app.command(help="把全部数据约定写到一个文件夹;--check 只比对,不一致时退出码为 1")
def export(
    *,
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="写到哪里")],
    check: Annotated[bool, typer.Option("--check", help="不写,只比对文件夹里的是否为最新")] = False,
    verbose: VerboseOption = False,
) -> None:
    """Write the published contracts, or say which are out of date."""
    with guard(verbose=verbose):
        from baoshen_audit.report.contracts import contracts  # noqa: PLC0415
        from baoshen_audit.report.output import place  # noqa: PLC0415

        files = {folder / name: content for name, content in contracts().items()}
        if check:
            old = [path for path, content in files.items() if not path.is_file() or path.read_bytes() != content]
            for path in old:
                tell(f"不一致: {path}")
            raise typer.Exit(int(bool(old)))
        for path in files:
            path.parent.mkdir(parents=True, exist_ok=True)
        place([(path, content.__bytes__) for path, content in files.items()])
        tell(f"已写出: {folder}({len(files)} 个文件)")
