from __future__ import annotations

import random

import polars as pl
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from baoshen_audit.identity.characters import akin, fold_name, folded, heard
from baoshen_audit.identity.name_column import plain_kinds, unlike
from baoshen_audit.identity.name_pair import LEVELS, NameClass, character_kind, compare_names, kind_of

PAIRS = [
    ("钱辉", "钱辉", NameClass.SAME, 4),
    ("陸顔", "陆颜", NameClass.SAME, 4),
    ("王龢", "王和", NameClass.VARIANT, 3),
    ("锺强", "钟强", NameClass.VARIANT, 3),
    ("萧红", "肖红", NameClass.VARIANT, 3),
    ("陆颖辉", "陆颖晖", NameClass.HOMOPHONE, 3),
    ("钱辉", "钱晖", NameClass.HOMOPHONES, 2),
    ("姚玉祥", "姚玉详", NameClass.HOMOPHONE, 3),
    ("钱崇", "钱祟", NameClass.LOOKALIKE, 2),
    ("段玉斌", "段玉冰", NameClass.NEAR_SOUND, 2),
    ("尹建国", "殷建国", NameClass.SURNAME, 1),
    ("魏锐", "巍锐", NameClass.SURNAME_TYPO, 2),
    ("姚锐丹", "姚丹锐", NameClass.SWAPPED, 2),
    ("魏锐丹", "魏丹", NameClass.DROPPED, 1),
    ("欧阳修远", "欧阳修", NameClass.DROPPED, 2),
    ("王晓晓明", "王晓明", NameClass.DROPPED, 2),
    ("王㭎", "王GANG", NameClass.RARE, 3),
    ("王□明", "王晓明", NameClass.RARE_MARK, 2),
    ("姚*丹", "姚瑞丹", NameClass.MASKED, 2),
    ("姚**", "姚瑞丹", NameClass.MASKED_WEAK, 1),
    ("姚**", "姚丹", NameClass.DIFFERENT, 0),
    ("李*丹", "姚瑞丹", NameClass.DIFFERENT, 0),
    ("YAORUIDAN", "姚瑞丹", NameClass.PINYIN, 2),
    ("RUIDANYAO", "姚瑞丹", NameClass.PINYIN, 2),
    ("LVBU", "吕布", NameClass.PINYIN, 2),
    ("LUBU", "吕布", NameClass.PINYIN, 2),
    ("肉孜买买提", "肉兹买买提", NameClass.PARTS, 2),
    ("买买提吐尔逊", "买买提", NameClass.PARTS, 2),
    ("赵建平", "赵建华", NameClass.ONE_CHARACTER, 0),
    ("李三", "李四", NameClass.DIFFERENT, 0),
    ("王丽", "丽王", NameClass.DIFFERENT, 0),
    ("李建国", "王建国", NameClass.DIFFERENT, 0),
]


@pytest.mark.parametrize(("one", "other", "kind", "level"), PAIRS)
def test_pairs(one: str, other: str, kind: NameClass, level: int) -> None:
    verdict = compare_names(one, other)
    assert (verdict.kind, verdict.level) == (kind, level)
    assert bool(verdict.reason) == bool(verdict.reason_en)
    assert verdict == compare_names(other, one)


def test_every_class_has_a_level() -> None:
    assert set(LEVELS) == set(NameClass)


names = st.text(alphabet="王李建国华平辉晖颖英*□GANG陆陸欧阳", min_size=1, max_size=7)


@given(names, names)
def test_symmetric_and_total(one: str, other: str) -> None:
    assert compare_names(one, other) == compare_names(other, one)
    assert compare_names(one, one).level == (4 if one else 0)


@given(
    st.text(alphabet="建国华平辉晖颖英", min_size=1, max_size=3),
    st.text(alphabet="建国华平辉晖颖英", min_size=1, max_size=3),
)
def test_level_never_rises_when_the_surname_changes(one: str, other: str) -> None:
    assert compare_names("李" + one, "赵" + other).level <= compare_names("李" + one, "李" + other).level


