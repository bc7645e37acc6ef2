"""What a rule rests on can be named, and a wrong name is noticed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from baoshen_audit.errors import PolicyError
from baoshen_audit.policy import Citation, citation, load_policy

from .conftest import CITED

Office = Callable[..., Path]


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


def test_every_field_of_an_offices_document_is_read(office: Office) -> None:
    whole = (
        '[[citation]]\nid = "whole-1"\ntitle = "某县办法"\nnumber = "某政〔2020〕1号"\nissuer = "某县民政局"\n'
        'issued = "2020-05-06"\nfrom = 2020-06-01\nto = 2030-05-31\nkind = "local"\nread = false\n'
        'articles = { 3 = "按月核对" }\nnote = "试行"\n'
    )
    policy = load_policy("320499", extra=[office("320499", CITED.format(id="bare-1"), whole)])
    assert policy.citation("whole-1#3(2)") == Citation(
        "whole-1", "某县办法", "某政〔2020〕1号", "某县民政局", "2020-05-06", date(2020, 6, 1), date(2030, 5, 31),
        "local", read=False, articles={"3": "按月核对"}, article="3(2)", note="试行",
    )  # fmt: skip
    assert policy.citation("whole-1#3(2)").gist == "按月核对"
    assert policy.citation("bare-1") == Citation(
        "bare-1", "某县文件", "", "某县", "2020", None, None, "local", read=True, articles={}
    )


def test_faults_name_file_entry_and_what_is_wanted(office: Office) -> None:
    good = CITED.format(id="twice-1")
    wrong = CITED.format(id="A B").replace('"local"', '"rumour"').replace('"2020"', '"去年"')
    path = office(
        "320499",
        good,
        good,
        wrong + 'articles = { one = "x" }\n',
        good.replace('id = "twice-1"\n', ""),
    )
    with pytest.raises(PolicyError) as caught:
        load_policy("320499", extra=[path])
    entry = f"{path}:[[citation]] 第"
    kinds = "regulation、standard、local、practice、suggestion、example"
    assert caught.value.message.splitlines() == [
        "政策数据有 6 处问题:",
        f"  - {entry} 2 条 twice-1:编号重复",
        f"  - {entry} 3 条 A B:id 只能用小写字母、数字和连字符",
        f"  - {entry} 3 条 A B:kind 应为 {kinds} 之一",
        f"  - {entry} 3 条 A B:issued 应为 2021-06-11、2021-06 或 2021",
        f'  - {entry} 3 条 A B:articles 应为 条号 = "要点"',
        f"  - {entry} 4 条:缺少 id",
    ]
    assert caught.value.hint == "逐条改正所列文件后重试;格式可参照程序自带的政策文件。"


def test_a_wrong_reference_says_what_to_do() -> None:
    with pytest.raises(PolicyError) as caught:
        citation("nothing#1")
    assert caught.value.message == "依据“nothing#1”在政策数据中找不到"
    assert caught.value.hint == "核对文件编号与条号;新的依据请先在政策文件中以 [[citation]] 登记。"
    with pytest.raises(PolicyError) as caught:
        load_policy("320413").citation("nothing#1")
    assert caught.value.message == "依据“nothing#1”在政策数据中找不到"
    assert caught.value.hint == "在政策文件中以 [[citation]] 登记该文件与条号。"
