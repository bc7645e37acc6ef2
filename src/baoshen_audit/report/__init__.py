"""What a scan is handed over as: terminal summary, casework workbook, JSON and Parquet; one renderer per file.

Renderers are pure functions of a `Result`. What it holds is masked already; nothing here unmasks.
"""

from __future__ import annotations

from baoshen_audit.report.output import check_targets, write

__all__ = ["check_targets", "write"]
