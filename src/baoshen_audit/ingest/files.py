"""Which files a folder holds and which reader opens each: by its first bytes, because suffixes lie."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from baoshen_audit.errors import InputError, UsageError
from baoshen_audit.ingest import arrow, csv, database, spreadsheetml, webpage, workbook
from baoshen_audit.ingest.guard import refusing
from baoshen_audit.ingest.model import Body, RawSheet, Unrecognised

_WORKBOOK = frozenset({".xlsx", ".xlsm", ".xls", ".ods", ".et", ".xltx", ".xlsb"})
_TEXT = frozenset({".csv", ".tsv", ".txt", ".tab", ".dat", ""})
_MEANT = frozenset({".csv", ".tsv"})
_PAGES = _WORKBOOK | {".htm", ".html", ".csv", ".txt"}
_XML = _WORKBOOK | {".xml"}
_MISNAMED = dict.fromkeys((".db", ".sqlite", ".sqlite3", ".db3"), ("SQLite 数据库", "SQLite")) | dict.fromkeys(
    (".parquet", ".arrow", ".feather", ".ipc"), ("Parquet/Arrow 文件", "Parquet 或 Arrow")
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_SQLITE = b"SQLite format 3\x00"
_HEAD = 4096

Reader = Callable[[int, Sequence[int]], Body]
Opened = tuple[list[RawSheet], list[Unrecognised]]


def walk(folder: Path) -> list[Path]:
    """Files below a folder, subfolders included, in sorted order.

    Hidden files and the `~$` lock files of office programs are left out. A file given as the folder is the only one.

    Raises:
        UsageError: nothing is there.
    """
    if not folder.exists():
        raise UsageError(f"找不到文件夹或文件：{folder}", hint="检查路径是否写对；路径中有空格时加引号。")
    if folder.is_file():
        return [folder]
    files = (path for path in folder.rglob("*") if path.is_file())
    shown = [path for path in files if not _hidden(path.relative_to(folder))]
    return sorted(shown, key=lambda path: path.relative_to(folder).as_posix())


def _hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts) or path.name.startswith("~$")


def sha256(path: Path, file: str) -> str:
    """Hexadecimal SHA-256 of a file.

    Raises:
        InputError: the file cannot be opened.
    """
    try:
        with path.open("rb") as handle:
            return hashlib.file_digest(handle, "sha256").hexdigest()
    except OSError:
        raise InputError(
            f"没有读取权限或文件被占用：{file}", hint="关闭正在打开它的程序，或检查文件权限后再扫描。"
        ) from None


def read(path: Path, file: str) -> Opened:
    """Open a file with the reader its first bytes ask for.

    Args:
        path: where it is.
        file: name to show, below the scanned folder.

    Returns:
        The sheets it holds, and what was left out with the reason.

    Raises:
        InputError: a table file that cannot be read: password, truncation, a suffix that lies, unknown encoding.
    """
    damaged = InputError(f"文件已损坏，无法读取：{file}", hint="重新导出或重新拷贝后再扫描。")
    with refusing(damaged):
        sheets, left_out = _read(path, file)
    return [replace(sheet, body=_guarded(sheet.body, damaged)) for sheet in sheets], left_out


def _guarded(body: Reader, damaged: InputError) -> Reader:
    """A body that fails with our own error only, whenever it is asked for."""

    def guarded(skip: int, columns: Sequence[int]) -> Body:
        with refusing(damaged):
            return body(skip, columns)

    return guarded


def _read(path: Path, file: str) -> Opened:
    suffix = path.suffix.lower()
    with path.open("rb") as handle:
        head = handle.read(_HEAD)
    for mark, reader in _BY_MAGIC:
        if head.startswith(mark):
            return reader(path, file, suffix)
    if webpage.is_page(head) and suffix in _PAGES:
        return webpage.read(path, file)
    if spreadsheetml.is_xml(head) and suffix in _XML:
        return spreadsheetml.read(path, file)
    if suffix in _WORKBOOK:
        raise _not_a_workbook(head, file, suffix)
    if suffix in _MISNAMED:
        kind, name = _MISNAMED[suffix]
        raise InputError(
            f"后缀是 {suffix}，内容却不是 {kind}：{file}",
            hint=f"确认导出时选择了 {name}，或导出为 CSV 后再扫描。",
        )
    if suffix in _TEXT:
        if b"\x00" in head and not csv.is_utf16(head):
            return [], [Unrecognised(file, "", "不是文本表格（二进制内容）")]
        return _text(path, file, suffix)
    return [], [Unrecognised(file, "", f"不是表格文件（{suffix or '无后缀'}），未读取")]


def _text(path: Path, file: str, suffix: str) -> Opened:
    try:
        return [csv.read(path, file)], []
    except InputError as error:
        # any note may be called .txt; a .csv was meant to be read
        if suffix in _MEANT:
            raise
        return [], [Unrecognised(file, "", error.message)]


def _ole(path: Path, file: str, suffix: str) -> Opened:
    # an encrypted .xlsx is an OLE file that holds a stream of this name
    if "EncryptedPackage".encode("utf-16-le") in path.read_bytes():
        raise InputError(
            f"工作簿有打开密码，无法读取：{file}", hint="在表格软件中打开它，取消密码（另存为，不加密）后再扫描。"
        )
    if suffix not in _WORKBOOK:
        return [], [Unrecognised(file, "", f"不是表格文件（{suffix or '无后缀'}），未读取")]
    return workbook.read(path, file)


def _zip(path: Path, file: str, suffix: str) -> Opened:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        # a damaged archive raises whatever its damaged fields lead to
        names = set()
    if any(name.startswith("xl/") for name in names) or suffix in _WORKBOOK:
        return workbook.read(path, file)
    if "[Content_Types].xml" in names or "mimetype" in names:
        return [], [Unrecognised(file, "", f"不是表格文件（{suffix or '无后缀'}），未读取")]
    return [], [Unrecognised(file, "", "压缩包，未能打开；请解压后再扫描")]


def _sqlite(path: Path, file: str, suffix: str) -> Opened:
    return database.read(path, file), []


def _arrow(path: Path, file: str, suffix: str) -> Opened:
    return [arrow.read(path, file)], []


_BY_MAGIC: tuple[tuple[bytes, Callable[[Path, str, str], Opened]], ...] = (
    (_OLE, _ole),
    (_ZIP, _zip),
    (_SQLITE, _sqlite),
    (b"PAR1", _arrow),
    (b"ARROW1", _arrow),
)


def _not_a_workbook(head: bytes, file: str, suffix: str) -> InputError:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if not start:
        return InputError(f"文件是空的：{file}", hint="重新导出这个文件，或把它移出文件夹。")
    if b"\x00" in head:
        return InputError(
            f"后缀是 {suffix}，内容却不是工作簿：{file}", hint="文件可能在拷贝时损坏：重新导出或重新拷贝后再扫描。"
        )
    return InputError(
        f"后缀是 {suffix}，内容却是纯文本：{file}", hint="若是逗号或制表符分隔的表格，把后缀改为 .csv 后再扫描。"
    )
