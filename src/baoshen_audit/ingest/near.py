"""Registers hold everybody; an audit concerns the people on its rolls.

A vehicle or pension register of a county has many times more rows than its rolls have people. Rows that name nobody on
a roll are counted and left as text: no cell of a stranger is parsed, kept or passed on. What links is decided later, by
linkage; here a row is only left out when no number in it can be that of a person on a roll.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from baoshen_audit.identity import resident_id

_ENOUGH: Final = 50_000
_PLAIN: Final = "^[0-9]{17}[0-9X]$"


def numbers(columns: Iterable[pl.Series]) -> pl.Series:
    """The distinct 18-character forms of the numbers in some columns."""
    cells = pl.concat([pl.Series("id", [], dtype=pl.String), *(column.alias("id") for column in columns)])
    return cells.unique().to_frame().select(resident_id.standard("id")).to_series().drop_nulls().unique()


@dataclass(frozen=True)
class Named:
    """People on rolls by their names: who might be meant where a number does not tell.

    Attributes:
        everybody: the names of all.
        unnumbered: the names of those without a whole number, whom a register may hold with one.
    """

    everybody: pl.Series
    unnumbered: pl.Series


def named(rolls: Iterable[pl.DataFrame]) -> Named:
    """The names on some rolls, as written and without spaces.

    Args:
        rolls: typed tables with `id_no` and `name`.
    """
    empty = pl.DataFrame(schema={"name": pl.String(), "id_no": pl.String()})
    people = pl.concat([empty, *(frame.select("name", "id_no") for frame in rolls)]).drop_nulls("name")
    told = people.select(_name("name"), whole=resident_id.packed("id_no").is_not_null())
    return Named(told["name"].unique(), told.filter(~pl.col("whole"))["name"].unique())


def concerning(
    body: pl.DataFrame, positions: Sequence[int], known: pl.Series, by_name: tuple[int, int, Named] | None = None
) -> pl.DataFrame:
    """The rows in which some number is one of the known ones, or a name is and the number does not tell.

    Args:
        body: `c<position>` String columns, cells as written.
        positions: columns with resident numbers.
        known: 18-character numbers (`numbers`).
        by_name: position of a person's name, of his number, and the people on rolls.
    """
    if not positions:
        return body
    hits = pl.select(pl.any_horizontal(_hits(body.get_column(f"c{position}"), known) for position in positions))
    hit = hits.to_series()
    if by_name is not None:
        hit |= _meant(body, *by_name)
    return body.filter(hit)


def _meant(body: pl.DataFrame, name: int, number: int, people: Named) -> pl.Series:
    """Whether a row without a whole number has a name of the rolls, or any row one of somebody without a number.

    Names first: they leave few numbers to check.
    """
    names = body.select(_name(f"c{name}")).to_series()
    same = names.is_in(people.everybody.implode()).fill_null(value=False)
    rows = same.arg_true()
    some = body[rows].select(resident_id.packed(f"c{number}").is_null()).to_series()
    unnumbered = names.gather(rows).is_in(people.unnumbered.implode())
    return pl.repeat(value=False, n=body.height, eager=True).scatter(rows, some | unnumbered)


def _name(column: str) -> pl.Expr:
    return pl.col(column).str.replace_all(r"\s", "")


def quality(body: pl.DataFrame, positions: Sequence[int]) -> dict[str, int]:
    """How usable the document numbers of a register are.

    Args:
        body: `c<position>` String columns, cells as written.
        positions: columns with resident numbers.

    Returns:
        `filled` cells, of these `valid` (18 characters, check character right; in a large register reckoned from a
        part) and `masked`; `nameless`: rows without any number. Empty for a table without such columns.
    """
    if not positions or body.is_empty():
        return {}
    columns = [f"c{position}" for position in positions]
    cells = pl.concat([body.get_column(column).alias("id") for column in columns]).drop_nulls()
    plain = cells.str.contains(_PLAIN)
    # nearly all cells are plain: only the others are asked whether they are old or masked
    odd = cells.filter(~plain)
    old = odd.str.contains("^[^0-9]*[0-9]{15}[^0-9Xx]*$")
    valid = _valid(cells.filter(plain)) + _valid(odd.filter(~old))
    nameless = body.select(pl.all_horizontal(pl.col(column).is_null() for column in columns).sum()).item()
    return {
        "filled": len(cells),
        "valid": valid,
        "masked": int(odd.str.contains(r"[0-9][*＊]|[*＊][0-9]").sum()),
        "nameless": nameless,
    }


def _valid(cells: pl.Series) -> int:
    """How many numbers have the right check character; of very many, reckoned from evenly spaced ones.

    Only the share counts (FEED022), and 50,000 cells tell it to a fifth of a per cent.
    """
    some = cells.gather_every(max(1, len(cells) // _ENOUGH))
    keys = some.to_frame("id").select(resident_id.packed("id")).to_series()
    return (len(keys) - keys.null_count()) * len(cells) // max(1, len(keys))


def _hits(cells: pl.Series, known: pl.Series) -> pl.Series:
    """Which cells hold a known number. Cells as they should be are compared as text, only the others are mended."""
    people = known.implode()
    hits = cells.is_in(people).fill_null(value=False)
    odd = (~cells.str.contains(_PLAIN)).fill_null(value=False)
    if not odd.any():
        return hits
    mended = cells.filter(odd).to_frame("id").select(resident_id.standard("id").is_in(people).fill_null(value=False))
    return hits.scatter(odd.arg_true(), mended.to_series())
