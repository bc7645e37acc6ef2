import io
from collections.abc import Callable
from typing import Any

import polars as pl
import pytest
from rich.cells import cell_len
from rich.console import Console

from baoshen_audit.audit import Result
from baoshen_audit.report import words
from baoshen_audit.report.terminal import rule_list, rule_page, summary
from baoshen_audit.rule import RuleSet

RULES = RuleSet.discover()


def shown(result: Result, *, lang: str = "zh", width: int = 100, color: bool = False) -> str:
    out = io.StringIO()
    console = Console(
        file=out, width=width, highlight=False, force_terminal=color, color_system="truecolor" if color else None
    )
    summary(result, lang=lang, console=console)
    return out.getvalue()


def trimmed(text: str) -> str:
    return "".join(f"{line.rstrip()}\n" for line in text.splitlines())


@pytest.mark.parametrize(("lang", "width"), [("zh", 100), ("en", 160)])
def test_summary_as_it_looks(
    made: Callable[..., Result], golden: Callable[[str, str], None], lang: str, width: int
) -> None:
    golden(f"summary-{lang}-{width}.txt", trimmed(shown(made(), lang=lang, width=width)))


@pytest.mark.parametrize("width", [60, 80, 100, 160])
def test_no_line_is_wider_than_the_terminal(made: Callable[..., Result], width: int) -> None:
    assert max(cell_len(line) for line in shown(made(), width=width).splitlines()) <= width


def test_the_last_line_says_what_findings_are(made: Callable[..., Result]) -> None:
    assert shown(made()).rstrip().endswith("疑点是核查线索,不是结论")
    assert shown(made(rows=[])).rstrip().endswith("疑点是核查线索,不是结论")


def test_nothing_found_is_said(made: Callable[..., Result]) -> None:
    text = shown(made(rows=[]))
    assert "没有发现疑点" in text
    assert "未能评估" in text
    assert "财政供养人员" in text


def test_values_are_not_markup_and_steer_nothing(made: Callable[..., Result]) -> None:
    text = shown(made())
    assert "[red]收款[/red]" in text
    assert "\x1b" not in text


def test_colours_only_where_wanted(made: Callable[..., Result]) -> None:
    assert "\x1b[" in shown(made(), color=True)


def test_the_case_list_is_short_and_numbers_are_unique(
    made: Callable[..., Result], lead: Callable[..., dict[str, Any]]
) -> None:
    rows = [lead(number, town=f"第{number}镇") for number in range(30)]
    text = shown(made(rows=rows))
    assert text.count("ERR201") == 10
    assert "其余 18 个" in text
    assert "aaaaaaaa1000" in shown(made())


def test_revealed_output_says_so(made: Callable[..., Result]) -> None:
    plain = made()
    open_ = made(manifest={**plain.manifest, "revealed": True})
    assert "未脱敏" in shown(open_)
    assert "未脱敏" not in shown(plain)


def test_many_remarks_are_counted_not_listed(made: Callable[..., Result]) -> None:
    left = pl.DataFrame(
        {
            "file": [f"{number}.doc" for number in range(20)],
            "sheet": [""] * 20,
            "reason": ["不是表格文件"] * 20,
            "candidates": pl.Series([[]] * 20, dtype=pl.List(pl.String)),
        }
    )
    text = shown(made(unrecognised=left, notes=("长" * 4000,)))
    assert "另有 14 项" in text
    assert text.count("长") < 120


def printed(renderable: object, width: int = 100) -> str:
    out = io.StringIO()
    Console(file=out, width=width, color_system=None).print(renderable)
    return out.getvalue()


@pytest.mark.parametrize("code", list(RULES))
def test_every_rule_has_a_page(code: str) -> None:
    rule = RULES[code]
    page = printed(rule_page(rule))
    assert page.startswith(f"{code} {rule.title}")
    assert "常见误报" in page
    assert "的证号" in page or "{" not in rule.doc
    assert rule.title_en in printed(rule_page(rule, "en"))


def test_the_page_cites_the_law_by_its_title() -> None:
    assert "《社会救助暂行办法》" in printed(rule_page(RULES["ERR201"]))


def test_the_list_has_every_rule() -> None:
    text = printed(rule_list(RULES), width=160)
    assert all(rule.code in text and rule.title in text for rule in RULES.values())


def test_rare_characters_of_names_stay() -> None:
    assert words.plain("王\ue863 \x1b[2J\u200b龘\U0003134a") == "王\ue863 [2J 龘\U0003134a"
