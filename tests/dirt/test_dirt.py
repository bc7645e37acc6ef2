"""The dirt list of the data dictionary: one small delivery per line, what becomes of it, and what is reported.

Expected rows are written as `row number: cell | cell …` with `·` for null, dates in ISO form, money in 分. Problems are
`row number column`. All people are made up.
"""

from __future__ import annotations

import datetime as dt
import io
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import xlsxwriter

from baoshen_audit.identity import resident_id
from baoshen_audit.ingest.load import load

A, B, C = "320482199001011230", "320482196103050018", "320482197507122043"
HEAD = "姓名,身份证号,供养方式,基本生活标准"
XLS = Path(__file__).parent / "files" / "特困.xls"

Fill = Callable[[xlsxwriter.Workbook, Any], None]


@dataclass(frozen=True)
class Dirt:
    """A line of the list."""

    line: str
    """The words of the data dictionary."""
    files: dict[str, str | bytes | Path | dict[str, Fill | list[list[Any]]]]
    """Name → text (UTF-8), bytes, a file to copy, or the sheets of a workbook."""
    columns: str = "name id_no mode base_standard"
    rows: str = ""
    table: str = "tekun"
    problems: str = ""
    dropped: dict[str, int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    unrecognised: tuple[tuple[str, str, str], ...] = ()
    """File, sheet, how the reason begins."""
    also: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Another table → its columns and rows."""


def two_rows(_: object, sheet: Any) -> None:
    sheet.merge_range("A1:E1", "2026年6月低保名册")
    for column, name in ((0, "户编号"), (4, "户月保障金")):
        sheet.merge_range(1, column, 2, column, name)
    sheet.merge_range("B2:D2", "户主")
    sheet.write_row("B3", ["姓名", "身份证号", "民族"])
    sheet.write_row("A4", ["甲1", "张三", A, "汉族", 1020.5])


def merged_household(_: object, sheet: Any) -> None:
    sheet.write_row(
        0, 0, ["户编号", "户主姓名", "户主身份证号", "户月保障金", "成员姓名", "成员身份证号", "与户主关系"]
    )
    for column, value in enumerate(["甲1", "张三", A, 1020]):
        sheet.merge_range(1, column, 2, column, value)
    sheet.write_row(1, 4, ["张三", A, "户主"])
    sheet.write_row(2, 4, ["李四", B, "配偶"])
    # the next household has no number, and must not be filled from the one above
    sheet.write_row(3, 1, ["王五", C, 600, "王五", C, "户主"])


def hidden(_: object, sheet: Any) -> None:
    sheet.write_row(0, 0, HEAD.split(","))
    sheet.write_row(1, 0, ["张三", A, "集中", 1])
    sheet.write_row(2, 0, ["李四", B, "分散", 2])
    sheet.set_row(2, None, None, {"hidden": True})
    sheet.set_column(1, 1, None, None, {"hidden": True})


def hidden_sheet(_: object, sheet: Any) -> None:
    sheet.write_row(0, 0, HEAD.split(","))
    sheet.write_row(1, 0, ["旧", B, "集中", 1])
    sheet.hide()


def formulas(_: object, sheet: Any) -> None:
    sheet.write_row(0, 0, [*HEAD.split(","), "批准日期", "备注"])
    sheet.write_row(1, 0, ["张三", A, "集中"])
    sheet.write_formula("D2", "=1000+326.5", None, 1326.5)
    sheet.write_formula("E2", "=VLOOKUP(A2,X:Y,2,0)", None, "#N/A")
    sheet.write_formula("F2", "='[旧表.xlsx]名册'!A1", None, "已核")
    sheet.write_comment("D2", "从七月起停发")


def numbers_for_ids(_: object, sheet: Any) -> None:
    sheet.write_row(0, 0, ["姓名", "身份证号", "银行账号"])
    sheet.write_row(1, 0, ["张三", float(A), 6228480012345678901])
    sheet.write_row(2, 0, ["李四", 320482900101123, 622848001234567])
    sheet.write_row(3, 0, ["王五", "3.20482E+17", "6.22848E+18"])


def day_1904(book: Any, sheet: Any) -> None:
    sheet.write_row(0, 0, ["姓名", "身份证号", "供养方式", "批准日期"])
    sheet.write_row(1, 0, ["张三", A, "集中", 41394])
    sheet.write_row(2, 0, ["李四", B, "分散"])
    sheet.write_datetime(2, 3, dt.datetime(2017, 5, 1), book.add_format({"num_format": "yyyy-mm-dd"}))  # noqa: DTZ001


def household_form(_: object, sheet: Any) -> None:
    sheet.write("A1", "核对报告")
    for row, (label, value) in enumerate({"申请人": "张三", "车辆": "无", "存款": "合计3.2万元"}.items(), start=1):
        sheet.write_row(row, 0, [label, value])


def open_document() -> bytes:
    """A sheet as LibreOffice writes it: the second row hidden, 供养方式 merged over both."""

    def cell(text: str, **spans: int) -> str:
        marks = " ".join(f'table:number-{name}-spanned="{count}"' for name, count in spans.items())
        return f'<table:table-cell office:value-type="string" {marks}><text:p>{text}</text:p></table:table-cell>'

    names = " ".join(f'xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for n in ("office", "table", "text"))
    head = "<table:table-row>" + "".join(map(cell, HEAD.split(","))) + "</table:table-row>"
    one = f"<table:table-row>{cell('张三')}{cell(A)}{cell('集中', columns=1, rows=2)}{cell('1')}</table:table-row>"
    two = (
        f'<table:table-row table:visibility="collapse">{cell("李四")}{cell(B)}<table:covered-table-cell/>{cell("2")}'
        "</table:table-row>"
    )
    sheets = '<table:table table:name="空"/>' + f'<table:table table:name="名册">{head}{one}{two}</table:table>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr(
            "content.xml",
            f"<office:document-content {names}><office:body><office:spreadsheet>{sheets}</office:spreadsheet>"
            "</office:body></office:document-content>",
        )
    return out.getvalue()


def tekun_csv(*rows: str, head: str = HEAD) -> dict[str, Any]:
    return {"特困.csv": "\n".join([head, *rows]) + "\n"}


def column(header: str, *cells: str) -> dict[str, Any]:
    """A roll with one more column, a row per cell."""
    quoted = (f'"{cell}"' if "," in cell else cell for cell in cells)
    return tekun_csv(*(f"张三,{A},集中,{cell}" for cell in quoted), head=f"姓名,身份证号,供养方式,{header}")


ROW = f"张三,{A},集中,1326.5"
READ = f"2: 张三 | {A} | 集中 | 132650"
MEMBERS = "户编号,户主姓名,户主身份证号,户月保障金,其他家庭成员姓名1,身份证号1,其他家庭成员姓名2,身份证号2"

SHEETS = [
    Dirt("title row", tekun_csv(ROW, head=f"××县2026年6月特困花名册,,,\n{HEAD}"), rows=READ.replace("2:", "3:", 1)),
    Dirt(
        "unit row",
        tekun_csv("张三," + A + ",集中,0.5", head=f"特困名册,,,\n,,,单位：万元\n{HEAD}"),
        rows=f"4: 张三 | {A} | 集中 | 500000",
    ),
    Dirt(
        "two-row headers with merged cells",
        {"低保名册.xlsx": {"名册": two_rows}},
        table="dibao",
        columns="hh_id name id_no monthly_amount",
        rows=f"4: 甲1 | 张三 | {A} | 102050",
    ),
    Dirt(
        "header on row 6",
        tekun_csv(ROW, head=f"甲,,,\n乙,,,\n,,,\n丙,,,\n,,,\n{HEAD}"),
        rows=READ.replace("2:", "7:", 1),
    ),
    Dirt(
        "header repeated on every printed page",
        tekun_csv(ROW, "第1页,,,", HEAD, f"李四,{B},分散,2"),
        rows=f"{READ}\n5: 李四 | {B} | 分散 | 200",
        dropped={"重复表头": 1, "合计、签章或说明行": 1},
    ),
    Dirt(
        "小计/合计/制表人/审核人 rows, blank separator rows",
        tekun_csv(ROW, ",,,", "小计,,,1326.5", "合计,,,1326.5", "制表人：甲,,审核人：乙,"),
        rows=READ,
        dropped={"空行": 1, "合计、签章或说明行": 3},
    ),
    Dirt(
        "merged hh_id or 户主 cell: fill down within the household, never across",
        {"低保.xlsx": {"名册": merged_household}},
        table="member",
        columns="hh_id name id_no relation",
        rows=f"2: 甲1 | 张三 | {A} | 户主\n3: 甲1 | 李四 | {B} | 配偶\n4: · | 王五 | {C} | 户主",
        also={"dibao": ("hh_id name monthly_amount", "2: 甲1 | 张三 | 102000\n4: · | 王五 | 60000")},
        notes=("合并单元格向下填充 4 格",),
    ),
    Dirt(
        "hidden rows and columns are rows and columns",
        {"特困.xlsx": {"名册": hidden}},
        rows=f"2: 张三 | {A} | 集中 | 100\n3: 李四 | {B} | 分散 | 200",
        notes=("隐藏的列 1 列，照常读取", "隐藏的行 1 行，照常读取"),
    ),
    Dirt(
        "merged, hidden in an open-document sheet (.ods)",
        {"特困.ods": open_document()},
        rows=f"2: 张三 | {A} | 集中 | 100\n3: 李四 | {B} | 集中 | 200",
        unrecognised=(("特困.ods", "空", "空工作表"),),
        notes=("隐藏的行 1 行，照常读取", "合并单元格向下填充 1 格"),
    ),
    Dirt(
        "hidden sheets",
        {"特困.xlsx": {"名册": [HEAD.split(","), ROW.split(",")], "旧表": hidden_sheet}},
        rows=READ,
        unrecognised=(("特困.xlsx", "旧表", "隐藏的工作表"),),
    ),
    Dirt(
        "one sheet per town",
        {
            "特困.xlsx": {
                "尧塘街道": [HEAD.split(","), ROW.split(",")],
                "西城": [HEAD.split(","), ["李四", B, "分散", 2]],
            }
        },
        columns="town name period",
        rows="2: 尧塘街道 | 张三 | 2026-06-01\n2: 西城 | 李四 | 2026-06-01",
    ),
    Dirt(
        "one sheet per month: the month audited is typed",
        {
            "特困.xlsx": {
                "2026年5月": [HEAD.split(","), ["李四", B, "分散", 2]],
                "2026年6月": [HEAD.split(","), ROW.split(",")],
            }
        },
        columns="name period",
        rows="2: 张三 | 2026-06-01",
    ),
    Dirt(
        "family members in columns 其他家庭成员姓名1…6 / 身份证号1…6",
        {"低保名册.csv": f"{MEMBERS}\n甲1,张三,{A},1020,李四,{B},王五,{C}\n甲2,赵六,{B},600,,,,\n"},
        table="member",
        columns="hh_id programme name id_no",
        rows=f"2: 甲1 | dibao | 李四 | {B}\n2: 甲1 | dibao | 王五 | {C}",
        also={"dibao": ("hh_id name id_no", f"2: 甲1 | 张三 | {A}\n3: 甲2 | 赵六 | {B}")},
    ),
    Dirt(
        "one check report per household with text columns",
        {"核对/张三.xlsx": {"报告": household_form}, **tekun_csv(ROW)},
        rows=READ,
        unrecognised=(("核对/张三.xlsx", "报告", "没有找到表头"),),
    ),
    Dirt(
        "formulas, #N/A, comments",
        {"特困.xlsx": {"名册": formulas}},
        columns="name base_standard approve_date remark",
        rows="2: 张三 | 132650 | · | 已核",
    ),
    Dirt(
        "a manual sort of one column only: cells are read as they stand",
        tekun_csv(f"李四,{A},集中,男", f"张三,{B},分散,女", head="姓名,身份证号,供养方式,性别"),
        columns="name id_no sex",
        rows=f"2: 李四 | {A} | 男\n3: 张三 | {B} | 女",
    ),
]

FILES = [
    Dirt(
        ".xls (BIFF)",
        {"特困.xls": XLS},
        columns="name id_no mode base_standard approve_date",
        rows=f"3: 张三 | {A} | 集中 | 132650 | 2017-05-01\n4: 李四 | 3.20482199001011E+17 | 集中 | 132650 | 2017-05-01",
        notes=("合并单元格向下填充 1 格",),
    ),
    Dirt(".et (WPS) that holds what .xlsx holds", {"特困.et": {"名册": [HEAD.split(","), ROW.split(",")]}}, rows=READ),
    Dirt(
        ".et (WPS)",
        {"特困.et": XLS},
        columns="name mode",
        rows="3: 张三 | 集中\n4: 李四 | 集中",
        notes=("合并单元格向下填充 1 格",),
    ),
    *(
        Dirt(f"CSV in {encoding}", {"特困.csv": f"{HEAD}\n{ROW}\n".encode(encoding)}, rows=READ)
        for encoding in ("gb18030", "gbk", "utf-8", "utf-8-sig", "utf-16")
    ),
    Dirt(
        "HTML tables named .xls",
        {"特困.xls": f"<table><tr><td>{'<td>'.join(HEAD.split(','))}<tr><td>{'<td>'.join(ROW.split(','))}</table>"},
        rows=READ,
    ),
    Dirt("tab-separated .txt from audit software", {"特困.txt": f"{HEAD}\n{ROW}\n".replace(",", "\t")}, rows=READ),
    Dirt(
        "mojibake",
        {"特困2.csv": f"{HEAD}\n{ROW}\n".encode().decode("latin-1").encode(), **tekun_csv(ROW)},
        rows=READ,
        unrecognised=(("特困2.csv", "", "没有找到表头"),),
    ),
]

NUMBERS = [
    Dirt(
        "full-width digits and spaces, NBSP, trailing tabs, leading ' or #, lower-case x",
        tekun_csv(
            "张三,３２０４８２１９９００１０１１２３０,集中,１０２０",
            f"张三, {A[:6]}\u00a0{A[6:]}\t,集中,1",
            f"张三,'{A},集中,1",
            f"张三,#{A},集中,1",
            "张三,32048219610305001x,集中,1",
        ),
        columns="id_no base_standard",
        rows=f"2: {A} | 102000\n3: {A} | 100\n4: {A} | 100\n5: {A} | 100\n6: 32048219610305001X | 100",
    ),
    Dirt(
        "IDs as float, scientific or cut to 15 digits; account numbers in scientific notation",
        {"特困.xlsx": {"名册": numbers_for_ids}},
        columns="name id_no id_status account_no",
        rows="2: 张三 | 3.20482199001011E+17 | excel_damaged | ·\n"
        "3: 李四 | 320482900101123 | upgraded15 | 622848001234567\n"
        "4: 王五 | 3.20482E+17 | excel_damaged | ·",
        problems="2 account_no, 4 account_no",
    ),
    Dirt(
        "ID and name in one cell",
        tekun_csv(f",张三 {A},集中,1"),
        columns="name id_no id_status",
        rows=f"2: · | 张三{A} | malformed",
    ),
    Dirt(
        "several owners in one cell joined by 、",
        {"不动产.csv": f"权利人,证件号,不动产权证号,坐落\n张三、李四,{A}、{B},证1,甲\n王五,{C},证2,乙\n"},
        table="realestate",
        columns="name id_no title_no",
        rows=f"2: 张三 | {A} | 证1\n2: 李四 | {B} | 证1\n3: 王五 | {C} | 证2",
        notes=("1 行的一格内有几名权利人，拆为 2 行",),
    ),
]

DATES = [
    Dirt(
        "2017-5-1, 20170501, 2017年5月1日, Excel serial 42856",
        column("批准日期", "2017-5-1", "20170501", "2017年5月1日", "42856"),
        columns="approve_date",
        rows="\n".join(f"{row}: 2017-05-01" for row in range(2, 6)),
    ),
    Dirt(
        'half dates in a date column: 2017.05, "201705", 5/1/17, lunar dates',
        column("批准日期", "2017.05", "201705", "5/1/17", "正月初八"),
        columns="approve_date raw__approve_date",
        rows="2: · | 2017.05\n3: · | 201705\n4: · | 5/1/17\n5: · | 正月初八",
        problems="2 approve_date, 3 approve_date, 4 approve_date, 5 approve_date",
    ),
    Dirt(
        "2017.05 in a month column",
        column("最初享受月份", "2017.05", "201705", "2017年5月"),
        columns="first_month",
        rows="2: 2017-05-01\n3: 2017-05-01\n4: 2017-05-01",
    ),
    Dirt(
        "1904 system",
        {"特困.xlsx": {"名册": day_1904}},
        columns="approve_date raw__approve_date",
        rows="2: 2017-05-01 | 41394\n3: 2017-05-01 | 2017-05-01",
    ),
    Dirt(
        '"长期", "至今" where something ends, and where nothing does',
        {
            "低保边缘.csv": "户编号,户主姓名,户主身份证号,家庭人口,有效期至,认定日期\n"
            f"甲,张三,{A},1,长期,至今\n乙,李四,{B},1,至今,2017-5-1\n"
        },
        table="dibao_edge",
        columns="valid_to recognised_on",
        rows="2: · | ·\n3: · | 2017-05-01",
        problems="2 recognised_on",
    ),
    Dirt("ages as text", column("年龄", "63岁", "63"), columns="age", rows="2: 63\n3: 63"),
]

MONEY = [
    Dirt(
        '"1,234.50元", "12.3万", negative as (123), text',
        column("基本生活标准", "1,234.50元", "12.3万", "(123)", "１２３", "约500"),
        columns="base_standard",
        rows="2: 123450\n3: 12300000\n4: -12300\n5: 12300\n6: ·",
        problems="6 base_standard",
    ),
    Dirt(
        "blank against 0",
        column("基本生活标准", "", "0", "-"),
        columns="base_standard raw__base_standard",
        rows="2: · | ·\n3: 0 | 0\n4: · | -",
    ),
    Dirt(
        "yes/no as 是/否/√/1/Y/有",
        {
            "低保家庭成员.csv": "户编号,成员姓名,成员身份证号,与户主关系,是否保障\n"
            + "".join(f"甲,张三,{A},子,{cell}\n" for cell in "是否√1Y有疑")
        },
        table="member",
        columns="is_covered",
        rows="2: True\n3: False\n4: True\n5: True\n6: True\n7: True\n8: ·",
        problems="8 is_covered",
    ),
]

NAMES = [
    Dirt(
        'inner spaces ("张  三"), dot variants, notes in brackets, placeholders',
        tekun_csv(*(f"{name},{A},集中,1" for name in ("张  三", "买买提·吐尔逊", "张三(已故)", "不详"))),
        columns="name raw__name",
        rows="2: 张三 | 张  三\n3: 买买提·吐尔逊 | 买买提·吐尔逊\n4: 张三(已故) | 张三(已故)\n5: 不详 | 不详",
    ),
    Dirt(
        "rare characters (𬍛, 㛃, 䶮) as themselves, as ? or private-use code points",
        tekun_csv(*(f"{name},{A},集中,1" for name in ("张𬍛", "张㛃", "张䶮", "张?", "张\ue864"))),
        columns="name",
        rows="2: 张𬍛\n3: 张㛃\n4: 张䶮\n5: 张?\n6: 张\ue864",
    ),
    Dirt(
        "rare characters in GB18030",
        {"特困.csv": f"{HEAD}\n张𬍛,{A},集中,1\n".encode("gb18030")},
        columns="name",
        rows="2: 张𬍛",
    ),
    Dirt(
        "addresses with ×组×号, old village names",
        column("家庭住址", "尧塘镇汤墅村委 3组12号", "原社头镇××村"),
        columns="address",
        rows="2: 尧塘镇汤墅村委 3组12号\n3: 原社头镇××村",
    ),
    Dirt(
        "facts in remarks: 已故, 停发, 代领人, a second name, a phone number",
        column("备注", "已故", "7月停发", "代领人李四13800000000", "曾用名张小三"),
        columns="remark",
        rows="2: 已故\n3: 7月停发\n4: 代领人李四13800000000\n5: 曾用名张小三",
    ),
]

CASES = [*SHEETS, *FILES, *NUMBERS, *DATES, *MONEY, *NAMES]


def deliver(folder: Path, files: dict[str, Any]) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, Path):
            shutil.copy(content, path)
        elif isinstance(content, dict):
            book = xlsxwriter.Workbook(path, {"date_1904": any(fill is day_1904 for fill in content.values())})
            for title, fill in content.items():
                sheet = book.add_worksheet(title)
                if callable(fill):
                    fill(book, sheet)
                    continue
                for number, row in enumerate(fill):
                    sheet.write_row(number, 0, row)
            book.close()
        else:
            path.write_bytes(content if isinstance(content, bytes) else content.encode())


def shown(frame: pl.DataFrame, columns: str) -> str:
    known = frame.with_columns(resident_id.id_status("id_no").alias("id_status")) if "id_no" in frame.columns else frame
    rows = known.select("source_row", *columns.split()).iter_rows()
    return "\n".join(
        f"{row}: {' | '.join('·' if cell is None else str(cell) for cell in cells)}" for row, *cells in rows
    )


@pytest.mark.parametrize("dirt", CASES, ids=[dirt.line for dirt in CASES])
def test_dirt(dirt: Dirt, tmp_path: Path) -> None:
    deliver(tmp_path, dirt.files)
    intake = load(tmp_path, month=date(2026, 6, 1))
    for table, (columns, rows) in {dirt.table: (dirt.columns, dirt.rows), **dirt.also}.items():
        assert shown(intake.tables[table].frame, columns) == rows
    rows = pl.concat([table.frame.select("row_id", "source_row") for table in intake.tables.values()])
    problems = intake.problems.join(rows, on="row_id", how="left").sort("row_id")
    assert ", ".join(f"{row['source_row']} {row['column']}" for row in problems.iter_rows(named=True)) == dirt.problems
    assert dict(kv for source in intake.sources for kv in source.dropped.items()) == dirt.dropped
    assert tuple(dict.fromkeys(note for source in intake.sources for note in source.notes)) == dirt.notes
    assert len(intake.unrecognised) == len(dirt.unrecognised)
    for item, (file, sheet, reason) in zip(intake.unrecognised, dirt.unrecognised, strict=True):
        assert (item.file, item.sheet, item.reason[: len(reason)]) == (file, sheet, reason)


def test_the_same_as_a_zip(tmp_path: Path) -> None:
    """A delivery gives the same rows when somebody has packed it."""
    for dirt in (SHEETS[1], NUMBERS[1], FILES[0]):
        folder = tmp_path / dirt.line[:4].strip()
        deliver(folder, dirt.files)
        with zipfile.ZipFile(tmp_path / "包.zip", "w", zipfile.ZIP_DEFLATED) as out:
            for path in folder.iterdir():
                out.write(path, path.name)
        intake = load(tmp_path / "包.zip", month=date(2026, 6, 1))
        assert shown(intake.tables[dirt.table].frame, dirt.columns) == dirt.rows
