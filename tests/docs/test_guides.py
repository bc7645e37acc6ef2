"""What the guides show works."""

import re
from pathlib import Path

from baoshen_audit.policy import load_policy

ROOT = Path(__file__).parents[2]


def test_the_policy_file_of_the_guide_loads(tmp_path: Path) -> None:
    text = (ROOT / "docs/guide/policy.md").read_text(encoding="utf-8")
    shown = re.search(r"```toml\n(.*?)```", text, re.S)
    assert shown
    (tmp_path / "own.toml").write_text(shown.group(1), encoding="utf-8")
    policy = load_policy("320481", extra=[tmp_path / "own.toml"])
    assert not policy.missing(["dibao.standard", "dibao.rounding"], [policy.covers[0]])


def test_links_between_documents_lead_somewhere() -> None:
    for page in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name} → {target}"
