"""Turn cells as written into typed columns. Nothing is guessed: what does not parse is null, and reported.

Columns with few different values (dates, money, codes) are parsed once per value and joined back; columns that are
nearly all clean (numbers of documents, names) are repaired only where they are not.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Final

import polars as pl

from baoshen_audit.schemas import CODES, ColumnSpec
from baoshen_audit.text import clean, fold

_PLACEHOLDERS: Final = ["", "-", "--", "—", "——", "/", "\\", "无", "空", "null", "NULL", "None", "nan", "NaN"]
"""Cells by which an office says "nothing here"; the document number is the exception and stays as written."""

_OPEN_ENDED: Final = ["长期", "至今", "永久", "长期有效", "无固定期限", "9999-12-31", "99991231"]
"""No end: not a date, and not a problem in a column that ends something."""

_SAMPLE: Final = 50_000

_YES: Final = ["是", "√", "✓", "✔", "1", "y", "yes", "有", "true", "t", "对", "享受"]
_NO: Final = ["否", "×", "✗", "0", "n", "no", "无", "false", "f", "非", "不享受", "没有"]
_YEAR: Final = "(?:18|19|20|21)[0-9]{2}"
_CLOCK: Final = r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?Z?"
_WHOLE: Final = "[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,11}"
"""Whole digits with thousands separators where they belong, or without any."""

_TIMES: Final = {"": 1, "元": 1, "千元": 1_000, "万": 10_000, "万元": 10_000, "亿元": 100_000_000}

Expression = Callable[[pl.Expr], pl.Expr]


def parse(column: pl.Series, spec: ColumnSpec, unit: str = "") -> pl.Series:
    """Parse one column.

    Args:
        column: String, cells as written.
        spec: what the column is.
        unit: unit of money stated in the header or the title (`万元`); empty: the one of the specification.

    Returns:
        A series of the same length, named and typed as the specification says; null where a cell is blank or
        cannot be read.
    """
    match spec.kind:
        case "id":
            parsed = _repaired(column, r"^[0-9]+X?$", _document)
        case "account" | "phone":
            parsed = _repaired(column, r"^[0-9]+$", _digits)
        case "text" if _is_person_name(spec):
            parsed = _repaired(column, r"^[\x{4E00}-\x{9FFF}]+$", lambda cell: _filled(fold(_unwrapped(cell))))
        case "text":
            parsed = _repaired(
                column, r"^[0-9A-Za-z\x{4E00}-\x{9FFF}]+$", lambda cell: _filled(clean(_unwrapped(cell)))
            )
        case _:
            parsed = _by_value(column, _expression(spec, unit))
    return parsed.cast(spec.dtype).alias(spec.name)


def unreadable(column: pl.Series, parsed: pl.Series, spec: ColumnSpec) -> pl.Series:
    """Which cells hold something that could not be read: raw not blank, typed null.

    Args:
        column: cells as written.
        parsed: the same column after `parse`.
        spec: what the column is.

    Returns:
        Boolean series without nulls.
    """
    missed = parsed.is_null() & column.is_not_null()
    if not missed.any():
        return missed
    silent = _PLACEHOLDERS + (_OPEN_ENDED if _ends_something(spec) else [])
    blank = column.filter(missed).to_frame("cell").select(fold(pl.col("cell")).is_in(silent)).to_series()
    return missed.scatter(missed.arg_true(), ~blank)


def _expression(spec: ColumnSpec, unit: str) -> Expression:
    if spec.kind == "money":
        return lambda cell: _money(cell, unit or spec.unit)
    if spec.kind == "code":
        return lambda cell: _code(cell, spec.codes)
    return _PARSERS[spec.kind]


def _is_person_name(spec: ColumnSpec) -> bool:
    return spec.pii == "direct" and spec.name.endswith("name")


def _ends_something(spec: ColumnSpec) -> bool:
    return spec.name.endswith(("_to", "_end")) or spec.name == "end"


def _by_value(column: pl.Series, expression: Expression) -> pl.Series:
    """Apply an expression once per different value, or to all cells when most differ."""
    cells = column.alias("cell")
    if cells.head(_SAMPLE).n_unique() * 2 > min(len(cells), _SAMPLE):
        return cells.to_frame().select(expression(pl.col("cell"))).to_series()
    values = cells.unique().drop_nulls().to_frame().with_columns(expression(pl.col("cell")).alias("parsed"))
    return cells.to_frame().join(values, on="cell", how="left", maintain_order="left").get_column("parsed")


def _repaired(column: pl.Series, plain: str, repair: Expression) -> pl.Series:
    """Leave cells alone that are already what they should be, repair the others once per different value."""
    cells = column.alias("cell")
    odd = ~cells.str.contains(plain)
    if not odd.any():
        return cells
    values = cells.filter(odd).unique().to_frame().with_columns(repair(pl.col("cell")).alias("parsed"))
    joined = cells.to_frame().with_columns(odd.alias("odd")).join(values, on="cell", how="left", maintain_order="left")
    return joined.select(pl.when("odd").then("parsed").otherwise("cell")).to_series()


def _filled(cell: pl.Expr) -> pl.Expr:
    return pl.when(cell != "").then(cell)


def _unwrapped(cell: pl.Expr) -> pl.Expr:
    """Undo the tricks that keep a spreadsheet from turning text into a number: `="…"`, a leading `'` or `#`."""
    return cell.str.replace(r'^\s*="(.*)"\s*$', "$1").str.replace(r"^\s*['‘’`#]+", "")


def _document(cell: pl.Expr) -> pl.Expr:
    """A document number: NFKC, no blanks, quotes or marks, `X` in capitals; otherwise as written."""
    bare = fold(cell).str.replace(r"^=", "").str.replace_all(r"""["'‘’“”`#]""", "")
    return _filled(bare.str.replace_all("x", "X", literal=True))


