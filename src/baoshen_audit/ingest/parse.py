"""Turn cells as written into typed columns. Nothing is guessed: what does not parse is null, and reported.

Each kind has a quick reading for the plain spelling, run over the whole column, and a patient one for all other
spellings, run once per different value. A clean column of a million dates never meets the patient one.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Final

import polars as pl

from baoshen_audit.schemas import CODES, ColumnSpec
from baoshen_audit.text import clean, fold

Expression = Callable[[pl.Expr], pl.Expr]
Reading = Callable[[pl.Series], pl.Series]

_PLACEHOLDERS: Final = ["", "-", "--", "—", "——", "/", "\\", "无", "空", "null", "NULL", "None", "nan", "NaN"]
"""Cells by which an office says "nothing here"; a document number stays as written all the same."""

_OPEN_ENDED: Final = ["长期", "至今", "永久", "长期有效", "无固定期限", "9999-12-31", "99991231"]
"""No end: not a date, and not a problem in a column that ends something."""

_YES: Final = ["是", "√", "✓", "✔", "1", "y", "yes", "有", "true", "t", "对", "享受"]
_NO: Final = ["否", "×", "✗", "0", "n", "no", "无", "false", "f", "非", "不享受", "没有"]
_YEAR: Final = "(?:18|19|20|21)[0-9]{2}"
_CLOCK: Final = r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?Z?"
_WHOLE: Final = "[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,11}"
"""Whole digits with thousands separators where they belong, or without any."""

_TIMES: Final = {"元": 1, "千元": 1_000, "万": 10_000, "万元": 10_000, "亿元": 100_000_000}
_HAN: Final = r"\x{4E00}-\x{9FFF}"


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
    quick, patient = _readings(spec, unit or spec.unit)
    cells = column.alias("cell")
    parsed = cells.to_frame().select(quick(pl.col("cell")).cast(spec.dtype)).to_series()
    left = parsed.is_null() & cells.is_not_null()
    if left.any():
        values = cells.filter(left).unique()
        readings = pl.DataFrame([values, patient(values).cast(spec.dtype).alias("reading")])
        joined = cells.to_frame().join(readings, on="cell", how="left", maintain_order="left")
        parsed = parsed.zip_with(~left, joined.get_column("reading"))
    return parsed.alias(spec.name)


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


def _readings(spec: ColumnSpec, unit: str) -> tuple[Expression, Reading]:
    """The quick and the patient reading of a kind of column."""
    match spec.kind:
        case "money":
            times = _unit_times(unit)
            return lambda cell: _plain_money(cell) * times, lambda cells: _money(cells, times)
        case "code":
            return _nothing, _each(lambda cell: _code(cell, spec.codes))
        case "text" if spec.pii == "direct" and spec.name.endswith("name"):
            return _if_only(_HAN), _each(lambda cell: _filled(fold(_unwrapped(cell))))
        case kind:
            return _READINGS[kind]


def _ends_something(spec: ColumnSpec) -> bool:
    return spec.name.endswith(("_to", "_end")) or spec.name == "end"


def _nothing(cell: pl.Expr) -> pl.Expr:
    """No quick reading: columns with few different values."""
    return pl.when(cell.is_null()).then(None)


def _if_only(characters: str) -> Expression:
    return lambda cell: pl.when(cell.str.contains(f"^[{characters}]+$")).then(cell)


def _each(expression: Expression) -> Reading:
    return lambda cells: cells.to_frame("cell").select(expression(pl.col("cell"))).to_series()


def _filled(cell: pl.Expr) -> pl.Expr:
    return pl.when(cell != "").then(cell)


def _unwrapped(cell: pl.Expr) -> pl.Expr:
    """Undo the tricks that keep a spreadsheet from turning text into a number: `="…"`, a leading `'` or `#`."""
    return cell.str.replace(r'^\s*="(.*)"\s*$', "$1").str.replace(r"^\s*['‘’`#]+", "")


def _unmarked(cell: pl.Expr, marks: str) -> pl.Expr:
    """Folded, without marks and without the sign of a formula, which may stand behind them."""
    return fold(cell).str.replace_all(marks, "").str.replace("^=+", "")


def _document(cell: pl.Expr) -> pl.Expr:
    """A document number: NFKC, no blanks, quotes or marks, `X` in capitals; otherwise as written."""
    return _filled(_unmarked(cell, r"""["'‘’“”`#]""").str.replace_all("x", "X", literal=True))


def _digits(cell: pl.Expr) -> pl.Expr:
    """An account or phone: digits only. A masked, scientific or double number is none: better null than invented."""
    bare = _unmarked(cell, r"""["'‘’“”`#()·-]""").str.replace(r"^\+86", "")
    return pl.when(bare.str.contains("^[0-9]+$")).then(bare)