def test_columns() -> None:
    names = ["陸顔", "单雄信", "YAO", None, "王*", "买买提吐尔逊", "", "贞"]
    told = pl.DataFrame({"n": names}).select("n", heard("n").struct.unnest(), folded=folded("n"))
    assert told["name"].to_list() == ["陆颜", "单雄信", "YAO", None, "王*", "买买提吐尔逊", "", "贞"]
    assert told["folded"].to_list() == told["name"].to_list()
    assert told["surname"].is_null().to_list() == [False, False, True, True, False, False, True, False]
    assert told["sound"].is_null().to_list() == [name in (None, "") for name in names]


@pytest.mark.parametrize(
    ("one", "other", "sound", "near_sound"),
    [
        ("陸顔", "陆颜", True, True),
        ("王勤", "王琴", True, True),
        ("张珊", "臧三", False, True),  # zhang shan, zang san
        ("宁平", "林品", False, True),  # ning ping, lin pin
        ("单平", "善平", True, True),  # read as a surname at the beginning only
        ("平单", "平善", False, False),
        ("王平", "平王", False, False),
        ("王平", "王平平", False, False),
        ("王*", "王平", False, False),
        ("王A", "王A", True, True),
    ],
)
def test_names_that_sound_alike_have_equal_keys(one: str, other: str, sound: bool, near_sound: bool) -> None:
    told = pl.DataFrame({"n": [one, other]}).select(heard("n").struct.unnest())
    assert (told["sound"].n_unique() == 1, told["near"].n_unique() == 1) == (sound, near_sound)


@given(st.lists(st.none() | st.text(alphabet="李陸*A𠮷王单宁 林", max_size=5), max_size=8))
def test_a_name_sounds_the_same_in_every_column(names: list[str | None]) -> None:
    frame = pl.DataFrame({"n": names}, schema={"n": pl.String})
    together = frame.select(heard("n").struct.unnest())
    assert together.to_dicts() == [
        frame[i : i + 1].select(heard("n").struct.unnest()).to_dicts()[0] for i in range(len(names))
    ]


def test_private_use_characters_of_older_decoders() -> None:
    old = bytes.fromhex("cdf5fe59").decode("gb18030")
    assert pl.DataFrame({"n": [old]}).select(folded("n")).item() == "王\u9fb4"
    assert compare_names(old, "王\u9fb4").kind is NameClass.SAME


@given(
    st.text(alphabet="李王单善建健见国*A欧阳", min_size=1, max_size=5),
    st.text(alphabet="李王单善建健见国*A欧阳", min_size=1, max_size=5),
)
def test_a_column_tells_what_a_pair_does(one: str, other: str) -> None:
    assume(one != other)
    told = plain_kinds(pl.DataFrame({"a": [one], "b": [other]})).item()
    assert told is None or told == kind_of(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("李建国", "王国建"),
        ("李国", "王建"),
        ("李建国", "李单"),
        ("李", "李建国"),
        ("李建国", "李福寿"),
        ("李建", "李福"),
    ],
)
def test_a_column_tells_names_apart(one: str, other: str) -> None:
    told = plain_kinds(pl.DataFrame({"a": [one, other], "b": [other, one]}))
    assert told.to_list() == [NameClass.DIFFERENT] * 2


def test_characters_that_a_column_calls_unlike_are_so_one_by_one() -> None:
    draw = random.Random(1)  # noqa: S311
    usual = [chr(point) for point in range(0x4E00, 0x9FA5) if fold_name(chr(point)) == chr(point)]
    drawn = [(draw.choice(usual), draw.choice(usual)) for _ in range(20_000)]
    # without a row in the table; listed pairs; alike in nothing but their codes
    others = [("A", "国"), ("𰀀", "国"), ("A", "B"), *sorted(akin()), ("己", "已"), ("未", "末"), ("人", "入")]
    pairs = [(one, other) for one, other in drawn + others if one != other]
    told = unlike(pl.DataFrame(pairs, schema=["x", "y"], orient="row"))
    asked = pl.Series([character_kind(*pair) is NameClass.DIFFERENT for pair in pairs])
    assert not (told & ~asked).any()
    # or there would be little to gain
    assert told[: len(drawn)].mean() > 0.9  # type: ignore[operator]
