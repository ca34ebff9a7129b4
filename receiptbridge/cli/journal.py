"""`receiptbridge journal verify|export`: whether the journal is whole, and its sales for other programs."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, TextIO

import typer

from receiptbridge.cli.owner import as_owner_of, private_file
from receiptbridge.cli.screen import AsJson, ConfigFile, lane_names, say, show_json, show_table
from receiptbridge.config import load_config
from receiptbridge.journal import FILE_NAME
from receiptbridge.words import _

if TYPE_CHECKING:
    from receiptbridge.journal.looking import Wanted

journal = typer.Typer(help="Check the journal, or hand its sales to other programs.", no_args_is_help=True)

TOLD_EVERY: Final = 50_000
"""Rows: a second or two on a small box."""


class Format(StrEnum):
    csv = "csv"
    jsonl = "jsonl"


@journal.command()
def verify(config: ConfigFile = None, as_json: AsJson = False) -> None:
    """Check that the journal is whole: file, numbers, values, tokens, outbox. Reads only; lanes go on.

    Example: sudo receiptbridge journal verify
    """
    from receiptbridge.upkeep.journal_check import check_journal

    state_dir = load_config(config).state_dir
    with as_owner_of(state_dir):
        checks = check_journal(state_dir / FILE_NAME, state_dir, _told_now_and_then())
    good = all(check.good for check in checks)
    if as_json:
        show_json({
            "good": good,
            "checks": [
                {"name": check.name, "good": check.good, "checked": not check.skipped, "says": check.says,
                 "faults": check.count, "examples": [{"number": n, "what": what} for n, what in check.faults]}
                for check in checks
            ],
        })  # fmt: skip
    else:
        show_table(
            (_("check"), _("result"), ""),
            [(_(check.name), _result(check.skipped, check.count), check.says) for check in checks],
        )
        for check in checks:
            for number, what in check.faults:
                where = _("sale {number}").format(number=number) if number is not None else _("file")
                typer.echo(f"  {where}: {what}")
    if not good:
        say(
            _("Keep a copy of {file}, then send it with: receiptbridge bundle").format(
                file=state_dir / FILE_NAME
            )
        )
        raise typer.Exit(1)


def _result(skipped: bool, faults: int) -> str:
    if faults:
        return _("{count} faults").format(count=faults)
    return _("not checked") if skipped else _("good")


@journal.command()
def export(
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="Where to; else to the screen.")] = None,
    form: Annotated[Format, typer.Option("--format", help="What to write.")] = Format.csv,
    since: Annotated[
        str | None, typer.Option(metavar="TIME", help="From then on: 2026-11-22 or 2026-11-22T08:30.")
    ] = None,
    until: Annotated[str | None, typer.Option(metavar="TIME", help="Up to then, that day with it.")] = None,
    lane: Annotated[str | None, typer.Option(help="This lane only.", autocompletion=lane_names)] = None,
    config: ConfigFile = None,
) -> None:
    """Write sales as a table or as lines of JSON; never their codes.

    Example: receiptbridge journal export --since 2026-11-01 --until 2026-11-30 --out november.csv
    """
    from receiptbridge.journal.looking import Wanted
    from receiptbridge.upkeep.when import moment

    settings = load_config(config)
    wanted = Wanted(moment(since), moment(until, end=True), lane and settings.find_lane(lane).name)
    if out is None:
        count = _write(settings.state_dir, sys.stdout, form, wanted)
    else:
        with private_file(out, settings.state_dir) as file:
            text = io.TextIOWrapper(file, "utf-8", newline="", write_through=True)
            count = _write(settings.state_dir, text, form, wanted)
            text.detach()
    say(_("{count} sales").format(count=count))


def _write(state_dir: Path, out: TextIO, form: Format, wanted: Wanted) -> int:
    from receiptbridge.journal.looking import look
    from receiptbridge.upkeep.journal_export import export as write

    with as_owner_of(state_dir), look(state_dir / FILE_NAME) as opened:
        return write(opened, out, form.value, wanted, _told_now_and_then())


def _told_now_and_then() -> Callable[[int], None]:
    def tell(count: int) -> None:
        if count % TOLD_EVERY == 0:
            say(_("{count} rows").format(count=count))

    return tell
