"""How a lane comes by its links: a register comes in by one door, the printer is reached by the other.

A door to a register that has connections can be shut: while the printer is known to be out of reach the
register is refused, as the printer itself would refuse it. A line has no connections; its door gives the one link
there is, and a new one when that was lost.

Devices are opened and closed in a thread: an adapter or printer that does not answer keeps the kernel for seconds
(control transfers on the USB have 5, a port that closes with bytes in it 30), and the loop has a watchdog of 2.
"""

from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, Protocol

from receiptbridge.errors import LinkError
from receiptbridge.links import tcp
from receiptbridge.links.address import Address
from receiptbridge.links.device import DeviceLink, open_device
from receiptbridge.links.gadget import open_gadget
from receiptbridge.links.handshake import ModemLines, Side
from receiptbridge.links.line import LineSettings
from receiptbridge.links.link import Link
from receiptbridge.links.pty import PtyLink
from receiptbridge.links.serial_port import SerialLink, open_serial
from receiptbridge.links.usb_find import PRINTER_CLASS, UsbName
from receiptbridge.links.usb_link import UsbLink, open_usb

log = logging.getLogger("receiptbridge.lane")

# How often what is out of reach is tried: a printer that was switched on, an adapter that was plugged in again is
# found within a second or two.
RETRY = 1.0


class RegisterDoor(Protocol):
    has_connections: bool

    async def accept(self) -> Link:
        """The next register; of a line without connections the line, and again when it was lost. `LinkError`."""

    def shut(self) -> None:
        """Refuse registers until the next `accept`, where the link has a way to."""

    def close(self) -> None:
        """The lane is over: give back what was kept."""


class PrinterDoor(Protocol):
    async def connect(self) -> Link:
        """A link to the printer, ready for a job. Raises `LinkError`."""

    def close(self) -> None:
        """The lane is over: give back what was kept between jobs."""


async def reached(attempt: Callable[[], Awaitable[Link]], lane: str) -> Link:
    """Try until it succeeds. What is in the way is logged once, and again when it is something else."""
    told = ""
    while True:
        try:
            return await attempt()
        except LinkError as fault:
            if str(fault) != told:
                told = str(fault)
                log.warning("%s: %s %s", lane, fault, fault.hint)
            await asyncio.sleep(RETRY)


class TcpRegisterDoor:
    """Listens from the first `accept` until `shut`."""

    has_connections = True

    def __init__(self, address: Address) -> None:
        self._address = address
        self._listener: socket.socket | None = None

    async def accept(self) -> Link:
        if self._listener is None:
            self._listener = await tcp.listen(self._address)
        return await tcp.accept(self._listener, self._address.allow)

    def shut(self) -> None:
        if self._listener is not None:
            self._listener.close()
            self._listener = None

    def close(self) -> None:
        self.shut()


class _LineDoor:
    """Either side of a lane: a line has no connections, it is just there."""

    has_connections = False

    async def accept(self) -> Link:
        return await self.connect()

    async def connect(self) -> Link:
        raise NotImplementedError  # each kind of line says how

    def shut(self) -> None:
        """A line cannot refuse; it is simply not read."""

    def close(self) -> None:
        """Nothing is kept."""


class PtyDoor(_LineDoor):
    def __init__(self, address: Address) -> None:
        self._path = Path(address.path)

    async def connect(self) -> Link:
        return PtyLink(self._path)


class SerialDoor(_LineDoor):
    """The port stays open between jobs: its modem lines rest, and nobody else gets it."""

    def __init__(
        self, path: str, settings: LineSettings, side: Side, lines: ModemLines | None = None
    ) -> None:
        self._path, self._settings, self._side, self._lines = path, settings, side, lines
        self._link: SerialLink | None = None

    async def connect(self) -> Link:
        if self._link is None or self._link.broken:
            self._link = await asyncio.to_thread(self._opened_anew)
        return self._link

    def _opened_anew(self) -> SerialLink:
        self.close()
        return open_serial(self._path, self._settings, self._side, self._lines)

    def close(self) -> None:
        if self._link is not None:
            self._link.give_back()
            self._link = None


class TcpPrinterDoor:
    def __init__(self, address: Address) -> None:
        self._address = address

    async def connect(self) -> Link:
        return await tcp.connect(self._address)

    def close(self) -> None:
        """Nothing is kept between jobs."""


class DeviceDoor:
    """The device stays open between jobs: closed at once, usblp would take the end of a receipt back."""

    def __init__(self, address: Address) -> None:
        self._path = address.path
        self._link: DeviceLink | None = None

    async def connect(self) -> Link:
        if self._link is not None:
            self._link.forget_replies()
        if self._link is None or self._link.broken:
            self._link = await asyncio.to_thread(self._opened_anew)
        return self._link

    def _opened_anew(self) -> DeviceLink:
        self.close()
        return open_device(self._path)

    def close(self) -> None:
        if self._link is not None:
            self._link.give_back()
            self._link = None


class GadgetDoor(_LineDoor):
    def __init__(self, address: Address) -> None:
        self._path = address.path

    async def connect(self) -> Link:
        return open_gadget(self._path)


class UsbDoor:
    """The printer stays claimed between jobs, so that the kernel's driver does not come and go with each."""

    def __init__(self, name: UsbName, usb_class: int, backend: Any = None) -> None:
        self._name, self._class, self._backend = name, usb_class, backend
        self._link: UsbLink | None = None

    async def connect(self) -> Link:
        if self._link is None or self._link.broken:
            self._link = await asyncio.to_thread(self._opened_anew)
        return self._link

    def _opened_anew(self) -> UsbLink:
        self.close()
        return open_usb(self._name, self._class, self._backend)

    def close(self) -> None:
        if self._link is not None:
            self._link.give_back()
            self._link = None


def register_door(address: Address) -> RegisterDoor:
    if address.line is not None:
        return SerialDoor(address.path, address.line, "register")
    match address.scheme:
        case "tcp-listen":
            return TcpRegisterDoor(address)
        case "gadget":
            return GadgetDoor(address)
        case _:
            return PtyDoor(address)


def printer_door(address: Address, usb_class: int = PRINTER_CLASS) -> PrinterDoor:
    """`usb_class`: of the interface by which a USB printer prints; a few have one of their maker's own (255)."""
    if address.usb is not None:
        return UsbDoor(address.usb, usb_class)
    match address.scheme:
        case "tcp":
            return TcpPrinterDoor(address)
        case "pty":
            return PtyDoor(address)
        case "serial" if address.line is not None:
            return SerialDoor(address.path, address.line, "printer")
        case _:
            return DeviceDoor(address)
