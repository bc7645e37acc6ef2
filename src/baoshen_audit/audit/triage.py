"""What a clerk gets to see of the findings: in cases, the surest and largest first, no more than can be checked.

Nothing is deleted: a finding kept off the list says why in `held`, and every report says how many there are.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import polars as pl

from baoshen_audit.audit.request import ROLLS
from baoshen_audit.finding import FINDINGS, Family, Grade, Held
from baoshen_audit.rule import Rule, RuleContext, RuleSet
from baoshen_audit.schemas import TABLES

CASES: Final[dict[str, pl.DataType]] = {
    "case_id": pl.String(),
    "grade": pl.String(),
    "severity": pl.String(),
    "amount": pl.Int64(),
    "findings": pl.Int64(),
    "codes": pl.List(pl.String()),
    "household": pl.String(),
    "name": pl.String(),
    "town": pl.String(),
    "village": pl.String(),
}
"""One row per case: what one visit or one look into the files clears. `grade`, `severity` and `amount` (分, to be
examined) are those of its gravest finding of each kind; amounts are not added up, for several findings may examine the
same money. `household`, `name`, `town`, `village` are those of its first finding."""

_OWN_GROUND: Final = (Family.ROLL, Family.FEED)
"""These families judge the data themselves; a bad file is what they are there to report."""


@dataclass(frozen=True)
class Triaged:
    """Findings with `held`, and what a reader must know of those that are."""

    findings: pl.DataFrame
    notes: tuple[str, ...]


def triage(
    findings: pl.DataFrame, coverage: pl.DataFrame, rules: RuleSet, ctx: RuleContext, *, capacity: int | None = None
) -> Triaged:
    """Keep off the list what a rule found implausibly often, and what is more than can be checked.

    Args:
        findings: findings v1 in order.
        coverage: how many records each rule looked at.
        rules: the rules that ran.
        ctx: for the shares above which a batch is doubted (`casework.breaker_percent`).
        capacity: how many findings can be checked this month; all if not given. The case that reaches it is still
            listed whole.

    Returns:
        The same findings in the same order, `held` filled, and notes on what is held.
    """
    doubted = [told for line in coverage.iter_rows(named=True) if (told := _doubted(line, rules, ctx))]
    suspect = pl.col("code").is_in([code for code, _ in doubted])
    findings = findings.with_columns(pl.when(suspect).then(pl.lit(Held.SUSPECT.value)).alias("held"))
    notes = [note for _, note in doubted]
    if capacity is not None:
        waiting = ~pl.coalesce("case_id", "fingerprint").is_in(_listed_cases(findings, capacity))
        findings = findings.with_columns(
            pl.when(pl.col("held").is_null() & waiting)
            .then(pl.lit(Held.CAPACITY.value))
            .otherwise(pl.col("held"))
            .alias("held")
        )
        held = findings.filter(pl.col("held") == Held.CAPACITY.value)
        if held.height:
            grades = "、".join(
                f"{grade} 级 {count}" for grade, count in held.group_by("grade").len().sort("grade").rows()
            )
            notes.append(f"按核查能力({capacity} 条)列入,另有 {held.height} 条依次排在其后,没有列入({grades})")
    return Triaged(findings.select(list(FINDINGS)), tuple(notes))


def cases(findings: pl.DataFrame) -> pl.DataFrame:
    """The cases of findings that are in order: a frame of `CASES`, in the same order."""
    return (
        findings.group_by(pl.coalesce("case_id", "fingerprint").alias("case_id"), maintain_order=True)
        .agg(
            pl.col("grade").first(),
            pl.col("severity").sort_by(pl.col("severity").replace_strict(_WEIGHT, return_dtype=pl.Int64)).first(),
            pl.col("amount").max(),
            pl.len().cast(pl.Int64).alias("findings"),
            pl.col("code").unique(maintain_order=True).alias("codes"),
            *(pl.col(name).drop_nulls().first() for name in ("household", "name", "town", "village")),
        )
        .select(pl.col(name).cast(dtype) for name, dtype in CASES.items())
    )


_WEIGHT: Final = {"high": 0, "medium": 1, "low": 2, "info": 3}


def _listed_cases(findings: pl.DataFrame, capacity: int) -> list[str]:
    """The first cases, as long as those before them leave room."""
    counted = cases(findings.filter(pl.col("held").is_null()))
    before = pl.col("findings").cum_sum() - pl.col("findings")
    return counted.filter(before < capacity)["case_id"].to_list()


def _doubted(line: dict[str, object], rules: RuleSet, ctx: RuleContext) -> tuple[str, str] | None:
    """A rule that fired on more of its records than people can be expected to give cause for, and what to say of it."""
    rule, found, looked_at = rules[str(line["code"])], line["findings"], line["evaluated"]
    if rule.family in _OWN_GROUND or rule.grade is Grade.INFO:
        return None
    if not isinstance(found, int) or not isinstance(looked_at, int) or not looked_at:
        return None
    registers = _registers(rule)
    percent = ctx.policy.get(
        "casework.breaker_percent", ctx.month, basis="核对数据" if registers else "本单位记录"
    ).integer
    least = ctx.policy.get("casework.breaker_findings", ctx.month).integer
    if found < least or found * 100 <= percent * looked_at:
        return None
    share = round(100 * found / looked_at)
    where = "、".join(registers) or "名册、发放和审批记录"
    return rule.code, (
        f"{rule.code} {rule.title}在 {looked_at} 条记录中报了 {found} 条({share}%,上限 {percent}%),多半是数据有误,"
        f"已作数据存疑处理,没有列入;请先核对:{where}"
    )


def _registers(rule: Rule) -> list[str]:
    """The registers a rule compares with, in words."""
    return [
        TABLES[need.table].title
        for need in rule.needs
        if need.table in TABLES and TABLES[need.table].kind == "feed" and need.table not in ROLLS
        if need.table in rule.one_of or not need.optional
    ]
