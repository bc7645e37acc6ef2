"""Find the header of a sheet, say which table it is, and map its columns to canonical names.

A header counts when its folded form (NFKC, letters, digits and Han only) equals a folded alias of the catalogue; a
group heading above it is tried joined on first, a unit in brackets is tried without. A header that no table knows is
read by likeness only where one column of the table is clearly nearest and free (`_ALIKE`), and every such reading is
told; an office pins what remains (`config.Pin`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from types import MappingProxyType

from rapidfuzz import fuzz, process

from baoshen_audit import schemas
from baoshen_audit.ingest.model import letter
from baoshen_audit.text import clean_text, fold_text

THRESHOLD = 1.0
"""Score below which a sheet stays unrecognised: one column only this table has, or its name and a few columns."""

MEMBER = "member."
"""How a pin names a column of the members in a household sheet."""

_MARGIN = 0.1
_ALIKE = 88.0
_ALIKE_MARGIN = 8.0
_ALIKE_LENGTH = 4
"""A likeness (0 to 100) from which an unknown header is read as a column, by how much it must lead the next column, and
the fewest characters it must have: 金额 and 全额 are too short to be told apart."""

_CLOSE = 50.0
_PEOPLE = 0.3
"""Weight of names and document numbers: every table has some."""

_LONGEST = 60
_LONG_RUN = re.compile(r"[0-9]{3}")
_BRACKETS = re.compile(r"[(（\[【][^()（）\]】]*[)）\]】]")


@dataclass(frozen=True)
class Layout:
    """Where the header is and what it says.

    Attributes:
        depth: rows of the peek down to and with the header.
        shown: header of each column as written (`组/列` where two rows form it).
        groups: folded heading of the upper row over each column; empty texts in a one-row header.
        forms: folded forms of each column, most telling first.
        title: texts above the header.
        nameless: positions without a header that hold something in the rows below.
        ignored: positions that an office knows and does not need.
    """

    depth: int
    shown: tuple[str, ...]
    groups: tuple[str, ...]
    forms: tuple[tuple[str, ...], ...]
    title: tuple[str, ...] = ()
    nameless: tuple[int, ...] = ()
    ignored: frozenset[int] = frozenset()

    def unused(self, positions: Iterable[int]) -> tuple[str, ...]:
        """Headers of columns that are not among these positions."""
        used = {*positions, *self.ignored}
        return tuple(text for position, text in enumerate(self.shown) if text and position not in used)


@dataclass(frozen=True)
class Match:
    """A sheet's header read as one table: canonical column → position, and how well that fits."""

    table: str
    columns: dict[str, int]
    score: float
    alike: tuple[str, ...] = ()
    """Columns whose header only resembles a known one."""


@cache
def aliases(table: str) -> dict[str, tuple[str, int]]:
    """Folded header → (canonical column, rank of the alias) of a table; a table's own columns come first."""
    found: dict[str, tuple[str, int]] = {}
    for spec in sorted(schemas.TABLES[table].columns.values(), key=lambda spec: not spec.own):
        for rank, alias in enumerate((spec.name, *spec.aliases)):
            found.setdefault(fold_text(alias), (spec.name, rank))
    return found


@cache
def _weights() -> dict[str, float]:
    """How much a folded header says about the table: what few tables declare says much, who it is about little."""
    claims: dict[str, list[bool]] = {}
    people: set[str] = set()
    shared = Counter(name for spec in schemas.TABLES.values() for name in spec.columns)
    for table, spec in schemas.TABLES.items():
        for alias, (name, _) in aliases(table).items():
            column = spec.columns[name]
            # rolls that inherit a table's columns do not make them less telling; columns of every other table are
            claims.setdefault(alias, []).append(column.own and shared[name] * 4 < len(schemas.TABLES))
            if column.kind == "id" or (column.pii == "direct" and name.endswith("name")):
                people.add(alias)
    factor = {alias: _PEOPLE for alias in people}
    return {alias: factor.get(alias, 1.0) / (sum(owners) or len(owners)) for alias, owners in claims.items()}


