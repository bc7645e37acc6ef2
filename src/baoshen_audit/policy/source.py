"""Where policy comes from: the TOML files inside the package, and an office's own.

A shipped file lies in the folder of its region, `data/national/`, `data/32/`, `data/32/3204/`, `data/32/3204/320413/`;
an office's file may lie anywhere. Both say in `[pack]` which region they speak for, and hold any of `[[key]]`,
`[[value]]` and `[[citation]]`: there is one format and one door.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import TYPE_CHECKING, Any

from baoshen_audit.errors import PolicyError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

NATION = "CN"
"""The region code of national law."""

SECTIONS = ("pack", "key", "value", "citation")
_PACK_FIELDS = {"region": str, "area": str, "formerly": list}
_TOML_PLACE = re.compile(r"line ([0-9]+), column ([0-9]+)")
_REGION = re.compile(r"CN|[0-9]{2}|[0-9]{4}|[0-9]{6}")


@dataclass(frozen=True, slots=True)
class Source:
    """One policy file, read but not yet understood.

    Attributes:
        name: how messages call the file.
        region: `CN` or 2, 4 or 6 digits of the division code.
        area: the region in words; may be empty where another file of the region names it.
        formerly: division codes the region had before.
        rank: 0 for shipped files, then 1, 2, … for an office's files in the order given; within one region the higher
            rank wins.
        tables: the `[[key]]`, `[[value]]` and `[[citation]]` entries as TOML gives them.
    """

    name: str
    region: str
    area: str
    formerly: tuple[str, ...]
    rank: int
    tables: dict[str, list[dict[str, Any]]]


def chain(region: str) -> tuple[str, ...]:
    """The regions whose law holds in a county: nation, province, city, county."""
    return (NATION, region[:2], region[:4], region)


def read(name: str, content: bytes, rank: int, problems: list[str]) -> Source | None:
    """Read one policy file.

    Args:
        name: how messages call it.
        content: the bytes of the file, UTF-8 with or without a byte-order mark.
        rank: see `Source.rank`.
        problems: receives what is wrong with the file, one sentence each.

    Returns:
        The file, or None when it says too little to go on.
    """
    try:
        table = tomllib.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        problems.append(f"{name}:不是 UTF-8 编码")
        return None
    except tomllib.TOMLDecodeError as error:
        place = _TOML_PLACE.search(str(error))
        where = f"第 {place[1]} 行第 {place[2]} 列" if place else "文件末尾"
        problems.append(f"{name}:{where}不合 TOML 语法")
        return None
    before = len(problems)
    pack = _pack(name, table, problems)
    tables = {section: _entries(name, section, table, problems) for section in SECTIONS[1:]}
    problems.extend(f"{name}:不认识的部分 [{section}]" for section in table if section not in SECTIONS)
    if len(problems) > before:
        return None
    return Source(name, pack["region"], pack.get("area", ""), tuple(pack.get("formerly", ())), rank, tables)


def _pack(name: str, table: dict[str, Any], problems: list[str]) -> dict[str, Any]:
    pack = table.get("pack")
    if not isinstance(pack, dict):
        problems.append(f"{name}:缺少 [pack](至少写明 region)")
        return {}
    problems.extend(f"{name}:[pack] 中不认识的字段 {field}" for field in pack if field not in _PACK_FIELDS)
    wrong = [field for field, kind in _PACK_FIELDS.items() if field in pack and not isinstance(pack[field], kind)]
    problems.extend(f"{name}:[pack] {field} 类型不对" for field in wrong)
    if "region" not in wrong and not _REGION.fullmatch(pack.get("region", "")):
        problems.append(f"{name}:[pack] region 应为 CN 或 2、4、6 位区划代码")
    if "formerly" not in wrong and not all(isinstance(code, str) for code in pack.get("formerly", [])):
        problems.append(f"{name}:[pack] formerly 应为区划代码的列表")
    return pack


def _entries(name: str, section: str, table: dict[str, Any], problems: list[str]) -> list[dict[str, Any]]:
    entries = table.get(section, [])
    if isinstance(entries, list) and all(isinstance(entry, dict) for entry in entries):
        return entries
    problems.append(f"{name}:{section} 应写成 [[{section}]]")
    return []


@cache
def shipped() -> tuple[Source, ...]:
    """Every policy file of the package, sorted by name.

    Raises:
        PolicyError: when the installed files are damaged.
    """
    problems: list[str] = []
    found = [
        (folder, read(name, content, 0, problems))
        for folder, name, content in sorted(_walk(files("baoshen_audit.policy") / "data", "data", ""))
    ]
    sources = [(folder, source) for folder, source in found if source is not None]
    problems.extend(
        f"{source.name}:region 与所在文件夹 {folder} 不一致"
        for folder, source in sources
        if (NATION if folder == "national" else folder) != source.region
    )
    refuse(problems)
    return tuple(source for _, source in sources)


def _walk(folder: Traversable, name: str, path: str) -> Iterator[tuple[str, str, bytes]]:
    for item in folder.iterdir():
        where = f"{path}{item.name}"
        if item.is_dir():
            yield from _walk(item, item.name, f"{where}/")
        elif item.name.endswith(".toml"):
            yield name, where, item.read_bytes()


def own(paths: Sequence[Path], problems: list[str]) -> list[Source]:
    """Read an office's policy files, in the order given: a later file wins over an earlier one of the same region."""
    found = []
    for rank, path in enumerate(paths, start=1):
        try:
            content = path.read_bytes()
        except OSError:
            problems.append(f"{path}:文件不存在或无法读取")
            continue
        found.append(read(str(path), content, rank, problems))
    return [source for source in found if source is not None]


def refuse(problems: Sequence[str]) -> None:
    """Raise one error that names all problems, or return when there are none."""
    if not problems:
        return
    listed = "".join(f"\n  - {problem}" for problem in problems)
    raise PolicyError(
        f"政策数据有 {len(problems)} 处问题:{listed}",
        hint="逐条改正所列文件后重试;格式可参照程序自带的政策文件。",
    )
