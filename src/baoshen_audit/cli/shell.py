"""What every command shares: consoles, one way to end in an error, and options that mean the same everywhere."""

from __future__ import annotations

import logging
import os
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Annotated, Final, Literal
from unicodedata import category

import typer

from baoshen_audit.errors import BaoshenError

if TYPE_CHECKING:
    from rich.console import Console

FAILED: Final = 3
"""Exit code of a run that could not be completed."""

_PIPE_WIDTH: Final = 100
"""Columns where nobody looks: a file or a pipe has no width of its own."""

_STAGE: Final = 40
"""Characters of a file name in the progress bar: its end tells more than its folders."""

LangOption = Annotated[Literal["zh", "en"], typer.Option("--lang", metavar="zh|en", help="显示语言")]
NoColorOption = Annotated[bool, typer.Option("--no-color", help="不用颜色,同环境变量 NO_COLOR")]
ConfigOption = Annotated[Path | None, typer.Option("--config", metavar="FILE", help="配置文件;默认从数据所在处向上找")]
ProfileOption = Annotated[
    str | None, typer.Option("--profile", metavar="NAME", help="使用配置文件中的 [profiles.NAME]")
]
VerboseOption = Annotated[bool, typer.Option("--verbose", "-v", help="出错时列出程序位置")]


def console(*, no_color: bool = False, stderr: bool = False) -> Console:
    """A console for stdout or stderr: no guessed highlights, no colour codes unless a terminal wants them."""
    from rich.console import Console  # noqa: PLC0415

    stream = sys.stderr if stderr else sys.stdout
    unseen = not stream.isatty() and not os.environ.get("COLUMNS")
    return Console(
        file=stream,
        color_system=None if no_color else "auto",
        highlight=False,
        emoji=False,
        markup=False,
        width=_PIPE_WIDTH if unseen else None,
    )


@contextmanager
def guard(*, verbose: bool = False, quiet: bool = False) -> Iterator[None]:
    """Turn every error of a command into one message on stderr and its exit code.

    The text of a foreign exception may hold cells of people: only its type and the place in the program are shown.
    """
    logger, handler = logging.getLogger("baoshen_audit"), _Notices()
    handler.setLevel(logging.ERROR if quiet else logging.INFO if verbose else logging.WARNING)
    logger.addHandler(handler)
    try:
        yield
    except BaoshenError as error:
        tell(f"错误: {error.message}")
        if error.hint:
            tell(f"→ {error.hint}")
        if verbose:
            _places(error)
        raise typer.Exit(error.exit_code) from None
    except (typer.Exit, KeyboardInterrupt):
        raise
    except (BrokenPipeError, SystemExit):
        # nobody reads stdout any more; rich says so by SystemExit(1), which would mean findings
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(FAILED) from None
    except BaseException as error:  # a panic in polars is no Exception
        tell(f"错误: 程序内部出错({type(error).__name__},{_place(error.__traceback__)})")
        tell("→ 结果不完整,没有写出文件。请把这一行和版本号(baoshen-audit --version)告诉维护者;加 -v 可列出程序位置")
        if verbose:
            _places(error)
        raise typer.Exit(FAILED) from None
    finally:
        logger.removeHandler(handler)


@contextmanager
def progress(*, shown: bool) -> Iterator[Callable[[str, int, int], None] | None]:
    """A progress bar on stderr, if it is wanted and a terminal is there to show it."""
    if not shown or not sys.stderr.isatty():
        yield None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn  # noqa: PLC0415

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console(stderr=True), transient=True) as bar:
        task = bar.add_task("读取", total=None)
        yield lambda stage, done, total: bar.update(
            task, description=visible(stage)[-_STAGE:], completed=done, total=total
        )


def tell(line: str) -> None:
    """A message to stderr."""
    print(visible(line), file=sys.stderr)


def visible(text: str) -> str:
    """Text without the control characters a file name might carry; line ends stay."""
    return "".join(" " if char != "\n" and category(char) in ("Cc", "Cf", "Cs") else char for char in text)


class _Notices(logging.Handler):
    """Warnings of the library, as lines on stderr."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write one line."""
        tell(f"提示: {record.getMessage()}")


def _places(error: BaseException) -> None:
    """The chain of an error as places in the program, the outermost call first, without a word of its text."""
    seen: BaseException | None = error
    while seen is not None:
        tell(f"  {type(seen).__name__}")
        for frame in traceback.extract_tb(seen.__traceback__):
            tell(f"    {_module(frame.filename)}:{frame.lineno} {frame.name}")
        seen = seen.__cause__ or seen.__context__


def _place(trace: TracebackType | None) -> str:
    """Where an error came from: the innermost line of this package, or the innermost line at all."""
    frames = traceback.extract_tb(trace)
    own = [frame for frame in frames if "baoshen_audit" in Path(frame.filename).parts]
    last = (own or frames)[-1]
    return f"{_module(last.filename)}:{last.lineno}"


def _module(filename: str) -> str:
    """A file as a module path: the folders of a machine are nobody's business."""
    parts = Path(filename).with_suffix("").parts
    for root in ("site-packages", "src"):
        if root in parts:
            return ".".join(parts[len(parts) - parts[::-1].index(root) :])
    return parts[-1]
