"""Run the rules: three results for each of them, and no rule that could not run ever looks clean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import polars as pl

from baoshen_audit.audit.delivery import entries
from baoshen_audit.audit.feeds import UNUSABLE
from baoshen_audit.audit.household import homes
from baoshen_audit.audit.kin import KIN_LINK
from baoshen_audit.audit.request import ORIGIN, PREPARED, ROLLS
from baoshen_audit.audit.resolve import Resolved
from baoshen_audit.audit.roll import ROLL
from baoshen_audit.engine import collect
from baoshen_audit.errors import RuleError
from baoshen_audit.finding import CITED, COVERAGE
from baoshen_audit.rule import RESERVED, Need, NotEvaluable, Rule, RuleContext, RuleSet
from baoshen_audit.schemas import TABLES

POLICY_GAP: Final[dict[str, pl.DataType]] = {
    "run": pl.String(),
    "policy_key": pl.String(),
    "missing": pl.String(),
    "rules": pl.String(),
}
"""What FEED024 reads: a policy value that selected rules name and that is not there for the month."""

_STATES: Final = {"empty": "没有记录", "partial": "记录不全", "uncovered": "不覆盖本地", "stale": "已过期"}

_ALWAYS: Final = frozenset({"roll", "entry", "problem", "sheet", "batch", "feed", "family_tie", "twin", "policy_gap"})
"""Prepared tables that every scan has."""

_POLARS: Final = (pl.exceptions.PolarsError, pl.exceptions.PanicException)
_CRASHES: Final = (*_POLARS, RuleError, ArithmeticError, LookupError, TypeError, ValueError)
"""What a broken rule raises. A panic inside polars is no `Exception`: uncaught it would end the whole run."""


@dataclass(frozen=True)
class Fired:
    """What one rule returned: reserved columns, key, evidence and the facts its message names."""

    rule: Rule
    frame: pl.DataFrame


@dataclass(frozen=True)
class Judged:
    """Everything the rules said."""

    fired: list[Fired]
    coverage: pl.DataFrame


@dataclass(frozen=True)
class _Obstacle:
    """Why a rule cannot be evaluated."""

    reason: str
    reason_en: str
    enable: tuple[str, ...] = ()


def judge(rules: RuleSet, resolved: Resolved, ctx: RuleContext) -> Judged:
    """Run every rule that can be run.

    A rule that crashes is reported as failed and the others go on: the run is then not complete, and the command says
    so with its exit code.
    """
    tables = dict(resolved.tables)
    gaps = _policy_gaps(rules, ctx)
    tables["policy_gap"] = gaps
    states = {row["feed_id"]: row for row in tables["feed"].iter_rows(named=True)}
    fired: list[Fired] = []
    coverage: list[dict[str, Any]] = []
    for one in rules.values():
        obstacle = _switched_off(one) or _obstacle(one, tables, states, gaps)
        if obstacle:
            coverage.append(_line(one, "not_evaluable", obstacle=obstacle))
            continue
        try:
            frames = inputs(one, tables)
            result = Fired(one, run(one, frames, ctx))
        except NotEvaluable as told:
            coverage.append(_line(one, "not_evaluable", obstacle=_Obstacle(told.reason, told.reason_en)))
            continue
        except _CRASHES as error:
            # the text of a foreign error may hold cells of people: only its kind is repeated
            kind = error.message if isinstance(error, RuleError) else type(error).__name__
            coverage.append(_line(one, "failed", obstacle=_Obstacle(f"规则运行出错:{kind}", f"rule failed: {kind}")))
            continue
        if result.frame.height:
            fired.append(result)
        counts = _counts(one, frames)
        status = "fired" if result.frame.height else "clean"
        coverage.append(_line(one, status, findings=result.frame.height, counts=counts))
    return Judged(fired, pl.DataFrame(coverage, schema=COVERAGE))


def inputs(rule: Rule, tables: Mapping[str, pl.DataFrame]) -> list[pl.DataFrame]:
    """The frames of a rule in the order of its needs.

    An optional table that is missing comes as an empty frame, an optional column as nulls, so that kernels need not
    ask. A rule on households gets the household of every record it reads, once per household of the person; a rule on
    accounts gets the home of the person.
    """
    unusable = {row["feed_id"] for row in tables["feed"].iter_rows(named=True) if row["state"] in UNUSABLE}
    usable = {name: frame for name, frame in tables.items() if _origin(name) not in unusable or name not in rule.one_of}
    return [_frame(need, rule.key, usable) for need in rule.needs]


def run(rule: Rule, frames: list[pl.DataFrame], ctx: RuleContext) -> pl.DataFrame:
    """Run one kernel and check what it returns.

    Raises:
        RuleError: its key or a fact of its message is missing, or a reserved column has another dtype.
    """
    result = collect(rule(*(frame.lazy() for frame in frames), ctx=ctx, **rule.params))
    wanted = {rule.key, *(name for name, _ in rule.fields())}
    missing = sorted(wanted - set(result.columns))
    if missing:
        raise RuleError(f"规则 {rule.code} 的结果缺少列 {', '.join(missing)}")
    columns = [
        (pl.col(name) if name in result.columns else pl.lit(None)).cast(dtype, strict=True).alias(name)
        for name, dtype in RESERVED.items()
    ]
    evidence = pl.col("evidence") if "evidence" in result.columns else pl.lit([], dtype=CITED)
    return result.with_columns(*columns, evidence.cast(CITED).alias("evidence"))


def _frame(need: Need, key: str, tables: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    frame = tables.get(need.table)
    if need.table == "entry":
        frame = entries(tables, tables["sheet"], need.columns + need.optional_columns)
    if frame is None:
        frame = _empty(need.table)
    spec = TABLES.get(_origin(need.table))
    if spec:
        absent = [name for name in need.optional_columns + need.columns if name not in frame.columns]
        frame = frame.with_columns(pl.lit(None, dtype=spec.columns[name].dtype).alias(name) for name in absent)
    if key == "row_id" and spec and spec.kind == "feed":
        # what a register holds is shared by all rows of the rolls, and not one of them
        frame = frame.drop("row_id")
    if key == "household_key" and key not in frame.columns and "person_key" in frame.columns:
        of_person = tables["roll"].select("person_key", "household_key").drop_nulls().unique(maintain_order=True)
        frame = frame.join(of_person, on="person_key", how="left", maintain_order="left")
    if key == "account_key" and "person_key" in frame.columns:
        frame = frame.join(homes(tables["roll"]), on="person_key", how="left", maintain_order="left")
    return frame


def _empty(table: str) -> pl.DataFrame:
    """An optional table that nobody delivered, with the columns preparation would have added."""
    spec = TABLES[_origin(table)]
    schema: dict[str, pl.DataType] = {"row_id": pl.Int64(), "source_row": pl.Int64()}
    for column in spec.columns.values():
        schema[column.name] = column.dtype
        if column.kind == "id":
            stem = "person" if column.name == "id_no" else column.name[:-3]
            schema[f"{stem}_key"] = pl.Int64()
            schema["tier" if column.name == "id_no" else f"{stem}_tier"] = pl.String()
    schema |= {
        "name_key": pl.String(),
        "account_key": pl.String(),
        "household_key": pl.String(),
        "county": pl.String(),
        "sharing": pl.UInt32(),
        "child_key": pl.Int64(),
        "child_tier": pl.String(),
        "supporter_key": pl.Int64(),
        "supporter_tier": pl.String(),
        "on_roll": pl.Boolean(),
        "father_died": pl.Date(),
        "mother_died": pl.Date(),
        "father_death_row": pl.Int64(),
        "mother_death_row": pl.Int64(),
    }
    return pl.DataFrame(schema=schema | (KIN_LINK if table == "kin_link" else {}))


def _switched_off(rule: Rule) -> _Obstacle | None:
    if not rule.disabled:
        return None
    return _Obstacle(f"本单位停用:{rule.disabled}", f"switched off by the office: {rule.disabled}")


def _obstacle(
    rule: Rule, tables: Mapping[str, pl.DataFrame], states: Mapping[str, Mapping[str, Any]], gaps: pl.DataFrame
) -> _Obstacle | None:
    needed = [(need, _origin(need.table)) for need in rule.needs if not need.optional]
    if any(need.table == "outcome" and "outcome" not in tables for need, _ in needed):
        reason = "还没有核查结果(变更与停保记录中写明属实、不属实,有核查人、核查日期和文号的记录)"
        return _Obstacle(reason, "no outcome of casework has been recorded", ("case_history",))
    absent = [origin for _, origin in needed if not _delivered(origin, tables, states)]
    if absent:
        titles = "、".join(_title(table) for table in absent)
        return _Obstacle(f"缺少数据:{titles}", f"missing: {', '.join(absent)}", tuple(absent))
    unusable = {origin: state for _, origin in needed if (state := _state(origin, states)) in UNUSABLE}
    if unusable:
        told = "、".join(f"{_title(table)}({_STATES[state]})" for table, state in unusable.items())
        told_en = ", ".join(f"{table} ({state})" for table, state in unusable.items())
        return _Obstacle(f"数据不可用:{told}", f"unusable: {told_en}", tuple(unusable))
    for need, origin in needed:
        lacking = _lacking(need, tables)
        if lacking:
            titles = "、".join("或".join(_column(origin, name) for name in names) for names in lacking)
            told_en = ", ".join(" or ".join(names) for names in lacking)
            enable = (origin,) if origin in TABLES else ()
            return _Obstacle(f"{_title(origin)}缺少列:{titles}", f"{origin} lacks {told_en}", enable)
    missing = gaps.filter(pl.col("policy_key").is_in(list(rule.policy)))["missing"].to_list()
    if missing:
        return _Obstacle(f"缺少政策参数:{'、'.join(missing)}", f"missing policy: {', '.join(missing)}")
    return _none_usable(rule, tables, states)


def _none_usable(
    rule: Rule, tables: Mapping[str, pl.DataFrame], states: Mapping[str, Mapping[str, Any]]
) -> _Obstacle | None:
    behind = [_origin(table) for table in rule.one_of]
    usable = (_delivered(table, tables, states) and _state(table, states) not in UNUSABLE for table in behind)
    if not rule.one_of or any(usable):
        return None
    titles = "、".join(_title(table) for table in behind)
    return _Obstacle(f"下列数据至少需要一项:{titles}", f"needs one of: {', '.join(behind)}", tuple(behind))


def _state(table: str, states: Mapping[str, Mapping[str, Any]]) -> str:
    return str(states[table]["state"]) if table in states else "ok"


def _origin(table: str) -> str:
    """The delivered table behind a prepared one, where it has a single one."""
    return ORIGIN[table][0] if table in ORIGIN and table not in _ALWAYS else table


def _lacking(need: Need, tables: Mapping[str, pl.DataFrame]) -> list[tuple[str, ...]]:
    """Needed columns that no file has; of a set of alternatives, the whole set."""
    if need.table in ("problem", "sheet", "batch"):
        return []
    if need.table in ("roll", "entry", "twin"):
        # a view has all its columns always: what counts is what the rolls were delivered with
        known = {name for table in ROLLS for name in TABLES[table].columns}
        present = {name for table in ROLLS if table in tables for name in tables[table].columns}
        present |= set(ROLL) - known
    else:
        present = set(tables[need.table].columns)
    wanted = [(name,) for name in sorted(need.columns)] + list(need.any_of)
    return [names for names in wanted if not present & set(names)]


def _column(table: str, name: str) -> str:
    tables = ROLLS if table == "roll" else (table,)
    return next((TABLES[t].columns[name].title for t in tables if t in TABLES and name in TABLES[t].columns), name)


def _delivered(table: str, tables: Mapping[str, pl.DataFrame], states: Mapping[str, Mapping[str, Any]]) -> bool:
    """A register that was read and concerns nobody on the rolls is delivered; a view of rolls when there is a roll."""
    if table in ("roll", "entry", "twin"):
        # rules on what is written in the rows read those of payments as well
        behind = (*ROLLS, "payment", "application") if table == "entry" else ROLLS
        return any(name in tables and tables[name].height > 0 for name in behind)
    if table in states:
        return True
    return table in _ALWAYS or (table in tables and tables[table].height > 0)


def _policy_gaps(rules: RuleSet, ctx: RuleContext) -> pl.DataFrame:
    users: dict[str, list[str]] = {}
    for one in rules.values():
        for key in one.policy:
            users.setdefault(key, []).append(one.code)
    rows = [
        {"run": "run", "policy_key": gap.key, "missing": gap.text, "rules": "、".join(users[gap.key])}
        for gap in ctx.policy.missing(sorted(users), [ctx.month])
    ]
    return pl.DataFrame(rows, schema=POLICY_GAP)


def _counts(rule: Rule, frames: list[pl.DataFrame]) -> tuple[int, int]:
    """Records of the first table that were looked at, and those left out because their key is empty."""
    first = frames[0]
    without = first[rule.key].null_count() if rule.key in first.columns else 0
    return first.height - without, without


def _line(
    rule: Rule,
    status: str,
    *,
    findings: int = 0,
    counts: tuple[int, int] | None = None,
    obstacle: _Obstacle | None = None,
) -> dict[str, Any]:
    evaluated, left_out = counts or (None, None)
    return {
        "code": rule.code,
        "title": rule.title,
        "title_en": rule.title_en,
        "family": rule.family,
        "status": status,
        "findings": findings,
        "evaluated": evaluated,
        "not_evaluated": left_out,
        "reason": obstacle.reason if obstacle else None,
        "reason_en": obstacle.reason_en if obstacle else None,
        "enable": list(obstacle.enable) if obstacle else [],
    }


def _title(table: str) -> str:
    return TABLES[table].title if table in TABLES else PREPARED.get(table, table)
