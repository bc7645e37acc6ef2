from __future__ import annotations

import random

import polars as pl
import pytest

from baoshen_audit.errors import InputError
from baoshen_audit.identity.resident_id import check_char
from baoshen_audit.linkage.evaluate import evaluate
from baoshen_audit.linkage.links import Links, link


@pytest.fixture(scope="module")
def dedup(population) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame, Links]:
    table, truth, hard = population.dedup(5000)
    return table, truth, hard, link(table, id="record")


def test_duplicates_are_found_and_relatives_left_apart(dedup) -> None:
    _, truth, hard, links = dedup
    found = evaluate(links, truth, hard)
    assert found.f1 >= 0.99
    assert found.precision >= 0.995
    assert found.best_f1 - found.f1 < 0.005
    assert max(found.false["share"]) <= 0.02
    assert set(found.false["kind"]) == {"twin", "sibling", "father-son", "namesake"}


def test_recall_without_a_number_and_with_a_damaged_name(dedup) -> None:
    _, truth, _, links = dedup
    lost = truth.filter(
        pl.col("kind").str.contains("id:(?:missing|scientific).*name:|name:.*id:(?:missing|scientific)")
    )
    assert lost.height >= 5
    assert evaluate(links, lost).recall >= 0.85


def test_shape_of_the_result(dedup) -> None:
    table, _, _, links = dedup
    pairs = links.pairs
    assert pairs.columns == ["left_id", "right_id", "score", "decision", "tier", "reason", "reason_en"]
    assert pairs["left_id"].dtype == table["record"].dtype
    assert (pairs["left_id"] < pairs["right_id"]).all()
    assert set(pairs["decision"]) <= {"link", "review"}
    assert set(pairs["tier"]) <= {"M1", "M2", "M3", "M4", "M5", "M6"}
    assert pairs.null_count().sum_horizontal().item() == 0
    assert links.evidence.height == pairs.height


def test_nobody_is_linked_by_name_alone(dedup) -> None:
    links = dedup[3].pairs.filter(pl.col("decision") == "link")
    assert "M6" not in set(links["tier"])


def test_no_entity_holds_two_valid_numbers(dedup) -> None:
    table, _, _, links = dedup
    assert links.entities is not None
    people = links.left.select("person").with_columns(id=links.left_ids).join(links.entities, on="id")
    per_entity = people.drop_nulls("person").group_by("entity").agg(pl.col("person").n_unique())
    assert per_entity["person"].max() == 1
    assert links.entities.height == table.height
    joined = links.pairs.filter(pl.col("decision") == "link").join(links.entities, left_on="left_id", right_on="id")
    joined = joined.join(links.entities, left_on="right_id", right_on="id", suffix="_r")
    assert (joined["entity"] == joined["entity_r"]).all()


def test_row_order_does_not_matter(dedup) -> None:
    table, _, _, links = dedup
    again = link(table.sample(fraction=1.0, shuffle=True, seed=3), id="record")
    assert again.pairs.equals(links.pairs)
    assert again.entities is not None
    assert links.entities is not None
    assert again.entities.equals(links.entities)


@pytest.mark.parametrize(
    ("columns", "rows", "hit", "least"),
    [(["name", "id_no", "sex", "village"], 2000, 0.5, 0.985), (["name", "id_no", "phone"], 6000, 1.0, 0.985)],
)
def test_feeds(population, columns: list[str], rows: int, hit: float, least: float) -> None:
    roll, feed, truth, hard = population.feed(10_000, rows=rows, hit=hit, columns=columns)
    links = link(roll, feed, id="record")
    found = evaluate(links, truth, hard)
    assert links.entities is None
    assert found.f1 >= least
    assert found.precision >= 0.995
    assert any(note.startswith("右表：缺列") for note in links.notes)


BODY = "32048219500101123"
NUMBER = BODY + check_char(BODY)
WRONG = BODY + ("0" if NUMBER[-1] != "0" else "1")


def table(*rows: dict[str, object]) -> pl.DataFrame:
    filled = [
        {"record": i, "姓名": None, "身份证号": None, "出生日期": None, "村": None, **row} for i, row in enumerate(rows)
    ]
    return pl.DataFrame(filled, infer_schema_length=None)


