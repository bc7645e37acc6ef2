"""What the county is made of before it becomes tables: households, members, entries, cases."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from baoshen_audit.testing.synth.draw import Draw
from baoshen_audit.testing.synth.people import People, Person
from baoshen_audit.testing.synth.places import VILLAGES, Village

MAY: Final = 1
JUNE: Final = 2
BOTH: Final = 3
MONTHS: Final = {"2026-05": MAY, "2026-06": JUNE}
LAST: Final = "2026-06"

STANDARD: Final = 102_000
"""Fictional standard of the fictional county: 1,020 元 a month per head, urban and rural, in 分."""

SUPPLEMENT: Final = STANDARD // 10
"""Fictional 分类施保 of everybody aged 70 or gravely ill, in 分."""

Values = dict[str, Any]
Pay = dict[str, Sequence[Values]]
"""Month → what differs from an ordinary payment, one mapping per payment row of that month."""


@dataclass(slots=True, eq=False)
class Member:
    """A row of the member sheet. `months` tells in which rolls it stands."""

    person: Person
    relation: str
    marital: str
    health: str = "健康"
    reason: str = ""
    months: int = BOTH
    written: Values = field(default_factory=dict)
    """Cells that differ from the truth about the person (a planted error)."""
    key: int = -1

    @property
    def counted(self) -> bool:
        """Counted as 共同生活 (a legal reason for exclusion says no)."""
        return not self.reason

    @property
    def id_no(self) -> str:
        """The number as the roll has it."""
        return str(self.written.get("id_no", self.person.id_no))


@dataclass(slots=True, eq=False)
class Household:
    """A household of `dibao` or `dibao_edge` and what the office does with it."""

    programme: Literal["dibao", "dibao_edge"]
    village: Village
    members: list[Member]
    income: int
    approved: dt.date
    account: str
    holder: str
    phone: str
    status: str = "在保"
    stopped: dt.date | None = None
    months: int = BOTH
    written: Values = field(default_factory=dict)
    """Cells that differ from what reckoning gives (both months)."""
    may: Values = field(default_factory=dict)
    """Cells that were different in May."""
    pay: Pay = field(default_factory=dict)
    hh_id: str = ""
    key: int = -1

    @property
    def head(self) -> Member:
        """The first member."""
        return self.members[0]


@dataclass(slots=True, eq=False)
class Entry:
    """A row of any other table; on a person roll with its person and its payments."""

    table: str
    values: Values
    months: int = JUNE
    may: Values = field(default_factory=dict)
    pay: Pay = field(default_factory=dict)
    key: int = -1


@dataclass(frozen=True, slots=True, eq=False)
class Paid:
    """Stands for the payment rows of a household or an entry in a case, of one month if one is named."""

    of: Household | Entry
    month: str | None = None


Record = Household | Member | Entry | Paid


@dataclass(slots=True, eq=False)
class Draft:
    """A case before its records have row keys."""

    kind: Literal["planted", "trap"]
    code: str
    note: str
    records: list[tuple[str, Record]]


class County:
    """Collects everything that is drawn or planted; knows nothing of files.

    Args:
        seed: the seed of the district.
    """

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.people = People(seed)
        self.draw = Draw(seed, "county")
        self.households: list[Household] = []
        self.entries: list[Entry] = []
        self.drafts: list[Draft] = []
        self._accounts = 0
        self._phones = 0

    def account(self) -> str:
        """A new 19-digit account number."""
        self._accounts += 1
        return f"621724{self._accounts * 7_368_787_193 % 10_000_000_000_000:013}"

    def phone(self) -> str:
        """A new 11-digit phone number."""
        self._phones += 1
        return f"1{(3, 5, 8)[self._phones % 3]}{self._phones * 387_420_489 % 1_000_000_000:09}"

    def village(self) -> Village:
        """Any village."""
        return self.draw.pick(VILLAGES)

    def household(
        self,
        members: list[Member],
        *,
        programme: Literal["dibao", "dibao_edge"] = "dibao",
        village: Village | None = None,
        income: int | None = None,
        approved: dt.date | None = None,
        **facts: Any,  # noqa: ANN401 - fields of Household
    ) -> Household:
        """Add a household; what is not said is drawn."""
        draw = self.draw
        counted = sum(m.counted for m in members)
        if income is None:
            low, high = (5, 80) if programme == "dibao" else (102, 148)
            income = STANDARD * counted * draw.between(low, high) // 100 // 10 * 10
        house = Household(
            programme=programme,
            village=village or self.village(),
            members=members,
            income=income,
            approved=approved or draw.day(dt.date(2015, 3, 1), dt.date(2026, 4, 20)),
            account=facts.pop("account", None) or self.account(),
            holder=facts.pop("holder", None) or members[0].person.name,
            phone=facts.pop("phone", None) or self.phone(),
            **facts,
        )
        self.households.append(house)
        return house

    def single(self, ages: tuple[int, int] = (40, 82), marital: str = "未婚", **facts: Any) -> Household:  # noqa: ANN401
        """Add a household of one; `person`, `cells` of the member and facts of the household may be given."""
        person = facts.pop("person", None) or self.people.person(ages)
        member = Member(person, "户主", marital, health=facts.pop("health", "残疾"), written=facts.pop("cells", {}))
        return self.household([member], **facts)

    def add(self, table: str, months: int = JUNE, **values: Any) -> Entry:  # noqa: ANN401 - cells of any type
        """Add a row to a table."""
        entry = Entry(table, values, months)
        self.entries.append(entry)
        return entry

    def planted(self, code: str, note: str, *records: tuple[str, Record]) -> None:
        """Note a case that the rule must find."""
        self.drafts.append(Draft("planted", code, note, list(records)))

    def trap(self, code: str, note: str, *records: tuple[str, Record]) -> None:
        """Note records on which the rule must stay silent (no finding of grade A or B)."""
        self.drafts.append(Draft("trap", code, note, list(records)))
