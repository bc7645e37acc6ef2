"""Where people stay: the registers of care homes and of schools, so that both are whole without planted cases."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from baoshen_audit.testing.synth.people import Person
from baoshen_audit.testing.synth.places import COUNTY
from baoshen_audit.testing.synth.records import County, Entry, Values

_PUPILS: Final = 12


def stay_rows(county: County) -> None:
    """Add everybody in 集中 care whom no other row names, and some pupils; after every row of 特困."""
    named = {entry.values["id_no"] for entry in county.entries if entry.table == "institution"}
    for entry in [entry for entry in county.entries if entry.table == "tekun"]:
        if entry.values["mode"] == "集中" and entry.values["id_no"] not in named:
            cells = {name: entry.values[name] for name in ("name", "id_no", "institution_name")}
            county.add("institution", **cells, moved_in=entry.values["approve_date"], payer="财政")
    for _ in range(_PUPILS):
        pupil(county, county.people.person((13, 17), stranger=True))


def resident(county: County, who: Person, home: str, since: dt.date, **cells: Any) -> Entry:  # noqa: ANN401
    """Add a row of those who live in a care home, paid for by the county unless cells say otherwise."""
    values: Values = {"institution_name": home, "moved_in": since, "payer": "财政"}
    return county.add("institution", name=who.name, id_no=who.id_no, **(values | cells))


def pupil(county: County, who: Person, **cells: Any) -> Entry:  # noqa: ANN401 - cells of any type
    """Add a row of the school register: enrolled unless cells say otherwise."""
    values: Values = {"school": f"{COUNTY}第一中学", "enrol_status": "在读"}
    return county.add("school", name=who.name, id_no=who.id_no, **(values | cells))