def _text(cell: pl.Expr) -> pl.Expr:
    return _filled(clean(_unwrapped(cell)))


def _dated(cells: pl.Series) -> pl.DataFrame:
    """Cells with a date as `cell`, blanks only where they part date and time (`2017-5-1 12:30` is not the 11th)."""
    tidy = clean(pl.col("cell")).str.replace("^'", "").str.replace_all(r" ?([-./年月日号:]) ?", "$1")
    return cells.to_frame("cell").select(tidy)


def _plain_date(cell: pl.Expr) -> pl.Expr:
    day = cell.str.to_date("%Y-%m-%d", strict=False)
    return pl.when(day.dt.year().is_between(1800, 2199)).then(day)


def _date(cells: pl.Series) -> pl.Series:
    """2017-5-1, 2017.05.01, 2017/5/1, 20170501, 2017年5月1日, each with a time behind; Excel serials 20000-80000."""
    text = _dated(cells)
    written = rf"^({_YEAR})[-./年]([0-9]{{1,2}})[-./月]([0-9]{{1,2}})(?:[日号]?|[日号 T]{_CLOCK})$"
    packed = rf"^({_YEAR})([0-9]{{2}})([0-9]{{2}})(?:[ T]{_CLOCK})?$"
    # Excel's day number in the 1900 system; it believes in 1900-02-29, so the count starts a day early
    serial = pl.col("cell").str.extract(r"^([2-7][0-9]{4}|80000)(?:\.[0-9]+)?$").cast(pl.Int32)
    counted = pl.lit("1899-12-30").str.to_date("%Y-%m-%d") + pl.duration(days=serial)
    return text.select(pl.coalesce(_day(written, "$1-$2-$3"), _day(packed, "$1-$2-$3"), counted)).to_series()


def _day(pattern: str, iso: str) -> pl.Expr:
    """The date a pattern takes apart; null where it does not fit or the day does not exist (31 June)."""
    cell = pl.col("cell")
    fits = pl.when(cell.str.contains(pattern)).then(cell.str.replace(pattern, iso))
    return fits.str.to_date("%Y-%m-%d", strict=False)


def _datetime(cells: pl.Series) -> pl.Series:
    """A date with or without a time of day."""
    clock = r"[日号 T](?P<h>[0-9]{1,2}):(?P<m>[0-9]{2})(?::(?P<s>[0-9]{2}))?[^:]*$"
    times = _dated(cells).select(pl.col("cell").str.extract_groups(clock)).unnest("cell").cast(pl.Int64).fill_null(0)
    day = _date(cells).cast(pl.Datetime("us")).alias("day")
    moment = pl.col("day") + pl.duration(hours="h", minutes="m", seconds="s")
    return times.with_columns(day).select(moment).to_series()


def _month(cells: pl.Series) -> pl.Series:
    """2017-05, 2017.5, 2017年5月, 201705, or the month of a full date."""
    written = _day(rf"^({_YEAR})[-./年]([0-9]{{1,2}})月?份?$", "$1-$2-1")
    packed = _day(rf"^({_YEAR})([0-9]{{2}})$", "$1-$2-1")
    whole = _date(cells).dt.truncate("1mo").alias("whole")
    return _dated(cells).with_columns(whole).select(pl.coalesce(written, packed, "whole")).to_series()


def _plain_money(cell: pl.Expr) -> pl.Expr:
    """`1020` and `1020.50` to 分."""
    fen = cell.str.replace(".", "", literal=True).cast(pl.Int64, strict=False)
    whole = cell.cast(pl.Int64, strict=False) * 100
    two = cell.str.contains(r"^[0-9]{1,11}\.[0-9]{2}$")
    return pl.when(two).then(fen).when(cell.str.contains("^[0-9]{1,11}$")).then(whole)


