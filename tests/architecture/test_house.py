"""The house keeps its own limits."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCE = sorted((ROOT / "src").rglob("*.py"))
RELIEF = re.compile(r"dibao|tekun|youfu|低保|特困|救助|优抚|household_roll|civil.affairs", re.I)


@pytest.mark.parametrize("path", SOURCE, ids=lambda p: str(p.relative_to(ROOT / "src")))
def test_sizes(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= 400
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            body = node.body[1:] if ast.get_docstring(node) else node.body
            if body:
                length = (body[-1].end_lineno or 0) - body[0].lineno + 1
                assert length <= 60, f"{node.name} has {length} lines"


@pytest.mark.parametrize("path", [p for p in SOURCE if p.parts[-2] in ("linkage", "engine")], ids=lambda p: p.name)
def test_no_relief_words_in_linkage_and_engine(path: Path) -> None:
    assert not RELIEF.search(path.read_text(encoding="utf-8"))


def test_rule_files_are_short_and_named_by_their_code() -> None:
    for path in (ROOT / "src/baoshen_audit/rules").rglob("*.py"):
        # what the rules of a family share lies beside the families
        if path.name != "__init__.py" and path.parent.name != "rules":
            text = path.read_text(encoding="utf-8")
            code = re.search(r'@rule\(\s*"([A-Z]+[0-9]{3})"', text)
            assert code, path.name
            assert path.name.startswith(code.group(1).lower() + "_")
            assert text.count("\n") <= 200, path.name


def test_pins_hold_no_addresses() -> None:
    for path in (ROOT / "requirements").glob("*.txt"):
        assert "://" not in path.read_text(encoding="utf-8")


def test_every_public_name_is_there() -> None:
    import baoshen_audit  # noqa: PLC0415 - the point is the first import

    for name in baoshen_audit.__all__:
        assert getattr(baoshen_audit, name).__doc__


def test_no_python_in_published_folders() -> None:
    for folder in ("schemas", "cli"):
        assert not list((ROOT / folder).rglob("*.py"))
