"""Rows from a real PostgreSQL server, started for these tests on a socket of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from baoshen_audit import config
from baoshen_audit.errors import ConfigError, InputError, UsageError
from baoshen_audit.ingest.load import load

JUNE = date(2026, 6, 1)
ID, OTHER = "320482199001011230", "320482196103050018"


def program(name: str) -> str | None:
    """A server program: Debian keeps them off the path."""
    places = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return str(places[-1]) if places else shutil.which(name)


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    psycopg = pytest.importorskip("psycopg", reason="psycopg (extra postgres) is not installed")
    initdb, control = program("initdb"), program("pg_ctl")
    if not initdb or not control:
        pytest.skip("no PostgreSQL server: apt-get install postgresql")
    # a server refuses to run as root
    user = "postgres" if os.geteuid() == 0 else None
    with tempfile.TemporaryDirectory(prefix="pg-") as folder:
        if user:
            shutil.chown(folder, user)
        data = f"{folder}/data"
        subprocess.run([initdb, "-D", data, "-A", "trust", "-U", "reader", "-E", "UTF8", "--locale=C"],
                       user=user, check=True, capture_output=True, cwd=folder)  # fmt: skip
        options = f"-k {folder} -c listen_addresses='' -c fsync=off"
        subprocess.run([control, "-D", data, "-w", "-l", f"{folder}/log", "-o", options, "start"],
                       user=user, check=True, stdout=subprocess.DEVNULL, cwd=folder)  # fmt: skip
        try:
            url = f"postgresql://reader@/postgres?host={folder}"
            with psycopg.connect(url) as connection:
                connection.execute(SETUP)
            yield url
        finally:
            subprocess.run([control, "-D", data, "-m", "immediate", "stop"],
                           user=user, check=True, stdout=subprocess.DEVNULL, cwd=folder)  # fmt: skip


SETUP = f"""
CREATE TABLE "特困人员" ("姓名" text, "身份证号" varchar(18), "供养方式" text, "基本生活标准" numeric(10,2),
  "批准日期" date, "备注" text, "身高" float8);
INSERT INTO "特困人员" VALUES ('张三', '{ID}', '集中', 1326.50, '2017-05-01', E'带"引号",逗号\n换行', 1.5),
  ('李四', NULL, '分散', NULL, NULL, '', NULL);
CREATE SCHEMA car;
CREATE TABLE car.vehicle ("所有人" text, "证件号" float8, "号牌号码" text);
INSERT INTO car.vehicle VALUES ('王五', {ID}, '苏D1');
"""  # noqa: S608


@pytest.fixture
def office(tmp_path):
    def _office(text: str) -> Path:
        (tmp_path / config.NAME).write_text(text, "utf-8")
        return tmp_path

    return _office


def test_tables_and_queries_of_a_server(server, office):
    folder = office(
        f'[sources."特困202606"]\nurl = "{server}"\nquery = "特困人员"\n'
        f'[sources."车管"]\nurl = "{server}"\nquery = "car.vehicle"\ntable = "vehicle"\n'
        f'[sources."死亡"]\nurl = "{server}"\n'
        f"query = '''select '赵六' as 逝者姓名, '{OTHER}' as 证件号, date '2026-05-01' as 死亡日期;'''\n"
    )
    (folder / "孤儿.csv").write_text(f"姓名,身份证号,养育方式\n张小,{ID},散居\n", "utf-8")
    intake = load(folder, month=JUNE)
    tekun = intake.tables["tekun"].frame
    assert tekun.select("source_row", "name", "id_no", "mode", "base_standard", "approve_date").rows() == [
        (1, "张三", ID, "集中", 132650, date(2017, 5, 1)),
        (2, "李四", None, "分散", None, None),
    ]
    assert tekun["raw__remark"].to_list() == ['带"引号",逗号\n换行', ""]
    # a number that was stored as floating point shows it
    assert intake.tables["vehicle"].frame["id_no"].to_list() == ["3.204821990010112e+17"]
    assert intake.tables["death"].frame.select("name", "death_date").rows() == [("赵六", date(2026, 5, 1))]
    assert intake.tables["orphan"].frame.height == 1
    assert [(source.file, source.sheet, source.header_row) for source in intake.sources][:2] == [
        ("baoshen.toml", "特困202606", 0),
        ("baoshen.toml", "车管", 0),
    ]
    assert intake.sources[0].month == JUNE


def test_the_configuration_alone(server, office):
    folder = office(f'[sources."特困"]\nurl = "{server}"\nquery = "特困人员"\n')
    assert load(folder / config.NAME, month=JUNE).tables["tekun"].frame.height == 2


@pytest.mark.parametrize(
    "query", ["没有", "select 1 from", "delete from 特困人员", "select 1) as q; drop table 特困人员; --"]
)
def test_a_query_that_fails_or_would_write(server, office, query):
    folder = office(f'[sources."特困"]\nurl = "{server}"\nquery = "{query}"\n')
    with pytest.raises(InputError, match="无法读取数据库 特困"):
        load(folder, month=JUNE)
    folder = office(f'[sources."特困"]\nurl = "{server}"\nquery = "特困人员"\n')
    assert load(folder, month=JUNE).tables["tekun"].frame.height == 2


def test_no_server_and_no_secret_in_the_message(office):
    pytest.importorskip("psycopg", reason="psycopg (extra postgres) is not installed")
    folder = office('[sources."库"]\nurl = "postgresql://u:geheim@127.0.0.1:1/x"\nquery = "t"\n')
    with pytest.raises(InputError) as caught:
        load(folder, month=JUNE)
    assert "geheim" not in str(caught.value) + repr(caught.value) + repr(config.read(folder / config.NAME))
    assert "127.0.0.1" not in str(caught.value)


def test_all_faults_of_a_configuration_at_once(office):
    folder = office('[sources.a]\nurl = "mysql://x"\nqueri = "t"\n[sources.b]\nurl = 1\nquery = "t"\n')
    with pytest.raises(ConfigError) as caught:
        load(folder, month=JUNE)
    for fault in (
        "sources.a.queri 不认识",
        "sources.a.query 没有写",
        "sources.a.url 应以 postgresql:// 开头",
        "sources.b.url 应是文字",
    ):
        assert fault in caught.value.message


def test_a_table_nobody_knows(office):
    folder = office('[sources.a]\nurl = "postgresql://x"\nquery = "t"\ntable = "tekuns"\n')
    with pytest.raises(UsageError, match="tekuns"):
        load(folder, month=JUNE)


@pytest.mark.parametrize("text", ["sources = 3", "[sources\n", "\x00", "[sources.a]\n"])
def test_a_configuration_that_is_none(office, text):
    with pytest.raises(ConfigError):
        load(office(text), month=JUNE)


def test_a_configuration_in_a_delivery_is_only_a_file(office, tmp_path):
    folder = office("")
    (folder / "镇里").mkdir()
    (folder / "镇里" / config.NAME).write_text("[sources.a]\nurl = 'postgresql://x'\nquery = 't'\n", "utf-8")
    (folder / "特困.csv").write_text(f"姓名,身份证号,供养方式\n张三,{ID},集中\n", "utf-8")
    intake = load(folder, month=JUNE)
    assert [item.file for item in intake.unrecognised] == ["镇里/baoshen.toml"]
