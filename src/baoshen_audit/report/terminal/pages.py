"""The page of a rule and the list of rules."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import Final

from rich import box
from rich.console import Group, RenderableType
from rich.markdown import Markdown
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from baoshen_audit.errors import PolicyError
from baoshen_audit.policy import citation
from baoshen_audit.report import words
from baoshen_audit.report.words import Lang, Say
from baoshen_audit.rule import Need, Rule
from baoshen_audit.schemas import TABLES

_PLACEHOLDER: Final = re.compile(r"\{([^{}:/|]+)(?::[^{}|]*)?(?:/15)?\}")
"""The synthetic IDs of an example, as a rule's documentation writes them: `{甲:1941-03-05男}`."""


def rule_page(rule: Rule, lang: Lang = "zh") -> RenderableType:
    """The documentation of a rule: its declaration, then its text.

    Args:
        rule: the rule.
        lang: language of the declaration; the text of a rule is Chinese.

    Returns:
        Something a rich console prints.
    """
    say = words.speaker(lang)
    title = Text.assemble((rule.code, "bold cyan"), " ", (say(rule.title, rule.title_en), "bold"))
    other = Text(f"{say(rule.title_en, rule.title)} · {rule.name}", style="dim")
    facts = Table.grid(padding=(0, 2))
    facts.add_column(style="dim", no_wrap=True)
    facts.add_column(overflow="fold")
    for label, value in _facts(rule, say):
        facts.add_row(Text(label), value)
    doc = _PLACEHOLDER.sub(r"(\1的证号)", rule.doc)
    return Group(title, other, Padding(facts, (1, 0)), Markdown(doc))


def _facts(rule: Rule, say: Say) -> list[tuple[str, RenderableType]]:
    grade = f"{say(*words.GRADES[rule.grade])}({say(*words.GRADE_MEANING[rule.grade])})"
    facts: list[tuple[str, RenderableType]] = [
        (say("类别", "Family"), Text(f"{words.named(words.FAMILIES, rule.family, say)} {rule.family}")),
        (say("等级上限", "Grade at best"), Text(grade)),
        (say("严重程度", "Severity"), Text(say(*words.SEVERITIES[rule.severity]))),
        (say("所需数据", "Needs"), Group(*(Text(_need(need, say)) for need in rule.needs))),
    ]
    if rule.basis:
        facts.append((say("依据", "Basis"), Group(*(Text(_basis(ref)) for ref in rule.basis))))
    if rule.policy:
        facts.append((say("政策参数", "Policy values"), Text("、".join(rule.policy))))
    if rule.params:
        params = [Text(f"{name} = {value!r}") for name, value in rule.params.items()]
        facts.append((say("可调参数", "Parameters"), Group(*params)))
    if rule.aliases:
        facts.append((say("曾用编码", "Former codes"), Text("、".join(rule.aliases))))
    facts.append((say("始于版本", "Since"), Text(rule.since)))
    return facts


_PSEUDO: Final = {
    "roll": "各类名册",
    "entry": "各类名册(逐行)",
    "problem": "读不出的单元格",
    "sheet": "读入的表",
    "batch": "本月与上月批次",
    "feed": "数据源状态",
    "policy_gap": "政策参数缺口",
    "kin_link": "近亲属关系",
    "outcome": "核查结果",
    "applicant": "申请人及其家庭成员",
}
"""Tables that preparation makes of delivered ones."""


def _table_name(need: Need, say: Say) -> str:
    return say(_PSEUDO[need.table], need.table) if need.table in _PSEUDO else words.table_title(need.table, say)


def _column_name(table: str, column: str, say: Say) -> str:
    """The Chinese title of a column; in a prepared table the one that most tables use."""
    specs = [TABLES[table]] if table in TABLES else TABLES.values()
    titles = Counter(spec.columns[column].title for spec in specs if column in spec.columns)
    return say(titles.most_common(1)[0][0] if titles else column, column)


def _need(need: Need, say: Say) -> str:
    absent = say("(可缺)", "?")
    names = [_column_name(need.table, column, say) for column in need.columns]
    names += [_column_name(need.table, column, say) + absent for column in need.optional_columns]
    table = _table_name(need, say) + (absent if need.optional else "")
    return f"{table}{say(':', ': ')}{'、'.join(names)}" if names else table


def _basis(ref: str) -> str:
    try:
        cited = citation(ref)
    except PolicyError:
        return ref  # a plugin may cite documents of its own office
    return f"{cited.label} {cited.gist}".rstrip()


def rule_list(rules: Mapping[str, Rule], lang: Lang = "zh") -> RenderableType:
    """The rules as a table: code, title, family, severity, grade, needs."""
    say = words.speaker(lang)
    table = Table(box=box.SIMPLE_HEAD, header_style="dim", pad_edge=False, show_edge=False, padding=(0, 1, 0, 0))
    table.add_column(say("编码", "Code"), no_wrap=True)
    table.add_column(say("名称", "Title"), overflow="fold")
    table.add_column(say("类别", "Family"), no_wrap=True)
    table.add_column(say("严重程度", "Severity"), no_wrap=True)
    table.add_column(say("等级", "Grade"), no_wrap=True)
    table.add_column(say("所需数据(* 可缺)", "Needs (* optional)"), overflow="fold")
    for rule in rules.values():
        needs = "、".join(_table_name(need, say) + "*" * need.optional for need in rule.needs)
        table.add_row(
            Text(rule.code, style="bold cyan"),
            Text(say(rule.title, rule.title_en)),
            Text(words.named(words.FAMILIES, rule.family, say)),
            Text(say(*words.SEVERITIES[rule.severity])),
            Text(say(*words.GRADES[rule.grade])),
            Text(needs),
        )
    return table
