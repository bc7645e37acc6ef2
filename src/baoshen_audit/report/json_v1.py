"""Findings v1 as JSON: a published format with its own list of fields, not a dump of what happens to be inside.

The fields of this file are a promise: one may be added in a later minor version, none renamed, removed or given
another meaning without `findings/v2`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

import polars as pl

from baoshen_audit.audit import Result
from baoshen_audit.finding import Grade, Held, Severity

SCHEMA: Final = "baoshen-audit/findings/v1"

Fields = Mapping[str, dict[str, Any]]

_TEXT: Final[dict[str, Any]] = {"type": "string"}
_TEXT_OR_NULL: Final[dict[str, Any]] = {"type": ["string", "null"]}
_COUNT: Final[dict[str, Any]] = {"type": "integer", "minimum": 0}
_COUNT_OR_NULL: Final[dict[str, Any]] = {"type": ["integer", "null"], "minimum": 0}
_DAY: Final[dict[str, Any]] = {"type": ["string", "null"], "format": "date"}
_FEN: Final[dict[str, Any]] = {
    "type": ["integer", "null"],
    "description": "分 (1/100 元); to be examined, never a debt",
}
_TEXTS: Final[dict[str, Any]] = {"type": "array", "items": _TEXT}
_MASKED: Final[dict[str, Any]] = {"type": ["string", "null"], "description": "masked unless manifest.revealed"}


def _object(fields: Fields) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {name: dict(spec) for name, spec in fields.items()},
        "required": list(fields),
        "additionalProperties": False,
    }


EVIDENCE_FIELDS: Final[Fields] = {
    "table": _TEXT,
    "file": _TEXT_OR_NULL,
    "sheet": _TEXT_OR_NULL,
    "row": {"type": ["integer", "null"], "description": "row number as a spreadsheet shows it; rowid in a database"},
    "column": {"type": ["string", "null"], "description": "column letter; empty in a database or frame"},
    "header": _TEXT_OR_NULL,
    "field": _TEXT,
    "value": {"type": ["string", "null"], "description": "the cell as written, masked unless manifest.revealed"},
}
FINDING_FIELDS: Final[Fields] = {
    "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{32}$", "description": "the case, the same every month"},
    "content_hash": {"type": "string", "description": "another value under the same fingerprint means: updated"},
    "case_id": {"type": ["string", "null"], "pattern": "^[0-9a-f]{32}$", "description": "shared by one household"},
    "code": _TEXT,
    "rule_version": _TEXT,
    "family": _TEXT,
    "title": _TEXT,
    "title_en": _TEXT,
    "severity": {"enum": [severity.value for severity in Severity]},
    "grade": {"enum": [grade.value for grade in Grade]},
    "tier": {"enum": ["M1", "M2", "M3", "M4", "M5", "M6", None], "description": "the weakest link it rests on"},
    "subject_kind": _TEXT,
    "name": _MASKED,
    "id_no": _MASKED,
    "household": _TEXT_OR_NULL,
    "town": _TEXT_OR_NULL,
    "village": _TEXT_OR_NULL,
    "programme": _TEXT_OR_NULL,
    "months": {"type": "array", "items": {"type": "string", "format": "date"}, "description": "first day of each"},
    "amount": _FEN,
    "formula": _TEXT_OR_NULL,
    "recomputed": _FEN,
    "message": _TEXT,
    "message_en": _TEXT,
    "checklist": _TEXTS,
    "remedy": _TEXT_OR_NULL,
    "deadline": _DAY,
    "reasons": _TEXTS,
    "evidence": {"type": "array", "items": _object(EVIDENCE_FIELDS)},
    "held": {"enum": [*(held.value for held in Held), None], "description": "why it is not on the casework list"},
}
COVERAGE_FIELDS: Final[Fields] = {
    "code": _TEXT,
    "title": _TEXT,
    "title_en": _TEXT,
    "family": _TEXT,
    "status": {"enum": ["fired", "clean", "not_evaluable", "failed"]},
    "findings": _COUNT,
    "evaluated": _COUNT_OR_NULL,
    "not_evaluated": _COUNT_OR_NULL,
    "reason": _TEXT_OR_NULL,
    "reason_en": _TEXT_OR_NULL,
    "enable": _TEXTS,
}
INPUT_FIELDS: Final[Fields] = {
    "table": _TEXT,
    "title": _TEXT,
    "file": _TEXT,
    "sheet": _TEXT_OR_NULL,
    "rows": _COUNT,
    "month": _DAY,
    "as_of": _DAY,
    "dropped": _COUNT,
    "unmapped": _TEXTS,
    "closest": _TEXTS,
    "sha256": _TEXT_OR_NULL,
}
UNRECOGNISED_FIELDS: Final[Fields] = {
    "file": _TEXT,
    "sheet": _TEXT_OR_NULL,
    "reason": _TEXT,
    "candidates": _TEXTS,
}
PROBLEM_FIELDS: Final[Fields] = {
    "table": _TEXT,
    "title": _TEXT,
    "column": _TEXT,
    "header": _TEXT_OR_NULL,
    "problem": _TEXT,
    "cells": _COUNT,
}
FEED_FIELDS: Final[Fields] = {
    "table": _TEXT,
    "title": _TEXT,
    "as_of": _DAY,
    "age_days": {"type": ["integer", "null"]},
    "max_age_days": _COUNT_OR_NULL,
    "coverage": {"type": ["string", "null"], "description": "the area it says it covers"},
    "rows": _COUNT,
    "declared": {"type": ["integer", "null"], "minimum": 0, "description": "rows its provider says it has"},
    "state": {"enum": ["ok", "undated", "stale", "empty", "partial", "uncovered"]},
}
MANIFEST_FIELDS: Final[Fields] = {
    "tool": _TEXT,
    "polars": _TEXT,
    "region": _TEXT,
    "month": {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}$"},
    "as_of": {"type": "string", "format": "date"},
    "policy_digest": _TEXT,
    "rules": {"type": "object", "additionalProperties": _TEXT, "description": "code → version"},
    "inputs": {
        "type": "array",
        "items": _object({name: INPUT_FIELDS[name] for name in ("file", "sheet", "table", "rows", "sha256")}),
    },
    "findings": _COUNT,
    "key_id": _TEXT,
    "revealed": {"type": "boolean"},
    "result_hash": _TEXT,
}
UNITS: Final = {"amount": "分", "recomputed": "分"}


def render(result: Result) -> bytes:
    """The JSON document of a result: UTF-8, one finding per line, dates as ISO 8601, money as integer 分."""
    head = {
        "schema": SCHEMA,
        "units": UNITS,
        "manifest": {name: result.manifest[name] for name in MANIFEST_FIELDS},
        "notes": list(result.notes),
    }
    lists = {
        "coverage": _rows(result.coverage, COVERAGE_FIELDS),
        "inputs": _rows(result.inputs, INPUT_FIELDS),
        "unrecognised": _rows(result.unrecognised, UNRECOGNISED_FIELDS),
        "problems": _rows(result.problems, PROBLEM_FIELDS),
        "feeds": _rows(result.feeds, FEED_FIELDS),
        "findings": _rows(result.findings, FINDING_FIELDS),
    }
    parts = [f"{_json(name)}: {_json(value)}" for name, value in head.items()]
    for name, rows in lists.items():
        body = ",\n".join(map(_json, rows))
        parts.append(f"{_json(name)}: [\n{body}\n]" if rows else f"{_json(name)}: []")
    return ("{\n" + ",\n".join(parts) + "\n}\n").encode()


def finding_rows(findings: pl.DataFrame) -> list[dict[str, Any]]:
    """Rows of a findings frame with the fields of findings v1 and no others; dates are left as dates."""
    return _rows(findings, FINDING_FIELDS)


def _rows(frame: pl.DataFrame, fields: Fields) -> list[dict[str, Any]]:
    lists = [name for name, spec in fields.items() if spec.get("type") == "array"]
    rows = frame.select(list(fields)).to_dicts()
    for row in rows:
        for name in lists:
            row[name] = row[name] or []
    return rows


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, default=_iso)


def _iso(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    msg = f"findings v1 has no form for {type(value).__name__}"
    raise TypeError(msg)


def findings_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of the document that `render` makes."""
    lists = {
        "coverage": COVERAGE_FIELDS,
        "inputs": INPUT_FIELDS,
        "unrecognised": UNRECOGNISED_FIELDS,
        "problems": PROBLEM_FIELDS,
        "feeds": FEED_FIELDS,
        "findings": FINDING_FIELDS,
    }
    head: dict[str, dict[str, Any]] = {
        "schema": {"const": SCHEMA},
        "units": _object({name: {"const": unit} for name, unit in UNITS.items()}),
        "manifest": _object(MANIFEST_FIELDS),
        "notes": _TEXTS,
    }
    document = _object({**head, **{name: {"type": "array", "items": _object(one)} for name, one in lists.items()}})
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:{SCHEMA.replace('/', ':')}",
        "title": "baoshen-audit findings v1",
        "description": "Leads for people to check, with evidence and coverage. Never a verdict.",
        **document,
    }
