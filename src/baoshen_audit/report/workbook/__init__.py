"""The casework workbook: what a bureau works through this month, with room for what it found out."""

from __future__ import annotations

import io
from datetime import datetime

import polars as pl
from xlsxwriter import Workbook

from baoshen_audit.audit import Result
from baoshen_audit.report import tally, words
from baoshen_audit.report.workbook import background, leads, overview
from baoshen_audit.report.workbook.book import Book, sheet_names

_FIXED = (
    overview.COVER,
    overview.TOTALS,
    leads.CASES,
    leads.LIST,
    leads.EVIDENCE,
    background.COVERAGE,
    background.RULES,
    background.QUALITY,
)


def render(result: Result) -> bytes:
    """The workbook of a result.

    Returns:
        An .xlsx file; the same bytes for the same result (its creation date is the day of the audit). Made in memory:
        no half-written file with people in it lies about if it fails.
    """
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    file = Workbook(buffer, options)
    file.set_properties(
        {
            "title": f"社会救助疑点核查工作簿 {result.manifest['month']}",
            "comments": words.LEADS_ONLY[0],
            "created": datetime.fromisoformat(f"{result.manifest['as_of']}T00:00:00"),
        }
    )
    book = Book.of(file)
    findings = result.listed
    numbers = words.numbered(findings["fingerprint"])
    case_numbers = words.numbered(result.cases["case_id"])
    list_rows = {mark: row for row, mark in enumerate(findings["fingerprint"], start=1)}
    towns = sheet_names([one.label for one in tally.by(findings, "town")], _FIXED, nameless=words.NO_TOWN[0])

    overview.write_cover(book, result)
    overview.write_totals(book, result, towns, list_rows)
    leads.write_cases(book, result.cases, case_numbers, findings)
    leads.write_list(book, findings, numbers, case_numbers, leads.evidence_rows(findings))
    leads.write_evidence(book, findings, numbers)
    background.write_coverage(book, result)
    background.write_rules(book, result)
    background.write_quality(book, result)
    for label, name in towns.items():
        mine = findings.filter(pl.col("town").fill_null("") == label)
        leads.write_town(book, name, mine, numbers, list_rows)
    file.close()
    return buffer.getvalue()
