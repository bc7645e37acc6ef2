"""A finding: one row of one frame with one published schema.

A finding is a lead for a person to check, never a verdict. This module knows the schema, the grades and how they
fall, and the two hashes that let a case be recognised next month.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable
from enum import StrEnum
from typing import Final

import polars as pl


class Family(StrEnum):
    """The first letters of a rule's code."""

    ROLL = "ROLL"
    FEED = "FEED"
    DUP = "DUP"
    ERR = "ERR"
    FAV = "FAV"
    MIS = "MIS"


FAMILY_TITLES: Final[dict[str, str]] = {
    Family.ROLL: "名册质量",
    Family.FEED: "数据源与政策",
    Family.DUP: "重复保",
    Family.ERR: "错保",
    Family.FAV: "人情保",
    Family.MIS: "漏保/欠发",
}


class Severity(StrEnum):
    """How much a finding matters, from most to least."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    INFO = "info"


class Grade(StrEnum):
    """How sure a finding is: A proof of a fact, B strong lead, C desk check only, info about no person at all."""

    A = "A"
    B = "B"
    C = "C"
    INFO = "info"


CITED: Final = pl.List(pl.Struct({"row_id": pl.Int64(), "columns": pl.String()}))
"""Evidence as a rule gives it: rows of the tables it was handed, and which of their columns (separated by blanks)."""

EVIDENCE: Final = pl.List(
    pl.Struct(
        {
            "table": pl.String(),
            "file": pl.String(),
            "sheet": pl.String(),
            "row": pl.Int64(),
            "column": pl.String(),
            "header": pl.String(),
            "field": pl.String(),
            "value": pl.String(),
        }
    )
)
"""Evidence as a clerk opens it: file, sheet, row and column letter as a spreadsheet shows them; the value masked."""

FINDINGS: Final[dict[str, pl.DataType]] = {
    "fingerprint": pl.String(),
    "content_hash": pl.String(),
    "case_id": pl.String(),
    "code": pl.String(),
    "rule_version": pl.String(),
    "family": pl.String(),
    "title": pl.String(),
    "title_en": pl.String(),
    "severity": pl.String(),
    "grade": pl.String(),
    "tier": pl.String(),
    "subject_kind": pl.String(),
    "name": pl.String(),
    "id_no": pl.String(),
    "household": pl.String(),
    "town": pl.String(),
    "village": pl.String(),
    "programme": pl.String(),
    "months": pl.List(pl.Date()),
    "amount": pl.Int64(),
    "formula": pl.String(),
    "recomputed": pl.Int64(),
    "message": pl.String(),
    "message_en": pl.String(),
    "checklist": pl.List(pl.String()),
    "remedy": pl.String(),
    "deadline": pl.Date(),
    "reasons": pl.List(pl.String()),
    "evidence": EVIDENCE,
    "held": pl.String(),
}
"""Findings v1: column → dtype. Money is Int64 分; `amount` is to be examined, never a debt. Findings of one household
share a `case_id`. `held` says why a finding is not on the list a clerk works through (`Held`); null if it is."""


class Held(StrEnum):
    """Why a finding is kept out of the casework list; machine formats hold it all the same."""

    CAPACITY = "capacity"
    SUSPECT = "suspect"


COVERAGE: Final[dict[str, pl.DataType]] = {
    "code": pl.String(),
    "title": pl.String(),
    "title_en": pl.String(),
    "family": pl.String(),
    "status": pl.String(),
    "findings": pl.Int64(),
    "evaluated": pl.Int64(),
    "not_evaluated": pl.Int64(),
    "reason": pl.String(),
    "reason_en": pl.String(),
    "enable": pl.List(pl.String()),
}
"""One row per selected rule. `status` is fired | clean | not_evaluable | failed; `enable` names the tables that would
let a rule run; `not_evaluated` counts records whose key is empty."""

_ORDER: Final = {Severity.HIGH: 0, Severity.MEDIUM: 1, Severity.LOW: 2, Severity.INFO: 3}
_GRADE_ORDER: Final = {Grade.A: 0, Grade.B: 1, Grade.C: 2, Grade.INFO: 3}


def cite(*columns: str, row: str = "row_id") -> pl.Expr:
    """Evidence expression: these columns of the record whose id stands in `row`.

    Returns:
        A `CITED` list expression; empty where `row` is null. Join several with `cites(...)`.
    """
    # one element a row, not one a cell: rules cite every row they group, and keep a few
    cells = pl.struct(pl.col(row).cast(pl.Int64).alias("row_id"), pl.lit(" ".join(columns)).alias("columns"))
    return pl.when(pl.col(row).is_not_null()).then(pl.concat_list(cells)).otherwise(pl.lit([], dtype=CITED))


def cites(*parts: pl.Expr) -> pl.Expr:
    """Several `cite(...)` expressions as one evidence list."""
    return pl.concat_list(parts)


def weakest(*tiers: str) -> pl.Expr:
    """The weakest of several tier columns (M1 strongest), nulls ignored."""
    return pl.max_horizontal(*tiers)


def lowered(grade: pl.Expr, steps: pl.Expr) -> pl.Expr:
    """A grade lowered by so many steps: A → B → C, never below C; `info` neither falls nor rises (rules.md §2.1)."""
    rank = grade.replace_strict({g.value: i for g, i in _GRADE_ORDER.items()}, return_dtype=pl.Int64)
    fallen = pl.min_horizontal(rank + steps, pl.lit(2, dtype=pl.Int64))
    names = {i: g.value for g, i in _GRADE_ORDER.items()}
    return (
        pl.when(grade == Grade.INFO.value)
        .then(grade)
        .otherwise(fallen.replace_strict(names, return_dtype=pl.String, default=Grade.C.value))
    )


def tier_steps(tier: pl.Expr) -> pl.Expr:
    """Steps that a link tier costs: M1 none, M2 and M3 one, everything weaker falls to C."""
    return (
        pl.when(tier.is_null() | (tier == "M1"))
        .then(0)
        .when(tier.is_in(["M2", "M3"]))
        .then(1)
        .otherwise(2)
        .cast(pl.Int64)
    )


def digest(key: bytes, parts: Iterable[str]) -> str:
    """Keyed hash of length-prefixed parts: an ID cannot be enumerated out of it without the bureau's key."""
    message = b"".join(len(raw).to_bytes(4, "big") + raw for raw in (part.encode() for part in parts))
    return hmac.new(key, message, hashlib.sha256).hexdigest()[:32]


def in_order(findings: pl.DataFrame) -> pl.DataFrame:
    """The order a reviewer works in: by grade, then amount, then severity, the findings of one case together.

    A case stands where its best finding does; its amount is that of its largest finding, for several may examine the
    same money. A unique tie-break makes the order total.
    """
    rank = {g.value: i for g, i in _GRADE_ORDER.items()}
    severity = {s.value: i for s, i in _ORDER.items()}
    grade = pl.col("grade").replace_strict(rank, return_dtype=pl.Int64)
    amount = -pl.col("amount").fill_null(0)
    weight = pl.col("severity").replace_strict(severity, return_dtype=pl.Int64)
    # a finding outside any case is a case of its own
    case = pl.coalesce("case_id", "fingerprint")
    return findings.sort(
        grade.min().over(case),
        amount.min().over(case),
        weight.min().over(case),
        case,
        grade,
        amount,
        weight,
        "code",
        "town",
        "fingerprint",
        nulls_last=True,
    )


def empty() -> pl.DataFrame:
    """A findings frame without findings."""
    return pl.DataFrame(schema=FINDINGS)
