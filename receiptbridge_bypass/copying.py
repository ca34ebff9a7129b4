"""Bytes from one side to the other and back, as long as both are there."""

from __future__ import annotations

import select
import socket
import time
from collections.abc import Callable

from receiptbridge_bypass.ends import READ_MOST, End

GLANCE = 0.2  # how late a wish to stop may be noticed while nothing moves
SHORT_GLANCE = 0.005  # no event tells that a printer raised its DTR again
HALF_CLOSED_MOST = 3.0  # a printer that has not closed its side by then never will
FAREWELL_MOST = 0.5  # what is still with the box when it is stopped


def copy(register: End, printer: End, stopping: Callable[[], bool]) -> End | None:
    """Until one side is gone: which one. None when both have finished, or when it is to stop."""
    over_at, told = float("inf"), False
    while time.monotonic() < over_at:
        if printer.finished:
            return None if register.finished else printer
        if register.finished and not printer.waiting and not told:
            told, over_at = True, time.monotonic() + HALF_CLOSED_MOST
            if printer.socket is None:
                return None
            printer.socket.shutdown(socket.SHUT_WR)
        if stopping():
            over_at = min(over_at, time.monotonic() + FAREWELL_MOST * bool(printer.waiting))
        if (gone := _turn(register, printer, stopping())) is not None:
            return gone
    return None


def _turn(register: End, printer: End, stopping: bool) -> End | None:
    """Wait for something to happen, and move what can be moved; the side that is gone, if one is."""
    now, poller, wait = time.monotonic(), select.poll(), GLANCE
    pairs = ((register, printer), (printer, register))
    for end, other in pairs:
        try:
            hears = len(other.waiting) < READ_MOST and not end.finished and not (stopping and end is register)
            end.say_ready(hears)
            sends = bool(end.waiting) and not end.held_up
        except OSError:
            return end
        if (end.waiting and not sends) or now < end.deaf_until:
            wait = SHORT_GLANCE
        if events := (hears and now >= end.deaf_until and select.POLLIN) | (sends and select.POLLOUT):
            poller.register(end.descriptor, events)
    happened = dict(poller.poll(wait * 1000))
    for end, other in pairs:
        what = happened.get(end.descriptor, 0)
        try:
            if what & select.POLLOUT:
                end.write()
            if what & ~select.POLLOUT:
                other.waiting += end.read(hung_up=bool(what & (select.POLLHUP | select.POLLERR)))
        except OSError:
            return end
    return None