def _money(cells: pl.Series, times: int) -> pl.Series:
    """Money to 分, exactly: whole and decimal digits are taken apart as text, no float is involved.

    Thousands separators, a unit behind the number, ￥ before it, brackets or a minus for less than nothing. Cells of
    more than two decimals (in 元) are not money.

    Args:
        cells: cells as written.
        times: 元 in the unit of a bare number.
    """
    pattern = (
        rf"^(?P<opened>\()?(?P<sign>[+−-])?(?P<whole>{_WHOLE})?(?:\.(?P<decimals>[0-9]*))?"
        r"(?P<unit>元|千元|万元?|亿元)?(?P<closed>\))?$"
    )
    bare = fold(pl.col("cell")).str.replace_all("['¥]|^RMB|^人民币", "").str.replace("(?:/[年月人户]+)+$|[整正]$", "")
    parts = cells.to_frame("cell").select(bare.str.extract_groups(pattern)).unnest("cell")
    numbers = parts.select(
        pl.col("whole").str.replace_all(",", "").cast(pl.Int128),
        pl.col("decimals").fill_null("").str.strip_chars_end("0"),
        pl.col("unit").replace_strict(_TIMES, default=None, return_dtype=pl.Int64).fill_null(times),
        bracketed=pl.col("opened").is_not_null() & pl.col("closed").is_not_null(),
        paired=pl.col("opened").is_null() == pl.col("closed").is_null(),
        sign=pl.col("sign"),
    ).with_columns(
        # in units of 10^-8 元, so that 万元 written with eight decimals stay whole numbers
        scaled=pl.col("unit")
        * (pl.col("whole").fill_null(0) * 10**8 + pl.col("decimals").str.pad_end(8, "0").cast(pl.Int128, strict=False))
    )
    negative = pl.col("bracketed") | pl.col("sign").is_in(["-", "−"]).fill_null(value=False)
    some = pl.col("whole").is_not_null() | (pl.col("decimals") != "")
    sound = some & pl.col("paired") & ~(pl.col("bracketed") & pl.col("sign").is_not_null())
    exact = (pl.col("decimals").str.len_chars() <= 8) & (pl.col("scaled") % 10**6 == 0)
    fen = (pl.col("scaled") // 10**6).cast(pl.Int64, strict=False)
    return numbers.select(pl.when(sound & exact).then(pl.when(negative).then(-fen).otherwise(fen))).to_series()


def _unit_times(unit: str) -> int:
    return next((_TIMES[name] for name in ("亿元", "万元", "千元") if unit.startswith(name)), 1)


def _int(cell: pl.Expr) -> pl.Expr:
    """A whole number, with or without thousands separators, `.0` and a counting word (`63岁`)."""
    digits = fold(cell).str.extract(rf"^'?([+-]?(?:{_WHOLE}))(?:\.0+)?[人口户周岁天日月年份个次条套处分钟亩张]*$")
    return digits.str.replace_all(",", "").cast(pl.Int64)


def _ratio(cell: pl.Expr) -> pl.Expr:
    """A share of 0-1; sources also write 60% and 60."""
    share = fold(cell).str.extract("^([0-9]+(?:[.][0-9]+)?)%?$").cast(pl.Float64)
    hundredths = fold(cell).str.ends_with("%") | (share > 1)
    return pl.when(hundredths).then(share / 100).otherwise(share)


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
    return pl.coalesce(_yesno(cell), pl.when(~fold(cell).is_in(_PLACEHOLDERS)).then(True))


def _code(cell: pl.Expr, codes: str) -> pl.Expr:
    """A value of a code list; a column without a list keeps its words."""
    if not codes:
        return _text(cell)
    return _code_key(cell).replace_strict(_code_table(codes), default=None, return_dtype=pl.String)


def _code_key(cell: pl.Expr) -> pl.Expr:
    return fold(cell).str.to_lowercase().str.replace_all(r"[\p{P}\p{S}]", "")


@cache
def _code_table(codes: str) -> dict[str, str]:
    """Folded spelling → canonical value."""
    spellings = pl.DataFrame({"spelling": list(CODES[codes]), "value": list(CODES[codes].values())})
    keys = spellings.select(_code_key(pl.col("spelling"))).to_series()
    return dict(zip(keys, spellings["value"], strict=True))


def _plain_document(cell: pl.Expr) -> pl.Expr:
    return pl.when(cell.str.contains("^[0-9]+X?$")).then(cell)


def _plain_datetime(cell: pl.Expr) -> pl.Expr:
    moment = cell.str.to_datetime("%Y-%m-%d %H:%M:%S", time_unit="us", strict=False)
    return pl.when(moment.dt.year().is_between(1800, 2199)).then(moment)


_READINGS: Final[dict[str, tuple[Expression, Reading]]] = {
    "text": (_if_only(f"0-9A-Za-z{_HAN}"), _each(_text)),
    "id": (_plain_document, _each(_document)),
    "account": (_if_only("0-9"), _each(_digits)),
    "phone": (_if_only("0-9"), _each(_digits)),
    "date": (_plain_date, _date),
    "datetime": (_plain_datetime, _datetime),
    "month": (_nothing, _month),
    "int": (_nothing, _each(_int)),
    "ratio": (_nothing, _each(_ratio)),
    "number": (_nothing, _each(_number)),
    "yesno": (_nothing, _each(_yesno)),
    "flag": (_nothing, _each(_flag)),
}
"""Kind → quick reading of the whole column, patient reading of the different values left."""
