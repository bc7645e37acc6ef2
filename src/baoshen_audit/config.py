"""baoshen.toml: where an office's own settings stand. So far: the databases intake reads besides files.

```toml
[sources."低保名册"]
url = "postgresql://reader@10.0.0.5/minzheng"   # the password comes from ~/.pgpass or PGPASSWORD, not from here
query = "select * from dibao where month = '2026-06'"   # or the name of a table or view
table = "dibao"                                  # optional: which of our tables it is
```
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from baoshen_audit.errors import ConfigError

NAME: Final = "baoshen.toml"
_SCHEMES: Final = ("postgresql://", "postgres://")
_KEYS: Final = {"url", "query", "table"}
_BYTES: Final = 1 << 20


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


def database_sources(path: Path) -> list[DatabaseSource]:
    """The databases a configuration names, in its order.

    Args:
        path: a baoshen.toml.

    Raises:
        ConfigError: not TOML, or a source that is incomplete or has unknown keys; all of them are named.
    """
    try:
        if path.stat().st_size > _BYTES:
            raise ValueError
        content = tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except (OSError, ValueError):
        raise ConfigError(f"配置文件无法读取：{path.name}", hint="检查 TOML 格式和 UTF-8 编码。") from None
    sources = content.get("sources", {})
    wrong: list[str] = []
    found: list[DatabaseSource] = []
    if not isinstance(sources, dict):
        sources, wrong = {}, ["sources 应是一组表 [sources.名称]"]
    for name, table in sources.items():
        faults = _faults(table)
        wrong += [f"[sources.{name}] {fault}" for fault in faults]
        if not faults:
            found.append(DatabaseSource(name, **table))
    if wrong:
        raise ConfigError(
            f"{path.name} 有 {len(wrong)} 处错误：{'；'.join(wrong)}", hint="每个数据源写 url、query，可选 table。"
        )
    return found


def _faults(table: object) -> list[str]:
    if not isinstance(table, dict):
        return ["应是一张表"]
    faults = [f"不认识的键 {key}" for key in sorted(table.keys() - _KEYS)]
    faults += [f"缺少 {key}" for key in ("url", "query") if key not in table]
    faults += [f"{key} 应是文字" for key in sorted(table.keys() & _KEYS) if not isinstance(table[key], str)]
    if isinstance(table.get("url"), str) and not table["url"].startswith(_SCHEMES):
        faults.append("url 应以 postgresql:// 开头")
    return faults
