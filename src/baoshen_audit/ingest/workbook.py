"""Workbooks (.xlsx, .xlsm, .xls, .ods, .et) through calamine, whose typed cells show what a text reader hides."""

from __future__ import annotations

from pathlib import Path

from python_calamine import (
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from baoshen_audit.errors import InputError
from baoshen_audit.ingest import package
from baoshen_audit.ingest.grid import Grid
from baoshen_audit.ingest.guard import refusing
from baoshen_audit.ingest.model import RawSheet, Unrecognised

_DAYS_1904 = 1462
"""Days between the first day of the 1900 system and that of the 1904 system of old Macintosh workbooks."""


def read(path: Path, file: str) -> tuple[list[RawSheet], list[Unrecognised]]:
    """Open a workbook.

    Formulas are not calculated: the value stored beside each is read. Links to other files and macros are not touched.

    Args:
        path: where it is.
        file: name to show.

    Returns:
        Its visible sheets with cells, and the ones left out (hidden, empty, not a worksheet) with the reason.

    Raises:
        InputError: password-protected, truncated, not a workbook, or one made to fill the memory.
    """
    with refusing(_damaged(file)):
        shape = package.inspect(path, file)
        try:
            with CalamineWorkbook.from_path(path) as book:
                return _sheets(book, file, shape)
        except PasswordError:
            raise InputError(
                f"工作簿有打开密码，无法读取：{file}",
                hint="在表格软件中打开它，取消密码（另存为，不加密）后再扫描。",
            ) from None


def _damaged(file: str) -> InputError:
    return InputError(
        f"工作簿已损坏或不完整，无法读取：{file}",
        hint="用表格软件打开检查；打不开就重新导出或重新拷贝，能打开就另存为 .xlsx 后再扫描。",
    )


def _sheets(book: CalamineWorkbook, file: str, shape: package.Shape) -> tuple[list[RawSheet], list[Unrecognised]]:
    sheets: list[RawSheet] = []
    left_out: list[Unrecognised] = []
    for index, meta in enumerate(book.sheets_metadata):
        if meta.typ is not SheetTypeEnum.WorkSheet:
            left_out.append(Unrecognised(file, meta.name, "不是工作表（图表或宏）"))
        elif meta.visible is not SheetVisibleEnum.Visible:
            left_out.append(Unrecognised(file, meta.name, "隐藏的工作表，未读取；需要时先取消隐藏"))
        else:
            sheet = book.get_sheet_by_index(index)
            top, left = sheet.start or (0, 0)
            cells = sheet.to_python(skip_empty_area=True)
            merged = sheet.merged_cell_ranges or shape.merged.get(index, [])
            notes = tuple(
                f"隐藏的{what} {count} {what}，照常读取" for what, count in shape.hidden.get(index, {}).items()
            )
            grid = Grid(cells, top, left, merged, _DAYS_1904 if shape.from_1904 else 0, notes)
            if grid.rows:
                sheets.append(grid.raw(file, meta.name))
            else:
                left_out.append(Unrecognised(file, meta.name, "空工作表"))
    return sheets, left_out
