"""How a lane comes by its links: a register comes in by one door, the printer is reached by the other.

A door to a register that has connections can be shut: while the printer is known to be out of reach the
register is refused, as the printer itself would refuse it.
"""

from __future__ import annotations

import socket
from pathlib import Path
from typing import Protocol

from receiptbridge.links import tcp
from receiptbridge.links.address import Address
from receiptbridge.links.device import open_device
from receiptbridge.links.link import Link
from receiptbridge.links.pty import PtyLink


class RegisterDoor(Protocol):
    has_connections: bool

    async def accept(self) -> Link:
        """The next register (a line without connections has one for good). Raises `LinkError`."""

    def shut(self) -> None:
        """Refuse registers until the next `accept`."""


class PrinterDoor(Protocol):
    async def connect(self) -> Link:
        """A fresh link to the printer. Raises `LinkError`."""


class TcpRegisterDoor:
    """Listens from the first `accept` until `shut`."""

    has_connections = True

    def __init__(self, address: Address) -> None:
        self._address = address
        self._listener: socket.socket | None = None

    async def accept(self) -> Link:
        if self._listener is None:
            self._listener = tcp.listen(self._address)
        return await tcp.accept(self._listener)

    def shut(self) -> None:
        if self._listener is not None:
            self._listener.close()
            self._listener = None


class PtyDoor:
    """Either side of a lane: a pty has no connections, it is just there."""

    has_connections = False

    def __init__(self, address: Address) -> None:
        self._path = Path(address.path)

    async def accept(self) -> Link:
        return PtyLink(self._path)

    async def connect(self) -> Link:
        return PtyLink(self._path)

    def shut(self) -> None:
        """A line cannot refuse; it is simply not read."""


class TcpPrinterDoor:
    def __init__(self, address: Address) -> None:
        self._address = address

    async def connect(self) -> Link:
        return await tcp.connect(self._address)


class DeviceDoor:
    def __init__(self, address: Address) -> None:
        self._path = address.path

    async def connect(self) -> Link:
        return open_device(self._path)


def register_door(address: Address) -> RegisterDoor:
    return TcpRegisterDoor(address) if address.scheme == "tcp-listen" else PtyDoor(address)


def printer_door(address: Address) -> PrinterDoor:
    match address.scheme:
        case "tcp":
            return TcpPrinterDoor(address)
        case "pty":
            return PtyDoor(address)
        case _:
            return DeviceDoor(address)
