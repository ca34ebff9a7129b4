"""`receiptbridge queue list|show|retry|drop`: sales that the member service does not have yet."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from receiptbridge.cli.owner import as_owner_of, who_types
from receiptbridge.cli.screen import AsJson, ConfigFile, Yes, confirm, console, say, show_json, show_table
from receiptbridge.config import load_config
from receiptbridge.errors import ReceiptBridgeError, UsageError
from receiptbridge.journal import FILE_NAME
from receiptbridge.stored_words import said
from receiptbridge.words import _

if TYPE_CHECKING:
    from sqlite3 import Connection

    from receiptbridge.journal.queue import Queue, Queued

queue = typer.Typer(help="Show the sales that are not delivered, and try them again.", no_args_is_help=True)

Numbers = Annotated[list[int], typer.Argument(metavar="NUMBER...", help="Sales, by their numbers.", min=1)]
SomeNumbers = Annotated[
    list[int] | None, typer.Argument(metavar="[NUMBER...]", help="Sales, by their numbers.", min=1)
]
LISTED = 50


class StateName(StrEnum):
    """What `--state` takes."""

    DUE = "due"
    PUT_OFF = "put-off"
    BEING_DELIVERED = "being-delivered"
    REJECTED = "rejected"
    CONFLICT = "conflict"
    DROPPED = "dropped"


@queue.command("list")
def show_list(
    state: Annotated[StateName | None, typer.Option(help="Only those.")] = None,
    most: Annotated[int, typer.Option(min=1, max=1000, help="The oldest so many.")] = LISTED,
    config: ConfigFile = None,
    as_json: AsJson = False,
) -> None:
    """List the sales that are not delivered, the oldest first, with what the service said.

    Example: receiptbridge queue list --state rejected
    """
    from receiptbridge.journal.queue import counted, listed

    now = int(time.time())
    with _looked_at(config) as journal:
        counts = counted(journal, now)
        found = listed(journal, now, state.value.replace("-", " ") if state else None, most)
    if as_json:
        show_json({"counts": counts, "sales": [_record(sale) for sale in found]})
        return
    if not counts:
        typer.echo(_("Nothing waits: all that was sold is with the service."))
        return
    show_table(
        (_("number"), _("lane"), _("kind"), _("amount"), _("age"), _("state"), _("tries"), _("reason")),
        [_row(sale, now) for sale in found],
    )
    typer.echo(", ".join(f"{_(name)}: {count}" for name, count in counts.items()))


@queue.command()
def show(
    number: Annotated[int, typer.Argument(help="The sale's number.", min=1)],
    config: ConfigFile = None,
    as_json: AsJson = False,
) -> None:
    """Show one sale that is not delivered, and what was done about it.

    Example: receiptbridge queue show 1042
    """
    from receiptbridge.cli.paper_text import facts as aligned
    from receiptbridge.journal.queue import shown
    from receiptbridge.upkeep.when import written

    with _looked_at(config) as journal:
        found = shown(journal, int(time.time()), number)
    if found is None:
        raise ReceiptBridgeError(
            _("sale {number} does not wait for delivery").format(number=number),
            hint=_("It is with the service, or there is none: receiptbridge queue list"),
        )
    sale, done = found
    answer = ("", "") if sale.state == "dropped" else (sale.reason or "", written(sale.answered_at))
    if as_json:
        show_json({**_record(sale), "interventions": [asdict(one) for one in done]})
        return
    facts = {
        _("number"): str(sale.number), _("lane"): sale.lane, _("kind"): said(sale.kind), _("amount"): _amount(sale),
        _("receipt"): sale.receipt_no or "", _("printed"): written(sale.issued_at), _("state"): _(sale.state),
        _("tries"): str(sale.tries), _("next try"): written(sale.due_at) if sale.state == "put off" else "",
        _("reason"): answer[0], _("answered"): answer[1], _("code"): _(sale.outcome),
        _("points"): "" if sale.points is None else str(sale.points),
    }  # fmt: skip
    console().print(aligned((name, value) for name, value in facts.items() if value))
    for one in done:
        typer.echo(f"{written(one.at)}  {_(one.action)}  {one.who}: {one.why}")


@queue.command()
def retry(
    numbers: SomeNumbers = None,
    everything: Annotated[bool, typer.Option("--all", help="All that are put off or set aside.")] = False,
    why: Annotated[str, typer.Option(help="Kept beside the sale.")] = "",
    config: ConfigFile = None,
    as_json: AsJson = False,
) -> None:
    """Have sales delivered again at once; sync does it within seconds.

    Example: sudo receiptbridge queue retry --all
    """
    if bool(numbers) == everything:
        raise UsageError(_("which sales?"), hint=_("Name them by their numbers, or give --all."))
    with _at_hand(config) as opened:
        moved = opened.retry(None if everything else numbers, who_types(), why)
    _tell("retried", moved, numbers or moved, as_json)


@queue.command()
def drop(
    numbers: Numbers,
    why: Annotated[str, typer.Option(help="The reason, which is kept with your name and the time.")] = "",
    yes: Yes = False,
    config: ConfigFile = None,
    as_json: AsJson = False,
) -> None:
    """Never deliver these sales. They stay in the journal, with your name, the time and the reason.

    Example: sudo receiptbridge queue drop 1042 --why "printed twice in training"
    """
    why = why or _asked_why(yes)
    question = _(
        "Sales {numbers} will never be delivered, and earn no points unless their codes are scanned. Drop them?"
    )
    if not confirm(question.format(numbers=", ".join(map(str, numbers))), yes=yes):
        raise typer.Exit(1)
    with _at_hand(config) as opened:
        moved = opened.drop(numbers, who_types(), why)
    _tell("dropped", moved, numbers, as_json)


def _asked_why(yes: bool) -> str:
    if yes or not sys.stdin.isatty():
        raise UsageError(_("a sale is not dropped without a reason"), hint=_('Give --why "..."'))
    said = str(typer.prompt(_("Why"), err=True))
    return said.strip()


def _tell(action: str, moved: list[int], wanted: list[int], as_json: bool) -> None:
    left = sorted(set(wanted) - set(moved))
    if as_json:
        show_json({action: moved, "left": left})
    else:
        typer.echo(_(action) + ": " + (", ".join(map(str, moved)) or _("none")))
    if left:
        say(
            _("left as they are: {numbers} (delivered, being delivered now, dropped, or not there)").format(
                numbers=", ".join(map(str, left))
            )
        )
        raise typer.Exit(1)


@contextmanager
def _looked_at(config: Path | None) -> Iterator[Connection]:
    from receiptbridge.journal.looking import look

    state_dir = load_config(config).state_dir
    with as_owner_of(state_dir), look(state_dir / FILE_NAME) as journal:
        yield journal


@contextmanager
def _at_hand(config: Path | None) -> Iterator[Queue]:
    from receiptbridge.journal.looking import look
    from receiptbridge.journal.queue import Queue

    state_dir = load_config(config).state_dir
    with as_owner_of(state_dir):
        with look(state_dir / FILE_NAME):
            """There is one, of this version: a command makes none and brings none forward."""
        opened = Queue.open(state_dir / FILE_NAME)
        try:
            yield opened
        finally:
            opened.close()


def _row(sale: Queued, now: int) -> tuple[str, ...]:
    from receiptbridge.upkeep.when import age

    return (
        str(sale.number), sale.lane, said(sale.kind), _amount(sale), age(now - sale.issued_at), _(sale.state),
        str(sale.tries), sale.reason or "",
    )  # fmt: skip


def _amount(sale: Queued) -> str:
    from receiptbridge.receipt.record import decimal

    return f"{decimal(sale.total, sale.currency) or ''} {sale.currency or ''}".strip()


def _record(sale: Queued) -> dict[str, Any]:
    from receiptbridge.receipt.record import decimal

    return {**asdict(sale), "total": decimal(sale.total, sale.currency)}
