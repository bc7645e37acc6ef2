"""A gate as one JSON document: its verdict, the state of every finding, and findings v1 unchanged."""

from __future__ import annotations

import json
from typing import Any, Final

from baoshen_audit.audit.gate import GateResult
from baoshen_audit.report import json_v1
from baoshen_audit.report.words import Lang

SCHEMA: Final = "baoshen-audit/gate/v1"


def verdict(gated: GateResult) -> dict[str, Any]:
    """The verdict: `passed`, the exit code, why, and how many findings there are by state."""
    states = dict(gated.findings["state"].value_counts(sort=True).iter_rows())
    return {
        "passed": gated.exit_code == 0,
        "exit_code": gated.exit_code,
        "month": gated.month,
        "rows": gated.rows,
        "failures": list(gated.failures),
        "incomplete": list(gated.incomplete),
        "counted": int(gated.findings["counted"].sum()),
        "states": {state: int(states.get(state, 0)) for state in ("new", "updated", "expired", "waived", "known")},
        "unused_waivers": [waiver.fingerprint for waiver in gated.unused],
    }


def render(gated: GateResult, lang: Lang) -> bytes:
    """The document: `schema`, `gate` (the verdict), `states` (fingerprint → state) and `report` (findings v1)."""
    head = {
        "schema": SCHEMA,
        "gate": verdict(gated),
        "states": dict(gated.findings.select("fingerprint", "state").iter_rows()),
    }
    text = json.dumps(head, ensure_ascii=False, indent=1).encode()
    return text[:-2] + b',\n "report": ' + json_v1.render(gated.result).rstrip() + b"\n}\n"
