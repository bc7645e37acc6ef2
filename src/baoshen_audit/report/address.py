"""Where a finding is, for readers that are machines: file, sheet, row, and the short number of the finding."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote

from baoshen_audit.audit.gate import GateResult
from baoshen_audit.report.words import Lang, numbered, plain

LEVELS: Final = {"high": "error", "medium": "warning", "low": "note", "info": "note"}
"""Severity → level, in the words of SARIF."""


@dataclass(frozen=True)
class Placed:
    """A finding with its place.

    Attributes:
        row: the finding, findings v1 with `state`, `reason` and `counted`.
        number: its short number, unique in the report.
        file: path below the base of the upload; empty where it concerns no single file.
        sheet: sheet or database table, empty for a CSV file.
        line: row number as a spreadsheet shows it; None where it concerns no row.
        message: what it says, on one line.
        title: the name of its rule.
    """

    row: Mapping[str, Any]
    number: str
    file: str
    sheet: str
    line: int | None
    message: str
    title: str

    @property
    def address(self) -> str:
        """`file:sheet:row`, without what is not known; `-` for the upload as a whole."""
        parts = (self.file, self.sheet, "" if self.line is None else str(self.line))
        return ":".join(part for part in parts if part) or "-"

    @property
    def uri(self) -> str:
        """The file as a relative URI."""
        return quote(self.file)


def placed(gated: GateResult, lang: Lang) -> Iterator[Placed]:
    """The findings of a gate with their places, in the order a reviewer works in."""
    numbers = numbered(gated.findings["fingerprint"])
    for row in gated.findings.iter_rows(named=True):
        first: Mapping[str, Any] = next(iter(row["evidence"] or ()), {})
        yield Placed(
            row=row,
            number=numbers[row["fingerprint"]],
            file=plain(first.get("file")),
            sheet=plain(first.get("sheet")),
            line=first.get("row"),
            message=plain(row["message_en"] if lang == "en" else row["message"]),
            title=plain(row["title_en"] if lang == "en" else row["title"]),
        )
