"""Zip archives of tables: each member is written to a private folder under a name of our own, and read from there.

The names in an archive are only shown, never used as paths. Archives inside archives are listed, not opened. Unpacking
stops when it yields more than an office could have packed.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Final

from baoshen_audit.errors import InputError
from baoshen_audit.ingest.guard import refusing, too_large
from baoshen_audit.ingest.model import Unrecognised
from baoshen_audit.ingest.package import parts, unpacked

_BYTES: Final = 2 * 2**30
_MEMBERS: Final = 5_000
_RATIO: Final = 200
"""Times a table may shrink when packed; text of registers shrinks 5 to 30 times."""

_FREE: Final = 50 * 2**20
"""Size below which the ratio says nothing."""

_UTF8_NAME: Final = 0x800
_SUFFIX: Final = re.compile(r"^\.[a-z0-9]{1,8}$")
_UNSHOWN: Final = re.compile(r"[\x00-\x1f\x7f]")


def is_archive(path: Path) -> bool:
    """Whether a file is a zip archive of files, not a workbook or a document."""
    try:
        with path.open("rb") as handle:
            if handle.read(4) != b"PK\x03\x04":
                return False
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        # a damaged archive raises whatever its damaged fields lead to; the reader says what is wrong
        return False
    return not names & {"[Content_Types].xml", "mimetype"} and not any(name.startswith("xl/") for name in names)


def unpack(path: Path, file: str, folder: Path) -> tuple[list[tuple[str, Path]], list[Unrecognised]]:
    """Write the members of an archive below a folder.

    Args:
        path: the archive (`is_archive`).
        file: its name to show.
        folder: an empty private folder.

    Returns:
        (name to show, where it was written) of every member in order of its name, and what was left out.

    Raises:
        InputError: damaged, encrypted, or one made to fill the disk: more than 2 GB, 5,000 members, or packed
            more than 200 times smaller.
    """
    damaged = InputError(
        f"压缩包已损坏、加密或用了不常见的压缩方法，无法读取：{file}", hint="解压后把里面的文件放进文件夹再扫描。"
    )
    members: list[tuple[str, Path]] = []
    left_out: list[Unrecognised] = []
    total = 0
    with refusing(damaged), zipfile.ZipFile(path) as archive, path.open("rb") as handle:
        infos = [info for info in parts(archive, path) if not info.is_dir()]
        if len(infos) > _MEMBERS:
            raise too_large(file, f"压缩包内有 {len(infos)} 个文件")
        for number, info in enumerate(sorted(infos, key=_shown)):
            name = _shown(info)
            path_parts = PurePosixPath(name).parts
            if any(part.startswith((".", "__MACOSX")) for part in path_parts) or path_parts[-1].startswith("~$"):
                continue
            suffix = PurePosixPath(name).suffix.lower()
            target = folder / f"{number:05}{suffix if _SUFFIX.match(suffix) else ''}"
            total += _write(handle, info, target, file, _BYTES - total)
            if is_archive(target):
                left_out.append(Unrecognised(f"{file}/{name}", "", "压缩包里的压缩包，未读取；请解压后再扫描"))
            else:
                members.append((f"{file}/{name}", target))
    return members, left_out


def _write(handle: BinaryIO, info: zipfile.ZipInfo, target: Path, file: str, room: int) -> int:
    """Write one member; its size."""
    size = check = 0
    with target.open("xb") as out:
        for chunk in unpacked(handle, info):
            size += len(chunk)
            check = zlib.crc32(chunk, check)
            if size > min(room, max(_FREE, _RATIO * info.compress_size)):
                raise too_large(file, "压缩包解压后大得不正常")
            out.write(chunk)
    if check != info.CRC:
        raise zipfile.BadZipFile
    return size


def _shown(info: zipfile.ZipInfo) -> str:
    """The name of a member as its writer saw it, without anything that could lead out of the archive."""
    name = info.filename
    if not info.flag_bits & _UTF8_NAME:
        # written by a Chinese Windows: bytes of its code page, which the standard takes for CP437
        try:
            name = name.encode("cp437").decode("gb18030")
        except UnicodeError:
            name = info.filename
    kept = [part for part in _UNSHOWN.sub("", name).replace("\\", "/").split("/") if part not in ("", ".", "..")]
    return "/".join(kept) or "无名"
