"""Case books: small tables in Markdown that a clerk can read, write, and run.

```markdown
# ERR201 死亡后继续发放

## 应报:死亡次月仍发放
**特困人员**
| 姓名 | 身份证号 | 状态 |
|---|---|---|
| 王大山 | {甲:1941-03-05男} | 在保 |
**疑点**
| 等级 | 金额 |
|---|---|
| A | 1326 |
```

A case starts with `## 应报`, `## 不报`, `## 误报陷阱` or `## 不可评`. A table follows the bold name of a roll, feed or
process table (Chinese title or canonical name); its headers are those an office uses. `{甲}` is a valid synthetic ID:
the same for the same word; `{甲:1941-03-05男}` fixes birth date and sex, `{甲/15}` is its 15-digit form, `{甲/令牌}`
its token in an exchange with another county. `**疑点**` lists what must be found, one row per finding, under 等级,
金额 (元), 重算 (元), 月份, 层级, 说明 (part of the message).
Lines `地区:` and `核查月:` change county (320413) and month (2026-06); `规则: ERR201` selects further rules, for a rule
about what the others need; a row whose first cell starts with `20×` stands for twenty rows, numbered by the `#` in
their cells (`20×SQ#`); a fenced `toml` block is an office's policy file. Everything runs through the real pipeline.
"""

from __future__ import annotations

import hashlib
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import polars as pl

from baoshen_audit.audit import Result, scan
from baoshen_audit.audit.exchange import token
from baoshen_audit.audit.request import Request
from baoshen_audit.identity.resident_id import check_char
from baoshen_audit.rule import Rule, RuleSet
from baoshen_audit.schemas import TABLES

KINDS: Final = ("应报", "不报", "误报陷阱", "不可评")
_KEY: Final = b"case books carry no secrets at all"
EXCHANGE: Final = b"the key of an exchange that never took place"
"""What the tokens `{甲/令牌}` of another county are keyed with."""
_ID = re.compile(r"\{([^{}:/]+)(?::(\d{4}-\d{2}-\d{2})([男女]))?(/15|/令牌)?\}")
_TABLE_NAMES: Final = {name: spec.name for spec in TABLES.values() for name in (spec.name, spec.title)}
_SETTINGS: Final = {"地区": "region", "核查月": "month", "规则": "others"}


@dataclass
class Case:
    """One case: its kind, its tables as text, what must be found."""

    kind: str
    title: str
    region: str = "320413"
    month: str = "2026-06"
    others: str = ""
    """Codes of further rules to select."""
    policy: str = ""
    """An office's policy file, as text."""
    tables: dict[str, pl.DataFrame] = field(default_factory=dict)
    expected: pl.DataFrame | None = None


def read(path: Path) -> list[Case]:
    """The cases of a case book file."""
    return parse(path.read_text(encoding="utf-8"))


def example(rule: Rule) -> Case:
    """The executable example in a rule's documentation."""
    return parse(f"## 应报:示例\n{rule.section('示例')}")[0]


def parse(text: str) -> list[Case]:
    """The cases of a case book.

    Raises:
        ValueError: an unknown kind of case or table name, or a row with another number of cells than its header.
    """
    cases: list[Case] = []
    people: dict[str, str] = {}
    for chunk in re.split(r"^## ", text, flags=re.M)[1:]:
        heading, _, body = chunk.partition("\n")
        kind, _, title = heading.replace(":", ":").partition(":")
        if kind.strip() not in KINDS:
            msg = f"unknown kind of case: {kind.strip()}"
            raise ValueError(msg)
        case = Case(kind.strip(), title.strip())
        for name, value in re.findall(r"^(地区|核查月|规则)[::]\s*(\S+)", body, re.M):
            setattr(case, _SETTINGS[name], value)
        block = re.search(r"^```toml\n(.*?)^```", body, re.M | re.S)
        case.policy = block.group(1) if block else ""
        for name, frame in _tables(body, people):
            if name == "疑点":
                case.expected = frame
            else:
                case.tables[_TABLE_NAMES[name]] = frame
        cases.append(case)
    return cases


def _tables(body: str, people: dict[str, str]) -> Iterator[tuple[str, pl.DataFrame]]:
    for name, block in re.findall(r"^\*\*(.+?)\*\*\s*\n((?:\s*\|.*\n?)+)", body, re.M):
        if name != "疑点" and name not in _TABLE_NAMES:
            msg = f"unknown table: {name}"
            raise ValueError(msg)
        rows = [[cell.strip() for cell in line.strip()[1:-1].split("|")] for line in block.strip().splitlines()]
        header, cells = rows[0], rows[2:]
        if any(len(row) != len(header) for row in cells):
            msg = f"table {name}: rows of different length"
            raise ValueError(msg)
        cells = [row for line in cells for row in _repeated(line)]
        filled = [[_ID.sub(lambda m: _resident_id(m, people), cell) or None for cell in row] for row in cells]
        yield name, pl.DataFrame(filled, schema=dict.fromkeys(header, pl.String), orient="row")


def _repeated(row: list[str]) -> Iterator[list[str]]:
    """The rows that one line stands for."""
    times = re.match(r"(\d+)×", row[0])
    if times is None:
        yield row
        return
    bare = [row[0][times.end() :], *row[1:]]
    yield from ([cell.replace("#", str(number)) for cell in bare] for number in range(1, int(times.group(1)) + 1))


