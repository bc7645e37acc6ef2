"""What is listed, what is held and why, and how findings fold into cases."""

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from baoshen_audit import RuleContext, RuleSet, load_policy, scan
from baoshen_audit.audit.triage import CASES, cases, triage
from baoshen_audit.finding import COVERAGE, FINDINGS, in_order
from baoshen_audit.testing import casebook

RULES = RuleSet.discover()
CTX = RuleContext(policy=load_policy("320413"), month=date(2026, 6, 1), as_of=date(2026, 6, 30))
KEY = b"k" * 32


def found(*rows: tuple[str, str, str, int | None]) -> pl.DataFrame:
    """Findings of (case, code, grade, amount), in order."""
    return in_order(
        pl.DataFrame(
            [
                {"fingerprint": f"{n:032x}", "case_id": case, "code": code, "grade": grade, "amount": amount,
                 "severity": "high", "town": "甲镇"}
                for n, (case, code, grade, amount) in enumerate(rows)
            ],
            schema=FINDINGS,
        )
    )  # fmt: skip


def covered(**lines: tuple[int, int]) -> pl.DataFrame:
    return pl.DataFrame(
        [{"code": code, "status": "fired", "findings": n, "evaluated": of} for code, (n, of) in lines.items()],
        schema=COVERAGE,
    )


def test_the_findings_of_a_case_stand_together_where_the_gravest_stands() -> None:
    frame = found(
        ("a", "ERR209", "B", 100), ("b", "ERR201", "A", 500), ("a", "ERR201", "A", 900), ("c", "ERR201", "A", 1)
    )
    assert frame["case_id"].to_list() == ["a", "a", "b", "c"]
    folded = cases(frame)
    assert folded.schema == pl.Schema(CASES)
    assert folded.select("case_id", "grade", "amount", "findings").rows() == [
        ("a", "A", 900, 2),
        ("b", "A", 500, 1),
        ("c", "A", 1, 1),
    ]
    assert folded["codes"].to_list()[0] == ["ERR201", "ERR209"]


def test_a_case_is_listed_whole_or_not_at_all() -> None:
    frame = found(
        *(("a", "ERR201", "A", n) for n in (3, 2)), *(("b", "ERR201", "B", n) for n in (3, 2)), ("c", "ERR201", "C", 1)
    )
    held = triage(frame, covered(ERR201=(5, 1000)), RULES, CTX, capacity=3)
    assert held.findings["held"].to_list() == [None, None, None, None, "capacity"]
    [note] = held.notes
    assert "1 条" in note
    assert "C 级 1" in note
    assert triage(frame, covered(ERR201=(5, 1000)), RULES, CTX, capacity=2).findings["held"].null_count() == 2
    assert triage(frame, covered(ERR201=(5, 1000)), RULES, CTX).findings["held"].null_count() == 5


@pytest.mark.parametrize(
    ("code", "fired", "of", "trips"),
    [
        ("ERR209", 26, 100, False),  # too few to say anything
        ("ERR209", 30, 100, True),
        ("ERR209", 30, 120, False),  # exactly the limit
        ("FAV309", 50, 100, False),  # the office's own records: omissions can be common
        ("FAV309", 61, 100, True),
        ("ROLL002", 100, 100, False),  # judges the data itself
        ("ERR209", 30, 0, False),
    ],
)
def test_a_rule_that_fires_on_everybody_is_doubted(code: str, fired: int, of: int, trips: bool) -> None:
    frame = found(("a", code, "B", 100), ("b", "ERR201", "A", 5))
    told = triage(frame, covered(**{code: (fired, of), "ERR201": (1, of)}), RULES, CTX)
    held = dict(told.findings.select("code", "held").iter_rows())
    assert held == {code: "suspect" if trips else None, "ERR201": None}
    assert len(told.notes) == trips
    if trips:
        assert code in told.notes[0]


def test_a_doubted_finding_takes_no_place_on_the_list() -> None:
    frame = found(*((f"s{n}", "ERR209", "B", 1000 - n) for n in range(40)), ("z", "ERR201", "C", 1))
    told = triage(frame, covered(ERR209=(40, 100), ERR201=(1, 100)), RULES, CTX, capacity=1)
    assert told.findings.filter(pl.col("held").is_null())["case_id"].to_list() == ["z"]


def test_an_office_sets_the_share_in_its_policy(tmp_path: Path) -> None:
    path = tmp_path / "office.toml"
    path.write_text(
        '[pack]\nregion = "320413"\n'
        '[[citation]]\nid = "office-1"\ntitle = "x"\nissuer = "x"\nissued = "2026"\nkind = "local"\n'
        '[[value]]\nkey = "casework.breaker_percent"\nbasis = "核对数据"\nfrom = 2026-01-01\nis = 100\nunit = "%"\n'
        'cite = "office-1"\nchecked_on = 2026-06-01\nstatus = "confirmed"\n',
        encoding="utf-8",
    )
    ctx = RuleContext(policy=load_policy("320413", extra=[path]), month=CTX.month, as_of=CTX.as_of)
    told = triage(found(("a", "ERR209", "B", 1)), covered(ERR209=(99, 100)), RULES, ctx)
    assert told.findings["held"].to_list() == [None]


@given(
    st.lists(
        st.tuples(st.sampled_from("abcd"), st.just("ERR201"), st.sampled_from(["A", "B", "C"]), st.integers(0, 9)),
        max_size=12,
    ),
    st.integers(1, 12),
)
def test_nothing_is_lost_and_no_case_is_cut(rows: list[Any], capacity: int) -> None:
    frame = found(*rows)
    told = triage(frame, covered(ERR201=(len(rows), 10_000)), RULES, CTX, capacity=capacity)
    assert told.findings.drop("held").equals(frame.drop("held"))
    states = told.findings.group_by("case_id").agg(pl.col("held").n_unique())
    assert set(states["held"]) <= {1}
    listed = told.findings["held"].null_count()
    assert listed >= min(capacity, frame.height)
    assert told.findings["held"].is_null().to_list() == sorted(told.findings["held"].is_null(), reverse=True)


def test_findings_of_one_household_share_a_case() -> None:
    tables = casebook.example(RULES["ERR209"]).tables
    result = scan(tables, region="320413", as_of="2026-06", key=KEY)
    homes = (
        result.findings.filter(pl.col("household").is_not_null())
        .group_by("household")
        .agg(pl.col("case_id").n_unique())
    )
    assert homes.height
    assert set(homes["case_id"]) == {1}
    again = scan(tables, region="320413", as_of="2026-06", key=KEY)
    assert again.findings["case_id"].equals(result.findings["case_id"])
    other = scan(tables, region="320413", as_of="2026-06", key=b"x" * 32)
    assert not set(other.findings["case_id"]) & set(result.findings["case_id"])


def test_a_result_lists_what_is_not_held() -> None:
    tables = casebook.example(RULES["ERR209"]).tables
    result = scan(tables, region="320413", as_of="2026-06", key=KEY, max_findings=1)
    assert 1 <= result.listed.height < result.findings.height
    assert result.cases.height == 1
