"""人情保: enrolment favoured by an office; found in filings and the process log, never in a score of a family."""

from __future__ import annotations

import polars as pl

from baoshen_audit.rule import RuleContext


def in_office(ctx: RuleContext) -> pl.Expr:
    """Whether the term of a roster row covers the month; a term without a date is open at that end."""
    return _covers(ctx, "term_start", "term_end")


def filing_valid(ctx: RuleContext) -> pl.Expr:
    """Whether a filing holds in the month; one without a date is open at that end."""
    return _covers(ctx, "filed_on", "valid_to")


def _covers(ctx: RuleContext, start: str, end: str) -> pl.Expr:
    return (pl.col(start).fill_null(ctx.as_of) <= ctx.as_of) & (pl.col(end).fill_null(ctx.month) >= ctx.month)
