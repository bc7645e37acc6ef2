"""A synthetic district for linkage: people, households, records damaged by kind, hard negatives, with the truth.

Records are what a clerk would have typed, one column per field, all text. Every table has ``record`` (Int64), its truth
is known pair by pair with the kind of damage on both sides, and the hard negatives are relatives and namesakes:
twins, siblings with neighbouring numbers, father and son, people of one name and birth date.
"""

from __future__ import annotations

import datetime as dt
import random

import polars as pl

from baoshen_audit.identity.characters import _folds, _listed, _rows, character
from baoshen_audit.identity.resident_id import check_char

SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈"
    "姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
GIVEN = (
    "英华文玉明秀国春红建平军金志兰永林海桂小梅荣云德生伟芳强清丽敏静新福成龙凤光娟宝庆东辉晓忠祥俊峰霞艳"
    "根玲飞杰学勇斌雪涛波爱月仁义良才昌富贵全发顺喜珍琴美燕萍莲香莉珠花慧洪江山大有开兴家运阳振天长正万元"
    "水木火土千里远思源泽宇轩梓涵浩然子豪欣怡佳琪雨辰博雅诗瑞嘉逸洁冰彬宁康泰安乐和顺道礼信孝廉勤俭让恩"
)
COMMON = [
    "桂英",
    "秀英",
    "玉兰",
    "建国",
    "志强",
    "秀兰",
    "桂兰",
    "玉珍",
    "建华",
    "小红",
    "国平",
    "金凤",
    "荣华",
    "伟",
    "芳",
    "丽",
    "敏",
    "静",
    "军",
    "强",
    "英",
    "杰",
]


def _weights(n: int) -> list[float]:
    return [1 / (i + 3) ** 0.9 for i in range(n)]


