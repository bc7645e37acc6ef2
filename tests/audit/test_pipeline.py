"""The pipeline as a library user meets it: frames in, frames out, and clear refusals."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from baoshen_audit import ConfigError, InputError, PolicyError, RuleSet, UsageError, scan
from baoshen_audit.audit.request import Request
from baoshen_audit.testing import casebook

RULES = RuleSet.discover()
KEY = b"k" * 32
EXAMPLE = casebook.example(RULES["ERR201"]).tables


def test_frames_and_files_give_the_same_findings(tmp_path: Path) -> None:
    for name, frame in EXAMPLE.items():
        frame.write_csv(tmp_path / f"{name}.csv")
    frames = scan(EXAMPLE, region="320413", as_of="2026-06", rules=["ERR201"], key=KEY)
    files = scan(
        {name: tmp_path / f"{name}.csv" for name in EXAMPLE},
        region="320413",
        as_of="2026-06",
        rules=["ERR201"],
        key=KEY,
    )
    shown = ["fingerprint", "content_hash", "grade", "amount", "months", "message"]
    assert frames.findings.select(shown).equals(files.findings.select(shown))
    assert frames.findings.height == 1


def test_lazy_frames_and_row_order_do_not_matter() -> None:
    whole = scan(EXAMPLE, region="320413", as_of="2026-06", key=KEY).findings
    turned = {name: frame.reverse().lazy() for name, frame in EXAMPLE.items()}
    assert scan(turned, region="320413", as_of="2026-06", key=KEY).findings["fingerprint"].equals(whole["fingerprint"])


def test_another_key_gives_other_fingerprints() -> None:
    one = scan(EXAMPLE, region="320413", as_of="2026-06", key=KEY).findings["fingerprint"]
    two = scan(EXAMPLE, region="320413", as_of="2026-06", key=b"x" * 32).findings["fingerprint"]
    assert not set(one) & set(two)


def test_a_fingerprint_outlives_the_amount() -> None:
    more = {**EXAMPLE, "payment": EXAMPLE["payment"].with_columns(实发=pl.lit("1400"))}
    before = scan(EXAMPLE, region="320413", as_of="2026-06", rules=["ERR201"], key=KEY).findings
    after = scan(more, region="320413", as_of="2026-06", rules=["ERR201"], key=KEY).findings
    assert before["fingerprint"].equals(after["fingerprint"])
    assert not before["content_hash"].equals(after["content_hash"])


def test_reveal_shows_what_is_masked_by_default() -> None:
    masked = scan(EXAMPLE, region="320413", as_of="2026-06", rules=["ERR201"], key=KEY)
    shown = scan(EXAMPLE, region="320413", as_of="2026-06", rules=["ERR201"], key=KEY, reveal=True)
    number = EXAMPLE["tekun"]["身份证号"][0]
    assert number not in str(masked.findings.to_dicts())
    assert number in str(shown.findings.to_dicts())
    assert shown.manifest["revealed"] is True


def test_a_stale_feed_stops_its_rules_and_an_undated_one_costs_a_grade() -> None:
    def with_manifest(as_of: str | None) -> dict[str, pl.DataFrame]:
        return {**EXAMPLE, "manifest": pl.DataFrame({"数据源": ["殡葬火化"], "数据截止日": [as_of]})}

    def run(as_of: str | None) -> tuple[str, list[str]]:
        result = scan(with_manifest(as_of), region="320413", as_of="2026-06", rules=["ERR201"], key=KEY)
        return result.coverage["status"][0], result.findings["grade"].to_list()

    assert run("2026-06-30") == ("fired", ["A"])
    assert run(None) == ("fired", ["B"])
    assert run("2026-01-31") == ("not_evaluable", [])


def test_an_empty_feed_never_makes_everybody_alive() -> None:
    empty = {**EXAMPLE, "death": EXAMPLE["death"].clear()}
    result = scan(empty, region="320413", as_of="2026-06", rules=["ERR201"], key=KEY)
    assert result.coverage["status"].to_list() == ["not_evaluable"]


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"as_of": "June"}, UsageError),
        ({"as_of": "2026-13"}, UsageError),
        ({"region": "999999"}, PolicyError),
        ({"as_of": "1999-01"}, PolicyError),
        ({"rules": ["XYZ"]}, ConfigError),
        ({"params": {"ERR201": {"no_such": 1}}}, ConfigError),
        (
            {
                "as_of": "2026-05",
                "inputs": {**EXAMPLE, "tekun": EXAMPLE["tekun"].with_columns(名册月份=pl.lit("2026-06"))},
            },
            InputError,
        ),
        ({"inputs": {"death": EXAMPLE["death"]}}, InputError),
    ],
)
def test_refusals(arguments: dict[str, object], error: type[Exception]) -> None:
    given: dict[str, object] = {"inputs": EXAMPLE, "region": "320413", "as_of": "2026-06", "key": KEY, **arguments}
    with pytest.raises(error) as caught:
        scan(given.pop("inputs"), **given)  # type: ignore[arg-type]
    assert caught.value.hint  # type: ignore[attr-defined]


def test_a_month_is_audited_as_of_its_last_day() -> None:
    assert Request.of("2026-02") == Request(date(2026, 2, 1), date(2026, 2, 28))
    assert Request.of(date(2026, 6, 15)) == Request(date(2026, 6, 1), date(2026, 6, 15))
