"""Which serial port a name means, and whether it will still mean it after the next start.

`ttyUSB0` is whichever adapter the kernel met first; `by-id` names are of one adapter only as long as no other has
the same serial number, and cheap ones all have; `by-path` says into which socket of the box it is plugged. So a
name that could come to mean another adapter is refused, with the names that cannot.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from receiptbridge.words import _

BY_PATH: Final = Path("/dev/serial/by-path")
BY_ID: Final = Path("/dev/serial/by-id")
_NUMBERED: Final = re.compile(r"/dev/tty(USB|ACM)\d+")


@dataclass(frozen=True, slots=True)
class Adapter:
    """A USB adapter: its device, what it says it is, and its name by the socket it is plugged into."""

    device: str
    identity: str
    by_path: str


def why_ambiguous(name: str, adapters: Sequence[Adapter]) -> str | None:
    """Why a port's name is refused, with the names to use; None where it is good."""
    if _NUMBERED.fullmatch(name):
        rivals = adapters
        reason = _(
            "{count} adapters are plugged in, and which of them is {name} may change with every start"
        ).format(count=len(rivals), name=name)
    elif name.startswith(str(BY_ID)):
        meant = os.path.realpath(name)
        identities = [adapter.identity for adapter in adapters if adapter.device == meant]
        rivals = [adapter for adapter in adapters if adapter.identity in identities]
        reason = _("{count} adapters call themselves that ({names})").format(
            count=len(rivals), names=", ".join(identities)
        )
    else:
        return None
    if len(rivals) < 2:
        return None
    names = "; ".join(
        _("{name} is now {device}").format(name=adapter.by_path or adapter.device, device=adapter.device)
        for adapter in rivals
    )
    return _("{reason}. Use the name of the socket: {names}").format(reason=reason, names=names)


def usb_adapters() -> list[Adapter]:
    """The USB serial adapters that are plugged in now."""
    from serial.tools.list_ports import comports

    by_path = {os.path.realpath(link): str(link) for link in _links(BY_PATH)}
    return [
        Adapter(port.device, _identity(port.vid, port.pid, port.serial_number), by_path.get(port.device, ""))
        for port in sorted(comports())
        if port.vid is not None
    ]


def stable_names() -> list[str]:
    """The names that a technician may write down, for hints."""
    return [str(link) for link in _links(BY_PATH)]


def _links(folder: Path) -> list[Path]:
    return sorted(folder.iterdir()) if folder.is_dir() else []


def _identity(vendor: int, product: int, serial_number: str | None) -> str:
    return f"{vendor:04x}:{product:04x} {serial_number or 'without a serial number'}"
