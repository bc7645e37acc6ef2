"""What the guides show works."""

import ast
import re
import subprocess
import sys
from pathlib import Path

from baoshen_audit.policy import load_policy
from baoshen_audit.rules.concentration import Unit, judge, mid_p, over_dispersion

ROOT = Path(__file__).parents[2]


def test_the_policy_file_of_the_guide_loads(tmp_path: Path) -> None:
    text = (ROOT / "docs/guide/policy.md").read_text(encoding="utf-8")
    shown = re.search(r"```toml\n(.*?)```", text, re.S)
    assert shown
    (tmp_path / "own.toml").write_text(shown.group(1), encoding="utf-8")
    policy = load_policy("320481", extra=[tmp_path / "own.toml"])
    assert not policy.missing(["dibao.standard", "dibao.rounding"], [policy.covers[0]])


def test_the_contracts_of_the_guide_work_alone() -> None:
    """In a process of its own, as a library user has it: the blocks run on from one another."""
    text = (ROOT / "docs/guide/contracts.md").read_text(encoding="utf-8")
    blocks = "".join(re.findall(r"```python\n(.*?)```", text, re.S))
    done = subprocess.run([sys.executable, "-c", blocks], capture_output=True, text=True, check=True, timeout=120)
    failed, amount, rows = done.stdout.splitlines()
    assert failed == "['family_size', 'sex']"
    assert "元/月" in amount
    assert sorted(ast.literal_eval(rows)) == [(1, "family_size"), (1, "sex")]


def test_the_example_of_shares_is_what_the_rules_compute() -> None:
    text = (ROOT / "docs/guide/statistics.md").read_text(encoding="utf-8")
    rows = [line.strip("| ").split(" | ") for line in re.findall(r"^\| \S+村 \|.*", text, re.M)]
    counts = [(int(row[1]), int(row[2])) for row in rows]
    expected = sum(k for k, _ in counts) / sum(n for _, n in counts)
    units = [Unit(k, n, expected) for k, n in counts]
    rho = over_dispersion(units)
    assert f"{expected:.1%} over all, spread between villages ρ = {rho:.3f}".replace("%", " %") in text
    assert len(rows) == 9
    for row, unit, told in zip(rows, units, judge(units, 0.10), strict=True):
        shown = f"{told.rate:.1%} ({told.low:.1%}~{told.top:.1%})"
        assert row[3:6] == [f"{unit.k / unit.n:.1%}", shown, f"{told.p_value:.4f}"]
        assert row[6:] == (["yes"] if told.flagged else [])
    assert f"p = {2 * mid_p(Unit(4, 80, expected), 1e-6)[0]:.2f}" in text


def test_links_between_documents_lead_somewhere() -> None:
    for page in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name} → {target}"
