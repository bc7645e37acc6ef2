from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from baoshen_audit.errors import InputError
from baoshen_audit.ingest import database


@pytest.fixture
def store(tmp_path: Path):
    def _store(*statements: str, rows: tuple[str, list[tuple]] | None = None) -> Path:
        path = tmp_path / "中文 库#1.db"
        with closing(sqlite3.connect(path)) as connection:
            for statement in statements:
                connection.execute(statement)
            if rows:
                connection.executemany(*rows)
            connection.commit()
        return path

    return _store


def test_every_table_with_every_value_as_text(store):
    path = store(
        'CREATE TABLE "机 动""车" ("所有人" TEXT, 证件号, 价 REAL, 图 BLOB)',
        "CREATE TABLE other (a)",
        "CREATE VIEW seen AS SELECT * FROM other",
        rows=(
            'INSERT INTO "机 动""车" VALUES (?, ?, ?, ?)',
            [("张\n三", 320482199001011234, 1020.0, b"\xff"), (None, 320482199001011234.0, 1.5, None)],
        ),
    )
    other, vehicle = database.read(path, "x.db")
    assert (other.sheet, vehicle.sheet) == ("other", '机 动"车')
    assert vehicle.peek[0] == ("所有人", "证件号", "价", "图")
    assert vehicle.body(1, [0, 1, 2, 3]).frame.rows() == [
        (1, "张\n三", "320482199001011234", "1020", "FF"),
        (2, None, "3.20482199001011e+17", "1.5", None),
    ]
    assert other.body(1, [0]).frame.height == 0


def test_row_numbers_are_rowids_over_all_chunks(store, monkeypatch):
    monkeypatch.setattr(database, "_CHUNK", 3)
    path = store("CREATE TABLE t (a)", rows=("INSERT INTO t VALUES (?)", [(str(n),) for n in range(10)]))
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DELETE FROM t WHERE a IN ('2', '5')")
        connection.execute("UPDATE t SET rowid = -7 WHERE a = '9'")
        connection.commit()
    (sheet,) = database.read(path, "x.db")
    rows = sheet.body(1, [0]).frame.rows()
    assert rows == [(-7, "9"), (1, "0"), (2, "1"), (4, "3"), (5, "4"), (7, "6"), (8, "7"), (9, "8")]


def test_a_table_without_rowid_is_numbered(store):
    path = store("CREATE TABLE t (a TEXT PRIMARY KEY) WITHOUT ROWID", "INSERT INTO t VALUES ('x'), ('y')")
    (sheet,) = database.read(path, "x.db")
    assert sheet.body(1, [0]).frame.rows() == [(1, "x"), (2, "y")]


def test_the_file_is_not_written_to(store):
    path = store("CREATE TABLE t (a)", "INSERT INTO t VALUES (1)")
    path.chmod(0o444)
    before = path.read_bytes()
    (sheet,) = database.read(path, "x.db")
    sheet.body(1, [0])
    assert path.read_bytes() == before


def test_a_cut_database_is_refused(store):
    path = store("CREATE TABLE t (a)", rows=("INSERT INTO t VALUES (?)", [("x" * 500,)] * 200))
    for size in (6000, path.stat().st_size - 4096):
        path.write_bytes(path.read_bytes()[:size])
        with pytest.raises(InputError, match=r"x\.db"):
            database.read(path, "x.db")


def test_a_damaged_tree_that_repeats_rows_is_refused(store, monkeypatch):
    path = store("CREATE TABLE t (a)", rows=("INSERT INTO t VALUES (?)", [(n,) for n in range(9)]))
    monkeypatch.setitem(database._KEYS, True, "(rowid % 3)")
    (sheet,) = database.read(path, "x.db")
    with pytest.raises(InputError, match="损坏"):
        sheet.body(1, [0])
