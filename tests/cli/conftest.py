"""A small office: the worked example of one rule as files in a folder, and the command called as a person calls it."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from baoshen_audit.cli import main
from baoshen_audit.rule import RuleSet
from baoshen_audit.schemas import TABLES
from baoshen_audit.testing import casebook

EXAMPLE = casebook.example(RuleSet.discover()["ERR201"]).tables


class Ended(NamedTuple):
    code: int
    out: str
    err: str


@pytest.fixture(autouse=True)
def state(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path_factory.mktemp("state")
    (folder / "bureau.key").write_bytes(b"k" * 32)
    monkeypatch.setenv("BAOSHEN_STATE", str(folder))
    for name in ("FORCE_COLOR", "NO_COLOR", "COLUMNS", "TERM"):
        monkeypatch.delenv(name, raising=False)
    return folder


@pytest.fixture
def office(tmp_path: Path) -> Path:
    folder = tmp_path / "bureau"
    folder.mkdir()
    for name, frame in EXAMPLE.items():
        frame.write_csv(folder / f"{TABLES[name].title}2026年6月.csv")
    return folder


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., Ended]:
    def call(*args: str | Path) -> Ended:
        with pytest.raises(SystemExit) as ended:
            main([str(arg) for arg in args])
        out, err = capsys.readouterr()
        return Ended(int(ended.value.code or 0), out, err)

    return call


@pytest.fixture
def scan(run: Callable[..., Ended], office: Path) -> Callable[..., Ended]:
    def call(*args: str | Path) -> Ended:
        return run("scan", office, "--region", "320413", "--as-of", "2026-06", *args)

    return call
