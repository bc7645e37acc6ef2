"""Counts that every report shows: findings by family, town or rule, split by grade."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from baoshen_audit.finding import Family, Grade


@dataclass(frozen=True)
class Tally:
    """The findings of one family, town or rule.

    Attributes:
        label: value of the column counted by; empty where it is null.
        grades: grade → findings, every grade present.
        findings: all of them.
        amount: 分 to examine, added up; None where no finding states an amount.
    """

    label: str
    grades: dict[str, int]
    findings: int
    amount: int | None


def by(findings: pl.DataFrame, column: str) -> list[Tally]:
    """Count findings by a column.

    Args:
        findings: findings v1.
        column: `family`, `town` or `code`.

    Returns:
        Families and rules in the order of the catalogue; towns with the most findings first.
    """
    grades = [grade.value for grade in Grade]
    counted = (
        findings.group_by(pl.col(column).fill_null(""))
        .agg(
            *((pl.col("grade") == grade).sum().cast(pl.Int64).alias(f"grade_{grade}") for grade in grades),
            pl.len().cast(pl.Int64).alias("findings"),
            pl.when(pl.col("amount").is_not_null().any()).then(pl.col("amount").sum()).alias("amount"),
        )
        .sort(-pl.col("findings"), column)
    )
    tallies = [
        Tally(row[column], {grade: row[f"grade_{grade}"] for grade in grades}, row["findings"], row["amount"])
        for row in counted.iter_rows(named=True)
    ]
    if column == "town":
        return tallies
    order = {family.value: position for position, family in enumerate(Family)}
    return sorted(tallies, key=lambda one: (order.get(one.label.rstrip("0123456789"), len(order)), one.label))


def crossed(findings: pl.DataFrame, rows: str, columns: str) -> dict[tuple[str, str], int]:
    """Findings by two columns: (row label, column label) → count."""
    counted = findings.group_by(pl.col(rows).fill_null(""), pl.col(columns).fill_null("")).len()
    return {(row, column): count for row, column, count in counted.iter_rows()}
