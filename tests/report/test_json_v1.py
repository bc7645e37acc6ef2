import json
from collections.abc import Callable

import jsonschema
import polars as pl
import pytest

from baoshen_audit import RuleSet, scan
from baoshen_audit.audit import Result
from baoshen_audit.finding import COVERAGE, FINDINGS
from baoshen_audit.report import json_v1
from baoshen_audit.testing import casebook


def document(result: Result) -> dict[str, object]:
    return json.loads(json_v1.render(result))


def test_the_document_as_published(made: Callable[..., Result], golden: Callable[[str, str], None]) -> None:
    golden("findings.json", json_v1.render(made()).decode())


def test_documents_keep_their_schema(made: Callable[..., Result]) -> None:
    schema = json_v1.findings_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
    validator.validate(document(made()))
    validator.validate(document(made(rows=[])))


@pytest.mark.parametrize(
    "change", [{"grade": "Z"}, {"amount": "12"}, {"months": ["Juni"]}, {"fingerprint": "x"}, {"secret": 1}]
)
def test_the_schema_refuses_what_is_no_finding(made: Callable[..., Result], change: dict[str, object]) -> None:
    bad = document(made())
    bad["findings"][0] |= change
    validator = jsonschema.Draft202012Validator(json_v1.findings_schema(), format_checker=jsonschema.FormatChecker())
    with pytest.raises(jsonschema.ValidationError):
        validator.validate(bad)


def test_a_real_scan_has_exactly_the_promised_columns() -> None:
    example = casebook.example(RuleSet.discover()["ERR201"]).tables
    result = scan(example, region="320413", as_of="2026-06", key=b"k" * 32)
    assert result.findings.height
    jsonschema.validate(document(result), json_v1.findings_schema())
    for frame, fields in (
        (result.inputs, json_v1.INPUT_FIELDS),
        (result.unrecognised, json_v1.UNRECOGNISED_FIELDS),
        (result.problems, json_v1.PROBLEM_FIELDS),
        (result.feeds, json_v1.FEED_FIELDS),
        (result.manifest, json_v1.MANIFEST_FIELDS),
    ):
        assert set(frame.columns if isinstance(frame, pl.DataFrame) else frame) == set(fields)


def test_every_column_has_a_field() -> None:
    assert list(json_v1.FINDING_FIELDS) == list(FINDINGS)
    assert list(json_v1.COVERAGE_FIELDS) == list(COVERAGE)


def test_a_column_that_is_not_promised_stays_inside(made: Callable[..., Result]) -> None:
    result = made()
    more = made(
        findings=result.findings.with_columns(pl.lit(1).alias("internal")), manifest={**result.manifest, "x": 1}
    )
    assert json_v1.render(more) == json_v1.render(result)


def test_money_is_whole_fen_and_lists_are_lists(made: Callable[..., Result]) -> None:
    found = {one["code"]: one for one in document(made())["findings"]}
    assert found["ERR201"]["amount"] == 265200
    assert found["ERR201"]["months"] == ["2026-05-01", "2026-06-01"]
    assert found["DUP110"]["months"] == []
    assert found["DUP110"]["evidence"] == []
    assert document(made())["units"] == {"amount": "分", "recomputed": "分"}


def test_one_finding_per_line(made: Callable[..., Result]) -> None:
    lines = json_v1.render(made()).decode().split("\n")
    assert sum(line.startswith('{"fingerprint"') for line in lines) == 5
