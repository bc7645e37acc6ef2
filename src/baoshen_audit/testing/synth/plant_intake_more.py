"""Planted cases and traps of the intake rules on cells: ROLL009, ROLL010, ROLL011, ROLL013, ROLL016, ROLL017."""

from __future__ import annotations

import datetime as dt

from baoshen_audit.testing.synth.families import compose
from baoshen_audit.testing.synth.records import County
from baoshen_audit.testing.synth.rolls import orphan, tekun, youfu


def plant_cells(county: County) -> None:
    """Plant all cases of this file."""
    _roll009(county)
    _roll010(county)
    _roll011(county)
    _roll013(county)
    _roll016(county)
    _roll017(county)


def _roll009(county: County) -> None:
    code = "ROLL009"
    entry = tekun(county, base_standard=0, care_amount=0, monthly_amount=0)
    county.planted(code, "在保特困人员的月保障金额为0", ("subject", entry))
    county.planted(code, "在保孤儿的养育标准为0", ("subject", orphan(county, monthly_amount=0)))
    house = county.household(compose(county, "family3"), programme="dibao_edge", written={"monthly_amount": 0})
    county.trap(code, "低保边缘家庭不发保障金,金额为0", ("subject", house))


def _roll010(county: County) -> None:
    code = "ROLL010"
    for ability in ("看情况", "时好时坏"):
        entry = tekun(county, self_care=ability)
        county.planted(code, f"自理能力写成“{ability}”,不在代码表内", ("subject", entry))
    members = compose(county, "family3")
    members[2].relation = "长子" if members[2].person.sex == "男" else "长女"
    county.household(members)
    county.trap(code, "关系写成长子、长女,是别名表里的写法", ("subject", members[2]))


def _roll011(county: County) -> None:
    code = "ROLL011"
    entry = youfu(county)
    entry.values["region_code"] = entry.values["region_code"][:10]
    county.planted(code, "区划代码少两位", ("subject", entry))
    entry = youfu(county)
    entry.values["region_code"] = "390413" + entry.values["region_code"][6:]
    county.planted(code, "区划代码的省码不存在", ("subject", entry))
    entry = youfu(county)
    entry.values["region_code"] = "#" + entry.values["region_code"]
    county.trap(code, "区划代码前有导出时加的#号", ("subject", entry))


def _roll013(county: County) -> None:
    code = "ROLL013"
    for wrong in ("未婚", "离异"):
        members = compose(county, "elders")
        members[1].marital = wrong
        county.household(members)
        county.planted(code, f"有配偶而婚姻状况填{wrong}", ("subject", members[0]), ("other", members[1]))
    members = compose(county, "parent_child")
    child = county.people.person((9, 9), surname=members[0].person.name[0])
    parent = county.people.person((26, 26), members[0].person.sex, surname=members[0].person.name[0])
    members[0].person, members[1].person = parent, child
    members[1].relation = "子" if child.sex == "男" else "女"
    county.household(members)
    county.trap(code, "父母与子女相差17岁,年轻但合乎情理", ("subject", members[0]), ("other", members[1]))


def _roll016(county: County) -> None:
    code = "ROLL016"
    entry = tekun(county)
    entry.values["account_no"] = str(entry.values["account_no"])[:11]
    county.planted(code, "银行账号只有11位", ("subject", entry))
    other = county.people.person((40, 60), stranger=True)
    county.planted(code, "账户名是不相干的人", ("subject", youfu(county, account_name=other.name)))
    entry = orphan(county)
    entry.values["account_name"] = entry.values["guardian_name"]
    county.trap(code, "孤儿的补助发到监护人账户", ("subject", entry))


def _roll017(county: County) -> None:
    code = "ROLL017"
    county.planted(code, "特困人员没有填自理能力", ("subject", tekun(county, self_care=None)))
    missing = orphan(county, guardian_name=None, guardian_id=None)
    county.planted(code, "社会散居孤儿没有填监护人", ("subject", missing))
    child = county.people.person((5, 9))
    entry = orphan(
        county,
        child,
        raising_mode="机构",
        guardian_name=None,
        guardian_id=None,
        first_month=dt.date(child.birth.year + 1, 1, 1),
    )
    county.trap(code, "机构养育的孤儿由机构监护,没有监护人姓名", ("subject", entry))
