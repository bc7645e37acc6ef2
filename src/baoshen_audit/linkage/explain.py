"""Why two records are one entity, or are not: each field's evidence in bits and words, as text and as a waterfall."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Final, Literal

import polars as pl

from baoshen_audit.errors import UsageError
from baoshen_audit.linkage.links import Links
from baoshen_audit.linkage.score import bits_column, classify, count, score
from baoshen_audit.linkage.spec import Comparison

__all__ = ["Explanation", "Step", "explain"]

Language = Literal["zh", "en"]

_WORDS: Final = {
    "prior": ("任意两条记录属于同一人的可能", "two records taken at random"),
    "bound": ("按已知证号的同类记录对下调", "lowered: identified pairs like this one are often two people"),
    "total": ("合计", "total"),
    "bits": ("比特", "bits"),
    "link": ("关联", "link"),
    "review": ("待核", "review"),
    "reject": ("不关联", "no link"),
    "none": ("一方缺失,不作为证据", "missing on one side: no evidence"),
}
_UP: Final = "#2a7f4f"
_DOWN: Final = "#b3402a"
_START: Final = "#8a8a8a"


@dataclass(frozen=True, slots=True)
class Step:
    """One bar of the waterfall.

    Attributes:
        title: Field, Chinese.
        title_en: Field, English.
        words: What was found, Chinese.
        words_en: What was found, English.
        bits: Evidence for (above 0) or against one entity.
    """

    title: str
    title_en: str
    words: str
    words_en: str
    bits: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """The evidence behind one pair.

    Attributes:
        steps: The prior, then every field in the order of the spec.
        score: Bits in all.
        decision: ``link``, ``review`` or ``reject``.
        tier: Tier, or ``""`` where the pair is not among the links.
        remark: Why the score alone did not decide, Chinese and English; or None.
        accept: Bits from which the spec links.
        review: Bits from which the spec shows for review.
    """

    steps: tuple[Step, ...]
    score: float
    decision: str
    tier: str
    remark: tuple[str, str] | None
    accept: float
    review: float

    def text(self, language: Language = "zh") -> str:
        """The evidence as lines of text.

        Args:
            language: ``zh`` or ``en``.

        Returns:
            One line per field, then the total and the decision; no value of a record but the characters that differ.
        """
        at = 0 if language == "zh" else 1
        said = [((s.title, s.title_en)[at], (s.words, s.words_en)[at], s.bits) for s in self.steps]
        lines = [f"{bits:+7.2f}  {title}: {words}" for title, words, bits in said]
        verdict = f"{self.score:+7.2f}  {_WORDS['total'][at]} → {_WORDS[self.decision][at]} {self.tier}".rstrip()
        return "\n".join([*lines, verdict, *([self.remark[at]] if self.remark else [])])

    def svg(self, language: Language = "zh") -> str:
        """The evidence as a waterfall picture, one bar per field that spoke.

        Args:
            language: ``zh`` or ``en``.

        Returns:
            A stand-alone SVG document.
        """
        at = 0 if language == "zh" else 1
        bars, level = [], 0.0
        for index, step in enumerate(step for step in self.steps if step.bits):
            label = f"{(step.title, step.title_en)[at]} · {(step.words, step.words_en)[at]}"
            bars.append((label, level, level + step.bits, _START if index == 0 else _UP if step.bits > 0 else _DOWN))
            level += step.bits
        bars.append((f"{_WORDS['total'][at]} · {_WORDS[self.decision][at]} {self.tier}", 0.0, self.score, "#2b4f81"))
        marks = ((self.review, _WORDS["review"][at]), (self.accept, _WORDS["link"][at]))
        return _picture(bars, marks, _WORDS["bits"][at])


def explain(links: Links, left_id: object, right_id: object) -> Explanation:
    """Explain any two records, linked or not.

    Args:
        links: What :func:`baoshen_audit.linkage.link` gave.
        left_id: Id in the left table.
        right_id: Id in the right table (the same table when it was linked with itself).

    Returns:
        The evidence.

    Raises:
        UsageError: If an id is not in its table.
    """
    rows = [_row(ids, wanted) for ids, wanted in ((links.left_ids, left_id), (links.right_ids, right_id))]
    if links.entities is not None:
        rows.sort()
    pair = pl.DataFrame({"l": rows[:1], "r": rows[1:], "block": [0]}, schema_overrides={"block": pl.Int16})
    classified = classify(pair, links.left, links.right, links.spec.comparisons)
    counted = count(classified, links.left, links.right, links.spec, {})
    found = score(counted, links.spec, links.model).row(0, named=True)
    steps = [Step("起点", "start", *_WORDS["prior"], round(links.model.prior, 2))]
    steps += [_step(comparison, found, links, rows) for comparison in links.spec.comparisons]
    at = links.evidence.with_row_index("i").filter((pl.col("l") == rows[0]) & (pl.col("r") == rows[1]))
    accept, review = links.spec.accept, links.spec.review
    if at.is_empty():
        return Explanation(tuple(steps), found["score"], "reject", "", None, accept, review)
    known = links.pairs.row(at["i"][0], named=True)
    if known["score"] < found["score"]:
        steps.append(Step("上限", "ceiling", *_WORDS["bound"], round(known["score"] - found["score"], 2)))
    remark = (known["reason"].split("；")[0], known["reason_en"].split("; ")[0])
    decision, tier = known["decision"], known["tier"]
    overruled = decision != ("link" if known["score"] >= accept else "review")
    return Explanation(tuple(steps), known["score"], decision, tier, remark if overruled else None, accept, review)


def _row(ids: pl.Series, wanted: object) -> int:
    found = ids.index_of(wanted)
    if found is None:
        raise UsageError("没有这个标识的记录", hint="标识要取自关联时 id= 指定的列")
    return found


def _step(comparison: Comparison, found: dict[str, object], links: Links, rows: list[int]) -> Step:
    code, bits = found[comparison.name], found[bits_column(comparison.name)]
    level = next((level for level in comparison.levels if level.code == code), None)
    words, english = (level.words, level.words_en) if level else _WORDS["none"]
    if level is not None and comparison.detail is not None:
        one, other = (f.select(comparison.columns).row(r) for f, r in zip((links.left, links.right), rows, strict=True))
        more = comparison.detail(one, other)
        words, english = more[0] or words, more[1] or english
    return Step(comparison.title, comparison.name, words, english, float(str(bits)))


def _picture(bars: list[tuple[str, float, float, str]], marks: tuple[tuple[float, str], ...], unit: str) -> str:
    """Horizontal bars that each begin where the one before ended, thresholds as dashed lines."""
    ends = [0.0, *(mark for mark, _ in marks), *(value for _, start, end, _ in bars for value in (start, end))]
    low, high = min(ends), max(ends)
    left, width, row = 330, 420, 26
    height = row * len(bars) + 44

    def x(value: float) -> float:
        return round(left + (value - low) / max(high - low, 1.0) * width, 1)

    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{left + width + 90}" height="{height}" '
        'font-family="Noto Sans CJK SC, Microsoft YaHei, sans-serif" font-size="12">',
        f'<rect width="{left + width + 90}" height="{height}" fill="#ffffff"/>',
    ]
    for value, name in marks:
        line = f'x1="{x(value)}" x2="{x(value)}" y1="18" y2="{height - 18}"'
        out.append(f'<line {line} stroke="#999" stroke-dasharray="3 3"/>')
        out.append(f'<text x="{x(value)}" y="13" text-anchor="middle" fill="#555">{escape(name)}</text>')
    for index, (label, start, end, colour) in enumerate(bars):
        y = 24 + index * row
        a, b = sorted((x(start), x(end)))
        out.append(f'<text x="{left - 8}" y="{y + 13}" text-anchor="end">{escape(label)}</text>')
        out.append(f'<rect x="{a}" y="{y}" width="{max(round(b - a, 1), 1)}" height="18" fill="{colour}"/>')
        out.append(f'<text x="{b + 4}" y="{y + 13}">{end - start:+.1f} {escape(unit)}</text>')
    return "\n".join([*out, "</svg>"])
