"""A gate as lines: one finding each, for people (concise), for programs (jsonl) and for a spreadsheet (csv)."""

from __future__ import annotations

import csv
import io
import json
from typing import Final

from baoshen_audit.audit.gate import GateResult
from baoshen_audit.report.address import Placed, placed
from baoshen_audit.report.json_v1 import finding_rows
from baoshen_audit.report.words import SEVERITIES, Lang, named, plain, speaker

_COLUMNS: Final = (
    ("编号", "number"),
    ("文件", "file"),
    ("工作表", "sheet"),
    ("行", "row"),
    ("规则", "code"),
    ("规则名称", "title"),
    ("严重程度", "severity"),
    ("状态", "state"),
    ("计入", "counted"),
    ("说明", "message"),
    ("指纹", "fingerprint"),
)


def concise(gated: GateResult, lang: Lang) -> bytes:
    """`file:sheet:row: CODE severity message [number]`, one line a finding; those that do not count are left out."""
    say = speaker(lang)
    return "".join(
        f"{one.address}: {one.row['code']} {named(SEVERITIES, one.row['severity'], say)} {one.message} [{one.number}]\n"
        for one in placed(gated, lang)
        if one.row["counted"]
    ).encode()


def jsonl(gated: GateResult, lang: Lang) -> bytes:
    """Findings v1, one JSON object a line, with `state`, `counted` and the `reason` of the waiver that holds."""
    rows = zip(finding_rows(gated.findings), gated.findings.iter_rows(named=True), strict=True)
    told = ({**row, "state": full["state"], "counted": full["counted"], "reason": full["reason"]} for row, full in rows)
    return "".join(json.dumps(row, ensure_ascii=False, default=str) + "\n" for row in told).encode()


def table(gated: GateResult, lang: Lang) -> bytes:
    """CSV with a byte order mark, as Excel wants it; a cell that looks like a formula stays text."""
    say = speaker(lang)
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(say(zh, en) for zh, en in _COLUMNS)
    for one in placed(gated, lang):
        writer.writerow(_inert(cell) for cell in _cells(one, lang))
    return out.getvalue().encode("utf-8-sig")


def _cells(one: Placed, lang: Lang) -> list[str]:
    row = one.row
    return [
        one.number,
        one.file,
        one.sheet,
        "" if one.line is None else str(one.line),
        row["code"],
        one.title,
        named(SEVERITIES, row["severity"], speaker(lang)),
        row["state"],
        speaker(lang)("是", "yes") if row["counted"] else speaker(lang)("否", "no"),
        one.message,
        row["fingerprint"],
    ]


def _inert(cell: str) -> str:
    """Text that a spreadsheet program will not run."""
    text = plain(cell)
    return f"'{text}" if text.startswith(("=", "+", "-", "@")) else text
