"""The overlay of regions, looking values up, and what is missing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from baoshen_audit.errors import PolicyError
from baoshen_audit.policy import Citation, Key, Level, Policy, PolicyMissing, Value, load_policy

from .conftest import CITED, value

Office = Callable[..., Path]
TOWN = {"urban_rural": '"城市"'}
JUNE = date(2026, 6, 1)
DAY_ZERO = date(2020, 1, 1)
LEVELS = ("CN", "32", "3204", "320499")


def made(level: str, start: int, length: int | None, setting: int, *, rank: int = 0, place: str = "城市") -> Value:
    """A value that starts `start` days after day zero and holds `length` further days."""
    begin = DAY_ZERO + timedelta(days=start)
    return Value(
        key="a.b",
        dims=(("place", place),),
        from_=begin,
        to_=None if length is None else begin + timedelta(days=length),
        is_=setting,
        unit="分",
        cite="doc",
        checked_on=date(2026, 11, 1),
        status="confirmed",
        level=level,
        rank=rank,
        source="test",
    )


def policy_of(*values: Value) -> Policy:
    key = Key("a.b", "甲", "int", "分", {"place": ()})
    return Policy("320499", tuple(Level(code, "") for code in LEVELS), {"a.b": key}, values, {})


@st.composite
def overlays(draw: st.DrawFn) -> Policy:
    """Any overlay: per level and file a few values that do not overlap one another."""
    values: list[Value] = []
    for level in LEVELS:
        for rank in range(draw(st.integers(0, 2))):
            for place in ("城市", "农村"):
                start = 0
                for number in range(draw(st.integers(0, 3))):
                    start += draw(st.integers(0, 30))
                    open_end = draw(st.booleans()) and number == 2
                    length = None if open_end else draw(st.integers(0, 30))
                    values.append(made(level, start, length, len(values), rank=rank, place=place))
                    start += (length or 0) + 1
    return policy_of(*values)


@given(overlays(), st.lists(st.integers(-5, 160), min_size=1, max_size=20), st.sampled_from(["城市", "农村"]))
def test_the_frame_and_get_agree_on_every_day(policy: Policy, days: list[int], place: str) -> None:
    spans = policy.frame("a.b").filter(place=place)
    for day in (DAY_ZERO + timedelta(days=d) for d in days):
        rows = spans.filter((pl.col("from") <= day) & (pl.col("to").is_null() | (pl.col("to") >= day)))
        try:
            found = [policy.get("a.b", day, place=place).integer]
        except PolicyMissing:
            found = []
        assert rows["value"].to_list() == found


@given(overlays())
def test_the_winner_is_the_most_local_and_latest_file(policy: Policy) -> None:
    order = {level: number for number, level in enumerate(LEVELS)}
    for step in range(0, 160, 7):
        day = DAY_ZERO + timedelta(days=step)
        in_force = [v for v in policy.values if v.covers(day) and v.dims == (("place", "城市"),)]
        if in_force:
            assert policy.get("a.b", day, place="城市") == max(in_force, key=lambda v: (order[v.level], v.rank))


@given(overlays())
def test_spans_do_not_overlap_and_equal_neighbours_are_one_value(policy: Policy) -> None:
    for place in ("城市", "农村"):
        rows = policy.frame("a.b").filter(place=place).rows()
        for (_, _, to, setting), (_, start, _, following) in pairwise(rows):
            assert to is not None
            assert to < start
            assert setting != following or to + timedelta(days=1) < start


@given(overlays(), st.randoms(use_true_random=False))
def test_nothing_depends_on_the_order_of_the_values(policy: Policy, random: object) -> None:
    shuffled = list(policy.values)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    other = policy_of(*shuffled)
    assert_frame_equal(other.frame("a.b"), policy.frame("a.b"))
    if policy.values:
        assert other.covers == policy.covers


@given(overlays())
def test_covers_is_a_run_of_the_most_local_values(policy: Policy) -> None:
    if not policy.values:
        return
    start, end = policy.covers
    local = max((v.level for v in policy.values), key=LEVELS.index)
    own = [v for v in policy.values if v.level == local]
    day = start
    while day <= (end or start + timedelta(days=100)):
        assert any(v.covers(day) for v in own)
        day += timedelta(days=1)
    assert not any(v.covers(start - timedelta(days=1)) for v in own)
    assert end is None or not any(v.from_ > end for v in own)


def test_the_most_local_level_wins_only_while_it_is_in_force() -> None:
    policy = policy_of(made("CN", 0, None, 1), made("320499", 10, 4, 2))
    rows = policy.frame("a.b").select("from", "to", "value").rows()
    day = [DAY_ZERO + timedelta(days=n) for n in range(20)]
    assert rows == [(day[0], day[9], 1), (day[10], day[14], 2), (day[15], None, 1)]


def test_a_weaker_value_inside_a_stronger_one_cuts_nothing() -> None:
    policy = policy_of(made("320499", 0, None, 2), made("CN", 5, 3, 1))
    assert policy.frame("a.b").select("from", "to", "value").rows() == [(DAY_ZERO, None, 2)]


def test_an_office_file_wins_within_its_level_and_the_later_file_over_the_earlier(office: Office) -> None:
    first = office("320413", value("dibao.standard", "110000", '"2026-01"', **TOWN), name="a.toml")
    second = office("320413", value("dibao.standard", "120000", '"2026-05"', to='"2026-05"', **TOWN), name="b.toml")
    province = office("32", value("dibao.standard", "130000", '"2026-01"', **TOWN), name="c.toml")
    policy = load_policy("320413", extra=[first, second, province])
    by_month = policy.by_month("dibao.standard", [date(2026, m, 1) for m in (1, 5, 6)] + [date(2025, 12, 1)])
    town = by_month.filter(urban_rural="城市").select("month", "value").rows()
    assert town == [
        (date(2025, 12, 1), 102_000),
        (date(2026, 1, 1), 110_000),
        (date(2026, 5, 1), 120_000),
        (date(2026, 6, 1), 110_000),
    ]
    assert by_month.filter(urban_rural="农村")["value"].to_list() == [102_000] * 4


def test_the_county_pack_overrides_the_nation(office: Office) -> None:
    path = office("320413", value("dibao.mode", '"分档"', '"2026-01"', unit='"代码"'))
    policy = load_policy("320413", extra=[path])
    assert policy.get("dibao.mode", JUNE).text == "分档"
    assert policy.get("dibao.mode", date(2025, 12, 1)).text == "补差"
    steps = policy.explain("dibao.mode", JUNE)
    assert [(s.level.code, s.value.text if s.value else None, s.wins) for s in steps] == [
        ("CN", "补差", False),
        ("32", None, False),
        ("3204", None, False),
        ("320413", "分档", True),
    ]


def test_explain_narrows_by_dimension_and_shows_an_overridden_file(office: Office) -> None:
    path = office("320413", value("dibao.standard", "110000", '"2026-01"', **TOWN))
    policy = load_policy("320413", extra=[path])
    steps = policy.explain("dibao.standard", JUNE, urban_rural="城市")
    assert [(s.value.integer, s.wins) for s in steps if s.value] == [(102_000, False), (110_000, True)]
    assert sum(s.wins for s in policy.explain("dibao.standard", JUNE)) == 2
    pair = policy.explain("exclusion.mode", JUNE, a="tekun", b="dibao")
    assert [s.value.text for s in pair if s.value] == ["X"]
    with pytest.raises(PolicyError, match="维度应为"):
        policy.explain("dibao.standard", JUNE, category="城市")


def test_a_month_without_policy_says_so_and_what_there_is() -> None:
    policy = load_policy("320413")
    assert policy.covers == (date(2024, 7, 1), None)
    with pytest.raises(PolicyMissing) as caught:
        policy.get("dibao.standard", date(2024, 6, 1), urban_rural="城市")
    assert caught.value.exit_code == 2
    assert caught.value.message == "地区 320413 在 2024-06-01 没有低保标准(dibao.standard,城市)的有效值"
    known = "2024-07-01 至 2025-06-30、2025-07-01 至 今"
    assert caught.value.hint == f"已有值的期间:{known};请用 --policy FILE 补充当期的值并注明依据。"
    with pytest.raises(PolicyMissing) as caught:
        policy_of().get("a.b", JUNE, place="城市")
    assert caught.value.hint == "已有值的期间:无;请用 --policy FILE 补充当期的值并注明依据。"


def test_the_digest_is_the_same_on_every_machine() -> None:
    """A report names the digest of the policy it was made with: a later version must be able to give it again."""
    documents = {
        "doc": Citation("doc", "某办法", "1号", "某县", "2020", DAY_ZERO, date(2030, 1, 1), "local", True, {}),
        "other": Citation("other", "另一办法", "", "某县", "2020", None, None, "local", True, {}),
    }
    values = (made("CN", 0, None, 1), made("320499", 10, 4, 2), replace(made("32", 5, 7, 3), cite="other#1"))
    policy = replace(policy_of(*values), citations=documents)
    assert policy.digest == "97c583bd1fb4efc6fe687500731720b462347d139fd141a6b7acb671411648e1"


def test_missing_names_dimensions_and_runs_of_months(office: Office) -> None:
    path = office("320499", value("dibao.standard", "1", '"2025-01"', **TOWN))
    policy = load_policy("320499", extra=[path])
    months = [date(2024, m, 1) for m in (12, 10, 11)] + [date(2025, 1, 1)]
    texts = [m.text for m in policy.missing(["dibao.standard", "dibao.rounding", "dibao.mode"], months)]
    assert texts == [
        "补差取整方式(按户总额)(dibao.rounding)2024-10 至 2025-01 无有效值",
        "低保标准(dibao.standard,农村)2024-10 至 2025-01 无有效值",
        "低保标准(dibao.standard,城市)2024-10 至 2024-12 无有效值",
    ]
    assert policy.missing(["dibao.mode"], months) == []


def test_unconfirmed_counts_what_wins(office: Office) -> None:
    policy = load_policy("320413")
    assert {v.is_ for v in policy.unconfirmed(["dibao.standard"])} == {98_000, 102_000}
    assert {v.is_ for v in policy.unconfirmed(["dibao.standard", "dibao.mode"], JUNE)} == {102_000}
    confirmed = value("dibao.standard", "104000", '"2025-07"', urban_rural='["城市", "农村"]', cite='"county-2020"')
    path = office("320413", CITED.format(id="county-2020"), confirmed)
    assert load_policy("320413", extra=[path]).unconfirmed(["dibao.standard"], JUNE) == []


def test_an_unknown_key_or_dimension_is_a_mistake_of_the_caller() -> None:
    policy = load_policy("320413")
    with pytest.raises(PolicyError) as caught:
        policy.get("dibao.standart", JUNE)
    assert (caught.value.message, caught.value.hint) == (
        "政策数据没有“dibao.standart”这一项", "是否指 dibao.standard?"
    )  # fmt: skip
    with pytest.raises(PolicyError) as caught:
        policy.get("something.else", JUNE)
    assert caught.value.hint == "用 [[key]] 登记后方可引用。"
    for ask in (policy.get, policy.explain):
        with pytest.raises(PolicyError) as caught:
            ask("dibao.review_months", JUNE, c="城市")
        assert caught.value.message == "dibao.review_months 的维度应为(class、urban_rural)"
    with pytest.raises(PolicyError):
        policy.frame("something.else")


def test_values_answer_only_for_their_kind() -> None:
    policy = load_policy("320413")
    rounding = policy.get("dibao.rounding", JUNE)
    keeps = policy.get("dibao.grace_keeps_amount", JUNE)
    kin = policy.get("kin.degrees", JUNE)
    assert (rounding.text, keeps.flag, kin.texts[0]) == ("ceil_yuan", True, "配偶")
    for value_, wrong in ((rounding, "integer"), (keeps, "integer"), (kin, "text"), (rounding, "texts"), (kin, "flag")):
        with pytest.raises(PolicyError):
            getattr(value_, wrong)


def test_frames_are_typed_even_when_empty(office: Office) -> None:
    policy = load_policy("320499", extra=[office("320499", value("dibao.mode", '"补差"', "2025-01-01", unit='"代码"'))])
    span = {"from": pl.Date(), "to": pl.Date()}
    assert policy.frame("dibao.standard").schema == {"urban_rural": pl.String()} | span | {"value": pl.Int64()}
    assert policy.frame("dibao.rounding").schema == span | {"value": pl.String()}
    assert policy.frame("kin.degrees").schema == span | {"value": pl.List(pl.String())}
    assert policy.frame("dibao.grace_keeps_amount").schema == span | {"value": pl.Boolean()}
    assert policy.by_month("dibao.standard", []).schema == {
        "month": pl.Date(),
        "urban_rural": pl.String(),
        "value": pl.Int64(),
    }


def test_the_digest_follows_content_not_order_or_remarks(office: Office) -> None:
    one = value("dibao.standard", "1", '"2025-01"', **TOWN)
    two = value("dibao.standard", "2", '"2025-01"', urban_rural='"农村"')
    noted = value("dibao.standard", "1", '"2025-01"', checked_on="2026-11-02", note='"备注"', **TOWN)
    changed = value("dibao.standard", "3", '"2025-01"', **TOWN)

    def digest(*entries: str) -> str:
        return load_policy("320499", extra=[office("320499", *entries)]).digest

    assert digest(one, two) == digest(two, one) == digest(noted, two)
    assert len({digest(one, two), digest(changed, two), digest(one), load_policy("320413").digest}) == 4
    assert load_policy("320413").digest == load_policy("320413").digest
