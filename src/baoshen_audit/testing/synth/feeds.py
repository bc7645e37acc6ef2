"""The feeds: a few lawful rows of people on the rolls, and the many rows of everybody else, by columns."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any, Final

import polars as pl

from baoshen_audit.testing.synth.draw import Draw
from baoshen_audit.testing.synth.people import Person, strangers, year_before
from baoshen_audit.testing.synth.places import COUNTY, VILLAGES
from baoshen_audit.testing.synth.records import County, Entry, Member, Values

SHARES: Final = {
    "death": 0.55,
    "vehicle": 1.3,
    "realestate": 1.2,
    "business": 0.95,
    "fiscal_payroll": 1.35,
    "pension": 1.8,
    "marriage": 1.2,
}
"""Rows of each feed per row of people on the rolls; 8.4 together."""

OFFICE: Final = f"{COUNTY}民政局婚姻登记处"
EXTRACTED: Final = dt.date(2026, 6, 20)

_MODELS: Final = ("五菱宏光S", "大众朗逸", "比亚迪秦PLUS", "吉利帝豪", "长安CS75", "别克凯越", "丰田卡罗拉", "哈弗H6")
_EMPLOYERS: Final = (
    "实验小学",
    "第二初级中学",
    "人民医院",
    "水利局",
    "农业农村局",
    "住房和城乡建设局",
    "交通运输局",
    "财政局",
    "司法局",
    "文化馆",
    "疾病预防控制中心",
    "档案馆",
    "自然资源局",
    "职业学校",
)
_STREETS: Final = (
    "丹阳门路",
    "东环二路",
    "华城路",
    "南环路",
    "北园路",
    "晨风路",
    "良常路",
    "清风路",
    "文化路",
    "西门大街",
)
_TRADES: Final = (
    "百货店",
    "小吃店",
    "建材经营部",
    "服装厂",
    "农资店",
    "理发店",
    "家庭农场",
    "运输服务部",
    "五金加工厂",
    "水产养殖场",
)


def lawful_rows(county: County) -> None:
    """Add what the registers rightly hold about people on the rolls: nothing a rule may report.

    Marriages whose spouse is in the household, divorces of the divorced, resident pensions, homes, vehicles long gone.
    """
    draw = Draw(county.seed, "lawful")
    for house in county.households:
        couple = [m for m in house.members if m.relation in {"户主", "配偶"} and m.counted]
        if len(couple) == 2 and couple[0].marital == "已婚" and draw.chance(0.7):
            wed(county, couple[0].person, couple[1].person, _wedding(draw, couple))
        for member in house.members:
            _member_rows(county, draw, member)


def _member_rows(county: County, draw: Draw, member: Member) -> None:
    who = member.person
    if member.marital == "离异" and draw.chance(0.6):
        former = county.people.person(
            (max(24, who.age - 5), who.age + 5), "女" if who.sex == "男" else "男", stranger=True
        )
        start = max(dt.date(1995, 1, 1), dt.date(who.birth.year + 23, 6, 1))
        if start < dt.date(2016, 1, 1):
            wed(county, who, former, draw.day(start, dt.date(2016, 1, 1)))
        wed(county, who, former, draw.day(max(start, dt.date(2016, 2, 1)), dt.date(2025, 12, 31)), kind="离婚")
    if who.age >= 60 and draw.chance(0.6):
        county.add(
            "pension",
            name=who.name,
            id_no=who.id_no,
            kind="城乡居民",
            amount=draw.between(210, 290) * 100,
            month=dt.date(2026, 5, 1),
            start=dt.date(who.birth.year + 60, who.birth.month, 1),
            pension_status="在领",
        )
    if who.age >= 30 and draw.chance(0.12):
        village = draw.pick(VILLAGES)
        county.add(
            "realestate",
            title_no=f"苏(2019){COUNTY}不动产权第{draw.between(1, 9_999_999):07}号",
            name=who.name,
            id_no=who.id_no,
            shared="单独所有",
            location=f"{village.town}{village.name}{draw.between(1, 99)}号",
            area=float(draw.between(60, 110)),
            use="住宅",
            acquired_by="宅基地",
            registered_on=draw.day(dt.date(2016, 1, 1), dt.date(2025, 6, 1)),
            title_status="现势",
        )
    if who.age >= 25 and draw.chance(0.01):
        vehicle(
            county,
            who,
            draw.pick(_MODELS),
            vehicle_status=draw.pick(("注销", "报废", "转出")),
            first_registered=dt.date(2009, 5, 12),
        )
    if who.age >= 25 and draw.chance(0.01):
        founded = draw.day(dt.date(2008, 1, 1), dt.date(2015, 1, 1))
        county.add(
            "business",
            entity_name=f"{COUNTY}{who.name}{draw.pick(_TRADES)}",
            uscc=f"92320413MA1{draw.between(0, 9_999_999):07}",
            entity_kind="个体工商户",
            role="经营者",
            name=who.name,
            id_no=who.id_no,
            capital=draw.between(1, 10) * 1_000_000,
            founded_on=founded,
            cancelled_on=founded + dt.timedelta(days=900),
            entity_status="注销",
        )


def _wedding(draw: Draw, couple: list[Member]) -> dt.date:
    first = max(year_before(m.person.age - 22) for m in couple)
    first = max(first, dt.date(1986, 1, 1))
    last = dt.date(2024, 12, 31)
    return draw.day(first, min(last, first + dt.timedelta(days=2500))) if first < last else last


def wed(county: County, one: Person, other: Person, day: dt.date, *, kind: str = "结婚") -> Entry:
    """Add a row of the marriage register."""
    man, woman = (one, other) if one.sex == "男" else (other, one)
    return county.add(
        "marriage",
        man_name=man.name,
        man_id=man.id_no,
        woman_name=woman.name,
        woman_id=woman.id_no,
        kind=kind,
        registered_on=day,
        office=OFFICE,
    )


def vehicle(county: County, owner: Person, model: str, **cells: Any) -> Entry:  # noqa: ANN401 - cells of any type
    """Add a row of the vehicle register: a saloon car in use unless cells say otherwise."""
    number = county.draw.between(0, 99_999)
    values: Values = {
        "plate_no": f"苏D{chr(65 + number % 8)}{number:05}"[:7],
        "plate_kind": "小型汽车",
        "name": owner.name,
        "id_no": owner.id_no,
        "model": model,
        "vehicle_kind": "小型轿车",
        "use": "非营运",
        "first_registered": dt.date(2020, 3, 18),
        "vehicle_status": "正常",
        "value": 6_880_000,
    }
    return county.add("vehicle", **(values | cells))


def bulk(seed: int, table: str, n: int) -> pl.DataFrame:
    """The rows of strangers in a feed.

    Args:
        seed: the seed of the district.
        table: one of `SHARES`.
        n: number of rows.

    Returns:
        A frame of `n` rows with canonical columns of that table.
    """
    return _BULK[table](Draw(seed, table), n)


def _deaths(draw: Draw, n: int) -> pl.DataFrame:
    kin = strangers(draw, n, (30, 70)).select(relative_name="name", relative_id="id_no")
    frame = pl.concat([strangers(draw, n, (48, 98)), kin], how="horizontal").with_columns(
        draw.days(n, dt.date(2025, 6, 1), dt.date(2026, 6, 16)).alias("death_date"),
        draw.ints(n, 1, 4).alias("wait"),
        draw.choices(("殡仪馆", "公安"), n, (0.85, 0.15)).alias("source"),
        draw.ints(n, 100_000_000, 999_999_999).cast(pl.String).alias("phone9"),
        draw.choices([f"{v.town}{v.name}" for v in VILLAGES], n).alias("hukou_addr"),
    )
    home = pl.col("source") == "殡仪馆"
    on = pl.col("death_date").dt.offset_by(pl.concat_str(pl.col("wait"), pl.lit("d")))
    return frame.select(
        "name",
        "id_no",
        "source",
        "death_date",
        "hukou_addr",
        pl.when(home).then(on).alias("cremation_date"),
        pl.when(home).then(pl.concat_str(pl.lit("H"), on.dt.strftime("%y%m%d"), pl.col("wait"))).alias("cremation_no"),
        pl.when(~home).then(on).alias("registered_on"),
        pl.when(home).then("relative_name").alias("relative_name"),
        pl.when(home).then("relative_id").alias("relative_id"),
        pl.when(home).then(pl.concat_str(pl.lit("13"), "phone9")).alias("relative_phone"),
    )


def _vehicles(draw: Draw, n: int) -> pl.DataFrame:
    kind = draw.choices(range(5), n, (0.62, 0.14, 0.14, 0.07, 0.03))
    kinds = ("小型轿车", "小型普通客车", "普通二轮摩托车", "轻型栏板货车", "正三轮载货摩托车")
    plates = ("小型汽车", "小型汽车", "普通摩托车", "小型汽车", "普通摩托车")
    digits = draw.ints(n, 0, 99_999).cast(pl.String).str.zfill(5)
    return strangers(draw, n, (22, 72)).select(
        ("苏D" + draw.choices(("A", "B", "C", "E", "F", "G", "K", "R"), n) + digits).str.slice(0, 7).alias("plate_no"),
        pl.Series(plates).gather(kind).alias("plate_kind"),
        "name",
        "id_no",
        pl.select(
            pl.when(kind == 2)
            .then(pl.lit("豪爵HJ125"))
            .when(kind == 4)
            .then(pl.lit("宗申ZS150"))
            .otherwise(draw.choices(_MODELS, n))
        )
        .to_series()
        .alias("model"),
        pl.Series(kinds).gather(kind).alias("vehicle_kind"),
        draw.choices(("非营运", "营运"), n, (0.95, 0.05)).alias("use"),
        draw.days(n, dt.date(2008, 1, 1), dt.date(2026, 5, 31)).alias("first_registered"),
        draw.choices(("正常", "注销", "报废", "转出", "抵押"), n, (0.84, 0.04, 0.04, 0.05, 0.03)).alias(
            "vehicle_status"
        ),
        (draw.ints(n, 20, 320) * 100_000).alias("value"),
    )


def _titles(draw: Draw, n: int) -> pl.DataFrame:
    day = draw.days(n, dt.date(2004, 1, 1), dt.date(2025, 11, 20))
    year = day.dt.year().cast(pl.String)
    number = draw.ints(n, 1, 99_999).cast(pl.String).str.zfill(7)
    return strangers(draw, n, (25, 85)).select(
        ("苏(" + year + f"){COUNTY}不动产权第" + number + "号").alias("title_no"),
        "name",
        "id_no",
        draw.choices(("单独所有", "共同共有", "按份共有"), n, (0.5, 0.45, 0.05)).alias("shared"),
        pl.lit(None, dtype=pl.Float64).alias("share"),
        (
            draw.choices(_STREETS, n)
            + draw.ints(n, 1, 399).cast(pl.String)
            + "号"
            + draw.ints(n, 1, 30).cast(pl.String)
            + "幢"
        ).alias("location"),
        (draw.ints(n, 4200, 16_000) / 100).alias("area"),
        draw.choices(("住宅", "商业", "车位"), n, (0.88, 0.05, 0.07)).alias("use"),
        draw.choices(("购买", "继承", "拆迁安置", "赠与"), n, (0.7, 0.06, 0.2, 0.04)).alias("acquired_by"),
        day.alias("registered_on"),
        draw.choices(("现势", "注销", "抵押"), n, (0.8, 0.08, 0.12)).alias("title_status"),
    )


def _businesses(draw: Draw, n: int) -> pl.DataFrame:
    status = draw.choices(("存续", "注销", "吊销"), n, (0.75, 0.21, 0.04))
    founded = draw.days(n, dt.date(2005, 1, 1), dt.date(2024, 12, 31))
    return (
        strangers(draw, n, (22, 70))
        .with_columns(
            status.alias("entity_status"), founded.alias("founded_on"), draw.choices(_TRADES, n).alias("trade")
        )
        .select(
            pl.concat_str(pl.lit(COUNTY), "name", "trade").alias("entity_name"),
            ("92320413MA2" + draw.ints(n, 0, 9_999_999).cast(pl.String).str.zfill(7)).alias("uscc"),
            draw.choices(("个体工商户", "有限责任公司", "农民专业合作社"), n, (0.8, 0.17, 0.03)).alias("entity_kind"),
            draw.choices(("经营者", "法定代表人", "股东"), n, (0.8, 0.12, 0.08)).alias("role"),
            "name",
            "id_no",
            (draw.ints(n, 1, 60) * 500_000).alias("capital"),
            "founded_on",
            pl.when(pl.col("entity_status") == "注销")
            .then(pl.col("founded_on").dt.offset_by("400d"))
            .alias("cancelled_on"),
            "entity_status",
        )
    )


def _payroll(draw: Draw, n: int) -> pl.DataFrame:
    kind = draw.choices(range(5), n, (0.24, 0.5, 0.2, 0.03, 0.03))
    kinds = ("行政", "事业", "事业", "遗属补助", "公益性岗位")
    states = ("在编在岗", "在编在岗", "退休", None, "离职")
    return strangers(draw, n, (24, 82)).select(
        "name",
        "id_no",
        draw.choices([COUNTY + e for e in _EMPLOYERS], n).alias("employer"),
        pl.Series(kinds).gather(kind).alias("staff_kind"),
        pl.Series(states, dtype=pl.String).gather(kind).alias("payroll_status"),
        (draw.ints(n, 42, 118) * 10_000).alias("gross"),
        pl.lit(dt.date(2026, 5, 1)).alias("month"),
    )


def _pensions(draw: Draw, n: int) -> pl.DataFrame:
    kind = draw.choices(("城乡居民", "职工", "机关", "遗属"), n, (0.55, 0.36, 0.07, 0.02))
    people = strangers(draw, n, (60, 90)).with_columns(kind.alias("kind"), draw.ints(n, 0, 160).alias("step"))
    base = pl.col("kind").replace_strict(
        {"城乡居民": 20_500, "职工": 210_000, "机关": 430_000, "遗属": 98_000}, return_dtype=pl.Int64
    )
    return people.select(
        "name",
        "id_no",
        "kind",
        (base + pl.col("step") * base // 200).alias("amount"),
        pl.lit(dt.date(2026, 5, 1)).alias("month"),
        pl.col("birth_date").dt.offset_by("60y").dt.truncate("1mo").alias("start"),
        draw.choices(("在领", "暂停"), n, (0.98, 0.02)).alias("pension_status"),
    )


def _marriages(draw: Draw, n: int) -> pl.DataFrame:
    men = strangers(draw, n, (24, 72), "男").select(man_name="name", man_id="id_no")
    women = strangers(draw, n, (23, 70), "女").select(woman_name="name", woman_id="id_no")
    return pl.concat([men, women], how="horizontal").with_columns(
        draw.choices(("结婚", "离婚", "补领"), n, (0.74, 0.2, 0.06)).alias("kind"),
        draw.days(n, dt.date(1998, 1, 1), dt.date(2026, 6, 18)).alias("registered_on"),
        pl.lit(OFFICE).alias("office"),
    )


_BULK: Final[dict[str, Callable[[Draw, int], pl.DataFrame]]] = {
    "death": _deaths,
    "vehicle": _vehicles,
    "realestate": _titles,
    "business": _businesses,
    "fiscal_payroll": _payroll,
    "pension": _pensions,
    "marriage": _marriages,
}
