"""What every discovered rule owes, plugins included."""

from datetime import date

import pytest

from baoshen_audit.audit.request import ORIGIN, PREPARED, Request
from baoshen_audit.policy import load_policy
from baoshen_audit.rule import HEADINGS, Rule, RuleSet
from baoshen_audit.schemas import TABLES
from baoshen_audit.testing import casebook

RULES = RuleSet.discover()
POLICY = load_policy("320413")
each_rule = pytest.mark.parametrize("rule", RULES.values(), ids=list(RULES))


@each_rule
def test_documentation_has_all_headings(rule: Rule) -> None:
    assert [heading for heading in HEADINGS if not rule.section(heading)] == []
    assert rule.checklist, "怎样核实 lists nothing that would clear a finding"
    assert rule.remedy


@each_rule
def test_needs_name_real_tables_and_columns(rule: Rule) -> None:
    known = {*TABLES, *PREPARED}
    for need in rule.needs:
        assert need.table in known
        if need.table in TABLES:
            assert set(need.columns + need.optional_columns) <= set(TABLES[need.table].columns)


@each_rule
def test_basis_resolves_and_is_in_force(rule: Rule) -> None:
    assert rule.basis
    for ref in rule.basis:
        assert POLICY.citation(ref).in_force(date(2026, 6, 30)), ref


@each_rule
def test_policy_keys_exist(rule: Rule) -> None:
    assert set(rule.policy) <= set(POLICY.keys)


@each_rule
def test_missing_input_is_not_evaluable_and_never_clean(rule: Rule) -> None:
    """Without any of its required feeds or process tables a rule says which one would let it run."""
    always = ("roll", "entry", "problem", "sheet", "batch", "feed", "policy_gap", "family_tie", "twin")
    required = [
        ORIGIN.get(need.table, (need.table,))[0]
        for need in rule.needs
        if not need.optional and need.table not in always
    ]
    tables = casebook.example(rule).tables
    rolls = {name for name, spec in TABLES.items() if spec.kind == "roll"}
    for table in required:
        if table in rolls and not rolls & (set(tables) - {table}):
            continue  # without any roll there is no scan at all: an error, tested with the pipeline
        left = {name: frame for name, frame in tables.items() if name != table}
        [line] = casebook.run(rule, casebook.Case("不可评", "", tables=left)).coverage.to_dicts()
        assert line["status"] == "not_evaluable"
        assert table in line["enable"]
        assert line["reason"]


@each_rule
def test_findings_are_complete(rule: Rule) -> None:
    """Evidence can be opened: table, file, row, column and header are there; messages name what they promise."""
    findings = casebook.run(rule, casebook.example(rule)).findings
    for finding in findings.iter_rows(named=True):
        assert "{" not in finding["message"] + finding["message_en"]
        assert "未知" not in finding["message"]
        assert finding["checklist"]
        assert finding["deadline"] > Request.of("2026-06").as_of
        if rule.key != "run":
            assert finding["evidence"]
        for cell in finding["evidence"]:
            assert cell["table"] in TABLES
            assert cell["row"] >= 1
            assert cell["header"]


def test_the_eighteen_rules_of_the_first_months_are_there() -> None:
    expected = """ROLL001 ROLL002 ROLL006 ROLL014 FEED021 FEED024 DUP101 DUP104 DUP106 DUP110
                  ERR201 ERR207 ERR209 ERR215 ERR218 FAV301 FAV302 FAV310"""
    assert set(expected.split()) <= set(RULES)
