"""The gate on data uploads: may these files come in, and if not, why.

A gate asks whether the files can be trusted, not whether people are entitled: by default only the families ROLL and
FEED are run. Its third answer is "could not be checked", which is never taken for either of the other two.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Final, Literal

import polars as pl

from baoshen_audit.audit import Result, baseline, scan
from baoshen_audit.audit.baseline import Waiver
from baoshen_audit.audit.request import Request
from baoshen_audit.audit.secret import bureau_key, key_id
from baoshen_audit.audit.upload import newest_month, unread, upload
from baoshen_audit.config import Config, Pin
from baoshen_audit.errors import ConfigError, UsageError
from baoshen_audit.finding import Severity
from baoshen_audit.ingest.headers import closest_tables, table_named
from baoshen_audit.rule import RuleSet
from baoshen_audit.schemas import TABLES

FailOn = Literal["high", "medium", "low", "info"]

FAMILIES: Final = ("ROLL", "FEED")
"""What a gate runs unless told otherwise: nobody's payment is held up by a lead about a person."""

EVERY: Final = ""
"""The key of a limit that counts every severity from `fail_on` up."""


@dataclass(frozen=True)
class Limits:
    """What fails an upload, and what keeps it from being judged at all.

    Attributes:
        fail_on: the lowest severity that counts.
        findings: severity, or `EVERY`, → findings that may stand. With no limit at all none may.
        rate: severity, or `EVERY`, → findings per row that may stand. Whichever limit is hit first fails.
        min_rows: fewer rows than this are not the upload somebody meant.
        require_rules: a rule that could not be evaluated leaves the upload unjudged.
    """

    fail_on: FailOn = "medium"
    findings: Mapping[str, int] = field(default_factory=dict)
    rate: Mapping[str, Fraction] = field(default_factory=dict)
    min_rows: int = 1
    require_rules: bool = False


@dataclass(frozen=True)
class GateResult:
    """What the gate says of an upload.

    Attributes:
        result: the scan behind it; nobody is unmasked.
        findings: findings v1 with `state` (new | waived | updated | expired | known), `reason` of the waiver that
            holds, and `counted`: it is neither waived nor known and its severity is one that counts.
        rows: rows of the month and of feeds, each sheet once.
        failures: the limits that were hit, in Chinese.
        incomplete: why the upload could not be judged, in Chinese.
        unused: waivers of findings that are not there any more.
    """

    result: Result
    findings: pl.DataFrame
    rows: int
    failures: tuple[str, ...]
    incomplete: tuple[str, ...]
    unused: tuple[Waiver, ...]

    @property
    def exit_code(self) -> int:
        """0 passed · 1 findings beyond a limit · 3 could not be judged, which outranks 1."""
        return 3 if self.incomplete else int(bool(self.failures))

    @property
    def month(self) -> str:
        """The month it was judged for, `2026-06`."""
        return str(self.result.manifest["month"])


def gate(
    paths: Sequence[Path],
    *,
    region: str,
    as_of: str | date | None = None,
    rules: Iterable[str] = FAMILIES,
    ignore: Iterable[str] = (),
    limits: Limits | None = None,
    waivers: Path | None = None,
    today: date | None = None,
    base: Path | None = None,
    policy_files: Sequence[Path] = (),
    config: Config | None = None,
    table: str | None = None,
    since: Mapping[str, str] | None = None,
    key: bytes | None = None,
    progress: Callable[[str, int, int], None] | None = None,
) -> GateResult:
    """Judge an upload.

    Args:
        paths: files, folders or patterns.
        region: six-digit county code whose policy applies.
        as_of: the month, `2026-06`, or a day in it; the newest the upload speaks for if not given (the files are then
            read twice).
        rules: codes or prefixes of codes to run.
        ignore: codes or prefixes of codes to leave out of them.
        limits: what fails it; the default is any finding of medium severity or above.
        waivers: a baseline file (`audit.baseline`).
        today: the day by which waivers expire; the day judged for if not given.
        base: the folder from which places are given, if all files lie in it.
        policy_files: an office's own cited TOML.
        config: an office's settings, for its rules, tables and databases.
        table: what every sheet is, by its canonical name or title; recognised if not given.
        since: fingerprint → content hash of an earlier run: what it had already found, unchanged, does not count.
        key: the bureau's secret; the office's key file if not given.
        progress: called with (stage, done, total).

    Returns:
        The verdict with its findings; `exit_code` says it in a number.

    Raises:
        UsageError, ConfigError, PolicyError: the call, the baseline or the policy is wrong (exit code 2).
        InputError: a file cannot be read, or nothing is there to check (exit code 3).
    """
    chosen = selected(rules, ignore)
    bounds = limits or Limits()
    secret = key or bureau_key()
    known = baseline.read(waivers, key_id(secret)) if waivers else ()
    files = upload(paths, base)
    own = _all_of(table, config or Config())
    request = Request.of(f"{newest_month(files, own):%Y-%m}" if as_of is None else as_of)
    result = scan(
        files,
        region=region,
        as_of=request.as_of,
        rules=chosen,
        policy_files=policy_files,
        config=own,
        key=secret,
        demand_rolls=False,
        progress=progress,
    )
    severities = _from(bounds.fail_on)
    findings = baseline.applied(result.findings, known, today or request.as_of, since or {}).with_columns(
        (pl.col("severity").is_in(severities) & ~pl.col("state").is_in(baseline.QUIET)).alias("counted")
    )
    rows = _rows(result.inputs, request.month)
    return GateResult(
        result=result,
        findings=findings,
        rows=rows,
        failures=tuple(_failures(findings, rows, bounds)),
        incomplete=(
            *(f"没有读懂:{name}" for name in unread(files, result.inputs, result.unrecognised)),
            *_incomplete(result, rows, bounds, request.month),
        ),
        unused=baseline.unused(findings, known),
    )


