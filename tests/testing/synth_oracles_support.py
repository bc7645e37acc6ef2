"""Naive oracles of the rules on supporters and on what illness costs: ERR217, ERR233."""

import datetime as dt
from collections.abc import Callable

from .synth_county import STANDARD, County, Keys, keys

MEANS_TESTED = {"dibao", "dibao_edge", "tekun"}


def _born(number: str) -> dt.date:
    return dt.date(int(number[6:10]), int(number[10:12]), int(number[12:14]))


def err217(c: County) -> Keys:
    on_roll = {p["id"] for p in c.people}
    found: set[str] = set()
    unable = set()
    for r in c.rows("supporter"):
        unable |= {(r["beneficiary_id"], r["id_no"])} if r["declared_able"] is False else set()
        due = (r["income"] / r["family_size"] - 2 * STANDARD) / 2 * 12
        short = r["declared_able"] is False or (r["support_amount"] is not None and r["support_amount"] < due)
        if r["id_no"] not in on_roll and due > 0 and short:
            found.add(r["beneficiary_id"])
    elders = {p["id"] for p in c.active if p["roll"] == "tekun" and p["id"]}
    for r in c.rows("hukou"):
        grown = dt.date(1956, 6, 1) < _born(r["id_no"]) <= dt.date(2008, 6, 1)
        for parent in (r["father_id"], r["mother_id"]):
            if parent in elders and grown and r["hukou_status"] == "正常" and r["id_no"] not in on_roll:
                found |= {parent} - ({parent} if (parent, r["id_no"]) in unable else set())
    return keys(p for p in c.active if p["is_counted"] and p["roll"] in MEANS_TESTED and p["id"] in found)


def err233(c: County) -> Keys:
    found: Keys = set()
    for r in c.rows("illness_poverty"):
        bills = [
            b["self_paid"]
            for b in c.rows("medical")
            if b["id_no"] == r["id_no"] and r["period_from"] <= b["settled_on"] <= r["period_to"]
        ]
        if r["self_paid"] > sum(bills) * 1.2:
            found.add(("illness_poverty", r["key"]))
    return found


SUPPORT: dict[str, Callable[[County], Keys]] = {"ERR217": err217, "ERR233": err233}
