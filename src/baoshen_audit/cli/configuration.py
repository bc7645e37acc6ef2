"""`baoshen-audit config` and `init`: what holds and where it comes from, and a first file to correct."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Final

import typer

from baoshen_audit.cli.configured import ConfiguredCommand
from baoshen_audit.cli.shell import ConfigOption, ProfileOption, VerboseOption, guard, progress, tell
from baoshen_audit.config import COMMANDS, GENERAL, NAME, Config
from baoshen_audit.errors import UsageError

HELP: Final = "列出 scan 和 gate 实际使用的设置,以及每一项来自命令行以外的哪里"

INIT: Final = """读一个文件夹,把认出的表和列写成 baoshen.toml,供人核对、修改。

只写文件名、表头和列名,不写任何单元格的内容。"""


def config(
    ctx: typer.Context,
    *,
    folder: Annotated[Path, typer.Argument(metavar="[PATH]", help="数据所在位置,从这里向上找配置文件")] = Path(),
    config: ConfigOption = None,
    profile: ProfileOption = None,
    verbose: VerboseOption = False,
) -> None:
    """Print every setting with its origin."""
    with guard(verbose=verbose):
        own: Config = ctx.obj
        typer.echo(f"配置文件: {own.path or '没有'}" + (f"  profile: {own.profile}" if own.profile else ""))
        root: Any = ctx.parent
        for name in COMMANDS:
            typer.echo(f"[{name}]")
            for option, value, origin in _settled(root.command.commands[name], root, folder, own, name):
                typer.echo(f"  {option} = {value}  ({origin})")
        for code, setting in own.rules.items():
            said = [f"{key} = {value!r}" for key, value in setting.params.items()]
            said += [f"severity = {setting.severity}"] if setting.severity else []
            said += [f"停用: {setting.disabled}"] if setting.disabled else []
            typer.echo(f"[rules.{code}]  {'; '.join(said)}")
        for pin in own.pins:
            typer.echo(f'[tables."{pin.pattern}"]  {pin.table or "按列名识别"};指定 {len(pin.columns)} 列')
        for source in own.sources:
            typer.echo(f"[sources.{source.name}]  {source.table or '按列名识别'}")


def _settled(
    command: Any,  # noqa: ANN401 - typer's own copy of click has no public types
    parent: Any,  # noqa: ANN401
    folder: Path,
    own: Config,
    name: str,
) -> list[tuple[str, str, str]]:
    """Option, value and origin, as the command itself would settle them."""
    arguments = [str(folder), *(["--config", str(own.path)] if own.path else [])]
    arguments += ["--profile", own.profile] if own.profile else []
    settled = command.make_context(name, arguments, parent=parent, resilient_parsing=True)
    rows = []
    for option in [*GENERAL, *COMMANDS[name]]:
        parameter = "form" if option == "format" else option
        source = settled.get_parameter_source(parameter)
        kind = source.name if source is not None else "DEFAULT"
        environment = f"环境变量 {_variable(settled, parameter)}"
        origin = {
            "ENVIRONMENT": environment,
            "DEFAULT_MAP": f"{own.path.name if own.path else NAME} {own.origin.get((name, option), option)}",
        }.get(kind, "默认")
        rows.append((option, str(settled.params.get(parameter)), origin))
    return rows


def _variable(settled: Any, parameter: str) -> str:  # noqa: ANN401
    known = next(one for one in settled.command.params if one.name == parameter)
    return str(known.envvar or f"{settled.auto_envvar_prefix}_{parameter.upper()}")


def init(
    *,
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="名册、发放明细、核对数据所在文件夹")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help=f"写到哪里;默认 FOLDER 里的 {NAME}")
    ] = None,
    region: Annotated[str | None, typer.Option(metavar="CODE", help="县级区划代码,写进文件")] = None,
    force: Annotated[bool, typer.Option("--force", help="已有文件时改写它")] = False,
    verbose: VerboseOption = False,
) -> None:
    """Write what was recognised as a file for a person to correct."""
    with guard(verbose=verbose):
        from baoshen_audit.audit.starting import starting  # noqa: PLC0415
        from baoshen_audit.report.output import place  # noqa: PLC0415

        if not folder.is_dir():
            raise UsageError(f"没有这个文件夹:{folder}", hint="给出名册所在的文件夹")
        target = output or folder / NAME
        if target.exists() and not force:
            raise UsageError(f"文件已经存在:{target}", hint="核对后用 --force 改写,或用 -o 写到别处")
        with progress(shown=True) as telling:
            text = starting(folder, region=region or "", progress=telling)
        place([(target, text.encode)])
        tell(f"已写出: {target}")
        tell("请核对每张表、每一列;改好后 scan 和 gate 会自动使用它")


__all__ = ["ConfiguredCommand", "config", "init"]
