"""No rule without a page, a case book, a planted case and a planted trap; what cannot be planted is named with why."""

from pathlib import Path
from typing import Final

import pytest

from baoshen_audit.rule import RuleSet
from baoshen_audit.testing.synth import district

ROOT: Final = Path(__file__).parents[2]
CODES: Final = set(RuleSet.discover())

ELSEWHERE: Final = {
    "FEED024": "reports a policy value that is missing; no file of an office holds or lacks one",
    "DUP111": "needs a key of two offices, which no sample may carry; planted in tests/audit/test_exchange.py",
}
"""Rules without cases in the sample county, and why."""

KINDS: Final = ("planted", "trap")


@pytest.fixture(scope="module")
def planted() -> dict[str, set[str]]:
    cases = district().cases
    return {kind: {case.code for case in cases if case.kind == kind} for kind in KINDS}


@pytest.mark.parametrize("kind", KINDS)
def test_every_rule_is_planted(kind: str, planted: dict[str, set[str]]) -> None:
    """A code named as one without cases has none, so that the list stays true."""
    assert CODES - planted[kind] == set(ELSEWHERE)
    assert planted[kind] <= CODES


@pytest.mark.parametrize(("folder", "without"), [("docs/rules", {"README"}), ("tests/rules", set())])
def test_every_rule_has_its_page_and_its_case_book(folder: str, without: set[str]) -> None:
    assert {path.stem for path in (ROOT / folder).glob("*.md")} - without == CODES
