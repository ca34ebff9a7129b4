"""`receiptbridge config`: the configuration shown, checked, changed, and put back."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from receiptbridge.cli.screen import AsJson, ConfigFile, confirm, say, show_json, show_table
from receiptbridge.config import config_path, load_config, parse_config, read_config
from receiptbridge.errors import ConfigError, ReceiptBridgeError, UsageError
from receiptbridge.upkeep import settings_file, settings_values
from receiptbridge.words import N_, _

if TYPE_CHECKING:
    from receiptbridge.upkeep.settings_effect import Step

config = typer.Typer(
    help="Show, check and change the configuration, and put a former one back.", no_args_is_help=True
)

Key = Annotated[
    str,
    typer.Argument(
        metavar="KEY", help="As in points.currency, or lane.till-1.mode.", autocompletion=lambda: _keys()
    ),
]
Number = Annotated[
    int | None, typer.Argument(metavar="[N]", help="Of which predecessor; the newest if left out.")
]

EDITORS: Final = ("editor", "nano", "vi")
"""Where nothing is set: Debian's own choice, then what it brings along."""

_ORIGINS: Final = {"file": N_("file"), "service": N_("service"), "default": N_("default")}


@config.command()
def show(file: ConfigFile = None, as_json: AsJson = False) -> None:
    """Show the values that count, and where each comes from: the file, the member service, or the default.

    Example: receiptbridge config show
    """
    values = settings_values.effective(config_path(file))
    if as_json:
        show_json([{"key": v.key, "value": v.value, "from": v.origin} for v in values])
        return
    rows = [(value.key, str(value.value), _(_ORIGINS[value.origin])) for value in values]
    show_table((_("key"), _("value"), _("from")), rows)


@config.command()
def check(file: ConfigFile = None, as_json: AsJson = False) -> None:
    """Check all of the configuration: values, addresses, profiles, and what two lanes cannot share.

    Example: receiptbridge config check
    """
    from receiptbridge.upkeep.settings_check import findings

    path = config_path(file)
    found = findings(read_config(path), path)
    if as_json:
        show_json({"file": str(path), "findings": found})
    for finding in () if as_json else found:
        typer.echo(finding)
    if found:
        raise typer.Exit(ConfigError.exit_code)
    if not as_json:
        typer.echo(_("{path}: nothing wrong was found").format(path=path))


@config.command("set")
def set_(
    key: Key,
    value: Annotated[str, typer.Argument(metavar="VALUE", help="What it shall be.")],
    file: ConfigFile = None,
) -> None:
    """Set one value. Comments and order of the file stay; running lanes are asked to go by it.

    Example: receiptbridge config set lane.till-1.mode print
    """
    _change(config_path(file), key, value)


@config.command()
def unset(key: Key, file: ConfigFile = None) -> None:
    """Take one value out of the file, so that its default counts.

    Example: receiptbridge config unset lane.till-1.relay
    """
    _change(config_path(file), key, None)


@config.command()
def edit(file: ConfigFile = None) -> None:
    """Edit a copy in $EDITOR. It is checked before it takes the file's place.

    Example: sudo receiptbridge config edit
    """
    from receiptbridge.upkeep.settings_check import findings

    path = config_path(file)
    was = settings_file.read_text(path)
    draft = _draft(path, was)
    while (text := _edited(draft)) != was and (found := findings(text, path)):
        for finding in found:
            say(finding)
        if not sys.stdin.isatty() or not confirm(_("Go on editing?"), yes=False):
            say(_("{path} stays as it was; what you wrote is in {draft}").format(path=path, draft=draft))
            raise typer.Exit(ConfigError.exit_code)
    if text != was:
        _write(path, text, was)
    draft.unlink()


@config.command()
def apply(file: ConfigFile = None) -> None:
    """Have the running lanes go by the configuration as it is, after it was changed by other means than these.

    Example: receiptbridge config apply
    """
    from receiptbridge.upkeep.settings_effect import go_by

    settings = load_config(config_path(file))
    say(_("waiting until no receipt is under way; 20 s at most"))
    steps = go_by(settings)
    _tell(steps)
    if not steps:
        say(_("No lane runs."))
    if any(step.type_this for step in steps):
        raise typer.Exit(1)


