"""Every rule of this package: its example and its case book run through the real pipeline."""

from pathlib import Path

import pytest

from baoshen_audit.rule import Rule, RuleSet
from baoshen_audit.testing import casebook

RULES = RuleSet.discover().select(["JSU"])
CASES = [
    pytest.param(rule, case, id=f"{rule.code}-{case.kind}-{case.title}")
    for rule in RULES.values()
    for case in (casebook.example(rule), *casebook.read(Path(__file__).parent / f"{rule.code}.md"))
]


@pytest.mark.parametrize(("rule", "case"), CASES)
def test_case(rule: Rule, case: casebook.Case) -> None:
    """A case says what must be found; whatever differs is listed."""
    if wrong := casebook.mismatches(rule, case):
        pytest.fail("\n".join(wrong))
