"""The district's frames of a month as plain rows, for the oracles: nothing here is shared with the rules."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from baoshen_audit.testing.synth import District

MONTH = "2026-06"
FIRST = dt.date(2026, 6, 1)
PERSON_ROLLS = ("tekun", "orphan", "disability_subsidy", "youfu")
STANDARD = 102_000
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)

Row = dict[str, Any]
Keys = set[tuple[str, int]]


class County:
    """The frames of a month as rows, numbers upgraded to 18 characters, people with their place."""

    def __init__(self, d: District, month: str = MONTH) -> None:
        self.d = d
        self.month = month
        self.houses = {r["hh_id"]: r | {"roll": t} for t in ("dibao", "dibao_edge") for r in self.rows(t)}
        self.members = [
            r
            | {"roll": self.houses[r["hh_id"]]["roll"], "table": "member", "house": self.houses[r["hh_id"]]}
            | {c: self.houses[r["hh_id"]][c] for c in ("town", "village", "status", "account_no")}
            for r in self.rows("member")
        ]
        singles = [
            r | {"roll": t, "table": t, "is_counted": True, "house": None} for t in PERSON_ROLLS for r in self.rows(t)
        ]
        self.people = [p | {"id": full(p["id_no"])} for p in [*self.members, *singles]]
        self.active = [p for p in self.people if p["status"] in {"在保", "渐退"}]
        self.counted = {p["id"]: p for p in self.active if p["is_counted"] and p["id"]}

    def rows(self, table: str) -> list[Row]:
        return self.d.frames[table][self.month].to_dicts()


def full(number: str | None) -> str | None:
    """The 18-character number, or None if it does not stand the check."""
    if number is None:
        return None
    if len(number) == 15 and number.isdigit():
        seventeen = number[:6] + "19" + number[6:]
        return seventeen + check(seventeen)
    ok = len(number) == 18 and number[:17].isdigit() and number[17] == check(number[:17])
    return number if ok else None


def check(seventeen: str) -> str:
    return "10X98765432"[sum(int(d) * w for d, w in zip(seventeen, WEIGHTS, strict=True)) % 11]


def keys(people: Iterable[Row]) -> Keys:
    return {(p["table"], p["key"]) for p in people}
