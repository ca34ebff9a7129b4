"""The box as a USB printer: the device file of the Linux printer gadget (Documentation/usb/gadget_printer.rst).

The gadget itself is made by `gadget_setup`, as root and once at boot, so that it outlives a lane.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
from typing import Final

from receiptbridge.errors import LinkError
from receiptbridge.escpos.condition import PrinterCondition
from receiptbridge.links.link import Link
from receiptbridge.words import N_, _, why

# linux/usb/g_printer.h: _IOR('g', 0x21, unsigned char) and _IOWR('g', 0x22, unsigned char)
GET_STATUS: Final = 0x80016721
SET_STATUS: Final = 0xC0016722
NOT_ERROR, SELECTED, NO_PAPER = 0x08, 0x10, 0x20

_FAULTY: Final = frozenset({PrinterCondition.COVER_OPEN, PrinterCondition.OFFLINE, PrinterCondition.GONE})


def port_status(condition: PrinterCondition) -> int:
    """GET_PORT_STATUS (USB Printing Devices 1.1, 4.2.2) for a printer in this condition."""
    if condition is PrinterCondition.PAPER_OUT:
        return SELECTED | NO_PAPER
    return 0 if condition in _FAULTY else NOT_ERROR | SELECTED


class GadgetLink(Link):
    def show(self, condition: PrinterCondition) -> None:
        with contextlib.suppress(
            OSError
        ):  # an old kernel that cannot: the register sees a printer that is well
            fcntl.ioctl(self._descriptor, SET_STATUS, port_status(condition))


def open_gadget(path: str) -> GadgetLink:
    """The register's side, once a register has taken us for its printer. Raises `LinkError`."""
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as fault:
        raise LinkError(
            _("{path}: cannot be opened: {reason}").format(path=path, reason=why(fault)),
            hint=_(_HINTS.get(fault.errno or 0, "")),
        ) from fault
    try:
        fcntl.ioctl(descriptor, GET_STATUS, bytes(1))
    except OSError as fault:
        if fault.errno == errno.ENODEV:
            os.close(descriptor)
            raise LinkError(
                _("{path}: no register has connected to this USB device port yet.").format(path=path),
                hint=_("Is the cable between register and box plugged in at both ends, and the register on?"),
            ) from fault
    return GadgetLink(descriptor, f"register {path}")


_HINTS: Final = {
    errno.ENOENT: N_("The gadget is not there: systemctl status receiptbridge-gadget"),
    errno.EACCES: N_("The package's udev rules give it to the group lp: is this user in it?"),
    errno.EBUSY: N_("Another program has it: is a lane or the bypass running?"),
}
