from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from baoshen_audit.identity.characters import folded, near, near_reading, reading
from baoshen_audit.identity.name_pair import LEVELS, NameClass, compare_names

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
    frame = pl.DataFrame({"n": ["陸顔", "单雄信", "YAO", None, "王*"]}).with_columns(f=folded("n"))
    assert frame["f"].to_list() == ["陆颜", "单雄信", "YAO", None, "王*"]
    assert frame.select(reading("f")).to_series().to_list() == ["lu yan", "shan xiong xin", "YAO", None, "wang*"]
    assert frame.select(near_reading(reading("f"))).to_series().to_list() == [
        "lu yan",
        "san xiong xin",
        "YAO",
        None,
        "wang*",
    ]


@pytest.mark.parametrize("syllable", ["zhang", "shi", "ning", "neng", "nv", "lin", "chuan", "ping", "xiong", "ren"])
def test_near_sounds_of_columns_and_of_syllables_agree(syllable: str) -> None:
    frame = pl.DataFrame({"s": [f"{syllable} {syllable}"]})
    assert frame.select(near_reading("s")).item() == f"{near(syllable)} {near(syllable)}"


def test_private_use_characters_of_older_decoders() -> None:
    old = bytes.fromhex("cdf5fe59").decode("gb18030")
    assert pl.DataFrame({"n": [old]}).select(folded("n")).item() == "王\u9fb4"
    assert compare_names(old, "王\u9fb4").kind is NameClass.SAME
