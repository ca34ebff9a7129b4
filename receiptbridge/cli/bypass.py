"""`receiptbridge bypass on|off`: have a lane's bytes copied by a program that does nothing else, or no longer."""

from __future__ import annotations

import shutil
import subprocess
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from receiptbridge.cli.screen import lane_names
from receiptbridge.config import load_config
from receiptbridge.errors import ConfigError, ReceiptBridgeError
from receiptbridge.words import _

# sd_booted(3): there where systemd runs the machine.
SYSTEMD_RUNS = Path("/run/systemd/system")
# Stopping takes a lane a second at most; starting again may wait for a slow card.
SYSTEMCTL_MOST = 30.0


class Switch(StrEnum):
    on = "on"
    off = "off"


def bypass(
    switch: Annotated[Switch, typer.Argument(help="on: only copy bytes. off: the lane again.")],
    lane: Annotated[
        str | None,
        typer.Argument(
            help="This lane only; all of the configuration's if left out.", autocompletion=lane_names
        ),
    ] = None,
    config: Annotated[Path | None, typer.Option(help="Configuration file.")] = None,
) -> None:
    """Take the box out of the way, or put it back, within a second.

    Example: receiptbridge bypass on till-1
    """
    for name in (lane,) if lane else _all_lanes(config):
        _check_systemd(switch, name)
        if switch is Switch.on:
            _systemctl("start", f"receiptbridge-bypass@{name}.service")
        else:
            _systemctl("reset-failed", f"receiptbridge@{name}.service", may_fail=True)
            _systemctl("start", f"receiptbridge@{name}.service")
        typer.echo(_("{name}: bypass {value}").format(name=name, value=switch.value))


def _all_lanes(config: Path | None) -> list[str]:
    try:
        return [lane.name for lane in load_config(config).lane]
    except ConfigError as fault:
        hint = _(
            "Lanes of a wrong configuration are on their bypass already; to be sure, name one: bypass on LANE"
        )
        raise ConfigError(str(fault), hint=hint) from None


def _check_systemd(switch: Switch, lane: str) -> None:
    if SYSTEMD_RUNS.is_dir() and shutil.which("systemctl"):
        return
    stop, start = f"`receiptbridge run --lane {lane}`", f"`receiptbridge-bypass {lane}`"
    if switch is Switch.off:
        stop, start = start, stop
    raise ReceiptBridgeError(
        _("no systemd runs on this machine, so nobody switches lanes here"),
        hint=_("Stop {stop}, and start {start}.").format(stop=stop, start=start),
    )


def _systemctl(verb: str, unit: str, *, may_fail: bool = False) -> None:
    try:
        done = subprocess.run(
            ["systemctl", "--no-ask-password", verb, unit],
            capture_output=True,
            text=True,
            timeout=SYSTEMCTL_MOST,
        )
    except subprocess.TimeoutExpired:
        raise ReceiptBridgeError(
            _("{unit} did not {verb} within {seconds:g} s").format(
                unit=unit, verb=verb, seconds=SYSTEMCTL_MOST
            ),
            hint=_look(unit),
        ) from None
    if done.returncode and not may_fail:
        said = done.stderr.strip().splitlines()
        raise ReceiptBridgeError(
            _("{unit} did not {verb}: {said}").format(
                unit=unit, verb=verb, said=said[0] if said else _("no reason given")
            ),
            hint=_look(unit),
        )


def _look(unit: str) -> str:
    return _(
        "Run it with sudo, or as a member of the group receiptbridge; what happened is in: journalctl -u {unit}"
    ).format(unit=unit)
