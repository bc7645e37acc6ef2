"""A gate as SARIF 2.1.0 (OASIS), for platforms that show findings beside the files."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import quote

from baoshen_audit.audit.gate import GateResult
from baoshen_audit.report.address import LEVELS, Placed, placed
from baoshen_audit.report.words import Lang, place, plain, speaker
from baoshen_audit.rule import RuleSet

SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
FINGERPRINT: Final = "baoshenFinding/v1"

_BASELINE: Final = {"new": "new", "expired": "unchanged", "waived": "unchanged", "updated": "updated"}


def render(gated: GateResult, lang: Lang) -> bytes:
    """The SARIF log of a gate: one run, its rules, its results, and what could not be checked as notifications."""
    codes = sorted(set(gated.result.coverage["code"]) | set(gated.findings["code"]))
    index = {code: number for number, code in enumerate(codes)}
    run = {
        "tool": {"driver": _driver(gated, codes, lang)},
        "automationDetails": {"id": f"baoshen-audit/gate/{gated.result.manifest['region']}/{gated.month}/"},
        "columnKind": "unicodeCodePoints",
        "invocations": [
            {
                "executionSuccessful": not gated.incomplete,
                "exitCode": gated.exit_code,
                "toolExecutionNotifications": _notifications(gated, lang),
            }
        ],
        "artifacts": _artifacts(gated),
        "results": [_result(one, index) for one in placed(gated, lang)],
    }
    document = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def _driver(gated: GateResult, codes: list[str], lang: Lang) -> dict[str, Any]:
    known = RuleSet.discover()
    titles = {row["code"]: row for row in gated.result.coverage.iter_rows(named=True)}
    rules = []
    for code in codes:
        entry: dict[str, Any] = {"id": code}
        if code in titles:
            title = titles[code]["title_en" if lang == "en" else "title"]
            entry |= {"shortDescription": {"text": title}}
        if code in known:
            level = LEVELS[known[code].severity.value]
            entry |= {"name": _pascal(known[code].name), "defaultConfiguration": {"level": level}}
            # the example has whole numbers of invented people: nobody who scans a log for leaks can tell
            told = known[code].doc.partition("## 示例")[0].strip()
            entry |= {"help": {"text": told, "markdown": told}}
        rules.append(entry)
    return {"name": "baoshen-audit", "version": str(gated.result.manifest["tool"]), "rules": rules}


def _pascal(name: str) -> str:
    return "".join(word.capitalize() for word in name.split("-"))


def _artifacts(gated: GateResult) -> list[dict[str, Any]]:
    hashes = {plain(file): sha for file, sha in gated.result.inputs.select("file", "sha256").iter_rows()}
    return [
        {"location": {"uri": quote(file)}, **({"hashes": {"sha-256": sha}} if sha else {})}
        for file, sha in sorted(hashes.items())
    ]


def _notifications(gated: GateResult, lang: Lang) -> list[dict[str, Any]]:
    say = speaker(lang)
    told = [("error", plain(why)) for why in gated.incomplete]
    for row in gated.result.coverage.iter_rows(named=True):
        if row["status"] == "not_evaluable":
            reason = say(row["reason"] or "", row["reason_en"] or "")
            told.append(("note", f"{row['code']} {say('未能评估', 'not evaluable')}: {reason}"))
    for file, sheet, reason in gated.result.unrecognised.select("file", "sheet", "reason").iter_rows():
        told.append(("warning", f"{place(file, sheet)}: {reason}"))
    return [{"level": level, "message": {"text": text}} for level, text in told]


def _result(one: Placed, index: Mapping[str, int]) -> dict[str, Any]:
    row = one.row
    result: dict[str, Any] = {
        "ruleId": row["code"],
        "ruleIndex": index[row["code"]],
        "level": LEVELS[row["severity"]],
        "message": {"text": f"{one.title}: {one.message}"},
        "baselineState": _BASELINE[row["state"]],
        "fingerprints": {FINGERPRINT: row["fingerprint"]},
        "partialFingerprints": {FINGERPRINT: row["fingerprint"]},
        "properties": {"severity": row["severity"], "grade": row["grade"], "counted": row["counted"]},
    }
    if one.file:
        result["locations"] = [_location(one)]
    # GitHub reads a result without suppressions as one that is open
    if row["state"] == "waived":
        result["suppressions"] = [{"kind": "external", "status": "accepted", "justification": plain(row["reason"])}]
    return result


def _location(one: Placed) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": {"uri": one.uri}}
    if one.line:
        physical["region"] = {"startLine": one.line}
    return {"physicalLocation": physical, "logicalLocations": [{"fullyQualifiedName": one.address}]}
