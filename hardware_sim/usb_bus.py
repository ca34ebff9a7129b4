"""A USB bus with printers on it, as a backend for pyusb: descriptors, pipes that fill up, and unplugging.

Strict as a host controller is: an interface that a driver has cannot be claimed, one that is not claimed cannot be
spoken to, a printer without paper takes nothing, and what is unplugged answers ENODEV for ever.
"""

from __future__ import annotations

import errno
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any, Final

import usb.backend
from usb.core import USBError, USBTimeoutError

OUT, BACK = 0x01, 0x82
_BULK: Final = 2
_ENGLISH: Final = 0x0409
_STRING: Final = 3
_SERIAL_NUMBER_STRING: Final = 3


@dataclass
class UsbPrinter:
    """One printer on the bus. `room`: bytes it takes until it is given paper again (None: any)."""

    vendor: int = 0x04B8
    product: int = 0x0202
    serial: str = "J1AZ000001"
    ports: tuple[int, ...] = (1, 2)
    interface_class: int = 7
    protocol: int = 2
    device_id: str = "MFG:EPSON;CMD:ESC/POS;MDL:TM-T88V;CLS:PRINTER;"
    status: int = 0x18
    room: int | None = None
    kernel_driver: bool = True
    configured: bool = True
    readable: bool = True  # may this user open it
    plugged: bool = True
    claimed: bool = False
    paper: bytearray = field(default_factory=bytearray)
    answers: bytearray = field(default_factory=bytearray)
    changed: threading.Condition = field(default_factory=threading.Condition)

    def answer(self, data: bytes) -> None:
        with self.changed:
            self.answers += data
            self.changed.notify_all()

    def give_paper(self) -> None:
        with self.changed:
            self.room, self.status = None, 0x18
            self.changed.notify_all()

    def unplug(self) -> None:
        with self.changed:
            self.plugged = self.claimed = False
            self.changed.notify_all()

    def plug_in(self) -> None:
        with self.changed:
            self.plugged, self.kernel_driver = True, True
            self.changed.notify_all()

    def wait_for(self, data: bytes, seconds: float = 10.0) -> bool:
        """Until `data` has come out at the end of the paper."""
        with self.changed:
            return self.changed.wait_for(lambda: self.paper.endswith(data), seconds)


