"""Every rule is closed under partition by its key: cut the inputs, run the parts, and the findings are the same."""

from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from baoshen_audit.audit.judge import inputs, run
from baoshen_audit.audit.prepare import prepare
from baoshen_audit.audit.request import Request, wanted
from baoshen_audit.audit.resolve import resolve
from baoshen_audit.engine import split
from baoshen_audit.ingest.load import load
from baoshen_audit.policy import load_policy
from baoshen_audit.rule import Rule, RuleContext, RuleSet
from baoshen_audit.testing import casebook

RULES = RuleSet.discover()
REQUEST = Request.of("2026-06")
CTX = RuleContext(policy=load_policy("320413"), month=REQUEST.month, as_of=REQUEST.as_of)
BOOKS = Path(__file__).parent


def _tables(rule: Rule) -> list[pl.DataFrame]:
    """Everything the case book of a rule holds, as one bureau: people of all its cases together."""
    merged: dict[str, pl.DataFrame] = {}
    for case in (casebook.example(rule), *casebook.read(BOOKS / f"{rule.code}.md")):
        for name, frame in case.tables.items():
            merged[name] = pl.concat([merged[name], frame], how="diagonal") if name in merged else frame
    intake = load(merged, month=REQUEST.month, wanted=wanted([rule]))
    prepared = prepare(intake, REQUEST, CTX.policy, exchange=casebook.EXCHANGE)
    tables = resolve(prepared).tables
    gap = pl.DataFrame({"run": ["run"], "policy_key": ["x"], "missing": ["甲参数"], "rules": ["ERR218"]})
    return inputs(rule, {**tables, "policy_gap": gap})


def _canonical(frame: pl.DataFrame) -> list[str]:
    return sorted(map(str, frame.select(sorted(frame.columns)).iter_rows()))


@pytest.mark.parametrize("rule", RULES.values(), ids=list(RULES))
def test_partition_closed(rule: Rule) -> None:
    frames = _tables(rule)
    whole = _canonical(run(rule, frames, CTX))
    names = [str(number) for number in range(len(frames))]

    @settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
    @given(parts=st.integers(1, 32), seed=st.integers(0, 2**16))
    def closed(parts: int, seed: int) -> None:
        shuffled = {n: f.sample(fraction=1, shuffle=True, seed=seed) for n, f in zip(names, frames, strict=True)}
        pieces = [run(rule, list(part.values()), CTX) for part in split(shuffled, rule.key, parts)]
        if rule.key not in frames[0].columns:
            assert _canonical(pieces[0]) == whole
        else:
            assert _canonical(pl.concat(pieces)) == whole

    closed()
