from __future__ import annotations

import datetime as dt

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from baoshen_audit.identity.resident_id import check_char, pack
from baoshen_audit.linkage.candidates import candidates
from baoshen_audit.linkage.cluster import clusters
from baoshen_audit.linkage.compare import equal
from baoshen_audit.linkage.people_levels import comparisons
from baoshen_audit.linkage.people_pairs import BirthClass, IdClass, compare_written, written_class
from baoshen_audit.linkage.people_prepare import prepare
from baoshen_audit.linkage.score import classify
from baoshen_audit.linkage.spec import Block, Comparison, Count, Level, key

BODY = "32048219500101123"
NUMBER = BODY + check_char(BODY)
OTHER = "32048219500101125" + check_char("32048219500101125")


def one_table(table: pl.DataFrame, columns: dict[str, str] | None = None) -> pl.DataFrame:
    [(ready, _)] = prepare([table], columns or {})
    return ready


def prepared(**cells: object) -> dict[str, object]:
    return one_table(pl.DataFrame({name: [cell] for name, cell in cells.items()})).row(0, named=True)


def test_headers_in_chinese_and_english() -> None:
    assert prepared(**{"公民身份号码": NUMBER, "户主 姓名": "张 三（残）"})["person"] == pack(NUMBER)
    assert prepared(**{"ID_No": NUMBER, "NAME": "張三"})["name"] == "张三"
    renamed = one_table(pl.DataFrame({"甲": [NUMBER]}), {"id_no": "甲"})
    assert renamed["person"].item() == pack(NUMBER)


def test_what_the_other_table_cannot_be_compared_with_is_not_read() -> None:
    cells = {"id_no": NUMBER, "name": "张三", "village": "东庄村", "address": "朱林镇东庄村3组", "phone": "13812345678"}
    frame = pl.DataFrame({name: [cell] for name, cell in cells.items()})
    contacts = ("village", "address", "phone", "account")

    def read(*headers: str) -> set[str]:
        (ready, notes), _ = prepare([frame, pl.DataFrame({header: ["无"] for header in headers})], {})
        assert notes == ["缺列，不作为证据：出生日期、性别、账号"]
        return {name for name in ("number", "name", "birth", *contacts) if ready[name].item() is not None}

    assert read(*cells) == {"number", "name", "birth", "village", "address", "phone"}
    assert read("姓名", "身份证号") == {"number", "name", "birth"}
    # an address names a village, a number a birth date
    assert read("姓名", "村") == {"name", "village", "address"}
    assert read("姓名", "住址", "出生日期") == {"name", "number", "birth", "village", "address"}


def test_each_of_two_tables_gets_its_own_rows() -> None:
    roll = pl.DataFrame({"姓名": ["张三", "李四", "张三"], "身份证号": [NUMBER, None, OTHER]})
    deaths = pl.DataFrame({"死者姓名": ["李四", "王五"], "性别": ["男", "女"]})
    for tables in ([roll, deaths], [deaths, roll], [roll, pl.DataFrame({"编号": ["1", "2"]})], [roll, roll.clear()]):
        together = prepare(tables, {})
        assert [ready["row"].to_list() for ready, _ in together] == [list(range(table.height)) for table in tables]
        for table, (ready, _) in zip(tables, together, strict=True):
            alone = one_table(table)
            assert ready.columns == alone.columns
            # what is there is what the table alone would give; what the other cannot be compared with is not
            assert all(
                ready[name].equals(alone[name]) or ready[name].null_count() == ready.height for name in alone.columns
            )
    named, _ = prepare([deaths, roll], {})[0]
    assert named["name"].to_list() == ["李四", "王五"]


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("1950-01-02", dt.date(1950, 1, 2)),
        ("1950/1/2", dt.date(1950, 1, 2)),
        ("1950.01.02", dt.date(1950, 1, 2)),
        ("1950年1月2日", dt.date(1950, 1, 2)),
        ("19500102", dt.date(1950, 1, 2)),
        ("1950-01-02 00:00:00", dt.date(1950, 1, 2)),
        ("1950-12-31", dt.date(1950, 12, 31)),
        ("1950年12月", None),
        ("195012", None),
        ("18264", None),
        ("1950-02-30", None),
        (None, None),
    ],
)
def test_birth_dates(cell: str | None, day: dt.date | None) -> None:
    ready = one_table(pl.DataFrame({"出生日期": [cell]}, schema={"出生日期": pl.String}))
    assert ready["birth"].item() == day


def test_birth_dates_already_typed_or_only_in_the_number() -> None:
    assert prepared(birth_date=dt.date(1950, 1, 2))["birth"] == dt.date(1950, 1, 2)
    assert prepared(id_no=NUMBER)["birth"] == dt.date(1950, 1, 1)
    assert prepared(id_no=NUMBER[:14])["birth"] == dt.date(1950, 1, 1)


