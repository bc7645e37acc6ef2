"""A gate as JUnit XML: one test case per rule, in the form Jenkins reads (xunit-plugin, junit-10.xsd)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from baoshen_audit.audit.gate import GateResult
from baoshen_audit.report.address import Placed, placed
from baoshen_audit.report.words import SEVERITIES as WORDS
from baoshen_audit.report.words import Lang, named, plain, speaker

MOST: Final = 200
"""Findings listed under one rule: a test report is read by people, the whole list is in the other formats."""


def render(gated: GateResult, lang: Lang) -> bytes:
    """A test suite of rules.

    A rule with findings that count has failed, one not evaluable was skipped, a crashed one is an error. The verdict on
    the upload as a whole is a test case of its own.
    """
    say = speaker(lang)
    suite = Element("testsuite", name=f"baoshen-audit gate {gated.month}")
    by_rule: dict[str, list[Placed]] = {}
    for one in placed(gated, lang):
        by_rule.setdefault(one.row["code"], []).append(one)
    for row in gated.result.coverage.iter_rows(named=True):
        _case(suite, row, by_rule.get(row["code"], []), lang)
    whole = SubElement(suite, "testcase", name=say("整批上传", "the upload"), classname="baoshen-audit.gate")
    if gated.incomplete:
        error = SubElement(whole, "error", type="incomplete", message=say("未能完成", "not completed"))
        error.text = "\n".join(map(_xml, gated.incomplete))
    elif gated.failures:
        failure = SubElement(whole, "failure", type="limit", message=_xml(gated.failures[0]))
        failure.text = "\n".join(map(_xml, gated.failures))
    for name, tag in (("tests", "testcase"), ("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        suite.set(name, str(sum(1 for _ in suite.iter(tag))))
    root = Element("testsuites", name="baoshen-audit")
    for name in ("tests", "failures", "errors"):
        root.set(name, suite.get(name, "0"))
    root.append(suite)
    indent(root)
    text: bytes = tostring(root, encoding="UTF-8", xml_declaration=True)
    return text + b"\n"


def _case(suite: Element, row: dict[str, Any], found: Sequence[Placed], lang: Lang) -> None:
    say = speaker(lang)
    title = _xml(say(row["title"], row["title_en"]))
    case = SubElement(suite, "testcase", name=f"{row['code']} {title}", classname=f"baoshen-audit.{row['family']}")
    reason = _xml(say(row["reason"] or "", row["reason_en"] or ""))
    counted = [one for one in found if one.row["counted"]]
    others = [one for one in found if not one.row["counted"]]
    if row["status"] == "failed":
        SubElement(case, "error", type="rule", message=reason)
    elif row["status"] == "not_evaluable":
        SubElement(case, "skipped", message=reason)
    elif counted:
        told = say(f"{len(counted)} 条", f"{len(counted)} findings")
        failure = SubElement(case, "failure", type=counted[0].row["severity"], message=told)
        failure.text = _listed(counted, lang)
    if others:
        SubElement(case, "system-out").text = _listed(others, lang)


def _listed(found: Sequence[Placed], lang: Lang) -> str:
    say = speaker(lang)
    lines = [
        f"{one.address} {named(WORDS, one.row['severity'], say)} {one.message} [{one.number}] {one.row['state']}"
        for one in found[:MOST]
    ]
    if len(found) > MOST:
        lines.append(say(f"另有 {len(found) - MOST} 条", f"and {len(found) - MOST} more"))
    return "\n".join(map(_xml, lines))


def _xml(text: str) -> str:
    """Text without the characters XML 1.0 has no place for."""
    return "".join(char for char in plain(text) if char not in "\ufffe\uffff")
