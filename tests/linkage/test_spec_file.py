"""Spec files: what they set, and what they refuse."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from baoshen_audit.errors import ConfigError
from baoshen_audit.linkage import link, load_spec


def written(folder: Path, text: str) -> Path:
    path = folder / "spec.toml"
    path.write_text(text, "utf-8")
    return path


def test_residents_with_settings(tmp_path: Path) -> None:
    found = load_spec(
        written(tmp_path, 'share = 0.2\none_to_one = "right"\naccept = 8\n[columns]\nname = ["业主", "产权人"]\n')
    )
    assert found.residents
    assert found.columns == {"name": ("业主", "产权人")}
    assert (found.spec.share, found.spec.one_to_one, found.spec.accept, found.spec.identifier) == (
        0.2,
        "right",
        8,
        "person",
    )


OWN = """
share = 0.5
identifier = "number"
[[field]]
column = "given"
[[field]]
column = "family"
[[field]]
column = "number"
compare = "exact"
[[field]]
column = "born"
compare = "code"
[[block]]
columns = ["given", "family"]
any_order = true
[[block]]
columns = "number"
cap = 10
"""


def test_own_fields_and_blocks(tmp_path: Path) -> None:
    found = load_spec(written(tmp_path, OWN))
    assert not found.residents
    people = [("Ann", "Lee", "1", "19700101"), ("Bo", "Sun", None, "19800202"), ("Cy", "Day", "3", "19600303")]
    people += [(f"x{i}", f"y{i}", f"{i + 10}", f"{19500101 + i}") for i in range(60)]
    again = [("lee", " ANN", None, "19700102"), ("Bo", "Sun", "2", "19800202"), ("Cy", "Day", "4", "19600303")]
    schema = {name: pl.String for name in ("given", "family", "number", "born")}
    left, right = (pl.DataFrame(rows, schema=schema, orient="row").with_row_index("record") for rows in (people, again))
    pairs = link(left, right, spec=found.spec, id="record").pairs
    decided = {(a, b): decision for a, b, decision in pairs.select("left_id", "right_id", "decision").iter_rows()}
    # names in the wrong columns are found by the block, but compare as different: only the same order links
    assert decided[1, 1] == "link"
    assert (0, 0) not in decided
    lacking = link(left.drop("born"), right, spec=found.spec, id="record")
    assert "左表：缺列，不作为证据：born" in lacking.notes


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("share = ", "TOML"),
        ("shares = 1", "shares"),
        ("share = 0", "share"),
        ('share = "many"', "share"),
        ('one_to_one = "all"', "one_to_one"),
        ('[columns]\nbirthday = "生日"', "birthday"),
        ("[columns]\nname = 3", "columns.name"),
        ("columns = 3", "[columns]"),
        ('[[block]]\ncolumns = "name"', "[[field]]"),
        ('[[field]]\ncolumn = "a"', "[[block]]"),
        ('[[field]]\ncolumn = "a"\ncompare = "fuzzy"\n[[block]]\ncolumns = "a"', "compare"),
        ('[[field]]\ncompare = "text"', "column"),
        ('[[field]]\ncolumn = "a"\n[[block]]\ncolumns = "b"', "b"),
        ('[[field]]\ncolumn = "a"\n[[block]]\ncolumns = "a"\ncap = 0', "cap"),
        ('[[field]]\ncolumn = "a"\n[[block]]\ncolumns = "a"\nmax = 5', "max"),
        ('identifier = "b"\n[[field]]\ncolumn = "a"\n[[block]]\ncolumns = "a"', "identifier"),
    ],
)
def test_what_has_no_meaning_is_refused(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(ConfigError) as refused:
        load_spec(written(tmp_path, text))
    assert says in refused.value.message


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(ConfigError):
        load_spec(tmp_path / "none.toml")
