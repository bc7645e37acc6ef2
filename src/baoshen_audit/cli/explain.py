"""`baoshen-audit explain`: the documentation of a rule."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Final

import typer

from baoshen_audit.cli.shell import LangOption, NoColorOption, VerboseOption, console, guard
from baoshen_audit.errors import UsageError

if TYPE_CHECKING:
    from baoshen_audit.rule import Rule


HELP: Final = "说明一条规则:查什么、依据、常见误报、怎样核实、处理"


def explain(
    *,
    code: Annotated[str, typer.Argument(metavar="CODE", help="规则编码,如 ERR201")],
    lang: LangOption = "zh",
    verbose: VerboseOption = False,
    no_color: NoColorOption = False,
) -> None:
    """Print the documentation of a rule."""
    with guard(verbose=verbose):
        from baoshen_audit.report.terminal import rule_page  # noqa: PLC0415
        from baoshen_audit.rule import RuleSet  # noqa: PLC0415

        rule = _named(code.strip(), RuleSet.discover())
        console(no_color=no_color).print(rule_page(rule, lang))


def _named(code: str, rules: Mapping[str, Rule]) -> Rule:
    """The rule of a code, a former code or a name.

    Raises:
        UsageError: no such rule; the hint names the closest.
    """
    from difflib import get_close_matches  # noqa: PLC0415

    spoken = {alias: rule for rule in rules.values() for alias in (rule.code, rule.name, *rule.aliases)}
    found = spoken.get(code.upper()) or spoken.get(code.lower())
    if found:
        return found
    # letters typed for digits are the commonest slip in a code
    typed = code.upper()
    typed = typed[:-3] + typed[-3:].translate(str.maketrans("OILZSB", "011258"))
    near = dict.fromkeys(spoken[word].code for word in get_close_matches(typed, spoken, n=3, cutoff=0.5))
    meant = "、".join(f"{one} {rules[one].title}" for one in near)
    hint = f"您要找的可能是:{meant}" if meant else "用 baoshen-audit rules 查看全部规则"
    raise UsageError(f"没有编码为 {code} 的规则", hint=hint)
