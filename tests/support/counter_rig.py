"""A counter with serial lines, as hardware has them: what nobody has room for is lost, and wrong settings garble.

The printer takes whatever comes, at any time, and drops what its buffer does not hold; it says that it is busy as its
switches say. The till prints at the speed of its line, in its own bits and parity, and stops as it is set to.
"""

from __future__ import annotations

import contextlib
import os
import select
import termios
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from serial_rig import Cable

from hardware_sim.drive import XOFF, XON
from hardware_sim.printer import VirtualPrinter
from hardware_sim.uart import Frame, Wave, receive
from receiptbridge.links.line import SPEEDS

T = TypeVar("T")
TICK = 0.005
AT_ONCE = 64  # bytes that the printer takes off the wire between two looks at its buffer, however late it is
PATIENCE = 10.0
_BUSY, _READY = 128, 256  # bytes of room, as the TM-T88 series has them
_OUR_WIRE = {"rtscts": termios.TIOCM_RTS, "dsrdtr": termios.TIOCM_DTR}
_EXTPROC = 0o200000  # asm-generic/termbits.h: somebody else does what the line discipline would
_SPEEDS = {getattr(termios, f"B{speed}"): speed for speed in SPEEDS}


class SerialPrinter:
    """A printer at the far end of a cable. Touch its cover and paper through `at`, from any thread."""

    def __init__(self, cable: Cable, printer: VirtualPrinter, flow: str = "none") -> None:
        self.cable, self.printer, self.flow = cable, printer, flow
        self._lock = threading.Lock()
        self._over = threading.Event()
        self._said_xoff = False

    @contextlib.contextmanager
    def at(self) -> Iterator[VirtualPrinter]:
        with self._lock:
            yield self.printer

    def open_cover(self) -> None:
        with self._lock:
            self._say(self.printer.open_cover())

    def close_cover(self) -> None:
        with self._lock:
            self._say(self.printer.close_cover())
            self._say_whether_busy()

    def take_paper_out(self) -> None:
        with self._lock:
            self._say(self.printer.set_paper_out())

    def put_paper_in(self) -> None:
        with self._lock:
            self._say(self.printer.set_paper_out(False))

    def when_done(self, look: Callable[[], T]) -> T:
        """What there is to be seen when the paper has stopped, or something was seen before."""
        until = time.monotonic() + PATIENCE
        while not (seen := look()) and time.monotonic() < until:
            time.sleep(0.1)
        return seen

    @contextlib.contextmanager
    def running(self) -> Iterator[SerialPrinter]:
        thread = threading.Thread(target=self._work)
        thread.start()
        try:
            yield self
        finally:
            self._over.set()
            thread.join()

    def _work(self) -> None:
        then, may = time.monotonic(), 0.0
        while not self._over.is_set():
            ready, _, _ = select.select([self.cable.descriptor], [], [], TICK)
            now = time.monotonic()
            speed, obeys = self._box()
            may = min(may + (now - then) * speed / 10, AT_ONCE) if ready else 0.0
            held = obeys and self._said_xoff  # what the box has not put on the wire yet
            with self._lock:
                if ready and may >= 1 and not held:
                    data = os.read(self.cable.descriptor, int(may))
                    may -= len(data)
                    self._say(self.printer.receive(data))
                self._say(self.printer.advance(now - then))
                self._say_whether_busy()
            if held:
                time.sleep(TICK)
            then = now

    def _box(self) -> tuple[int, bool]:
        """The speed of the box's port, and whether its kernel obeys XOFF."""
        attributes = termios.tcgetattr(self.cable.descriptor)
        return _SPEEDS[attributes[4]], bool(attributes[0] & termios.IXON)

    def _say(self, data: bytes) -> None:
        if data:
            os.write(self.cable.descriptor, data)
        if XOFF in data or XON in data:
            self._said_xoff = data.rfind(XOFF) > data.rfind(XON)

    def _say_whether_busy(self) -> None:
        wire = _OUR_WIRE.get(self.flow)
        if wire is not None and self.printer.room <= _BUSY:
            self.cable.lines.put(wire, False)
        elif wire is not None and self.printer.room >= _READY:
            self.cable.lines.put(wire, True)


@dataclass
class SerialTill:
    """A till at the far end of a cable. `flow`: what makes it stop. Wrong settings of the box's port garble."""

    cable: Cable
    frame: Frame = field(default_factory=Frame)
    flow: str = "none"
    stopped: bool = False

    def __post_init__(self) -> None:
        """The marks of flawed bytes come from here: the kernel must not take them for data and mark them again."""
        attributes = termios.tcgetattr(self.cable.descriptor)
        attributes[3] |= _EXTPROC
        termios.tcsetattr(self.cable.descriptor, termios.TCSANOW, attributes)

    def print(self, receipt: bytes) -> None:
        """Returns when the till has sent it all; a till that is stopped waits."""
        step = max(1, round(self.frame.baud / 10 * TICK * 2))
        for at in range(0, len(receipt), step):
            while self._may_not_send():
                time.sleep(TICK)
            piece = self._on_the_wire(receipt[at : at + step])
            os.write(self.cable.descriptor, piece)
            time.sleep(step * 10 / self.frame.baud)

    def lose(self) -> None:
        """What was sent while nobody had the port is not there for who opens it later."""
        termios.tcflush(self.cable.descriptor, termios.TCOFLUSH)

    def _may_not_send(self) -> bool:
        for byte in self.cable.taken():
            if self.flow == "xonxoff" and bytes([byte]) in (XON, XOFF):
                self.stopped = bytes([byte]) == XOFF
        seen = {"rtscts": termios.TIOCM_CTS, "dsrdtr": termios.TIOCM_DSR}.get(self.flow)
        return self.stopped or (seen is not None and not self.cable.lines.raised(seen))

    def _on_the_wire(self, data: bytes) -> bytes:
        """What the box's port, set as it is, makes of the till's bits; flawed bytes marked where it marks them."""
        attributes = termios.tcgetattr(self.cable.descriptor)
        theirs = Frame(
            _SPEEDS[attributes[4]]
        )  # a pseudo-terminal has eight bits without parity, whatever is asked
        if theirs == self.frame:
            return data.replace(b"\xff", b"\xff\xff") if attributes[0] & termios.PARMRK else data
        wave = Wave().idle(0.001).send(data, self.frame).idle(20 * theirs.bit)
        marks = bool(attributes[0] & termios.PARMRK)
        return b"".join(_as_port_gives_it(one.byte, one.flawed, marks) for _, one in receive(wave, theirs))


def _as_port_gives_it(byte: int, flawed: bool, marks: bool) -> bytes:
    if marks and flawed:
        return bytes([0xFF, 0x00, byte])
    return b"\xff\xff" if marks and byte == 0xFF else bytes([byte])
