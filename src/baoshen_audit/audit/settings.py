"""An office's settings held against the rules and tables there are: what they mean, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from baoshen_audit import config
from baoshen_audit.config import Config, RuleSetting
from baoshen_audit.errors import ConfigError
from baoshen_audit.ingest import headers
from baoshen_audit.rule import Rule, RuleSet
from baoshen_audit.schemas import TABLES


def settings(inputs: object, given: Config | Path | None) -> Config:
    """The settings of a run: those given, or the baoshen.toml that lies directly in the folder.

    Raises:
        ConfigError: the file is wrong.
    """
    if isinstance(given, Config):
        return given
    return config.beside(inputs) if given is None else config.read(given)


def demand(chosen: Config, every: RuleSet) -> None:
    """Refuse settings that speak of rules, parameters, tables or columns which do not exist; all at once.

    Raises:
        ConfigError: with the place of every mistake.
    """
    wrong = [
        *(fault for code, setting in chosen.rules.items() for fault in _rule_faults(code, setting, every)),
        *(fault for pin in chosen.pins for fault in _pin_faults(pin)),
        *(
            f"sources.{source.name}.table 没有名为 {source.table} 的表{_meant(source.table, TABLES)}"
            for source in chosen.sources
            if source.table and source.table not in TABLES
        ),
    ]
    if wrong:
        name = chosen.path.name if chosen.path else config.NAME
        listed = "".join(f"\n  - {one}" for one in wrong)
        raise ConfigError(
            f"{name} 有 {len(wrong)} 处错误:{listed}",
            hint="规则参数见 baoshen-audit explain,表和列的名称见 schemas/字段字典.md",
        )


def _rule_faults(code: str, setting: RuleSetting, every: RuleSet) -> Iterator[str]:
    if code not in every:
        yield f"rules.{code} 没有这条规则{_meant(code, every)}"
        return
    known = every[code].params
    for name, value in setting.params.items():
        if name not in known:
            settable = "、".join(known) or "无"
            yield f"rules.{code}.{name} 没有这个参数{_meant(name, known)},可设:{settable}"
        elif not _fits(value, known[name]):
            yield f"rules.{code}.{name} 应与默认值同类(默认 {known[name]!r})"


def _fits(value: object, default: object) -> bool:
    if isinstance(default, tuple):
        kinds = {type(one) for one in default}
        return isinstance(value, list) and (not kinds or {type(one) for one in value} <= kinds)
    return type(value) is type(default) or (isinstance(default, float) and type(value) is int)


def _pin_faults(pin: config.Pin) -> Iterator[str]:
    place = f'tables."{pin.pattern}"'
    if pin.table and pin.table not in TABLES:
        yield f"{place}.table 没有名为 {pin.table} 的表{_meant(pin.table, TABLES)}"
        return
    own = set(TABLES[pin.table].columns) if pin.table else {name for spec in TABLES.values() for name in spec.columns}
    known = own | {f"{headers.MEMBER}{name}" for name in TABLES["member"].columns}
    for header, column in pin.columns.items():
        if column and column not in known:
            yield f'{place}.columns."{header}" 没有名为 {column} 的列{_meant(column, known)}'


def _meant(name: str, known: Mapping[str, Any] | set[str]) -> str:
    close = get_close_matches(name, list(known), n=1)
    return f",是否指 {close[0]}?" if close else ""


def configured(rules: RuleSet, chosen: Config) -> RuleSet:
    """The same rules as an office has set them: parameters, severity, switched off with a reason."""
    return RuleSet(_set(one, chosen.rules.get(one.code)) for one in rules.values())


def _set(one: Rule, setting: RuleSetting | None) -> Rule:
    if setting is None:
        return one
    params = {name: tuple(value) if isinstance(value, list) else value for name, value in setting.params.items()}
    return one.adjusted(params=params, severity=setting.severity, disabled=setting.disabled)