class UsbBus(usb.backend.IBackend):  # type: ignore[misc]  # pyusb has no types
    """Give it to pyusb as `backend`."""

    def __init__(self, *printers: UsbPrinter) -> None:
        self.printers = printers

    def enumerate_devices(self) -> Iterator[UsbPrinter]:
        return iter([printer for printer in self.printers if printer.plugged])

    def get_parent(self, dev: UsbPrinter) -> None:
        return None

    # ---- descriptors

    def get_device_descriptor(self, dev: UsbPrinter) -> SimpleNamespace:
        return SimpleNamespace(
            bLength=18, bDescriptorType=1, bcdUSB=0x200, bDeviceClass=0, bDeviceSubClass=0, bDeviceProtocol=0,
            bMaxPacketSize0=64, idVendor=dev.vendor, idProduct=dev.product, bcdDevice=0x100, iManufacturer=1,
            iProduct=2, iSerialNumber=_SERIAL_NUMBER_STRING, bNumConfigurations=1, address=1, bus=1,
            port_number=dev.ports[-1], port_numbers=dev.ports, speed=3,
        )  # fmt: skip

    def get_configuration_descriptor(self, dev: UsbPrinter, config: int) -> SimpleNamespace:
        if config:
            raise IndexError(config)
        return SimpleNamespace(
            bLength=9, bDescriptorType=2, wTotalLength=32, bNumInterfaces=1, bConfigurationValue=1,
            iConfiguration=0, bmAttributes=0xC0, bMaxPower=1, extra_descriptors=[],
        )  # fmt: skip

    def get_interface_descriptor(self, dev: UsbPrinter, intf: int, alt: int, config: int) -> SimpleNamespace:
        if intf or alt or config:
            raise IndexError(intf)
        return SimpleNamespace(
            bLength=9, bDescriptorType=4, bInterfaceNumber=0, bAlternateSetting=0,
            bNumEndpoints=len(_endpoints(dev)), bInterfaceClass=dev.interface_class, bInterfaceSubClass=1,
            bInterfaceProtocol=dev.protocol, iInterface=0, extra_descriptors=[],
        )  # fmt: skip

    def get_endpoint_descriptor(
        self, dev: UsbPrinter, ep: int, intf: int, alt: int, config: int
    ) -> SimpleNamespace:
        return SimpleNamespace(
            bLength=7, bDescriptorType=5, bEndpointAddress=_endpoints(dev)[ep], bmAttributes=_BULK,
            wMaxPacketSize=512, bInterval=0, bRefresh=0, bSynchAddress=0, extra_descriptors=[],
        )  # fmt: skip

    # ---- the device

    def open_device(self, dev: UsbPrinter) -> UsbPrinter:
        _present(dev)
        if not dev.readable:
            raise USBError("Access denied (insufficient permissions)", -3, errno.EACCES)
        return dev

    def close_device(self, dev_handle: UsbPrinter) -> None:
        dev_handle.claimed = False

    def get_configuration(self, dev_handle: UsbPrinter) -> int:
        _present(dev_handle)
        return int(dev_handle.configured)

    def set_configuration(self, dev_handle: UsbPrinter, config_value: int) -> None:
        _present(dev_handle).configured = True

    def is_kernel_driver_active(self, dev_handle: UsbPrinter, intf: int) -> bool:
        return _present(dev_handle).kernel_driver

    def detach_kernel_driver(self, dev_handle: UsbPrinter, intf: int) -> None:
        _present(dev_handle).kernel_driver = False

    def attach_kernel_driver(self, dev_handle: UsbPrinter, intf: int) -> None:
        _present(dev_handle).kernel_driver = True

    def claim_interface(self, dev_handle: UsbPrinter, intf: int) -> None:
        printer = _present(dev_handle)
        if printer.kernel_driver or printer.claimed:
            raise USBError("Resource busy", -6, errno.EBUSY)
        printer.claimed = True

    def release_interface(self, dev_handle: UsbPrinter, intf: int) -> None:
        _present(dev_handle).claimed = False

    # ---- transfers

    def bulk_write(self, dev_handle: UsbPrinter, ep: int, intf: int, data: Any, timeout: int) -> int:
        with dev_handle.changed:
            dev_handle.changed.wait_for(
                lambda: dev_handle.room != 0 or not dev_handle.plugged, timeout / 1000
            )
            _ours(dev_handle)
            if dev_handle.room == 0:
                raise USBTimeoutError("Operation timed out", -7, errno.ETIMEDOUT)
            taken = bytes(data)[: dev_handle.room]
            dev_handle.paper += taken
            if dev_handle.room is not None:
                dev_handle.room -= len(taken)
                if dev_handle.room == 0:
                    dev_handle.status = 0x30  # no paper
            dev_handle.changed.notify_all()
            return len(taken)

    def bulk_read(self, dev_handle: UsbPrinter, ep: int, intf: int, buff: Any, timeout: int) -> int:
        with dev_handle.changed:
            dev_handle.changed.wait_for(
                lambda: bool(dev_handle.answers) or not dev_handle.plugged, timeout / 1000
            )
            _ours(dev_handle)
            if not dev_handle.answers:
                raise USBTimeoutError("Operation timed out", -7, errno.ETIMEDOUT)
            count = min(len(buff), len(dev_handle.answers))
            for at in range(count):
                buff[at] = dev_handle.answers[at]
            del dev_handle.answers[:count]
            return count

    def ctrl_transfer(
        self, dev_handle: UsbPrinter, bmRequestType: int, bRequest: int, wValue: int, wIndex: int, data: Any,
        timeout: int,
    ) -> int:  # fmt: skip
        answer = _answer(_present(dev_handle), bmRequestType, bRequest, wValue)
        if answer is None:
            raise USBError("Pipe error", -9, errno.EPIPE)
        count = min(len(data), len(answer))
        for at in range(count):
            data[at] = answer[at]
        return count


def _endpoints(printer: UsbPrinter) -> Sequence[int]:
    return (OUT,) if printer.protocol == 1 else (OUT, BACK)


def _present(printer: UsbPrinter) -> UsbPrinter:
    if not printer.plugged:
        raise USBError("No such device (it may have been disconnected)", -4, errno.ENODEV)
    return printer


def _ours(printer: UsbPrinter) -> None:
    if not _present(printer).claimed:
        raise USBError("Input/Output Error", -1, errno.EIO)


def _answer(printer: UsbPrinter, kind: int, request: int, value: int) -> bytes | None:
    match kind, request:
        case 0xA1, 0:  # GET_DEVICE_ID
            device_id = printer.device_id.encode()
            return (len(device_id) + 2).to_bytes(2, "big") + device_id
        case 0xA1, 1:  # GET_PORT_STATUS
            return bytes([printer.status])
        case 0x80, 6 if value >> 8 == _STRING:
            text = printer.serial if value & 0xFF == _SERIAL_NUMBER_STRING else "printer"
            said = _ENGLISH.to_bytes(2, "little") if value & 0xFF == 0 else text.encode("utf-16-le")
            return bytes([len(said) + 2, _STRING]) + said
    return None
