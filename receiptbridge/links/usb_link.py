"""A USB printer as a link: two threads carry bytes between a socket pair and the printer's endpoints.

Rules of this file:
- The lane sees an ordinary descriptor with a small buffer, so that flow control works as on any link: a printer
  that takes nothing fills it, and the lane stops reading its register.
- A transfer never waits longer than `TRANSFER_MS`; what of it went is counted, so that nothing goes twice.
- The kernel's driver is taken off the interface and given back.
"""

from __future__ import annotations

import contextlib
import errno
import logging
import socket
import threading
from typing import Any, Final

from receiptbridge.errors import LinkError
from receiptbridge.links.link import Link
from receiptbridge.links.usb_find import (
    PRINTER_CLASS,
    Pipes,
    UsbName,
    device_id,
    find_device,
    pipes_of,
    port_status,
)
from receiptbridge.words import N_, _

log = logging.getLogger("receiptbridge.lane")

TRANSFER_MS: Final = 200
"""How long a thread may be away: a link that is given back is free within this."""

PIECE: Final = 512
"""Bytes a transfer: one bulk packet at high speed, eight at full speed. What waits in the box stays small."""

SOCKET_BUFFER: Final = 4096
"""As much as a printer's own receive buffer; the kernel doubles it for its own needs."""

STALLED_TRANSFERS: Final = 10
"""So many transfers without a byte, about 2 s: now the printer is asked what is the matter, and it is logged."""


class UsbLink(Link):
    """An open printer; `broken` once it was unplugged. `device_id` is what it says of itself."""

    def __init__(self, device: Any, pipes: Pipes, name: str, *, detached: bool) -> None:
        outer, self._inner = socket.socketpair()
        for end in (outer, self._inner):
            end.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SOCKET_BUFFER)
        super().__init__(outer.detach(), f"printer {name}")
        self._device, self._pipes, self._detached = device, pipes, detached
        self._ending = threading.Event()
        self._fault: str | None = None
        self._taken = self._gone = 0
        self.device_id = device_id(device, pipes)
        self._threads = [threading.Thread(target=self._carry_out, name=f"to-{name}", daemon=True)]
        if pipes.back is not None:
            self._threads.append(threading.Thread(target=self._carry_back, name=f"from-{name}", daemon=True))
        for thread in self._threads:
            thread.start()

    @property
    def broken(self) -> bool:
        return self._fault is not None or self._ending.is_set()

    def read(self, most: int) -> bytes | None:
        data = super().read(most)
        if data == b"" and self._fault is not None:
            raise LinkError(f"{self.name}: {self._fault}")
        return data

    def write(self, data: bytes | bytearray | memoryview) -> int:
        if self._fault is not None:
            raise LinkError(f"{self.name}: {self._fault}")
        taken = super().write(data)
        self._taken += taken
        return taken

    def unacknowledged(self) -> int | None:
        """What the printer has not taken off the wire."""
        return self._taken - self._gone

    def close(self) -> None:
        """A job's end. The printer stays ours for the next: what it has still to take it takes."""

    def give_back(self) -> None:
        """Let go of the printer, and give it back to the kernel's driver where that had it."""
        if self._ending.is_set():
            return
        self._ending.set()
        super().close()
        for thread in self._threads:
            thread.join()
        self._inner.close()
        _release(self._device, self._pipes, attach=self._detached)

    # ---- the two threads

    def _carry_out(self) -> None:
        while not self._ending.is_set():
            try:
                data = self._inner.recv(PIECE)
            except OSError:
                return
            if not data or not self._write_whole(data):
                return

    def _write_whole(self, data: bytes) -> bool:
        from usb.core import USBError, USBTimeoutError

        stalled = 0
        while data and not self._ending.is_set():
            try:
                gone = self._device.write(self._pipes.out, data, TRANSFER_MS)
            except USBTimeoutError:
                gone = 0
            except USBError as fault:
                self._lose(fault)
                return False
            data, self._gone = data[gone:], self._gone + gone
            stalled = 0 if gone else stalled + 1
            if stalled == STALLED_TRANSFERS:
                log.warning("%s takes nothing; it says: %s", self.name, self._status() or "nothing")
        return True

    def _status(self) -> str:
        return str(port_status(self._device, self._pipes) or "")

    def _carry_back(self) -> None:
        from usb.core import USBError, USBTimeoutError

        while not self._ending.is_set():
            try:
                data = bytes(self._device.read(self._pipes.back, PIECE, TRANSFER_MS))
                self._inner.sendall(data)
            except USBTimeoutError:
                continue
            except USBError as fault:
                self._lose(fault)
                return
            except OSError:
                return

    def _lose(self, fault: Exception) -> None:
        if self._fault is None:
            self._fault = _("it was lost: {reason}").format(reason=_words(fault))
        with contextlib.suppress(OSError):
            self._inner.shutdown(socket.SHUT_RDWR)


