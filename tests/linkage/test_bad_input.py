"""What offices send on a bad day: linking finishes, says what it left out, and links nobody for want of evidence."""

from __future__ import annotations

import datetime as dt
import random

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baoshen_audit.identity.resident_id import check_char
from baoshen_audit.linkage.links import Links, link

COLUMNS = ("姓名", "身份证号", "出生日期", "性别", "村", "住址", "电话", "账号")


def crowd(size: int, **same: str | None) -> pl.DataFrame:
    """So many different people, no two born on one day; cells named are the same for all of them."""
    rng = random.Random(9)  # noqa: S311
    given = "山河湖海川原峰林春夏秋冬晨晓夕夜云雨雪霜"
    rows = []
    for i in range(size):
        day = dt.date(1930, 1, 1) + dt.timedelta(days=i * 7919 % 29_000)
        body = f"320422{day:%Y%m%d}{i % 450 * 2 + 101}"
        own = {
            "姓名": rng.choice("赵钱孙李周吴郑王") + rng.choice(given) + rng.choice(given),
            "身份证号": body + check_char(body),
            "出生日期": day.isoformat(),
            "性别": rng.choice("男女"),
            "村": f"{rng.choice(given)}{rng.choice(given)}村",
            "住址": f"朱林镇{i}号",
            "电话": f"138{i:08d}",
            "账号": f"6228480100{i:09d}",
        }
        rows.append({"record": i, **own, **same})
    return pl.DataFrame(rows, schema={"record": pl.Int64, **dict.fromkeys(COLUMNS, pl.String)})


def linked(links: Links) -> int:
    return links.pairs.filter(pl.col("decision") == "link").height


def test_a_hundred_thousand_empty_rows() -> None:
    rows = pl.DataFrame({"record": range(100_000)}).with_columns(pl.lit(None, pl.String).alias(c) for c in COLUMNS)
    links = link(rows, id="record")
    assert links.pairs.height == 0
    assert any("没有一个完整有效的号码" in note for note in links.notes)


@pytest.mark.parametrize(
    ("column", "value", "blocks"),
    [
        ("电话", "13800000000", ["电话"]),
        ("账号", "6228480100000000001", ["账号"]),
        ("村", "东庄村", []),
        ("住址", "朱林镇敬老院1号", []),
        ("出生日期", "1950-01-01", ["出生日期"]),
        ("姓名", "王红", ["姓名读音"]),
    ],
)
def test_everybody_has_the_same(column: str, value: str, blocks: list[str]) -> None:
    same = {"身份证号": None, column: value}
    links = link(crowd(8_000, **same), id="record")
    said = [note for note in links.notes if "取值过大" in note]
    for block in blocks:
        assert any(block in note and "未比较" in note for note in said), links.notes
    assert linked(links) == 0


@pytest.mark.parametrize("number", ["320422********1234", "320422195001011", "0" * 18, "3.20422E+17", "无"])
def test_one_number_for_all_that_is_none(number: str) -> None:
    links = link(crowd(3_000, 身份证号=number), id="record")
    assert linked(links) == 0
    if not number.isdigit() or number == "0" * 18:
        assert any("没有一个完整有效的号码" in note for note in links.notes)


def test_all_numbers_masked() -> None:
    people = crowd(2_000)
    masked = people.with_columns(
        pl.concat_str(pl.col("身份证号").str.slice(0, 6), pl.lit("********"), pl.col("身份证号").str.slice(14))
    )
    again = masked.head(300).with_columns(pl.col("record") + 10_000)
    links = link(pl.concat([masked, again]), id="record")
    pairs = links.pairs.filter(pl.col("decision") == "link")
    assert pairs.filter(pl.col("right_id") - pl.col("left_id") == 10_000).height == 300
    assert pairs.height == 300
    assert any("没有一个完整有效的号码" in note for note in links.notes)


@pytest.mark.parametrize(
    ("kept", "enough"),
    [(("姓名",), 0), (("身份证号",), 1), (("电话",), 0), (("姓名", "电话"), 0.98), (("村", "出生日期"), 0)],
)
def test_columns_missing(kept: tuple[str, ...], enough: float) -> None:
    people = crowd(1_000).select("record", *kept)
    links = link(people, people.with_columns(pl.col("record") + 5_000), id="record")
    assert all(any(note.startswith(f"{side}：缺列") for note in links.notes) for side in ("左表", "右表"))
    pairs = links.pairs.filter(pl.col("decision") == "link")
    assert pairs.filter(pl.col("right_id") - pl.col("left_id") != 5_000).is_empty()
    assert enough * 1_000 <= pairs.height <= -(-enough // 1) * 1_000


@pytest.fixture(scope="module")
def district(population) -> pl.DataFrame:
    return population.dedup(80, duplicates=0.6, damage=0.6, seed=4)[0]


@settings(max_examples=6, deadline=None)
@given(shuffle=st.randoms(use_true_random=False), cut=st.integers(0, 120))
def test_the_order_of_rows_changes_nothing(district: pl.DataFrame, shuffle: random.Random, cut: int) -> None:
    order = shuffle.sample(range(district.height), district.height)
    one, other = link(district, id="record"), link(district[order], id="record")
    assert other.pairs.equals(one.pairs)
    assert other.entities is not None
    assert one.entities is not None
    assert other.entities.equals(one.entities)
    left, right = district.filter(pl.col("record") < cut), district.filter(pl.col("record") >= cut)
    mixed = [frame.sample(fraction=1.0, shuffle=True, seed=cut) for frame in (left, right)]
    assert link(*mixed, id="record").pairs.equals(link(left, right, id="record").pairs)
