"""baoshen.toml as an office writes it: what holds, where it came from, and every mistake at once."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from jsonschema import Draft202012Validator

from baoshen_audit import ConfigError, RuleSet, scan
from baoshen_audit.audit.settings import configured, demand
from baoshen_audit.audit.starting import starting
from baoshen_audit.config import Config, find, read
from baoshen_audit.report.contracts import config_schema, contracts, policy_schema
from baoshen_audit.testing import casebook

ROOT = Path(__file__).parents[1]
RULES = RuleSet.discover()
KEY = b"k" * 32
EXAMPLE = casebook.example(RULES["ERR201"]).tables


@pytest.fixture
def written(tmp_path: Path) -> Callable[[str], Path]:
    def write(text: str) -> Path:
        path = tmp_path / "baoshen.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_a_profile_goes_over_the_file(written: Callable[[str], Path]) -> None:
    path = written(
        'region = "320413"\npolicy = ["a.toml"]\n[gate]\nfail_on = "medium"\nmin_rows = 5\n'
        '[rules.ERR209]\nseverity = "low"\n'
        '[profiles.strict]\nregion = "320481"\n[profiles.strict.gate]\nfail_on = "low"\n'
        '[profiles.strict.rules.ERR209]\nseverity = "high"\n'
    )
    base, strict = read(path), read(path, "strict")
    assert base.options["gate"] == {
        "region": "320413", "policy": [str(path.parent / "a.toml")], "fail_on": "medium", "min_rows": 5,
    }  # fmt: skip
    assert strict.options["gate"] | {"policy": []} == {
        "region": "320481", "policy": [], "fail_on": "low", "min_rows": 5,
    }  # fmt: skip
    assert strict.origin["gate", "fail_on"] == "profiles.strict.gate.fail_on"
    assert strict.origin["gate", "min_rows"] == "gate.min_rows"
    assert (base.rules["ERR209"].severity, strict.rules["ERR209"].severity) == ("low", "high")
    with pytest.raises(ConfigError, match="lenient"):
        read(path, "lenient")


def test_every_mistake_of_form_is_named_at_once(written: Callable[[str], Path]) -> None:
    path = written(
        'regio = "320413"\nlang = "fr"\n[gate]\nfail_on = "mild"\nmin_rows = 0\nmax_rate = ["some"]\n'
        'require_rules = "yes"\n'
        '[scan]\nmax_findings = "many"\n[rules.ERR209]\nenabled = false\n[tables."x.csv"]\n'
        '[sources.a]\nurl = "mysql://x"\n[profiles.p]\nsources = {}\n'
    )
    with pytest.raises(ConfigError) as caught:
        read(path)
    for place in (
        "regio 不认识,是否指 region?", "lang ", "gate.fail_on", "gate.min_rows", "gate.max_rate", "gate.require_rules",
        "scan.max_findings", "rules.ERR209 停用规则须写明 reason", 'tables."x.csv"', "sources.a.url", "sources.a.query",
        "profiles.p.sources",
    ):  # fmt: skip
        assert place in caught.value.message, place
    assert "12 处" in caught.value.message


def test_every_mistake_of_meaning_is_named_at_once(written: Callable[[str], Path]) -> None:
    path = written(
        '[rules.ERR299]\nseverity = "low"\n[rules.DUP101]\nfoo = 1\n'
        '[tables."a*"]\ntable = "dibaa"\n[tables."b*"]\ntable = "dibao"\n[tables."b*".columns]\n"x" = "id_nu"\n'
    )
    with pytest.raises(ConfigError) as caught:
        demand(read(path), RULES)
    for place in ("rules.ERR299", "rules.DUP101.foo", "dibaa", "是否指 dibao", 'columns."x"', "是否指 id_no"):
        assert place in caught.value.message, place
    assert "4 处" in caught.value.message


def test_settings_are_found_upward_from_the_data_then_from_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data, here = tmp_path / "a" / "data", tmp_path / "b"
    data.mkdir(parents=True)
    here.mkdir()
    monkeypatch.chdir(here)
    assert find(data / "missing.xlsx") is None
    (here / "pyproject.toml").write_text("[tool.baoshen]\nregion = '320413'\n", encoding="utf-8")
    assert find(data) == here / "pyproject.toml"
    assert read(here / "pyproject.toml").options["scan"]["region"] == "320413"
    (tmp_path / "a" / "baoshen.toml").write_text("", encoding="utf-8")
    assert find(data) == tmp_path / "a" / "baoshen.toml"


def test_a_rule_switched_off_is_shown_with_its_reason_and_never_clean(written: Callable[[str], Path]) -> None:
    path = written('[rules.ERR201]\nenabled = false\nreason = "死亡数据尚未核对"\n')
    result = scan(EXAMPLE, region="320413", as_of="2026-06", rules=["ERR201"], config=path, key=KEY)
    [line] = result.coverage.to_dicts()
    assert (line["status"], line["findings"]) == ("not_evaluable", 0)
    assert "死亡数据尚未核对" in line["reason"]


def test_parameters_and_severity_of_a_rule(written: Callable[[str], Path]) -> None:
    [name] = [one for one in RULES["ROLL005"].params if one == "max_age"] or list(RULES["ROLL005"].params)[:1] or [""]
    path = written('[rules.ERR201]\nseverity = "info"\n')
    chosen = configured(RULES, read(path))
    assert chosen["ERR201"].severity == "info"
    assert RULES["ERR201"].severity == "high"
    if name:
        path = written(f"[rules.ROLL005]\n{name} = {json.dumps(RULES['ROLL005'].params[name])}\n")
        demand(read(path), RULES)
        assert configured(RULES, read(path))["ROLL005"].params == RULES["ROLL005"].params


ODD = pl.DataFrame({"姓名": ["王大山"], "证件": ["320482194103051234"], "镇": ["甲镇"], "手印": ["有"]})


def test_a_pin_says_what_a_sheet_and_its_columns_are(written: Callable[[str], Path], tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    ODD.write_csv(folder / "六月.csv")
    pin = '[tables."六月*"]\ntable = "tekun"\n[tables."六月*".columns]\n"证件" = "id_no"\n"镇" = "town"\n"手印" = ""\n'
    config = written(pin + '"没有的列" = "village"\n[tables."七月*"]\ntable = "dibao"\n')
    result = scan(folder, region="320413", as_of="2026-06", config=config, key=KEY)
    [read_in] = result.inputs.to_dicts()
    assert (read_in["table"], read_in["rows"], read_in["unmapped"]) == ("tekun", 1, [])
    told = result.unrecognised.filter(pl.col("file") == "baoshen.toml")
    assert dict(told.select("sheet", "reason").iter_rows()) == {
        "六月*": "相符的表里没有这些表头：没有的列",
        "七月*": "没有文件或工作表与这一项相符",
    }


def test_a_header_that_resembles_one_free_column_is_read_and_told(tmp_path: Path) -> None:
    EXAMPLE["tekun"].rename({"身份证号": "身份证号码号"}).write_csv(tmp_path / "特困人员.csv")
    result = scan(tmp_path, region="320413", as_of="2026-06", key=KEY)
    [one] = result.inputs.to_dicts()
    assert one["unmapped"] == []
    EXAMPLE["tekun"].with_columns(pl.lit("x").alias("银行帐户名号")).write_csv(tmp_path / "特困人员.csv")
    [one] = scan(tmp_path, region="320413", as_of="2026-06", key=KEY).inputs.to_dicts()
    assert one["unmapped"] == ["银行帐户名号"]
    assert one["closest"] == ["银行帐户名号 → 账户名"] or one["closest"][0].startswith("银行帐户名号 → ")


def test_what_init_writes_gives_the_same_recognition(tmp_path: Path) -> None:
    bureau = ROOT / "sample_data" / "bureau"
    path = tmp_path / "baoshen.toml"
    path.write_text(starting(bureau, region="320413"), encoding="utf-8")
    own = read(path)
    demand(own, RULES)
    plain, pinned = (scan(bureau, region="320413", as_of="2026-06", config=one, key=KEY) for one in (Config(), own))
    assert pinned.manifest["result_hash"] == plain.manifest["result_hash"]
    assert pinned.inputs.drop("closest").equals(plain.inputs.drop("closest"))
    assert "baoshen.toml" not in set(pinned.unrecognised["file"])


def _plain(value: Any) -> Any:
    """TOML as JSON Schema sees it."""
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return value if isinstance(value, str | int | bool) else str(value)


def test_the_published_schemas_hold_for_our_own_files() -> None:
    settings = Draft202012Validator(config_schema())
    annotated = (ROOT / "cli" / "baoshen.toml").read_text(encoding="utf-8")
    assert list(settings.iter_errors(tomllib.loads(annotated))) == []
    for wrong in ({"regio": "320413"}, {"gate": {"fail_on": "mild"}}, {"rules": {"ERR201": {"enabled": False}}}):
        assert list(settings.iter_errors(wrong))
    policy = Draft202012Validator(policy_schema())
    for path in sorted((ROOT / "src/baoshen_audit/policy/data").rglob("*.toml")):
        assert list(policy.iter_errors(_plain(tomllib.loads(path.read_text(encoding="utf-8"))))) == [], path.name
    assert list(policy.iter_errors({"pack": {"region": "32041"}}))
    assert list(policy.iter_errors({"pack": {"region": "CN"}, "value": [{"key": "a.b"}]}))


def test_the_annotated_file_is_in_order() -> None:
    demand(read(ROOT / "cli" / "baoshen.toml"), RULES)
    assert "config.schema.json" in contracts()
