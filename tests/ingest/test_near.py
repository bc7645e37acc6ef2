"""Registers are cut to the people on the rolls, and no writing of a number lets anybody slip through."""

from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from baoshen_audit.identity.resident_id import check_char
from baoshen_audit.ingest import near
from baoshen_audit.ingest.load import load


def _number(sequence: int) -> str:
    body = f"32048219550102{sequence:03}"
    return body + check_char(body)


ROLL = pl.DataFrame({"姓名": ["甲山", "乙水"], "身份证号": [_number(1), _number(3)], "状态": ["在保", "在保"]})
WRITINGS = [
    lambda n: n,
    lambda n: f"\t{n}",
    lambda n: f"'{n}",
    lambda n: f'="{n}"',
    lambda n: n.lower(),
    " ".join,
    lambda n: n.translate(str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")),
    lambda n: n[:6] + n[8:17],
]


@given(st.lists(st.tuples(st.integers(1, 999), st.sampled_from(WRITINGS)), max_size=30))
def test_exactly_the_known_stay(rows: list[tuple[int, object]]) -> None:
    known = near.numbers([ROLL["身份证号"]])
    body = pl.DataFrame({"c0": [write(_number(n)) for n, write in rows]}, schema={"c0": pl.String})  # type: ignore[operator]
    kept = near.concerning(body.with_row_index("row"), [0], known)["row"].to_list()
    assert kept == [row for row, (n, _) in enumerate(rows) if n in (1, 3)]


def test_strangers_are_counted_and_not_typed() -> None:
    death = pl.DataFrame(
        {"逝者姓名": ["甲山", "丙"], "证件号": [_number(1), _number(5)], "死亡日期": ["2026-04-01"] * 2}
    )
    intake = load({"tekun": ROLL, "death": death}, month=date(2026, 6, 1), registers=frozenset({"death"}))
    assert intake.tables["death"].frame["name"].to_list() == ["甲山"]
    assert [source.rows for source in intake.sources if source.table == "death"] == [2]


@pytest.mark.parametrize("table", ["marriage", "death"])
def test_partners_stay(table: str) -> None:
    """A spouse on no roll: the death and the later marriage of that spouse are evidence too."""
    marriage = pl.DataFrame(
        {
            "男方姓名": ["甲山", "丁"],
            "男方身份证号": [_number(1), _number(9)],
            "女方姓名": ["丙", "丙"],
            "女方身份证号": [_number(5), _number(5)],
            "登记类别": ["结婚", "结婚"],
            "登记日期": ["2010-01-01", "2020-01-01"],
        }
    )
    death = pl.DataFrame({"逝者姓名": ["丙"], "证件号": [_number(5)], "死亡日期": ["2026-04-01"]})
    given_tables = {"tekun": ROLL, "marriage": marriage, "death": death}
    intake = load(given_tables, month=date(2026, 6, 1), registers=frozenset({"marriage", "death"}))
    assert intake.tables[table].frame.height == given_tables[table].height


def test_the_same_file_in_two_months_is_no_copy(tmp_path) -> None:
    for month in ("2026-05", "2026-06"):
        (tmp_path / month).mkdir()
        ROLL.write_csv(tmp_path / month / "特困人员.csv")
    ROLL.write_csv(tmp_path / "2026-06" / "特困人员副本.csv")
    intake = load(tmp_path, month=date(2026, 6, 1))
    assert [source.month for source in intake.sources] == [date(2026, 5, 1), date(2026, 6, 1)]
    assert [one.file for one in intake.unrecognised] == ["2026-06/特困人员副本.csv"]
