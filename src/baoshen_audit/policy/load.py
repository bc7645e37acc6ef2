"""From policy files to a `Policy`: every entry read, every mistake named at once, the chain of regions put together."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from difflib import get_close_matches
from itertools import combinations, product
from pathlib import Path
from typing import Any

from baoshen_audit.errors import PolicyError
from baoshen_audit.policy.cite import UNPROVEN, Citation, find, merge
from baoshen_audit.policy.model import Policy
from baoshen_audit.policy.source import Source, chain, own, refuse, shipped
from baoshen_audit.policy.value import DTYPES, Dims, Key, Level, Setting, Value

UNITS: dict[str, tuple[str, ...]] = {
    "int": ("分", "分/月", "分/人月", "分/年", "天", "个月", "周岁", "%", "人", "条", "次", "套", "平方米"),
    "text": ("代码", "文字"),
    "texts": ("代码",),
    "flag": ("是否",),
}
"""The units a value may have, by the kind of its key. Money is in 分 and never in 元."""

_KEY_FIELDS = {"key": str, "title": str, "kind": str, "unit": str}
_KEY_OPTIONAL = {"dims": dict, "choices": list, "symmetric": bool}
_VALUE_FIELDS = ("key", "from", "is", "unit", "cite", "checked_on", "status")
_VALUE_OPTIONAL = ("to", "note")
_TAKEN = {*_VALUE_FIELDS, *_VALUE_OPTIONAL, "on", "month", "value"}
"""Names a dimension cannot have: fields of an entry, columns of a frame, arguments of `Policy.get`."""

_MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")
_YEARS = range(1949, 2200)  # 9999-12-31 is how some write "open": leave `to` out instead
_NAME = re.compile(r"[a-z0-9_]+(\.[a-z0-9_]+)+")


def regions() -> dict[str, str]:
    """The counties that ship with a policy pack: division code → name."""
    return {source.region: source.area for source in shipped() if len(source.region) == 6}


def load_policy(region: str, *, extra: Sequence[Path] = ()) -> Policy:
    """Put together the policy of one county.

    Args:
        region: division code of the county, six digits, e.g. `320413`.
        extra: an office's own policy files. Their values win over shipped ones of the same region, a later file over an
            earlier one; a more local region always wins over a wider one.

    Returns:
        The policy of the county, values of nation, province, city and county together.

    Raises:
        PolicyError: the region has no pack, or files are wrong; all problems are named in one message.
    """
    problems: list[str] = []
    office = own(extra, problems)
    refuse(problems)
    levels = _levels(region, [*shipped(), *office])
    sources = [source for source in (*shipped(), *office) if source.region in levels]
    problems += [
        f"{source.name}:地区 {source.region} 不是 {region} 及其上级,文件用不上"
        for source in office
        if source.region not in levels
    ]
    keys = _keys(sources, problems)
    citations = merge(sources, problems)
    values = [value for source in sources for value in _values(source, keys, citations, problems)]
    problems += _overlaps(values)
    refuse(problems)
    return Policy(region, tuple(Level(code, area) for code, area in levels.items()), keys, tuple(values), citations)


def _levels(region: str, sources: Sequence[Source]) -> dict[str, str]:
    """The chain of a region with the names its packs give; the county itself must have a pack."""
    if not re.fullmatch("[0-9]{6}", region):
        raise PolicyError(f"地区代码“{region}”不对", hint="用 6 位县级区划代码,例如 320413。")
    areas = {source.region: source.area for source in reversed(sources) if source.area}
    if all(source.region != region for source in sources):
        now = next((source for source in sources if region in source.formerly), None)
        shipping = "、".join(f"{code} {area}" for code, area in regions().items())
        raise PolicyError(
            f"地区 {region} 没有政策数据;自带政策数据的地区:{shipping}",
            hint=f"{region} 是{areas.get(now.region, now.region)}的旧代码,请用 {now.region}。"
            if now
            else f'另写一份政策文件([pack] 中写 region = "{region}"),用 --policy FILE 加入。',
        )
    return {code: areas.get(code, "") for code in chain(region)}


def _keys(sources: Sequence[Source], problems: list[str]) -> dict[str, Key]:
    keys: dict[str, Key] = {}
    for source in sources:
        for number, entry in enumerate(source.tables["key"], start=1):
            faults = _key_faults(entry)
            if not faults and entry["key"] in keys:
                faults = ["同一项登记了两次"]
            where = f"{source.name}:[[key]] 第 {number} 条 {entry.get('key', '')}".rstrip()
            problems.extend(f"{where}:{fault}" for fault in faults)
            if not faults:
                keys[entry["key"]] = Key(
                    name=entry["key"],
                    title=entry["title"],
                    kind=entry["kind"],
                    unit=entry["unit"],
                    dims={name: tuple(settings) for name, settings in entry.get("dims", {}).items()},
                    choices=tuple(entry.get("choices", ())),
                    symmetric=entry.get("symmetric", False),
                )
    return dict(sorted(keys.items()))


def _key_faults(entry: Mapping[str, Any]) -> list[str]:
    fields = _KEY_FIELDS | _KEY_OPTIONAL
    faults = [f"不认识的字段 {name}" for name in entry if name not in fields]
    faults += [f"缺少 {name}" for name in _KEY_FIELDS if name not in entry]
    faults += [f"{name} 类型不对" for name, kind in fields.items() if name in entry and type(entry[name]) is not kind]
    if faults:
        return faults
    if not _NAME.fullmatch(entry["key"]):
        faults.append("key 应为小写英文,用点分段")
    if entry["kind"] not in DTYPES:
        faults.append(f"kind 应为 {'、'.join(DTYPES)} 之一")
    elif entry["unit"] not in UNITS[entry["kind"]]:
        faults.append(f"unit 应为 {'、'.join(UNITS[entry['kind']])} 之一")
    dims = entry.get("dims", {})
    if not all(_is_texts(settings) for settings in dims.values()):
        faults.append('dims 应为 维度 = ["取值", …],取值不限时写 []')
    if taken := sorted(set(dims) & _TAKEN):
        faults.append(f"维度名 {'、'.join(taken)} 已有他用")
    if entry.get("symmetric", False) and len(dims) != 2:
        faults.append("symmetric 只用于恰有两个维度的项")
    if not _is_texts(entry.get("choices", [])):
        faults.append("choices 应为文本列表")
    return faults


def _values(
    source: Source, keys: Mapping[str, Key], citations: Mapping[str, Citation], problems: list[str]
) -> Iterator[Value]:
    for number, entry in enumerate(source.tables["value"], start=1):
        name = entry.get("key", "")
        where = f"{source.name}:[[value]] 第 {number} 条 {name}".rstrip()
        if not isinstance(name, str) or name not in keys:
            close = get_close_matches(str(name), keys, n=1)
            problems.append(
                f"{where}:没有这一项" + (f",是否指 {close[0]}?" if close else "(新的项请先用 [[key]] 登记)")
            )
            continue
        key = keys[name]
        faults = [*_field_faults(entry, key), *_cite_faults(entry, citations)]
        start, end = _day(entry.get("from"), last=False), _day(entry.get("to"), last=True)
        faults += [f'{field} 应为 2025-07-01 或 "2025-07"' for field in _undated(entry, start, end)]
        if start and end and end < start:
            faults.append("to 早于 from")
        problems.extend(f"{where}:{fault}" for fault in faults)
        if faults or start is None:
            continue
        for dims in _expand(entry, key):
            yield Value(
                key=name,
                dims=key.order(dims),
                from_=start,
                to_=end,
                is_=_setting(entry["is"]),
                unit=entry["unit"],
                cite=entry["cite"],
                checked_on=entry["checked_on"],
                status=entry["status"],
                level=source.region,
                rank=source.rank,
                source=source.name,
                note=entry.get("note", ""),
            )


def _undated(entry: Mapping[str, Any], start: date | None, end: date | None) -> list[str]:
    return [field for field, day in (("from", start), ("to", end)) if field in entry and day is None]


def _field_faults(entry: Mapping[str, Any], key: Key) -> list[str]:
    known = {*_VALUE_FIELDS, *_VALUE_OPTIONAL, *key.dims}
    faults = [f"不认识的字段 {field}" for field in entry if field not in known]
    faults += [f"缺少 {field}" for field in (*_VALUE_FIELDS, *key.dims) if field not in entry]
    if "is" in entry:
        faults += _setting_faults(entry["is"], key)
    if entry.get("unit", key.unit) != key.unit:
        faults.append(f"unit 应为 {key.unit}" + (",金额一律以分计" if "元" in str(entry["unit"]) else ""))
    if type(entry.get("checked_on", date.min)) is not date:
        faults.append("checked_on 应为日期")
    if entry.get("status", "confirmed") not in ("confirmed", "unconfirmed"):
        faults.append("status 应为 confirmed 或 unconfirmed")
    if not isinstance(entry.get("note", ""), str):
        faults.append("note 应为文本")
    for name, allowed in key.dims.items():
        given = _several(entry.get(name, []))
        strange = [setting for setting in given if not isinstance(setting, str) or (allowed and setting not in allowed)]
        if strange:
            faults.append(f"{name} 的取值 {'、'.join(map(str, strange))} 不在 {'、'.join(allowed)} 之内")
        if name in entry and not given:
            faults.append(f"{name} 没有取值")
    return faults


def _setting_faults(setting: object, key: Key) -> list[str]:
    fits = {
        "int": type(setting) is int and setting >= 0,
        "text": isinstance(setting, str) and bool(setting.strip()),
        "texts": _is_texts(setting),
        "flag": isinstance(setting, bool),
    }
    if not fits[key.kind]:
        wanted = {"int": "不小于 0 的整数", "text": "文本", "texts": "文本列表", "flag": "true 或 false"}[key.kind]
        return [f"is 应为{wanted}"]
    if key.choices and (strange := [item for item in _several(setting) if item not in key.choices]):
        return [f"is 的取值 {'、'.join(strange)} 不在 {'、'.join(key.choices)} 之内"]
    return []


def _cite_faults(entry: Mapping[str, Any], citations: Mapping[str, Citation]) -> list[str]:
    if "cite" not in entry:
        return []  # already named as a missing field
    cited = find(citations, entry["cite"]) if isinstance(entry["cite"], str) else None
    if cited is None:
        return [f"cite “{entry['cite']}”没有登记([[citation]] 的编号或条号)"]
    if cited.kind in UNPROVEN and entry.get("status") == "confirmed":
        return ["依据只是建议值或示例,status 不能为 confirmed"]
    return []


def _overlaps(values: Sequence[Value]) -> list[str]:
    """Two values of one key, level and file group that hold on the same day: nobody could say which is the law."""
    groups: dict[tuple[str, Dims, str, int], list[Value]] = {}
    for value in sorted(values, key=lambda v: v.from_):
        groups.setdefault((value.key, value.dims, value.level, value.rank), []).append(value)
    problems = []
    for (key, dims, _, _), group in groups.items():
        inside = ",".join((key, *(setting for _, setting in dims)))
        for first, second in combinations(group, 2):
            if first.covers(second.from_):
                files = " 与 ".join(dict.fromkeys((first.source, second.source)))
                problems.append(f"{files}:{inside} 自 {first.from_} 与自 {second.from_} 的两个值期间重叠")
    return problems


def _expand(entry: Mapping[str, Any], key: Key) -> Iterator[dict[str, str]]:
    """A dimension may list several values: the entry then stands for each of them."""
    for combo in product(*(_several(entry[name]) for name in key.dims)):
        yield dict(zip(key.dims, combo, strict=True))


def _several(setting: Any) -> list[Any]:  # noqa: ANN401  a TOML value, judged by the caller
    return setting if isinstance(setting, list) else [setting]


def _is_texts(setting: object) -> bool:
    return isinstance(setting, list) and all(isinstance(item, str) and item.strip() for item in setting)


def _setting(setting: Any) -> Setting:  # noqa: ANN401  a TOML value, already judged
    return tuple(setting) if isinstance(setting, list) else setting


def _day(written: object, *, last: bool) -> date | None:
    """A TOML date, or a month: its first day as a beginning, its last day as an end."""
    if type(written) is date:
        return written if written.year in _YEARS else None
    if not isinstance(written, str) or not _MONTH.fullmatch(written) or int(written[:4]) not in _YEARS:
        return None
    year, month = int(written[:4]), int(written[5:])
    return date(year, month, calendar.monthrange(year, month)[1] if last else 1)
