from __future__ import annotations

import xml.etree.ElementTree as ET

import polars as pl
import pytest

from baoshen_audit.errors import UsageError
from baoshen_audit.identity.resident_id import check_char
from baoshen_audit.linkage.explain import explain
from baoshen_audit.linkage.links import link


def number(sequence: int) -> str:
    body = f"32048219500101{sequence:03d}"
    return body + check_char(body)


@pytest.fixture(scope="module")
def links():
    rows = [
        (f"r{i}", f"赵{'山河湖海川原峰林'[i % 8]}{'春夏秋冬晨晓夕夜'[i // 8 % 8]}", number(i + 1)) for i in range(64)
    ]
    rows += [
        ("a", "王玉祥", number(900)),
        ("b", "王玉详", number(900)),
        ("c", "李丽", number(902)),
        ("d", "王强", number(902)),
    ]
    return link(pl.DataFrame(rows, schema=["id", "姓名", "身份证号"], orient="row"), id="id")


def test_a_link_in_words_and_bits(links) -> None:
    found = explain(links, "a", "b")
    assert (found.decision, found.tier) == ("link", "M1")
    assert "同音字祥/详" in found.text()
    assert "homophone" in found.text("en")
    assert sum(step.bits for step in found.steps) == pytest.approx(found.score, abs=0.05)
    assert found.score == links.pairs.filter(pl.col("left_id") == "a")["score"].item()
    assert explain(links, "b", "a") == found


def test_why_two_records_are_not_linked(links) -> None:
    found = explain(links, "a", "c")
    assert found.decision == "reject"
    assert "两个有效证号不同" in found.text()
    assert "two different valid numbers" in found.text("en")


def test_an_overruled_score_says_so(links) -> None:
    found = explain(links, "c", "d")
    assert (found.decision, found.tier) == ("review", "M2")
    assert found.remark is None or found.remark[0] in found.text()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_waterfall_is_a_picture_without_values(links, language) -> None:
    picture = explain(links, "a", "b").svg(language)
    root = ET.fromstring(picture)  # noqa: S314
    bars = [e for e in root.iter("{http://www.w3.org/2000/svg}rect")]
    spoke = [step for step in explain(links, "a", "b").steps if step.bits]
    assert len(bars) == len(spoke) + 2
    assert number(900) not in picture
    assert "王玉祥" not in picture


def test_unknown_records(links) -> None:
    with pytest.raises(UsageError):
        explain(links, "a", "nobody")
