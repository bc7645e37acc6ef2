"""Synthetic people: names by realistic frequency, identity numbers that pass every check.

People on rolls have sequence numbers below 500, people who only occur in feeds 500 and above, so that a stranger
never carries the number of a beneficiary by accident. Names repeat as they do in life.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import accumulate
from typing import Final, Literal

import polars as pl

from baoshen_audit.testing.synth.draw import Draw

Sex = Literal["男", "女"]

TODAY: Final = dt.date(2026, 6, 1)

_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS: Final = "10X98765432"

_SURNAMES: Final = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈"
    "姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
_MALE: Final = (
    "明华国建军平志强文伟海生林荣金春云龙福祥德永忠义兴旺才根法洪泉元庆富贵宝良成锁保顺田松柏山川"
    "辉勇杰涛斌浩鹏飞宇轩晨阳博凯超俊波亮新东南正立学进连兵"
)
_FEMALE: Final = (
    "英秀玉珍兰芳凤梅芬红霞丽琴云娣美华桂香莲菊萍珠翠娟敏静燕艳洁琳慧佳雪怡欣颖婷莹瑶梦"
    "巧月银金小素彩爱招妹根腊春秋冬粉扣锁网"
)


def _zipf(letters: str, offset: int) -> tuple[list[str], list[float]]:
    unique = list(dict.fromkeys(letters))
    return unique, [1 / (rank + offset) for rank in range(len(unique))]


_POOLS: Final = {"surname": _zipf(_SURNAMES, 6), "男": _zipf(_MALE, 12), "女": _zipf(_FEMALE, 12)}
_SUMS: Final = {name: list(accumulate(weights)) for name, (_, weights) in _POOLS.items()}
_SINGLE: Final = 0.27
"""Share of one-character given names."""


def check_char(seventeen: str) -> str:
    """The check character of an identity number (GB 11643, ISO 7064 MOD 11-2)."""
    return _CHECKS[sum(int(d) * w for d, w in zip(seventeen, _WEIGHTS, strict=True)) % 11]


def with_check(seventeen: str) -> str:
    """Seventeen digits and their check character."""
    return seventeen + check_char(seventeen)


@dataclass(frozen=True, slots=True)
class Person:
    """A synthetic person and the true number on the card."""

    name: str
    sex: Sex
    birth: dt.date
    id_no: str

    @property
    def old_id(self) -> str:
        """The 15-digit number the same person had before 1999."""
        return self.id_no[:6] + self.id_no[8:17]

    @property
    def age(self) -> int:
        """Completed years on the day the sample speaks for."""
        had_birthday = (TODAY.month, TODAY.day) >= (self.birth.month, self.birth.day)
        return TODAY.year - self.birth.year - (not had_birthday)


def year_before(age: int) -> dt.date:
    """The day somebody of that age today was born on, at the latest."""
    return dt.date(TODAY.year - age, TODAY.month, TODAY.day)


class People:
    """Draws people one by one and never gives a number twice."""

    def __init__(self, seed: int) -> None:
        self._draw = Draw(seed, "people")
        self._used: set[str] = set()

    def name(self, sex: Sex, surname: str | None = None) -> str:
        """A name by frequency."""
        draw = self._draw
        letters = _POOLS[sex][0]
        first = surname or draw.weighted(_POOLS["surname"][0], _SUMS["surname"])
        given = draw.weighted(letters, _SUMS[sex])
        return first + given + ("" if draw.chance(_SINGLE) else draw.weighted(letters, _SUMS[sex]))

    def person(
        self,
        ages: tuple[int, int],
        sex: Sex | None = None,
        *,
        surname: str | None = None,
        name: str | None = None,
        stranger: bool = False,
    ) -> Person:
        """A new person.

        Args:
            ages: youngest and oldest age today, in years.
            sex: drawn if not given.
            surname: of the family, if the name is to be drawn with it.
            name: the whole name, for namesakes.
            stranger: not on any roll: the number comes from the other half of the sequence.
        """
        draw = self._draw
        who: Sex = sex or ("男" if draw.chance(0.5) else "女")
        birth = draw.day(year_before(ages[1] + 1) + dt.timedelta(days=1), year_before(ages[0]))
        area = self._area(birth)
        while True:
            number = self._number(area, birth, who, draw.between(250, 499) if stranger else draw.between(0, 249))
            if number not in self._used:
                self._used.add(number)
                return Person(name or self.name(who, surname), who, birth, number)

    def sibling_number(self, person: Person, sex: Sex, name: str) -> Person:
        """A twin: same area and birth date, the next free sequence number of that sex."""
        at = int(person.id_no[14:17]) // 2
        for step in range(1, 250):
            number = self._number(person.id_no[:6], person.birth, sex, (at + step) % 250)
            if number not in self._used:
                self._used.add(number)
                return Person(name, sex, person.birth, number)
        raise AssertionError("no free sequence number on that day")

    def _area(self, birth: dt.date) -> str:
        """The area code follows the year of first issue: cards since 1984, later numbers given at birth."""
        draw = self._draw
        if draw.chance(0.06):
            return draw.pick(("320423", "321181", "341824", "320981", "522124", "511025"))
        issued = max(1984, birth.year + (draw.between(0, 16) if birth.year < 1995 else 0))
        if issued < 1993:
            return "320422"
        return "320482" if issued < 2015 else "320413"

    @staticmethod
    def _number(area: str, birth: dt.date, sex: Sex, half: int) -> str:
        sequence = 2 * half + (sex == "男")
        return with_check(f"{area}{birth:%Y%m%d}{max(sequence, 1 if sex == '男' else 2):03}")


def strangers(draw: Draw, n: int, ages: tuple[int, int], sex: Sex | None = None) -> pl.DataFrame:
    """Many people who are on no roll, by columns.

    Args:
        draw: the stream to draw from.
        n: number of rows.
        ages: youngest and oldest age today, in years.
        sex: of all of them; mixed if not given.

    Returns:
        A frame of `n` rows with `name`, `id_no`, `sex` (String) and `birth_date` (Date).
    """
    birth = draw.days(n, year_before(ages[1] + 1) + dt.timedelta(days=1), year_before(ages[0]))
    male = draw.choices((True, False), n) if sex is None else pl.repeat(sex == "男", n, eager=True)
    pools = {
        s: (draw.choices(_POOLS[s][0], n, _POOLS[s][1]), draw.choices(_POOLS[s][0], n, _POOLS[s][1])) for s in "男女"
    }
    frame = pl.DataFrame(
        {
            "birth_date": birth,
            "male": male,
            "surname": draw.choices(*_with_n("surname", n)),
            "m1": pools["男"][0],
            "m2": pools["男"][1],
            "f1": pools["女"][0],
            "f2": pools["女"][1],
            "single": draw.uniforms(n),
            "issue_lag": draw.ints(n, 0, 16),
            "half": draw.ints(n, 250, 499),
        }
    )
    year = pl.col("birth_date").dt.year().cast(pl.Int64)
    issued = pl.max_horizontal(pl.lit(1984), year + pl.when(year < 1995).then("issue_lag").otherwise(0))
    area = pl.when(issued < 1993).then(320422).when(issued < 2015).then(320482).otherwise(320413).cast(pl.Int64)
    day = (
        year * 10_000
        + pl.col("birth_date").dt.month().cast(pl.Int64) * 100
        + pl.col("birth_date").dt.day().cast(pl.Int64)
    )
    first = pl.when("male").then("m1").otherwise("f1")
    second = pl.when("male").then("m2").otherwise("f2")
    return (
        frame.with_columns(
            id17=(area * 100_000_000 + day) * 1000 + pl.col("half") * 2 + pl.col("male").cast(pl.Int64),
            sex=pl.when("male").then(pl.lit("男")).otherwise(pl.lit("女")),
            name=pl.col("surname") + first + pl.when(pl.col("single") < _SINGLE).then(pl.lit("")).otherwise(second),
        )
        .with_columns(check=_check_column(pl.col("id17")))
        .select("name", pl.concat_str("id17", "check").alias("id_no"), "sex", "birth_date")
    )


def _with_n(pool: str, n: int) -> tuple[list[str], int, list[float]]:
    letters, weights = _POOLS[pool]
    return letters, n, weights


def _check_column(number: pl.Expr) -> pl.Expr:
    total = pl.sum_horizontal([number // 10 ** (16 - i) % 10 * w for i, w in enumerate(_WEIGHTS)])
    return (total % 11).replace_strict(list(range(11)), list(_CHECKS), return_dtype=pl.String)
