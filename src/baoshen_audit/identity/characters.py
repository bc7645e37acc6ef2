"""What is known of Han characters: fold, readings, near sounds, shapes, surnames.

Columns of names are turned into keys with :func:`folded` and :func:`heard` (whole columns, one pass); single pairs of
characters are compared with the small functions beside them, which the comparison of two names uses. Sources and
licences: ``identity/data/NOTICE.md``.
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
    "akin",
    "character",
    "fold_name",
    "folded",
    "heard",
    "is_lookalike",
    "near",
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

_NEAR: Final = (("^([zcs])h", r"\1"), ("([ie]n)g$", r"\1"), ("^n", "l"))
"""Distinctions dropped in near sounds."""
_LONGEST: Final = 64
"""Characters of a name that are listened to: cells beyond are no names."""
_FACTOR: Final = 6_364_136_223_846_793_005
"""Spreads the syllables of a name over 64 bits; products that leave them wrap."""


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


def akin() -> frozenset[tuple[str, str]]:
    """All listed pairs.

    Returns:
        Pairs of :func:`variants` and of :func:`is_lookalike`, each both ways round.
    """
    return _kin() | _listed()


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
    corners = sum(map(str.__eq__, a.corners[:4], b.corners[:4])) / 4
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
        syllable = re.sub(pattern, kept, syllable)
    return syllable


def folded(col: pl.Expr | str) -> pl.Expr:
    """Names with every character in its standard simplified form.

    Args:
        col: String expression or column name.

    Returns:
        String expression of the same length.
    """
    names = pl.col(col) if isinstance(col, str) else col
    return names.map_batches(lambda cells: _folded(_spelled(cells)), return_dtype=pl.String(), is_elementwise=True)


def heard(col: pl.Expr | str) -> pl.Expr:
    """Names folded, and how they sound as numbers: equal numbers sound alike, one chosen reading per character.

    The first character is read as a surname. A character without a reading sounds like itself only.

    Args:
        col: String expression or column name.

    Returns:
        Struct expression: ``name`` String as :func:`folded` gives it and, UInt64, ``sound``, ``near``, the same with
        near sounds merged (:func:`near`), and ``surname``, the near sound of the first character, null where it has no
        reading.
    """
    names = pl.col(col) if isinstance(col, str) else col
    keys = dict.fromkeys(("sound", "near", "surname"), pl.UInt64())
    return names.map_batches(_heard, return_dtype=pl.Struct({"name": pl.String(), **keys}), is_elementwise=True)


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


@dataclass(frozen=True, slots=True)
class _Spelled:
    """A column of names as code points, one after another: numbers are looked up a hundred times faster than text.

    Attributes:
        names: The column.
        points: Code points of all names (UInt32).
        start: Where each name begins in them (UInt32: other integers are looked through before they serve as places).
        met: Each code point once.
    """

    names: pl.Series
    points: pl.Series
    start: pl.Series
    met: list[int]


def _spelled(names: pl.Series) -> _Spelled:
    text = (names.str.join("").item() or "").encode("utf-32-le")
    points = pl.Array(pl.UInt32, len(text) // 4)
    every = pl.Series([text], dtype=pl.Binary).bin.reinterpret(dtype=points, endianness="little")
    every = every.explode(empty_as_null=False, keep_nulls=False)
    length = names.str.len_chars().fill_null(0)
    return _Spelled(names, every, (length.cum_sum() - length).cast(pl.UInt32), every.unique().sort().to_list())


def _by_point(values: dict[int, int]) -> pl.Series:
    """Values (UInt64) by code point, null for others up to the highest."""
    every = pl.repeat(None, max(values, default=0) + 1, dtype=pl.UInt64, eager=True)
    return every.scatter(list(values), pl.Series(values.values(), dtype=pl.UInt64))


def _folded(spelled: _Spelled) -> pl.Series:
    # Patterns not met are costly to look for, and few names have any: only those are written anew.
    folds = _fold_points()
    here = {point: folds[point] for point in spelled.met if point in folds}
    if not here:
        return spelled.names
    known = _by_point(dict.fromkeys(spelled.met, 0) | dict.fromkeys(here, 1))
    at = (spelled.start.search_sorted((known[spelled.points] == 1).arg_true(), side="right") - 1).unique()
    new = spelled.names[at].str.replace_many([chr(point) for point in here], list(here.values()))
    return spelled.names.clone().scatter(at, new)


def _heard(names: pl.Series) -> pl.Series:
    spelled = _spelled(names)
    length = names.str.len_chars()
    longest = length.max()
    places = [(length > place).arg_true() for place in range(_LONGEST) if isinstance(longest, int) and place < longest]
    points = [spelled.points[spelled.start[at] + place] for place, at in enumerate(places)]
    chars = {point: fold_name(chr(point)) for point in spelled.met}
    heads = {point: next(iter(sounds(char, surname=True)), None) for point, char in chars.items()}
    tails = {point: next(iter(sounds(char)), None) for point, char in chars.items()}
    nothing = pl.repeat(None, len(names), dtype=pl.UInt64, eager=True)

    def numbers(syllables: dict[int, str | None], say: Callable[[str], str]) -> pl.Series:
        """By code point; the same for syllables that sound alike."""
        said = [chars[point] if syllable is None else say(syllable) for point, syllable in syllables.items()]
        return _by_point(dict(zip(syllables, pl.Series(said, dtype=pl.String).hash(), strict=True)))

    def key(say: Callable[[str], str]) -> pl.Series:
        found, tables = nothing.clone(), (numbers(heads, say), numbers(tails, say))
        for place, at in enumerate(places):
            told = tables[place > 0][points[place]]
            found = found.scatter(at, found[at] * _FACTOR + told if place else told)
        return found

    near_heads = numbers(heads, near)
    silent = [point for point, syllable in heads.items() if syllable is None]
    surname = nothing.clone().scatter(places[0], near_heads.scatter(silent, None)[points[0]]) if places else nothing
    keys = {"sound": key(str), "near": key(near), "surname": surname}
    return pl.DataFrame({"name": _folded(spelled), **keys}).to_struct()


def _data() -> Traversable:
    return files("baoshen_audit.identity") / "data"
