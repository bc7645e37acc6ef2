"""What a scan hands back: frames, and a manifest that says how they came about."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from importlib.metadata import version as package_version
from typing import Final

import polars as pl

from baoshen_audit.audit.assemble import version
from baoshen_audit.audit.feeds import SHOWN
from baoshen_audit.audit.prepare import Prepared
from baoshen_audit.audit.request import Request
from baoshen_audit.audit.secret import key_id
from baoshen_audit.audit.triage import Triaged, cases
from baoshen_audit.ingest.model import Intake
from baoshen_audit.policy import Policy
from baoshen_audit.rule import RuleSet
from baoshen_audit.schemas import TABLES

_INPUTS: Final[dict[str, pl.DataType]] = {
    "table": pl.String(),
    "title": pl.String(),
    "file": pl.String(),
    "sheet": pl.String(),
    "rows": pl.Int64(),
    "month": pl.Date(),
    "as_of": pl.Date(),
    "dropped": pl.Int64(),
    "unmapped": pl.List(pl.String()),
    "closest": pl.List(pl.String()),
    "sha256": pl.String(),
}
_UNRECOGNISED: Final[dict[str, pl.DataType]] = {
    "file": pl.String(),
    "sheet": pl.String(),
    "reason": pl.String(),
    "candidates": pl.List(pl.String()),
}


@dataclass(frozen=True)
class Result:
    """The outcome of one scan.

    Attributes:
        findings: findings v1 (`finding.FINDINGS`), in the order a reviewer works in, held ones included.
        coverage: one row per selected rule (`finding.COVERAGE`).
        inputs: table, title, file, sheet, rows, month, as_of, dropped, unmapped, closest (header → the column it
            resembles), sha256: one row per sheet read.
        unrecognised: file, sheet, reason, candidates: what was not read.
        problems: table, title, column, header, problem, cells: counts of cells that could not be read or break the
            contract; no values.
        feeds: table, title, as_of, age_days, max_age_days, coverage, rows, declared, state of every feed.
        notes: remarks a reader must know (unconfirmed policy values, months assumed).
        manifest: versions, region, month, policy digest, rules, inputs with hashes, counts, result hash.
    """

    findings: pl.DataFrame
    coverage: pl.DataFrame
    inputs: pl.DataFrame
    unrecognised: pl.DataFrame
    problems: pl.DataFrame
    feeds: pl.DataFrame
    notes: tuple[str, ...]
    manifest: dict[str, object]

    @property
    def listed(self) -> pl.DataFrame:
        """The findings that people work through this month: those that are not held."""
        return self.findings.filter(pl.col("held").is_null())

    @property
    def cases(self) -> pl.DataFrame:
        """The listed findings folded by household (`triage.CASES`), in the same order."""
        return cases(self.listed)


def result(
    triaged: Triaged,
    coverage: pl.DataFrame,
    intake: Intake,
    prepared: Prepared,
    *,
    request: Request,
    policy: Policy,
    rules: RuleSet,
    key: bytes,
    reveal: bool,
) -> Result:
    """Put the parts of a scan together."""
    inputs, findings = _inputs(intake), triaged.findings
    return Result(
        findings=findings,
        coverage=coverage,
        inputs=inputs,
        unrecognised=_unrecognised(intake),
        problems=_problems(prepared.problems, intake),
        feeds=prepared.feeds.select(SHOWN).rename({"feed_id": "table"}),
        notes=(*triaged.notes, *prepared.notes, *_unconfirmed(policy, rules, request)),
        manifest={
            "tool": package_version("baoshen-audit"),
            "polars": pl.__version__,
            "region": policy.region,
            "month": f"{request.month:%Y-%m}",
            "as_of": request.as_of.isoformat(),
            "policy_digest": policy.digest,
            "rules": {code: version(rule) for code, rule in rules.items()},
            "inputs": inputs.select("file", "sheet", "table", "rows", "sha256").to_dicts(),
            "findings": findings.height,
            "key_id": key_id(key),
            "revealed": reveal,
            "result_hash": result_hash(findings),
        },
    )


def result_hash(findings: pl.DataFrame) -> str:
    """SHA-256 over the rows of a findings frame in canonical JSON: the same on every machine and engine."""
    lines = (
        json.dumps(row, ensure_ascii=False, sort_keys=True, default=str, separators=(",", ":"))
        for row in findings.sort("fingerprint").iter_rows(named=True)
    )
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _inputs(intake: Intake) -> pl.DataFrame:
    rows = [
        {
            "table": source.table,
            "title": TABLES[source.table].title,
            "file": source.file,
            "sheet": source.sheet,
            "rows": source.rows,
            "month": source.month,
            "as_of": source.as_of,
            "dropped": sum(source.dropped.values()),
            "unmapped": list(source.unmapped),
            "closest": [
                f"{header} → {TABLES[source.table].columns[name].title}"
                for header, name in source.closest.items()
                if header in source.unmapped
            ],
            "sha256": source.sha256,
        }
        for source in intake.sources
    ]
    return pl.DataFrame(rows, schema=_INPUTS)


def _unrecognised(intake: Intake) -> pl.DataFrame:
    rows = [
        {"file": one.file, "sheet": one.sheet, "reason": one.reason, "candidates": list(one.candidates)}
        for one in intake.unrecognised
    ]
    return pl.DataFrame(rows, schema=_UNRECOGNISED)


def _problems(problems: pl.DataFrame, intake: Intake) -> pl.DataFrame:
    headers = {(s.table, field): header for s in reversed(intake.sources) for field, header in s.headers.items()}
    counted = problems.group_by("table", "column", "problem").agg(pl.len().cast(pl.Int64).alias("cells"))
    return counted.sort("table", "column", "problem").select(
        "table",
        pl.col("table").replace_strict({n: s.title for n, s in TABLES.items()}, return_dtype=pl.String).alias("title"),
        "column",
        pl.struct("table", "column")
        .map_elements(lambda cell: headers.get((cell["table"], cell["column"]), ""), return_dtype=pl.String)
        .alias("header"),
        "problem",
        "cells",
    )


def _unconfirmed(policy: Policy, rules: RuleSet, request: Request) -> tuple[str, ...]:
    used = sorted({key for rule in rules.values() for key in rule.policy})
    open_values = sorted({value.key for value in policy.unconfirmed(used, request.month)})
    if not open_values:
        return ()
    titles = "、".join(f"{policy.keys[key].title}({key})" for key in open_values)
    return (f"以下政策参数尚未经本地确认,结论以确认后的数值为准:{titles}",)