@pytest.mark.parametrize(
    ("cells", "column", "value"),
    [
        ({"phone": "11111111111"}, "phone", None),
        ({"phone": "无"}, "phone", None),
        ({"village": "村"}, "village", None),
        ({"address": "无"}, "address", None),
        ({"sex": "女性"}, "sex", False),
        ({"id_no": NUMBER}, "sex", True),
        ({"id_no": NUMBER[:15] + "000"}, "person", None),
        ({"id_no": NUMBER[:15] + "000"}, "prefix", int(NUMBER[:15])),
        ({"id_no": "3.20482E+17"}, "id_text", None),
        ({"id_no": "0" * 18}, "id_text", None),
    ],
)
def test_prepared_cells(cells: dict[str, object], column: str, value: object) -> None:
    assert prepared(**cells)[column] == value


@pytest.mark.parametrize(
    ("one", "other", "column"),
    [
        ({"phone": "+86 138-1234-5678"}, {"phone": "13812345678"}, "phone"),
        ({"phone": "0519-82812345"}, {"phone": "(0519)82812345"}, "phone"),
        ({"village": "东庄村民委员会"}, {"village": "东庄"}, "village"),
        ({"address": "江苏省常州市金坛区朱林镇东庄村3组12号"}, {"village": "东庄"}, "village"),
        ({"village": "东庄村", "address": "朱林镇西庄村3组"}, {"village": "东庄"}, "village"),
        ({"id_no": "320482********1234"}, {"id_no": "320482195001011234"}, "ends"),
        ({"name": "张辉"}, {"name": "張 晖"}, "sound"),
        ({"name": "林英"}, {"name": "林因"}, "near"),
        ({"name": "林英"}, {"name": "林强"}, "surname"),
    ],
)
def test_two_spellings_get_one_code(one: dict[str, object], other: dict[str, object], column: str) -> None:
    assert prepared(**one)[column] == prepared(**other)[column] is not None


def level(name: str, ready: pl.DataFrame) -> list[int | None]:
    """What a comparison says of the first two rows, and of them exchanged."""
    pairs = pl.DataFrame({"l": [0, 1], "r": [1, 0]})
    return classify(pairs, ready, ready, [c for c in comparisons() if c.name == name])[name].to_list()


def id_class(one: str, other: str) -> int | None:
    ready = one_table(pl.DataFrame({"id_no": [one, other]}))
    code, turned = level("id", ready)
    assert turned == code
    return code


WRONG = NUMBER[:10] + ("2" if NUMBER[10] != "2" else "3") + NUMBER[11:]
SWAPPED = NUMBER[:7] + NUMBER[8] + NUMBER[7] + NUMBER[9:]


@pytest.mark.parametrize(
    ("one", "other", "code"),
    [
        (NUMBER, NUMBER, IdClass.EQUAL),
        (NUMBER, NUMBER[:6] + NUMBER[8:17], IdClass.EQUAL_OLD),
        (NUMBER, WRONG, IdClass.NEIGHBOUR),
        (NUMBER, SWAPPED, IdClass.NEIGHBOUR),
        (NUMBER, NUMBER[:15] + "000", IdClass.PREFIX),
        (NUMBER, "320482195001019000", IdClass.MISFIT),
        (NUMBER, "320482********" + NUMBER[14:], IdClass.ENDS),
        (NUMBER, "320482195001******", IdClass.MASKED),
        (NUMBER, "320482********9999", IdClass.MISFIT),
        (WRONG, WRONG, IdClass.SAME_TEXT),
        (NUMBER, NUMBER[:14], IdClass.CUT),
        (NUMBER, NUMBER[:17], IdClass.PREFIX),
        (NUMBER, NUMBER[:12] + NUMBER[13:], IdClass.CLOSE),
        (NUMBER, "320482199912310000", IdClass.MISFIT),
        (NUMBER, "110101199912311235", IdClass.DISSIMILAR),
        (NUMBER, OTHER, IdClass.CONFLICT),
        (NUMBER, "无", None),
        (NUMBER, "E12345678", None),
    ],
)
def test_id_classes(one: str, other: str, code: IdClass | None) -> None:
    assert id_class(one, other) == code


slips = st.lists(st.tuples(st.integers(0, 17), st.sampled_from("0123456789X*"), st.booleans()), max_size=4)
cuts = st.sampled_from([18, 18, 18, 17, 15, 14, 12])


@given(st.lists(st.tuples(slips, cuts, st.booleans()), min_size=1, max_size=20))
def test_texts_are_told_by_column_as_one_by_one(damages: list[tuple[list[tuple[int, str, bool]], int, bool]]) -> None:
    pairs = []
    for at, (changes, length, old) in enumerate(damages):
        text = NUMBER
        for place, char, shift in changes:
            # a character in another's place, or one put in and the last pushed out
            text = text[:place] + char + (text[place:-1] if shift else text[place + 1 :])
        text = text[:6] + text[8:17] if old else text[:length]
        pairs.append((NUMBER, text) if at % 2 else (text, NUMBER))
    frame = pl.DataFrame(pairs, schema=["a", "b"], orient="row")
    assert compare_written(frame).to_list() == [int(written_class(a, b)) for a, b in pairs]


