"""What a person should look after in the policy data of a county, before a scan has to stop for it.

A file with a mistake in it (overlap, no citation, unknown key) is refused when it is read; here stands what is well
formed and still not fit to rely on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final, Literal

from baoshen_audit.policy.model import Policy
from baoshen_audit.policy.value import Dims, Value, after, resolve

Kind = Literal["missing", "gap", "stale", "lapsed", "unconfirmed"]

KINDS: Final[dict[Kind, str]] = {
    "missing": "当期无值",
    "gap": "期间有缺口",
    "stale": "久未核对",
    "lapsed": "依据已失效",
    "unconfirmed": "未经本地确认",
}
"""Every kind of remark. Only `unconfirmed` leaves the data usable as they are: a scan names these values."""


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing to look after.

    Attributes:
        kind: one of `KINDS`.
        key: name of the policy key.
        title: what the key is called.
        dims: the dimensions concerned.
        text: what is the matter, in Chinese.
        source: the file the value stands in; empty where there is no value.
    """

    kind: Kind
    key: str
    title: str
    dims: Dims
    text: str
    source: str = ""

    @property
    def blocks(self) -> bool:
        """Whether the data should be mended before they are used."""
        return self.kind != "unconfirmed"


def check(policy: Policy, on: date, needed: Iterable[str], *, stale_days: int = 365) -> list[Remark]:
    """What to look after in the policy of a county.

    Args:
        policy: the county's.
        on: the day it is to be used; for a month its first day.
        needed: the keys that rules cannot do without.
        stale_days: a value last compared with its document longer ago than this is stale.

    Returns:
        Remarks by key, dimensions and kind: needed values that are not in force, holes in the time line of a value up
        to that day, and of the values in force those whose document no longer is, those not compared for long, and
        those that the county has yet to confirm.
    """
    remarks = [
        Remark("missing", one.key, one.title, one.dims, f"{on:%Y-%m} 无有效值") for one in policy.missing(needed, [on])
    ]
    for key, dims, ranked in policy.settings():
        title = policy.keys[key].title
        remarks += [Remark("gap", key, title, dims, text) for text in _gaps(ranked, on)]
        value = next((one for one in ranked if one.covers(on)), None)
        if value is not None:
            remarks += [
                Remark(kind, key, title, dims, text, value.source)
                for kind, text in _doubts(policy, value, on, stale_days)
            ]
    return sorted(remarks, key=lambda one: (one.key, one.dims, list(KINDS).index(one.kind)))


def _gaps(ranked: list[Value], on: date) -> Iterator[str]:
    """Days between two spans on which nothing is in force, up to the day asked for."""
    for (_, end, _), (start, _, _) in pairwise(resolve(ranked)):
        following = after(end)
        if following is not None and following < start <= on:
            yield f"{end} 之后、{start} 之前无值"


def _doubts(policy: Policy, value: Value, on: date, stale_days: int) -> Iterator[tuple[Kind, str]]:
    document = policy.citation(value.cite)
    if not document.in_force(on):
        yield "lapsed", f"{document.label}在 {on} 不在施行期"
    age = (on - value.checked_on).days
    if age > stale_days:
        yield "stale", f"上次与文件核对是 {value.checked_on},已 {age} 天"
    if value.status == "unconfirmed":
        yield "unconfirmed", f"依据:{document.label}"
