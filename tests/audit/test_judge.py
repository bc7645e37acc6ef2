"""Rules that break: they are reported, and the others go on."""

import polars as pl
import pytest

from baoshen_audit import Grade, Rule, Severity, scan
from baoshen_audit.engine.local import collect
from baoshen_audit.rule import RuleContext, RuleSet, rule

NAME = "上官云鹤"


def breaking(error: BaseException) -> Rule:
    @rule(
        "DUP199",
        "breaks",
        title="总是出错",
        title_en="Always breaks",
        severity=Severity.LOW,
        grade=Grade.C,
        key="person_key",
        needs=("roll: name",),
        message="出错",
        message_en="broken",
        since="0.1",
    )
    def breaks(roll: pl.LazyFrame, *, ctx: RuleContext) -> pl.LazyFrame:
        """总是出错."""
        raise error

    return breaks


@pytest.mark.parametrize("error", [KeyError(NAME), pl.exceptions.PanicException(NAME)], ids=["python", "polars"])
def test_a_rule_that_breaks_is_told_without_its_words_and_the_others_run(error: BaseException) -> None:
    roll = pl.DataFrame({"姓名": [NAME], "身份证号": ["320482194103060359"], "乡镇": ["甲镇"], "状态": ["在保"]})
    rules = RuleSet([breaking(error), *RuleSet.discover().select(("ROLL001",)).values()])
    result = scan({"tekun": roll}, region="320413", as_of="2026-06", rules=rules, key=b"k" * 32)
    status = dict(result.coverage.select("code", "status").iter_rows())
    assert status == {"DUP199": "failed", "ROLL001": "clean"}
    assert NAME not in str(result.coverage.to_dicts())


def test_what_a_kernel_returns_is_in_one_piece() -> None:
    """`format` panics on a column with an empty first chunk, as a join of a large roll may leave it."""
    parts = pl.concat([pl.LazyFrame({"n": [1]}), pl.LazyFrame({"n": [2]})], rechunk=False)
    assert parts.collect(engine="in-memory").n_chunks() == 2
    assert collect(parts).n_chunks() == 1
