"""A link on the event loop, with a bounded outbox.

Rules: what is sent goes out at once if the link takes it; the rest waits, in order. Whoever feeds a wire
asks `full` and stops feeding, so that flow control works through the box as if it were not there.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping

from receiptbridge.errors import LinkError
from receiptbridge.escpos.condition import PrinterCondition
from receiptbridge.links.link import Link
from receiptbridge.words import _

# One read: small enough that a slow printer holds the register back soon, large enough for pictures.
READ_MOST = 4096

# The outbox is full at this many bytes: about a printer's own receive buffer, so that a register learns of
# a printer that has stopped after one more of those, not after a receipt.
WRITE_HIGH_WATER = 4096

# And has room again at this many: far enough below that XOFF and XON or a modem line do not flutter, and more
# than a register at 115200 baud needs to begin again (20 ms are 230 bytes), so that the printer does not wait.
WRITE_LOW_WATER = 1024

# How often a side that takes no more is looked at, whether it is still there.
LOOK_EVERY = 5.0


class Wire:
    """Calls `on_data(bytes)` for what arrives, `on_end(fault or None)` once.

    `on_room()` when an outbox that was full has room again, `on_drained()` when it has become empty.
    """

    def __init__(
        self,
        link: Link,
        *,
        on_data: Callable[[bytes], None],
        on_end: Callable[[LinkError | None], None],
        on_room: Callable[[], None],
        on_drained: Callable[[], None],
    ) -> None:
        self._loop = asyncio.get_running_loop()
        self._link = link
        self._on_data = on_data
        self._on_end = on_end
        self._on_room = on_room
        self._on_drained = on_drained
        self._outbox = bytearray()
        self._retry: asyncio.TimerHandle | None = None
        self._look: asyncio.TimerHandle | None = None
        self.reading = False
        self._ended = False
        self._closed = False
        self.full = False
        self.sent = 0

    @property
    def waiting(self) -> int:
        """Bytes that the link has not taken yet."""
        return len(self._outbox)

    def read_on(self, wanted: bool) -> None:
        """Start or stop reading."""
        if wanted == self.reading or self._ended or self._closed:
            return
        self.reading = wanted
        if wanted:
            self._loop.add_reader(self._link.fileno(), self._readable)
        else:
            self._loop.remove_reader(self._link.fileno())
        self._link.hold_back(not wanted)

    def line_errors(self) -> Mapping[str, int]:
        """What the link's line got wrong since it was opened."""
        return self._link.line_errors()

    @property
    def answer_most(self) -> float:
        """Seconds that an answer may take after a job's last byte."""
        return self._link.answer_most

    def whereabouts(self) -> str:
        """How far the bytes have come, in words, for the day on which the link is lost."""
        missing = self._link.unacknowledged()
        arrived = "how many arrived is unknown" if missing is None else f"{missing} not acknowledged"
        return f"{self.sent} bytes written, {arrived}, {self.waiting} still in the box"

    def show(self, condition: PrinterCondition) -> None:
        """Tell a register how the printer is, where its link has a way to."""
        self._link.show(condition)

    def send(self, data: bytes) -> None:
        if self._closed:
            return
        if self._outbox:
            self._outbox += data
        else:
            try:
                taken = self._link.write(data)
            except LinkError as fault:
                self._end(fault)
                return
            self.sent += taken
            if taken == len(data):
                return
            self._outbox += memoryview(data)[taken:]
            self._await_room()
            self._look = self._loop.call_later(LOOK_EVERY, self._look_at_other_side)
        self.full = self.full or len(self._outbox) >= WRITE_HIGH_WATER

    def finish_writing(self) -> None:
        self._link.finish_writing()

    def close(self, *, reset: bool = False) -> None:
        if self._closed:
            return
        self.read_on(False)
        self._write_no_more()
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

    def _await_room(self) -> None:
        if self._link.write_pause:
            self._retry = self._loop.call_later(self._link.write_pause, self._writable)
        else:
            self._loop.add_writer(self._link.fileno(), self._writable)

    def _write_no_more(self) -> None:
        self._loop.remove_writer(self._link.fileno())
        for timer in (self._retry, self._look):
            if timer is not None:
                timer.cancel()

    def _look_at_other_side(self) -> None:
        if self._link.silent():
            self._end(LinkError(_("{name}: it does not answer any more").format(name=self._link.name)))
        else:
            self._look = self._loop.call_later(LOOK_EVERY, self._look_at_other_side)

    def _writable(self) -> None:
        try:
            taken = self._link.write(self._outbox)
        except LinkError as fault:
            self._end(fault)
            return
        self.sent += taken
        del self._outbox[:taken]
        if not self._outbox:
            self._write_no_more()
            self.full = False
            self._on_drained()
            return
        if self._link.write_pause:
            self._await_room()
        if self.full and len(self._outbox) <= WRITE_LOW_WATER:
            self.full = False
            self._on_room()

    def _end(self, fault: LinkError | None) -> None:
        if self._ended:
            return
        self.read_on(False)
        self._ended = True
        if fault is not None:
            self._write_no_more()
        # Not at once: the caller may be in the middle of carrying out the core's actions.
        self._loop.call_soon(self._on_end, fault)
