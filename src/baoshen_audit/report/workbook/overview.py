"""The first two sheets: what this workbook is and rests on, and where the findings lie."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from xlsxwriter.worksheet import Worksheet

from baoshen_audit.audit import Result
from baoshen_audit.policy import regions
from baoshen_audit.report import tally, words
from baoshen_audit.report.workbook.book import Book, Column, link
from baoshen_audit.report.workbook.leads import LIST

COVER: Final = "首页"
TOTALS: Final = "汇总"

_say = words.speaker("zh")

_LINE: Final = 16
_NOTE_WIDTH: Final = 110
"""Points a line of text takes, and characters that fit across seven columns."""

_INPUTS: Final = (
    Column("数据表", 22),
    Column("文件", 44),
    Column("工作表", 18),
    Column("行数", 10, "count"),
    Column("未计入行数", 11, "count"),
    Column("名册月份", 11, "date"),
    Column("数据截至", 11, "date"),
    Column("未使用的列", 30),
    Column("最接近的列", 30),
    Column("SHA-256", 66),
)
_RULES: Final = (
    Column("规则", 22),
    Column("名称", 44),
    Column("结果", 18),
    Column("疑点数", 10, "count"),
    Column("版本", 16),
)


def write_cover(book: Book, result: Result) -> None:
    """The sheet 首页: region, month, how to read it, inputs with hashes, versions."""
    sheet = book.sheet(COVER)
    for position, column in enumerate(_INPUTS):
        sheet.set_column(position, position, column.width)
    sheet.hide_gridlines(2)
    sheet.set_row(0, 28)
    sheet.write_string(0, 0, "社会救助疑点核查工作簿", book.formats["title"])
    sheet.write_string(1, 0, words.LEADS_ONLY[0], book.formats["warning"])
    sheet.write_string(
        2,
        0,
        "每条疑点须由人核实:在“疑点清单”的浅黄色栏内选择核查结论,填写核查人、日期、依据文号和说明;各乡镇表自动显示已填内容。",
        book.formats["label"],
    )
    row = _facts(book, sheet, 4, result)
    for note in result.notes:
        sheet.write_string(row, 0, "说明", book.formats["label"])
        # across the table below, wrapped: a long note must not stretch the printed page
        sheet.merge_range(row, 1, row, 7, note, book.formats["wrap"])
        sheet.set_row(row, _LINE * -(-len(note) // _NOTE_WIDTH))
        row += 1
    sheet.write_string(row + 1, 0, "读入的数据", book.formats["section"])
    inputs = result.inputs.select(
        "title", "file", "sheet", "rows", "dropped", "month", "as_of", "unmapped", "closest", "sha256"
    ).iter_rows()
    filled = ((*one[:7], words.lines(one[7], "、"), words.lines(one[8], "、"), one[9]) for one in inputs)
    row = book.table(sheet, row + 2, _INPUTS, filled)
    sheet.write_string(row + 1, 0, "规则及版本", book.formats["section"])
    versions = result.manifest["rules"]
    rules = (
        (code, title, words.named(words.STATUSES, status, _say), findings, _version(versions, code))
        for code, title, status, findings in result.coverage.select("code", "title", "status", "findings").iter_rows()
    )
    book.table(sheet, row + 2, _RULES, rules)


def _version(versions: object, code: str) -> str:
    return str(versions.get(code, "")) if isinstance(versions, Mapping) else ""


def _facts(book: Book, sheet: Worksheet, row: int, result: Result) -> int:
    manifest = result.manifest
    region = str(manifest["region"])
    facts = (
        ("地区", f"{regions().get(region, '')} {region}".strip()),
        ("核查月份", f"{manifest['month']}(截至 {manifest['as_of']})"),
        ("疑点数", f"{_counted(result)},归为 {result.cases.height} 个个案"),
        ("显示方式", "未脱敏:含完整姓名和证件号,请按涉密个人信息保管" if manifest["revealed"] else "已脱敏"),
        ("结果校验值", str(manifest["result_hash"])),
        ("政策数据校验值", str(manifest["policy_digest"])),
        ("单位密钥编号", str(manifest["key_id"])),
        ("程序版本", f"baoshen-audit {manifest['tool']} · polars {manifest['polars']}"),
    )
    for label, value in facts:
        sheet.write_string(row, 0, label, book.formats["label"])
        book.cell(sheet, row, 1, value, "text")
        row += 1
    return row


def _counted(result: Result) -> str:
    held = result.findings.height - result.listed.height
    return str(result.listed.height) + (f"(另有 {held} 条没有列入,原因见说明)" if held else "")


def write_totals(book: Book, result: Result, towns: Mapping[str, str], list_rows: Mapping[str, int]) -> None:
    """The sheet 汇总: findings by family and grade, by town and family, with links to where they stand.

    Args:
        book: the workbook.
        result: the result.
        towns: town as in the findings (empty for none) → name of its sheet.
        list_rows: fingerprint → row on the sheet 疑点清单.
    """
    sheet = book.sheet(TOTALS)
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 12, 13)
    sheet.write_string(0, 0, "按类别和等级", book.formats["section"])
    row = _families(book, sheet, 1, result, list_rows)
    sheet.write_string(row + 1, 0, "按乡镇和类别", book.formats["section"])
    row = _towns(book, sheet, row + 2, result, towns)
    grades = ";".join(f"{_say(*words.GRADES[one])} {_say(*words.GRADE_MEANING[one])}" for one in words.GRADES)
    sheet.write_string(row + 1, 0, f"等级:{grades}", book.formats["label"])
    sheet.write_string(
        row + 2, 0, "待核查金额按疑点相加;同一笔款可能同时列在几条疑点里,不是应追回金额。", book.formats["label"]
    )


def _families(book: Book, sheet: Worksheet, top: int, result: Result, list_rows: Mapping[str, int]) -> int:
    grades = [_say(*words.GRADES[one]) for one in words.GRADES]
    _heads(book, sheet, top, ["类别", *grades, "合计", "待核查金额(元)"])
    first: dict[str, int] = {}
    for family, mark in result.listed.select("family", "fingerprint").iter_rows():
        first.setdefault(family, list_rows[mark])
    families = tally.by(result.listed, "family")
    for row, one in enumerate(families, start=top + 1):
        label = f"{words.named(words.FAMILIES, one.label, _say)} {one.label}"
        sheet.write_url(row, 0, link(LIST, first[one.label]), book.formats["link"], string=label)
        _counts(book, sheet, row, [*one.grades.values(), one.findings], "count")
        book.cell(sheet, row, len(words.GRADES) + 2, one.amount, "money")
    totals = [sum(one.grades[grade] for one in families) for grade in words.GRADES]
    return _total(book, sheet, top + len(families) + 1, [*totals, result.listed.height])


def _towns(book: Book, sheet: Worksheet, top: int, result: Result, towns: Mapping[str, str]) -> int:
    families = [one.label for one in tally.by(result.listed, "family")]
    _heads(book, sheet, top, ["乡镇(街道)", *(words.named(words.FAMILIES, one, _say) for one in families), "合计"])
    counts = tally.crossed(result.listed, "town", "family")
    for row, (town, name) in enumerate(towns.items(), start=top + 1):
        label = town or _say(*words.NO_TOWN)
        sheet.write_url(row, 0, link(name, 0), book.formats["link"], string=label[:200])
        numbers = [counts.get((town, family), 0) for family in families]
        _counts(book, sheet, row, [*numbers, sum(numbers)], "count")
    totals = [sum(counts.get((town, family), 0) for town in towns) for family in families]
    return _total(book, sheet, top + len(towns) + 1, [*totals, sum(totals)])


def _heads(book: Book, sheet: Worksheet, row: int, headers: list[str]) -> None:
    for position, header in enumerate(headers):
        sheet.write_string(row, position, header, book.formats["head"])


def _counts(book: Book, sheet: Worksheet, row: int, numbers: list[int], style: str) -> None:
    for position, number in enumerate(numbers, start=1):
        book.cell(sheet, row, position, number, style)


def _total(book: Book, sheet: Worksheet, row: int, numbers: list[int]) -> int:
    book.cell(sheet, row, 0, "合计", "total")
    _counts(book, sheet, row, numbers, "total")
    return row + 1
