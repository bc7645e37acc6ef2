"""What a person reads of a gate: the verdict, why, the rules with findings, the first findings."""

from __future__ import annotations

from io import StringIO
from typing import Final

from rich.console import Console
from rich.text import Text

from baoshen_audit.audit.gate import GateResult
from baoshen_audit.report import tally
from baoshen_audit.report.address import Placed, placed
from baoshen_audit.report.words import LEADS_ONLY, SEVERITIES, VERDICTS, WAIVER_STATES, Lang, named, plain, speaker

SHOWN: Final = 30
"""Findings listed: the rest is counted; `concise` lists all."""

_STYLES: Final = {0: "bold green", 1: "bold red", 3: "bold yellow"}


def page(gated: GateResult, lang: Lang) -> Text:
    """The page, with styles that a console may drop."""
    say = speaker(lang)
    out = Text()
    out.append(f"{say(*VERDICTS[gated.exit_code])}", style=_STYLES[gated.exit_code])
    out.append(say(f"  {gated.month}  {gated.rows} 行\n", f"  {gated.month}  {gated.rows} rows\n"))
    for why in (*gated.incomplete, *gated.failures):
        out.append(f"  · {plain(why)}\n")
    titles = {code: say(zh, en) for code, zh, en in gated.findings.select("code", "title", "title_en").iter_rows()}
    for line in tally.by(gated.findings, "code"):
        out.append(f"  {line.label:8} {line.findings:>6}  {plain(titles[line.label])}\n")
    counted = [one for one in placed(gated, lang) if one.row["counted"]]
    if counted:
        out.append("\n")
    for one in counted[:SHOWN]:
        _finding(out, one, lang)
    if len(counted) > SHOWN:
        left = len(counted) - SHOWN
        out.append(say(f"另有 {left} 条,用 --format concise 列出全部\n", f"{left} more: --format concise lists all\n"))
    out.append(f"\n{say(*LEADS_ONLY)}\n")
    return out


def _finding(out: Text, one: Placed, lang: Lang) -> None:
    say = speaker(lang)
    state = "" if one.row["state"] == "new" else f" ({named(WAIVER_STATES, one.row['state'], say)})"
    out.append(f"{one.address} ", style="bold")
    severity = named(SEVERITIES, one.row["severity"], say)
    out.append(f"{one.row['code']} {severity} {one.title}: {one.message}{state} [{one.number}]\n")


def text(gated: GateResult, lang: Lang) -> bytes:
    """The page without colours, for a file or a pipe."""
    out = StringIO()
    Console(file=out, color_system=None, width=100).print(page(gated, lang), soft_wrap=True, end="")
    return out.getvalue().encode()
