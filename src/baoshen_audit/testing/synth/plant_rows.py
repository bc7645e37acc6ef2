"""Planted cases and traps of the intake rules on rows and households: ROLL005, ROLL007, ROLL008, ROLL012, ROLL015."""

from __future__ import annotations

import datetime as dt

from baoshen_audit.testing.synth.families import compose
from baoshen_audit.testing.synth.people import with_check
from baoshen_audit.testing.synth.records import County
from baoshen_audit.testing.synth.rolls import orphan, tekun


def plant_rows(county: County) -> None:
    """Plant all cases of this file."""
    _roll005(county)
    _roll007(county)
    _roll008(county)
    _roll012(county)
    _roll015(county)


def _roll005(county: County) -> None:
    code = "ROLL005"
    for body, note in (
        ("32042219471305321", "出生月份写成13月,校验码碰巧正确"),
        ("32042219490431317", "4月没有31日,校验码碰巧正确"),
        ("32042218950612511", "推算已131岁"),
        ("39042219510612513", "省码不存在"),
    ):
        real = body[10:14] not in {"1305", "0431"}
        born = dt.date(int(body[6:10]), int(body[10:12]), int(body[12:14])) if real else None
        entry = tekun(county, id_no=with_check(body), sex="男", birth_date=born)
        county.planted(code, note, ("subject", entry))
    entry = tekun(county, id_no=with_check("32042219520230315"), sex="男", birth_date=None)
    county.trap(code, "早年按农历2月30日签发的号码", ("subject", entry))
    entry = tekun(county, id_no=with_check("32262519480612311"), sex="男", birth_date=dt.date(1948, 6, 12))
    county.trap(code, "已撤销的旧县代码终身有效", ("subject", entry))


def _roll007(county: County) -> None:
    code = "ROLL007"
    for name, note in (
        ("王?根", "生僻字导出成问号"),
        ("测试一", "系统测试数据没有删除"),
        ("张银根、张金根", "一格写了兄弟两人"),
    ):
        county.planted(code, note, ("subject", tekun(county, name=name, account_name=name)))
    for name, note in (
        ("阿卜杜热西提·买买提", "少数民族姓名较长,有间隔号"),
        ("买买提.吐尔逊", "间隔号写成英文句点"),
    ):
        county.trap(code, note, ("subject", tekun(county, name=name, account_name=name)))


def _roll008(county: County) -> None:
    code = "ROLL008"
    for years in (1, 2, 3):
        child = county.people.person((6, 12))
        start = child.birth.replace(year=child.birth.year - years, day=1)
        county.planted(code, f"起始享受年月早于出生{years}年", ("subject", orphan(county, child, first_month=start)))
    child = county.people.person((6, 12))
    entry = orphan(county, child, first_month=child.birth.replace(day=1))
    county.trap(code, "出生当月开始享受,月份相同", ("subject", entry))


def _roll012(county: County) -> None:
    code = "ROLL012"
    for kind, programme in (("elders", "dibao"), ("elders", "dibao_edge"), ("parent_child", "dibao")):
        members = compose(county, kind)
        members[1].relation = "户主"
        house = county.household(members, programme="dibao" if programme == "dibao" else "dibao_edge")
        county.planted(code, "成员明细里有两个户主", ("subject", members[0]), ("other", members[1]))
        del house
    members = compose(county, "parent_child")
    members[0].relation = "其他"
    county.household(members)
    county.planted(code, "成员明细里没有户主", ("subject", members[0]), ("other", members[1]))
    house = county.single((50, 60))
    county.trap(code, "一人户,户主就是本人", ("subject", house.head))


def _roll015(county: County) -> None:
    code = "ROLL015"
    house = county.household(compose(county, "family3"), written={"category": "单人保"})
    county.planted(code, "保障类别为单人保,保障人口是3人", ("subject", house))
    for kind in ("family3", "parent_child"):
        house = county.household(compose(county, kind), programme="dibao_edge", written={"monthly_amount": 30_000})
        county.planted(code, "低保边缘家庭填有月保障金", ("subject", house))
    house = county.single((40, 60), written={"category": "单人保"})
    county.trap(code, "单人保,保障人口1人", ("subject", house))