def find_layout(peek: Sequence[Sequence[str]], pinned: Mapping[str, str] = MappingProxyType({})) -> Layout | None:
    """The row (or two rows) of a peek in which most headers are known; the first of equals.

    Two rows count as one header only when group headings stand over several columns and the pair says more than
    either row alone: a unit row above a header or a record below it does not.

    Args:
        peek: the first rows of a sheet as text.
        pinned: folded header → canonical column, or empty where it is not needed.

    Returns:
        The layout, or None when no row holds two known headers.
    """
    best: Layout | None = None
    most = 1
    for index, row in enumerate(peek):
        hits = sum(_is_known(cell) or (bool(pinned) and fold_text(cell) in pinned) for cell in row)
        upper = peek[index - 1] if index else ()
        if hits > most:
            best, most = _layout(index + 1, None, row, pinned), hits
        if hits and _grouped(upper, row):
            pair = _layout(index + 1, upper, row, pinned)
            if _hits(pair) > max(most, hits) and _speaks(pair, row):
                best, most = pair, _hits(pair)
    if best is None:
        return None
    above = peek[: best.depth - (2 if any(best.groups) else 1)]
    title = tuple(text for row in above for cell in row if (text := clean_text(cell)))
    return replace(best, title=title, nameless=_nameless(best.shown, peek[best.depth :]))


def _nameless(shown: Sequence[str], below: Sequence[Sequence[str]]) -> tuple[int, ...]:
    width = max((len(row) for row in below), default=0)
    blank = [position for position in range(width) if position >= len(shown) or not shown[position]]
    return tuple(place for place in blank if sum(len(row) > place and bool(row[place].strip()) for row in below) > 1)


@lru_cache(maxsize=4096)
def _is_known(cell: str) -> bool:
    return len(cell) <= _LONGEST and (fold_text(cell) in _weights() or _folded(cell) in _weights())


def _hits(layout: Layout) -> int:
    return sum(any(form in _weights() for form in forms) for forms in layout.forms)


def _speaks(pair: Layout, lower: Sequence[str]) -> bool:
    """Whether the lower row is made of headers: most of its cells are known, alone or behind their group."""
    columns = [(pair.groups[position] + form, form) for position, cell in enumerate(lower) if (form := _folded(cell))]
    return sum(any(form in _weights() for form in forms) for forms in columns) * 2 > len(columns)


def _folded(cell: str) -> str:
    return fold_text(_BRACKETS.sub("", cell))


def _grouped(upper: Sequence[str], lower: Sequence[str]) -> bool:
    """Whether a row may stand below group headings: it fills gaps of the row above, and holds no long number."""
    gaps = any(below.strip() and not above.strip() for above, below in zip(upper, lower, strict=False))
    return gaps and not any(_LONG_RUN.search(cell) for cell in lower)


def _layout(
    depth: int, upper: Sequence[str] | None, lower: Sequence[str], pinned: Mapping[str, str] = MappingProxyType({})
) -> Layout:
    width = max(len(lower), len(upper or ()))
    bottoms = [clean_text(cell) for cell in lower] + [""] * (width - len(lower))
    written = [clean_text(cell) for cell in upper or ()] + [""] * (width - len(upper or ()))
    tops = list(written)
    for position in range(1, width):
        # a group heading stands over its first column only: repeat it where something stands below
        if upper is not None and not tops[position] and bottoms[position] and bottoms[position - 1]:
            tops[position] = tops[position - 1]
    # a heading over several columns says nothing by itself about any of them
    alone = [top if following else "" for top, following in zip(written, [*written[1:], "end"], strict=True)]
    shown = tuple("/".join(part for part in column if part) for column in zip(tops, bottoms, strict=True))
    said = [
        pinned.get(fold_text(text), pinned.get(fold_text(below))) for text, below in zip(shown, bottoms, strict=True)
    ]
    return Layout(
        depth=depth,
        shown=shown,
        groups=tuple(fold_text(top) for top in tops),
        forms=tuple(
            _forms(*column) if column_name is None else _pinned_forms(column_name)
            for column_name, column in zip(said, zip(tops, bottoms, alone, strict=True), strict=True)
        ),
        ignored=frozenset(position for position, column_name in enumerate(said) if column_name == ""),
    )


