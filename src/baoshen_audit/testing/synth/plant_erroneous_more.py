"""Planted cases and traps of allowances that rest on something else: ERR220, ERR228, ERR230, ERR232, ERR234."""

from __future__ import annotations

import datetime as dt
from typing import Any

from baoshen_audit.testing.synth.people import Person
from baoshen_audit.testing.synth.plant_ages import soldier
from baoshen_audit.testing.synth.records import BOTH, SUPPLEMENT, County, Entry, Values
from baoshen_audit.testing.synth.rolls import BASE_STANDARD, CARE_TIERS, LIVING, disability, stopped, tekun, youfu

_DAY = dt.date


def plant_erroneous_more(county: County) -> None:
    """Plant all cases of this file."""
    _err220(county)
    _err228(county)
    _err230(county)
    _err232(county)
    _err234(county)


def _err220(county: County) -> None:
    code = "ERR220"
    for note, ages, amount in (
        ("老年人的分类施保算了两次", (72, 84), 2 * SUPPLEMENT),
        ("八十岁的户主没有分类施保", (78, 84), 0),
    ):
        house = county.single(ages, "丧偶", health="健康", written={"supplement_amount": amount})
        county.planted(code, note, ("subject", house), ("member", house.head))
    house = county.single((40, 56), health="重病", written={"supplement_amount": 0})
    county.planted(code, "重病患者没有分类施保", ("subject", house), ("member", house.head))
    house = county.single((40, 56), written={"supplement_amount": SUPPLEMENT})
    county.trap(code, "重病证明在纸质档案里,名册没有录入", ("subject", house), ("member", house.head))


def _err228(county: County) -> None:
    code = "ERR228"

    def cared_for(said: str, paid: str | None = None) -> tuple[Person, Entry]:
        who = county.people.person((66, 88))
        care = CARE_TIERS[paid or said]
        return who, tekun(county, who, self_care=said, care_amount=care, monthly_amount=BASE_STANDARD + care)

    def assessed(who: Person, found: str, day: dt.date) -> Entry:
        return county.add("self_care_assessment", name=who.name, id_no=who.id_no, assessed_on=day, self_care=found)

    for said, paid, found, day, note in (
        ("能自理", None, "不能自理", _DAY(2025, 9, 10), "评估为不能自理,名册仍是能自理"),
        ("部分自理", "不能自理", "部分自理", _DAY(2025, 11, 4), "评估为部分自理,照料护理费按不能自理发放"),
        ("部分自理", None, "部分自理", _DAY(2023, 6, 20), "三年没有重新评估"),
    ):
        who, entry = cared_for(said, paid)
        county.planted(code, note, ("subject", entry), ("assessment", assessed(who, found, day)))
    who, entry = cared_for("能自理")
    fresh = assessed(who, "部分自理", _DAY(2026, 6, 9))
    county.trap(code, "本月刚评估,名册还没有更新", ("subject", entry), ("assessment", fresh))
    for able in tuple(CARE_TIERS) * 5:
        who, _ = cared_for(able)
        assessed(who, able, county.draw.day(_DAY(2024, 9, 1), _DAY(2026, 5, 20)))


def _err230(county: County) -> None:
    code = "ERR230"
    since: Values = {"living_amount": LIVING, "living_start": _DAY(2022, 4, 1)}
    house = county.single((35, 58), status="停保", stopped=_DAY(2026, 2, 28), written={"stop_reason": "收入超标"})
    entry = disability(county, house.head.person, house=house)
    county.planted(code, "低保二月已停,生活补贴没有停", ("subject", entry), ("roll", house.head))
    entry = disability(county, county.people.person((30, 60)), **since)
    county.planted(code, "名册写明不是低保,仍发生活补贴", ("subject", entry))
    entry = disability(county, county.people.person((30, 60)), is_dibao="是", **since)
    county.planted(code, "名册写明是低保,低保名册上没有此人", ("subject", entry))
    house = county.single((35, 58), status="停保", stopped=_DAY(2026, 5, 29), written={"stop_reason": "自愿放弃"})
    entry = disability(county, house.head.person, house=house)
    county.trap(code, "低保上月底才停,名册来不及更新", ("subject", entry), ("roll", house.head))


def _err232(county: County) -> None:
    code = "ERR232"

    def listed(who: Values, item: str, amount: int = 6_500) -> Entry:
        cells: Values = {name: who[name] for name in ("town", "village", "name", "id_no")}
        return county.add("addon", **cells, item=item, month=_DAY(2026, 6, 1), amount=amount)

    for ended in (_DAY(2025, 12, 31), _DAY(2026, 2, 28)):
        row = youfu(county, **_ended(ended))
        county.planted(
            code, "优抚待遇早已停止,65元专项仍发", ("subject", listed(row.values, "65元专项")), ("roll", row)
        )
    village = county.village()
    who = county.people.person((60, 80))
    nobody: Values = {"town": village.town, "village": village.name, "name": who.name, "id_no": who.id_no}
    county.planted(code, "体检名单上的人不在优抚名册", ("subject", listed(nobody, "体检", 30_000)))
    row = youfu(county, **_ended(_DAY(2026, 5, 31)))
    county.trap(code, "优抚待遇上月底才停", ("subject", listed(row.values, "65元专项")), ("roll", row))
    on_roll = [entry for entry in county.entries if entry.table == "youfu" and entry.months == BOTH]
    for entry in [entry for entry in on_roll if entry.values["status"] == "在保"][:24]:
        listed(entry.values, "65元专项")


def _ended(day: dt.date) -> dict[str, Any]:
    return {name: cell for name, cell in stopped({}, day, "").items() if name != "stop_reason"}


def _err234(county: County) -> None:
    code = "ERR234"
    for seen in (_DAY(2024, 11, 5), _DAY(2025, 3, 18)):
        entry = soldier(county, county.people.person((68, 84), "男"), certified_on=seen)
        county.planted(code, "一年多没有认证", ("subject", entry))
    who = county.people.person((62, 78), "男")
    entry = soldier(county, who)
    stay = county.add("rescue_station", name=who.name, id_no=who.id_no, start=_DAY(2026, 4, 2), end=None, left_to=None)
    county.planted(code, "在救助站三个月,补助照发", ("subject", entry), ("station", stay))
    who = county.people.person((62, 78), "男")
    entry = soldier(county, who)
    stay = county.add(
        "rescue_station",
        name=who.name,
        id_no=who.id_no,
        start=_DAY(2026, 6, 3),
        end=_DAY(2026, 6, 6),
        left_to="护送返乡",
    )
    county.trap(code, "在救助站住了三天", ("subject", entry), ("station", stay))
