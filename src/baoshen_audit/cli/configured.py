"""Settings from a file for the options of a command: flag › environment › file › default.

The file's values become click's `default_map`, so that one mechanism decides and can say where each value came from.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any, Final

import typer
from typer.core import TyperCommand

from baoshen_audit.cli.shell import tell
from baoshen_audit.config import Config, find, read
from baoshen_audit.errors import ConfigError

_SPELLED: Final = {"format": "form"}
"""Options whose parameter has another name: `format` is taken in Python."""


class ConfiguredCommand(TyperCommand):
    """A command with `--config FILE` and `--profile NAME`, whose options a baoshen.toml may set."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401 - typer's own copy of click has no public types
        """Read the settings before the options are settled."""
        given = self._given(ctx, args)
        try:
            ctx.obj = _settings(given)
        except ConfigError as error:
            tell(f"错误: {error.message}")
            tell(f"→ {error.hint}")
            raise typer.Exit(error.exit_code) from None
        mine = ctx.obj.options.get(self.name, {})
        ctx.default_map = {_SPELLED.get(name, name): value for name, value in mine.items()}
        rest: list[str] = super().parse_args(ctx, args)
        return rest

    def _given(self, ctx: Any, args: list[str]) -> dict[str, Any]:  # noqa: ANN401
        """What was typed, as far as it can be read: mistakes are reported when the options are settled."""
        with suppress(Exception):
            return dict(self.make_parser(ctx).parse_args(args=list(args))[0])
        return {}


def _settings(given: dict[str, Any]) -> Config:
    data = given.get("folder") or given.get("paths") or "."
    path = given.get("config")
    found = Path(str(path)) if path else find(Path(str(data[0] if isinstance(data, list | tuple) else data)))
    profile = given.get("profile") or ""
    if found is None:
        if profile:
            raise ConfigError(f"没有找到配置文件,无法使用 profile {profile}", hint="用 --config FILE 指定")
        return Config()
    return read(found, str(profile))