def _all_of(title: str | None, config: Config) -> Config:
    """The settings, with every sheet said to be one table; what they say of columns stays."""
    if title is None:
        return config
    table = title if title in TABLES else table_named(title)
    if table is None:
        raise UsageError(f"没有名为 {title} 的表", hint=f"相近的表名:{'、'.join(closest_tables(title))}")
    pins = (*(replace(pin, table=table) for pin in config.pins), Pin("*", table))
    return replace(config, pins=pins)


def selected(rules: Iterable[str], ignore: Iterable[str]) -> RuleSet:
    """The rules whose code begins with one of the prefixes, without those to ignore.

    Raises:
        ConfigError: a prefix matches nothing, or no rule is left.
    """
    chosen = RuleSet.discover().select(rules)
    unwanted = tuple(ignore)
    left_out = set(RuleSet.discover().select(unwanted)) if unwanted else set()
    left = RuleSet(rule for rule in chosen.values() if rule.code not in left_out)
    if not left:
        raise ConfigError("没有剩下要运行的规则", hint="检查 --select 与 --ignore")
    return left


def _from(severity: str) -> list[str]:
    order = [one.value for one in Severity]
    return order[: order.index(severity) + 1]


def _rows(inputs: pl.DataFrame, month: date) -> int:
    """Rows that were looked at: a household sheet stands in `inputs` twice, an older month is there to compare with."""
    of_month = inputs.filter(pl.col("month").is_null() | (pl.col("month") >= month))
    return int(of_month.group_by("file", "sheet").agg(pl.col("rows").max())["rows"].sum())


def _failures(findings: pl.DataFrame, rows: int, limits: Limits) -> list[str]:
    allowed = dict(limits.findings)
    if not allowed and not limits.rate:
        allowed[EVERY] = 0
    told = []
    for severity, most in allowed.items():
        count = _count(findings, severity)
        if count > most:
            told.append(f"{_name(severity, limits)} {count} 条,超过允许的 {most} 条")
    for severity, rate in limits.rate.items():
        count = _count(findings, severity)
        if count > rate * rows:
            told.append(f"{_name(severity, limits)} {count} 条,占 {rows} 行的比例超过允许的 {float(rate * 100):g}%")
    return told


def _count(findings: pl.DataFrame, severity: str) -> int:
    """Findings a limit is about; a severity with a limit of its own counts whatever `fail_on` says."""
    if severity == EVERY:
        return int(findings["counted"].sum())
    return findings.filter((pl.col("severity") == severity) & ~pl.col("state").is_in(baseline.QUIET)).height


def _name(severity: str, limits: Limits) -> str:
    return f"{limits.fail_on} 及以上的问题" if severity == EVERY else f"{severity} 的问题"


def _incomplete(result: Result, rows: int, limits: Limits, month: date) -> Iterable[str]:
    sizes = result.inputs.group_by("file", "sheet", maintain_order=True).agg(pl.col("rows").max())
    for file, sheet, size in sizes.iter_rows():
        if size == 0:
            yield f"没有一行数据:{file}{f'〔{sheet}〕' if sheet else ''}"
    own = [table for table, spec in TABLES.items() if spec.kind != "feed"]
    later = result.inputs.filter(pl.col("table").is_in(own) & (pl.col("month") > month))
    for file, when in later.select("file", "month").unique(maintain_order=True).iter_rows():
        yield f"月份晚于核验月份,没有检查:{file}({when:%Y-%m})"
    if rows < limits.min_rows:
        yield f"只有 {rows} 行,少于要求的 {limits.min_rows} 行"
    if set(result.coverage["status"]) == {"not_evaluable"}:
        yield "没有一条规则能够评估"
    for code, title, status, reason in result.coverage.select("code", "title", "status", "reason").iter_rows():
        if status == "failed":
            yield f"规则运行出错:{code} {title}"
        elif status == "not_evaluable" and limits.require_rules:
            yield f"规则未能评估:{code} {title}({reason})"
