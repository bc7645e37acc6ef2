from __future__ import annotations

import datetime as dt

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from baoshen_audit.identity import resident_id as rid

BODY = "32041319900101123"
GOOD = BODY + rid.check_char(BODY)
OLD = "320413900101123"


def number(body: str) -> str:
    return body + rid.check_char(body)


def one(cell: str | None) -> dict[str, object]:
    frame = pl.DataFrame({"c": [cell]}, schema={"c": pl.String})
    return frame.select(rid.parsed("c").struct.unnest()).row(0, named=True)


STATUSES = [
    (GOOD, "valid18"),
    ("　".join(GOOD), "valid18"),
    (f'="{GOOD}"', "valid18"),
    ("'" + GOOD, "valid18"),
    ("320413-19900101-" + GOOD[-4:], "valid18"),
    ("11010519491231002x", "valid18"),
    ("11010519491231002×", "valid18"),
    (number("81000019900101123"), "valid18_hmt"),
    (number("83000019900101123"), "valid18_hmt"),
    (number("93200019900101123"), "valid18_foreign"),
    (OLD, "upgraded15"),
    ("320413900101998", "bad_date"),
    ("320413901301123", "bad_date"),
    (number("32041319901301123"), "bad_date"),
    (BODY + ("0" if GOOD[-1] != "0" else "1"), "bad_check"),
    (BODY, "malformed"),
    (GOOD + "42", "malformed"),
    ("张三", "malformed"),
    ("320413********1234", "masked"),
    ("320413XXXXXXXX1234", "masked"),
    ("**************1234", "masked"),
    ("3.20413E+17", "excel_damaged"),
    (GOOD + ".0", "excel_damaged"),
    ("320413199001012000", "excel_damaged"),
    ("1" * 18, "placeholder"),
    ("0", "placeholder"),
    ("暂无", "placeholder"),
    ("/", "placeholder"),
    ("E12345678", "other_document"),
    ("H12345678", "other_document"),
    ("政字第12345号", "other_document"),
    ("", "missing"),
    (" \u3000", "missing"),
    (None, "missing"),
]


@pytest.mark.parametrize(("cell", "status"), STATUSES)
def test_status(cell: str | None, status: str) -> None:
    found = one(cell)
    assert found["status"] == status
    assert status in rid.STATUSES
    keyed = status.startswith(("valid", "upgraded")) or cell == number("32041319901301123")
    assert (found["key"] is not None) == keyed


def test_statuses_do_not_depend_on_neighbours() -> None:
    frame = pl.DataFrame({"c": [cell for cell, _ in STATUSES]})
    assert frame.select(rid.id_status("c")).to_series().to_list() == [status for _, status in STATUSES]
    assert frame.select(rid.id_status("c"), k=rid.packed("c")).rows() == [
        (one(cell)["status"], one(cell)["key"]) for cell, _ in STATUSES
    ]


def test_what_a_number_tells() -> None:
    frame = pl.DataFrame({"c": [GOOD, OLD, "320413199001011231", None, number("32041319900101124")]})
    told = frame.select(b=rid.birth_date("c"), s=rid.sex("c"), k=rid.packed("c"))
    day = dt.date(1990, 1, 1)
    assert told.select("b", "s").rows() == [(day, "男"), (day, "男"), (None, None), (None, None), (day, "女")]
    assert told["k"].dtype == pl.Int64
    assert told["k"][0] == told["k"][1] == rid.pack(GOOD)


def test_upgrade() -> None:
    frame = pl.DataFrame({"c": [OLD, GOOD, "320413900101996", "111111111111111", None]})
    assert frame.select(rid.upgrade("c")).to_series().to_list() == [GOOD, None, None, None, None]


def test_column_without_rows_or_values() -> None:
    empty = pl.DataFrame(schema={"c": pl.String}).select(rid.parsed("c").struct.unnest())
    assert empty.shape == (0, 5)
    nulls = pl.DataFrame({"c": [None, None]}).select(rid.id_status("c"), k=rid.packed("c"))
    assert nulls.rows() == [("missing", None)] * 2


def test_lazy_frames_work() -> None:
    lazy = pl.LazyFrame({"c": [GOOD, None]}).with_columns(k=rid.packed("c"), s=rid.id_status("c"))
    assert lazy.collect().get_column("s").to_list() == ["valid18", "missing"]


@pytest.mark.parametrize("call", [lambda: rid.check_char("12"), lambda: rid.pack(GOOD[:-1] + "Y")])
def test_scalar_helpers_refuse(call) -> None:
    with pytest.raises(ValueError, match=r"digits|character"):
        call()


bodies = st.builds(
    lambda first, area, day, seq: f"{first}{area:05d}{day:%Y%m%d}{seq:03d}",
    st.integers(1, 9),
    st.integers(0, 99999),
    st.dates(dt.date(1890, 1, 1), dt.date(2099, 12, 31)),
    st.integers(1, 999),
)


@given(st.lists(bodies, min_size=1, max_size=20))
def test_pack_and_unpack_over_all_prefixes(some: list[str]) -> None:
    numbers = [number(body) for body in some]
    frame = pl.DataFrame({"c": numbers}).with_columns(k=rid.packed("c"))
    assert frame.select(rid.unpack("k")).to_series().to_list() == numbers
    assert frame["k"].to_list() == [rid.pack(n) for n in numbers]
    assert [rid.unpack_text(k) for k in frame["k"]] == numbers


@given(bodies, st.integers(0, 17), st.integers(1, 9))
def test_every_changed_digit_loses_the_key(body: str, at: int, by: int) -> None:
    good = number(body)
    if not good[at].isdigit():
        return
    bad = good[:at] + str((int(good[at]) + by) % 10) + good[at + 1 :]
    assert pl.DataFrame({"c": [bad]}).select(rid.packed("c")).item() is None


@given(st.text(max_size=24))
def test_any_text_has_a_status_and_normalising_is_idempotent(text: str) -> None:
    frame = pl.DataFrame({"c": [text]})
    assert frame.select(rid.id_status("c")).item() in rid.STATUSES
    once = frame.select(c=rid.normal("c"))
    assert once.select(rid.normal("c")).item() == once.item()
