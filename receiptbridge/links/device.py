"""A device file of a printer, as the kernel's usblp driver makes it (`/dev/usb/lp0`), or a terminal."""

from __future__ import annotations

import os
import tty

from receiptbridge.errors import LinkError
from receiptbridge.links.link import Link


def open_device(path: str) -> Link:
    """Open a character device for both directions. Raises `LinkError`."""
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)
    except OSError as fault:
        raise LinkError(
            f"{path}: cannot be opened: {fault.strerror}",
            hint="Is the printer plugged in and switched on, and may this user open the device?",
        ) from fault
    if os.isatty(descriptor):
        tty.setraw(descriptor)
    return Link(descriptor, f"printer {path}")
