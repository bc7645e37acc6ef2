"""The formats of a gate, by the name they are asked for with."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

from baoshen_audit.report.words import Lang

if TYPE_CHECKING:
    from baoshen_audit.audit.gate import GateResult

FORMATS: Final = {
    "human": "terminal.gate:text",
    "concise": "lines:concise",
    "json": "gate_json:render",
    "jsonl": "lines:jsonl",
    "junit": "junit:render",
    "sarif": "sarif:render",
    "github": "annotations:github",
    "gitlab": "annotations:gitlab",
    "csv": "lines:table",
    "html": "gate_page:render",
}
"""Format → `module:function` of this package; the function takes a `GateResult` and a language and gives bytes."""


def render(gated: GateResult, form: str, lang: Lang) -> bytes:
    """A gate in one format, UTF-8; the same bytes whether they go to stdout or to a file."""
    module, _, function = FORMATS[form].partition(":")
    content: bytes = getattr(import_module(f"baoshen_audit.report.{module}"), function)(gated, lang)
    return content
