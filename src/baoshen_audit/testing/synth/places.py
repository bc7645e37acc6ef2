"""The fictional county: three sub-districts, six towns, 123 villages, all names invented.

It is shaped like the founding district of the project (county code 320413, before that 320482 and 320422), and named
after nothing that exists.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

COUNTY: Final = "洮滨区"
COUNTY_CODE: Final = "320413"

_TOWNS: Final = (
    ("001", "城东街道", 11),
    ("002", "城西街道", 11),
    ("003", "尧湖街道", 13),
    ("100", "金沙镇", 17),
    ("101", "儒桥镇", 13),
    ("102", "直塘镇", 16),
    ("103", "朱庄镇", 14),
    ("104", "薛岭镇", 16),
    ("105", "指河镇", 12),
)
_HEADS: Final = "东西南北前后上下新大中小双白青黄石柳松桑"
_TAILS: Final = ("庄", "桥", "塘", "墩", "巷", "圩", "渡", "岗", "荡", "甲", "棚", "浜", "沟", "埠")


@dataclass(frozen=True, slots=True)
class Village:
    """A village or neighbourhood committee."""

    name: str
    code: str
    town: str
    town_code: str


def _villages() -> tuple[Village, ...]:
    # the stride is coprime to the number of names, so none comes twice
    names = [head + tail for head in _HEADS for tail in _TAILS]
    out: list[Village] = []
    for town_code, town, count in _TOWNS:
        urban = town.endswith("街道")
        for i in range(count):
            # part 001-199 of the statistical code is a neighbourhood committee, 200-399 a village committee
            committee = urban and i < count // 2 + 1
            part = i + 1 if committee else 201 + i
            name = names[len(out) * 37 % len(names)] + ("社区" if committee else "村")
            out.append(Village(name, f"{COUNTY_CODE}{town_code}{part:03}", town, town_code))
    return tuple(out)


VILLAGES: Final = _villages()
TOWNS: Final = tuple(town for _, town, _ in _TOWNS)
INSTITUTIONS: Final = ("金沙敬老院", "儒桥敬老院", "直塘敬老院", "薛岭区域养老服务中心")
"""Care homes in which 特困 people live together, each with one collective account."""

HOSPICE: Final = "洮滨区殡仪馆"
