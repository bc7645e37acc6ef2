"""`baoshen-audit rules`: the list of rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Final, Literal

import typer

from baoshen_audit.cli.shell import LangOption, NoColorOption, VerboseOption, console, guard

if TYPE_CHECKING:
    from baoshen_audit.rule import Rule


HELP: Final = "列出全部规则:编码、名称、严重程度、等级、所需数据"


def rules(
    *,
    form: Annotated[
        Literal["table", "json"], typer.Option("--format", metavar="table|json", help="输出格式")
    ] = "table",
    lang: LangOption = "zh",
    verbose: VerboseOption = False,
    no_color: NoColorOption = False,
) -> None:
    """Print the list of rules."""
    with guard(verbose=verbose):
        from baoshen_audit.report.terminal import rule_list  # noqa: PLC0415
        from baoshen_audit.rule import RuleSet  # noqa: PLC0415

        found = RuleSet.discover()
        if form == "json":
            typer.echo(_json([_data(rule) for rule in found.values()]))
        else:
            console(no_color=no_color).print(rule_list(found, lang))


def _json(rules: list[dict[str, Any]]) -> str:
    import json  # noqa: PLC0415

    return json.dumps(rules, ensure_ascii=False, indent=2)


def _data(rule: Rule) -> dict[str, Any]:
    return {
        "code": rule.code,
        "name": rule.name,
        "title": rule.title,
        "title_en": rule.title_en,
        "family": rule.family,
        "severity": rule.severity.value,
        "grade": rule.grade.value,
        "key": rule.key,
        "needs": [
            {
                "table": need.table,
                "optional": need.optional,
                "columns": list(need.columns),
                "optional_columns": list(need.optional_columns),
            }
            for need in rule.needs
        ],
        "basis": list(rule.basis),
        "policy": list(rule.policy),
        "since": rule.since,
        "aliases": list(rule.aliases),
    }
