"""What the terminal shows: the summary of a scan, the page of a rule, the list of rules, the policy of a county."""

from __future__ import annotations

from baoshen_audit.report.terminal.overview import summary
from baoshen_audit.report.terminal.pages import rule_list, rule_page
from baoshen_audit.report.terminal.policy_pages import explanation, key_list, remark_list

__all__ = ["explanation", "key_list", "remark_list", "rule_list", "rule_page", "summary"]
