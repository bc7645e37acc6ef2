"""Every rule's documentation example and case book run through the real pipeline."""

from collections.abc import Callable
from pathlib import Path

import pytest

from baoshen_audit.rule import Rule, RuleSet
from baoshen_audit.testing import casebook

BOOKS = Path(__file__).parent
RULES = RuleSet.discover()
each_rule = pytest.mark.parametrize("rule", RULES.values(), ids=list(RULES))


@each_rule
def test_book(rule: Rule, golden: Callable[[str, str], None]) -> None:
    """The example and every case hold, and all that is told of them, to the cited cell, is what was told before."""
    wrong, told = [], []
    for case in (casebook.example(rule), *casebook.read(BOOKS / f"{rule.code}.md")):
        result = casebook.run(rule, case)
        wrong += [f"{case.kind}:{case.title}: {one}" for one in casebook.mismatches(rule, case, result)]
        told.append(casebook.transcript(case, result, rule.code))
    assert wrong == []
    golden(f"rules/{rule.code}.txt", "\n".join(told))


@each_rule
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