def _pinned_forms(column: str) -> tuple[str, ...]:
    """A pinned column by a form that only it has: its own name, for a member the longest of its headers."""
    if column.startswith(MEMBER):
        spec = schemas.TABLES["member"].columns[column.removeprefix(MEMBER)]
        return (fold_text(max(spec.aliases, key=len)),)
    return (fold_text(column),) if column else ()


def _forms(top: str, bottom: str, alone: str) -> tuple[str, ...]:
    texts = (top + bottom, bottom, alone) if bottom else (top,)
    forms = (fold_text(form) for text in texts for form in (text, _BRACKETS.sub("", text)))
    return tuple(dict.fromkeys(form for form in forms if form))


def named(peek: Sequence[Sequence[str]], pinned: Mapping[str, str] = MappingProxyType({})) -> Layout:
    """The layout of a table whose column names are known: a frame, a database table."""
    return _layout(1, None, peek[0], pinned)


def match(layout: Layout, table: str, words: float = 0.0) -> Match:
    """Read a header as one table.

    Where two columns claim the same name, the more usual header wins, then the one further left.

    Args:
        layout: the header.
        table: canonical table.
        words: what file, sheet and title names add to the score.
    """
    known = aliases(table)
    claims: dict[str, tuple[int, int]] = {}
    weight: dict[str, float] = {}
    for position, forms in enumerate(layout.forms):
        form = next((form for form in forms if form in known), None)
        if form is None:
            continue
        name, rank = known[form]
        if name not in claims or (rank, position) < claims[name]:
            claims[name] = (rank, position)
            weight[name] = _weights()[form] + 0.05
    columns = {name: position for name, (_, position) in claims.items()}
    return Match(table, columns, sum(weight.values()) + words)


def with_alike(layout: Layout, found: Match) -> Match:
    """A reading together with the columns whose headers only resemble known ones."""
    taken = {*found.columns.values(), *layout.ignored}
    alike: dict[str, int] = {}
    for position, text in enumerate(layout.shown):
        if position in taken or any(form in _weights() for form in layout.forms[position]):
            continue
        name, likeness, lead = _nearest(_folded(text), found.table)
        free = name not in found.columns and name not in alike
        if free and likeness >= _ALIKE and lead >= _ALIKE_MARGIN and len(_folded(text)) >= _ALIKE_LENGTH:
            alike[name] = position
    return replace(found, columns=found.columns | alike, alike=tuple(alike)) if alike else found


def closest_columns(layout: Layout, found: Match) -> dict[str, str]:
    """Headers that were not claimed → the canonical column of the table each resembles most, if it resembles any."""
    closest = {}
    for text in layout.unused(found.columns.values()):
        name, likeness, _ = _nearest(_folded(text), found.table)
        if likeness >= _CLOSE:
            closest[text] = name
    return closest


def _nearest(form: str, table: str) -> tuple[str, float, float]:
    """The column a folded header resembles most, how much (0 to 100), and by how much it leads the next column."""
    known = aliases(table)
    ranked: dict[str, float] = {}
    for alias, likeness, _ in process.extract(form, list(known), scorer=fuzz.ratio, limit=24):
        ranked.setdefault(known[alias][0], likeness)
    best, second = [*ranked.items(), ("", 0.0), ("", 0.0)][:2]
    return best[0], best[1], best[1] - second[1]


