"""What to look after in a county's policy."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from baoshen_audit.policy import Remark, check, load_policy

from .conftest import CITED, value

Office = Callable[..., Path]
JUNE = date(2026, 6, 1)
CITY = {"urban_rural": '"城市"'}


def remarks(path: Path, on: date = JUNE, needed: tuple[str, ...] = (), **options: int) -> list[Remark]:
    found = check(load_policy("320499", extra=[path]), on, needed, **options)
    return [one for one in found if one.key == "dibao.standard"]


def test_a_sound_policy_gives_no_remark(office: Office) -> None:
    path = office("320499", value("dibao.standard", "100", "2025-07-01", **CITY))
    assert remarks(path) == []


def test_a_needed_value_that_is_missing(office: Office) -> None:
    path = office("320499", value("dibao.standard", "100", "2025-07-01", **CITY))
    [one] = remarks(path, needed=("dibao.standard",))
    rural = (("urban_rural", "农村"),)
    assert one == Remark("missing", "dibao.standard", "低保标准", rural, "2026-06 无有效值")
    assert one.blocks


def test_a_hole_in_the_time_line(office: Office) -> None:
    first = value("dibao.standard", "90", "2024-01-01", to="2024-12-31", **CITY)
    path = office("320499", first, value("dibao.standard", "100", "2025-07-01", **CITY))
    urban, text = (("urban_rural", "城市"),), "2024-12-31 之后、2025-07-01 之前无值"
    assert remarks(path) == [Remark("gap", "dibao.standard", "低保标准", urban, text)]
    assert remarks(path, date(2025, 7, 1)) == remarks(path)
    # a hole that lies in the future is nobody's problem yet, and a seam without a day between is none
    assert remarks(path, date(2025, 6, 30)) == []
    seamless = office(
        "320499", first.replace("2024-12-31", "2025-06-30"), value("dibao.standard", "100", "2025-07-01", **CITY)
    )
    assert remarks(seamless) == []


def test_a_value_nobody_compared_for_long(office: Office) -> None:
    path = office("320499", value("dibao.standard", "100", "2024-07-01", checked_on="2025-05-31", **CITY))
    [one] = remarks(path)
    urban = (("urban_rural", "城市"),)
    assert one == Remark("stale", "dibao.standard", "低保标准", urban, one.text, str(path))
    assert "366 天" in one.text
    assert remarks(path, stale_days=366) == []


def test_a_document_that_is_no_longer_in_force(office: Office) -> None:
    lapsed = CITED.format(id="old-1") + "to = 2025-12-31\n"
    path = office("320499", lapsed, value("dibao.standard", "100", "2025-07-01", cite='"old-1"', **CITY))
    assert [one.kind for one in remarks(path)] == ["lapsed"]
    assert remarks(path, date(2025, 12, 1)) == []


def test_an_unconfirmed_value_is_named_and_blocks_nothing(office: Office) -> None:
    path = office("320499", value("dibao.standard", "100", "2025-07-01", status='"unconfirmed"', **CITY))
    [one] = remarks(path)
    assert (one.kind, one.blocks) == ("unconfirmed", False)


def test_the_shipped_example_has_nothing_that_blocks() -> None:
    assert [one for one in check(load_policy("320413"), JUNE, ()) if one.blocks] == []
