"""What a rule rests on can be named, and a wrong name is noticed."""

from __future__ import annotations

from datetime import date

import pytest

from baoshen_audit.errors import PolicyError
from baoshen_audit.policy import Citation, citation, load_policy


def test_an_article_knows_what_it_says() -> None:
    article = citation("social-assistance-interim#13")
    assert article.article == "13"
    assert "定期核查" in article.gist
    assert citation("social-assistance-interim").gist == ""


@pytest.mark.parametrize(
    "ref",
    [
        "social-assistance-interim#99",
        "nothing",
        "nothing#1",
        "",
        "办法#13",
        "gb-11643#1",
        "social-assistance-interim#",
        "#13",
    ],
)
def test_a_wrong_reference_is_refused(ref: str) -> None:
    with pytest.raises(PolicyError, match="找不到"):
        citation(ref)
    with pytest.raises(PolicyError, match="找不到"):
        load_policy("320413").citation(ref)


def test_a_document_is_in_force_from_its_day() -> None:
    law = citation("social-assistance-interim#13")
    assert not law.in_force(date(2014, 4, 30))
    assert law.in_force(date(2014, 5, 1))


@pytest.mark.parametrize(
    ("issued", "first"),
    [("2019", date(2019, 1, 1)), ("2019-06", date(2019, 6, 1)), ("2019-06-18", date(2019, 6, 18))],
)
def test_without_a_day_of_entry_the_date_of_issue_counts(issued: str, first: date) -> None:
    document = Citation("x", "某文件", "", "某部", issued, None, date(2021, 1, 1), "regulation", True, {})
    assert document.in_force(first)
    assert not document.in_force(date.fromordinal(first.toordinal() - 1))
    assert document.in_force(date(2021, 1, 1))
    assert not document.in_force(date(2021, 1, 2))
