"""PostgreSQL, and what speaks its protocol: the rows of a query as text, in one read-only transaction each.

The server writes CSV and polars reads it, so that no row passes through Python. Every value is cast to text by the
server: NUMERIC keeps its digits, and a number too long for a double shows it (`3.2048219900101126e+17`).
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

import polars as pl

from baoshen_audit.config import NAME, DatabaseSource
from baoshen_audit.errors import ConfigError, InputError
from baoshen_audit.ingest.model import PEEK_ROWS, Body, RawSheet

if TYPE_CHECKING:
    import psycopg

_PATIENCE: Final = 15
"""Seconds to wait for a connection."""

_TABLE: Final = re.compile(r"^\w+(?:\.\w+)?$")


def read(source: DatabaseSource) -> RawSheet:
    """Ask for the columns and first rows of a query; all rows are fetched when asked for.

    Args:
        source: what to ask whom.

    Returns:
        A sheet of the configuration file, named after the source. Row numbers count the rows of the query.

    Raises:
        ConfigError: the driver is not installed.
        InputError: no connection, or the query fails.
    """
    sql = source.query.strip().rstrip(";").strip()
    if _TABLE.match(sql):
        sql = "SELECT * FROM " + ".".join(map(_quoted, sql.split(".")))  # noqa: S608 - quoted, from the office's own file
    with _asking(source) as cursor:
        cursor.execute(f"SELECT * FROM ({sql}) AS q LIMIT 0")  # noqa: S608
        names = tuple(column.name for column in cursor.description or ())
        head = _rows(cursor, sql, names, range(len(names)), PEEK_ROWS - 1)
    peek = (names, *(tuple(cell or "" for cell in row) for row in head.iter_rows()))

    def body(skip: int, columns: Sequence[int]) -> Body:
        with _asking(source) as cursor:
            frame = _rows(cursor, sql, names, columns)
        rows = pl.int_range(1, frame.height + 1, dtype=pl.Int64, eager=True).alias("row")
        return Body(frame.insert_column(0, rows).slice(skip - 1))

    return RawSheet(NAME, source.name, peek, 0, 0, body)


@contextmanager
def _asking(source: DatabaseSource) -> Iterator[psycopg.Cursor[Any]]:
    try:
        import psycopg  # noqa: PLC0415 - an extra: offices without a database do without it
    except ImportError:
        raise ConfigError(
            f"读取数据库 {source.name} 需要 PostgreSQL 驱动", hint="安装：pip install 'baoshen-audit[postgres]'"
        ) from None
    try:
        with psycopg.connect(source.url, connect_timeout=_PATIENCE, client_encoding="utf8") as connection:
            connection.read_only = True
            with connection.cursor() as cursor:
                yield cursor
    except psycopg.Error as error:
        # the text of the error may hold the address, the password or a cell: only the kind of failure is told
        kind = f"{type(error).__name__} {error.sqlstate or ''}".strip()
        raise InputError(
            f"无法读取数据库 {source.name}（{kind}）",
            hint=f"检查 {NAME} 中的地址、账号和查询语句，以及网络；密码放在 PGPASSWORD 或 .pgpass。",
        ) from None


def _rows(
    cursor: psycopg.Cursor[Any], sql: str, names: Sequence[str], columns: Sequence[int], limit: int | None = None
) -> pl.DataFrame:
    values = ", ".join(f"q.{_quoted(names[position])}::text" for position in columns)
    most = "" if limit is None else f" LIMIT {limit}"
    ask = f"COPY (SELECT {values} FROM ({sql}) AS q{most}) TO STDOUT (FORMAT csv)"  # noqa: S608
    text = io.BytesIO()
    with cursor.copy(ask.encode()) as copy:
        for block in copy:
            text.write(block)
    text.seek(0)
    schema = {f"c{position}": pl.String() for position in columns}
    if not text.getbuffer().nbytes:
        return pl.DataFrame(schema=schema)
    return pl.read_csv(text, has_header=False, schema=schema, infer_schema=False)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