def only(links: Links) -> tuple[str, str] | None:
    assert links.pairs.height <= 1
    return links.pairs.select("decision", "tier").row(0) if links.pairs.height else None


@pytest.mark.parametrize(
    ("one", "other", "outcome"),
    [
        ({"姓名": "陸顔", "身份证号": NUMBER}, {"姓名": "陆颜", "身份证号": NUMBER}, ("link", "M1")),
        ({"姓名": "王红", "身份证号": NUMBER}, {"姓名": "李刚", "身份证号": NUMBER}, ("review", "M2")),
        ({"姓名": "王红", "身份证号": NUMBER}, {"姓名": None, "身份证号": NUMBER}, ("link", "M2")),
        ({"姓名": "王红", "身份证号": NUMBER}, {"姓名": "王红", "身份证号": NUMBER[:6] + NUMBER[8:17]}, ("link", "M3")),
        ({"姓名": "王红霞", "身份证号": NUMBER}, {"姓名": "王红霞", "身份证号": WRONG}, ("link", "M3")),
        ({"姓名": "王红霞", "身份证号": NUMBER}, {"姓名": "王建国", "身份证号": WRONG}, None),
        ({"姓名": "无", "身份证号": "0" * 18}, {"姓名": "无", "身份证号": "0" * 18}, None),
        ({"姓名": "张某某", "身份证号": "无"}, {"姓名": "张某某", "身份证号": "无"}, None),
        ({"姓名": "王红霞"}, {"姓名": "王红霞"}, None),
    ],
)
def test_two_records_among_many(one: dict[str, object], other: dict[str, object], outcome) -> None:
    assert only(link(_crowd(one, other), id="record")) == outcome


def _crowd(*rows: dict[str, object]) -> pl.DataFrame:
    """The rows among five hundred strangers: what an agreement is worth depends on the others."""
    rng = random.Random(5)  # noqa: S311
    strangers = []
    for i in range(500):
        body = f"3204221970{1 + i % 12:02d}{1 + i % 28:02d}{i % 999 + 1:03d}"
        name = rng.choice("赵钱孙李周吴郑王") + rng.choice("山河湖海川原峰林") + rng.choice("春夏秋冬晨晓夕夜")
        strangers.append({"姓名": f"{name}", "身份证号": body + check_char(body)})
    return table(*rows, *strangers)


def test_twins_with_two_valid_numbers_are_never_linked() -> None:
    second = BODY[:-1] + "5"
    twins = [
        {"姓名": "王建军", "身份证号": NUMBER, "出生日期": "1950-01-01", "村": "东庄村"},
        {"姓名": "王建君", "身份证号": second + check_char(second), "出生日期": "1950-01-01", "村": "东庄村"},
    ]
    links = link(_crowd(*twins), id="record")
    assert "link" not in set(links.pairs["decision"])


@pytest.mark.parametrize("number", [NUMBER, WRONG, None, "320482********1234"])
def test_a_hundred_thousand_identical_rows(number: str | None) -> None:
    rows = pl.DataFrame({"record": range(100_000)}).with_columns(
        pl.lit("王红").alias("姓名"), pl.lit(number, pl.String).alias("身份证号"), pl.lit("13812345678").alias("电话")
    )
    links = link(rows, id="record")
    assert any("取值过大" in note for note in links.notes)
    assert links.entities is not None
    if number == NUMBER:
        assert links.entities["entity"].n_unique() == 1


def test_tables_with_nothing_to_link_by() -> None:
    full, empty = table({"姓名": "王红", "身份证号": NUMBER}), table({}).clear()
    assert link(full, empty, id="record").pairs.height == 0
    assert link(empty, id="record").pairs.height == 0
    bare = link(full.select("record"), full.select("record"), id="record")
    assert bare.pairs.height == 0
    assert any("无法关联" in note for note in bare.notes)
    masked = link(table({"姓名": "王*", "身份证号": "320482********1234"}), id="record")
    assert any("没有一个完整有效的号码" in note for note in masked.notes)


@pytest.mark.parametrize(
    "frame", [pl.DataFrame({"a": [1]}), pl.DataFrame({"record": [1, 1]}), pl.DataFrame({"record": [1, None]})]
)
def test_ids_must_name_the_records(frame: pl.DataFrame) -> None:
    with pytest.raises(InputError):
        link(frame, id="record")
