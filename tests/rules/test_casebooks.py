"""Every rule's documentation example and case book run through the real pipeline."""

from pathlib import Path

import pytest

from baoshen_audit.rule import Rule, RuleSet
from baoshen_audit.testing import casebook

BOOKS = Path(__file__).parent
RULES = RuleSet.discover()
CASES = [
    pytest.param(rule, case, id=f"{rule.code}-{number}-{case.kind}-{case.title}")
    for rule in RULES.values()
    if (BOOKS / f"{rule.code}.md").exists()  # a missing book fails its own rule below, not all the others
    for number, case in enumerate(casebook.read(BOOKS / f"{rule.code}.md"), start=1)
]


@pytest.mark.parametrize(("rule", "case"), CASES)
def test_case(rule: Rule, case: casebook.Case) -> None:
    assert casebook.mismatches(rule, case) == []


@pytest.mark.parametrize("rule", RULES.values(), ids=list(RULES))
def test_example(rule: Rule) -> None:
    assert casebook.mismatches(rule, casebook.example(rule)) == []


@pytest.mark.parametrize("rule", RULES.values(), ids=list(RULES))
def test_case_book_covers_all_kinds(rule: Rule) -> None:
    kinds = {case.kind for case in casebook.read(BOOKS / f"{rule.code}.md")}
    assert {"应报", "不报", "误报陷阱"} <= kinds


def test_a_case_that_lies_is_caught() -> None:
    """The runner itself must be able to fail: a wrong expectation, a trap that fires, nothing found."""
    rule = RULES["ERR201"]
    case = casebook.example(rule)
    assert case.expected is not None
    wrong = casebook.Case(
        "应报", "", tables=case.tables, expected=case.expected.with_columns(等级=casebook.pl.lit("C"))
    )
    assert casebook.mismatches(rule, wrong)
    assert casebook.mismatches(rule, casebook.Case("不报", "", tables=case.tables))
    assert casebook.mismatches(rule, casebook.Case("误报陷阱", "", tables=case.tables))
    alive = {name: frame for name, frame in case.tables.items() if name != "death"}
    assert casebook.mismatches(rule, casebook.Case("应报", "", tables=alive))
