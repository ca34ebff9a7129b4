"""`receiptbridge in-series show|on|off LANE`: the rules that take a till's printing out of a bridge."""

from __future__ import annotations

import subprocess
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final

import typer

from receiptbridge.cli.screen import lane_names
from receiptbridge.config import load_config
from receiptbridge.errors import ConfigError, ReceiptBridgeError
from receiptbridge.links.address import parse_address
from receiptbridge.links.in_series import InSeries
from receiptbridge.links.in_series import in_series as series_of
from receiptbridge.words import _

# nft answers within milliseconds; a machine that swaps may take longer.
NFT_MOST: Final = 10.0


class Action(StrEnum):
    show = "show"
    on = "on"
    off = "off"


def in_series(
    action: Annotated[
        Action, typer.Argument(help="show: print the rules. on, off: put them into effect, take them away.")
    ],
    lane: Annotated[
        str, typer.Argument(help="The lane between switch and printer.", autocompletion=lane_names)
    ],
    config: Annotated[Path | None, typer.Option(help="Configuration file.")] = None,
) -> None:
    """Take the printing to a lane's printer out of a bridge of two ports, or let it pass again (as root).

    Example: receiptbridge in-series on till-1
    """
    series = _series(config, lane)
    match action:
        case Action.off:
            _nft(series.forget())
        case Action.on:
            _nft(_rules(series))
        case Action.show:
            typer.echo(_rules(series), nl=False)


def _series(config: Path | None, name: str) -> InSeries:
    lane = load_config(config).find_lane(name)
    try:
        return series_of(name, parse_address(lane.register_), parse_address(lane.printer))
    except ValueError as fault:
        raise ConfigError(
            _("lane {name!r} is not in series on Ethernet: {fault}").format(name=name, fault=fault),
            hint=_("docs/links.md shows such a lane."),
        ) from None


def _rules(series: InSeries) -> str:
    bridge = Path("/sys/class/net", series.bridge)
    hint = _("docs/links.md shows how the bridge is made.")
    try:
        mac = (bridge / "address").read_text().strip()
    except OSError:
        raise ReceiptBridgeError(
            _("there is no interface {bridge!r}").format(bridge=series.bridge), hint=hint
        ) from None
    ports = sorted(port.name for port in (bridge / "brif").glob("*"))
    if not ports:
        raise ReceiptBridgeError(
            _("{bridge!r} is no bridge that joins ports").format(bridge=series.bridge), hint=hint
        )
    return series.rules(mac, ports)


def _nft(rules: str) -> None:
    try:
        done = subprocess.run(
            ["nft", "-f", "-"], input=rules, text=True, capture_output=True, timeout=NFT_MOST
        )
    except FileNotFoundError:
        raise ReceiptBridgeError(_("nft is not installed"), hint="sudo apt install nftables") from None
    if done.returncode:
        hint = _("Only root may: sudo, or the unit receiptbridge-in-series@LANE.")
        raise ReceiptBridgeError(
            _("nft refused the rules: {said}").format(said=done.stderr.strip().splitlines()[0]),
            hint=hint,
        )
