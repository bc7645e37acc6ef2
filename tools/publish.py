"""Write what is generated and checked in: published contracts, rule pages, command reference.

`python tools/publish.py` writes; `python tools/publish.py --check` writes nothing and fails if a file is out of date.
"""

from __future__ import annotations

import sys
from pathlib import Path

import polars as pl

from baoshen_audit import scan
from baoshen_audit.audit.request import PREPARED
from baoshen_audit.cli.reference import reference
from baoshen_audit.policy import citation
from baoshen_audit.report.contracts import contracts
from baoshen_audit.rule import Rule, RuleSet
from baoshen_audit.schemas import TABLES
from baoshen_audit.testing import casebook
from baoshen_audit.testing.truth import compare

ROOT = Path(__file__).resolve().parent.parent


def rule_page(rule: Rule) -> str:
    """The page of one rule: the facts of its declaration, then its documentation."""
    needs = "、".join(
        (TABLES[need.table].title if need.table in TABLES else PREPARED[need.table])
        + ("(至少一项)" if need.table in rule.one_of else "(可选)" if need.optional else "")
        for need in rule.needs
    )
    facts = {
        "English": rule.title_en,
        "族": f"{rule.family} {rule.family_title}",
        "等级 / 严重程度": f"{rule.grade.value} / {rule.severity.value}",
        "分区键": f"`{rule.key}`",
        "所需数据": needs,
        "政策参数": "、".join(f"`{key}`" for key in rule.policy) or "无",
        "规则参数": "、".join(f"`{name}={value}`" for name, value in rule.params.items()) or "无",
        "依据": ";".join(citation(ref).label for ref in rule.basis),
        "始于版本": rule.since,
    }
    table = "\n".join(f"| {name} | {value} |" for name, value in facts.items())
    return f"# {rule.code} {rule.title}\n\n| | |\n|---|---|\n{table}\n\n{rule.doc}\n"


def rule_index(rules: RuleSet) -> str:
    """The list of all rules, with what came of them in the sample county."""
    result = scan(ROOT / "sample_data" / "bureau", region="320413", as_of="2026-06", key=b"a published index" * 2)
    truth = pl.read_csv(ROOT / "sample_data" / "truth.csv", infer_schema=False)
    compared = compare(result.findings.to_dicts(), truth)
    lines = []
    for r in rules.values():
        planted, found, traps, accused, strangers = compared.of(r.code)
        book = casebook.read(ROOT / "tests" / "rules" / f"{r.code}.md")
        kinds = "/".join(str(sum(case.kind == kind for case in book)) for kind in casebook.KINDS)
        lines.append(
            f"| [{r.code}]({r.code}.md) | {r.title} | {r.title_en} | {r.family_title} | {r.grade} | {r.severity} "
            f"| {kinds} | {found}/{planted} | {accused}/{traps} | {strangers} |"
        )
    total = [sum(part) for part in zip(*(compared.of(code) for code in rules), strict=True)]
    return _INDEX.format("\n".join(lines), len(rules), *total)


_INDEX = """# 规则目录

由规则文件和一次对 `sample_data` 的核查生成。疑点是核查线索,不是结论。

病例:规则的病例集中应报/不报/误报陷阱/不可评各有几例。样例县:预埋的疑点找到了几个;预埋的陷阱有几个被误列为 A、B 级;
未预埋而列为 A、B 级的有几条。

| 编码 | 规则 | Rule | 族 | 等级 | 严重程度 | 病例 | 找到/预埋 | 误列/陷阱 | 其他 A/B |
|---|---|---|---|---|---|---|---|---|---|
{0}

合计 {1} 条规则:预埋 {2},找到 {3};陷阱 {4},误列 {5};其他 A/B {6}。
"""


def generated() -> dict[Path, bytes]:
    """Every generated file with its content."""
    files = {Path("schemas") / name: content for name, content in contracts().items()}
    files[Path("cli/commands.md")] = reference().encode()
    rules = RuleSet(r for r in RuleSet.discover().values() if r.kernel.__module__.startswith("baoshen_audit."))
    files[Path("docs/rules/README.md")] = rule_index(rules).encode()
    files |= {Path(f"docs/rules/{rule.code}.md"): rule_page(rule).encode() for rule in rules.values()}
    return files


def stale() -> list[str]:
    """Generated files that are missing or differ from what is checked in, and files that nothing generates any more."""
    wanted = generated()
    wrong = [str(p) for p, content in wanted.items() if not (ROOT / p).exists() or (ROOT / p).read_bytes() != content]
    owned = [p for folder in ("schemas", "docs/rules") for p in (ROOT / folder).rglob("*") if p.is_file()]
    return wrong + [str(p.relative_to(ROOT)) for p in owned if p.relative_to(ROOT) not in wanted]


def main() -> int:
    """Write or check."""
    if "--check" in sys.argv[1:]:
        old = stale()
        print("\n".join(f"out of date: {name}" for name in old) or "all generated files are up to date")
        return 1 if old else 0
    for path, content in generated().items():
        (ROOT / path).parent.mkdir(parents=True, exist_ok=True)
        (ROOT / path).write_bytes(content)
    return 0


if __name__ == "__main__":
    sys.exit(main())
