"""Tokens of another county are used with the key of the exchange only, and no rule sees one."""

import csv
from pathlib import Path

import polars as pl
import pytest

from baoshen_audit import scan
from baoshen_audit.audit.exchange import token, tokens
from baoshen_audit.audit.result import Result
from baoshen_audit.errors import ConfigError
from baoshen_audit.testing.synth import district, write_office

KEY = b"agreed by both counties for one exchange"
NUMBER = "320482195103050013"
TABLES = {
    "tekun": pl.DataFrame({"name": ["王一"], "id_no": [NUMBER], "town": ["甲镇"]}),
    "peer_tokens": pl.DataFrame({"token": [token(NUMBER, KEY)], "programme": ["低保"], "month_from": ["2025-01"]}),
}


def _scan(**options: bytes) -> Result:
    return scan(TABLES, region="320413", as_of="2026-06", rules=["DUP111"], key=b"k" * 32, **options)


def test_without_the_key_the_rule_is_not_evaluable(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("BAOSHEN_STATE", str(tmp_path))
    result = _scan()
    assert result.coverage["status"].to_list() == ["not_evaluable"]
    assert any("exchange.key" in note for note in result.notes)


def test_with_the_key_file_somebody_is_found(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("BAOSHEN_STATE", str(tmp_path))
    (tmp_path / "exchange.key").write_bytes(KEY)
    result = _scan()
    assert result.findings["code"].to_list() == ["DUP111"]
    assert token(NUMBER, KEY) not in str(result.findings.to_dicts())
    assert _scan(exchange=b"another key of another exchange!").findings.is_empty()


@pytest.mark.parametrize("secret", [b"k" * 8, b"o" * 32])
def test_a_short_key_and_the_office_own_are_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, secret: bytes
) -> None:
    monkeypatch.setenv("BAOSHEN_STATE", str(tmp_path))
    (tmp_path / "bureau.key").write_bytes(b"o" * 32)
    (tmp_path / "exchange.key").write_bytes(secret)
    with pytest.raises(ConfigError, match="交换密钥"):
        _scan()


def test_the_order_of_tokens_tells_nothing_of_the_roll() -> None:
    made = tokens(pl.Series([5 * 11, 3 * 11, None, -7], dtype=pl.Int64), KEY)
    assert made["token"].is_sorted()
    assert made.height == 2


def test_a_peer_county_delivers_tokens_beside_the_files_of_an_office(tmp_path: Path) -> None:
    """Planted here and not in the sample, which may carry no key: who is paid in both counties, and who only was."""
    county = district(members=150)
    write_office(county, tmp_path)
    tekun = county.frames["tekun"]["2026-06"].filter(
        pl.col("status") == "在保",
        pl.col("id_no").str.len_chars() == 18,
        pl.col("approve_date").dt.year() < 2026,
        pl.col("id_no").is_unique(),
    )
    known = [row["id_no"] for row in tekun.tail(5).iter_rows(named=True)]
    stopped = county.frames["tekun"]["2026-06"].filter(pl.col("status") == "停保")["id_no"][0]
    last_months = ["2026-12", "", "2026-04", "2026-06"]
    rows = [(token(number, KEY), "低保", "2024-01", to) for number, to in zip(known, last_months, strict=False)]
    rows += [(token(known[4], b"another key"), "低保", "2024-01", ""), (token(stopped, KEY), "低保", "2024-01", "")]
    month = tmp_path / "bureau" / "2026-06"
    with (month / "核对数据" / "外县比对令牌.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("令牌", "项目", "起始月份", "截止月份"), *rows])
    with (month / "核对数据" / "数据源清单.csv").open("a", encoding="utf-8", newline="") as file:
        csv.writer(file).writerow(("外县比对令牌", "2026-06-18", "2026-06-20", "邻县民政局", "320413", len(rows), ""))
    result = scan(
        tmp_path / "bureau",
        region="320413",
        as_of="2026-06",
        rules=["DUP111"],
        key=b"k" * 32,
        exchange=KEY,
        reveal=True,
    )
    found = dict(result.findings.select("id_no", "grade").iter_rows())
    assert found == {known[0]: "B", known[1]: "B", known[3]: "C"}  # the fourth ends this month: may be moving
