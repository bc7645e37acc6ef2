"""Every published contract: tables, findings, settings and policy files, generated from what the code goes by."""

from __future__ import annotations

import json
from typing import Any, Final

from baoshen_audit.config import COMMANDS, GENERAL, RULE, SOURCE, TABLE, Option
from baoshen_audit.policy.cite import KINDS
from baoshen_audit.policy.load import UNITS
from baoshen_audit.report.json_v1 import findings_schema
from baoshen_audit.schemas.export import files

_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
_TEXT: Final[dict[str, Any]] = {"type": "string"}
_TEXTS: Final[dict[str, Any]] = {"type": "array", "items": _TEXT}


def contracts() -> dict[str, bytes]:
    """Path below `schemas/` → content, the same bytes on every machine."""
    schemas = {"findings-v1": findings_schema(), "config": config_schema(), "policy": policy_schema()}
    made = files()
    for name, schema in schemas.items():
        text = json.dumps(schema, ensure_ascii=False, indent=2, sort_keys=True)
        made[f"{name}.schema.json"] = f"{text}\n".encode()
    return made


def config_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of a baoshen.toml, read as TOML."""
    general = {name: _option(one) for name, one in GENERAL.items()}
    commands = {name: _closed(options) for name, options in COMMANDS.items()}
    rule = {**_closed(RULE), "additionalProperties": True}
    rule |= {
        "if": {"properties": {"enabled": {"const": False}}, "required": ["enabled"]},
        "then": {"required": ["reason"]},
    }
    layer = {**general, **commands, "rules": _map(rule)}
    table = _closed(TABLE)
    table["properties"]["columns"] = {**_map(_TEXT), "description": "表头 → 列名;空表示不用"}
    profile = {"type": "object", "properties": layer, "additionalProperties": False}
    top = {**layer, "profiles": _map(profile), "tables": _map(table), "sources": _map(_closed(SOURCE))}
    return {
        "$schema": _DIALECT,
        "$id": "urn:baoshen-audit:config:v1",
        "title": "baoshen-audit settings (baoshen.toml)",
        "type": "object",
        "properties": top,
        "additionalProperties": False,
    }


def _map(values: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": values}


def _closed(options: dict[str, Option]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {name: _option(one) for name, one in options.items()},
        "required": [name for name, one in options.items() if one.required],
        "additionalProperties": False,
    }


def _option(one: Option) -> dict[str, Any]:
    item: dict[str, Any] = {"type": "string"}
    if one.choices:
        item["enum"] = list(one.choices)
    if one.form:
        item["pattern"] = f"^(?:{one.form})$"
    shapes: dict[str, dict[str, Any]] = {
        "flag": {"type": "boolean"},
        "count": {"type": "integer", "minimum": 1},
        "texts": {"type": "array", "items": item},
        "paths": {"type": "array", "items": item},
    }
    return {**shapes.get(one.kind, item), "description": one.title}


def policy_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of a policy file, read as TOML with dates as ISO text.

    Dimensions are fields of a value and named by its key: they are not listed here, and intake of the file says which
    is wrong.
    """
    day = {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}(-[0-9]{2})?$"}
    setting = {"anyOf": [{"type": "integer", "minimum": 0}, _TEXT, _TEXTS, {"type": "boolean"}]}
    units = sorted({unit for several in UNITS.values() for unit in several})
    name = {"type": "string", "pattern": "^[a-z0-9_]+(\\.[a-z0-9_]+)+$"}
    value: dict[str, Any] = {
        "type": "object",
        "properties": {
            "key": name,
            "from": day,
            "to": day,
            "is": setting,
            "unit": {"enum": units},
            "cite": {"type": "string", "pattern": "^[a-z0-9-]+(#[0-9]+(\\([0-9]+\\))?)?$"},
            "checked_on": day,
            "status": {"enum": ["confirmed", "unconfirmed"]},
            "note": _TEXT,
        },
        "required": ["key", "from", "is", "unit", "cite", "checked_on", "status"],
        "additionalProperties": {"anyOf": [_TEXT, _TEXTS]},
    }
    key = {
        "type": "object",
        "properties": {
            "key": name,
            "title": _TEXT,
            "kind": {"enum": sorted(UNITS)},
            "unit": {"enum": units},
            "dims": _map(_TEXTS),
            "choices": _TEXTS,
            "symmetric": {"type": "boolean"},
        },
        "required": ["key", "title", "kind", "unit"],
        "additionalProperties": False,
    }
    return {
        "$schema": _DIALECT,
        "$id": "urn:baoshen-audit:policy:v1",
        "title": "baoshen-audit policy file",
        "type": "object",
        "properties": {
            "pack": {
                "type": "object",
                "properties": {
                    "region": {"type": "string", "pattern": "^(CN|[0-9]{2}|[0-9]{4}|[0-9]{6})$"},
                    "area": _TEXT,
                    "formerly": _TEXTS,
                },
                "required": ["region"],
                "additionalProperties": False,
            },
            "key": {"type": "array", "items": key},
            "value": {"type": "array", "items": value},
            "citation": {"type": "array", "items": _citation(day)},
        },
        "required": ["pack"],
        "additionalProperties": False,
    }


def _citation(day: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {
            "id": {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"},
            **dict.fromkeys(("title", "number", "issuer", "note"), _TEXT),
            "issued": {"type": "string", "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"},
            "from": day,
            "to": day,
            "kind": {"enum": sorted(KINDS)},
            "read": {"type": "boolean"},
            "articles": {"type": "object", "propertyNames": {"pattern": "^[0-9]+$"}, "additionalProperties": _TEXT},
        },
        "required": ["id", "title", "kind", "issuer", "issued"],
        "additionalProperties": False,
    }
