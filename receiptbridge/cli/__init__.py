"""What a technician types. One module a command; this one collects them and prints errors for people."""

from __future__ import annotations

import sys

import typer

from receiptbridge import __version__
from receiptbridge.cli.demo import demo
from receiptbridge.cli.enrol import enrol
from receiptbridge.cli.inspect import inspect
from receiptbridge.cli.run import run
from receiptbridge.cli.sync import sync
from receiptbridge.errors import ReceiptBridgeError

app = typer.Typer(
    name="receiptbridge",
    help="The box between a cash register and a receipt printer.",
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
)
for command in (run, sync, enrol, inspect, demo):
    app.command()(command)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"receiptbridge {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: bool = typer.Option(
        False, "--version", callback=_show_version, is_eager=True, help="Show the version and leave."
    ),
) -> None:
    """The box between a cash register and a receipt printer."""


def main() -> None:
    """The console command: errors go to stderr with what to do about them, and give the exit code."""
    try:
        app()
    except ReceiptBridgeError as fault:
        print(f"receiptbridge: {fault}", file=sys.stderr)
        if fault.hint:
            print(f"  {fault.hint}", file=sys.stderr)
        sys.exit(fault.exit_code)
