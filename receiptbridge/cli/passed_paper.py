"""A receipt that passed, for a screen: its paper with the evidence marked, and the verdict beside it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from receiptbridge.cli.paper_text import framed, reasons
from receiptbridge.stored_words import said
from receiptbridge.words import _

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

    from receiptbridge.upkeep.watching import Passed

VERDICT_LEAST: Final = 20
"""Columns that the verdict needs to stand beside the paper; with less it stands below."""

_ROOM_BETWEEN: Final = 2


def shown(passed: Passed, width: int) -> RenderableType:
    """For a screen of so many columns."""
    from rich.console import Console, Group
    from rich.table import Table
    from rich.text import Text

    clock = time.strftime("%H:%M:%S", time.localtime(passed.at))
    paper = framed(passed.text, passed.explanation, f"{passed.lane} {clock}")
    verdict = Text("\n").join(_verdict(passed))
    taken = Console(width=width).measure(paper).maximum
    if width - taken - _ROOM_BETWEEN < VERDICT_LEAST:
        return Group(paper, verdict)
    sheet = Table.grid(padding=(0, _ROOM_BETWEEN, 0, 0))
    sheet.add_column(no_wrap=True)
    sheet.add_column(overflow="fold")
    sheet.add_row(paper, verdict)
    return sheet


def _verdict(passed: Passed) -> Iterator[Text]:
    from rich.text import Text

    record = passed.record
    total = (
        " ".join(filter(None, (record["total"], record["currency"]))) if record["total"] else _("no total")
    )
    yield Text()
    yield Text.assemble((f"{said(record['kind'])} {total}", "bold"))
    if record["points"] is not None:
        yield Text(_("{points} points").format(points=record["points"]))
    yield code_line(passed)
    if record["total"]:
        yield Text(_("sure by {confidence:.0%}").format(confidence=record["confidence"]), "dim")
    elif record["reason"]:
        yield Text(said(record["reason"]), "dim")
    for ground in reasons(passed.explanation):
        yield Text(ground, "dim")


def code_line(passed: Passed) -> Text:
    """What became of its code."""
    from rich.text import Text

    why = passed.record["why_no_code"]
    if why is not None:
        return Text(_("no code: {why}").format(why=said(why)), "yellow")
    match passed.outcome:
        case None | "releasing":
            return Text(_("a code is due"))
        case "released":
            return Text(_("code printed"), "green")
        case "not_printed":
            return Text(_("code not printed: {why}").format(why=said(passed.reason or "")), "red")
        case _:
            return Text(_("whether its code was printed is not known"), "red")
