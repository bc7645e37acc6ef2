"""Flag › environment › file › default, and the commands about settings."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]


@pytest.fixture
def settings(office: Path) -> Path:
    path = office.parent / "baoshen.toml"
    path.write_text(
        'region = "320413"\n[scan]\nfail_on = "high"\nrules = ["ERR201"]\n[profiles.calm.scan]\nfail_on = "info"\n'
        '[gate]\nselect = ["ERR201"]\nfail_on = "high"\n',
        encoding="utf-8",
    )
    return path


def origins(run: Run, office: Path, *args: str) -> dict[str, str]:
    lines = run("config", office, *args).out.partition("[gate]")[0].splitlines()
    return {line.split(" = ")[0].strip(): line.partition("(")[2] or line for line in lines if " = " in line}


def test_precedence(run: Run, office: Path, settings: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scan = ("scan", office, "--as-of", "2026-06", "-q")
    assert run(*scan).code == 1  # the file: fail_on high
    assert origins(run, office)["fail_on"].startswith("baoshen.toml scan.fail_on")
    assert origins(run, office, "--profile", "calm")["fail_on"].startswith("baoshen.toml profiles.calm.scan.fail_on")
    monkeypatch.setenv("BAOSHEN_SCAN_RULES", "DUP101")
    assert run(*scan).code == 0  # the environment over the file
    assert origins(run, office)["rules"].startswith("环境变量 BAOSHEN_SCAN_RULES")
    assert run(*scan, "--rules", "ERR201").code == 1  # the flag over the environment
    monkeypatch.delenv("BAOSHEN_SCAN_RULES")
    empty = settings.with_name("other.toml")
    empty.write_text("", encoding="utf-8")
    assert run(*scan, "--region", "320413", "--config", empty).code == 0  # the default


def test_wrong_settings_end_before_anything_starts(run: Run, office: Path, settings: Path) -> None:
    settings.write_text('regio = "320413"\n[rules.ERR209]\nenabled = false\n', encoding="utf-8")
    ended = run("scan", office, "--region", "320413", "--as-of", "2026-06")
    assert (ended.code, ended.out) == (2, "")
    assert "regio" in ended.err
    assert "rules.ERR209" in ended.err
    assert run("gate", office, "--config", office / "missing.toml").code == 2
    assert run("scan", office, "--profile", "x", "--config", settings).code == 2


def test_new_since_counts_only_what_has_changed(run: Run, office: Path, settings: Path, tmp_path: Path) -> None:
    before = tmp_path / "before.json"
    gate = ("gate", office, "--as-of", "2026-06")
    assert run(*gate, "--format", f"json={before}").code == 1
    ended = run(*gate, "--new-since", before, "--format", "json")
    assert ended.code == 0
    assert json.loads(ended.out)["gate"]["states"]["known"] == 1
    document = json.loads(before.read_text(encoding="utf-8"))
    document["report"]["findings"][0]["content_hash"] = "other"
    before.write_text(json.dumps(document), encoding="utf-8")
    assert run(*gate, "--new-since", before).code == 1
    before.write_text("[]", encoding="utf-8")
    assert run(*gate, "--new-since", before).code == 2


def test_init_writes_beside_the_data_and_never_over_a_file(run: Run, office: Path) -> None:
    assert run("init", office, "--region", "320413").code == 0
    text = (office / "baoshen.toml").read_text(encoding="utf-8")
    assert 'table = "tekun"' in text
    assert "320482" not in text  # no cell of a person
    assert run("init", office).code == 2
    assert run("init", office, "--force").code == 0
    assert run("init", office / "missing").code == 2
    assert run("scan", office, "--region", "320413", "--as-of", "2026-06", "-q").code == 0


def test_schema_export_and_check(run: Run, tmp_path: Path) -> None:
    assert run("schema", "export", tmp_path).code == 0
    assert (tmp_path / "config.schema.json").is_file()
    assert run("schema", "export", tmp_path, "--check").code == 0
    (tmp_path / "codes.json").write_text("{}", encoding="utf-8")
    ended = run("schema", "export", tmp_path, "--check")
    assert ended.code == 1
    assert "codes.json" in ended.err
    assert run("schema", "export", Path(__file__).parents[2] / "schemas", "--check").code == 0