@pytest.mark.parametrize(
    ("one", "other", "code"),
    [
        ("1950-03-04", "1950-03-04", BirthClass.EQUAL),
        ("1950-03-04", "1950-04-03", BirthClass.SWAPPED),
        ("1950-03-04", "1951-03-04", BirthClass.YEAR_OFF),
        ("1950-03-04", "1960-03-04", BirthClass.SLIP),
        ("1950-03-04", "1950-01-01", BirthClass.DEFAULT),
        ("1950-03-24", "1950-04-29", BirthClass.LUNAR),
        ("1950-03-04", "1987-11-23", BirthClass.DIFFERENT),
    ],
)
def test_birth_classes(one: str, other: str, code: BirthClass) -> None:
    born = pl.DataFrame({"birth": [dt.date.fromisoformat(one), dt.date.fromisoformat(other)]})
    assert level("birth", born) == [code, code]
    assert level("birth", born.with_columns(birth=pl.Series([born["birth"][0], None]))) == [None, None]


def frame(*keys: str | None) -> pl.DataFrame:
    return pl.DataFrame({"row": range(len(keys)), "k": keys}, schema={"row": pl.UInt32, "k": pl.String})


def test_null_keys_never_meet() -> None:
    pairs, capped = candidates(frame("a", None, "a", None), None, [Block("b", key("k"))], None)
    assert pairs.select("l", "r").rows() == [(0, 2)]
    assert capped == []


def test_each_pair_once_with_its_first_block() -> None:
    pairs, _ = candidates(frame("a", "a"), frame("a"), [Block("b", key("k")), Block("c", key("k"))], None)
    assert pairs.rows() == [(0, 0, 0), (1, 0, 0)]


def test_capped_blocks_are_reported() -> None:
    rows = frame(*["a"] * 10, "b", "b")
    pairs, capped = candidates(rows, None, [Block("big", key("k"), cap=50)], None)
    assert pairs.select("l", "r").rows() == [(10, 11)]
    assert [(c.block, c.keys, c.pairs, c.starred) for c in capped] == [("big", 1, 100, False)]
    starred, _ = candidates(rows, None, [Block("big", key("k"), cap=50, star=True)], None)
    assert starred.height == 10


def test_pairs_of_two_identified_records_only_where_asked() -> None:
    rows = frame("a", "a", "a").with_columns(person=pl.Series([1, 2, None]))
    few, _ = candidates(rows, None, [Block("b", key("k"))], "person")
    assert few.select("l", "r").rows() == [(0, 2), (1, 2)]
    every, _ = candidates(rows, None, [Block("b", key("k"), identified=True)], "person")
    assert every.height == 3


def test_unknown_columns_propose_nothing() -> None:
    pairs, _ = candidates(frame("a", "a"), None, [Block("b", key("nothing"))], None)
    assert pairs.height == 0


def test_a_cluster_never_joins_two_identifiers() -> None:
    links = pl.DataFrame({"a": [0, 1, 2], "b": [1, 2, 3], "score": [9.0, 5.0, 9.0]})
    entity, refused = clusters(links, 4, pl.Series([7, None, None, 8]))
    assert entity.to_list() == [0, 0, 2, 2]
    assert refused.to_list() == [False, True, False]


@given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7), st.integers(0, 5)), max_size=20), st.randoms())
def test_clusters_do_not_depend_on_order(edges, shuffle) -> None:
    edges = list({(min(a, b), max(a, b)): (min(a, b), max(a, b), float(s)) for a, b, s in edges if a != b}.values())
    known = pl.Series([1, None, 2, None, None, 1, None, None], dtype=pl.Int64)
    schema = {"a": pl.Int64, "b": pl.Int64, "score": pl.Float64}
    one, _ = clusters(pl.DataFrame(edges, schema=schema, orient="row"), 8, known)
    shuffle.shuffle(edges)
    other, _ = clusters(pl.DataFrame(edges, schema=schema, orient="row"), 8, known)
    assert one.equals(other)
    held = pl.DataFrame({"e": one, "k": known}).drop_nulls().group_by("e").agg(pl.col("k").n_unique())
    assert held.is_empty() or held["k"].max() == 1


def test_a_costly_comparison_has_given_shares() -> None:
    counted = (Level(1, "相同", "same", 0.9, Count("a")),)
    with pytest.raises(ValueError, match="costly"):
        Comparison("a", "甲", ("a",), equal("a"), counted, costly=True)
