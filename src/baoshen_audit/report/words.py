"""What people read in every report: the words for codes, in Chinese and English, and how values are written.

A renderer takes a value from the findings frame and asks here how it is shown; nothing else decides on wording twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, Final, Literal
from unicodedata import category

from baoshen_audit.finding import FAMILY_TITLES
from baoshen_audit.schemas import CODES, TABLES

Lang = Literal["zh", "en"]
Say = Callable[[str, str], str]
"""Picks the Chinese or the English of a pair, so that both stand side by side where they are used."""

LEADS_ONLY: Final = ("疑点是核查线索,不是结论", "Findings are leads to check, not conclusions")
NO_TOWN: Final = ("未分乡镇", "no town")

OUTCOMES: Final = (
    "属实-停保",
    "属实-调减",
    "属实-调增",
    "属实-补差额追回",
    "属实-程序补正",
    "不属实-数据源错误",
    "不属实-同名",
    "不属实-政策允许(豁免)",
    "已消除",
    "需补充",
)
"""What the person who checked must choose from (rule catalogue §1.4)."""

GRADES: Final = {"A": ("A", "A"), "B": ("B", "B"), "C": ("C", "C"), "info": ("提示", "info")}
GRADE_MEANING: Final = {
    "A": ("事实有据", "proof of a fact"),
    "B": ("线索较强", "strong lead"),
    "C": ("仅供桌面核对", "desk check only"),
    "info": ("不涉及个人", "about no person"),
}
SEVERITIES: Final = {"high": ("高", "high"), "medium": ("中", "medium"), "low": ("低", "low"), "info": ("提示", "info")}
STATUSES: Final = {
    "fired": ("有疑点", "fired"),
    "clean": ("未发现", "clean"),
    "not_evaluable": ("未能评估", "not evaluable"),
    "failed": ("运行出错", "failed"),
}
WAIVER_STATES: Final = {
    "new": ("新", "new"),
    "updated": ("依据有变", "updated"),
    "expired": ("豁免到期", "waiver expired"),
    "waived": ("已豁免", "waived"),
    "known": ("上次已有", "known before"),
}
VERDICTS: Final = {0: ("通过", "passed"), 1: ("不通过", "failed"), 3: ("未能完成核验", "not completed")}
FEED_STATES: Final = {
    "ok": ("可用", "ok"),
    "undated": ("日期不明", "undated"),
    "stale": ("已过期", "stale"),
    "empty": ("空表", "empty"),
    "partial": ("记录不全", "partial"),
    "uncovered": ("不覆盖本地", "another area"),
}
PROGRAMMES: Final = {code: (alias, code) for alias, code in reversed(CODES["programme"].items()) if alias != code}
"""The first Chinese name that the code list gives a programme."""

PROBLEMS: Final = {
    "unparsed": ("无法读取", "cannot be read"),
    "greater_than_or_equal_to": ("小于允许的最小值", "below the least allowed"),
    "less_than_or_equal_to": ("大于允许的最大值", "above the most allowed"),
    "not_nullable": ("不应为空", "must not be empty"),
    "dtype": ("类型不符", "wrong type"),
}
FAMILIES_EN: Final = {
    "ROLL": "roll quality",
    "FEED": "feeds and policy",
    "DUP": "duplicate",
    "ERR": "erroneous",
    "FAV": "favour-based",
    "MIS": "missed or underpaid",
}
FAMILIES: Final = {code: (title, FAMILIES_EN.get(code, title)) for code, title in FAMILY_TITLES.items()}

_INDEX: Final[dict[Lang, int]] = {"zh": 0, "en": 1}


def speaker(lang: Lang) -> Say:
    """The function that picks a language from pairs."""
    index = _INDEX[lang]
    return lambda zh, en: (zh, en)[index]


def named(table: dict[str, tuple[str, str]], code: str | None, say: Say) -> str:
    """The word for a code, the code itself where nobody gave it a word, empty for none."""
    return say(*table.get(code, (code, code))) if code else ""


def table_title(table: str, say: Say) -> str:
    """What a table is called: its Chinese title, its canonical name in English."""
    return say(TABLES[table].title, table) if table in TABLES else table


def plain(text: str | None) -> str:
    """Text on one line without control characters: a file or sheet name must not steer a terminal.

    Private-use and very new characters stay: they are rare characters of names.
    """
    return " ".join("".join(" " if category(char) in ("Cc", "Cf", "Cs") else char for char in text or "").split())


def place(file: str | None, sheet: str | None) -> str:
    """A file, with its sheet in brackets when it has one."""
    return f"{plain(file)}〔{plain(sheet)}〕" if sheet else plain(file)


def yuan(fen: int | None) -> str:
    """分 as 元 with two decimals and thousands separators, exact; empty for none."""
    if fen is None:
        return ""
    whole, rest = divmod(abs(fen), 100)
    return f"{'-' if fen < 0 else ''}{whole:,}.{rest:02}"


def months(values: Iterable[date] | None) -> str:
    """Months joined, three and more in a row as a range: `2025-11、2026-01至2026-06`."""
    runs: list[list[date]] = []
    for month in sorted(values or ()):
        if runs and month.year * 12 + month.month == runs[-1][-1].year * 12 + runs[-1][-1].month + 1:
            runs[-1].append(month)
        else:
            runs.append([month])
    spans = ([run] if len(run) > 2 else [[month] for month in run] for run in runs)
    return "、".join(
        "至".join(f"{month:%Y-%m}" for month in dict.fromkeys((one[0], one[-1]))) for s in spans for one in s
    )


def numbered(fingerprints: Iterable[str]) -> dict[str, str]:
    """Fingerprint → the short number a clerk quotes: its first 8 characters, more where two begin alike."""
    every = list(fingerprints)
    length = 8
    short = {one: one[:length] for one in every}
    while len(set(short.values())) < len(short) and length < 32:
        length += 4
        seen: dict[str, int] = {}
        for number in short.values():
            seen[number] = seen.get(number, 0) + 1
        short = {one: one[:length] if seen[number] > 1 else number for one, number in short.items()}
    return short


def lines(values: Iterable[Any] | None, joint: str = ";") -> str:
    """Several remarks as one cell."""
    return joint.join(str(value) for value in values or ())
