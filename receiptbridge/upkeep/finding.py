"""What is plugged into the box: serial ports, USB printers, the till's USB port; and what has just come or gone.

Rules of this file:
- No port is opened, and not a byte goes to a printer: a lane may be in the middle of a receipt. A USB printer is asked
  for its id, which it gives beside what it prints.
- A serial port is called by the socket it is plugged into, which stays the same after the next start.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

from receiptbridge.errors import ReceiptBridgeError
from receiptbridge.links.ports import BY_PATH
from receiptbridge.words import _

Kind = Literal["serial", "usb", "usb-lp", "network", "gadget"]

SYSFS: Final = Path("/sys")
DEVICES: Final = Path("/dev")
LISTEN: Final = "tcp-listen://0.0.0.0:9100"
GADGET: Final = "gadget:/dev/g_printer0"


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that a till or a printer can be at: its address as the configuration has it, and its description.

    `device_id` is what a USB printer says of itself (IEEE 1284), where it does.
    """

    address: str
    kind: Kind
    description: str
    device_id: str = ""


def find_all(usb_backend: Any = None) -> list[Found]:
    """Everything that is plugged in now. Network printers have to be looked for (`scanning`)."""
    lps = list(usb_lp_printers())
    served = {name for one in lps for name in [one.device_id] if name}
    libusb = [one for one in usb_printers(usb_backend) if not lps or one.device_id not in served]
    return [*serial_ports(), *lps, *libusb, *gadget_port()]


def serial_ports(by_path: Path = BY_PATH, ports: Collection[Any] | None = None) -> Iterator[Found]:
    """Ports of USB adapters by their sockets, then the machine's own that have hardware behind them."""
    if ports is None:
        from serial.tools.list_ports import comports

        ports = comports()
    names = {os.path.realpath(link): str(link) for link in _entries(by_path)}
    for port in sorted(ports, key=lambda port: (port.vid is None, port.device)):
        if port.vid is None and port.hwid in (
            "",
            "n/a",
        ):  # ttyS that the kernel made without a port behind it
            continue
        yield Found(f"serial:{names.get(port.device, port.device)}", "serial", _adapter(port))


def _adapter(port: Any) -> str:
    what = " ".join(filter(None, (port.manufacturer, port.product))) or port.description
    if port.vid is None:
        return _("{what}, on the board").format(what=what)
    ids = f"{port.vid:04x}:{port.pid:04x}"
    serial = _(", serial number {number}").format(number=port.serial_number) if port.serial_number else ""
    return _("{what} ({ids}{serial}), now {device}").format(
        what=what, ids=ids, serial=serial, device=port.device
    )


def usb_lp_printers(devices: Path = DEVICES, sysfs: Path = SYSFS) -> Iterator[Found]:
    """Printers that the kernel's usblp serves."""
    for entry in _entries(devices / "usb"):
        if not entry.name.startswith("lp"):
            continue
        interface = sysfs / "class" / "usbmisc" / entry.name / "device"
        said = _read(interface / "ieee1284_id")
        device = interface.resolve().parent
        named = " ".join(filter(None, (_read(device / "manufacturer"), _read(device / "product"))))
        ids = f"{_read(device / 'idVendor')}:{_read(device / 'idProduct')}"
        yield Found(f"file:{entry}", "usb-lp", f"{named or _('USB printer')} ({ids})", said)


def usb_printers(backend: Any = None) -> Iterator[Found]:
    """Printers that libusb sees, by their ids; by their socket where two are alike. None without libusb."""
    import usb.core

    from receiptbridge.links.usb_find import PRINTER_CLASS, device_id, pipes_of, port_of, printers

    try:
        devices = list(printers(backend))
    except usb.core.NoBackendError:
        return
    names = [f"usb:{device.idVendor:04x}:{device.idProduct:04x}" for device in devices]
    for device, name in zip(devices, names, strict=True):
        said = ""
        try:
            pipes = pipes_of(device, PRINTER_CLASS)
            said = device_id(device, pipes) if pipes is not None else ""
        except usb.core.USBError:  # a lane has it, or this user may not ask it
            pass
        address = name if names.count(name) == 1 else f"usb-path:{port_of(device)}"
        told = _("USB printer {ids} in socket {socket}").format(ids=name[4:], socket=port_of(device))
        yield Found(address, "usb", told, said)


def gadget_port(sysfs: Path = SYSFS) -> Iterator[Found]:
    """The box's own USB device port, where it has one: it can be the till's USB printer."""
    for port in _entries(sysfs / "class" / "udc"):
        yield Found(GADGET, "gadget", _("the box's USB device port {name}").format(name=port.name))
        return


# ---- which is which


@dataclass(frozen=True, slots=True)
class Moved:
    """What is there no longer, and what has come, between two looks."""

    gone: tuple[Found, ...]
    come: tuple[Found, ...]


def moved(before: Collection[Found], after: Collection[Found]) -> Moved:
    addresses_before, addresses_after = {one.address for one in before}, {one.address for one in after}
    return Moved(
        tuple(one for one in before if one.address not in addresses_after),
        tuple(one for one in after if one.address not in addresses_before),
    )


class Unplugging:
    """Which one is meant: "unplug it", and it is gone; "plug it in again", and it is back.

    `look` is asked again and again, by whoever waits: `gone` until something is missing, `back` until it is there.
    """

    def __init__(self, look: Callable[[], list[Found]]) -> None:
        self._look = look
        self._before = look()
        self._gone: tuple[Found, ...] = ()

    def gone(self) -> Found | None:
        """What was unplugged. Raises `ReceiptBridgeError` where several went at once."""
        self._gone = moved(self._before, self._look()).gone
        if len(self._gone) > 1:
            names = ", ".join(one.address for one in self._gone)
            raise ReceiptBridgeError(
                _("{count} went at once: {names}").format(count=len(self._gone), names=names),
                hint=_("Unplug only one."),
            )
        return self._gone[0] if self._gone else None

    def back(self) -> Found | None:
        """The same one when it is there again, or what came instead: in another socket it has another name."""
        now = self._look()
        again = [one for one in now if one in self._gone]
        come = moved(self._before, now).come
        return next(iter((*again, *come)), None)


def _entries(folder: Path) -> list[Path]:
    return sorted(folder.iterdir()) if folder.is_dir() else []


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return ""
