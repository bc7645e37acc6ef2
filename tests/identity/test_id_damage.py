from __future__ import annotations

import datetime as dt

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from baoshen_audit.identity.id_damage import mask_parts, neighbours, prefix15
from baoshen_audit.identity.resident_id import check_char, pack, packed

bodies = st.builds(
    lambda area, day, seq: f"{area:06d}{day:%Y%m%d}{seq:03d}",
    st.integers(110000, 659999),
    st.dates(dt.date(1900, 1, 1), dt.date(2030, 12, 31)),
    st.integers(1, 999),
)


def around(number: str) -> list[int]:
    return neighbours(pl.DataFrame({"row": [0], "number": [number]}))["key"].to_list()


@given(bodies, st.integers(0, 17), st.integers(1, 9))
def test_every_wrong_digit_finds_its_origin(body: str, at: int, by: int) -> None:
    good = body + check_char(body)
    old = 10 if good[at] == "X" else int(good[at])
    bad = good[:at] + str((old + by) % 10) + good[at + 1 :]
    if bad != good:
        assert pack(good) in around(bad)


@given(bodies, st.integers(0, 16))
def test_every_swap_finds_its_origin(body: str, at: int) -> None:
    good = body + check_char(body)
    bad = good[:at] + good[at + 1] + good[at] + good[at + 2 :]
    if bad != good and "X" not in bad[:17]:
        assert pack(good) in around(bad)


@given(bodies, st.integers(0, 9))
def test_neighbours_are_valid_numbers(body: str, last: int) -> None:
    if str(last) == check_char(body):
        return
    keys = pl.DataFrame({"key": around(body + str(last))}, schema={"key": pl.Int64})
    text = keys.select(t=(pl.col("key") // 11).cast(pl.String), c=pl.col("key") % 11)
    assert all(check_char(t) == "0123456789X"[c] for t, c in text.rows())
    assert keys["key"].n_unique() == len(text) <= 36


def test_no_numbers() -> None:
    none = neighbours(pl.DataFrame(schema={"row": pl.Int64, "number": pl.String}))
    assert none.schema == {"row": pl.Int64, "key": pl.Int64}
    assert none.height == 0


def test_a_right_number_has_no_neighbours() -> None:
    body = "32041319900101123"
    assert around(body + check_char(body)) == []
    assert pl.DataFrame({"c": [body + check_char(body)]}).select(packed("c")).item() == pack(body + check_char(body))


def test_what_cut_and_masked_numbers_hold() -> None:
    cells = ["320413199001011238", "320413199001011000", "32041319900101", "320413********1238", "3204131990****", None]
    frame = pl.DataFrame({"c": cells})
    assert frame.select(prefix15("c")).to_series().to_list() == ["320413199001011"] * 2 + [None] * 4
    assert frame.select(mask_parts("c")).to_series().to_list() == [
        "3204131238",
        "3204131000",
        None,
        "3204131238",
        None,
        None,
    ]
