"""Who handled a case, as the process log writes it."""

from __future__ import annotations

import polars as pl


def handlers(column: str) -> pl.Expr:
    """The names, or logins, that stand in one cell of the process log: List(String), null where it is empty."""
    return pl.col(column).str.replace_all(r"[、，,；;/\s]+", "、").str.strip_chars("、").str.split("、")
