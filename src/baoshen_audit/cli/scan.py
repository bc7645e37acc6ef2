"""`baoshen-audit scan`: the monthly audit of a folder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, Literal

import typer

from baoshen_audit.cli import reveal as reveals
from baoshen_audit.cli.shell import (
    FAILED,
    ConfigOption,
    LangOption,
    NoColorOption,
    ProfileOption,
    VerboseOption,
    console,
    guard,
    progress,
    tell,
)

if TYPE_CHECKING:
    from baoshen_audit.audit import Result
    from baoshen_audit.config import Config

_SEVERITIES: Final = ("high", "medium", "low", "info")


HELP: Final = """核查一个月的名册:读入文件夹里的表格,给出疑点和证据。

退出码:0 完成;1 有达到 --fail-on 的疑点;2 用法、配置或政策参数有误;3 未能完成;130 中断。"""


def scan(
    ctx: typer.Context,
    *,
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="名册、发放明细、核对数据所在文件夹")],
    region: Annotated[str, typer.Option(metavar="CODE", envvar="BAOSHEN_REGION", help="县级区划代码,如 320413")],
    as_of: Annotated[str, typer.Option(metavar="MONTH", help="核查月份,如 2026-06")],
    output: Annotated[
        list[Path] | None,
        typer.Option("--output", "-o", metavar="FILE", help="结果文件 .xlsx .json .parquet,可多次"),
    ] = None,
    rules: Annotated[
        list[str] | None, typer.Option(metavar="CODE,…", help="只运行这些规则或类别,如 ERR,DUP104")
    ] = None,
    policy: Annotated[list[Path] | None, typer.Option(metavar="FILE", help="本地政策参数 TOML,可多次")] = None,
    max_findings: Annotated[
        int | None, typer.Option(metavar="N", min=1, help="本月能核查多少条;按等级和金额列入前 N 条,其余只计数")
    ] = None,
    fail_on: Annotated[
        Literal["high", "medium", "low", "info"] | None,
        typer.Option(metavar="high|medium|low|info", help="有此严重程度以上的疑点时退出码为 1"),
    ] = None,
    reveal: Annotated[str | None, typer.Option(metavar="REASON", help="不脱敏;须写明事由,使用会被登记")] = None,
    config: ConfigOption = None,
    profile: ProfileOption = None,
    lang: LangOption = "zh",
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="不显示摘要和进度")] = False,
    verbose: VerboseOption = False,
    no_color: NoColorOption = False,
) -> None:
    """Audit a folder, print the summary, write the files asked for."""
    with guard(verbose=verbose, quiet=quiet):
        outputs = _prepare(folder, output or (), reveal)
        codes = [code.strip().upper() for part in rules or () for code in part.split(",") if code.strip()]
        result = _run(
            folder,
            region,
            as_of,
            codes=codes,
            policy=policy or (),
            config=ctx.obj,
            capacity=max_findings,
            reveal=reveal is not None,
            shown=not quiet,
        )
        if reveal is not None:
            reveals.record(reveal, result.findings.height, outputs)
        _hand_over(result, outputs, lang=lang, quiet=quiet, no_color=no_color)
        raise typer.Exit(_exit_code(result, fail_on))


def _prepare(folder: Path, output: Sequence[Path], reveal: str | None) -> list[Path]:
    """Everything that can be refused before any work is done."""
    from baoshen_audit.report import check_targets  # noqa: PLC0415

    check_targets(output, outside=folder)
    if reveal is not None:
        reveals.check(reveal)
    return list(output)


def _run(
    folder: Path,
    region: str,
    as_of: str,
    *,
    codes: list[str],
    policy: Sequence[Path],
    config: Config,
    capacity: int | None,
    reveal: bool,
    shown: bool,
) -> Result:
    from baoshen_audit.audit import scan as audit  # noqa: PLC0415

    with progress(shown=shown) as telling:
        return audit(
            folder,
            region=region,
            as_of=as_of,
            rules=codes,
            policy_files=policy,
            config=config,
            max_findings=capacity,
            reveal=reveal,
            progress=telling,
        )


def _hand_over(result: Result, outputs: list[Path], *, lang: Literal["zh", "en"], quiet: bool, no_color: bool) -> None:
    from baoshen_audit.report import write  # noqa: PLC0415

    write(result, outputs)
    if quiet:
        return
    from baoshen_audit.report.terminal import summary  # noqa: PLC0415

    summary(result, lang=lang, console=console(no_color=no_color))
    for path in outputs:
        tell(f"已写出: {path}")


def _exit_code(result: Result, fail_on: str | None) -> int:
    failed = result.coverage.filter(result.coverage["status"] == "failed")["code"].to_list()
    if failed:
        tell(f"错误: {len(failed)} 条规则运行出错,核查未能完成: {'、'.join(failed)}")
        tell("→ 其余规则的结果有效;请把规则编码和版本号告诉维护者")
        return FAILED
    if fail_on is None:
        return 0
    counted = _SEVERITIES[: _SEVERITIES.index(fail_on) + 1]
    return int(any(severity in counted for severity in result.listed["severity"].unique()))
