"""Finding a printer on the USB, and what it says of itself: USB Printing Devices 1.1, IEEE 1284-2000.

pyusb is imported when a printer is looked for and not before: a lane without USB printers need not know it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from receiptbridge.errors import LinkError
from receiptbridge.words import _

PRINTER_CLASS: Final = 7
_BULK: Final = 2
_TRANSFER_TYPE: Final = 0x03
_IN: Final = 0x80

_PROTOCOLS: Final = (2, 1)
"""bInterfaceProtocol, best first: bidirectional, unidirectional. 3 is IEEE 1284.4, which no receipt printer needs."""

_GET_DEVICE_ID, _GET_PORT_STATUS = 0, 1  # class requests, USB Printing Devices 1.1, 4.2
_CLASS_FROM_INTERFACE: Final = 0xA1
_DEVICE_ID_MOST: Final = 1024
_NOT_ERROR, _SELECTED, _NO_PAPER = 0x08, 0x10, 0x20


@dataclass(frozen=True, slots=True)
class UsbName:
    """Which device: by ids, and a serial number where several are alike, or by the port it is plugged into."""

    vendor: int | None = None
    product: int | None = None
    serial: str = ""
    port: str = ""  # "1-1.2": bus, then a port on every hub

    def __str__(self) -> str:
        if self.port:
            return f"usb-path:{self.port}"
        return f"usb:{self.vendor:04x}:{self.product:04x}" + (f":{self.serial}" if self.serial else "")


class Pipes(NamedTuple):
    """An interface that prints: its alternate setting, and the address of its endpoints (None: it cannot answer)."""

    interface: int
    alternate: int
    out: int
    back: int | None


class PortStatus(NamedTuple):
    """GET_PORT_STATUS: as on a parallel port's lines."""

    selected: bool
    no_paper: bool
    error: bool

    @classmethod
    def of(cls, byte: int) -> PortStatus:
        return cls(bool(byte & _SELECTED), bool(byte & _NO_PAPER), not byte & _NOT_ERROR)

    def __str__(self) -> str:
        said = ("not selected" * (not self.selected), "no paper" * self.no_paper, "an error" * self.error)
        return ", ".join(filter(None, said)) or "ready"


def parse_name(scheme: str, rest: str) -> UsbName:
    """`04b8:0202`, `04b8:0202:SERIAL`, or behind `usb-path:` `1-1.2`. Raises `ValueError`."""
    if scheme == "usb-path":
        bus, dash, ports = rest.partition("-")
        if not (bus.isdecimal() and dash and all(part.isdecimal() for part in ports.split("."))):
            raise ValueError(_("write the port as the kernel does, as in usb-path:1-1.2"))
        return UsbName(port=rest)
    vendor, _colon, product = rest.partition(":")
    product, _colon, serial = product.partition(":")
    try:
        return UsbName(int(vendor, 16), int(product, 16), serial)
    except ValueError:
        raise ValueError(
            _("write vendor and product as lsusb does, as in usb:04b8:0202 or usb:04b8:0202:SERIAL")
        ) from None


def find_device(name: UsbName, backend: Any = None) -> Any:
    """The one device of that name (a `usb.core.Device`). Raises `LinkError` where there is none, or several."""
    import usb.core

    try:
        devices = [device for device in usb.core.find(find_all=True, backend=backend) if _is(device, name)]
    except usb.core.NoBackendError:
        raise LinkError(
            _("{name}: USB printers need libusb, which is not installed.").format(name=name),
            hint=_("Install it (Debian: libusb-1.0-0), or use file:/dev/usb/lp0."),
        ) from None
    if not devices:
        raise LinkError(
            _("{name}: no such device is plugged in.").format(name=name), hint=_what_is_there(backend)
        )
    if len(devices) > 1:
        ports = ", ".join(f"usb-path:{port_of(device)}" for device in devices)
        raise LinkError(
            _("{name}: {count} devices are that.").format(name=name, count=len(devices)),
            hint=_("Name the one you mean: {ports}.").format(ports=ports),
        )
    return devices[0]


