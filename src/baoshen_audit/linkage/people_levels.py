"""Fields of evidence for registers of residents: every outcome, its words and its shares.

Every m and u written here is a prior with its reason beside it; m of the name classes is replaced by counted shares as
soon as the tables hold pairs with equal valid numbers, u of every agreement on a value is counted in the data.
"""

from __future__ import annotations

import polars as pl

from baoshen_audit.engine.lookup import once
from baoshen_audit.identity.address import address_key
from baoshen_audit.identity.name_column import plain_kinds
from baoshen_audit.identity.name_pair import NameClass, compare_names, kind_of
from baoshen_audit.linkage.compare import equal, on_unique, similar
from baoshen_audit.linkage.people_pairs import BirthClass, IdClass, compare_births, compare_ids
from baoshen_audit.linkage.spec import Comparison, Count, Level, PerRow

__all__ = ["comparisons"]


def comparisons() -> tuple[Comparison, ...]:
    """The fields compared between two records of residents.

    Returns:
        Comparisons over the columns of :func:`baoshen_audit.linkage.people_prepare.prepare`.
    """
    return (
        Comparison(
            "id",
            "身份证号",
            ("person", "number", "id_text", "prefix", "ends", "status"),
            compare_ids,
            _id_levels(),
            same=("person", IdClass.EQUAL),
        ),
        Comparison(
            "name",
            "姓名",
            ("name",),
            on_unique("name", _name_code, int(NameClass.SAME), plain_kinds),
            _name_levels(),
            _name_detail,
            same=("called", NameClass.SAME),
        ),
        Comparison("birth", "出生日期", ("birth",), compare_births, _birth_levels(), same=("birth", BirthClass.EQUAL)),
        Comparison(
            "sex",
            "性别",
            ("sex",),
            equal("sex"),
            (Level(1, "性别相同", "same sex", 0.99, 0.5), Level(0, "性别不同", "sex differs", 0.01, 0.5)),
        ),
        *_contacts(),
    )


def _contacts() -> tuple[Comparison, ...]:
    """What a household shares."""
    return (
        Comparison(
            "village",
            "村(居)",
            ("village",),
            equal("village"),
            (
                Level(1, "同村", "same village", 0.85, Count("village", bits=10.0)),
                Level(0, "村不同", "village differs", 0.15, 0.99),
            ),
        ),
        Comparison(
            "address",
            "住址",
            ("address",),
            _addresses,
            (
                Level(2, "住址相同", "same address", 0.5, 5e-4),
                Level(1, "住址相近", "similar address", 0.3, 0.01),
                Level(0, "住址不同", "address differs", 0.2, 0.98),
            ),
            costly=True,
        ),
        Comparison(
            "phone",
            "电话",
            ("phone",),
            equal("phone"),
            (Level(1, "电话相同", "same phone", 0.6, Count("phone")), Level(0, "电话不同", "phone differs", 0.4, 1.0)),
        ),
        Comparison(
            "account",
            "账号",
            ("account",),
            equal("account"),
            (
                Level(1, "账号相同", "same account", 0.7, Count("account")),
                Level(0, "账号不同", "account differs", 0.3, 1.0),
            ),
        ),
    )


def _id_levels() -> tuple[Level, ...]:
    say = IdClass
    return (
        # 重号: two people with one number, 1.68 million in 2009, hundreds by 2015 (police figures in the press).
        Level(say.EQUAL, "身份证号相同", "same valid number", 0.97, PerRow(1e-4)),
        Level(say.EQUAL_OLD, "15位旧号升位后相同", "same number after 15→18", 0.9, PerRow(3e-2)),
        # 9.4 % of slips have another real person among the neighbours in a population of a million (measured).
        Level(say.NEIGHBOUR, "证号差一位或相邻两位颠倒", "one digit wrong or two swapped", 0.6, PerRow(0.1)),
        Level(say.PREFIX, "前15位相同(末位受损)", "first fifteen digits equal", 0.9, Count("prefix")),
        Level(say.ENDS, "与脱敏证号首6尾4相符", "fits the masked number", 0.95, Count("ends")),
        Level(say.MASKED, "与脱敏证号相符", "fits the masked number", 0.95, PerRow(20.0)),
        Level(say.SAME_TEXT, "错误证号写法完全相同", "same wrong number", 0.5, PerRow(0.05)),
        Level(say.CLOSE, "证号差两处", "numbers two slips apart", 0.2, PerRow(8.0)),
        Level(say.DISSIMILAR, "证号不相近", "numbers not alike", 0.1, 0.99),
        # The area only: the birth date in the digits left is compared as a birth date.
        Level(say.CUT, "证号截断，所余各位相同", "what is left of a cut number agrees", 0.9, 0.3),
        Level(say.MISFIT, "与脱敏或受损证号所余各位不符", "does not fit what is left of the number", 0.02, 0.99),
        Level(say.CONFLICT, "两个有效证号不同", "two different valid numbers", 0.002, 1.0),
    )


