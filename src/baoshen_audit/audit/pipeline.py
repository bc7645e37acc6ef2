"""The pipeline on one screen: read → recognise → parse → contract → identity → link → rules → findings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from baoshen_audit.audit.assemble import assemble
from baoshen_audit.audit.feeds import STRANGERS
from baoshen_audit.audit.judge import judge
from baoshen_audit.audit.prepare import prepare
from baoshen_audit.audit.request import Request, wanted
from baoshen_audit.audit.resolve import resolve
from baoshen_audit.audit.result import Result, result
from baoshen_audit.audit.secret import bureau_key, exchange_key
from baoshen_audit.audit.settings import configured, demand, settings
from baoshen_audit.audit.triage import triage
from baoshen_audit.config import Config
from baoshen_audit.ingest.load import load
from baoshen_audit.ingest.model import Files
from baoshen_audit.policy import load_policy
from baoshen_audit.rule import RuleContext, RuleSet

__all__ = ["scan"]


def scan(
    inputs: Path | str | Files | Mapping[str, Path | pl.DataFrame | pl.LazyFrame],
    *,
    region: str,
    as_of: str | date,
    rules: RuleSet | Iterable[str] = (),
    params: Mapping[str, Mapping[str, Any]] | None = None,
    policy_files: Sequence[Path] = (),
    config: Config | Path | None = None,
    key: bytes | None = None,
    exchange: bytes | None = None,
    reveal: bool = False,
    demand_rolls: bool = True,
    max_findings: int | None = None,
    progress: Callable[[str, int, int], None] | None = None,
) -> Result:
    """Audit a month: read what an office has, find leads, say what could not be looked at.

    Args:
        inputs: a folder (read with its subfolders), some files below one, or a mapping of canonical table names
            (`dibao`, `death` …) to files or frames.
        region: six-digit county code whose policy pack applies.
        as_of: the month, `2026-06`, or a day in it.
        rules: codes or prefixes of codes to run, or a rule set; all discovered rules if empty.
        params: rule code → parameter → value, instead of the rule's default.
        policy_files: an office's own cited TOML, laid over the shipped packs.
        config: an office's settings or their file, for its rules, tables and databases; the baoshen.toml directly in
            the folder if not given. Region, policy files and the like are arguments: a command passes on what it takes
            from the same file.
        key: the bureau's secret for fingerprints; the office's key file if not given (`audit.secret`).
        exchange: the key agreed with another county for this exchange of tokens; its key file if not given.
        reveal: show names, numbers and accounts unmasked. Whoever asks for it must log it; the command does.
        demand_rolls: refuse a month without a roll; a gate on payments alone does not.
        max_findings: how many findings can be checked this month; the rest is marked `held` and stays out of the lists
            that people work through.
        progress: called with (stage, done, total).

    Returns:
        A `Result` of frames. Findings are leads with evidence and a grade, never verdicts.

    Raises:
        UsageError, ConfigError, PolicyError: nothing was started (exit code 2).
        InputError: an input cannot be read or used (exit code 3).
    """
    tell = progress or (lambda _stage, _done, _total: None)
    request = Request.of(as_of)
    policy = load_policy(region, extra=policy_files)
    request.demand(policy)
    own = settings(inputs, config)
    every = RuleSet.discover()
    demand(own, every)
    chosen = configured(rules if isinstance(rules, RuleSet) else every.select(rules), own).with_params(params or {})
    secret = key or bureau_key()
    ctx = RuleContext(policy=policy, month=request.month, as_of=request.as_of)

    intake = load(
        inputs,
        month=request.month,
        wanted=wanted(chosen.values()),
        registers=STRANGERS,
        settings=own,
        progress=progress,
    )
    tell("核对表结构", 0, 4)
    prepared = prepare(
        intake,
        request,
        policy,
        demand_rolls=demand_rolls,
        exchange=exchange or (exchange_key() if "peer_tokens" in intake.tables else None),
    )
    # what a stage has turned into its own is let go: a county of a million holds its tables once, not three times
    intake = replace(intake, tables={})
    tell("关联人员", 1, 4)
    resolved = resolve(prepared)
    prepared = replace(prepared, tables={}, notes=(*prepared.notes, *resolved.notes))
    tell("运行规则", 2, 4)
    judged = judge(chosen, resolved, ctx)
    tell("整理疑点", 3, 4)
    findings = assemble(judged.fired, resolved, intake.sources, ctx, key=secret, reveal=reveal)
    triaged = triage(findings, judged.coverage, chosen, ctx, capacity=max_findings)
    tell("完成", 4, 4)
    return result(
        triaged,
        judged.coverage,
        intake,
        prepared,
        request=request,
        policy=policy,
        rules=chosen,
        key=secret,
        reveal=reveal,
    )
