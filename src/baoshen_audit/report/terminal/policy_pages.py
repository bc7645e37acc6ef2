"""Policy in the terminal: the keys there are, what each level says about one, what to look after."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from rich import box
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from baoshen_audit.policy import Dims, Key, Policy, Remark, Step, Value
from baoshen_audit.policy.check import KINDS
from baoshen_audit.report import words
from baoshen_audit.report.words import Lang, Say

_KINDS_EN: Final = {
    "missing": "no value",
    "gap": "hole in time",
    "stale": "not compared for long",
    "lapsed": "document lapsed",
    "unconfirmed": "unconfirmed",
}


def key_list(policy: Policy, lang: Lang = "zh") -> RenderableType:
    """Every key that may be set, and how many values the chain of the county holds."""
    say = words.speaker(lang)
    table = _table(say("参数", "Key"), say("名称", "Title"), say("单位", "Unit"), say("维度", "Dimensions"))
    table.add_column(say("值", "Values"), justify="right")
    counts = dict.fromkeys(policy.keys, 0)
    for value in policy.values:
        counts[value.key] += 1
    for key in policy.keys.values():
        table.add_row(
            Text(key.name, style="cyan"), Text(key.title), Text(key.unit), Text(_dimensions(key)), str(counts[key.name])
        )
    return table


def explanation(policy: Policy, key: str, steps: Iterable[Step], lang: Lang = "zh") -> RenderableType:
    """What each level says about a key, from the nation to the county, the value that counts marked."""
    say = words.speaker(lang)
    declared = policy.keys[key]
    head = Text.assemble((key, "bold cyan"), " ", (declared.title, "bold"), (f"  {declared.unit}", "dim"))
    table = _table("", say("地区", "Region"), say("情形", "For"), say("值", "Value"), say("期间", "Period"))
    table.add_column(say("依据", "Source"), overflow="fold")
    for step in steps:
        place = Text(f"{step.level.area} {step.level.code}".strip())
        if step.value is None:
            table.add_row("", place, "", Text(say("未作规定", "says nothing"), style="dim"), "", "")
        else:
            table.add_row(
                Text("→" if step.wins else "", style="bold green"),
                place,
                Text(_settings(step.value.dims)),
                Text(_said(step.value), style="bold" if step.wins else "dim"),
                Text(f"{step.value.from_} – {step.value.to_ or ''}"),
                Text(_source(policy, step.value, say)),
            )
    return Group(head, Padding(table, (1, 0, 0, 0)))


def remark_list(remarks: Sequence[Remark], lang: Lang = "zh") -> RenderableType:
    """What to look after: first what should be mended, then what the county has yet to confirm."""
    say = words.speaker(lang)
    if not remarks:
        return Text(say("没有需要处理的政策参数", "Nothing to look after"))
    table = _table(say("问题", "What"), say("参数", "Key"), say("情形", "For"))
    table.add_column(say("说明", "Remark"), overflow="fold")
    for one in sorted(remarks, key=lambda one: not one.blocks):
        table.add_row(
            Text(say(KINDS[one.kind], _KINDS_EN[one.kind]), style="bold red" if one.blocks else "yellow"),
            Text.assemble((one.key, "cyan"), f"\n{one.title}"),
            Text(_settings(one.dims)),
            Text(one.text + (f"\n{one.source}" if one.source else "")),
        )
    return table


def _table(*headers: str) -> Table:
    table = Table(box=box.SIMPLE_HEAD, header_style="dim", pad_edge=False, show_edge=False, padding=(0, 1, 0, 0))
    for header in headers:
        table.add_column(header, overflow="fold")
    return table


def _dimensions(key: Key) -> str:
    return ";".join(f"{name}={'/'.join(settings) or '…'}" for name, settings in key.dims.items())


def _settings(dims: Dims) -> str:
    return "、".join(setting for _, setting in dims)


def _said(value: Value) -> str:
    if isinstance(value.is_, bool):
        return "是" if value.is_ else "否"
    return "、".join(value.is_) if isinstance(value.is_, tuple) else str(value.is_)


def _source(policy: Policy, value: Value, say: Say) -> str:
    checked = say(f"{value.checked_on} 核对", f"compared {value.checked_on}")
    state = say("未经本地确认", "unconfirmed") if value.status == "unconfirmed" else ""
    remarks = "\n".join(filter(None, (policy.citation(value.cite).gist, value.note, value.source)))
    return f"{policy.citation(value.cite).label}({'、'.join(filter(None, (checked, state)))})\n{remarks}".rstrip()