def _name_levels() -> tuple[Level, ...]:
    kind, sound = NameClass, Count("sound")
    only_sound = Count("sound", minus="called")
    return (
        Level(kind.SAME, "姓名相同", "same name", 0.95, Count("called"), learned=True),
        Level(kind.VARIANT, "异体字", "variant character", 0.004, only_sound, learned=True),
        Level(kind.HOMOPHONE, "同音字", "homophone", 0.015, only_sound, learned=True),
        Level(kind.HOMOPHONES, "同音字", "homophones", 0.004, sound, learned=True),
        Level(kind.NEAR_SOUND, "近音字", "near sound", 0.005, Count("near"), learned=True),
        # Global chance shares on random pairs of names (matching notes): one swapped 1.1e-6, one dropped 8.3e-5.
        Level(kind.LOOKALIKE, "形近字", "look-alike", 0.006, 3e-5, learned=True),
        Level(kind.SURNAME, "姓音近或形近", "surname alike", 0.002, 1e-4, learned=True),
        Level(kind.SURNAME_TYPO, "姓误写", "surname mistyped", 0.001, 2e-6, learned=True),
        Level(kind.SWAPPED, "两字颠倒", "characters swapped", 0.003, 2e-6, learned=True),
        Level(kind.DROPPED, "漏字", "character dropped", 0.006, 8.3e-5, learned=True),
        Level(kind.RARE, "生僻字替代", "rare character replaced", 0.003, 2e-6, learned=True),
        # A name is masked or in pinyin by the table it stands in, whoever it is: m is given that it is.
        Level(kind.RARE_MARK, "生僻字不显示", "rare character not shown", 0.9, 2e-4),
        Level(kind.MASKED, "与脱敏姓名相符", "fits the masked name", 0.95, 1.7e-3),
        Level(kind.MASKED_WEAK, "与脱敏姓名相符(一字)", "fits the masked name in one character", 0.95, 0.06),
        Level(kind.PINYIN, "拼音相符", "fits the pinyin", 0.9, sound),
        Level(kind.PARTS, "少数民族姓名相近", "minority names alike", 0.02, 1e-5),
        Level(kind.ONE_CHARACTER, "一字不同", "one character differs", 0.005, 0.02),
        Level(kind.DIFFERENT, "姓名不同", "different names", 0.01, 0.98),
    )


def _birth_levels() -> tuple[Level, ...]:
    say = BirthClass
    return (
        Level(say.EQUAL, "出生日期相同", "same birth date", 0.95, Count("birth", bits=15.0)),
        Level(say.SLIP, "出生日期一位之差", "one digit of the birth date differs", 0.015, 1.5e-3),
        Level(say.SWAPPED, "月日颠倒", "month and day exchanged", 0.003, 1e-4),
        Level(say.YEAR_OFF, "差一岁", "one year apart", 0.006, 8e-5),
        Level(say.DEFAULT, "一方为1月1日", "one side is 1 January", 0.006, 4e-4),
        Level(say.LUNAR, "疑为农历", "perhaps the lunar date", 0.006, 2e-3),
        Level(say.DIFFERENT, "出生日期不同", "birth date differs", 0.014, 0.99),
    )


def _name_code(one: str, other: str) -> int:
    return int(kind_of(one, other))


def _name_detail(left: tuple[object, ...], right: tuple[object, ...]) -> tuple[str, str]:
    verdict = compare_names(str(left[0]), str(right[0]))
    return verdict.reason, verdict.reason_en


def _addresses(pairs: pl.DataFrame) -> pl.Series:
    """Addresses are brought into one spelling here, for the pairs only: it is the costliest column of all."""
    written = pl.concat([pairs["address_l"], pairs["address_r"]])
    keys = once(written.to_frame("address"), lambda cells: cells.select(address_key("address")).to_series())
    half = pairs.height
    return similar("address", (0.93,))(pl.DataFrame({"address_l": keys[:half], "address_r": keys[half:]}))
