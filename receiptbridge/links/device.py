"""A device file of a printer, as the kernel's usblp driver makes it (`/dev/usb/lp0`), or a terminal."""

from __future__ import annotations

import contextlib
import os
import select
import tty
from typing import Final

from receiptbridge.errors import LinkError
from receiptbridge.links.link import Link
from receiptbridge.words import _, why

READ_MOST: Final = 4096

LAST_TRANSFER_MS: Final = 300
"""usblp takes back what the printer has not taken when its file is closed. A lane that stops waits so long for that."""


class DeviceLink(Link):
    """An open device; `broken` once it was lost. It stays open between jobs: a printer that is slow, or waits for
    paper, has still to take the end of the last one."""

    broken = False

    def read(self, most: int) -> bytes | None:
        try:
            data = super().read(most)
        except LinkError:
            self.broken = True
            raise
        if data == b"":
            self.broken = self._hung_up()
            return b"" if self.broken else None  # usblp: an empty packet, from a printer with nothing to say
        return data

    def write(self, data: bytes | bytearray | memoryview) -> int:
        try:
            return super().write(data)
        except LinkError:
            self.broken = True
            raise

    def forget_replies(self) -> None:
        """What the printer said while no register was there is nobody's answer. Notices, too, that it is gone."""
        with contextlib.suppress(LinkError):
            while self.read(READ_MOST):
                pass

    def close(self) -> None:
        """A job's end."""

    def reset(self) -> None:
        self.broken = True

    def give_back(self) -> None:
        """Close the device, once it has taken what was written."""
        if not self.broken:
            self._polled(select.POLLOUT, LAST_TRANSFER_MS)
        super().close()

    def _hung_up(self) -> bool:
        return bool(self._polled(0, 0) & (select.POLLHUP | select.POLLERR))

    def _polled(self, events: int, milliseconds: int) -> int:
        poller = select.poll()
        poller.register(self._descriptor, events)
        return sum(what for _, what in poller.poll(milliseconds))


def open_device(path: str) -> DeviceLink:
    """Open a character device for both directions. Raises `LinkError`."""
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)
    except OSError as fault:
        raise LinkError(
            _("{path}: cannot be opened: {reason}").format(path=path, reason=why(fault)),
            hint=_("Is the printer plugged in and switched on, and may this user open the device?"),
        ) from fault
    if os.isatty(descriptor):
        tty.setraw(descriptor)
    return DeviceLink(descriptor, f"printer {path}")
