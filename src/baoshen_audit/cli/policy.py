"""`baoshen-audit policy`: what the law says here, and what to look after in it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, Literal

import typer

from baoshen_audit.cli.shell import LangOption, NoColorOption, VerboseOption, console, guard
from baoshen_audit.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from baoshen_audit.policy import Remark

HELP: Final = "查看和检查一个县的政策参数:标准、限额、互斥、期限及其依据"

app = typer.Typer(help=HELP, no_args_is_help=True)

_Region = Annotated[str, typer.Option(metavar="CODE", envvar="BAOSHEN_REGION", help="县级区划代码,如 320413")]
_On = Annotated[str, typer.Option(metavar="MONTH", help="哪个月份(按当月1日的值),如 2026-06;或某一天")]
_Files = Annotated[list[Path] | None, typer.Option("--policy", metavar="FILE", help="本地政策参数 TOML,可多次")]

EXPLAIN: Final = """说明一项政策参数:国家、省、市、县各级怎么定,哪一个生效,依据是什么。

不写 KEY 则列出全部参数。"""

CHECK: Final = """检查政策参数:当期无值、期间有缺口、久未核对、依据已失效、未经本地确认。

退出码:0 没有问题(未经本地确认的只列出);1 有需要处理的问题;2 政策文件有误(期间重叠、没有依据等,一次列全)。"""


@app.command(help=EXPLAIN)
def explain(
    *,
    key: Annotated[str | None, typer.Argument(metavar="[KEY]", help="参数,如 dibao.standard")] = None,
    region: _Region,
    on: _On,
    dim: Annotated[
        list[str] | None, typer.Option(metavar="NAME=VALUE", help="只看这种情形,如 urban_rural=城市,可多次")
    ] = None,
    policy: _Files = None,
    lang: LangOption = "zh",
    verbose: VerboseOption = False,
    no_color: NoColorOption = False,
) -> None:
    """Print what each level says about a key."""
    with guard(verbose=verbose):
        from baoshen_audit.policy import load_policy  # noqa: PLC0415
        from baoshen_audit.report.terminal import explanation, key_list  # noqa: PLC0415

        loaded = load_policy(region, extra=policy or ())
        day = _day(on)
        if key is None:
            page = key_list(loaded, lang)
        else:
            page = explanation(loaded, key, loaded.explain(key, day, **_dims(dim or ())), lang)
        console(no_color=no_color).print(page)


@app.command(help=CHECK)
def check(
    *,
    region: _Region,
    on: _On,
    policy: _Files = None,
    stale_days: Annotated[int, typer.Option(metavar="N", min=1, help="多少天没有与文件核对算久未核对")] = 365,
    form: Annotated[
        Literal["table", "json"], typer.Option("--format", metavar="table|json", help="输出格式")
    ] = "table",
    lang: LangOption = "zh",
    verbose: VerboseOption = False,
    no_color: NoColorOption = False,
) -> None:
    """Print what to look after; leave with 1 if something must be mended."""
    with guard(verbose=verbose):
        from baoshen_audit.policy import check as look_after  # noqa: PLC0415
        from baoshen_audit.policy import load_policy  # noqa: PLC0415
        from baoshen_audit.report.terminal import remark_list  # noqa: PLC0415
        from baoshen_audit.rule import RuleSet  # noqa: PLC0415

        needed = {key for rule in RuleSet.discover().values() for key in rule.policy}
        remarks = look_after(load_policy(region, extra=policy or ()), _day(on), needed, stale_days=stale_days)
        if form == "json":
            typer.echo(_json(remarks))
        else:
            console(no_color=no_color).print(remark_list(remarks, lang))
        raise typer.Exit(int(any(one.blocks for one in remarks)))


def _day(on: str) -> date:
    """The day a month's values are those of its first day, or the day itself."""
    from baoshen_audit.audit.request import Request  # noqa: PLC0415

    request = Request.of(on)
    return request.month if on.strip().count("-") == 1 else request.as_of


def _dims(given: Sequence[str]) -> dict[str, str]:
    dims = {}
    for one in given:
        name, equals, setting = one.partition("=")
        if not (name and equals and setting):
            raise UsageError(f"--dim 写法不对:{one}", hint="写成 urban_rural=城市")
        dims[name.strip()] = setting.strip()
    return dims


def _json(remarks: Sequence[Remark]) -> str:
    rows = [
        {
            "kind": one.kind,
            "key": one.key,
            "title": one.title,
            "dims": dict(one.dims),
            "text": one.text,
            "source": one.source,
            "blocks": one.blocks,
        }
        for one in remarks
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2)
