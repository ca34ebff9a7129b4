"""A link on the event loop, with a bounded outbox.

Rules: what is sent goes out at once if the link takes it; the rest waits, in order. Whoever feeds a wire
asks `full` and stops feeding, so that flow control works through the box as if it were not there.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from receiptbridge.errors import LinkError
from receiptbridge.links.link import Link

# One read: small enough that a slow printer holds the register back soon, large enough for pictures.
READ_MOST = 4096

# The outbox is full at this many bytes: about a printer's own receive buffer, so that a register learns of
# a printer that has stopped after one more of those, not after a receipt.
WRITE_HIGH_WATER = 4096


class Wire:
    """Calls `on_data(bytes)` for what arrives, `on_end(fault or None)` once, `on_drained()` when empty."""

    def __init__(
        self,
        link: Link,
        *,
        on_data: Callable[[bytes], None],
        on_end: Callable[[LinkError | None], None],
        on_drained: Callable[[], None],
    ) -> None:
        self._loop = asyncio.get_running_loop()
        self._link = link
        self._on_data = on_data
        self._on_end = on_end
        self._on_drained = on_drained
        self._outbox = bytearray()
        self._reading = False
        self._ended = False
        self._closed = False
        self.sent = 0

    @property
    def full(self) -> bool:
        return len(self._outbox) >= WRITE_HIGH_WATER

    @property
    def waiting(self) -> int:
        """Bytes that the link has not taken yet."""
        return len(self._outbox)

    @property
    def reading(self) -> bool:
        return self._reading

    def read_on(self, wanted: bool) -> None:
        """Start or stop reading."""
        if wanted == self._reading or self._ended or self._closed:
            return
        self._reading = wanted
        if wanted:
            self._loop.add_reader(self._link.fileno(), self._readable)
        else:
            self._loop.remove_reader(self._link.fileno())

    def send(self, data: bytes) -> None:
        if self._closed:
            return
        if self._outbox:
            self._outbox += data
            return
        taken = self._write(data)
        if taken is not None and taken < len(data):
            self._outbox += memoryview(data)[taken:]
            self._loop.add_writer(self._link.fileno(), self._writable)

    def finish_writing(self) -> None:
        self._link.finish_writing()

    def close(self, *, reset: bool = False) -> None:
        if self._closed:
            return
        self.read_on(False)
        self._loop.remove_writer(self._link.fileno())
        self._closed = True
        self._outbox.clear()
        if reset:
            self._link.reset()
        else:
            self._link.close()

    def _readable(self) -> None:
        try:
            data = self._link.read(READ_MOST)
        except LinkError as fault:
            self._end(fault)
            return
        if data:
            self._on_data(data)
        elif data is not None:
            self._end(None)

    def _writable(self) -> None:
        taken = self._write(self._outbox)
        if taken is None:
            return
        del self._outbox[:taken]
        if not self._outbox:
            self._loop.remove_writer(self._link.fileno())
            self._on_drained()

    def _write(self, data: bytes | bytearray) -> int | None:
        try:
            taken = self._link.write(data)
        except LinkError as fault:
            self._end(fault)
            return None
        self.sent += taken
        return taken

    def _end(self, fault: LinkError | None) -> None:
        if self._ended:
            return
        self.read_on(False)
        self._ended = True
        if fault is not None:
            self._loop.remove_writer(self._link.fileno())
        # Not at once: the caller may be in the middle of carrying out the core's actions.
        self._loop.call_soon(self._on_end, fault)
