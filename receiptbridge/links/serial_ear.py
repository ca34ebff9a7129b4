"""Listens on a real serial port for `detect`: every byte that the port calls flawed is counted.

Here, and only here, errors are marked in the stream (PARMRK): nothing is forwarded, and every driver that notices
them at all can mark them, while not every driver counts them.
"""

from __future__ import annotations

import termios
import time
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Final

from receiptbridge.errors import LinkError
from receiptbridge.links.legible import Heard
from receiptbridge.links.line import LineSettings, Parity
from receiptbridge.links.serial_port import has_format, open_port
from receiptbridge.words import _

_READ_MOST: Final = 256
# Longer than a till takes between two writes of one receipt.
_SILENT_AFTER: Final = 0.25


class SerialEar:
    """Listens until `patience` seconds are over in all. `waiting` is called while nothing comes."""

    def __init__(self, path: str, patience: float, waiting: Callable[[], None] = lambda: None) -> None:
        self._port = open_port(path, LineSettings())
        self._port.timeout = _SILENT_AFTER
        self._ends_at = time.monotonic() + patience
        self._waiting = waiting
        self._tuned_to: LineSettings | None = None

    def __enter__(self) -> SerialEar:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._port.close()

    @property
    def over(self) -> bool:
        return time.monotonic() >= self._ends_at

    def listen(self, settings: LineSettings, most: int) -> Heard:
        if settings != self._tuned_to:  # else what has come meanwhile is not to be thrown away
            self._tuned_to = settings if self._tune(settings) else None
        if self._tuned_to is None:
            return Heard(settings)
        raw, silent = b"", False
        while len(raw) < most and not self.over and not (raw and silent):
            try:
                piece = self._port.read(_READ_MOST)
            except OSError as fault:
                raise LinkError(
                    _("{port}: reading failed: {fault}").format(port=self._port.port, fault=fault)
                ) from fault
            raw += piece
            silent = not piece
            if silent:
                self._waiting()
        return Heard(settings, *unmarked(raw))

    def _tune(self, settings: LineSettings) -> bool:
        """Whether the port can be set so; some know fewer speeds, or no parity."""
        port = self._port
        try:
            port.baudrate = settings.baud
            self._set_format(settings)
        except (ValueError, termios.error):
            return False
        return has_format(port.fileno(), settings)

    def _set_format(self, settings: LineSettings) -> None:
        """Not by pyserial: what a port refused once, it would ask for again with every other setting."""
        port = self._port
        attributes = termios.tcgetattr(port.fileno())
        attributes[0] = attributes[0] & ~(termios.IGNPAR | termios.IGNBRK | termios.BRKINT | termios.ISTRIP)
        attributes[0] |= termios.INPCK | termios.PARMRK
        attributes[2] = attributes[2] & ~_FORMAT | _BITS[settings.bits] | _PARITIES[settings.parity]
        termios.tcsetattr(port.fileno(), termios.TCSAFLUSH, attributes)


_CMSPAR: Final = 0o10000000000  # termios(3): mark and space
_FORMAT: Final = termios.CSIZE | termios.PARENB | termios.PARODD | termios.CSTOPB | _CMSPAR
_BITS: Final = {7: termios.CS7, 8: termios.CS8}
_PARITIES: Final[Mapping[Parity, int]] = {
    "N": 0,
    "E": termios.PARENB,
    "O": termios.PARENB | termios.PARODD,
    "M": termios.PARENB | termios.PARODD | _CMSPAR,
    "S": termios.PARENB | _CMSPAR,
}


def unmarked(raw: bytes) -> tuple[bytes, bytes]:
    """Bytes as PARMRK gives them (FF 00 x: x with an error; FF FF: FF), and a 1 for each with an error. termios(3)."""
    data, flaws, at = bytearray(), bytearray(), 0
    while at < len(raw):
        flawed = raw[at : at + 2] == b"\xff\x00" and at + 2 < len(raw)
        doubled = raw[at : at + 2] == b"\xff\xff"
        at += 2 if flawed else doubled
        data.append(raw[at])
        flaws.append(flawed)
        at += 1
    return bytes(data), bytes(flaws)
