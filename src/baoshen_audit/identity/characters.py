"""What is known of Han characters: fold, readings, near sounds, shapes, surnames.

Columns of names are turned into keys with :func:`folded`, :func:`reading` and :func:`near_reading` (whole columns, one
pass); single pairs of characters are compared with the small functions below them, which the comparison of two names
uses. Sources and licences: ``identity/data/NOTICE.md``.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import combinations
from typing import Final

import polars as pl
from rapidfuzz.distance import Levenshtein

__all__ = [
    "Character",
    "Surnames",
    "character",
    "fold_name",
    "folded",
    "is_lookalike",
    "near",
    "near_reading",
    "reading",
    "readings",
    "shape_similarity",
    "split_surname",
    "surnames",
    "variants",
]

HAN: Final = "[\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af]"
_RESTORED: Final = (
    "锺钟 昇升 陞升 喆哲 堃坤 甯宁 邨村 仝同 龢和 祕秘 珮佩 犇奔 镕熔 琹琴 淼渺 颺扬 飏扬 劼吉 "
    "赟斌 陳陈 谿溪 菴庵 槃盘 昺炳 迺乃 勣绩 鳌鼇 晳皙 剋克 逹达 彊强 澂澄 潤润 濬浚 叡睿 爕燮 "
    "麐麟 沄云 渊淵 袆祎 钜巨 豫预 蕙惠 碁棋 厔侄 鍚锡 弍二 弌一 弎三 秾浓 煇辉 倖幸 賸剩 蒐搜 "
    "蹟迹 脩修 嶽岳 菓果 崑昆 崙仑 緐繁 巖岩 穉稚 暎映 瑠琉 廸迪 凃涂 汎泛 寀采 埜野 橒云 玘杞 "
    "竝并 "
)
"""Pairs of equal meaning and sound that are different legal characters (通用规范汉字表 2013, appendix 1, and usage)."""
_PRIVATE: Final = dict(
    zip(
        "\ue81e\ue826\ue82b\ue82c\ue832\ue843\ue854\ue864\ue816\ue817\ue818\ue831\ue83b\ue855",
        "\u9fb4\u9fb5\u9fb6\u9fb7\u9fb8\u9fb9\u9fba\u9fbb\U00020087\U00020089\U000200cc\U000215d7\U0002298f\U000241fe",
        strict=True,
    )
)
"""Private-use code points that decoders older than GB 18030-2022 give for characters Unicode has had since 4.1."""

_NEAR: Final = ((r"\b([zcs])h", "${1}"), (r"([ie]n)g\b", "${1}"), (r"\bn", "l"))
"""Distinctions dropped in near sounds, as regular expressions that polars and Python both read."""


@dataclass(frozen=True, slots=True)
class Character:
    """One row of the generated table.

    Attributes:
        readings: Toneless pinyin, most used first.
        strokes: Number of strokes, 0 where not known.
        corners: Four-corner code, five digits or empty.
        cangjie: Cangjie code or empty.
    """

    readings: tuple[str, ...]
    strokes: int
    corners: str
    cangjie: str


@dataclass(frozen=True, slots=True)
class Surnames:
    """Han surnames.

    Attributes:
        single: One-character surnames.
        compound: Surnames of two characters.
        readings: Readings in surname position where they differ from the everyday ones.
        conventions: Pairs of spellings of one surname, each both ways round.
    """

    single: frozenset[str]
    compound: frozenset[str]
    readings: dict[str, tuple[str, ...]]
    conventions: frozenset[tuple[str, str]]


@cache
def _rows() -> dict[str, list[str]]:
    """The generated table as text cells: a row is read (:func:`character`) when its character is met."""
    raw = gzip.decompress((_data() / "characters.tsv.gz").read_bytes()).decode("utf-8")
    return {line[0]: line.split("\t") for line in raw.splitlines()}


@cache
def _folds() -> dict[str, str]:
    return {**_PRIVATE, **{char: row[1] for char, row in _rows().items() if row[1]}}


@cache
def _fold_points() -> dict[int, str]:
    return {ord(char): fold for char, fold in _folds().items()}


@cache
def _kin() -> frozenset[tuple[str, str]]:
    pairs = [(char, other) for char, row in _rows().items() for other in row[6]]
    pairs += [(pair[0], pair[1]) for pair in _RESTORED.split()]
    return frozenset(both for a, b in pairs for both in ((a, b), (b, a)))


@cache
def surnames() -> Surnames:
    """The hand-kept lists of Han surnames.

    Returns:
        Surnames, read once.
    """
    sections: dict[str, list[str]] = {}
    words: list[str] = []
    for line in (_data() / "surnames.txt").read_text("utf-8").splitlines():
        if line.startswith("["):
            words = sections.setdefault(line.strip("[]"), [])
        elif line and not line.startswith("#"):
            words.append(line)
    readings = {row.split()[0]: tuple(row.split()[1:]) for row in sections["reading"]}
    pairs = [word for row in sections["convention"] for word in row.split()]
    return Surnames(
        single=frozenset("".join(sections["single"])),
        compound=frozenset(word for row in sections["compound"] for word in row.split()),
        readings=readings,
        conventions=frozenset(both for pair in pairs for both in ((pair[0], pair[1]), (pair[1], pair[0]))),
    )


@cache
def _listed() -> frozenset[tuple[str, str]]:
    pairs: set[tuple[str, str]] = set()
    for line in (_data() / "lookalikes.txt").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            pairs.update(p for a, b in combinations(line, 2) for p in ((a, b), (b, a)))
    return frozenset(pairs)


@cache
def character(char: str) -> Character | None:
    """What the table knows of a character.

    Args:
        char: One character.

    Returns:
        Its row, or None.
    """
    row = _rows().get(char)
    return None if row is None else Character(tuple(row[2].split()), int(row[3] or 0), row[4], row[5])


def fold_name(name: str) -> str:
    """:func:`folded` for one name.

    Args:
        name: Any text.

    Returns:
        The text with every character in its standard simplified form.
    """
    return name.translate(_fold_points())


def variants(one: str, other: str) -> bool:
    """Whether two standard characters are legally different forms of one (龢/和, 锺/钟).

    Args:
        one: A folded character.
        other: A folded character.

    Returns:
        True for a strong variant pair.
    """
    return (one, other) in _kin()


def is_lookalike(one: str, other: str) -> bool:
    """Whether two characters stand in the list of look-alikes.

    Args:
        one: A folded character.
        other: A folded character.

    Returns:
        True for a listed pair.
    """
    return (one, other) in _listed()


def shape_similarity(one: str, other: str) -> float:
    """How alike two characters look: 0.5 Cangjie + 0.35 four-corner + 0.15 stroke count.

    From 0.58 on, one in a thousand random pairs of name characters is called alike and 58 % of confusable ones.

    Args:
        one: A character.
        other: A character.

    Returns:
        0 to 1; 0 where a code is missing.
    """
    a, b = character(one), character(other)
    if a is None or b is None or not a.cangjie or not b.cangjie:
        return 0.0
    cangjie = 1 - Levenshtein.distance(a.cangjie, b.cangjie) / max(len(a.cangjie), len(b.cangjie))
    corners = sum(x == y for x, y in zip(a.corners[:4], b.corners[:4], strict=False)) / 4
    strokes = 1 - min(1.0, abs(a.strokes - b.strokes) / max(a.strokes, b.strokes, 1))
    return 0.5 * cangjie + 0.35 * corners + 0.15 * strokes


@cache
def near(syllable: str) -> str:
    """A syllable without the distinctions many speakers do not make: z/zh c/ch s/sh, n/l, in/ing, en/eng.

    Args:
        syllable: Toneless pinyin.

    Returns:
        The class of the syllable.
    """
    for pattern, kept in _NEAR:
        syllable = re.sub(pattern, kept.replace("${1}", r"\1"), syllable)
    return syllable


def folded(col: pl.Expr | str) -> pl.Expr:
    """Names with every character in its standard simplified form.

    Args:
        col: String expression or column name.

    Returns:
        String expression of the same length.
    """
    names = pl.col(col) if isinstance(col, str) else col
    return names.map_batches(
        lambda cells: _replaced(cells, _folds(), _met(cells)), return_dtype=pl.String(), is_elementwise=True
    )


def reading(col: pl.Expr | str) -> pl.Expr:
    """The sound of folded Han names, one chosen reading per character: ``li xiao ming``.

    The first character is read as a surname. Characters without a reading stay as they are.

    Args:
        col: String expression or column name, folded names.

    Returns:
        String expression, syllables separated by single spaces.
    """
    return readings(col).struct.field("sound")


def readings(col: pl.Expr | str) -> pl.Expr:
    """Both readings of folded Han names at once.

    Args:
        col: String expression or column name, folded names.

    Returns:
        Struct expression: ``sound`` as :func:`reading` gives it, ``near`` with near sounds merged.
    """
    names = pl.col(col) if isinstance(col, str) else col
    both = pl.Struct({"sound": pl.String(), "near": pl.String()})
    return names.map_batches(_read, return_dtype=both, is_elementwise=True)


def near_reading(sound: pl.Expr | str) -> pl.Expr:
    """A reading with near sounds merged, syllable by syllable (:func:`near`).

    Args:
        sound: String expression or column name, readings as :func:`reading` gives them.

    Returns:
        String expression, syllables separated by single spaces.
    """
    text = pl.col(sound) if isinstance(sound, str) else sound
    for pattern, kept in _NEAR:
        text = text.str.replace_all(pattern, kept)
    return text


def split_surname(name: str) -> tuple[str, str]:
    """A Han name as surname and given name, the longest surname first.

    Args:
        name: Folded name.

    Returns:
        Surname (``""`` where the name does not begin with one) and the rest.
    """
    known = surnames()
    if len(name) > 2 and name[:2] in known.compound:
        return name[:2], name[2:]
    if name[:1] in known.single:
        return name[:1], name[1:]
    return "", name


@cache
def sounds(char: str, *, surname: bool = False) -> tuple[str, ...]:
    """All readings of a character; in surname position the surname's as well.

    Args:
        char: One folded character.
        surname: Whether the character is read as a surname.

    Returns:
        Toneless syllables, possibly none.
    """
    row = character(char)
    general = row.readings if row else ()
    special = surnames().readings.get(char, ()) if surname else ()
    return tuple(dict.fromkeys((*special, *general)))


def _met(cells: pl.Series) -> list[str]:
    """The characters of a column: a few hundred of forty thousand, and patterns not met are costly to look for."""
    return sorted(cells.drop_nulls().str.split("").explode(empty_as_null=False, keep_nulls=False).unique())


def _replaced(cells: pl.Series, table: dict[str, str], met: list[str]) -> pl.Series:
    here = {char: table[char] for char in met if char in table}
    return cells.str.replace_many(list(here), list(here.values())) if here else cells


def _read(cells: pl.Series) -> pl.Series:
    met = _met(cells)
    first = {char: found[0] for char in met if (found := sounds(char, surname=True))}
    rest = {char: found[0] for char in met if (found := sounds(char))}
    start, end = cells.str.slice(0, 1), cells.str.slice(1)

    def read(say: Callable[[str], str]) -> pl.Series:
        head = _replaced(start, {char: say(sound) for char, sound in first.items()}, met)
        tail = _replaced(end, {char: f" {say(sound)}" for char, sound in rest.items()}, met)
        return (head + tail).str.strip_chars(" ")

    return pl.DataFrame({"sound": read(str), "near": read(near)}).to_struct(cells.name)


def _data() -> Traversable:
    return files("baoshen_audit.identity") / "data"
