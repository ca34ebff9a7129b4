"""How the printer is, and what each of its answers says of that."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final


class PrinterCondition(Enum):
    """What is known of the printer."""

    UNKNOWN = auto()
    READY = auto()
    PAPER_LOW = auto()
    PAPER_OUT = auto()
    COVER_OPEN = auto()
    OFFLINE = auto()
    GONE = auto()


@dataclass(slots=True)
class Known:
    """None: nothing was heard of it yet."""

    offline: bool | None = None
    error: bool | None = None
    cover_open: bool | None = None
    paper_out: bool | None = None
    paper_low: bool | None = None

    @property
    def condition(self) -> PrinterCondition:
        """The worst of what is known."""
        found = (
            (PrinterCondition.COVER_OPEN, self.cover_open),
            (PrinterCondition.PAPER_OUT, self.paper_out),
            (PrinterCondition.OFFLINE, self.offline or self.error),
            (PrinterCondition.PAPER_LOW, self.paper_low),
        )
        worst = next((condition for condition, holds in found if holds), None)
        heard = self.offline is not None or self.paper_out is not None
        return worst or (PrinterCondition.READY if heard else PrinterCondition.UNKNOWN)


# Bits as in the grammar's [[reply]] tables.
_ERRORS: Final = 0x6C  # DLE EOT 3 and ASB byte 2: mechanical, cutter, unrecoverable, recovers by itself
_ALL_IS_WELL: Final = 0x12


def real_time_status(known: Known, question: int | None, answer: bytes) -> None:
    """DLE EOT n: the bits mean what was asked; None: an answer to a question that nobody saw."""
    byte = answer[0]
    reading = _REAL_TIME.get(question) if question is not None else None
    if reading is not None:
        reading(known, byte)
    elif byte == _ALL_IS_WELL and known.offline is None:
        known.offline = False  # whatever was asked, nothing is wrong with it


def _printer(known: Known, byte: int) -> None:
    known.offline = bool(byte & 0x08)
    if not known.offline:  # a printer with an open cover, an error or without paper is offline
        known.error = known.cover_open = known.paper_out = False


def _offline_cause(known: Known, byte: int) -> None:
    known.cover_open = bool(byte & 0x04)
    known.paper_out = bool(byte & 0x20)


def _error_cause(known: Known, byte: int) -> None:
    known.error = bool(byte & _ERRORS)
    known.offline = known.offline or known.error


def _roll(known: Known, byte: int) -> None:
    known.paper_out = byte & 0x60 == 0x60
    known.paper_low = byte & 0x0C == 0x0C


_REAL_TIME: Final[Mapping[int, Callable[[Known, int], None]]] = {
    1: _printer,
    2: _offline_cause,
    3: _error_cause,
    4: _roll,
}


def paper_status(known: Known, answer: bytes) -> None:
    """GS r 1, ESC v: near end and end of the paper."""
    known.paper_out = answer[0] & 0x0C == 0x0C
    known.paper_low = answer[0] & 0x03 == 0x03


def automatic_status(known: Known, status: bytes) -> None:
    """Four bytes of GS a."""
    first, errors, paper = status[:3]
    known.offline = bool(first & 0x08)
    known.cover_open = bool(first & 0x20)
    known.error = bool(errors & _ERRORS)
    known.paper_out = paper & 0x0C == 0x0C
    known.paper_low = paper & 0x03 == 0x03


def star_status(known: Known, status: bytes) -> None:
    """Star's automatic status: two header bytes, then (bytes 3, 4 and 6) cover, errors, paper."""
    if len(status) < 6:
        return
    printer, errors, paper = status[2], status[3], status[5]
    known.offline = bool(printer & 0x08)
    known.cover_open = bool(printer & 0x20)
    known.error = bool(errors & 0x6C)
    known.paper_out = bool(paper & 0x08)
    known.paper_low = bool(paper & 0x04)
