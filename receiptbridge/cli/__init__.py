"""What a technician types. One module a command; this one collects them and prints errors for people."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from importlib import import_module
from typing import Any, Final

import typer
import typer.main
from typer.exceptions import Abort, TyperException

from receiptbridge import __version__
from receiptbridge.errors import ReceiptBridgeError
from receiptbridge.words import N_

STOPPED: Final = 130
"""What a shell takes for "ended by Ctrl-C": 128 and the number of SIGINT."""

PANELS: Final[Mapping[str, Sequence[str]]] = {
    N_("Setting up"): ("setup", "detect", "config", "profiles", "test-print", "learn", "enrol", "keys"),
    N_("Every day"): ("status", "watch", "report", "queue"),
    N_("When something is wrong"): ("doctor", "bypass", "capture", "replay", "inspect", "journal", "bundle"),
    N_("Services, as systemd starts them"): ("run", "sync", "in-series", "metrics"),
    N_("To try it without a box"): ("demo",),
}
"""The commands by what they are for, as `--help` shows them."""

COMMANDS: Final = tuple(name for names in PANELS.values() for name in names)
_PANEL_OF: Final = {name: panel for panel, names in PANELS.items() for name in names}


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
            app.add_typer(command, name=name, rich_help_panel=_PANEL_OF[name])
        else:
            app.command(name, rich_help_panel=_PANEL_OF[name])(command)
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


def command_tree(commands: Iterable[str] = COMMANDS) -> Any:
    """The commands as they are shown: with their help in the reader's language."""
    from receiptbridge.cli import wording

    wording.prepare()
    tree: Any = typer.main.get_command(build_app(commands))
    tree.commands = {name: tree.commands[name] for name in COMMANDS if name in tree.commands}
    wording.in_the_readers_language(tree)
    return tree


def main() -> None:
    """The console command: errors go to stderr with what to do about them, and give the exit code.

    Only the command that was asked for is imported, so that its answer comes at once.
    """
    words = (
        os.environ.get("COMP_WORDS", "").split() or sys.argv
    )  # where a shell wants to know what may follow
    asked = [name for name in words[1:2] if name in COMMANDS]
    try:
        sys.exit(command_tree(asked or COMMANDS)(prog_name="receiptbridge", standalone_mode=False))
    except ReceiptBridgeError as fault:
        sys.exit(fault.told())
    except TyperException as fault:
        from receiptbridge.cli.wording import refusal

        sys.exit(refusal(fault).told() if fault.format_message() else fault.exit_code)
    except Abort:
        sys.exit(STOPPED)
