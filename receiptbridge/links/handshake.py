"""Flow control on a serial line: who may send, said by characters or by lines of the cable.

What the kernel and the port can do is theirs: obeying XOFF and CTS. Linux does nothing about DSR and DTR, and says
XOFF or drops RTS only when its own 4 kB are nearly full; both are done here, at the marks of the lane's outbox.

- xonxoff, towards the printer: the kernel obeys the printer's XOFF; nothing is put between the register's bytes.
  Towards the register: XOFF while it is held back. Its own bytes are never taken for XON and XOFF: pictures are full
  of them.
- rtscts: the port obeys CTS. RTS is down while the register is held back.
- dsrdtr: DSR is watched before each small write. DTR is down while the register is held back.
"""

from __future__ import annotations

import array
import contextlib
import fcntl
import struct
import termios
from collections.abc import Mapping
from typing import Final, Literal, Protocol

from receiptbridge.links.line import Flow, LineSettings

Side = Literal["register", "printer"]

# What may be on its way when DSR falls: printers drop it with at least 128 bytes of room left (TM-T88 series, TM-U220),
# and up to 64 more may stand in the port's own FIFO.
IN_FLIGHT_MOST: Final = 64

# While bytes wait for DSR or for the port: long enough that a busy printer costs no processor time, short enough that
# the line does not fall silent (half of what may be in flight takes 33 ms at 9600 baud, 3 ms at 115200).
LOOK_LEAST, LOOK_MOST = 0.002, 0.020

OUR_LINE: Final[Mapping[Flow, int]] = {"rtscts": termios.TIOCM_RTS, "dsrdtr": termios.TIOCM_DTR}

_INPUT_OFF: Final = (
    termios.BRKINT | termios.PARMRK | termios.INPCK | termios.ISTRIP | termios.INLCR | termios.IGNCR
    | termios.ICRNL | termios.IXON | termios.IXOFF | termios.IXANY
)  # fmt: skip
_INPUT_ON: Final[Mapping[tuple[Side, Flow], int]] = {
    ("printer", "xonxoff"): termios.IXON,
    ("register", "xonxoff"): termios.IXOFF,
}

# linux/serial.h, struct serial_icounter_struct: twenty ints, and where the errors stand among them.
_TIOCGICOUNT: Final = 0x545D
_COUNTERS: Final = 20
_ERRORS: Final[Mapping[str, int]] = {
    "framing": 6,
    "overrun": 7,
    "parity": 8,
    "break": 9,
    "buffer overrun": 10,
}


class ModemLines(Protocol):
    """The lines of one port besides its data, by their bits of ioctl_tty(2). Both raise `OSError`."""

    def raised(self, line: int) -> bool: ...

    def put(self, line: int, up: bool) -> None: ...


class KernelLines:
    """The lines of an open port."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def raised(self, line: int) -> bool:
        [lines] = struct.unpack("I", fcntl.ioctl(self._descriptor, termios.TIOCMGET, bytes(4)))
        return bool(lines & line)

    def put(self, line: int, up: bool) -> None:
        how = termios.TIOCMBIS if up else termios.TIOCMBIC
        fcntl.ioctl(self._descriptor, how, struct.pack("I", line))


def look_after(settings: LineSettings) -> float:
    """Seconds after which a line that took no more is looked at again."""
    half = IN_FLIGHT_MOST / 2 / settings.bytes_a_second
    return min(LOOK_MOST, max(LOOK_LEAST, half))


def make_raw(descriptor: int, side: Side, flow: Flow) -> None:
    """Bytes as they come, and the lines left alone when the port is closed.

    A break is counted and brings no byte. Bytes with errors pass as they came: a mark before them (PARMRK) would double
    others. DTR and RTS stay up when the box restarts (no HUPCL): some printers take their fall for a reset.
    """
    attributes = termios.tcgetattr(descriptor)
    attributes[0] = attributes[0] & ~_INPUT_OFF | termios.IGNBRK | _INPUT_ON.get((side, flow), 0)
    attributes[2] &= ~termios.HUPCL
    attributes[6][termios.VMIN], attributes[6][termios.VTIME] = (
        1,
        0,
    )  # nothing there is EAGAIN, the end is b""
    termios.tcsetattr(descriptor, termios.TCSANOW, attributes)


def say_by_characters(descriptor: int, *, stop: bool) -> None:
    """Send XOFF or XON ahead of all that waits (tcflow(3))."""
    with contextlib.suppress(termios.error):
        termios.tcflow(descriptor, termios.TCIOFF if stop else termios.TCION)


def error_counts(descriptor: int) -> dict[str, int]:
    """The driver's counts of line errors; empty where it keeps none (pseudo-terminals, some adapters)."""
    counts = array.array("i", bytes(4 * _COUNTERS))
    try:
        fcntl.ioctl(descriptor, _TIOCGICOUNT, counts, True)
    except OSError:
        return {}
    return {name: counts[at] for name, at in _ERRORS.items()}
