"""`baoshen-audit selftest`: does this installation find what the rules' own examples say."""

from __future__ import annotations

from typing import Annotated, Final

import typer

from baoshen_audit.cli.shell import FAILED, VerboseOption, guard, progress, tell

HELP: Final = """在本机运行全部规则(含另装的规则包)自带的示例,确认安装可用。

示例中的人和号码都是虚构的,不读也不写任何业务数据。退出码:0 全部通过;3 有规则的结果与示例不符。"""


def selftest(
    *,
    rules: Annotated[list[str] | None, typer.Option(metavar="CODE,…", help="只运行这些规则或类别")] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="不显示进度")] = False,
    verbose: VerboseOption = False,
) -> None:
    """Run every rule on its example; leave with 3 if one disagrees."""
    with guard(verbose=verbose, quiet=quiet):
        from baoshen_audit.rule import RuleSet  # noqa: PLC0415
        from baoshen_audit.testing import casebook  # noqa: PLC0415

        codes = [code.strip().upper() for part in rules or () for code in part.split(",") if code.strip()]
        chosen = RuleSet.discover().select(codes)
        wrong = []
        with progress(shown=not quiet) as telling:
            for done, rule in enumerate(chosen.values()):
                if telling:
                    telling(rule.code, done, len(chosen))
                wrong += [(rule, told) for told in casebook.mismatches(rule, casebook.example(rule))]
        for rule, told in wrong:
            tell(f"不符:{rule.code} {rule.title}:{told}")
        failed = {rule.code for rule, _ in wrong}
        typer.echo(f"{len(chosen) - len(failed)}/{len(chosen)} 条规则的示例与预期一致")
        if failed:
            tell("→ 请把上面的内容和版本号(baoshen-audit --version)告诉维护者;在查明之前不要使用这些规则的结果")
            raise typer.Exit(FAILED)
