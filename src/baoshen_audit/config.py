"""baoshen.toml: where an office's own settings stand, or `[tool.baoshen]` in a pyproject.toml.

```toml
region = "320413"
policy = ["our-standards.toml"]                  # relative to this file

[scan]
max_findings = 200

[gate]
fail_on = "medium"
max_rate = ["low=0.5%"]

[profiles.strict.gate]                           # --profile strict: over what stands above
fail_on = "low"

[rules.ERR221]
months = 6                                       # a parameter of the rule
severity = "low"
[rules.FAV305]
enabled = false
reason = "本县没有登记紧急联系人"                  # without a reason a rule is not switched off

[tables."*低保*名册*.xlsx"]                       # a file, or file#sheet; the first that fits
table = "dibao"
[tables."*低保*名册*.xlsx".columns]
"证件" = "id_no"                                  # header = column; member.id_no in a household sheet
"经手人签字" = ""                                 # known and not needed

[sources."低保名册"]
url = "postgresql://reader@10.0.0.5/minzheng"    # the password comes from ~/.pgpass or PGPASSWORD, not from here
query = "select * from dibao where month = '2026-06'"   # or the name of a table or view
table = "dibao"                                  # optional: which of our tables it is
```

A key nobody knows is an error, for a typo would switch a check off; all errors are reported at once. What a value means
for a rule or a table is judged where rules and tables are known (`audit.settings`).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final

from baoshen_audit.errors import ConfigError

NAME: Final = "baoshen.toml"
_PROJECT: Final = "pyproject.toml"
_SCHEMES: Final = ("postgresql://", "postgres://")
_BYTES: Final = 1 << 20
_SEVERITIES: Final = ("high", "medium", "low", "info")


@dataclass(frozen=True)
class Option:
    """One setting: `kind` is text, count, flag, path, texts or paths; `form` is what each text must match."""

    kind: str
    title: str
    choices: tuple[str, ...] = ()
    form: str = ""
    required: bool = False

    def fault(self, value: object) -> str:
        """What is wrong with a value, empty if nothing."""
        items = value if isinstance(value, list) else [value]
        fits = {
            "text": isinstance(value, str),
            "count": type(value) is int and value >= 1,
            "flag": isinstance(value, bool),
            "path": isinstance(value, str) and bool(value),
            "texts": isinstance(value, list) and all(isinstance(one, str) for one in value),
            "paths": isinstance(value, list) and all(isinstance(one, str) and one for one in value),
        }
        if not fits[self.kind]:
            return f"应是{_KINDS[self.kind]}"
        if self.choices and any(one not in self.choices for one in items):
            return f"应是 {'、'.join(self.choices)} 之一"
        if self.form and not all(re.fullmatch(self.form, str(one)) for one in items):
            return "写法不对"
        return ""


_KINDS: Final = {
    "text": "文字",
    "count": "正整数",
    "flag": "true 或 false",
    "path": "文件",
    "texts": '一组文字 ["…"]',
    "paths": '一组文件 ["…"]',
}

_NUMBER_LIMIT: Final = r"((high|medium|low|info)=)?[0-9]+"
_RATE_LIMIT: Final = r"((high|medium|low|info)=)?[0-9.]+%?"

GENERAL: Final = {
    "region": Option("text", "县级区划代码", form="[0-9]{6}"),
    "lang": Option("text", "显示语言", choices=("zh", "en")),
    "policy": Option("paths", "本地政策参数文件"),
}
"""Settings of every command that has an option of that name."""

COMMANDS: Final[dict[str, dict[str, Option]]] = {
    "scan": {
        "rules": Option("texts", "只运行这些规则或类别"),
        "output": Option("paths", "结果文件 .xlsx .json .parquet"),
        "max_findings": Option("count", "本月能核查多少条"),
        "fail_on": Option("text", "有此严重程度以上的疑点时退出码为 1", choices=_SEVERITIES),
    },
    "gate": {
        "format": Option("texts", "输出格式,如 sarif=out.sarif"),
        "output": Option("path", "标准输出的内容改写到这个文件"),
        "fail_on": Option("text", "计入的最低严重程度", choices=_SEVERITIES),
        "max_findings": Option("texts", "允许的问题条数,如 high=0", form=_NUMBER_LIMIT),
        "max_rate": Option("texts", "允许的问题占行数的比例,如 low=0.5%", form=_RATE_LIMIT),
        "select": Option("texts", "运行这些规则或类别"),
        "ignore": Option("texts", "不运行这些规则或类别"),
        "require_rules": Option("flag", "有规则未能评估时,算未能完成"),
        "min_rows": Option("count", "少于这个行数时,算未能完成"),
        "baseline": Option("path", "基线文件"),
        "warn_unused_baseline": Option("flag", "列出基线中已不再出现的问题"),
    },
}
"""Command → name of its option → what may be set."""

RULE: Final = {
    "enabled": Option("flag", "是否运行"),
    "reason": Option("text", "停用的理由", form=r".*\S.*"),
    "severity": Option("text", "严重程度", choices=_SEVERITIES),
}
"""Settings of a rule besides its own parameters."""

TABLE: Final = {"table": Option("text", "是哪张表")}
SOURCE: Final = {
    "url": Option("text", "数据库地址", required=True),
    "query": Option("text", "查询,或表、视图的名称", required=True),
    "table": Option("text", "是哪张表"),
}


@dataclass(frozen=True)
class DatabaseSource:
    """A query whose rows are read like those of a file.

    Attributes:
        name: what the office calls it; shown as its sheet.
        url: `postgresql://…`; never shown, for it may hold a password.
        query: SQL, or the name of a table or view.
        table: canonical table; empty to recognise it by its columns.
    """

    name: str
    url: str = field(repr=False)
    query: str
    table: str = ""


@dataclass(frozen=True)
class RuleSetting:
    """What an office sets of a rule: parameters, severity, or that it is switched off and why."""

    params: Mapping[str, Any] = field(default_factory=dict)
    severity: str = ""
    disabled: str = ""


@dataclass(frozen=True)
class Pin:
    """What an office says of a sheet: which table it is, which column a header is (`""`: known and not needed).

    Attributes:
        pattern: file, or `file#sheet`, with `*` for any text; a pattern without a folder fits in every folder.
        table: canonical table; empty to recognise it.
        columns: header → canonical column.
    """

    pattern: str
    table: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Config:
    """An office's settings, all of one file.

    Attributes:
        path: the file; None where there is none.
        profile: the profile selected; empty for none.
        options: command → option → value, paths made absolute; `origin` says where each stands.
        rules: code → setting.
        pins: in the order of the file.
        sources: databases.
    """

    path: Path | None = None
    profile: str = ""
    options: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    origin: Mapping[tuple[str, str], str] = field(default_factory=dict)
    rules: Mapping[str, RuleSetting] = field(default_factory=dict)
    pins: tuple[Pin, ...] = ()
    sources: tuple[DatabaseSource, ...] = ()


def find(start: Path) -> Path | None:
    """The settings that hold for data: in their folder or above it, else in the working directory or above it.

    Args:
        start: a file or folder with data; it need not exist.
    """
    below = start.absolute()
    for folder in (below, *below.parents, Path.cwd(), *Path.cwd().parents):
        if (folder / NAME).is_file():
            return folder / NAME
        project = folder / _PROJECT
        if project.is_file() and b"tool.baoshen" in project.read_bytes() and "baoshen" in _tool(project):
            return project
    return None


def beside(inputs: object) -> Config:
    """The settings that lie directly in a folder that is read, or beside a file; none for anything else.

    Raises:
        ConfigError: see `read`.
    """
    if not isinstance(inputs, Path | str):
        return Config()
    folder = Path(inputs)
    path = (folder.parent if folder.is_file() else folder) / NAME
    return read(path) if path.is_file() else Config()


def read(path: Path, profile: str = "") -> Config:
    """Read a baoshen.toml, or the `[tool.baoshen]` of a pyproject.toml.

    Args:
        path: the file.
        profile: name of a `[profiles.NAME]` whose settings go over the others.

    Raises:
        ConfigError: no such file, not TOML, no such profile, or settings that are wrong; all of these are named.
    """
    content = _tool(path).get("baoshen", {}) if path.name == _PROJECT else _toml(path)
    wrong = list(_faults(content))
    profiles = content.get("profiles", {})
    if profile and isinstance(profiles, dict) and profile not in profiles:
        known = "、".join(profiles) or "(没有)"
        wrong.append(f"没有名为 {profile} 的 profile;已有:{known}")
    if wrong:
        listed = "".join(f"\n  - {one}" for one in wrong)
        raise ConfigError(f"{path.name} 有 {len(wrong)} 处错误:{listed}", hint="逐条改正;写法见 docs/guide/config.md")
    layers = [("", content)]
    if profile:
        layers.append((f"profiles.{profile}.", profiles[profile]))
    options, origin = _options(layers, path.absolute().parent)
    rules: dict[str, RuleSetting] = {}
    for _, layer in layers:
        rules |= {code: _rule(setting) for code, setting in layer.get("rules", {}).items()}
    return Config(
        path=path,
        profile=profile,
        options=options,
        origin=origin,
        rules=rules,
        pins=tuple(
            Pin(pattern, table.get("table", ""), table.get("columns", {}))
            for pattern, table in content.get("tables", {}).items()
        ),
        sources=tuple(DatabaseSource(name, **table) for name, table in content.get("sources", {}).items()),
    )


def _toml(path: Path) -> dict[str, Any]:
    try:
        if path.stat().st_size > _BYTES:
            raise ValueError
        return tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except (OSError, ValueError):
        raise ConfigError(f"配置文件无法读取:{path.name}", hint="检查文件是否存在、TOML 格式和 UTF-8 编码。") from None


def _tool(path: Path) -> dict[str, Any]:
    tool = _toml(path).get("tool", {})
    return tool if isinstance(tool, dict) else {}


def _options(
    layers: list[tuple[str, dict[str, Any]]], folder: Path
) -> tuple[dict[str, dict[str, Any]], dict[tuple[str, str], str]]:
    options: dict[str, dict[str, Any]] = {command: {} for command in COMMANDS}
    origin: dict[tuple[str, str], str] = {}
    for place, layer in layers:
        for command, known in COMMANDS.items():
            parts = ((f"{place}{{}}", GENERAL, layer), (f"{place}{command}.{{}}", known, layer.get(command, {})))
            for where, spec, values in parts:
                for name in spec.keys() & values.keys():
                    value = values[name]
                    options[command][name] = _placed(value, folder) if spec[name].kind.startswith("path") else value
                    origin[command, name] = where.format(name)
    return options, origin


def _placed(names: str | list[str], folder: Path) -> str | list[str]:
    """Files named relative to the settings, as paths from anywhere."""
    return str(folder / names) if isinstance(names, str) else [str(folder / name) for name in names]


def _rule(setting: Mapping[str, Any]) -> RuleSetting:
    return RuleSetting(
        params={name: value for name, value in setting.items() if name not in RULE},
        severity=setting.get("severity", ""),
        disabled="" if setting.get("enabled", True) else setting["reason"],
    )


def _faults(content: Mapping[str, Any]) -> Iterator[str]:
    """Everything that is wrong with the form of the settings, with its place."""
    own = {"rules": RULE, "tables": TABLE, "sources": SOURCE, "profiles": {}}
    yield from _section_faults("", content, GENERAL, {*COMMANDS, *own})
    yield from _layer_faults("", content)
    for name, table in _named(content, "profiles"):
        place = f"profiles.{name}"
        if not isinstance(table, dict):
            yield f"{place} 应是一张表"
            continue
        yield from _section_faults(f"{place}.", table, GENERAL, {*COMMANDS, "rules"})
        yield from _layer_faults(f"{place}.", table)
    for name, table in _named(content, "tables"):
        place = f'tables."{name}"'
        if not isinstance(table, dict):
            yield f"{place} 应是一张表"
            continue
        yield from _section_faults(f"{place}.", table, TABLE, {"columns"})
        columns = table.get("columns", {})
        if not isinstance(columns, dict) or not all(isinstance(one, str) for one in columns.values()):
            yield f'{place}.columns 应是 "表头" = "列名"'
        elif not columns and "table" not in table:
            yield f"{place} 没有写 table 或 columns"
    for name, table in _named(content, "sources"):
        place = f"sources.{name}"
        if not isinstance(table, dict):
            yield f"{place} 应是一张表"
            continue
        yield from _section_faults(f"{place}.", table, SOURCE, set())
        if isinstance(table.get("url"), str) and not table["url"].startswith(_SCHEMES):
            yield f"{place}.url 应以 postgresql:// 开头"


def _layer_faults(place: str, layer: Mapping[str, Any]) -> Iterator[str]:
    """Commands and rules, at the top or in a profile."""
    for command, known in COMMANDS.items():
        table = layer.get(command, {})
        if isinstance(table, dict):
            yield from _section_faults(f"{place}{command}.", table, known, set())
        else:
            yield f"{place}{command} 应是一张表"
    for code, table in _named(layer, "rules"):
        where = f"{place}rules.{code}"
        if not isinstance(table, dict):
            yield f"{where} 应是一张表"
            continue
        # other keys are parameters of the rule, judged where rules are known
        yield from _section_faults(f"{where}.", table, RULE, set(table))
        if table.get("enabled") is False and "reason" not in table:
            yield f"{where} 停用规则须写明 reason"


def _named(content: Mapping[str, Any], section: str) -> Iterator[tuple[str, Any]]:
    tables = content.get(section, {})
    if isinstance(tables, dict):
        yield from tables.items()


def _section_faults(
    place: str, table: Mapping[str, Any], known: Mapping[str, Option], others: set[str]
) -> Iterator[str]:
    for name, value in table.items():
        if name in known:
            fault = known[name].fault(value)
            if fault:
                yield f"{place}{name} {fault}"
        elif name not in others:
            close = get_close_matches(name, [*known, *others], n=1)
            yield f"{place}{name} 不认识" + (f",是否指 {close[0]}?" if close else "")
    for name in sorted(others & table.keys() - known.keys()):
        if not place and not isinstance(table[name], dict):
            yield f"{name} 应是一组表"
    yield from (f"{place}{name} 没有写" for name, option in known.items() if option.required and name not in table)