def _resident_id(match: re.Match[str], people: dict[str, str]) -> str:
    """A valid number for a word: area 320482, birth date and sex as fixed or drawn from the word."""
    word, born, sex, form = match.groups()
    seed = int.from_bytes(hashlib.sha256(word.encode()).digest()[:4], "big")
    if word not in people:
        birth = (born or f"{1950 + seed % 40}-{1 + seed % 12:02}-{1 + seed % 28:02}").replace("-", "")
        odd = (sex or "男女"[seed % 2]) == "男"
        sequence = seed % 490 * 2 + (1 if odd else 2)
        body = f"320482{birth}{sequence:03}"
        people[word] = body + check_char(body)
    number = people[word]
    if form == "/令牌":
        return token(number, EXCHANGE)
    return number[:6] + number[8:17] if form else number


def run(rule: Rule, case: Case) -> Result:
    """Run one rule on one case through the whole pipeline; feeds are fresh unless the case brings a 数据源清单."""
    others = [one for code, one in RuleSet.discover().items() if code in case.others] if case.others else []
    with tempfile.TemporaryDirectory() as folder:
        policy = Path(folder) / "policy.toml"
        policy.write_text(case.policy, encoding="utf-8")
        return scan(
            {"manifest": _fresh(case.month), **case.tables},
            region=case.region,
            as_of=case.month,
            rules=RuleSet([rule, *others]),
            policy_files=[policy] if case.policy else [],
            key=_KEY,
            exchange=EXCHANGE,
        )


def _fresh(month: str) -> pl.DataFrame:
    feeds = [name for name, spec in TABLES.items() if spec.kind == "feed"]
    return pl.DataFrame({"feed": feeds, "as_of": [Request.of(month).as_of] * len(feeds)})


def transcript(case: Case, result: Result, code: str) -> str:
    """All that a rule told of a case, as text to keep beside the next version's: grade, tier, who, money, words, cells.

    The fingerprint is of the rest that makes a finding the same one next month: whom it is about, beside whom.
    """
    lines = []
    for row in result.findings.filter(pl.col("code") == code).iter_rows(named=True):
        months = ",".join(f"{month:%Y-%m}" for month in row["months"] or ())
        facts = (row["grade"], row["tier"], row["severity"], row["subject_kind"], months, row["fingerprint"])
        subject = " ".join(row[part] or "-" for part in ("name", "id_no", "household", "town", "village", "programme"))
        money = f"{row['amount']} {row['formula']} {row['recomputed']}"
        cells: dict[tuple[str, int], list[str]] = {}
        for cell in row["evidence"] or ():
            cells.setdefault((cell["table"], cell["row"]), []).append(cell["field"])
        cited = (f"{table}:{number} {' '.join(fields)}" for (table, number), fields in cells.items())
        told = (subject, row["message"], row["message_en"], money, *cited)
        lines += [" ".join(map(str, facts)), *map("  {}".format, told)]
    [line] = result.coverage.filter(pl.col("code") == code).to_dicts()
    head = (f"## {case.kind}:{case.title}", f"{line['status']} {line['reason'] or ''}".strip())
    return "\n".join([*head, *lines]) + "\n"


def mismatches(rule: Rule, case: Case, result: Result | None = None) -> list[str]:
    """What is not as the case book says, of a result if it is there already; empty when the case passes."""
    result = result or run(rule, case)
    [line] = result.coverage.filter(pl.col("code") == rule.code).to_dicts()
    found = result.findings.filter(pl.col("code") == rule.code)
    if line["status"] == "failed" or (line["status"] == "not_evaluable") != (case.kind == "不可评"):
        return [f"{line['status']}: {line['reason']}"]
    wrong = []
    if case.kind == "不报" and found.height:
        wrong.append(f"nothing expected, found {found.height}")
    if case.kind == "误报陷阱" and found.filter(pl.col("grade").is_in(["A", "B"])).height:
        wrong.append("a trap fired at grade A or B")
    if case.kind == "应报" and not found.height:
        wrong.append("nothing found")
    if case.expected is not None:
        wrong += _differences(case.expected, found)
    return wrong


def _differences(expected: pl.DataFrame, found: pl.DataFrame) -> list[str]:
    shown = {
        "等级": "grade",
        "层级": "tier",
        "金额": "amount",
        "重算": "recomputed",
        "月份": "months",
        "说明": "message",
    }
    # 说明 is part of a message: the longest first, or a short one could take the message that a longer one is about
    want = sorted((tuple(row) for row in expected.iter_rows()), key=lambda row: -sum(len(cell or "") for cell in row))
    got = [
        tuple(_shown(row[shown[column]]) for column in expected.columns)
        for row in found.select([shown[c] for c in expected.columns]).iter_rows(named=True)
    ]
    left = list(got)
    missing = []
    for row in want:
        match = next(
            (one for one in left if all(_agrees(*pair) for pair in zip(expected.columns, row, one, strict=True))), None
        )
        if match is None:
            missing.append(row)
        else:
            left.remove(match)
    return [f"missing {row}, found {got}" for row in missing] + [f"unexpected {row}" for row in left]


def _agrees(column: str, want: str | None, got: str | None) -> bool:
    return (want or "") in (got or "") if column == "说明" else want == got


def _shown(value: object) -> str | None:
    if isinstance(value, list):
        return "、".join(f"{month:%Y-%m}" for month in value) or None
    if isinstance(value, int):
        return f"{value / 100:.2f}".removesuffix(".00")
    return None if value is None else str(value)
