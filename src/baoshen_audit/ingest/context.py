"""What stands around a table: the month it speaks for, the day of a feed, the unit of its money, its programme."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date

from baoshen_audit.schemas import CODES
from baoshen_audit.text import fold_text

_SEPARATOR = r"\s*[年.\-_/]\s*"
_DAY = re.compile(
    rf"(?<![0-9])(20[0-9]{{2}}){_SEPARATOR}(1[0-2]|0?[1-9])\s*[月.\-_/]\s*(3[01]|[12][0-9]|0?[1-9])(?![0-9])"
)
_DAY_DIGITS = re.compile(r"(?<![0-9])(20[0-9]{2})(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])(?![0-9])")
_MONTH = re.compile(rf"(?<![0-9])(20[0-9]{{2}}){_SEPARATOR}(1[0-2]|0?[1-9])(?![0-9])")
_MONTH_DIGITS = re.compile(r"(?<![0-9])(20[0-9]{2})(0[1-9]|1[0-2])(?![0-9])")
# the day a list was printed says nothing about the month it is for
_PRINTED = re.compile(r"(制表|填表|打印|导出|生成|填报|上报|报送)(日期|时间)?\s*[::]?.*$")
_UNIT = re.compile(r"单位\s*[::]?\s*(?:人民币)?(亿元|万元|千元|元)")
_HEADER_UNIT = re.compile(r"[((\[【/](?:单位[::])?(亿元|万元|千元|元)")
_TOWN = re.compile(r"(镇|街道|乡|开发区|度假区|园区|管委会|办事处|林场|农场)$")
_PLACE = re.compile(r"^[\u4e00-\u9fff]{2,8}$")
_NO_PLACE = re.compile(r"月|年|表|册|单|汇总|明细|合计|说明|城市|农村|集中|分散|新增|停|全部|数据")


def _texts(texts: Iterable[str]) -> Iterable[str]:
    for text in texts:
        yield _PRINTED.sub("", unicodedata.normalize("NFKC", text))


def find_month(texts: Iterable[str]) -> date | None:
    """First month named in the texts, as its first day: `2026年6月`, `2026-06`, `202606`, `2026.6`.

    Args:
        texts: title, sheet name, file name, folder name: the nearest first.
    """
    for text in _texts(texts):
        for pattern in (_MONTH, _DAY_DIGITS, _MONTH_DIGITS):
            if found := pattern.search(text):
                return date(int(found[1]), int(found[2]), 1)
    return None


def find_day(texts: Iterable[str]) -> date | None:
    """First full date named in the texts."""
    for text in _texts(texts):
        for pattern in (_DAY, _DAY_DIGITS):
            if found := pattern.search(text):
                try:
                    return date(int(found[1]), int(found[2]), int(found[3]))
                except ValueError:  # 31 June
                    continue
    return None


def title_unit(texts: Iterable[str]) -> str:
    """Unit of money stated above a table (`单位:万元`), or an empty string."""
    for text in texts:
        if found := _UNIT.search(unicodedata.normalize("NFKC", text)):
            return found[1]
    return ""


def header_unit(header: str) -> str:
    """Unit of money stated in a header (`出资额(万元)`), or an empty string."""
    found = _HEADER_UNIT.search(unicodedata.normalize("NFKC", header))
    return found[1] if found else ""


def find_programme(texts: Iterable[str], among: Iterable[str]) -> str | None:
    """The programme a text names by its longest word, of the ones that come into question.

    Args:
        texts: title, sheet name, file name, folder name: the nearest first.
        among: programmes to choose from (pinyin names).
    """
    chosen = set(among)
    words = {fold_text(word): name for word, name in CODES["programme"].items() if name in chosen}
    for text in map(fold_text, texts):
        if inside := [word for word in words if word in text]:
            return words[max(inside, key=len)]
    return None


def is_town(name: str) -> bool:
    """Whether a sheet is named after a town: it ends in 镇, 街道, 乡 …."""
    return bool(_TOWN.search(name))


def may_be_place(name: str) -> bool:
    """Whether a sheet among others may be named after a place (`西城`): Han only, and no word of office work."""
    return bool(_PLACE.search(name)) and not _NO_PLACE.search(name)