def word_scores(names: Iterable[str], folder: str) -> dict[str, float]:
    """What names say about the table: the longest table word in them counts, a folder's name half.

    Args:
        names: title texts, sheet name, file name without suffix.
        folder: name of the folder the file lies in.
    """
    near = [fold_text(name) for name in names]
    far = fold_text(folder)
    scores: dict[str, float] = {}
    for spec in schemas.TABLES.values():
        if fold_text(spec.name) in near or fold_text(spec.title) in near:
            scores[spec.name] = 2.0
            continue
        words = [fold_text(word) for word in (spec.title, *spec.aliases)]
        inside = max((len(word) for word in words if any(word in name for name in near)), default=0)
        above = max((len(word) for word in words if word in far), default=0)
        scores[spec.name] = max(_word_score(inside), _word_score(above) / 2)
    return scores


def _word_score(length: int) -> float:
    return 0.6 + 0.1 * min(length, 6) if length else 0.0


def recognise(layout: Layout, names: Sequence[str], folder: str) -> tuple[Match | None, list[Match]]:
    """Which table a header is.

    Args:
        layout: the header.
        names: title texts, sheet name, file name without suffix.
        folder: name of the folder the file lies in.

    Returns:
        The table, or None when nothing fits or two fit alike; and the closest tables, best first.
    """
    words = word_scores(names, folder)
    readings = (_with_members(layout, match(layout, table, words[table])) for table in schemas.TABLES)
    ranked = sorted(readings, key=lambda found: (-found.score, found.table))
    best, second = ranked[0], ranked[1]
    clear = best.score >= THRESHOLD and len(best.columns) >= 2 and best.score - second.score >= _MARGIN
    close = [found for found in ranked if found.columns and found.score >= 0.3][:3]
    return (best if clear else None), close


def _with_members(layout: Layout, found: Match) -> Match:
    """Count the member columns of a combined sheet for the household roll, so that it is not taken for `member`.

    A combined sheet has several columns of the household itself, or one beside the head's name; a list of members
    that only names the head has not.
    """
    if found.table not in schemas.HOUSEHOLD_ROLLS:
        return found
    mine, members = aliases(found.table), aliases("member")
    head = any(form in mine and form not in members for form in layout.forms[found.columns.get("name", 0)])
    if len(found.columns.keys() & _household_columns()) + head < 2:
        return found
    extra = (forms for forms in layout.forms if not any(form in mine for form in forms))
    gain = sum(next((_weights()[form] + 0.05 for form in forms if form in members), 0.0) for forms in extra)
    return replace(found, score=found.score + gain)


@cache
def _household_columns() -> frozenset[str]:
    """Columns that belong to a household and never to a member."""

    def own(table: str) -> set[str]:
        return {name for name, column in schemas.TABLES[table].columns.items() if column.own}

    return frozenset(set[str]().union(*map(own, schemas.HOUSEHOLD_ROLLS)) - own("member"))


def lacks_id(found: Match, spec: schemas.TableSpec) -> bool:
    """Whether a table of people has come without any document number."""
    ids = [name for name in found.columns if spec.columns[name].kind == "id"]
    return not ids and (spec.kind == "roll" or spec.name == "payment")


def id_advice(layout: Layout, spec: schemas.TableSpec) -> tuple[list[str], list[str]]:
    """Accepted headers for the ID column, and the file's own headers that come closest to one.

    Args:
        layout: the header.
        spec: the table.
    """
    accepted = list(spec.columns["id_no"].aliases)
    close = [
        f"{text}（{letter(position)} 列）"
        for position, text in enumerate(layout.shown)
        if text and process.extractOne(text, accepted, scorer=fuzz.ratio, score_cutoff=50)
    ]
    return accepted, close


def closest_tables(name: str) -> list[str]:
    """Canonical table names that look like a wrong one."""
    return [found[0] for found in process.extract(name, list(schemas.TABLES), scorer=fuzz.ratio, limit=3)]


def table_named(text: str) -> str | None:
    """The table a text means by its canonical name, title or an alias; the longest name wins."""
    folded = fold_text(text)
    tables = schemas.TABLES.values()
    names = {fold_text(word): spec.name for spec in tables for word in (spec.name, spec.title, *spec.aliases)}
    inside = [word for word in names if word in folded]
    return names[max(inside, key=len)] if inside else None
