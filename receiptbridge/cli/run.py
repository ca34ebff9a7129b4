"""`receiptbridge run`: the lanes, until they are told to stop."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from receiptbridge.cli.screen import lane_names


def run(
    config: Annotated[Path | None, typer.Option(help="Configuration file.")] = None,
    lane: Annotated[str | None, typer.Option(help="Run this lane only.", autocompletion=lane_names)] = None,
) -> None:
    """Forward between register and printer, and print codes.

    Example: receiptbridge run --config /etc/receiptbridge/config.toml --lane till-1
    """
    from receiptbridge.lanes import run_until_stopped

    run_until_stopped(config, lane)
