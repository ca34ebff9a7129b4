"""`receiptbridge detect PORT`: how a register's serial line is set, found by listening while it prints."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from receiptbridge.links.detect import Finding, Try
from receiptbridge.links.detect import detect as find_settings
from receiptbridge.links.serial_ear import SerialEar
from receiptbridge.profiles.load import load_grammar
from receiptbridge.words import _


def detect(
    port: Annotated[str, typer.Argument(help="The serial port that the till is plugged into.")],
    seconds: Annotated[float, typer.Option(help="How long to listen at most.")] = 180.0,
    as_json: Annotated[bool, typer.Option("--json", help="The finding as JSON.")] = False,
) -> None:
    """Find speed, bits and parity of a till's serial line: print receipts while this listens.

    Example: receiptbridge detect /dev/serial/by-path/pci-0000:00:14.0-usb-0:1:1.0-port0
    """
    typer.echo(
        _("Listening on {port}: print a receipt at the till, and again until this is done.").format(
            port=port
        ),
        err=True,
    )
    with SerialEar(port, seconds) as ear:
        finding = find_settings(ear, load_grammar("escpos"), _show_try)
    if as_json:
        typer.echo(json.dumps(_as_json(port, finding), ensure_ascii=False))
    else:
        _show(port, finding)
    if finding.settings is None:
        raise typer.Exit(1)


def _show_try(tried: Try) -> None:
    """Progress, for people."""
    verdict = tried.verdict
    saw = "; ".join(tried.saw) or (_("reads as ESC/POS") if verdict.good else _("too little was heard"))
    typer.echo(
        _("  {settings}: {count} bytes, {saw}").format(
            settings=tried.heard.settings, count=len(tried.heard.data), saw=saw
        ),
        err=True,
    )


def _show(port: str, finding: Finding) -> None:
    for why in finding.why:
        typer.echo(f"{why}.")
    if finding.settings is not None:
        typer.echo(f'register = "serial:{port}?{finding.settings.query}"')
        typer.echo(_("Flow control cannot be heard: set it as the old printer's switches say (flow=...)."))


def _as_json(port: str, finding: Finding) -> dict[str, object]:
    settings = finding.settings
    return {
        "port": port,
        "address": None if settings is None else f"serial:{port}?{settings.query}",
        "settings": None if settings is None else str(settings),
        "why": finding.why,
        "sample": finding.sample.decode("latin-1"),
    }
