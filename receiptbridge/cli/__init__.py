"""What a technician types. One module a command; this one collects them and prints errors for people."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from importlib import import_module

import typer

from receiptbridge import __version__
from receiptbridge.errors import ReceiptBridgeError

COMMANDS = (
    "run",
    "sync",
    "enrol",
    "keys",
    "config",
    "bypass",
    "inspect",
    "learn",
    "detect",
    "in-series",
    "demo",
    "capture",
    "journal",
    "queue",
    "replay",
    "report",
)


def build_app(commands: Iterable[str] = COMMANDS) -> typer.Typer:
    """The application with these commands; each is the function, or the group, of its module's own name."""
    app = typer.Typer(
        name="receiptbridge",
        help="The box between a cash register and a receipt printer.",
        no_args_is_help=True,
        pretty_exceptions_enable=False,
    )
    app.callback()(_options)
    for name in commands:
        module = name.replace("-", "_")
        command = getattr(import_module(f"receiptbridge.cli.{module}"), module)
        if isinstance(command, typer.Typer):
            app.add_typer(command, name=name)
        else:
            app.command(name)(command)
    return app


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"receiptbridge {__version__}")
        raise typer.Exit


def _options(
    version: bool = typer.Option(
        False, "--version", callback=_show_version, is_eager=True, help="Show the version and leave."
    ),
) -> None:
    """The box between a cash register and a receipt printer."""


def main() -> None:
    """The console command: errors go to stderr with what to do about them, and give the exit code.

    Only the command that was asked for is imported: a lane must be up at once, and keep little in memory.
    """
    asked = [name for name in sys.argv[1:2] if name in COMMANDS]
    try:
        build_app(asked or COMMANDS)()
    except ReceiptBridgeError as fault:
        sys.exit(fault.told())
