"""What a mutation run left alive, as a page: the score of each part, why changes live, and every one of them.

    python tools/survivors.py build/mutation.jsonl > docs/mutation.md

The classes are told from the changed text; what belongs to no other is a gap that a case could close.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any, Final

CLASSES: Final = (
    (
        "order",
        r"maintain_order|nulls_last|strict=|\.sort\(|\.unique\(|suffix=",
        "The order of rows within a group, or which of equal rows is kept: the cases have one row there. That the "
        "order of rows of a whole scan changes nothing is a property test (tests/audit).",
    ),
    (
        "sign",
        r"_key\"\) >=? ?[01]|_key\"\) >= 0",
        "People whom nothing identifies have keys below zero and nobody has key 0: the change is no other program, or "
        "it lets in rows that the next join drops.",
    ),
    (
        "grade",
        r"otherwise\(pl\.lit\(.*?\)\)\.alias\(\"grade\"\)|pl\.lit\(\"[ABC]\"\)",
        "Without a grade of its own a finding gets the rule's, which is the same.",
    ),
    (
        "tier",
        r"weakest\(|_tier\"",
        "The weaker of two links decides; in the cases the other one is at least as weak. Grades under weak links are "
        "held for the whole sample (tests/audit/test_weak_links.py).",
    ),
    (
        "mechanics",
        r"how=\"|empty_as_null|nulls_equal|return_dtype|dtype=|default=None|ignore_nulls|literal=|CITED",
        "Says what is so anyway: a type, a default, a join whose other side has one row for each of ours.",
    ),
    (
        "null",
        r"fill_null|is_not_null|is_null|drop_nulls|coalesce",
        "A null that preparation does not leave, or that no case has.",
    ),
    (
        "bound",
        r"⟦[<>=! ]* → [<>=! ]*⟧|⟦[-+0-9. )]* → [-+0-9. )]*⟧",
        "A bound or a number: no case stands exactly on it.",
    ),
    (
        "word",
        r"→ [^⟧]*XX|→ [A-Z_]{3,}",
        "A separator, a word of a list or a column of the evidence that no case has filled in.",
    ),
    (
        "gap",
        "",
        "A condition, a column or a branch that no case tells from its absence. To be closed one by one.",
    ),
)


def main() -> None:
    """Read outcomes, write the page."""
    outcomes = [json.loads(line) for line in Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()]
    alive = [(one, _class(one), _change(one)) for one in outcomes if one["outcome"] == "survived"]
    counts = Counter(name for _, name, _ in alive)
    print("# Mutation testing: what is left alive\n")
    print("`make mutation SHARE=1` changes every place of `rules/` and `policy/` and asks the tests")
    print(
        "([decision 0022](decisions/0022-frozen-texts-and-mutants.md)). This page is `tools/survivors.py` of a run.\n"
    )
    print("| part | tried | killed | score |\n|---|---|---|---|")
    for part, files in (("all", ""), ("policy", "policy/"), ("rules", "rules/")):
        print(f"| {part} | {_score(outcomes, files)} |")
    print("\n| why it lives | changes | |\n|---|---|---|")
    for name, _, why in CLASSES:
        print(f"| {name} | {counts[name]} | {why} |")
    for file in sorted({one["file"] for one in outcomes}):
        tried, killed, score = _score(outcomes, file).split(" | ")
        print(f"\n## {file}\n\n{killed} of {tried}, {score}")
        here = sorted((one["line"], name, change) for one, name, change in alive if one["file"] == file)
        if here:
            print("\n| line | class | change |\n|---|---|---|")
        for line, name, change in here:
            print(f"| {line} | {name} | {change} |")


def _score(outcomes: list[dict[str, Any]], files: str) -> str:
    """Changes tried and killed in files whose names begin so, and the share, as cells of a table."""
    counts = Counter(one["outcome"] for one in outcomes if one["file"].startswith(files))
    tried = counts.total()
    return f"{tried} | {counts['killed']} | {counts['killed'] / max(tried, 1):.1%}"


def _class(one: dict[str, str]) -> str:
    touched = _change(one)
    return next(name for name, pattern, _ in CLASSES if re.search(pattern, touched))


def _change(one: dict[str, str]) -> str:
    """What stood there and what came, with a little of the line around it."""
    was, became = (" ".join(one[side].split()) for side in ("before", "after"))
    match = SequenceMatcher(None, was, became, autojunk=False)
    same = [block for block in match.get_matching_blocks() if block.size > 3]
    start = same[0].size if same and same[0].a == same[0].b == 0 else 0
    end = same[-1].size if same and same[-1].a + same[-1].size == len(was) and len(same) + (start == 0) > 1 else 0
    old, new = was[start : len(was) - end or None], became[start : len(became) - end or None]
    around = f"{was[max(0, start - 30) : start]}⟦{old[:60]} → {new[:60]}⟧{was[len(was) - end :][:30] if end else ''}"
    return "`" + around.replace("|", "¦").replace("`", "'") + "`"


if __name__ == "__main__":
    main()
