"""Findings held against a known truth: what was missed, which trap was accused, which stranger.

`python -m baoshen_audit.testing.truth FINDINGS TRUTH.csv` prints the comparison and exits with 1 if anything is wrong.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

Place = tuple[str, str, int]
"""File, sheet, row."""


@dataclass(frozen=True)
class Comparison:
    """The outcome; every list names cases as `case_id code`, strangers by code and message."""

    planted: int
    traps: int
    missed: tuple[str, ...]
    accused: tuple[str, ...]
    strangers: tuple[str, ...]
    by_code: Mapping[str, tuple[int, int]]
    """Code → how many cases and traps are planted for it."""

    def of(self, code: str) -> tuple[int, int, int, int, int]:
        """Of one rule: cases planted and found, traps planted and accused, strangers."""
        cases, traps = self.by_code.get(code, (0, 0))
        missed, accused = (sum(one.endswith(f" {code}") for one in wrong) for wrong in (self.missed, self.accused))
        return cases, cases - missed, traps, accused, sum(one.startswith(f"{code} ") for one in self.strangers)

    @property
    def right(self) -> bool:
        """Everything planted was found, no trap and no stranger is accused."""
        return not (self.missed or self.accused or self.strangers)


def compare(findings: Iterable[Mapping[str, Any]], truth: pl.DataFrame) -> Comparison:
    """Compare findings with a truth table.

    Args:
        findings: rows of a findings frame, or of the JSON output.
        truth: the columns of `truth.csv`. Rows of role `context` help to understand a case and need not be cited.

    Returns:
        A planted case counts as found when one finding of its code cites all its records. A trap is accused when an A
        or B finding of its code cites any of its records; a stranger when such a finding cites no planted record.
    """
    planted, traps = _cases(truth, "planted"), _cases(truth, "trap")
    cited: dict[str, list[tuple[set[Place], Mapping[str, Any]]]] = defaultdict(list)
    for finding in findings:
        places = {(cell["file"], cell["sheet"] or "", cell["row"]) for cell in finding["evidence"]}
        cited[finding["code"]].append((places, finding))
    grave = {code: [(p, f) for p, f in found if f["grade"] in ("A", "B")] for code, found in cited.items()}
    return Comparison(
        planted=len(planted),
        traps=len(traps),
        missed=tuple(
            f"{case} {code}" for (case, code), rows in planted.items() if not any(rows <= p for p, _ in cited[code])
        ),
        accused=tuple(
            f"{case} {code}" for (case, code), rows in traps.items() if any(rows & p for p, _ in grave.get(code, []))
        ),
        strangers=tuple(
            f"{code} {finding['message']}"
            for code, found in grave.items()
            for places, finding in found
            if not any(rows & places for (_, planted_code), rows in planted.items() if planted_code == code)
        ),
        by_code={
            code: (sum(c == code for _, c in planted), sum(c == code for _, c in traps))
            for code in {code for _, code in (*planted, *traps)}
        },
    )


def _cases(truth: pl.DataFrame, kind: str) -> dict[tuple[str, str], set[Place]]:
    cases: dict[tuple[str, str], set[Place]] = defaultdict(set)
    for row in truth.filter(pl.col("kind") == kind, pl.col("role") != "context").iter_rows(named=True):
        cases[row["case_id"], row["code"]].add((row["file"], row["sheet"] or "", int(row["row"])))
    return dict(cases)


def main() -> int:
    """Compare a JSON output with a truth file and say what came of it."""
    findings = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))["findings"]
    result = compare(findings, pl.read_csv(sys.argv[2], infer_schema=False))
    print(
        f"对照 truth.csv:预埋疑点 {result.planted - len(result.missed)}/{result.planted} 找到;"
        f"陷阱 {result.traps} 个,误列为 A/B 的 {len(result.accused)} 个;未预埋而列为 A/B 的 {len(result.strangers)} 条"
    )
    for wrong in (*result.missed, *result.accused, *result.strangers):
        print(f"  {wrong}")
    return 0 if result.right else 1


if __name__ == "__main__":
    sys.exit(main())
