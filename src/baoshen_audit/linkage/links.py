"""Link two tables, or one with itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import Final, TypeVar

import polars as pl

from baoshen_audit.engine.lookup import once, tally
from baoshen_audit.errors import InputError
from baoshen_audit.linkage.candidates import Capped, candidates
from baoshen_audit.linkage.cluster import CONFLICT, CONFLICT_EN, clusters
from baoshen_audit.linkage.decide import decide
from baoshen_audit.linkage.parallel import side_by_side, threads
from baoshen_audit.linkage.people import people
from baoshen_audit.linkage.score import (
    Model,
    bits_column,
    bound,
    classify,
    count,
    fit,
    promising,
    score,
    silent,
    wholes,
)
from baoshen_audit.linkage.spec import LinkSpec

__all__ = ["Links", "link", "names_each"]

PART: Final = 400_000
"""Most pairs in one step."""

FEW: Final = 50_000
"""Fewer pairs than this are one step: starting another would take as long."""

Made = TypeVar("Made", pl.Series, pl.DataFrame)


@dataclass(frozen=True, slots=True)
class Links:
    """What linking found.

    Attributes:
        pairs: ``left_id``, ``right_id``, ``score`` (bits), ``decision`` (link or review), ``tier``, ``reason``,
            ``reason_en``, sorted by the ids of both sides.
        entities: ``id``, ``entity`` for a table linked with itself (the entity is the id of its first record), or None.
        notes: What was capped, missing or could not be done, in Chinese.
        evidence: Rows ``l`` and ``r``, levels and bits behind each pair, aligned with ``pairs``.
        left_ids: Ids of the rows of the prepared left table.
        right_ids: Ids of the rows of the prepared right table.
        left: Prepared left table.
        right: Prepared right table (the left one when linked with itself).
        spec: What was linked by.
        model: What was counted.
    """

    pairs: pl.DataFrame
    entities: pl.DataFrame | None
    notes: list[str]
    evidence: pl.DataFrame
    left_ids: pl.Series
    right_ids: pl.Series
    left: pl.DataFrame
    right: pl.DataFrame
    spec: LinkSpec
    model: Model


def link(left: pl.DataFrame, right: pl.DataFrame | None = None, *, spec: LinkSpec | None = None, id: str) -> Links:
    """Find the records of one entity in two tables, or in one.

    Args:
        left: Any frame.
        right: Another, or None to find duplicates within the left one.
        spec: What to link by; resident registers (:func:`people`) where None.
        id: Column that names the records of both tables; unique in each.

    Returns:
        Pairs, entities, notes and the evidence behind them; the same whatever the order of the rows.

    Raises:
        InputError: If the id column is missing, has nulls or repeats.
    """
    spec = spec or people()
    tables = side_by_side(lambda table: _in_order(table, id), [left] if right is None else [left, right])
    prepared = spec.prepare(tables)
    (one, notes), (other, more) = prepared[0], prepared[-1]
    ids_left, ids_right = tables[0][id], tables[-1][id]
    if right is not None:
        notes = [f"左表：{note}" for note in notes] + [f"右表：{note}" for note in more]
    pairs, capped = candidates(one, None if right is None else other, spec.blocks, spec.identifier)
    notes += [_say(cap) for cap in capped]
    scored, model = _scored(pairs, one, other, spec)
    if spec.identifier is not None and 0 < model.pairs < 1000:
        notes.append(f"有效证号相同的记录对仅 {model.pairs} 对，姓名差异的比例主要用预设值")
    kept = decide(scored, one, other, spec)
    entities = None
    if right is None:
        kept, entity = _entities(kept, one, spec)
        entities = pl.DataFrame({"id": ids_left, "entity": ids_left[entity]})
    reasons = _reasons(kept, spec)
    result = pl.DataFrame({"left_id": ids_left[kept["l"]], "right_id": ids_right[kept["r"]]})
    result = pl.concat([result, kept.select("score", "decision", "tier"), reasons], how="horizontal")
    evidence = kept.drop("decision", "tier", "remark", "remark_en")
    return Links(result, entities, notes, evidence, ids_left, ids_right, one, other, spec, model)


def _check_id(frame: pl.DataFrame, column: str) -> None:
    if column not in frame.columns:
        raise InputError(f"表中没有标识列“{column}”", hint="用 id= 指定一列,其值在表内不重复")
    if not names_each(frame[column]):
        raise InputError(f"标识列“{column}”有空值或重复值", hint="换一列,或先加行号列")


def names_each(ids: pl.Series) -> bool:
    """Whether a column names the rows of its table: no gaps, none twice.

    Args:
        ids: Any column that can be sorted.

    Returns:
        True if it does.
    """
    repeated = (ids == ids.shift()).any() if ids.is_sorted() else ids.n_unique() != len(ids)
    return not (ids.null_count() or repeated)


def _in_order(frame: pl.DataFrame, column: str) -> pl.DataFrame:
    """By id, so that the order of rows changes nothing; most tables come so, and sorting moves every cell."""
    _check_id(frame, column)
    return frame if frame[column].is_sorted() else frame.sort(column)


def _say(capped: Capped) -> str:
    what = "每条只与对方首条比较" if capped.starred else "未比较"
    return f"组块“{capped.block}”有 {capped.keys} 个取值过大（共 {capped.pairs} 对），{what}"


def _scored(pairs: pl.DataFrame, left: pl.DataFrame, right: pl.DataFrame, spec: LinkSpec) -> tuple[pl.DataFrame, Model]:
    def identified() -> pl.DataFrame:
        if spec.identifier is None:
            never = pl.repeat(value=False, n=pairs.height, eager=True)
            return pl.DataFrame({"equal": never, "known": never})
        same = left[spec.identifier][pairs["l"]] == right[spec.identifier][pairs["r"]]
        return pl.DataFrame({"equal": same.fill_null(value=False), "known": same.is_not_null()})

    costly = [c for c in spec.comparisons if c.costly and not silent(c, left, right)]
    cheap = [c for c in spec.comparisons if c not in costly]
    # Columns are counted meanwhile: comparing spends some of its time in Python, which one thread at a time can.
    columns, parts = wholes(pairs.height, left, right, spec), _parts(pairs)
    steps: list[Callable[[], pl.DataFrame]] = [identified]
    steps += [partial(classify, part, left, right, cheap) for part in parts]
    steps += [partial(tally, column) for column in columns.values()]
    (equal, known), *found = side_by_side(lambda step: step(), steps)
    classified, tallies = pl.concat(found[: len(parts)]), dict(zip(columns, found[len(parts) :], strict=True))
    model = fit(classified, left, right, spec, equal)
    classified = count(classified, left, right, spec, tallies)
    if costly:
        asked = (~known).arg_true()
        worth = _by_part(lambda part: promising(part, spec, model), classified[asked])
        kept = known.clone().scatter(asked, worth)
        equal, known = equal.filter(kept), known.filter(kept)
        classified = _by_part(lambda part: classify(part, left, right, costly), classified.filter(kept))
    scored = _by_part(lambda part: score(part, spec, model), classified)
    return scored if spec.ceiling is None else bound(scored, spec.ceiling, equal, known), model


def _by_part(step: Callable[[pl.DataFrame], Made], pairs: pl.DataFrame) -> Made:
    """A step on some parts of the pairs at a time: what it needs for a million at once would fill the memory."""
    return pl.concat(side_by_side(step, _parts(pairs)))


def _parts(pairs: pl.DataFrame) -> list[pl.DataFrame]:
    # As many as work side by side where it pays, and all of about the same length: nobody waits for the longest.
    number = max(-(-pairs.height // PART), min(threads(), pairs.height // FEW), 1)
    ends = [pairs.height * at // number for at in range(number + 1)]
    return [pairs[start:end] for start, end in pairwise(ends)]


def _entities(kept: pl.DataFrame, frame: pl.DataFrame, spec: LinkSpec) -> tuple[pl.DataFrame, pl.Series]:
    """Who is one entity, and the pairs with those refused as reviews."""
    at = (kept["decision"] == "link").arg_true()
    known = None if spec.identifier is None else frame[spec.identifier]
    entity, refused = clusters(kept[at].select(a="l", b="r", score="score"), frame.height, known)
    hit = pl.repeat(value=False, n=kept.height, eager=True).scatter(at, refused)
    told = {"decision": "review", "remark": CONFLICT, "remark_en": CONFLICT_EN}
    kept = kept.with_columns(hit.alias("_hit")).with_columns(
        pl.when("_hit").then(pl.lit(words)).otherwise(column).alias(column) for column, words in told.items()
    )
    return kept.drop("_hit"), entity


def _reasons(kept: pl.DataFrame, spec: LinkSpec) -> pl.DataFrame:
    """One phrase per field that spoke, the remark first."""
    said = [pl.when(pl.col(bits_column(c.name)) != 0).then(pl.col(c.name)).alias(c.name) for c in spec.comparisons]
    columns = []
    for language, remark, sign in (("words", "remark", "；"), ("words_en", "remark_en", "; ")):
        phrases = [pl.col(remark)]
        for comparison in spec.comparisons:
            words = {level.code: getattr(level, language) for level in comparison.levels}
            phrases.append(pl.col(comparison.name).replace_strict(words, default=None, return_dtype=pl.String))
        name = "reason" if language == "words" else "reason_en"
        columns.append(pl.concat_str(phrases, separator=sign, ignore_nulls=True).alias(name))
    # Few combinations of outcomes cover all pairs: each is put into words once.
    return once(kept.select(*said, "remark", "remark_en"), lambda outcomes: outcomes.select(columns))