def open_usb(name: UsbName, usb_class: int = PRINTER_CLASS, backend: Any = None) -> UsbLink:
    """Take a printer for this lane alone. Raises `LinkError`."""
    import usb.core

    device = find_device(name, backend)
    try:
        pipes = _pipes(device, usb_class, name)
        detached = _detach(device, pipes.interface)
        usb.util.claim_interface(device, pipes.interface)
        if pipes.alternate:
            device.set_interface_altsetting(pipes.interface, pipes.alternate)
    except usb.core.USBError as fault:
        usb.util.dispose_resources(device)
        raise LinkError(
            _("{name}: cannot be opened: {reason}").format(name=name, reason=_words(fault)),
            hint=_hint(fault.errno),
        ) from fault
    return UsbLink(device, pipes, str(name), detached=detached)


def _pipes(device: Any, usb_class: int, name: UsbName) -> Pipes:
    import usb.core

    try:
        pipes = pipes_of(device, usb_class)
    except usb.core.USBError:  # fresh from the factory of some clones: nobody has set a configuration yet
        device.set_configuration()
        pipes = pipes_of(device, usb_class)
    if pipes is None:
        raise LinkError(
            _("{name}: this device has no interface that prints (class {usb_class}).").format(
                name=name, usb_class=usb_class
            ),
            hint=_(
                "A printer with a maker's own interface needs a profile that says so (usb_interface_class)."
            ),
        )
    return pipes


def _detach(device: Any, interface: int) -> bool:
    """Take the kernel's driver (usblp) off the interface; whether it was there."""
    try:
        if not device.is_kernel_driver_active(interface):
            return False
    except NotImplementedError:  # libusb says so where the system has no drivers to detach
        return False
    device.detach_kernel_driver(interface)
    return True


def _release(device: Any, pipes: Pipes, *, attach: bool) -> None:
    import usb.core

    with contextlib.suppress(usb.core.USBError):  # it may have been unplugged
        usb.util.release_interface(device, pipes.interface)
    if attach:
        with contextlib.suppress(usb.core.USBError, NotImplementedError):
            device.attach_kernel_driver(pipes.interface)
    usb.util.dispose_resources(device)


_WORDS: Final = {
    errno.ENODEV: N_("it was unplugged or switched off"),
    errno.EACCES: N_("this user may not"),
    errno.EBUSY: N_("another program has it"),
    errno.EIO: N_("the transfer failed"),
    errno.EPIPE: N_("it refused the transfer"),
}


def _words(fault: Exception) -> str:
    return _(_WORDS.get(getattr(fault, "errno", None) or 0, str(fault)))


def _hint(number: int | None) -> str:
    if number == errno.EACCES:
        return _("Debian gives USB printers to the group lp: is this user in it?")
    return _("Plug it in again; whether the machine sees it is shown by lsusb, who has it by fuser.")
