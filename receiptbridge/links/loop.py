"""The event loop of the lanes: asyncio's, with a short way for what must be quick, a link that has something to read.

For each such event asyncio makes an entry, queues it, runs it in a context, and looks through its timers: of all the
work between a byte's arrival and its going on, that was more than half. Here whoever watches a link by `add_reader` is
called from within the poll, and the poll goes on until a timer is due or somebody has asked something of the loop.

All else is as asyncio has it: a reader is called once a poll as long as there is something to read, and what goes
wrong in one is told to the loop's exception handler.
"""

from __future__ import annotations

import asyncio
import os
import select
import selectors
from collections.abc import Callable
from contextvars import Context
from functools import partial
from time import monotonic
from typing import Any, Final, TypeVarTuple

# Descriptors a poll: a lane has two links, a listener, and a few who watch it.
EVENTS_MOST: Final = 16

Ts = TypeVarTuple("Ts")

_ALL_BUT_WRITABLE: Final = ~select.EPOLLOUT
_ALL_BUT_READABLE: Final = ~select.EPOLLIN


class LaneLoop(asyncio.SelectorEventLoop):
    """For `asyncio.Runner(loop_factory=LaneLoop)`. Linux only, as the box is."""

    def __init__(self) -> None:
        self._poll = _Poll(self._failed)
        super().__init__(self._poll)

    time = staticmethod(monotonic)  # as asyncio's, less a call

    def add_reader(self, fd: Any, callback: Callable[[*Ts], Any], *args: *Ts) -> None:
        super().add_reader(fd, callback, *args)
        self._poll.readers[_number(fd)] = partial(callback, *args) if args else callback

    def remove_reader(self, fd: Any) -> bool:
        self._poll.readers.pop(_number(fd), None)
        return super().remove_reader(fd)

    def call_soon(
        self, callback: Callable[[*Ts], object], *args: *Ts, context: Context | None = None
    ) -> asyncio.Handle:
        self._poll.asked = True
        return super().call_soon(callback, *args, context=context)

    def call_at(
        self, when: float, callback: Callable[[*Ts], object], *args: *Ts, context: Context | None = None
    ) -> asyncio.TimerHandle:
        self._poll.asked = True
        return super().call_at(when, callback, *args, context=context)

    def _failed(self, reader: Callable[[], object], fault: Exception) -> None:
        self.call_exception_handler({"message": f"Exception in reader {reader!r}", "exception": fault})


class _Poll(selectors.EpollSelector):
    """`readers`: by descriptor, whom `select` calls by itself. `failed`: told when one of them raises. `asked`: the
    loop has something new to do."""

    def __init__(self, failed: Callable[[Callable[[], object], Exception], None]) -> None:
        super().__init__()
        self.readers: dict[int, Callable[[], object]] = {}
        self.asked = False
        self._failed = failed
        self._epoll = select.epoll.fromfd(os.dup(self.fileno()))  # the same, once more: each closes its own

    def close(self) -> None:
        self._epoll.close()
        super().close()

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        until = None if timeout is None else monotonic() + timeout
        readers, ready = self.readers, []
        self.asked = False
        while True:
            events = self._epoll.poll(timeout, EVENTS_MOST)
            for descriptor, event in events:
                if (reader := readers.get(descriptor)) is not None and event & _ALL_BUT_WRITABLE:
                    try:
                        reader()
                    except Exception as fault:
                        self._failed(reader, fault)
                    event &= _ALL_BUT_READABLE  # what is broken is writable, too, as always
                if event:
                    ready += self._as_asyncio_wants(descriptor, event, is_read=reader is not None)
            if ready or self.asked or not events:
                return ready
            if until is not None and (timeout := until - monotonic()) <= 0:
                return ready

    def _as_asyncio_wants(
        self, descriptor: int, event: int, *, is_read: bool
    ) -> list[tuple[selectors.SelectorKey, int]]:
        """What is left for asyncio; nothing of a descriptor that a reader has closed meanwhile."""
        wanted = selectors.EVENT_WRITE if event & _ALL_BUT_READABLE else 0
        if event & _ALL_BUT_WRITABLE and not is_read:
            wanted |= selectors.EVENT_READ
        key = self.get_map().get(descriptor)
        return [(key, wanted & key.events)] if key is not None and wanted & key.events else []


def _number(fd: Any) -> int:
    return fd if isinstance(fd, int) else int(fd.fileno())
