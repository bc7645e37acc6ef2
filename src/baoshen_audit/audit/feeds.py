"""Whether a feed can be relied on: its age, its area, its size. All rules ask here, and FEED021 reports it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

import polars as pl

from baoshen_audit.audit.request import Request
from baoshen_audit.ingest.headers import table_named
from baoshen_audit.ingest.model import Intake, Source
from baoshen_audit.policy import Policy, PolicyMissing
from baoshen_audit.schemas import TABLES

REGISTERS: Final = frozenset(
    name for name, spec in TABLES.items() if spec.kind == "feed" and name not in ("manifest", "check_report")
)
"""Feeds of other registers: rules only ever meet the rows that link to somebody on a roll."""

STRANGERS: Final = REGISTERS - {"cadre_roster", "kin_filing", "disability"}
"""Registers of which intake types only rows that name somebody on a roll. The lists of staff are short, and
an official on no roll may still hold an account that relief is paid into; holders of a disability certificate may be
entitled to a subsidy without being on any roll."""

FEED_STATE: Final[dict[str, pl.DataType]] = {
    "feed_id": pl.String(),
    "title": pl.String(),
    "row_id": pl.Int64(),
    "as_of": pl.Date(),
    "age_days": pl.Int64(),
    "max_age_days": pl.Int64(),
    "coverage": pl.String(),
    "rows": pl.Int64(),
    "declared": pl.Int64(),
    "state": pl.String(),
    "legal_basis": pl.String(),
    "numbers": pl.Int64(),
    "valid_percent": pl.Int64(),
    "masked": pl.Int64(),
    "nameless": pl.Int64(),
    "weak": pl.Boolean(),
    "unread": pl.Int64(),
}
"""One row per delivered feed. `row_id` is its line in the 数据源清单. `state` is ok | undated (costs a grade) | empty |
partial (far fewer rows than declared) | uncovered (another area) | stale; the last four stop the rules on the feed.
Of its document `numbers` so many per cent are valid and so many `masked`; `nameless` rows have none. `weak`: too few
are valid, or too many masked, which costs a grade. `unread`: cells of rows near the rolls that could not be read."""

SHOWN: Final = ("feed_id", "title", "as_of", "age_days", "max_age_days", "coverage", "rows", "declared", "state")
"""What a result tells of a feed."""

UNUSABLE: Final = ("empty", "partial", "uncovered", "stale")

_CODE = re.compile(r"[0-9]{2,12}")


def feed_states(
    tables: Mapping[str, pl.DataFrame], intake: Intake, problems: pl.DataFrame, request: Request, policy: Policy
) -> pl.DataFrame:
    """Judge every delivered feed, asked for by a rule or not.

    Returns:
        A frame of `FEED_STATE`, sorted by feed.
    """
    stated = _manifest(tables.get("manifest"))
    least = policy.get("feed.min_rows_percent", request.month).integer
    unread = dict(problems.group_by("table").len().iter_rows())
    rows = []
    for table in sorted(REGISTERS & {source.table for source in intake.sources}):
        sources = [source for source in intake.sources if source.table == table]
        line = stated.get(table, {})
        days = [source.as_of for source in sources if source.as_of]
        as_of = min(days, default=None)
        found = sum(source.rows for source in sources)
        age = None if as_of is None else (request.as_of - as_of).days
        limit = _max_age(table, request, policy)
        facts = {
            "empty": found == 0,
            "partial": found * 100 < (line.get("rows") or 0) * least,
            "uncovered": not _covers(line.get("coverage"), policy.region),
            "stale": age is not None and limit is not None and age > limit,
            "undated": age is None,
        }
        rows.append(
            {
                "feed_id": table,
                "title": TABLES[table].title,
                "row_id": line.get("row_id"),
                "as_of": as_of,
                "age_days": age,
                "max_age_days": limit,
                "coverage": line.get("coverage"),
                "rows": found,
                "declared": line.get("rows") or None,
                "state": next((state for state, holds in facts.items() if holds), "ok"),
                "legal_basis": line.get("legal_basis"),
                "unread": unread.get(table, 0),
                **_numbers(sources, policy.get("feed.min_valid_id_percent", request.month).integer),
            }
        )
    return pl.DataFrame(rows, schema=FEED_STATE)


def _numbers(sources: Sequence[Source], least: int) -> dict[str, int | bool | None]:
    """How usable the document numbers of a feed are; nothing is said of a feed without any."""
    total = {key: sum(source.numbers.get(key, 0) for source in sources) for key in ("filled", "valid", "masked")}
    filled = total["filled"]
    valid = total["valid"] * 100 // filled if filled else None
    return {
        "numbers": filled,
        "valid_percent": valid,
        "masked": total["masked"],
        "nameless": sum(source.numbers.get("nameless", 0) for source in sources),
        "weak": valid is not None and (valid < least or total["masked"] * 100 > filled * (100 - least)),
    }


def _max_age(table: str, request: Request, policy: Policy) -> int | None:
    try:
        return policy.get("feed.max_age_days", request.month, feed=table).integer
    except PolicyMissing:
        return None


def _manifest(frame: pl.DataFrame | None) -> dict[str, dict[str, Any]]:
    """Feed table → what the manifest says: the latest line of each delivery, all deliveries of a feed together."""
    if frame is None or "feed" not in frame.columns:
        return {}
    columns = [name for name in ("row_id", "feed", "as_of", "coverage", "rows", "legal_basis") if name in frame.columns]
    deliveries: dict[tuple[str, str], dict[str, Any]] = {}
    for line in frame.select(columns).sort("row_id").iter_rows(named=True):
        table = table_named(line["feed"] or "")
        if table:
            known = deliveries.get((table, line["feed"]))
            if known is None or _day(known) <= _day(line):
                deliveries[table, line["feed"]] = line
    stated: dict[str, dict[str, Any]] = {}
    for (table, _), line in deliveries.items():
        # of several deliveries the oldest limits what the feed can say
        known = stated.get(table)
        oldest = line if known is None or _day(line) < _day(known) else known
        stated[table] = oldest | {"rows": (line.get("rows") or 0) + (known["rows"] if known else 0)}
    return stated


def _day(line: Mapping[str, Any]) -> date:
    return line.get("as_of") or date.min


def _covers(coverage: str | None, region: str) -> bool:
    """Whether an area in words or codes holds the county; words alone are taken at their word."""
    codes = _CODE.findall(coverage or "")
    return not codes or any(region.startswith(code.rstrip("0") or code) or code.startswith(region) for code in codes)
