"""Policy files of a county that does not exist, written by the test that needs them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

PACK = '[pack]\nregion = "{region}"\narea = "{area}"\n'
CITED = '[[citation]]\nid = "{id}"\ntitle = "某县文件"\nissuer = "某县"\nissued = "2020"\nkind = "local"\n'


def value(key: str, setting: str, start: str, /, **fields: str) -> str:
    """One well-formed `[[value]]` entry; settings and fields are TOML, `None` leaves a field out."""
    entry = {
        "key": f'"{key}"',
        "is": setting,
        "from": start,
        "unit": '"分/人月"',
        "cite": '"social-assistance-interim#10"',
        "checked_on": "2026-11-01",
        "status": '"confirmed"',
    } | fields
    return "[[value]]\n" + "".join(f"{name} = {toml}\n" for name, toml in entry.items() if toml)


@pytest.fixture
def office(tmp_path: Path) -> Callable[..., Path]:
    """Write a policy file: `office("320499", entry, entry, …, name="a.toml")`."""

    def write(region: str, *entries: str, name: str = "office.toml") -> Path:
        path = tmp_path / name
        path.write_text("\n".join([PACK.format(region=region, area=f"地区{region}"), *entries]), encoding="utf-8")
        return path

    return write
