"""Talks to a printer that no lane has: what is sent, what comes back, and what its busy wires do meanwhile.

Rules of this file:
- The link is opened for as long as the talk lasts and given back in the same state; one question at a time.
- Every wait has its end: a printer that says nothing is an answer.
"""

from __future__ import annotations

import asyncio
import select
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from receiptbridge.errors import LinkError
from receiptbridge.links.address import Address
from receiptbridge.links.doors import printer_door
from receiptbridge.links.link import Link
from receiptbridge.links.usb_find import PRINTER_CLASS
from receiptbridge.words import _

ANSWER_WITHIN: Final = 0.5
"""Seconds for an answer in real time. The slowest printers in use take a tenth of that."""

_READ_MOST: Final = 4096

XON, XOFF = b"\x11", b"\x13"


class Talk:
    """An open link to a printer."""

    def __init__(self, link: Link) -> None:
        self.link = link
        self.held_back = False
        """Whether XOFF came last, and no XON since."""

    def send(self, data: bytes, within: float) -> int:
        """How many of the bytes the link took in that time. Raises `LinkError`."""
        until, sent = time.monotonic() + within, 0
        while sent < len(data):
            sent += self.link.write(data[sent:])
            left = until - time.monotonic()
            if sent < len(data) and (left <= 0 or not self._wait(select.POLLOUT, left)):
                break
        return sent

    def hear(self, within: float, enough: Callable[[bytes], bool] = lambda heard: False) -> bytes:
        """What comes within that time, or until it is enough. Raises `LinkError` where the printer hangs up."""
        until, heard = time.monotonic() + within, b""
        while not enough(heard) and (left := until - time.monotonic()) > 0:
            if not self._wait(select.POLLIN, left):
                break
            piece = self.link.read(_READ_MOST)
            if piece == b"":
                raise LinkError(_("{printer}: the printer hung up").format(printer=self.link.name))
            heard += piece or b""
            self._mind(piece or b"")
        return heard

    def ask(self, question: bytes, enough: Callable[[bytes], bool], within: float = ANSWER_WITHIN) -> bytes:
        """The answer to one question, or as much of it as came; what was said before is thrown away."""
        self.hear(0.01)
        self.send(question, within)
        return self.hear(within, enough)

    def _mind(self, heard: bytes) -> None:
        if XON in heard or XOFF in heard:
            self.held_back = heard.rfind(XOFF) > heard.rfind(XON)

    def _wait(self, what: int, seconds: float) -> bool:
        poll = select.poll()
        poll.register(self.link.fileno(), what)
        return bool(poll.poll(seconds * 1000))


@contextmanager
def talking(address: Address, usb_class: int = PRINTER_CLASS) -> Iterator[Talk]:
    """The printer at an address, until the end of the block. Raises `LinkError`."""
    door = printer_door(address, usb_class)
    link = asyncio.run(door.connect())
    try:
        yield Talk(link)
    finally:
        _let_it_go(link)
        link.close()
        door.close()


def _let_it_go(link: Link) -> None:
    """What was written leaves the box before the port is closed, for a second at most."""
    until = time.monotonic() + 1.0
    while (link.unacknowledged() or 0) and time.monotonic() < until:
        time.sleep(0.01)