class Population:
    """People with truth; ``rng`` makes everything repeatable. Districts of another number share no area code."""

    def __init__(self, size: int, seed: int = 7, villages: int | None = None, district: int = 0) -> None:
        self.rng = random.Random(seed)
        self.areas = [str(area + 100 * district) for area in (320422, 320482, 320413, 320421, 321081)]
        self.villages = [f"{a}{b}" for a in "东西南北上下前后新老" for b in "庄桥塘沟岗墩圩湾里村头家渚溪墅"][
            : villages or 120
        ]
        self.surname_weights, self.given_weights = _weights(len(SURNAMES)), _weights(len(GIVEN))
        self.people: list[dict[str, object]] = []
        self.kin: list[tuple[int, int, str]] = []
        self.used: set[str] = set()
        while len(self.people) < size:
            self._household()
        self.sounds: dict[str, list[str]] = {}
        for char in _rows():
            row = character(char) if char in GIVEN + "晖颖芬庭华骅婷亭琳霖伦纶嘉佳欣心鑫馨怡宜诗施思斯" else None
            if row is not None and row.readings:
                self.sounds.setdefault(row.readings[0], []).append(char)
        self.trad = {fold: char for char, fold in sorted(_folds().items(), reverse=True)}
        self.alike: dict[str, list[str]] = {}
        for a, b in sorted(_listed()):
            self.alike.setdefault(a, []).append(b)

    def _number(self, born: dt.date, sex: str, near: str | None = None) -> str:
        while True:
            if near is not None:
                sequence = (int(near[14:17]) + (2 if near[16] in "13579" and sex == "男" else 1)) % 1000 or 1
                near = None
            else:
                sequence = self.rng.randrange(1, 500) * 2 - (1 if sex == "男" else 2) + 1
            if sequence % 2 != (1 if sex == "男" else 0):
                sequence = (sequence + 1) % 1000
            area = self.rng.choices(self.areas, [60, 20, 8, 7, 5])[0]
            body = f"{area}{born:%Y%m%d}{sequence:03d}"
            if body not in self.used and sequence:
                self.used.add(body)
                return body + check_char(body)

    def _given(self) -> str:
        if self.rng.random() < 0.25:
            return self.rng.choice(COMMON)
        if self.rng.random() < 0.12:
            return self.rng.choices(GIVEN, self.given_weights)[0]
        return "".join(self.rng.choices(GIVEN, self.given_weights, k=2))

    def _person(self, **fixed: object) -> int:
        born = fixed.get("born") or dt.date(1930, 1, 1) + dt.timedelta(days=self.rng.randrange(30000))
        sex = fixed.get("sex") or self.rng.choice("男女")
        person = {
            "name": str(fixed["surname"]) + str(fixed.get("given") or self._given()),
            "born": born,
            "sex": sex,
            "id": self._number(born, sex, fixed.get("near")),  # type: ignore[arg-type]
            **{k: fixed[k] for k in ("village", "phone", "address", "account")},
        }
        self.people.append(person)
        return len(self.people) - 1

    def _household(self) -> None:
        rng = self.rng
        surname = rng.choices(SURNAMES, self.surname_weights)[0]
        village = rng.choice(self.villages)
        home = {
            "village": village + "村",
            "address": f"朱林镇{village}村{rng.randrange(1, 20)}组{rng.randrange(1, 90)}号",
            "phone": f"13{rng.randrange(10**9):09d}" if rng.random() < 0.7 else None,
            "account": f"62284801{rng.randrange(10**11):011d}",
        }
        head = self._person(surname=surname, **home)
        kind = rng.random()
        own = self.people[head]
        if kind < 0.04:
            twin = self._person(
                surname=surname, born=own["born"], sex=own["sex"], near=own["id"], given=self._sibling(own), **home
            )
            self.kin.append((head, twin, "twin"))
        elif kind < 0.10:
            born = own["born"] + dt.timedelta(days=rng.randrange(400, 2000))  # type: ignore[operator]
            self.kin.append(
                (head, self._person(surname=surname, born=born, given=self._sibling(own), **home), "sibling")
            )
        elif kind < 0.13:
            born = own["born"] + dt.timedelta(days=rng.randrange(8000, 11000))  # type: ignore[operator]
            self.kin.append(
                (
                    head,
                    self._person(surname=surname, born=born, sex="男", given=self._sibling(own), **home),
                    "father-son",
                )
            )
        elif kind < 0.14:
            away = {**home, "village": rng.choice(self.villages) + "村", "phone": f"13{rng.randrange(10**9):09d}"}
            away |= {
                "address": f"直溪镇{away['village']}{rng.randrange(1, 20)}组",
                "account": f"62284801{rng.randrange(10**11):011d}",
            }
            given = str(own["name"])[1:]
            self.kin.append(
                (head, self._person(surname=surname, born=own["born"], sex=own["sex"], given=given, **away), "namesake")
            )
        elif kind < 0.6:
            self._person(surname=rng.choices(SURNAMES, self.surname_weights)[0], **home)
            if rng.random() < 0.6:
                self._person(surname=surname, **home)

    def _sibling(self, own: dict[str, object]) -> str:
        given = str(own["name"])[1:]
        other = self.rng.choice([c for c in GIVEN[:80] if c not in given])
        return given[:-1] + other if len(given) > 1 else other

    def record(self, i: int, damage: float) -> tuple[dict[str, object], str]:
        """One row about person i, damaged with the given share, and the kind of damage."""
        p, rng = self.people[i], self.rng
        row = {
            "name": p["name"], "id_no": p["id"], "birth_date": f"{p['born']:%Y-%m-%d}", "sex": p["sex"],
            "village": p["village"],
            "address": p["address"], "phone": p["phone"], "account": p["account"],
        }  # fmt: skip
        kinds = []
        if rng.random() < damage:
            kind = rng.choices(
                ["digit", "swap", "old15", "mask", "excel", "scientific", "missing", "two", "cut"],
                [20, 8, 12, 6, 8, 4, 30, 6, 6],
            )[0]
            row["id_no"] = self.break_id(str(p["id"]), kind)
            kinds.append("id:" + kind)
        if rng.random() < damage * 0.7:
            kind = rng.choices(
                ["homophone", "alike", "drop", "swap", "trad", "space", "note", "masked"], [30, 10, 8, 5, 10, 10, 10, 5]
            )[0]
            row["name"] = self.break_name(str(p["name"]), kind)
            if row["name"] != p["name"]:
                kinds.append("name:" + kind)
        if rng.random() < 0.1:
            row["phone"] = f"15{rng.randrange(10**9):09d}" if rng.random() < 0.5 else None
        if rng.random() < 0.04:
            row["birth_date"] = f"{p['born'].year}-01-01" if rng.random() < 0.5 else None  # type: ignore[attr-defined]
        if rng.random() < 0.08:
            row["village"] = rng.choice(self.villages) + "村"
        return row, "+".join(kinds) or "clean"

    def break_id(self, number: str, kind: str) -> str | None:
        """A valid number as it arrives damaged in one way, None or a placeholder where it is missing."""
        rng = self.rng
        if kind in ("digit", "two"):
            for _ in range(1 if kind == "digit" else 2):
                at = rng.randrange(6, 17)
                number = number[:at] + str((int(number[at]) + rng.randrange(1, 10)) % 10) + number[at + 1 :]
            return number
        if kind == "swap":
            at = next((i for i in rng.sample(range(6, 16), 10) if number[i] != number[i + 1]), 6)
            return number[:at] + number[at + 1] + number[at] + number[at + 2 :]
        if kind == "old15":
            return number[:6] + number[8:17] if number[6:8] == "19" else number
        return {
            "mask": number[:6] + "********" + number[14:], "excel": number[:15] + "000",
            "scientific": f"{number[0]}.{number[1:6]}E+17",
            "missing": rng.choice([None, "", "无", "待补", "0" * 18]), "cut": number[:14],
        }[kind]  # fmt: skip

    def break_name(self, name: str, kind: str) -> str:
        """A name as it arrives damaged in one way; the same name where that way does not apply."""
        rng, at = self.rng, self.rng.randrange(1, len(name))
        char, three = name[at], len(name) > 2
        if kind in ("homophone", "alike"):
            row = character(char)
            pool = self.sounds.get(row.readings[0], []) if row and kind == "homophone" else self.alike.get(char, [])
            others = [c for c in pool if c != char]
            return name[:at] + rng.choice(others) + name[at + 1 :] if others else name
        if kind == "note":
            return name + rng.choice(["（残）", "(户主)", "2"])
        return {
            "drop": name[:at] + name[at + 1 :] if three else name,
            "swap": name[0] + name[2] + name[1] if len(name) == 3 else name,
            "trad": "".join(self.trad.get(c, c) for c in name),
            "masked": name[0] + "*" * (len(name) - 2) + name[-1] if three else name[0] + "*",
            "space": "　".join(name),
        }[kind]


