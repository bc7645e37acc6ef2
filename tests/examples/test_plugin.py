"""The example plugin package: installed as a province would install it, found through its entry point, and tested."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from baoshen_audit.rule import HEADINGS, RuleSet
from baoshen_audit.testing import casebook

EXAMPLE = Path(__file__).parents[2] / "examples" / "baoshen-example-rules"
PIP = (sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", "install")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the plugin installed: beside the environment, so that all other tests see built-in rules only."""
    target = tmp_path_factory.mktemp("site")
    options = ("--no-index", "--no-deps", "--no-build-isolation", "--target", str(target))
    subprocess.run([*PIP, *options, str(EXAMPLE)], check=True)
    return target


def test_the_entry_point_brings_the_rule_and_nothing_else(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = set(RuleSet.discover())
    monkeypatch.syspath_prepend(str(site))
    rules = RuleSet.discover()
    assert set(rules) - before == {"JSU001"}
    rule = rules["JSU001"]
    assert rule.family == rule.family_title == "JSU"
    assert all(rule.section(heading) for heading in HEADINGS)
    assert rule.checklist


def test_a_parameter_of_the_rule_can_be_set(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(site))
    rules = RuleSet.discover().select(["JSU001"])
    case = casebook.example(rules["JSU001"])
    found = {
        banks: casebook.run(rules.with_params({"JSU001": {"banks": banks}})["JSU001"], case).findings.height
        for banks in (("农村商业银行",), ("外省银行", "农村商业银行"), ("没有的银行",))
    }
    assert list(found.values()) == [1, 0, 2]


def test_its_own_tests_pass(site: Path) -> None:
    environment = os.environ | {"PYTHONPATH": str(site)}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", str(EXAMPLE / "tests")]
    run = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    assert "5 passed" in run.stdout


def test_the_guide_shows_the_example_as_it_is() -> None:
    guide = (EXAMPLE.parents[1] / "docs" / "guide" / "add-a-rule.md").read_text(encoding="utf-8")
    source = (EXAMPLE / "src" / "baoshen_example_rules" / "jsu001_other_bank.py").read_text(encoding="utf-8")
    shown = re.findall(r"^```(?:python|markdown)\n(.*?)^```$", guide, re.M | re.S)
    assert len(shown) == 3
    assert all(block in source for block in shown)
