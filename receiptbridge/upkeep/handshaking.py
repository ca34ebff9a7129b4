"""Finds the handshake of a serial line: how a printer says that it is busy, and what makes a till stop.

Towards the printer: while its cover is open it takes nothing off its buffer, so a long print fills that up, and it must
say so, by XOFF, or by the wire that ends at our CTS or DSR. Whatever it says first is obeyed at once, so that nothing
is lost by finding out. Towards the till: while it prints it is told to stop, in one way after the other; a till that
falls silent and goes on when it may has obeyed.
"""

from __future__ import annotations

import termios
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from receiptbridge.links import handshake
from receiptbridge.links.handshake import KernelLines, ModemLines
from receiptbridge.links.line import Flow, LineSettings
from receiptbridge.links.link import Link
from receiptbridge.links.serial_port import open_serial
from receiptbridge.upkeep.talking import XOFF, XON, Talk
from receiptbridge.words import N_

# ---- the printer's side

FILL_MOST: Final = 24 * 1024
"""Bytes sent to a printer that takes none off its buffer: the buffers of receipt printers have 4 to 16 kB for what
waits; one with more never holds a till back, whatever its handshake."""

PIECE: Final = 32
"""Bytes between two looks at what the printer says: a third of what Epson's printers keep free for a slow listener."""

LINES: Final = 24
"""Of the long print, numbered: whoever reads the paper sees at once whether one is missing. Ten centimetres."""

_HARMLESS: Final = b"\x1b2"  # ESC 2, standard line spacing: fills the buffer, and costs no paper
_BEGIN, _END = b"\x1b@\x1b2", b"\x1bd\x04\x1b@"

_WIRES: Final[tuple[tuple[Flow, int], ...]] = (("rtscts", termios.TIOCM_CTS), ("dsrdtr", termios.TIOCM_DSR))


@dataclass(frozen=True, slots=True)
class Busy:
    """How a printer said that it is busy (None: not at all), after how many bytes; and whether its port has wires."""

    flow: Flow | None
    after: int
    has_wires: bool


class LongPrint:
    """A long print that minds every sign of a busy printer. `fill` while its cover is open, `finish` after."""

    def __init__(self, talk: Talk, lines: ModemLines | None = None, most: int = FILL_MOST) -> None:
        self._talk = talk
        self._lines = lines
        self._waiting = _BEGIN
        self._filling = (most // LINES - 13) // len(_HARMLESS)
        self._printed = 0
        self._sent = 0
        self._has_wires = self._raised(termios.TIOCM_CTS) is not None
        self._up = {line for _, line in _WIRES if self._raised(line)}

    def fill(self, settings: LineSettings) -> Busy:
        """Send until the printer says that it is busy, or all is sent. Raises `LinkError`."""
        while self._more() and self._said() is None:
            self._send_piece(settings)
        flow = self._said(settle=0.3)
        self._filling = 0
        return Busy(flow, self._sent, self._has_wires)

    def finish(self, settings: LineSettings, within: float) -> bool:
        """Send the rest as the printer lets us; whether all went in that time."""
        until = time.monotonic() + within
        while self._more() and time.monotonic() < until:
            if self._said(settle=0.02 if self._stopped() else 0.0) is None:
                self._send_piece(settings)
        return not self._waiting

    def _more(self) -> bool:
        """Whether something is to be sent: the next line when the last has gone, and the end behind them all."""
        if not self._waiting and self._printed <= LINES:
            self._printed += 1
            last = self._printed > LINES
            self._waiting = (
                _END if last else b"%04d of %04d\n" % (self._printed, LINES) + _HARMLESS * self._filling
            )
        return bool(self._waiting)

    def _send_piece(self, settings: LineSettings) -> None:
        taken = self._talk.send(self._waiting[:PIECE], 1.0)
        self._waiting = self._waiting[taken:]
        self._sent += taken
        # No faster than the wire: what stands in the port already cannot be held back any more.
        time.sleep(taken / settings.bytes_a_second)

    def _stopped(self) -> bool:
        return self._talk.held_back or any(not self._raised(line) for line in self._up)

    def _said(self, settle: float = 0.0) -> Flow | None:
        """What tells us to stop now."""
        self._talk.hear(settle or 0.001)
        if self._talk.held_back:
            return "xonxoff"
        return next((flow for flow, line in _WIRES if line in self._up and not self._raised(line)), None)

    def _raised(self, line: int) -> bool | None:
        """None where the port has no such wire."""
        try:
            return None if self._lines is None else self._lines.raised(line)
        except OSError:
            return None


@contextmanager
def port_without_handshake(
    path: str, settings: LineSettings, lines: ModemLines | None = None
) -> Iterator[tuple[Link, ModemLines]]:
    """A printer's port with nothing obeyed and nothing said, and its wires. Raises `LinkError`."""
    bare = LineSettings(settings.baud, settings.bits, settings.parity, settings.stop)
    link = open_serial(path, bare, "printer", lines)
    try:
        yield link, lines or KernelLines(link.fileno())
    finally:
        link.give_back()


# ---- the till's side

STOP_FOR: Final = 0.6
"""Seconds for which the till is told to stop: some tills look at it only between two lines."""

SLACK: Final = 0.15
"""And this long after being told what comes was on its way already (a USB till-side adapter holds 16 ms, a UART 64
bytes)."""

GOES_ON: Final = 1.5
"""Seconds within which a till that may goes on."""

MANY: Final = 16
"""Bytes after the slack that only a till sends which has not stopped."""


OBEYS, IGNORES, UNCLEAR = N_("obeys"), N_("ignores"), N_("unclear")


@dataclass(frozen=True, slots=True)
class Obeyed:
    """What one try showed; UNCLEAR: its receipt was over."""

    flow: Flow
    verdict: str


def tell_to_stop(link: Link, lines: ModemLines, flow: Flow, *, stop: bool) -> None:
    """Say stop, or go on, in one way. Raises `OSError` where the port has no such wire."""
    if flow == "xonxoff":
        link.write(XOFF if stop else XON)
    else:
        lines.put(handshake.OUR_LINE[flow], not stop)


def try_to_stop(talk: Talk, lines: ModemLines, flow: Flow) -> Obeyed:
    """Stop a till that is printing now. Raises `OSError` where the port has no such wire, and `LinkError`."""
    tell_to_stop(talk.link, lines, flow, stop=True)
    try:
        talk.hear(SLACK)
        came = talk.hear(STOP_FOR - SLACK)
    finally:
        tell_to_stop(talk.link, lines, flow, stop=False)
    if len(came) >= MANY:
        return Obeyed(flow, IGNORES)
    return Obeyed(flow, OBEYS if talk.hear(GOES_ON, bool) else UNCLEAR)


def flows_to_try(first: Flow | None) -> Iterable[Flow]:
    """The printer's own handshake first: the till was plugged into it."""
    known: tuple[Flow, ...] = ("xonxoff", "rtscts", "dsrdtr")
    return sorted(known, key=lambda flow: flow != first)
