"""What stands behind the list: which rules ran, what each of them looks for, and how good the data were."""

from __future__ import annotations

import re
from typing import Final

import polars as pl

from baoshen_audit.audit import Result
from baoshen_audit.report import words
from baoshen_audit.report.workbook.book import Book, Column
from baoshen_audit.rule import Rule, RuleSet

COVERAGE: Final = "规则覆盖"
RULES: Final = "规则说明"
QUALITY: Final = "数据质量"

_say = words.speaker("zh")

_COVERAGE: Final = (
    Column("规则", 9),
    Column("名称", 32),
    Column("类别", 14),
    Column("结果", 10),
    Column("疑点数", 9, "count"),
    Column("已评估记录", 12, "count"),
    Column("未能评估记录", 13, "count"),
    Column("原因", 50, "wrap"),
    Column("补齐后即可评估", 30, "wrap"),
)
_RULES: Final = (
    Column("规则", 9),
    Column("名称", 24, "wrap"),
    Column("等级上限", 9),
    Column("严重程度", 9),
    Column("查什么", 50, "wrap"),
    Column("为什么", 40, "wrap"),
    Column("常见误报", 50, "wrap"),
    Column("怎样核实", 45, "wrap"),
    Column("处理", 45, "wrap"),
)
_FEEDS: Final = (
    Column("数据源", 24),
    Column("截至", 28, "date"),
    Column("已过天数", 12, "count"),
    Column("允许天数", 40, "count"),
    Column("行数", 12, "count"),
    Column("清单所列行数", 15, "count"),
    Column("覆盖范围", 16),
    Column("状态", 10),
)
_PROBLEMS: Final = (
    Column("数据表", 24),
    Column("列名", 28),
    Column("字段", 12),
    Column("问题", 40),
    Column("单元格数", 12, "count"),
)
_LEFT_OUT: Final = (
    Column("文件", 24),
    Column("工作表", 28),
    Column("最接近的表", 12),
    Column("原因", 40),
)


def write_coverage(book: Book, result: Result) -> None:
    """The sheet 规则覆盖: every selected rule, fired, clean, not evaluable or failed, with the reason."""
    rows = (
        (
            row["code"],
            row["title"],
            words.named(words.FAMILIES, row["family"], _say),
            words.named(words.STATUSES, row["status"], _say),
            row["findings"],
            row["evaluated"],
            row["not_evaluated"],
            row["reason"],
            "、".join(words.table_title(table, _say) for table in row["enable"] or ()),
        )
        for row in result.coverage.iter_rows(named=True)
    )
    book.listing(COVERAGE, _COVERAGE, rows)


def write_rules(book: Book, result: Result) -> None:
    """The sheet 规则说明: the documentation of the rules that ran.

    A rule that is not installed here any more (a result handed over by a plugin's user) has its title only.
    """
    ran = result.coverage.filter(pl.col("status").is_in(["fired", "clean"]))
    known = RuleSet.discover()
    rows = (_explained(known.get(code), code, title) for code, title in ran.select("code", "title").iter_rows())
    book.listing(RULES, _RULES, rows)


def _explained(rule: Rule | None, code: str, title: str) -> tuple[str, ...]:
    if rule is None:
        return (code, title, *[""] * (len(_RULES) - 2))
    parts = (_unmarked(rule.section(heading)) for heading in ("查什么", "为什么", "常见误报", "怎样核实", "处理"))
    return (code, title, _say(*words.GRADES[rule.grade]), _say(*words.SEVERITIES[rule.severity]), *parts)


def _unmarked(markdown: str) -> str:
    """Markdown as a cell shows it: bullets as dots, lines of a paragraph joined, no stars and backticks."""
    text = re.sub(r"\n(?=[^\n-])\s*", "", markdown.replace("`", "").replace("**", ""))
    return re.sub(r"^- ", "· ", text, flags=re.M)


def write_quality(book: Book, result: Result) -> None:
    """The sheet 数据质量: state of every feed, cells that could not be read, files that were not."""
    sheet = book.sheet(QUALITY)
    for position, column in enumerate(_FEEDS):
        sheet.set_column(position, position, column.width)
    sheet.write_string(0, 0, "核对数据的时效", book.formats["section"])
    feeds = (
        (
            *row[:7],
            words.named(words.FEED_STATES, row[7], _say),
        )
        for row in result.feeds.select(
            "title", "as_of", "age_days", "max_age_days", "rows", "declared", "coverage", "state"
        ).iter_rows()
    )
    row = book.table(sheet, 1, _FEEDS, feeds)
    sheet.write_string(row + 1, 0, "读不出或不合要求的单元格", book.formats["section"])
    problems = (
        (title, header, column, words.named(words.PROBLEMS, problem, _say), cells)
        for title, header, column, problem, cells in result.problems.select(
            "title", "header", "column", "problem", "cells"
        ).iter_rows()
    )
    row = book.table(sheet, row + 2, _PROBLEMS, problems)
    sheet.write_string(row + 1, 0, "未读入的文件和工作表", book.formats["section"])
    left_out = (
        (file, name, "、".join(candidates or ()), reason)
        for file, name, candidates, reason in result.unrecognised.select(
            "file", "sheet", "candidates", "reason"
        ).iter_rows()
    )
    book.table(sheet, row + 2, _LEFT_OUT, left_out)
