"""The reference of every command, made from the commands themselves: `python -m baoshen_audit.cli.reference`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from io import TextIOWrapper
from typing import Any

import typer

from baoshen_audit.cli.application import app


def reference() -> str:
    """Usage, arguments and options of every command, as Markdown (the checked-in `cli/commands.md`)."""
    root: Any = typer.main.get_command(app)  # typer's own copy of click has no public types
    parts = ["<!-- python -m baoshen_audit.cli.reference > cli/commands.md -->", *_command("baoshen-audit", root, "#")]
    return "\n\n".join(parts) + "\n"


def _command(path: str, command: Any, level: str) -> list[str]:  # noqa: ANN401
    """A command under a heading, and below it those of its group."""
    title = path.partition(" ")[2] or path
    parts = [f"{level} {title}", *_section(path, command)]
    below = getattr(command, "commands", {})
    if below:
        lines = [(f"`{name}`", _plain(one.help).split("\n")[0]) for name, one in below.items()]
        parts.append(_table(("命令", "说明"), lines))
    for name, one in below.items():
        parts += _command(f"{path} {name}", one, level + "#")
    return parts


def _section(path: str, command: Any) -> list[str]:  # noqa: ANN401
    arguments = [one for one in command.params if one.param_type_name == "argument"]
    options = [one for one in command.params if one.param_type_name == "option"]
    usage = " ".join([path, "[OPTIONS]", *(one.metavar for one in arguments)])
    parts = [_plain(command.help), f"```\n{usage}\n```"]
    if arguments:
        parts.append(_table(("参数", "说明"), [(f"`{one.metavar}`", one.help) for one in arguments]))
    if options:
        parts.append(_table(("选项", "说明", "默认"), [(_spelling(one), one.help, _default(one)) for one in options]))
    return parts


def _plain(text: str | None) -> str:
    return (text or "").strip()


def _spelling(option: Any) -> str:  # noqa: ANN401
    names = ", ".join(sorted(option.opts, key=len))
    return f"`{names}`" if option.is_flag else f"`{names} {option.metavar}`".replace("|", "\\|")


def _default(option: Any) -> str:  # noqa: ANN401
    if option.required:
        return "必填"
    return str(option.default) if isinstance(option.default, str) else ""


def _table(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [headers, ["---"] * len(headers), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


if __name__ == "__main__":
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    sys.stdout.write(reference())
