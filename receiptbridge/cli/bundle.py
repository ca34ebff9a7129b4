"""`receiptbridge bundle`: one file for whoever helps, without secrets."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from time import localtime, strftime
from typing import Annotated, Any, Final

import typer

from receiptbridge.cli.owner import as_owner_of, private_file
from receiptbridge.cli.screen import AsJson, ConfigFile, say, show_json, show_table
from receiptbridge.config import Config, load_config
from receiptbridge.errors import ConfigError, ReceiptBridgeError, UsageError
from receiptbridge.words import _

ASKED: Final = (("doctor.json", ("doctor", "--json")), ("metrics.prom", ("metrics",)))
"""Commands whose answers go into it."""

ASKED_MOST: Final = 120.0
"""Seconds: `doctor` waits for names and servers that do not answer."""


def bundle(
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Where to; else receiptbridge-DATE.tar.gz here.")
    ] = None,
    capture: Annotated[
        list[Path] | None,
        typer.Option(metavar="FILE", help="A masked capture to put in; may be given again."),
    ] = None,
    config: ConfigFile = None,
    as_json: AsJson = False,
) -> None:
    """Make one file for support: versions, configuration, states, logs, counters. It has no keys and no codes.

    Example: sudo receiptbridge bundle --capture noon.capture
    """
    from receiptbridge.cli import COMMANDS
    from receiptbridge.upkeep.bundling import Bundle, collect_state, collect_system, write

    file = out or Path(strftime("receiptbridge-%Y%m%d-%H%M%S.tar.gz", localtime()))
    captures = [_masked(path) for path in capture or ()]
    settings = _settings(config)
    state_dir = settings.state_dir if settings else Path("/nonexistent")
    with private_file(file, state_dir) as opened:
        say(_("looking at this box; some seconds"))
        made = Bundle()
        if settings is not None:
            with as_owner_of(settings.state_dir):
                collect_state(made, settings)
        collect_system(made, settings, config)
        for name, words in ((name, words) for name, words in ASKED if words[0] in COMMANDS):
            made.take(
                name, _("what `{name}` says").format(name=words[0]), _answer(words, config), personal=False
            )
        for path in captures:
            made.add(f"captures/{path.name}", _("a masked capture"), path.read_bytes())
        files = write(made, opened)
    if as_json:
        show_json({"file": str(file), "files": files, "left_out": made.left_out})
        return
    show_table(
        (_("file"), _("bytes"), _("what it is")), [(f["name"], str(f["bytes"]), f["what"]) for f in files]
    )
    for name, why in made.left_out.items():
        typer.echo(_("left out: {name}: {why}").format(name=name, why=why))
    typer.echo(
        _("{file}: no keys, codes or credentials are in it; look into it before you send it.").format(
            file=file
        )
    )


def _settings(config: Path | None) -> Config | None:
    """None where it is wrong: then that is what support has to see."""
    try:
        return load_config(config)
    except ConfigError as fault:
        say(f"{fault} {fault.hint}")
        return None


def _masked(path: Path) -> Path:
    """Only captures of which the header says that they are masked. Raises `UsageError`."""
    from receiptbridge.upkeep.capture_file import read_capture_file

    found = read_capture_file(path)
    if found is None or not found.header.get("masked"):
        raise UsageError(
            _("{file}: not a masked capture").format(file=path),
            hint=_("Take one: receiptbridge capture LANE --masked"),
        )
    return path


def _answer(words: tuple[str, ...], config: Path | None) -> Callable[[], Any]:
    """What a command of ours says; asked in a process of its own, which may take its time or fail."""

    def ask() -> str:
        given = ["--config", str(config)] if config else []
        command = [sys.executable, "-m", "receiptbridge", *words, *given]
        done = subprocess.run(command, capture_output=True, text=True, errors="replace", timeout=ASKED_MOST)
        if not done.stdout.strip():
            raise ReceiptBridgeError(done.stderr.strip() or _("it says nothing"))
        return done.stdout

    return ask