@config.command()
def history(number: Number = None, file: ConfigFile = None, as_json: AsJson = False) -> None:
    """List the predecessors that are kept; with a number, show what has changed since that one.

    Example: receiptbridge config history 12
    """
    path = config_path(file)
    if number is not None:
        typer.echo("\n".join(settings_file.difference(path, settings_file.version(path, number))))
        return
    kept = settings_file.history(path)
    if as_json:
        show_json(
            [{"number": one.number, "written": int(one.written), "file": str(one.path)} for one in kept]
        )
        return
    rows = [(str(one.number), _date(one.written), *_lines_changed(path, one)) for one in kept]
    show_table(("N", _("written"), _("lines added since"), _("taken out since")), rows)


@config.command()
def rollback(number: Number = None, file: ConfigFile = None) -> None:
    """Put a predecessor in the file's place. What is there now is kept as well: the same again leads back.

    Example: sudo receiptbridge config rollback
    """
    path = config_path(file)
    was = settings_file.read_text(path)
    one = settings_file.roll_back(path, number)
    typer.echo(_("{path} is again as it was written on {date}").format(path=path, date=_date(one.written)))
    _take_effect(was, settings_file.read_text(path), path)


def _keys() -> list[str]:
    """For the shell to complete."""
    try:
        return [value.key for value in settings_values.effective(config_path(None))]
    except ReceiptBridgeError:
        return []


# ---- changing


def _change(path: Path, key: str, value: str | None) -> None:
    from receiptbridge.upkeep.settings_check import findings

    was = read_config(path)
    text = settings_values.with_value(was, key, value, str(path))
    before = findings(was, path)
    if new := [finding for finding in findings(text, path) if finding not in before]:
        raise ConfigError(f"{path}: {'; '.join(new)}", hint=_("The file stays as it was."))
    _write(path, text, was)


def _write(path: Path, text: str, was: str) -> None:
    settings_file.write_config(path, text, instead_of=was)
    _take_effect(was, text, path)


def _take_effect(was: str, text: str, path: Path) -> None:
    """Ask the lanes to go by it, and say what a person has to type for the rest."""
    from receiptbridge.upkeep.settings_effect import take_effect

    try:
        before = parse_config(was, str(path))
    except ConfigError:  # nothing can have run with it
        return
    _tell(take_effect(before, parse_config(text, str(path))))


def _tell(steps: Iterable[Step]) -> None:
    for step in steps:
        say(f"{step.says}: {step.type_this}" if step.type_this else step.says)


def _draft(path: Path, text: str) -> Path:
    descriptor, name = tempfile.mkstemp(prefix=f"{path.stem}-", suffix=".toml")
    os.close(descriptor)
    draft = Path(name)
    draft.write_text(text, encoding="utf-8")
    return draft


def _edited(draft: Path) -> str:
    """What stands in the draft when the editor was left. Raises `UsageError` where there is no editor."""
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR") or next(filter(shutil.which, EDITORS), "")
    try:
        done = subprocess.run([*shlex.split(editor), str(draft)], check=False)
    except (OSError, IndexError, ValueError):
        done = None
    if done is None or done.returncode:
        draft.unlink()
        raise UsageError(
            _("the editor {editor!r} could not be used").format(editor=editor),
            hint=_("Say which: EDITOR=nano receiptbridge config edit"),
        )
    return read_config(draft)


# ---- showing


def _date(seconds: float) -> str:
    return time.strftime("%Y-%m-%d %H:%M", time.localtime(seconds))


def _lines_changed(path: Path, one: settings_file.Version) -> tuple[str, str]:
    changed = settings_file.difference(path, one)[2:]  # behind the names of the files
    added, taken = (sum(line.startswith(sign) for line in changed) for sign in "+-")
    return str(added), str(taken)