def _digits(cell: pl.Expr) -> pl.Expr:
    """An account or phone: digits only. A masked, scientific or double number is none: better null than invented."""
    bare = fold(cell).str.replace(r"^=", "").str.replace_all(r"""["'‘’“”`#()（）·-]""", "").str.replace(r"^\+86", "")
    return pl.when(bare.str.contains(r"^[0-9]+$")).then(bare)


def _dated(cell: pl.Expr) -> pl.Expr:
    """A cell with a date, blanks only left where they part date and time (`2017-5-1 12:30` is not the 11th)."""
    return clean(cell).str.replace(r"^'", "").str.replace_all(r" ?([-./年月日号:]) ?", "$1")


def _date(cell: pl.Expr) -> pl.Expr:
    """2017-5-1, 2017.05.01, 2017/5/1, 20170501, 2017年5月1日, each with a time behind; Excel serials 20000-80000."""
    text = _dated(cell)
    parts = text.str.extract_groups(
        rf"^({_YEAR})[-./年]([0-9]{{1,2}})[-./月]([0-9]{{1,2}})(?:[日号]?|[日号 T]{_CLOCK})$"
    )
    packed = text.str.extract_groups(rf"^({_YEAR})([0-9]{{2}})([0-9]{{2}})(?:[ T]{_CLOCK})?$")
    return pl.coalesce(
        *(_iso(*(found.struct[index] for index in range(3))) for found in (parts, packed)), _serial(text)
    )


def _iso(year: pl.Expr, month: pl.Expr, day: pl.Expr) -> pl.Expr:
    # an impossible day (31 June) becomes null here
    return pl.concat_str(year, month, day, separator="-").str.to_date("%Y-%m-%d", strict=False)


def _serial(text: pl.Expr) -> pl.Expr:
    """Excel's day number in the 1900 system; its day 1 is 1900-01-01 and it believes in 1900-02-29."""
    days = text.str.extract(r"^([0-9]{5})(?:\.[0-9]+)?$").cast(pl.Int32)
    epoch = pl.lit("1899-12-30").str.to_date("%Y-%m-%d")
    return pl.when(days.is_between(20_000, 80_000)).then(epoch + pl.duration(days=days))


def _datetime(cell: pl.Expr) -> pl.Expr:
    """A date with or without a time of day."""
    clock = _dated(cell).str.extract_groups(r"[日号 T]([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?[^:]*$")
    hours, minutes, seconds = (clock.struct[index].cast(pl.Int64).fill_null(0) for index in range(3))
    return _date(cell).cast(pl.Datetime("us")) + pl.duration(hours=hours, minutes=minutes, seconds=seconds)


def _month(cell: pl.Expr) -> pl.Expr:
    """2017-05, 2017.5, 2017年5月, 201705, or the month of a full date."""
    text = _dated(cell)
    parts = text.str.extract_groups(rf"^({_YEAR})[-./年]([0-9]{{1,2}})月?份?$")
    packed = text.str.extract_groups(rf"^({_YEAR})([0-9]{{2}})$")
    first = pl.lit("1")
    months = (_iso(found.struct[0], found.struct[1], first) for found in (parts, packed))
    return pl.coalesce(*months, _date(cell).dt.truncate("1mo"))


