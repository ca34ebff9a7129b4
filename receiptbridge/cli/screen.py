"""What all commands show with: tables that align Chinese, colours only on a terminal, JSON for programs, questions.

Answers go to stdout; progress, questions and faults to stderr, so that a command's output can be piped.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from receiptbridge.errors import ReceiptBridgeError, UsageError
from receiptbridge.words import _

if TYPE_CHECKING:
    from rich.console import Console

ConfigFile = Annotated[Path | None, typer.Option("--config", metavar="FILE", help="Configuration file.")]
AsJson = Annotated[bool, typer.Option("--json", help="Answer in JSON, for programs.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask; for scripts.")]


def lane_names() -> list[str]:
    """The lanes of the configuration, for the shell to complete; none where it cannot be read."""
    from receiptbridge.config import load_config

    try:
        return [lane.name for lane in load_config().lane]
    except ReceiptBridgeError:
        return []


def console(*, err: bool = False) -> Console:
    """A console of rich: without colours where the output is no terminal, or where NO_COLOR is set."""
    from rich.console import Console

    return Console(stderr=err, highlight=False)


def show_json(answer: Any) -> None:
    typer.echo(json.dumps(answer, ensure_ascii=False))


def show_table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Rows under their headings, as wide as what stands in them; what is too wide goes on below, whole."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for column in columns:
        table.add_column(Text(column), overflow="fold")
    for row in rows:
        table.add_row(*map(Text, row))  # "[[lane]]" is a value, and no markup
    console().print(table)


def say(text: str) -> None:
    """Progress, to stderr."""
    typer.echo(text, err=True)


def confirm(question: str, *, yes: bool) -> bool:
    """A yes or no from whoever sits there. Raises `UsageError` where nobody does and `yes` was not given."""
    if yes:
        return True
    if not sys.stdin.isatty():
        raise UsageError(
            _("this asks before it goes on, and nobody is at the terminal"), hint=_("Give --yes.")
        )
    return typer.confirm(question, err=True)
