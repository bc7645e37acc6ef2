from datetime import date

import pytest

from baoshen_audit.finding import Grade, Severity
from baoshen_audit.report import words
from baoshen_audit.rule import RuleSet
from baoshen_audit.schemas import CODES


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ([], ""),
        ([(2026, 6)], "2026-06"),
        ([(2026, 6), (2026, 5)], "2026-05、2026-06"),
        ([(2025, 11), (2025, 12), (2026, 1)], "2025-11至2026-01"),
        ([(2025, 1), (2025, 3), (2025, 4), (2025, 5), (2025, 8)], "2025-01、2025-03至2025-05、2025-08"),
    ],
)
def test_months(given: list[tuple[int, int]], shown: str) -> None:
    assert words.months([date(year, month, 1) for year, month in given]) == shown


@pytest.mark.parametrize(
    ("fen", "shown"),
    [(None, ""), (0, "0.00"), (5, "0.05"), (-5, "-0.05"), (-12345, "-123.45"), (123456789, "1,234,567.89")],
)
def test_yuan(fen: int | None, shown: str) -> None:
    assert words.yuan(fen) == shown


def test_short_numbers_are_unique_and_stay_short() -> None:
    marks = ["a" * 32, "a" * 8 + "b" * 24, "a" * 31 + "b", "c" * 32]
    short = words.numbered(marks)
    assert len(set(short.values())) == 4
    assert short["c" * 32] == "c" * 8
    assert short["a" * 8 + "b" * 24] == "a" * 8 + "b" * 4
    assert all(mark.startswith(number) for mark, number in short.items())


def test_every_code_has_words() -> None:
    assert set(words.GRADES) == set(words.GRADE_MEANING) == {grade.value for grade in Grade}
    assert set(words.SEVERITIES) == {severity.value for severity in Severity}
    assert {rule.family for rule in RuleSet.discover().values()} <= set(words.FAMILIES)
    assert set(CODES["programme"].values()) <= set(words.PROGRAMMES)
