"""The casework list: one row per finding, the answers to fill in, the same by town, and the cells it rests on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

import polars as pl
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from baoshen_audit.report import words
from baoshen_audit.report.workbook.book import Book, Column, frame, link
from baoshen_audit.schemas import TABLES

CASES: Final = "个案"
LIST: Final = "疑点清单"
EVIDENCE: Final = "证据"

_say = words.speaker("zh")

COLUMNS: Final = (
    Column("疑点编号", 11, "link"),
    Column("个案", 10),
    Column("等级", 6),
    Column("严重程度", 8),
    Column("规则", 9),
    Column("规则名称", 24, "wrap"),
    Column("类别", 9),
    Column("乡镇(街道)", 14),
    Column("村(社区)", 14),
    Column("户编号", 15),
    Column("项目", 10),
    Column("姓名", 9),
    Column("身份证号", 21),
    Column("涉及月份", 18, "wrap"),
    Column("待核查金额(元)", 14, "money"),
    Column("重算金额(元)", 13, "money"),
    Column("金额算法", 24, "wrap"),
    Column("说明", 50, "wrap"),
    Column("人员关联", 8),
    Column("关联依据", 24, "wrap"),
    Column("怎样核实", 45, "wrap"),
    Column("处理建议", 40, "wrap"),
    Column("办理期限", 11, "date"),
)
"""What the program says of a finding: locked."""

_TOWN: Final = tuple(
    column
    for column in COLUMNS
    if column.header
    not in (
        "个案",
        "严重程度",
        "规则",
        "类别",
        "乡镇(街道)",
        "重算金额(元)",
        "金额算法",
        "人员关联",
        "关联依据",
        "处理建议",
    )
)
"""What of it a town needs on paper."""

ANSWERS: Final = (
    Column("核查结论", 20),
    Column("核查人", 10),
    Column("核查日期", 12, "date"),
    Column("依据文号", 18),
    Column("情况说明", 36, "wrap"),
)
"""What the person who checked fills in; only here, the sheets of the towns repeat it."""

_MARK: Final = Column("指纹", 34)
_A3: Final = 8
_LINKS: Final = 60_000
"""Hyperlinks of one sheet; the format ends at 65,530."""

_PROTECTED: Final = {"autofilter": True, "sort": True, "format_columns": True, "format_rows": True}


_CASES: Final = (
    Column("个案", 11, "link"),
    Column("等级", 6),
    Column("严重程度", 8),
    Column("疑点数", 8, "count"),
    Column("规则", 40, "wrap"),
    Column("最大一条的待核查金额(元)", 16, "money"),
    Column("乡镇(街道)", 14),
    Column("村(社区)", 14),
    Column("户编号", 15),
    Column("姓名", 9),
)


def write_cases(book: Book, cases: pl.DataFrame, numbers: Mapping[str, str], findings: pl.DataFrame) -> None:
    """The sheet 个案: one row per household, in reviewer's order, with a link to its findings on 疑点清单.

    Args:
        book: the workbook.
        cases: the cases of `findings`.
        numbers: case → short number.
        findings: the findings listed.
    """
    first: dict[str, int] = {}
    for row, case in enumerate(_case_ids(findings), start=1):
        first.setdefault(case, row)
    sheet = book.sheet(CASES)
    rows = (
        (
            numbers[case["case_id"]],
            _say(*words.GRADES[case["grade"]]),
            _say(*words.SEVERITIES[case["severity"]]),
            case["findings"],
            words.lines(case["codes"], "、"),
            *(case[name] for name in ("amount", "town", "village", "household", "name")),
        )
        for case in cases.iter_rows(named=True)
    )
    end = book.table(sheet, 0, _CASES, rows)
    for row, case in enumerate(cases["case_id"].head(_LINKS), start=1):
        sheet.write_url(row, 0, link(LIST, first[case]), book.formats["link"], string=numbers[case])
    frame(sheet, _CASES, end)


def _case_ids(findings: pl.DataFrame) -> pl.Series:
    return findings.select(pl.coalesce("case_id", "fingerprint")).to_series()


def write_list(
    book: Book,
    findings: pl.DataFrame,
    numbers: Mapping[str, str],
    case_numbers: Mapping[str, str],
    evidence_rows: Mapping[str, int],
) -> None:
    """The sheet 疑点清单: every finding in reviewer's order, with answers to choose and to fill in.

    Args:
        book: the workbook.
        findings: findings v1.
        numbers: fingerprint → 疑点编号.
        case_numbers: case → short number.
        evidence_rows: fingerprint → first row of its evidence on the sheet 证据.
    """
    columns = (*COLUMNS, *ANSWERS, _MARK)
    sheet = _opened(book, LIST, columns)
    mine = _case_ids(findings)
    for row, finding in enumerate(findings.iter_rows(named=True), start=1):
        mark = finding["fingerprint"]
        at = evidence_rows.get(mark)
        target = link(EVIDENCE, at) if at else ""
        values = {**_values(finding, numbers[mark], target), "个案": case_numbers[mine[row - 1]]}
        _lead(book, sheet, row, COLUMNS, values)
        for position, answer in enumerate(ANSWERS, start=len(COLUMNS)):
            sheet.write_blank(row, position, None, book.formats["answer_date" if answer.style == "date" else "answer"])
        book.cell(sheet, row, len(columns) - 1, mark, "text")
    _demand(sheet, findings.height)
    _closed(sheet, columns, findings.height)


def write_town(
    book: Book, name: str, findings: pl.DataFrame, numbers: Mapping[str, str], list_rows: Mapping[str, int]
) -> None:
    """The sheet of one town: its findings, fit to be printed, and the answers as the list has them.

    Args:
        book: the workbook.
        name: of the sheet.
        findings: the findings of the town, in reviewer's order.
        numbers: fingerprint → 疑点编号.
        list_rows: fingerprint → row on the sheet 疑点清单.
    """
    columns = (*_TOWN, *ANSWERS)
    sheet = _opened(book, name, columns)
    for row, finding in enumerate(findings.iter_rows(named=True), start=1):
        mark = finding["fingerprint"]
        at = list_rows[mark]
        _lead(book, sheet, row, _TOWN, _values(finding, numbers[mark], link(LIST, at)))
        for number, answer in enumerate(ANSWERS):
            cell = f"'{LIST}'!{xl_rowcol_to_cell(at, len(COLUMNS) + number)}"
            style = book.formats["mirror_date" if answer.style == "date" else "mirror"]
            sheet.write_formula(row, len(_TOWN) + number, f'=IF({cell}="","",{cell})', style, "")
    _closed(sheet, columns, findings.height)


def evidence_rows(findings: pl.DataFrame) -> dict[str, int]:
    """Fingerprint → the first row of its evidence on the sheet 证据."""
    first: dict[str, int] = {}
    for row, mark in enumerate(_cited(findings)["fingerprint"], start=1):
        first.setdefault(mark, row)
    return first


def write_evidence(book: Book, findings: pl.DataFrame, numbers: Mapping[str, str]) -> None:
    """The sheet 证据: one row per cell a finding rests on, with the place where a clerk opens it."""
    rows = (
        (
            numbers[cell["fingerprint"]],
            cell["code"],
            words.table_title(cell["table"], _say),
            cell["file"],
            cell["sheet"],
            cell["row"],
            cell["column"],
            cell["header"] or _column_title(cell["table"], cell["field"]),
            cell["value"],
        )
        for cell in _cited(findings).iter_rows(named=True)
    )
    book.listing(EVIDENCE, _EVIDENCE, rows)


def _cited(findings: pl.DataFrame) -> pl.DataFrame:
    cells = findings.select("fingerprint", "code", "evidence").explode("evidence", empty_as_null=False)
    return cells.filter(pl.col("evidence").is_not_null()).unnest("evidence")


_EVIDENCE: Final = (
    Column("疑点编号", 11),
    Column("规则", 9),
    Column("数据表", 18),
    Column("文件", 40),
    Column("工作表", 18),
    Column("行号", 8, "count"),
    Column("列", 6),
    Column("列名", 18),
    Column("内容", 32),
)


def _column_title(table: str, field: str) -> str:
    spec = TABLES.get(table)
    return spec.columns[field].title if spec and field in spec.columns else field


def _opened(book: Book, name: str, columns: tuple[Column, ...]) -> Worksheet:
    sheet = book.sheet(name, paper=_A3)
    for position, column in enumerate(columns):
        style = "answer_head" if column in ANSWERS else "head"
        sheet.write_string(0, position, column.header, book.formats[style])
    return sheet


def _closed(sheet: Worksheet, columns: tuple[Column, ...], rows: int) -> None:
    frame(sheet, columns, rows + 1, frozen=2)
    sheet.protect("", _PROTECTED)


def _lead(book: Book, sheet: Worksheet, row: int, columns: Sequence[Column], values: Mapping[str, Any]) -> None:
    """The locked part of one row."""
    for position, column in enumerate(columns):
        book.cell(sheet, row, position, values[column.header], "text" if column.style == "link" else column.style)
    if row <= _LINKS and values["_target"]:
        sheet.write_url(row, 0, values["_target"], book.formats["link"], string=values["疑点编号"])
    at = [column.header for column in columns].index("等级")
    book.cell(sheet, row, at, values["等级"], values["_grade"])


def _values(finding: Mapping[str, Any], number: str, target: str) -> dict[str, Any]:
    """Header → what stands under it; with an underscore what decides how it is shown."""
    return {
        "疑点编号": number,
        "等级": _say(*words.GRADES[finding["grade"]]),
        "严重程度": _say(*words.SEVERITIES[finding["severity"]]),
        "规则": finding["code"],
        "规则名称": finding["title"],
        "类别": words.named(words.FAMILIES, finding["family"], _say),
        "乡镇(街道)": finding["town"],
        "村(社区)": finding["village"],
        "户编号": finding["household"],
        "项目": words.named(words.PROGRAMMES, finding["programme"], _say),
        "姓名": finding["name"],
        "身份证号": finding["id_no"],
        "涉及月份": words.months(finding["months"]),
        "待核查金额(元)": finding["amount"],
        "重算金额(元)": finding["recomputed"],
        "金额算法": finding["formula"],
        "说明": finding["message"],
        "人员关联": finding["tier"],
        "关联依据": words.lines(finding["reasons"]),
        "怎样核实": words.lines(finding["checklist"], "\n"),
        "处理建议": finding["remedy"],
        "办理期限": finding["deadline"],
        "_grade": finding["grade"],
        "_target": target,
    }


def _demand(sheet: Worksheet, rows: int) -> None:
    """Answers are chosen from the list, days are days."""
    if not rows:
        return
    outcome = len(COLUMNS)
    sheet.data_validation(
        1,
        outcome,
        rows,
        outcome,
        {
            "validate": "list",
            "source": list(words.OUTCOMES),
            "error_title": "核查结论",
            "error_message": "请从下拉列表中选择",
        },
    )
    sheet.data_validation(
        1,
        outcome + 2,
        rows,
        outcome + 2,
        {
            "validate": "date",
            "criteria": ">=",
            "value": date(2000, 1, 1),
            "error_title": "核查日期",
            "error_message": "请填写日期,如 2026-07-05",
        },
    )
