"""From what rules returned to findings v1: subject, message, evidence with places, grade, masks and fingerprints."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from hashlib import sha256
from typing import Final

import polars as pl

from baoshen_audit.audit.household import homes
from baoshen_audit.audit.judge import Fired
from baoshen_audit.audit.resolve import Resolved
from baoshen_audit.finding import EVIDENCE, FINDINGS, digest, empty, in_order, lowered, tier_steps
from baoshen_audit.identity import mask, resident_id
from baoshen_audit.ingest.model import Source
from baoshen_audit.rule import RESERVED, Rule, RuleContext
from baoshen_audit.schemas import TABLES

_SCHEME: Final = "baoshen-finding/1"
_CASE_SCHEME: Final = "baoshen-case/1"

_SUBJECT: Final[dict[str, pl.DataType]] = {
    "name": pl.String(),
    "id_no": pl.String(),
    "hh_id": pl.String(),
    "town": pl.String(),
    "village": pl.String(),
    "programme": pl.String(),
    "person_key": pl.Int64(),
    "name_key": pl.String(),
    "household_key": pl.String(),
}

_VALUES: Final[dict[str, pl.DataType]] = {
    "row_id": pl.Int64(),
    "field": pl.String(),
    "table": pl.String(),
    "source_id": pl.Int32(),
    "source_row": pl.Int64(),
    "raw": pl.String(),
    "value": pl.String(),
}
"""A cited cell as it was written, and masked."""


def assemble(
    fired: Sequence[Fired],
    resolved: Resolved,
    sources: Sequence[Source],
    ctx: RuleContext,
    *,
    key: bytes,
    reveal: bool,
) -> pl.DataFrame:
    """Turn the results of rules into findings v1.

    Args:
        fired: what the rules returned.
        resolved: the linked tables, for subjects and cells.
        sources: where rows came from, by `source_id`.
        ctx: month and law; the deadline comes from `casework.reply_days`.
        key: the bureau's key for fingerprints.
        reveal: show names and numbers unmasked.

    Returns:
        A frame of `finding.FINDINGS` in the order a reviewer works in.
    """
    if not fired:
        return empty()
    penalised = _penalised(resolved.tables["feed"])
    found = (
        pl.concat([_common(one, penalised) for one in fired])
        .with_row_index("fid")
        .with_columns(pl.col("fid").cast(pl.Int64))
    )
    cells = _cells(found, resolved, sources, reveal=reveal)
    found = (
        found.join(_subjects(resolved.tables, found), on="subject_row", how="left", maintain_order="left")
        .join(homes(resolved.tables["roll"]), on="person_key", how="left", maintain_order="left")
        .join(_reasons(cells, resolved.links), on="fid", how="left", maintain_order="left")
        .join(_evidence(cells), on="fid", how="left", maintain_order="left")
    )
    deadline = ctx.as_of + timedelta(days=ctx.policy.get("casework.reply_days", ctx.month).integer)
    found = found.with_columns(
        pl.Series("fingerprint", _fingerprints(found, key)),
        pl.Series("content_hash", _content_hashes(found, cells)),
        pl.Series("case_id", _case_ids(found, key)),
        pl.lit(None).alias("held"),
        pl.lit(deadline).alias("deadline"),
        pl.col("hh_id").alias("household"),
        pl.col("evidence").fill_null(pl.lit([], dtype=EVIDENCE)),
        pl.col("reasons").fill_null(pl.lit([], dtype=pl.List(pl.String))),
    )
    if not reveal:
        found = found.with_columns(mask.mask_name("name").alias("name"), mask.mask_id("id_no").alias("id_no"))
    return in_order(found.select(pl.col(name).cast(dtype) for name, dtype in FINDINGS.items()))


def _penalised(feeds: pl.DataFrame) -> frozenset[str]:
    """Feeds that cost a grade: nobody knows the day they speak for, or their numbers are masked or often wrong."""
    return frozenset(feeds.filter((pl.col("state") == "undated") | pl.col("weak"))["feed_id"])


def _common(one: Fired, penalised: frozenset[str]) -> pl.DataFrame:
    rule = one.rule
    tier_cost = pl.lit(0, dtype=pl.Int64) if rule.states_grade else tier_steps(pl.col("tier"))
    needed = {need.table for need in rule.needs if not need.optional} | set(rule.one_of)
    feed_cost = int(bool(needed & penalised))
    constants = {
        "code": rule.code,
        "rule_version": version(rule),
        "family": rule.family,
        "title": rule.title,
        "title_en": rule.title_en,
        "severity": rule.severity.value,
        "subject_kind": rule.key.removesuffix("_key").removesuffix("_id"),
        "remedy": rule.remedy,
    }
    base = pl.coalesce("grade", pl.lit(rule.grade.value))
    return one.frame.select(
        *(pl.lit(value).alias(name) for name, value in constants.items()),
        pl.col(rule.key).cast(pl.String).alias("key"),
        *(name for name in RESERVED if name != "grade"),
        lowered(base, tier_cost + feed_cost).alias("grade"),
        rule.text(rule.message).alias("message"),
        rule.text(rule.message_en).alias("message_en"),
        pl.lit(list(rule.checklist), dtype=pl.List(pl.String)).alias("checklist"),
        pl.col("evidence").alias("cited"),
    )


def version(rule: Rule) -> str:
    """The version a rule entered with, and a hash of its file and parameters as they stand."""
    source = inspect.getsource(inspect.getmodule(rule.kernel) or rule.kernel)
    return f"{rule.since}+{sha256(f'{source}{dict(rule.params)}'.encode()).hexdigest()[:8]}"


def _subjects(tables: Mapping[str, pl.DataFrame], found: pl.DataFrame) -> pl.DataFrame:
    """Name, number, household and place of every subject row, from whichever table holds it."""
    rows = found.select("subject_row").drop_nulls().unique()
    parts = []
    for frame in (tables["roll"], *(f for name, f in tables.items() if name in TABLES)):
        has = set(frame.columns)
        mine = rows.join(frame.rename({"row_id": "subject_row"}), on="subject_row", how="inner")
        parts.append(
            mine.select(
                "subject_row",
                *(
                    (pl.col(name) if name in has else pl.lit(None)).cast(dtype).alias(name)
                    for name, dtype in _SUBJECT.items()
                ),
            )
        )
    # the roll view comes first: it knows more of a row (town of the household) than the row's own table
    return pl.concat(parts).unique("subject_row", keep="first", maintain_order=True)


def _cells(found: pl.DataFrame, resolved: Resolved, sources: Sequence[Source], *, reveal: bool) -> pl.DataFrame:
    """One row per cited cell: fid, place, header, value masked, and the value as written for hashing only."""
    cited = (
        found.select("fid", "subject_row", "cited")
        .explode("cited", empty_as_null=False)
        .unnest("cited")
        .with_columns(pl.col("columns").str.split(" ").alias("field"))
        .drop("columns")
        .explode("field", empty_as_null=False)
    )
    wanted = cited.select("row_id", "field").unique()
    values = [_values(name, frame, wanted, reveal=reveal) for name, frame in resolved.tables.items() if name in TABLES]
    places = pl.DataFrame(
        [
            {
                "source_id": number,
                "field": field,
                "file": source.file,
                "sheet": source.sheet,
                "column": source.letters.get(field, ""),
                "header": header,
            }
            for number, source in enumerate(sources)
            for field, header in source.headers.items()
        ],
        schema={
            "source_id": pl.Int32,
            "field": pl.String,
            "file": pl.String,
            "sheet": pl.String,
            "column": pl.String,
            "header": pl.String,
        },
    )
    known = pl.concat([pl.DataFrame(schema=_VALUES), *values])
    return (
        cited.join(known, on=["row_id", "field"], how="inner")
        .join(places, on=["source_id", "field"], how="left")
        .with_columns((pl.col("row_id") != pl.col("subject_row")).fill_null(value=True).alias("other"))
        .unique(["fid", "row_id", "field"])
        .sort("fid", "other", "row_id", "field")
    )


def _values(name: str, frame: pl.DataFrame, wanted: pl.DataFrame, *, reveal: bool) -> pl.DataFrame:
    spec = TABLES[name]
    parts = [pl.DataFrame(schema=_VALUES)]
    present = wanted.join(frame.select("row_id"), on="row_id", how="semi")
    for field in present["field"].unique().sort():
        if field not in spec.columns or f"raw__{field}" not in frame.columns:
            continue
        column = spec.columns[field]
        raw = pl.col(f"raw__{field}")
        shown = raw if reveal else mask.mask(raw, column.kind, column.pii)
        rows = present.filter(pl.col("field") == field).join(frame, on="row_id", how="inner")
        parts.append(
            rows.select(
                "row_id",
                "field",
                pl.lit(name).alias("table"),
                "source_id",
                "source_row",
                raw.alias("raw"),
                shown.alias("value"),
            )
        )
    return pl.concat(parts)


def _evidence(cells: pl.DataFrame) -> pl.DataFrame:
    cell = pl.struct(
        "table", "file", "sheet", pl.col("source_row").alias("row"), "column", "header", "field", "value"
    ).alias("evidence")
    return cells.group_by("fid", maintain_order=True).agg(cell).with_columns(pl.col("evidence").cast(EVIDENCE))


def _reasons(cells: pl.DataFrame, links: pl.DataFrame) -> pl.DataFrame:
    told = cells.select("fid", "row_id").unique().join(links, on="row_id", how="inner")
    return told.group_by("fid").agg(pl.col("reason").unique().sort().alias("reasons"))


def _subject_text(row: Mapping[str, object]) -> str:
    """What a finding is about, the same next month: never a row number or a number of the run."""
    person = row["person_key"]
    if row["subject_kind"] in ("person", "row") or str(row["key"]).rpartition("|")[2].startswith("P"):
        if isinstance(person, int) and person >= 0:
            return f"id:{resident_id.unpack_text(person)}"
        return "|".join(str(row[name] or "") for name in ("programme", "hh_id", "name_key", "id_no"))
    return str(row["key"])


def _fingerprints(found: pl.DataFrame, key: bytes) -> Iterator[str]:
    """Keyed hashes of rule, subject and counterpart; a second finding of the same triple is numbered."""
    seen: dict[str, int] = {}
    columns = ["code", "subject_kind", "key", "counterpart", *_SUBJECT]
    for row in found.select(columns).iter_rows(named=True):
        parts = [_SCHEME, row["code"], row["subject_kind"], _subject_text(row), row["counterpart"] or ""]
        first = digest(key, parts)
        seen[first] = seen.get(first, 0) + 1
        yield first if seen[first] == 1 else digest(key, [*parts, str(seen[first])])


def _case_ids(found: pl.DataFrame, key: bytes) -> Iterator[str]:
    """Keyed hashes of the household a finding is about, or of its subject where there is none."""
    columns = ["subject_kind", "key", *_SUBJECT, "home_key"]
    for row in found.select(columns).iter_rows(named=True):
        home = row["home_key"] or row["household_key"] or ""
        # persons of programmes without households are cases of their own
        shared = bool(home) and not home.rpartition("|")[2].startswith("P")
        yield digest(key, [_CASE_SCHEME, home if shared else _subject_text(row)])


def _content_hashes(found: pl.DataFrame, cells: pl.DataFrame) -> Iterator[str]:
    """Hashes over amounts, months and compared values: another hash under the same fingerprint means "updated"."""
    said = dict(
        cells.group_by("fid", maintain_order=True)
        .agg(pl.concat_str("table", pl.lit("."), "field", pl.lit("="), pl.col("raw").fill_null("")))
        .iter_rows()
    )
    for fid, *told in found.select("fid", "months", "amount", "recomputed", "message").iter_rows():
        text = "\x1f".join([*map(str, told), *sorted(said.get(fid, []))])
        yield sha256(text.encode()).hexdigest()[:16]