Tables = tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]


def dedup(size: int, *, duplicates: float = 0.1, damage: float = 0.3, seed: int = 7, district: int = 0) -> Tables:
    """A roll that holds some people twice.

    Args:
        size: People.
        duplicates: Share of them with a second record.
        damage: Share of second records with a damaged number (names: seven tenths of it); first ones have 4 %.
        seed: Makes it repeatable.
        district: Number of the district.

    Returns:
        The roll; true pairs and hard negatives as ``left_id``, ``right_id`` (the smaller first) and ``kind``.
    """
    pop = Population(size, seed, district=district)
    rows, owners = [], []
    for i in range(len(pop.people)):
        rows.append(pop.record(i, 0.04))
        owners.append(i)
    for i in pop.rng.sample(range(len(pop.people)), int(size * duplicates)):
        rows.append(pop.record(i, damage))
        owners.append(i)
    return _with_truth(pop, rows, owners)


def _with_truth(pop: Population, rows: list[tuple[dict[str, object], str]], owners: list[int]) -> Tables:
    order = pop.rng.sample(range(len(rows)), len(rows))
    table = pl.DataFrame([{"record": at, **rows[i][0]} for at, i in enumerate(order)], infer_schema_length=None)
    where: dict[int, list[tuple[int, str]]] = {}
    for at, i in enumerate(order):
        where.setdefault(owners[i], []).append((at, rows[i][1]))
    truth = [
        (*sorted((a[0], b[0])), f"{a[1]}|{b[1]}") for v in where.values() for n, a in enumerate(v) for b in v[n + 1 :]
    ]
    hard = [
        (*sorted((a, b)), kind)
        for one, two, kind in pop.kin
        for a, _ in where.get(one, [])
        for b, _ in where.get(two, [])
    ]
    names = ["left_id", "right_id", "kind"]
    return table, pl.DataFrame(truth, schema=names, orient="row"), pl.DataFrame(hard, schema=names, orient="row")


def feed(
    size: int, *, rows: int, hit: float, columns: list[str], damage: float = 0.08, seed: int = 11, district: int = 0
) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """A roll (a fifth of the people) and a feed about everybody.

    Args:
        size: People.
        rows: Records of the feed.
        hit: 1 or more: the feed may name a person several times; below: nobody twice.
        columns: Columns of the feed.
        damage: Share of its numbers that are damaged.
        seed: Makes it repeatable.
        district: Number of the district.

    Returns:
        Roll, feed, true pairs and hard negatives (``left_id``, ``right_id``, ``kind``).
    """
    pop = Population(size, seed, district=district)
    on_roll = set(pop.rng.sample(range(len(pop.people)), int(size * 0.2)))
    roll_rows = [(i, pop.record(i, 0.04)) for i in sorted(on_roll)]
    feed_people = (
        pop.rng.choices(range(len(pop.people)), k=rows) if hit >= 1 else pop.rng.sample(range(len(pop.people)), rows)
    )
    feed_rows = [(i, pop.record(i, damage)) for i in feed_people]
    roll = pl.DataFrame([{"record": at, **row} for at, (_, (row, _)) in enumerate(roll_rows)], infer_schema_length=None)
    table = pl.DataFrame(
        [{"record": at, **row} for at, (_, (row, _)) in enumerate(feed_rows)], infer_schema_length=None
    )
    place = {i: (at, kind) for at, (i, (_, kind)) in enumerate(roll_rows)}
    truth = [(place[i][0], at, f"{place[i][1]}|{kind}") for at, (i, (_, kind)) in enumerate(feed_rows) if i in place]
    in_feed: dict[int, list[int]] = {}
    for at, (i, _) in enumerate(feed_rows):
        in_feed.setdefault(i, []).append(at)
    hard = [
        (place[a][0], at, kind)
        for one, two, kind in pop.kin
        for a, b in ((one, two), (two, one))
        if a in place
        for at in in_feed.get(b, [])
    ]
    names = ["left_id", "right_id", "kind"]
    return (
        roll,
        table.select("record", *columns),
        pl.DataFrame(truth, schema=names, orient="row"),
        pl.DataFrame(hard, schema=names, orient="row"),
    )
