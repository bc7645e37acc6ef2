"""Are these two names one person's? Not a distance but a class with a reason in words.

Generic string similarity fails where it is needed: brothers 赵建平/赵建华 look alike, 陸顔/陆颜 look different. So a
pair is *classified*: what kind of slip turns one name into the other. The level of the class says what the name may
carry: 4 same written name · 3 strong variant · 2 plausible, needs a second strong key · 1 weak, never on its own ·
0 not by name. The comparison is symmetric and never depends on other rows.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from functools import cache, lru_cache
from typing import Final

from baoshen_audit.identity.characters import (
    HAN,
    fold_name,
    is_lookalike,
    near,
    shape_similarity,
    sounds,
    split_surname,
    surnames,
    variants,
)

__all__ = ["ALIKE", "LEVELS", "NameClass", "NameVerdict", "character_kind", "compare_names", "kind_of", "slip_kind"]


class NameClass(IntEnum):
    """What kind of difference lies between two names."""

    DIFFERENT = 0
    SAME = 1
    VARIANT = 2
    HOMOPHONE = 3
    HOMOPHONES = 4
    LOOKALIKE = 5
    NEAR_SOUND = 6
    SURNAME = 7
    SURNAME_TYPO = 8
    SWAPPED = 9
    DROPPED = 10
    RARE = 11
    RARE_MARK = 12
    MASKED = 13
    MASKED_WEAK = 14
    PINYIN = 15
    PARTS = 16
    ONE_CHARACTER = 17


LEVELS: Final[dict[NameClass, int]] = {
    NameClass.DIFFERENT: 0,
    NameClass.SAME: 4,
    NameClass.VARIANT: 3,
    NameClass.HOMOPHONE: 3,
    NameClass.HOMOPHONES: 2,
    NameClass.LOOKALIKE: 2,
    NameClass.NEAR_SOUND: 2,
    NameClass.SURNAME: 1,
    NameClass.SURNAME_TYPO: 2,
    NameClass.SWAPPED: 2,
    NameClass.DROPPED: 1,
    NameClass.RARE: 3,
    NameClass.RARE_MARK: 2,
    NameClass.MASKED: 2,
    NameClass.MASKED_WEAK: 1,
    NameClass.PINYIN: 2,
    NameClass.PARTS: 2,
    NameClass.ONE_CHARACTER: 0,
}
"""What a name of each class may carry, 4 to 0."""

ALIKE: Final = 0.58
"""From which ``shape_similarity`` on two characters look alike: so do one in a thousand random pairs."""
_UNKNOWN: Final = re.compile("[?□■○◇\ue000-\uf8ff\U000f0000-\U0010fffd]")
_LATIN: Final = re.compile("[A-Z]+")
_HAN_ONLY: Final = re.compile(f"{HAN}+")
_WORDS: Final[dict[NameClass, tuple[str, str]]] = {
    NameClass.DIFFERENT: ("不同", "different"),
    NameClass.VARIANT: ("异体字", "legal variant form"),
    NameClass.HOMOPHONE: ("同音字", "homophone"),
    NameClass.HOMOPHONES: ("同音字", "homophones only"),
    NameClass.NEAR_SOUND: ("近音字", "near sound"),
    NameClass.LOOKALIKE: ("形近字", "look-alike"),
}


@dataclass(frozen=True, slots=True)
class NameVerdict:
    """The class of a pair of names and why.

    Attributes:
        kind: Class of difference.
        level: What the name may carry, 4 to 0.
        reason: Why, in Chinese; empty for the same name.
        reason_en: Why, in English.
    """

    kind: NameClass
    level: int
    reason: str
    reason_en: str


_OTHER_SURNAME: Final = NameVerdict(NameClass.DIFFERENT, LEVELS[NameClass.DIFFERENT], "姓不同", "surname differs")


_OTHER_GIVEN: Final = NameVerdict(NameClass.DIFFERENT, LEVELS[NameClass.DIFFERENT], "名不同", "given name differs")
_OTHER_LENGTH: Final = NameVerdict(NameClass.DIFFERENT, LEVELS[NameClass.DIFFERENT], "字数不同", "different length")


def compare_names(one: str, other: str) -> NameVerdict:
    """Classify two names as :func:`baoshen_audit.identity.name.name_key` gives them.

    Args:
        one: A name without blanks, notes and dots.
        other: Another.

    Returns:
        Class, level and reason; the same for both orders of the arguments.
    """
    first, second = sorted((one, other))
    return _compare(first, second)


@lru_cache(maxsize=1 << 16)
def _compare(one: str, other: str) -> NameVerdict:
    a, b = fold_name(one), fold_name(other)
    if a == b:
        return _say(NameClass.SAME, "" if one == other else "繁简异体写法", "" if one == other else "script variant")
    return _by_form(a, b)(a, b)


def kind_of(one: str, other: str) -> NameClass:
    """The class alone, for folded names: linking asks for it by the hundred thousand.

    Args:
        one: A folded name without blanks, notes and dots.
        other: Another.

    Returns:
        What :func:`compare_names` says.
    """
    if one == other:
        return NameClass.SAME
    a, b = (one, other) if one < other else (other, one)
    return _by_form(a, b)(a, b).kind


@lru_cache(maxsize=1 << 17)
def slip_kind(x: str, y: str, given: int) -> NameClass:
    """The class of two plain names that differ in one character of the given name.

    Args:
        x: The character in one name.
        y: The character in the other.
        given: Characters of the given names.

    Returns:
        What :func:`kind_of` says of such names, whoever they are.
    """
    return _in_given([character_kind(x, y)], x, y, given)


def _by_form(a: str, b: str) -> Callable[[str, str], NameVerdict]:
    """Which comparison fits the form of two names."""
    either = a + b
    if not _HAN_ONLY.fullmatch(either):
        if "*" in either:
            return _masked
        if _UNKNOWN.search(either):
            return _marked
        if _LATIN.search(either):
            return _latin
    if max(len(a), len(b)) > 4:
        return _parts
    return _same_length if len(a) == len(b) else _other_length


def _say(kind: NameClass, reason: str, english: str, level: int | None = None) -> NameVerdict:
    return NameVerdict(kind, LEVELS[kind] if level is None else level, reason, english)


def _same_length(a: str, b: str) -> NameVerdict:
    at = [i for i, (x, y) in enumerate(zip(a, b, strict=True)) if x != y]
    if len(at) == 2 and at[1] == at[0] + 1 and a[at[0]] == b[at[1]] and a[at[1]] == b[at[0]]:
        if at[0] == 0:
            return _say(NameClass.DIFFERENT, "姓与名互换", "surname and given name exchanged")
        return _say(NameClass.SWAPPED, f"相邻两字颠倒{a[at[0]]}{a[at[1]]}", "two characters swapped")
    if at[0] == 0 and len(at) > 1:
        return _OTHER_SURNAME
    surname_length = len(split_surname(a)[0]) or len(split_surname(b)[0]) or 1
    if at[0] < surname_length:
        return _surname(a, b, at, surname_length)
    kinds = []
    for i in at:
        kinds.append(character_kind(a[i], b[i]))
        if kinds[-1] is NameClass.DIFFERENT:
            if len(at) > 1 or len(a) - surname_length == 1:
                return _OTHER_GIVEN  # most pairs end here
            break
    return _given(a, b, at, kinds, len(a) - surname_length)


def _given(a: str, b: str, at: list[int], kinds: list[NameClass], given: int) -> NameVerdict:
    """Given names that differ at some places, surname equal."""
    where = "、".join(f"{a[i]}/{b[i]}" for i in at)
    kind, one = _in_given(kinds, a[at[0]], b[at[0]], given), len(at) == 1
    if kind is NameClass.ONE_CHARACTER:
        return _say(kind, f"一字不同{where}(兄弟姐妹常如此)", "one character differs, as siblings' do")
    words, english = _WORDS[kind]
    level = 1 if kind in (NameClass.NEAR_SOUND, NameClass.LOOKALIKE) and not one else LEVELS[kind]
    return _say(kind, f"{words}{where}", english, level)


def _in_given(kinds: list[NameClass], x: str, y: str, given: int) -> NameClass:
    """The class of a given name of so many characters by those that differ; x and y are the first of them."""
    kind, one = _worst(kinds), len(kinds) == 1
    if kind is NameClass.DIFFERENT and one and given > 1:
        return NameClass.ONE_CHARACTER
    if kind is NameClass.HOMOPHONE and not (one and (given > 1 or is_lookalike(x, y))):
        return NameClass.HOMOPHONES
    return kind


def _surname(a: str, b: str, at: list[int], length: int) -> NameVerdict:
    """The surname differs, and maybe more."""
    known = surnames()
    if len(at) == 1 and (a[0], b[0]) in known.conventions and at[0] == 0:
        return _say(NameClass.VARIANT, f"姓氏惯用异写{a[0]}/{b[0]}", "surname written two ways")
    kind = NameClass.DIFFERENT if len(at) > 1 else character_kind(a[at[0]], b[at[0]], surname=True)
    if kind is NameClass.DIFFERENT:
        return _OTHER_SURNAME
    both = a[0] in known.single and b[0] in known.single
    if kind is NameClass.VARIANT and both:
        return _say(NameClass.VARIANT, f"姓氏异体字{a[at[0]]}/{b[at[0]]}", "surname in a variant form")
    if both or length > 1:
        return _say(NameClass.SURNAME, f"姓音近或形近{a[at[0]]}/{b[at[0]]}", "surname sounds or looks alike")
    return _say(NameClass.SURNAME_TYPO, f"姓似误写{a[0]}/{b[0]}", "surname mistyped: one is no surname")


def _other_length(a: str, b: str) -> NameVerdict:
    short, long = (a, b) if len(a) < len(b) else (b, a)
    if len(long) - len(short) == 1 and len(short) > 1:
        for i in range(len(long)):
            if long[:i] + long[i + 1 :] == short:
                doubled = long[i] in long[max(i - 1, 0) : i] + long[i + 1 : i + 2]
                if i == 0 and not doubled:
                    break  # without its first character it is another surname
                if doubled:
                    return _say(NameClass.DROPPED, f"重复或漏写{long[i]}", "doubled or dropped character", 2)
                cut = split_surname(long)[0]
                level = 2 if len(cut) == 2 and i >= 2 else 1
                return _say(NameClass.DROPPED, f"漏写{long[i]}", "one character dropped", level)
    return _OTHER_LENGTH


@lru_cache(maxsize=1 << 17)
def character_kind(x: str, y: str, *, surname: bool = False) -> NameClass:
    """What lies between two characters.

    Args:
        x: A folded character.
        y: Another.
        surname: Whether they are read as surnames.

    Returns:
        ``VARIANT``, ``HOMOPHONE``, ``LOOKALIKE``, ``NEAR_SOUND`` or ``DIFFERENT``; the same for both orders.
    """
    if variants(x, y):
        return NameClass.VARIANT
    if not _readings(x, surname).isdisjoint(_readings(y, surname)):
        return NameClass.HOMOPHONE
    if is_lookalike(x, y):
        return NameClass.LOOKALIKE
    if not _near_readings(x, surname).isdisjoint(_near_readings(y, surname)):
        return NameClass.NEAR_SOUND
    return NameClass.LOOKALIKE if shape_similarity(x, y) >= ALIKE else NameClass.DIFFERENT


@cache
def _readings(char: str, surname: bool) -> frozenset[str]:
    return frozenset(sounds(char, surname=surname))


@cache
def _near_readings(char: str, surname: bool) -> frozenset[str]:
    return frozenset(map(near, sounds(char, surname=surname)))


def _worst(kinds: list[NameClass]) -> NameClass:
    order = (NameClass.DIFFERENT, NameClass.LOOKALIKE, NameClass.NEAR_SOUND, NameClass.HOMOPHONE, NameClass.VARIANT)
    return next(kind for kind in order if kind in kinds)


def _masked(a: str, b: str) -> NameVerdict:
    """A star is one character; a run of three or more may be any number."""
    pattern, full = (a, b) if "*" in a else (b, a)
    if "*" in full:  # two masked names: only what both show
        both = [(x, y) for x, y in zip(a, b, strict=False) if "*" not in (x, y)]
        agree = len(a) == len(b) and all(x == y for x, y in both) and len(both) > 1
        kind = NameClass.MASKED_WEAK if agree else NameClass.DIFFERENT
        return _say(kind, "均已脱敏", "both masked")
    if not _fits(pattern, full):
        return _say(NameClass.DIFFERENT, "脱敏姓名与之不符", "does not fit the masked name")
    shown = len(pattern.replace("*", ""))
    if shown > 1 and pattern[0] != "*":
        return _say(NameClass.MASKED, f"与脱敏姓名{pattern}相符", "fits the masked name")
    return _say(NameClass.MASKED_WEAK, f"与脱敏姓名{pattern}相符(仅一字)", "fits the masked name in one character")


def _fits(pattern: str, full: str) -> bool:
    if "***" not in pattern:
        return len(pattern) == len(full) and all(
            shown in ("*", char) for shown, char in zip(pattern, full, strict=True)
        )
    stars = re.sub(r"(\\\*){3,}", ".+", re.escape(pattern)).replace(r"\*", ".")
    return re.fullmatch(stars, full) is not None


def _marked(a: str, b: str) -> NameVerdict:
    """A rare character written as □, ? or a private-use code point stands for any one character."""
    if len(a) != len(b):
        return _say(NameClass.DIFFERENT, "字数不同", "different length")
    both = [(x, y) for x, y in zip(a, b, strict=True) if not (_UNKNOWN.match(x) or _UNKNOWN.match(y))]
    if len(both) < 2 or any(x != y for x, y in both):
        return _say(NameClass.DIFFERENT, "生僻字之外不同", "different beside the unreadable character")
    return _say(NameClass.RARE_MARK, "生僻字无法显示", "rare character not shown")


def _latin(a: str, b: str) -> NameVerdict:
    """Pinyin for one rare character (王GANG), for a whole name (WANGGANG), or a Latin name."""
    latin, han = (a, b) if _LATIN.search(a) else (b, a)
    if not _HAN_ONLY.fullmatch(han):
        return _say(NameClass.DIFFERENT, "不同", "different")
    readings = [sounds(c, surname=i == 0) for i, c in enumerate(han)]
    plain = "".join(f"({re.escape(c)}|{'|'.join(r).upper() or c})" for c, r in zip(han, readings, strict=True))
    if re.fullmatch(plain.replace("V", "(V|U|YU)"), latin):
        if _LATIN.fullmatch(latin):
            return _say(NameClass.PINYIN, "拼音与汉字相符", "name in pinyin")
        return _say(NameClass.RARE, "生僻字以拼音代替", "rare character typed as pinyin")
    surname, given = split_surname(han)
    if surname and given:
        turned = readings[len(surname) :] + readings[: len(surname)]
        if re.fullmatch("".join(f"({'|'.join(r).upper()})" for r in turned if r), latin):
            return _say(NameClass.PINYIN, "拼音(名在前)与汉字相符", "name in pinyin, given name first")
    return _say(NameClass.DIFFERENT, "拼音不符", "does not fit the pinyin")


def _parts(a: str, b: str) -> NameVerdict:
    """Long names without a Han surname: transliterations, compared character by character and by truncation."""
    short, long = sorted((a, b), key=len)
    if len(short) >= 3 and len(long) > len(short) and (long.startswith(short) or long.endswith(short)):
        return _say(NameClass.PARTS, "少数民族姓名截断或缺一部分", "minority name cut or a part missing")
    if len(a) == len(b):
        kinds = [character_kind(x, y) for x, y in zip(a, b, strict=True) if x != y]
        if len(kinds) <= 2 and NameClass.DIFFERENT not in kinds:
            return _say(NameClass.PARTS, "少数民族姓名音译写法不同", "minority name transliterated another way")
        if sorted(a) == sorted(b) and a in b + b:
            return _say(NameClass.PARTS, "少数民族姓名各部分次序不同", "parts of the name in another order", 1)
    elif len(long) - len(short) == 1 and any(long[:i] + long[i + 1 :] == short for i in range(len(long))):
        return _say(NameClass.PARTS, "少数民族姓名漏写一字", "one character of a long name dropped")
    return _say(NameClass.DIFFERENT, "不同", "different")