def port_of(device: Any) -> str:
    """The kernel's name of where a device is plugged in."""
    return f"{device.bus}-{'.'.join(map(str, device.port_numbers or ()))}"


def pipes_of(device: Any, usb_class: int) -> Pipes | None:
    """The way to print on a device, best first; None where it is no printer of that class."""
    configuration = device.get_active_configuration()
    found = [
        (_rank(interface, usb_class), _pipes(interface))
        for interface in configuration
        if interface.bInterfaceClass == usb_class
    ]
    able = sorted((rank, pipes) for rank, pipes in found if rank is not None and pipes is not None)
    return able[0][1] if able else None


def device_id(device: Any, pipes: Pipes) -> str:
    """The IEEE 1284 id ("MFG:EPSON;CMD:ESC/POS;MDL:TM-T88V;"), "" where it says none."""
    import usb.core

    index = pipes.interface << 8 | pipes.alternate
    try:
        said = bytes(device.ctrl_transfer(_CLASS_FROM_INTERFACE, _GET_DEVICE_ID, 0, index, _DEVICE_ID_MOST))
    except usb.core.USBError:
        return ""
    # The length counts its own two bytes; some firmware forgets that, and some has its bytes in the wrong order.
    return said[2:].rstrip(b"\0").decode("ascii", "replace")


def port_status(device: Any, pipes: Pipes) -> PortStatus | None:
    """How the printer is, by its port; None where it does not say."""
    import usb.core

    try:
        said = device.ctrl_transfer(_CLASS_FROM_INTERFACE, _GET_PORT_STATUS, 0, pipes.interface, 1)
    except usb.core.USBError:
        return None
    return PortStatus.of(said[0]) if said else None


def _is(device: Any, name: UsbName) -> bool:
    if name.port:
        return port_of(device) == name.port
    if (device.idVendor, device.idProduct) != (name.vendor, name.product):
        return False
    return not name.serial or _serial_number(device) == name.serial


def _serial_number(device: Any) -> str:
    import usb.core

    try:
        return device.serial_number or ""
    except (usb.core.USBError, ValueError):  # no right to open it, or no language to ask in
        return ""


def _what_is_there(backend: Any) -> str:
    there = ", ".join(f"usb:{device.idVendor:04x}:{device.idProduct:04x}" for device in printers(backend))
    if there:
        return _("Printers there: {printers}.").format(printers=there)
    return _("Is the printer plugged in and switched on?")


def printers(backend: Any = None) -> Iterator[Any]:
    """The devices that print, as `usb.core.Device`. Raises `usb.core.NoBackendError` without libusb."""
    import usb.core

    for device in usb.core.find(find_all=True, backend=backend):
        try:
            if any(interface.bInterfaceClass == PRINTER_CLASS for interface in device[0]):
                yield device
        except (usb.core.USBError, IndexError):
            continue


def _rank(interface: Any, usb_class: int) -> tuple[int, int, int] | None:
    protocol = interface.bInterfaceProtocol
    if usb_class == PRINTER_CLASS and protocol not in _PROTOCOLS:
        return None
    rank = _PROTOCOLS.index(protocol) if usb_class == PRINTER_CLASS else 0
    return rank, interface.bInterfaceNumber, interface.bAlternateSetting


def _pipes(interface: Any) -> Pipes | None:
    bulk: Sequence[int] = [
        endpoint.bEndpointAddress for endpoint in interface if endpoint.bmAttributes & _TRANSFER_TYPE == _BULK
    ]
    out = [address for address in bulk if not address & _IN]
    back = [address for address in bulk if address & _IN]
    if not out:
        return None
    return Pipes(interface.bInterfaceNumber, interface.bAlternateSetting, out[0], back[0] if back else None)
