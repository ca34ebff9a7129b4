"""`receiptbridge profiles`: what the box knows of printers, registers and command languages."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from receiptbridge.cli.screen import AsJson, show_json, show_table
from receiptbridge.errors import ConfigError, UsageError
from receiptbridge.upkeep import profiles as files
from receiptbridge.words import N_, _

profiles = typer.Typer(
    help="List, show and check profiles of printers, registers and dialects.", no_args_is_help=True
)

KINDS = {"printer": N_("printer"), "register": N_("register"), "dialect": N_("dialect")}


@profiles.command("list")
def list_(
    word: Annotated[
        str | None,
        typer.Argument(metavar="[WORD]", help="Only those with this word in their name, maker or model."),
    ] = None,
    own: Annotated[
        bool, typer.Option("--own", help="Only the shop's own, in /etc/receiptbridge/profiles.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """List the profiles that a lane may name. The shop's own are marked, and go before shipped ones of their name.

    Example: receiptbridge profiles list xprinter
    """
    wanted = (word or "").lower()
    shown = [
        entry
        for entry in files.entries()
        if wanted in f"{entry.name} {entry.title}".lower() and (entry.own or not own)
    ]
    if as_json:
        show_json([_record(entry) for entry in shown])
        return
    rows = [(entry.name, _(KINDS[entry.kind]), entry.title, _("own") if entry.own else "") for entry in shown]
    show_table((_("name"), _("kind"), _("what it is"), ""), rows)


@profiles.command()
def show(
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="As `profiles list` has it.", autocompletion=lambda: names())
    ],
    as_json: AsJson = False,
) -> None:
    """Show what a profile says, its own or inherited, and where it was read.

    Example: receiptbridge profiles show xprinter-xp-80
    """
    found = [entry for entry in files.entries() if entry.name == name]
    if not found:
        raise UsageError(
            _("there is no profile {name!r}").format(name=name),
            hint=_("Look for it: receiptbridge profiles list {word}").format(word=name.partition("-")[0]),
        )
    for entry in found:
        facts = files.facts(entry)
        if as_json:
            show_json(_record(entry) | {"facts": {key: value for key, value, _source in facts}})
            continue
        typer.echo(f"{entry.name}: {_(KINDS[entry.kind])}, {entry.title} ({entry.path})\n")
        show_table(
            (_("key"), _("value"), _("read where")),
            [(key, shown, source) for key, value, source in facts if (shown := _shown(value))],
        )


@profiles.command()
def check(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A profile, in TOML.")],
    kind: Annotated[
        str | None,
        typer.Option(metavar="KIND", help="printer, register or dialect; told from the file if left out."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Check a profile before a lane names it.

    Example: receiptbridge profiles check /etc/receiptbridge/profiles/registers/corner-shop.toml
    """
    if kind is not None and kind not in files.KINDS:
        raise UsageError(
            _("--kind {kind!r} is none of: {kinds}").format(kind=kind, kinds=", ".join(files.KINDS))
        )
    found = files.findings(file, kind)
    if as_json:
        show_json({"file": str(file), "findings": found})
    for finding in () if as_json else found:
        typer.echo(finding)
    if found:
        raise typer.Exit(ConfigError.exit_code)
    if not as_json:
        typer.echo(_("{path}: nothing wrong was found").format(path=file))


def names() -> list[str]:
    """For the shell to complete."""
    return [entry.name for entry in files.entries()]


def _record(entry: files.Entry) -> dict[str, Any]:
    return {
        "name": entry.name,
        "kind": entry.kind,
        "title": entry.title,
        "own": entry.own,
        "file": str(entry.path),
    }


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    if isinstance(value, dict):
        return "; ".join(f"{key} = {_shown(inner)}" for key, inner in value.items() if inner)
    return str(value)
