"""A serial line as strict as hardware: levels in time, and a receiver that samples them at its own speed.

Whoever listens with the wrong speed, bits or parity gets what a real port gets: garbage, with the errors that a
16550 reports. Beside the data, `NullModem` is the other wires of the cable: what one end raises the other sees.
"""

from __future__ import annotations

import bisect
import random
import termios
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Frame:
    """How one end of the line is set."""

    baud: int = 9600
    bits: int = 8
    parity: str = "N"  # none, even, odd, mark, space
    stop: int = 1

    @property
    def bit(self) -> float:
        """Seconds that a bit takes."""
        return 1 / self.baud

    def parity_of(self, byte: int) -> list[int]:
        """The parity bit, where there is one."""
        odd = byte.bit_count() & 1
        return {"N": [], "E": [odd], "O": [1 - odd], "M": [1], "S": [0]}[self.parity]


@dataclass(frozen=True, slots=True)
class Received:
    """A byte as the port gives it to its driver. A break is a byte 0 of which nothing was high."""

    byte: int
    framing: bool = False
    parity: bool = False
    is_break: bool = False

    @property
    def flawed(self) -> bool:
        return self.framing or self.parity or self.is_break


@dataclass(slots=True)
class Wave:
    """The level of the data wire. It idles high; `edges` are the moments at which it changes, in seconds."""

    edges: list[float] = field(default_factory=list)
    until: float = 0.0

    def send(self, data: bytes, frame: Frame, *, pause: float = 0.0) -> Wave:
        """Put bytes on the wire behind what is there, `pause` seconds of idling after each."""
        for byte in data:
            for level in _levels(byte, frame):
                self._drive(level, frame.bit)
            self._drive(1, frame.bit * frame.stop + pause)
        return self

    def idle(self, seconds: float) -> Wave:
        self._drive(1, seconds)
        return self

    def repeat(self, times: int) -> Wave:
        """The whole wave so often, one behind the other; it must end idle."""
        self.edges = [edge + turn * self.until for turn in range(times) for edge in self.edges]
        self.until *= times
        return self

    def hold_break(self, seconds: float) -> Wave:
        self._drive(0, seconds)
        self._drive(1, 0)
        return self

    def noise(self, seed: int, spikes: int, width: float) -> Wave:
        """Turn the level over for `width` seconds at so many moments: a bad cable beside a motor."""
        rng = random.Random(seed)
        for _ in range(spikes):
            start = rng.random() * self.until
            for edge in (start, start + width):
                bisect.insort(self.edges, edge)
        return self

    def level(self, moment: float) -> int:
        return 1 - (bisect.bisect_right(self.edges, moment) & 1)

    def falls(self, after: float) -> float | None:
        """When the level next goes from high to low."""
        at = bisect.bisect_right(self.edges, after)
        at += at & 1
        return self.edges[at] if at < len(self.edges) else None

    def rises(self, after: float) -> float:
        at = bisect.bisect_right(self.edges, after)
        at += 1 - (at & 1)
        return self.edges[at] if at < len(self.edges) else self.until

    def _drive(self, level: int, seconds: float) -> None:
        if level != self.level(self.until):
            self.edges.append(self.until)
        self.until += seconds


def _levels(byte: int, frame: Frame) -> Iterator[int]:
    """Start bit, data from the lowest bit on, parity."""
    byte &= (1 << frame.bits) - 1
    yield 0
    yield from ((byte >> bit) & 1 for bit in range(frame.bits))
    yield from frame.parity_of(byte)


def receive(wave: Wave, frame: Frame, since: float = 0.0) -> Iterator[tuple[float, Received]]:
    """What a port that is set so makes of the wire: each byte with the moment at which it was complete.

    Every bit is sampled in its middle. A stop bit that is low is a framing error, and is taken for the next start bit
    (16550 data sheet, line status register, bit 3); after a break the wire must have been high first.
    """
    start = wave.falls(since)
    while start is not None and start < wave.until:
        if wave.level(start + frame.bit / 2):  # a spike, no start bit
            start = wave.falls(start + frame.bit / 2)
            continue
        at, received = _sample(wave, start + 1.5 * frame.bit, frame)
        yield at, received
        if received.framing and not received.is_break:
            start = at - frame.bit / 2
        else:
            start = wave.falls(wave.rises(at) if received.is_break else at)


def _sample(wave: Wave, first: float, frame: Frame) -> tuple[float, Received]:
    """The byte whose lowest bit has its middle at `first`, and the middle of its stop bit."""
    byte = sum(wave.level(first + bit * frame.bit) << bit for bit in range(frame.bits))
    at = first + frame.bits * frame.bit
    due = frame.parity_of(byte)
    parity = [wave.level(at + bit * frame.bit) for bit in range(len(due))]
    at += len(due) * frame.bit
    stop = wave.level(at)
    return at, Received(byte, not stop, parity != due, not (byte or stop or any(parity)))


def data_of(received: Sequence[Received]) -> bytes:
    return bytes(one.byte for one in received)


class NullModem:
    """The wires beside the data: DTR of each end is DSR of the other, RTS is CTS. All are up at first."""

    _CROSSED = ((termios.TIOCM_DTR, termios.TIOCM_DSR), (termios.TIOCM_RTS, termios.TIOCM_CTS))

    def __init__(self) -> None:
        self.a, self.b = ModemEnd(), ModemEnd()
        self.a.other, self.b.other = self.b, self.a


class ModemEnd:
    """One end, with the bits of ioctl_tty(2) for its wires. `changes` is what this end has said so far."""

    def __init__(self) -> None:
        self._up = termios.TIOCM_DTR | termios.TIOCM_RTS
        self.changes: list[tuple[int, bool]] = []
        self.other: ModemEnd | None = None

    def raised(self, line: int) -> bool:
        for said, heard in NullModem._CROSSED:
            if line == heard:
                return self.other is not None and self.other.raised(said)
        return bool(self._up & line)

    def put(self, line: int, up: bool) -> None:
        if up != bool(self._up & line):
            self.changes.append((line, up))
        self._up = self._up | line if up else self._up & ~line