def _money(cell: pl.Expr, unit: str) -> pl.Expr:
    """Money to 分, exactly: whole and decimal digits are taken apart as text, no float is involved.

    Args:
        cell: cells as written.
        unit: a text that begins with the unit of a bare number (`元/月`, `万元`).
    """
    bare = fold(cell).str.replace_all(r"['¥]|^RMB|^人民币", "").str.replace(r"(?:/[年月人户]+)+$|[整正]$", "")
    parts = bare.str.extract_groups(rf"^(\()?([+−-])?({_WHOLE})?(?:\.([0-9]*))?(元|千元|万元?|亿元)?(\))?$")
    opened, sign, whole, decimals, suffix, closed = (parts.struct[index] for index in range(6))
    decimals = decimals.fill_null("").str.strip_chars_end("0")
    times = suffix.replace_strict(_TIMES, default=None, return_dtype=pl.Int64).fill_null(_unit_times(unit))
    # in units of 10^-8 元, so that 8 decimals (万元 written to the 厘) stay whole numbers
    scaled = times * (
        whole.str.replace_all(",", "").fill_null("0").cast(pl.Int128) * 10**8
        + decimals.str.pad_end(8, "0").cast(pl.Int128, strict=False)
    )
    bracketed = opened.is_not_null() & closed.is_not_null()
    sound = (
        (whole.is_not_null() | (decimals != ""))
        & (opened.is_null() == closed.is_null())
        & ~(bracketed & sign.is_not_null())
        & (decimals.str.len_chars() <= 8)
        & (scaled % 10**6 == 0)
    )
    fen = (scaled // 10**6).cast(pl.Int64, strict=False)
    negative = bracketed | sign.is_in(["-", "−"]).fill_null(value=False)
    return pl.when(sound).then(pl.when(negative).then(-fen).otherwise(fen))


def _unit_times(unit: str) -> int:
    return next((_TIMES[name] for name in ("亿元", "万元", "千元") if unit.startswith(name)), 1)


def _int(cell: pl.Expr) -> pl.Expr:
    """A whole number, with or without thousands separators, `.0` and a counting word (`63岁`)."""
    digits = fold(cell).str.extract(rf"^'?([+-]?(?:{_WHOLE}))(?:\.0+)?[人口户周岁天日月年份个次条套处分钟亩张]*$")
    return digits.str.replace_all(",", "").cast(pl.Int64)


def _ratio(cell: pl.Expr) -> pl.Expr:
    """A share of 0-1; sources also write 60% and 60."""
    parts = fold(cell).str.extract_groups(r"^([0-9]+(?:\.[0-9]+)?)(%)?$")
    value = parts.struct[0].cast(pl.Float64)
    hundredths = parts.struct[1].is_not_null() | (value > 1)
    return pl.when(hundredths).then(value / 100).otherwise(value)


def _number(cell: pl.Expr) -> pl.Expr:
    """A measured number with or without its unit (㎡, 亩, kW)."""
    unit = "m2|平方米|平米|平方|亩|[kK][wW]|千瓦|公顷"
    digits = fold(cell).str.extract(rf"^'?([+-]?(?:{_WHOLE})(?:\.[0-9]+)?)(?:{unit})?$")
    return digits.str.replace_all(",", "").cast(pl.Float64)


def _yesno(cell: pl.Expr) -> pl.Expr:
    text = fold(cell).str.to_lowercase()
    return pl.when(text.is_in(_YES)).then(True).when(text.is_in(_NO)).then(False)


def _flag(cell: pl.Expr) -> pl.Expr:
    """A yes/no cell in which a reason also counts as yes."""
    text = fold(cell)
    return pl.coalesce(_yesno(cell), pl.when(~text.is_in(_PLACEHOLDERS)).then(True))


def _code(cell: pl.Expr, codes: str) -> pl.Expr:
    """A value of a code list; a column without a list keeps its words."""
    if not codes:
        return _filled(clean(cell))
    return _code_key(cell).replace_strict(_code_table(codes), default=None, return_dtype=pl.String)


def _code_key(cell: pl.Expr) -> pl.Expr:
    return fold(cell).str.to_lowercase().str.replace_all(r"[\p{P}\p{S}]", "")


@cache
def _code_table(codes: str) -> dict[str, str]:
    """Folded spelling → canonical value."""
    spellings = pl.DataFrame({"spelling": list(CODES[codes]), "value": list(CODES[codes].values())})
    keys = spellings.select(_code_key(pl.col("spelling"))).to_series()
    return dict(zip(keys, spellings["value"], strict=True))


_PARSERS: Final[dict[str, Expression]] = {
    "date": _date,
    "datetime": _datetime,
    "month": _month,
    "int": _int,
    "ratio": _ratio,
    "number": _number,
    "yesno": _yesno,
    "flag": _flag,
}
