"""`baoshen-audit gate`: may an upload come in."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import datetime
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, Literal

import typer

from baoshen_audit.cli.shell import (
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
from baoshen_audit.errors import ConfigError, UsageError

if TYPE_CHECKING:
    from baoshen_audit.audit.gate import GateResult, Limits

_SEVERITIES: Final = ("high", "medium", "low", "info")

HELP: Final = """核验一批要上传的表格:能读、够全、没有超出允许的问题才通过。

退出码:0 通过;1 问题超过限度;2 用法、配置、基线或政策参数有误;3 未能完成核验(文件读不出、没有数据等);130 中断。"""


def gate(
    ctx: typer.Context,
    *,
    paths: Annotated[list[Path], typer.Argument(metavar="PATH…", help="要核验的文件、文件夹或通配符")],
    region: Annotated[str, typer.Option(metavar="CODE", envvar="BAOSHEN_REGION", help="县级区划代码,如 320413")],
    as_of: Annotated[
        str | None, typer.Option(metavar="MONTH", help="核验月份,如 2026-06;不写则取上传文件中最新的月份")
    ] = None,
    form: Annotated[
        list[str] | None,
        typer.Option(
            "--format",
            metavar="FORMAT[=FILE]",
            envvar="BAOSHEN_GATE_FORMAT",
            help="human、concise、json、jsonl、junit、sarif、github、gitlab、csv、html;写 =FILE 则存为文件,可多次",
        ),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="标准输出的内容改写到这个文件")
    ] = None,
    table: Annotated[
        str | None, typer.Option("--as", metavar="TABLE", help="各文件都是这张表,如 dibao 或 低保家庭;不写则自动识别")
    ] = None,
    fail_on: Annotated[
        Literal["high", "medium", "low", "info"],
        typer.Option(metavar="high|medium|low|info", help="计入的最低严重程度"),
    ] = "medium",
    max_findings: Annotated[
        list[str] | None, typer.Option(metavar="N|SEVERITY=N", help="允许的问题条数,可按严重程度分别写")
    ] = None,
    max_rate: Annotated[
        list[str] | None, typer.Option(metavar="R|SEVERITY=R", help="允许的问题占行数的比例,如 0.5%")
    ] = None,
    select: Annotated[
        list[str] | None, typer.Option(metavar="CODE,…", help="运行这些规则或类别;不写则为 ROLL,FEED")
    ] = None,
    ignore: Annotated[list[str] | None, typer.Option(metavar="CODE,…", help="不运行这些规则或类别")] = None,
    require_rules: Annotated[bool, typer.Option("--require-rules", help="有规则未能评估时,算未能完成")] = False,
    min_rows: Annotated[int, typer.Option(metavar="N", min=1, help="少于这个行数时,算未能完成")] = 1,
    baseline: Annotated[Path | None, typer.Option(metavar="FILE", help="基线:已有人负责说明的问题")] = None,
    write_baseline: Annotated[
        Path | None, typer.Option(metavar="FILE", help="把计入的问题写成待填写的基线;填写前不能使用")
    ] = None,
    warn_unused_baseline: Annotated[
        bool, typer.Option("--warn-unused-baseline", help="列出基线中已不再出现的问题")
    ] = False,
    policy: Annotated[list[Path] | None, typer.Option(metavar="FILE", help="本地政策参数 TOML,可多次")] = None,
    exit_zero: Annotated[bool, typer.Option("--exit-zero", help="有问题也返回 0;不影响 2 和 3")] = False,
    new_since: Annotated[
        Path | None, typer.Option(metavar="FILE", help="上次 gate 或 scan 的 JSON 结果:其中已有且没有变化的不计入")
    ] = None,
    config: ConfigOption = None,
    profile: ProfileOption = None,
    lang: LangOption = "zh",
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="不显示进度和说明;未指定格式时标准输出为空")] = False,
    verbose: VerboseOption = False,
    no_color: NoColorOption = False,
) -> None:
    """Judge an upload, write what was asked for, leave with the verdict."""
    with guard(verbose=verbose, quiet=quiet):
        shown, files = _formats(form or (), output, paths, quiet=quiet)
        limits = _limits(fail_on, max_findings or (), max_rate or (), min_rows, require_rules=require_rules)
        _check_baseline(baseline, write_baseline)
        since = _earlier(new_since) if new_since else None
        from baoshen_audit.audit.gate import FAMILIES  # noqa: PLC0415
        from baoshen_audit.audit.gate import gate as judge  # noqa: PLC0415

        with progress(shown=not quiet) as telling:
            gated = judge(
                paths,
                region=region,
                as_of=as_of,
                rules=_codes(select) or FAMILIES,
                ignore=_codes(ignore),
                limits=limits,
                waivers=baseline,
                today=datetime.now().astimezone().date(),
                base=Path.cwd(),
                policy_files=policy or (),
                config=ctx.obj,
                table=table,
                since=since,
                progress=telling,
            )
        _write(gated, files, baseline, write_baseline, lang=lang)
        if shown:
            _show(gated, shown, lang=lang, no_color=no_color)
        if not quiet:
            _tell(
                gated, [path for _, path in files], write_baseline, told=shown == "human", unused=warn_unused_baseline
            )
        code = gated.exit_code
        raise typer.Exit(0 if exit_zero and code == 1 else code)


def _codes(given: Sequence[str] | None) -> tuple[str, ...]:
    return tuple(code.strip().upper() for part in given or () for code in part.split(",") if code.strip())


def _formats(
    asked: Sequence[str], output: Path | None, paths: Sequence[Path], *, quiet: bool
) -> tuple[str | None, list[tuple[str, Path]]]:
    """The format for stdout, if any, and those for files.

    Raises:
        UsageError: an unknown format, two for stdout, a file that cannot be written or would be read as data.
    """
    from baoshen_audit.report.formats import FORMATS  # noqa: PLC0415

    shown: list[str] = []
    files: list[tuple[str, Path]] = []
    for one in asked:
        name, to_file, target = one.partition("=")
        if name not in FORMATS or (to_file and not target):
            raise UsageError(f"没有这种格式:{one}", hint=f"可用:{'、'.join(FORMATS)};写入文件如 sarif=out.sarif")
        if to_file:
            files.append((name, Path(target)))
        else:
            shown.append(name)
    if len(shown) > 1:
        raise UsageError(
            f"标准输出只能有一种格式:{'、'.join(shown)}", hint="其余的写入文件,如 --format sarif=out.sarif"
        )
    if output:
        files.append((shown.pop() if shown else "human", output))
    _check_files([path for _, path in files], paths)
    default = None if quiet or files else "human"
    return (shown[0] if shown else default), files


def _check_files(targets: Sequence[Path], paths: Sequence[Path]) -> None:
    from baoshen_audit.audit.upload import TABLE_FILES  # noqa: PLC0415
    from baoshen_audit.report import check_targets  # noqa: PLC0415

    check_targets(targets, suffixes={path.suffix.lower() for path in targets})
    for target in targets:
        inside = any(path.is_dir() and target.resolve().is_relative_to(path.resolve()) for path in paths)
        if target.resolve() in {path.resolve() for path in paths} or (inside and target.suffix.lower() in TABLE_FILES):
            raise UsageError(f"结果文件会被当作上传的数据:{target}", hint="放到别的文件夹")


def _check_baseline(baseline: Path | None, fresh: Path | None) -> None:
    """Reasons that people have written are not written over."""
    if fresh is None:
        return
    from baoshen_audit.report import check_targets  # noqa: PLC0415

    check_targets([fresh], suffixes=[fresh.suffix.lower()])
    if fresh.exists() and (baseline is None or fresh.resolve() != baseline.resolve()):
        raise UsageError(f"基线文件已经存在:{fresh}", hint="补充现有基线时,--baseline 和 --write-baseline 写同一个文件")


def _earlier(path: Path) -> dict[str, str]:
    """Fingerprint → content hash of the findings in a JSON result of an earlier run.

    Raises:
        ConfigError: not such a file.
    """
    import json  # noqa: PLC0415

    try:
        document = json.loads(path.read_bytes())
        findings = document.get("report", document)["findings"]
        return {str(one["fingerprint"]): str(one["content_hash"]) for one in findings}
    except (OSError, ValueError, LookupError, AttributeError, TypeError):
        raise ConfigError(
            f"--new-since 不是以前的 JSON 结果:{path}", hint="用 gate --format json=… 或 scan -o ….json 写出的文件"
        ) from None


def _limits(
    fail_on: Literal["high", "medium", "low", "info"],
    findings: Sequence[str],
    rates: Sequence[str],
    min_rows: int,
    *,
    require_rules: bool,
) -> Limits:
    from baoshen_audit.audit.gate import Limits  # noqa: PLC0415

    return Limits(
        fail_on=fail_on,
        findings={severity: int(most) for severity, most in _parted(findings, "--max-findings", whole=True)},
        rate=dict(_parted(rates, "--max-rate", whole=False)),
        min_rows=min_rows,
        require_rules=require_rules,
    )


def _parted(given: Sequence[str], option: str, *, whole: bool) -> list[tuple[str, Fraction]]:
    """`5`, `high=0` or `low=0.5%` as severity and number; no severity is every one that counts.

    Raises:
        UsageError: an unknown severity, no number, a negative one, or a part of a finding.
    """
    told = []
    for one in given:
        severity, named, number = one.rpartition("=")
        percent = number.endswith("%") and not whole
        try:
            value = Fraction(number.removesuffix("%") if percent else number) / (100 if percent else 1)
        except (ValueError, ZeroDivisionError):
            value = Fraction(-1)
        if value < 0 or (whole and value.denominator != 1) or (named and severity not in _SEVERITIES):
            raise UsageError(
                f"{option} 写法不对:{one}", hint=f"如 {option} 5 或 {option} low={'20' if whole else '0.5%'}"
            )
        told.append((severity, value))
    return told


def _write(
    gated: GateResult,
    files: Sequence[tuple[str, Path]],
    baseline: Path | None,
    fresh: Path | None,
    *,
    lang: Literal["zh", "en"],
) -> None:
    """All files or none."""
    from baoshen_audit.audit import baseline as waivers  # noqa: PLC0415
    from baoshen_audit.report.formats import render  # noqa: PLC0415
    from baoshen_audit.report.output import place  # noqa: PLC0415

    jobs = [(path, partial(render, gated, form, lang)) for form, path in files]
    if fresh is not None:
        key_id = str(gated.result.manifest["key_id"])
        open_ones = gated.findings.filter(gated.findings["counted"])
        answered = set(open_ones["fingerprint"])
        known = waivers.read(baseline, key_id) if baseline else ()
        keep = [waiver for waiver in known if waiver.fingerprint not in answered]
        jobs.append((fresh, partial(waivers.document, open_ones, keep, key_id)))
    place(jobs)


def _show(gated: GateResult, form: str, *, lang: Literal["zh", "en"], no_color: bool) -> None:
    if form == "human" and sys.stdout.isatty():
        from baoshen_audit.report.terminal.gate import page  # noqa: PLC0415

        console(no_color=no_color).print(page(gated, lang), soft_wrap=True, end="")
        return
    from baoshen_audit.report.formats import render  # noqa: PLC0415

    content = render(gated, form, lang)
    sys.stdout.flush()
    # past the text layer: on Windows it would turn every line end into two characters
    sys.stdout.buffer.write(content)
    sys.stdout.buffer.flush()


def _tell(gated: GateResult, files: Sequence[Path], fresh: Path | None, *, told: bool, unused: bool) -> None:
    for why in gated.incomplete:
        tell(f"错误: {why}")
    for why in () if told else gated.failures:
        tell(f"→ {why}")
    for file, sheet, reason in gated.result.unrecognised.select("file", "sheet", "reason").iter_rows():
        tell(f"提示: 没有读取 {file}{f'〔{sheet}〕' if sheet else ''}:{reason}")
    if unused:
        for waiver in gated.unused:
            tell(f"提示: 基线中的 {waiver.rule} {waiver.fingerprint[:8]} 已不再出现,可以删去")
    for path in files:
        tell(f"已写出: {path}")
    if fresh is not None:
        tell(f"已写出: {fresh}(填写 reason、by、expires 之后才能使用)")
