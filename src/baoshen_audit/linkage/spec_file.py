"""A spec written as TOML: for other languages, other columns, other thresholds, without a line of Python.

Without `[[field]]` the file adjusts the spec for registers of residents (`columns`, `share`, `one_to_one`, `accept`,
`review`). With it the file is a spec of its own: every `[[field]]` is a column and how it is compared, every
`[[block]]` a way to find candidates.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final, get_args

import polars as pl

from baoshen_audit.errors import ConfigError
from baoshen_audit.linkage.compare import equal, on_unique, similar
from baoshen_audit.linkage.people import ALIASES, people
from baoshen_audit.linkage.spec import ROW, Block, Comparison, Count, Level, LinkSpec, Sides, Tier, key

__all__ = ["SpecFile", "load_spec"]

_NUMBERS: Final = ("share", "accept", "review", "margin")
_TOP: Final = frozenset({*_NUMBERS, "one_to_one", "identifier", "columns", "field", "block"})


@dataclass(frozen=True, slots=True)
class SpecFile:
    """What a spec file says.

    Attributes:
        spec: The spec.
        columns: Column of the spec → headers it may stand under.
        residents: Whether the spec is the one for registers of residents.
    """

    spec: LinkSpec
    columns: Mapping[str, tuple[str, ...]]
    residents: bool


def load_spec(path: Path) -> SpecFile:
    """Read a spec file.

    Args:
        path: TOML.

    Returns:
        The spec and the headers of its columns.

    Raises:
        ConfigError: The file is missing, is no TOML, or says something that has no meaning.
    """
    try:
        content = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError):
        raise ConfigError(f"读不到关联方案文件：{path}", hint="检查路径；文件用 UTF-8 编码") from None
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"关联方案不是合法的 TOML：{path}（{error}）", hint="示例见 docs/linkage.md") from None
    try:
        return _spec(content)
    except _Wrong as wrong:
        raise ConfigError(f"关联方案有误：{path}：{wrong}", hint="写法见 docs/linkage.md") from None


class _Wrong(ValueError):
    """Something in the file, in words."""


def _spec(content: dict[str, Any]) -> SpecFile:
    if unknown := sorted(content.keys() - _TOP):
        raise _Wrong(f"不认识的项 {'、'.join(unknown)}")
    residents = not content.get("field")
    columns = {name: _texts(value, f"columns.{name}") for name, value in _table(content, "columns").items()}
    if residents:
        if content.get("block") or "identifier" in content:
            raise _Wrong("block 和 identifier 要与 [[field]] 一起写")
        if unknown := sorted(columns.keys() - ALIASES.keys()):
            raise _Wrong(f"columns 里没有 {'、'.join(unknown)} 这一列，可用 {'、'.join(ALIASES)}")
        base = people()
    else:
        base = _own(content)
    return SpecFile(replace(base, **_settings(content)), columns, residents)


def _settings(content: dict[str, Any]) -> dict[str, Any]:
    given: dict[str, Any] = {name: content[name] for name in _NUMBERS if name in content}
    for name, value in given.items():
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise _Wrong(f"{name} 要写成数字")
    if not 0 < given.get("share", 0.5) <= 1:
        raise _Wrong("share 要大于 0、不大于 1")
    if "one_to_one" in content:
        if content["one_to_one"] not in get_args(Sides):
            raise _Wrong(f"one_to_one 可用 {'、'.join(get_args(Sides))}")
        given["one_to_one"] = content["one_to_one"]
    return given


def _own(content: dict[str, Any]) -> LinkSpec:
    fields = {_text(field, "column"): field.get("compare", "text") for field in _tables(content, "field")}
    for name, kind in fields.items():
        if kind not in _KINDS:
            raise _Wrong(f"{name} 的 compare 可用 {'、'.join(_KINDS)}")
    identifier = content.get("identifier")
    blocks = tuple(_block(block, fields) for block in _tables(content, "block"))
    if not blocks:
        raise _Wrong("至少要有一个 [[block]]")
    if identifier is not None and identifier not in fields:
        raise _Wrong(f"identifier {identifier} 不在 [[field]] 里")
    return LinkSpec(
        prepare=lambda tables: [_prepared(table, tuple(fields)) for table in tables],
        blocks=blocks,
        comparisons=tuple(_KINDS[kind](name) for name, kind in fields.items()),
        identifier=identifier,
        tiers=(Tier("", pl.lit(value=True)),),
    )


def _prepared(frame: pl.DataFrame, names: tuple[str, ...]) -> tuple[pl.DataFrame, list[str]]:
    """The columns compared: trimmed, lower case, null where empty; a column that is missing is null and noted."""
    missing = [name for name in names if name not in frame.columns]
    cells = (
        pl.lit(None, pl.String).alias(name)
        if name in missing
        else pl.col(name).cast(pl.String).str.strip_chars().str.to_lowercase().replace("", None)
        for name in names
    )
    return frame.select(ROW, *cells), [f"缺列，不作为证据：{'、'.join(missing)}"] if missing else []


def _block(block: dict[str, Any], fields: Mapping[str, object]) -> Block:
    columns = _texts(block.get("columns"), "block.columns")
    if unknown := [name for name in columns if name not in fields]:
        raise _Wrong(f"[[block]] 用到的列不在 [[field]] 里：{'、'.join(unknown)}")
    unordered = block.get("any_order", False)
    if extra := sorted(block.keys() - {"columns", "any_order", "cap"}):
        raise _Wrong(f"[[block]] 里不认识的项 {'、'.join(extra)}")
    cap = block.get("cap", 1000)
    if isinstance(cap, bool) or not isinstance(cap, int) or cap < 1:
        raise _Wrong("cap 要写成正整数")
    maker = _any_order(columns) if unordered else key(*columns)
    return Block("+".join(columns), maker, identified=True, cap=cap)


def _any_order(columns: tuple[str, ...]) -> Callable[[pl.DataFrame], pl.DataFrame]:
    """A key that does not mind which value stands in which column."""

    def make(frame: pl.DataFrame) -> pl.DataFrame:
        return frame.drop_nulls(columns).select("row", key=pl.concat_list(columns).list.sort().hash())

    return make


def _similar_text(name: str) -> Comparison:
    levels = (
        Level(3, f"{name}相同", f"same {name}", 0.75, Count(name)),
        Level(2, f"{name}很近", f"{name} very similar", 0.14, 2e-3),
        Level(1, f"{name}相近", f"{name} similar", 0.03, 2e-2),
        Level(0, f"{name}不同", f"{name} differs", 0.08, 0.97),
    )
    return Comparison(name, name, (name,), similar(name, (0.8, 0.9)), levels)


def _slipped_code(name: str) -> Comparison:
    def slips(one: str, other: str) -> int:
        return int(len(one) == len(other) and sum(x != y for x, y in zip(one, other, strict=True)) <= 2)

    levels = (
        Level(2, f"{name}相同", f"same {name}", 0.88, Count(name)),
        Level(1, f"{name}差一两位", f"{name} one or two digits off", 0.08, 1e-2),
        Level(0, f"{name}不同", f"{name} differs", 0.04, 0.99),
    )
    return Comparison(name, name, (name,), on_unique(name, slips, 2), levels)


def _exact(name: str) -> Comparison:
    levels = (
        Level(1, f"{name}相同", f"same {name}", 0.9, Count(name)),
        Level(0, f"{name}不同", f"{name} differs", 0.1, 0.97),
    )
    return Comparison(name, name, (name,), equal(name), levels)


_KINDS: Final[Mapping[str, Callable[[str], Comparison]]] = {
    "text": _similar_text,
    "code": _slipped_code,
    "exact": _exact,
}


def _table(content: dict[str, Any], name: str) -> dict[str, Any]:
    value = content.get(name, {})
    if not isinstance(value, dict):
        raise _Wrong(f"{name} 要写成 [{name}]")
    return value


def _tables(content: dict[str, Any], name: str) -> list[dict[str, Any]]:
    value = content.get(name, [])
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise _Wrong(f"{name} 要写成 [[{name}]]")
    return value


def _text(item: dict[str, Any], name: str) -> str:
    if not isinstance(item.get(name), str) or not item[name]:
        raise _Wrong(f"缺 {name}，或不是文字")
    return str(item[name])


def _texts(value: object, name: str) -> tuple[str, ...]:
    found = [value] if isinstance(value, str) else value
    if not isinstance(found, list) or not found or not all(isinstance(text, str) and text for text in found):
        raise _Wrong(f"{name} 要写成文字或文字的列表")
    return tuple(found)
