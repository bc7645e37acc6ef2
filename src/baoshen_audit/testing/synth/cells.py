"""How an office writes a cell: date and money styles, and the dirt that typing and exporting leave behind."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any, Final

from baoshen_audit.schemas import TABLES
from baoshen_audit.testing.synth.records import Values

_WIDE: Final = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")

ROLLS: Final = ("dibao", "dibao_edge", "member", "tekun", "orphan", "disability_subsidy", "youfu")


@dataclass(frozen=True, slots=True)
class Style:
    """The habits of one file.

    Attributes:
        date: `strftime` pattern, or "" for a real date cell (workbooks only).
        month: `strftime` pattern of a month.
        money: "plain" (612, 612.5), "fixed" (612.00), "comma" (1,612.00).
    """

    date: str = "%Y-%m-%d"
    month: str = "%Y-%m"
    money: str = "plain"


def yuan(fen: int, style: str = "plain") -> str:
    """Money as text in 元."""
    if style == "comma":
        return f"{fen // 100:,}.{fen % 100:02}"
    if style == "fixed" or fen % 100:
        return f"{fen // 100}.{fen % 100:02}"
    return str(fen // 100)


def text(table: str, column: str, value: Any, style: Style) -> str:  # noqa: ANN401 - a cell of any type
    """A cell as text: what a CSV or a text column of a database holds."""
    if value is None:
        return ""
    spec = TABLES[table].columns[column]
    if spec.kind == "money":
        return yuan(value // 10_000, style.money) if spec.unit == "万元" else yuan(value, style.money)
    if isinstance(value, dt.date):
        return value.strftime(style.month if spec.kind == "month" else style.date or "%Y-%m-%d")
    if isinstance(value, bool):
        return "是" if value else "否"
    return str(value)


def cell(table: str, column: str, value: Any, style: Style) -> Any:  # noqa: ANN401 - a cell of any type
    """A cell of a workbook: numbers stay numbers, dates may stay dates, IDs and accounts are text."""
    if isinstance(value, dt.date) and not style.date and TABLES[table].columns[column].kind == "date":
        return value
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int) and TABLES[table].columns[column].kind == "money":
        return value // 100 if value % 100 == 0 else value / 100
    if isinstance(value, int | float):
        return value
    return text(table, column, value, style) or None


@dataclass(slots=True)
class Dirt:
    """Puts harmless dirt on cells, always on the same ones, and remembers where it lies on a number of a roll.

    Attributes:
        protected: records of cases, as (table, key): their numbers stay as planted.
        seen: kind of dirt → (table, month, key) of the rolls' numbers that carry it.
    """

    protected: frozenset[tuple[str, int]]
    seen: dict[str, list[tuple[str, str, int]]] = field(default_factory=dict)

    def put(self, table: str, month: str, key: int, column: str, cell: Any) -> Any:  # noqa: ANN401 - a cell
        """The cell with its dirt, or as it is."""
        if not isinstance(cell, str) or (table, key) in self.protected:
            return cell
        kind = TABLES[table].columns[column].kind
        if kind == "id" and len(cell) == 18:
            return self._number(table, month, key, column, cell)
        if column in {"name", "member_name"} and len(cell) == 2 and key % 13 == 5:
            return f"{cell[0]}{'　' if key % 2 else '  '}{cell[1]}"
        if kind == "phone" and key % 61 == 7:
            return cell.translate(_WIDE)
        return cell

    def _number(self, table: str, month: str, key: int, column: str, cell: str) -> str:
        slot = (key * 7 + int(month[-2:])) % 97
        if slot == 3:
            kind, dirty = "末尾带制表符", cell + "\t"
        elif slot == 11:
            kind, dirty = "前面带撇号", "'" + cell
        elif slot == 23:
            kind, dirty = "写成全角数字", cell.translate(_WIDE)
        elif cell.endswith("X") and key % 4 == 1:
            kind, dirty = "末位写成小写x", cell[:-1] + "x"
        else:
            return cell
        if table in ROLLS and column == "id_no":
            self.seen.setdefault(kind, []).append((table, month, key))
        return dirty


@dataclass(frozen=True, slots=True)
class Pen:
    """Writes the cells of one file: its style, its dirt, and whether it is a workbook."""

    month: str
    style: Style
    dirt: Dirt
    book: bool

    def write(self, table: str, record: Values, column: str) -> Any:  # noqa: ANN401 - a cell
        """The cell of a record as the file holds it; text for a CSV, also a number, a date or None for a workbook."""
        form = cell if self.book else text
        return self.dirt.put(table, self.month, record["key"], column, form(table, column, record[column], self.style))
