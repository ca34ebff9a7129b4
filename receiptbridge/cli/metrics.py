"""`receiptbridge metrics`: the box's figures for Prometheus."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from receiptbridge.cli.screen import ConfigFile
from receiptbridge.errors import UsageError
from receiptbridge.words import _


def metrics(
    config: ConfigFile = None,
    write: Annotated[
        Path | None,
        typer.Option(metavar="FILE.prom", help="Write there, whole or not at all, instead of showing."),
    ] = None,
) -> None:
    """Show the figures of `status` in Prometheus' text format.

    Example: receiptbridge metrics

    Example for node_exporter: receiptbridge metrics --write /run/receiptbridge-metrics/receiptbridge.prom
    """
    from receiptbridge.upkeep.metrics import as_text, write_whole
    from receiptbridge.upkeep.status import take_status

    if write is not None and write.suffix != ".prom":
        raise UsageError(
            _("{file} does not end in .prom, so node_exporter would not read it").format(file=write),
            hint=_("Call it {file}").format(file=write.with_suffix(".prom")),
        )
    text = as_text(take_status(config))
    if write is None:
        typer.echo(text, nl=False)
    else:
        write_whole(write, text)
