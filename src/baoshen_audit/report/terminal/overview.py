"""The summary of a scan: what was read, what was found where, what could not be looked at and why."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import polars as pl
from rich import box
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from baoshen_audit.audit import Result
from baoshen_audit.policy import regions
from baoshen_audit.report import tally, words
from baoshen_audit.report.words import Lang, Say

_TOWNS: Final = 12
_CASES: Final = 10
_LINES: Final = 6
"""The most lines of unreadable cells, unrecognised files and notes: the workbook has them all."""

_WIDE: Final = 88
"""From this width on figures stand side by side."""

_GRADE_STYLES: Final = {"A": "bold red", "B": "yellow", "C": "cyan", "info": "dim"}
_STATE_STYLES: Final = {"ok": "green", "undated": "yellow"}
"""Every other state stops the rules on that feed: red."""


def summary(result: Result, *, lang: Lang = "zh", console: Console) -> None:
    """Print the summary of a scan.

    Args:
        result: what `scan` handed back.
        lang: language of headings, titles and messages; names of places and files stay as they are.
        console: where to print; its width decides the layout.
    """
    say = words.speaker(lang)
    parts = (
        _header(result, say),
        _figures(result, say, wide=console.width >= _WIDE),
        _cases(result, say),
        _gaps(result, say),
        _left_out(result, say),
        _problems(result, say),
        _notes(result, say, cells=2 * (console.width - 2)),
    )
    for part in parts:
        if part is not None:
            console.print(part)
            console.print()
    console.print(Text(say(*words.LEADS_ONLY), style="bold"))


def _header(result: Result, say: Say) -> Panel:
    manifest, inputs = result.manifest, result.inputs
    region = str(manifest["region"])
    files = inputs["file"].n_unique()
    sheets = inputs.select("file", "sheet").n_unique()
    rows = int(inputs["rows"].sum())
    status = dict(result.coverage.group_by("status").len().iter_rows())
    listed = result.listed
    held = result.findings.height - listed.height
    grades = dict(listed.group_by("grade").len().iter_rows())
    ran = "  ".join(f"{say(*words.STATUSES[one])} {status[one]}" for one in words.STATUSES if one in status)
    found = Text.assemble((say("疑点", "Findings"), "bold"), f" {listed.height}")
    for grade in words.GRADES:
        if grade in grades:
            found.append(f"   {say(*words.GRADES[grade])} ", style=_GRADE_STYLES[grade])
            found.append(f"{grades[grade]} ")
            found.append(say(*words.GRADE_MEANING[grade]), style="dim")
    if held:
        found.append(say(f"   另有 {held} 条没有列入", f"   {held} more held back"), style="yellow")
    lines = [
        Text(
            say(
                f"读入 {files} 个文件 · {sheets} 张表 · {rows:,} 行",
                f"Read {files} files · {sheets} sheets · {rows:,} rows",
            )
        ),
        Text.assemble(say("规则", "Rules"), f" {result.coverage.height}   ", (ran, "dim")),
        found,
    ]
    if manifest["revealed"]:
        lines.append(
            Text(say("本次显示未脱敏的姓名和证件号", "Names and ID numbers are shown unmasked"), style="bold red")
        )
    title = Text.assemble(
        (say("保审", "baoshen-audit"), "bold"),
        f" · {regions().get(region, '')} {region} · ",
        (str(manifest["month"]), "bold"),
    )
    return Panel(Group(*lines), title=title, title_align="left", box=box.ROUNDED, border_style="blue", padding=(0, 1))


def _figures(result: Result, say: Say, *, wide: bool) -> RenderableType | None:
    feeds = [_feeds(result.feeds, say)] if result.feeds.height else []
    listed = result.listed
    if not listed.height:
        return feeds[0] if feeds else None
    left = Group(_families(listed, say), *(Padding(one, (1, 0, 0, 0)) for one in feeds))
    right = _towns(listed, say)
    if not wide:
        return Group(left, Padding(right, (1, 0, 0, 0)))
    grid = Table.grid(padding=(0, 4))
    grid.add_row(left, right)
    return grid


def _table(*columns: tuple[str, str], title: str = "") -> Table:
    """A light table; a column is (header, how: `l` left, `r` right, `w` left and as wide as it can be)."""
    table = Table(
        box=box.SIMPLE_HEAD,
        title=Text(title, style="bold") if title else None,
        title_justify="left",
        header_style="dim",
        pad_edge=False,
        show_edge=False,
        padding=(0, 1, 0, 0),
    )
    for header, how in columns:
        table.add_column(
            Text(header),
            justify="right" if how == "r" else "left",
            no_wrap=how != "w",
            overflow="fold" if how == "w" else "ellipsis",
            ratio=1 if how == "w" else None,
        )
    table.expand = any(how == "w" for _, how in columns)
    return table


def _count(number: int, style: str = "") -> Text:
    return Text(f"{number:,}" if number else "·", style=style if number else "dim")


def _graded(one: tally.Tally) -> list[Text]:
    return [_count(one.grades[grade], _GRADE_STYLES[grade]) for grade in words.GRADES]


def _families(findings: pl.DataFrame, say: Say) -> Table:
    grades = [(say(*words.GRADES[grade]), "r") for grade in words.GRADES]
    table = _table(
        (say("类别", "Family"), "l"), *grades, (say("合计", "All"), "r"), (say("待核查(元)", "To check (元)"), "r")
    )
    for one in tally.by(findings, "family"):
        label = Text.assemble(words.named(words.FAMILIES, one.label, say), (f" {one.label}", "dim"))
        table.add_row(label, *_graded(one), _count(one.findings, "bold"), Text(words.yuan(one.amount)))
    return table


def _towns(findings: pl.DataFrame, say: Say) -> Table:
    grades = [(say(*words.GRADES[grade]), "r") for grade in words.GRADES]
    table = _table((say("乡镇(街道)", "Town"), "l"), *grades, (say("合计", "All"), "r"))
    towns = tally.by(findings, "town")
    for one in towns[:_TOWNS]:
        table.add_row(Text(words.plain(one.label) or say(*words.NO_TOWN)), *_graded(one), _count(one.findings, "bold"))
    rest = towns[_TOWNS:]
    if rest:
        grades_of_rest = [sum(one.grades[grade] for one in rest) for grade in words.GRADES]
        label = Text(say(f"其余 {len(rest)} 个", f"{len(rest)} others"), style="dim")
        table.add_row(label, *map(_count, grades_of_rest), _count(sum(one.findings for one in rest)))
    return table


def _feeds(feeds: pl.DataFrame, say: Say) -> Table:
    table = _table(
        (say("核对数据", "Feed"), "l"),
        (say("行数", "Rows"), "r"),
        (say("截至", "As of"), "l"),
        (say("天数/上限", "Days/limit"), "r"),
        (say("状态", "State"), "l"),
    )
    for row in feeds.iter_rows(named=True):
        limit = row["max_age_days"]
        age = f"{'?' if row['age_days'] is None else row['age_days']}/{'-' if limit is None else limit}"
        table.add_row(
            Text(words.table_title(row["table"], say)),
            Text(f"{row['rows']:,}"),
            Text(f"{row['as_of']:%Y-%m-%d}" if row["as_of"] else "-"),
            Text(age),
            Text(words.named(words.FEED_STATES, row["state"], say), style=_STATE_STYLES.get(row["state"], "red")),
        )
    return table


def _cases(result: Result, say: Say) -> RenderableType | None:
    """The first cases, each with its gravest finding."""
    findings, cases = result.listed, result.cases
    if not findings.height:
        return Text(say("没有发现疑点。", "Nothing was found."))
    numbers = words.numbered(findings["fingerprint"])
    case = pl.coalesce("case_id", "fingerprint")
    first = findings.with_columns(pl.len().over(case).alias("together")).unique(case, keep="first", maintain_order=True)
    shown = min(_CASES, first.height)
    table = _table(
        (say("编号", "Finding"), "l"),
        (say("等级", "Grade"), "l"),
        (say("规则与说明", "Rule and message"), "w"),
        (say("乡镇", "Town"), "l"),
        (say("姓名", "Name"), "l"),
        (say("金额(元)", "Amount (元)"), "r"),
        title=say(
            f"先看这 {shown} 户(共 {cases.height} 个个案,{findings.height} 条疑点)",
            f"First {shown} of {cases.height} cases ({findings.height} findings)",
        ),
    )
    for row in first.head(_CASES).iter_rows(named=True):
        grade = row["grade"]
        what = Text.assemble((row["code"], "bold"), f" {say(row['title'], row['title_en'])}")
        if row["together"] > 1:
            what.append(say(f" 等 {row['together']} 条", f" and {row['together'] - 1} more"), style="dim")
        what.append(f"\n{words.plain(say(row['message'], row['message_en']))}", style="dim")
        table.add_row(
            Text(numbers[row["fingerprint"]]),
            Text(say(*words.GRADES[grade]), style=_GRADE_STYLES[grade]),
            what,
            Text(words.plain(row["town"]) or "-"),
            Text(words.plain(row["name"]) or "-"),
            Text(words.yuan(row["amount"])),
        )
    return table


def _gaps(result: Result, say: Say) -> RenderableType | None:
    """Rules that did not run, the reason, and the tables whose delivery would let them run."""
    gaps = result.coverage.filter(pl.col("status").is_in(["not_evaluable", "failed"]))
    if not gaps.height:
        return None
    table = _table(
        (say("规则", "Rule"), "l"),
        (say("原因;补齐或更新所列数据后即可评估", "Reason; deliver what it names"), "w"),
        title=say("未能评估(不等于没有问题)", "Not evaluated (which is not the same as clean)"),
    )
    for row in gaps.iter_rows(named=True):
        reason = words.plain(say(row["reason"] or "", row["reason_en"] or ""))
        unnamed = [title for title in (words.table_title(t, say) for t in row["enable"] or ()) if title not in reason]
        rule = Text.assemble(
            (row["code"], "bold red" if row["status"] == "failed" else "bold yellow"),
            f" {say(row['title'], row['title_en'])}",
        )
        table.add_row(rule, Text(reason + (f" → {'、'.join(unnamed)}" if unnamed else "")))
    return table


def _left_out(result: Result, say: Say) -> RenderableType | None:
    lines = [
        Text.assemble(
            words.place(row["file"], row["sheet"]),
            (f"  {words.plain(row['reason'])}", "dim"),
            (say("  最接近:", "  closest: ") + "、".join(row["candidates"]) if row["candidates"] else "", "dim"),
        )
        for row in result.unrecognised.iter_rows(named=True)
    ]
    return _bullets(say("未读入的文件和工作表", "Files and sheets not read"), lines, say)


def _problems(result: Result, say: Say) -> RenderableType | None:
    lines = []
    for row in result.problems.sort(-pl.col("cells"), "table", "column", "problem").iter_rows(named=True):
        header = f"“{words.plain(row['header'])}”" if row["header"] else row["column"]
        cells = say(f"{row['cells']:,} 格", f"{row['cells']:,} cells ")
        problem = words.named(words.PROBLEMS, row["problem"], say)
        lines.append(Text.assemble(words.table_title(row["table"], say), header, (f"  {cells}{problem}", "dim")))
    return _bullets(say("读不出或不合要求的单元格", "Cells that cannot be read or break the contract"), lines, say)


def _notes(result: Result, say: Say, *, cells: int) -> RenderableType | None:
    """Remarks, each cut to so many cells: the cover of the workbook has them in full."""
    lines = [Text(words.plain(note)) for note in result.notes]
    for line in lines:
        line.truncate(cells, overflow="ellipsis")
    return _bullets(say("说明", "Notes"), lines, say)


def _bullets(title: str, lines: Iterable[Text], say: Say) -> RenderableType | None:
    every = list(lines)
    if not every:
        return None
    shown = every[:_LINES]
    rest = len(every) - len(shown)
    if rest:
        shown.append(Text(say(f"另有 {rest} 项,见工作簿", f"{rest} more: see the workbook"), style="dim"))
    return Group(Text(title, style="bold"), Padding(Group(*shown), (0, 0, 0, 2)))
