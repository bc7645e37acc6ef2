"""What the terminal shows: the summary of a scan, the page of a rule, the list of rules."""

from __future__ import annotations

from baoshen_audit.report.terminal.overview import summary
from baoshen_audit.report.terminal.pages import rule_list, rule_page

__all__ = ["rule_list", "rule_page", "summary"]
