"""A command as somebody types it, in this process: what it prints, and how it ends."""

from __future__ import annotations

from typing import NamedTuple

import typer
from typer.testing import CliRunner

from receiptbridge.cli import build_app
from receiptbridge.errors import ReceiptBridgeError


class Typed(NamedTuple):
    exit_code: int
    out: str
    err: str


def typed(command: str, *words: object, keys: str | None = None) -> Typed:
    """`keys`: what is typed at its questions. Anything but an error for people is raised."""
    app: typer.Typer = build_app([command, "run"])
    result = CliRunner().invoke(app, [command, *map(str, words)], input=keys)
    fault = result.exception
    if isinstance(fault, ReceiptBridgeError):
        return Typed(fault.exit_code, result.stdout, f"{result.stderr}{fault}\n  {fault.hint}\n")
    if fault is not None and not isinstance(fault, SystemExit):
        raise fault
    return Typed(result.exit_code, result.stdout, result.stderr)
