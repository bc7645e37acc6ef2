"""A gate as annotations of a code platform: GitHub workflow commands, GitLab code quality."""

from __future__ import annotations

import json
from typing import Final

from baoshen_audit.audit.gate import GateResult
from baoshen_audit.report.address import LEVELS, placed
from baoshen_audit.report.words import Lang, plain

_GITLAB: Final = {"high": "critical", "medium": "major", "low": "minor", "info": "info"}


def github(gated: GateResult, lang: Lang) -> bytes:
    """One workflow command per finding that is not waived; what could not be checked comes first, as errors."""
    lines = [f"::error title=baoshen-audit::{_data(why)}" for why in gated.incomplete]
    for one in placed(gated, lang):
        if one.row["state"] == "waived":
            continue
        level = LEVELS[one.row["severity"]].replace("note", "notice")
        places = {"file": one.file, "line": "" if one.line is None else str(one.line)}
        places |= {"title": f"{one.row['code']} {one.title}"}
        named = ",".join(f"{name}={_property(value)}" for name, value in places.items() if value)
        sheet = f"〔{one.sheet}〕" if one.sheet else ""
        lines.append(f"::{level} {named}::{_data(f'{sheet}{one.message} [{one.number}]')}")
    return "".join(f"{line}\n" for line in lines).encode()


def _data(text: str) -> str:
    return plain(text).replace("%", "%25")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def gitlab(gated: GateResult, lang: Lang) -> bytes:
    """A code quality report: an array of the findings that are not waived."""
    issues = [
        {
            "description": f"{one.title}: {one.message} ({one.address})",
            "check_name": one.row["code"],
            "fingerprint": one.row["fingerprint"],
            "severity": _GITLAB[one.row["severity"]],
            "location": {"path": one.file or ".", "lines": {"begin": max(one.line or 1, 1)}},
        }
        for one in placed(gated, lang)
        if one.row["state"] != "waived"
    ]
    return (json.dumps(issues, ensure_ascii=False, indent=1) + "\n").encode()
