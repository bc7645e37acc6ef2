"""The typer application: its commands and the options before them."""

from __future__ import annotations

from typing import Annotated, Final

import typer

from baoshen_audit.cli import configuration, contracts, explain, gate, link, policy, rules, sample, scan, selftest
from baoshen_audit.cli.configured import ConfiguredCommand

HELP: Final = "保审:核查社会救助名册中的重复保、错保、人情保。给出的是核查线索,不是结论。"

app = typer.Typer(
    name="baoshen-audit",
    add_completion=False,
    # typer's own tracebacks show local variables: rows of people
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "auto_envvar_prefix": "BAOSHEN"},
)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version as package_version  # noqa: PLC0415

        typer.echo(package_version("baoshen-audit"))
        raise typer.Exit


@app.callback(help=HELP, no_args_is_help=True)
def options(
    *,
    version: Annotated[
        bool, typer.Option("--version", "-V", help="显示版本号", callback=_version, is_eager=True)
    ] = False,
) -> None:
    """Take the options before a command; `--version` ends here."""


app.command(help=scan.HELP, no_args_is_help=True, cls=ConfiguredCommand)(scan.scan)
app.command(help=gate.HELP, no_args_is_help=True, cls=ConfiguredCommand)(gate.gate)
app.command(help=configuration.INIT, no_args_is_help=True)(configuration.init)
app.command(help=configuration.HELP, cls=ConfiguredCommand)(configuration.config)
app.command(help=explain.HELP, no_args_is_help=True)(explain.explain)
app.command(help=rules.HELP)(rules.rules)
app.command(help=sample.HELP, no_args_is_help=True)(sample.sample)
app.command(help=link.HELP, no_args_is_help=True)(link.link)
app.add_typer(policy.app, name="policy")
app.add_typer(contracts.app, name="schema")
app.command(help=selftest.HELP)(selftest.selftest)
