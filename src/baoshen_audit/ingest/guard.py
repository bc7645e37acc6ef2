"""Bytes from outside can be anything: no reader's own failure gets past the file it came from.

Readers written in Rust answer some damage with a panic, which Python sees as a `BaseException`; the text of any of
their errors may hold cells. What leaves here is our own message, without a chain.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from baoshen_audit.errors import BaoshenError, InputError

CELLS = 24_000_000
"""Cells of an empty grid that are put up with: a stray mark in the last row of a 20-column sheet is no attack."""

BYTES = 4 * 2**30
"""Unpacked size of a workbook or an archive."""


@contextmanager
def refusing(error: InputError) -> Iterator[None]:
    """Turn whatever a reader raises into one of our errors; our own pass.

    Args:
        error: what to raise instead.
    """
    try:
        yield
    except BaoshenError:
        raise
    except Exception:
        raise error from None
    except BaseException as panic:
        if type(panic).__name__ != "PanicException":
            raise
        raise error from None


def too_large(file: str, what: str) -> InputError:
    """The refusal of a file that would fill the memory."""
    return InputError(
        f"{what}，为防止占满内存未读取：{file}",
        hint="确认文件来源；在表格软件中删除多余的空白行列后另存，或分成几个文件导出。",
    )
