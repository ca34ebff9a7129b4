"""What the printer sends back, as far as it says how the printer is (ESC/POS).

Answers carry no names: a byte is told apart by its fixed bits and by the order of questions. Read in the
order of [reply_rules]: flow control (which may land inside anything), DLE EOT answers, automatic status of
four bytes (GS a), blocks up to NUL, and other one-byte answers, which say nothing here.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

LONGEST_BLOCK: Final = 1024
"""A block answer is over after this many bytes though its NUL was lost. Real ones carry 80 bytes of data."""

OUTSTANDING_QUESTIONS: Final = 64
"""So many DLE EOT are remembered while their answers are out; printers buffer fewer."""

_XON, _XOFF = 0x11, 0x13
_BLOCK_HEADERS: Final = frozenset({0x35, 0x37, 0x3B, 0x3D, 0x5F})
_ASB_BYTES: Final = 4
_PAPER_END_BITS, _NEAR_END_BITS = 0x0C, 0x03


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
class _Known:
    """None: nothing was heard of it yet."""

    offline: bool | None = None
    cover_open: bool | None = None
    paper_out: bool | None = None
    paper_low: bool | None = None


class ReplyReader:
    """Follows one printer's answers. `asked` what it was asked, `feed` what it sends."""

    def __init__(self) -> None:
        self._known = _Known()
        self._asb: list[int] = []
        self._block_left = 0
        self._asked: deque[int] = deque(maxlen=OUTSTANDING_QUESTIONS)

    @property
    def condition(self) -> PrinterCondition:
        """The worst of what is known."""
        known = self._known
        found = (
            (PrinterCondition.COVER_OPEN, known.cover_open),
            (PrinterCondition.PAPER_OUT, known.paper_out),
            (PrinterCondition.OFFLINE, known.offline),
            (PrinterCondition.PAPER_LOW, known.paper_low),
        )
        worst = next((condition for condition, holds in found if holds), None)
        heard = known.offline is not None or known.paper_out is not None
        return worst or (PrinterCondition.READY if heard else PrinterCondition.UNKNOWN)

    def asked(self, tokens: Iterable[bytes]) -> None:
        """Commands on their way to the printer: the questions among them say what its answers mean."""
        self._asked.extend(token[2] for token in tokens if token.startswith(b"\x10\x04") and len(token) > 2)

    def feed(self, data: bytes) -> PrinterCondition:
        """Read what the printer sent; its condition now."""
        for byte in data:
            self._read(byte)
        return self.condition

    def _read(self, byte: int) -> None:
        if byte in (_XON, _XOFF):
            return
        if self._block_left:
            self._block_left = 0 if byte == 0 else self._block_left - 1
        elif self._asb:
            self._continue_asb(byte)
        elif byte & 0x93 == 0x12:
            self._answer(byte)
        elif byte & 0x93 == 0x10:
            self._asb = [byte]
        elif byte in _BLOCK_HEADERS:
            self._block_left = LONGEST_BLOCK

    def _continue_asb(self, byte: int) -> None:
        if byte & 0x90:  # not a byte 2 to 4 of automatic status: the rest of it was lost
            self._asb = []
            self._read(byte)
            return
        self._asb.append(byte)
        if len(self._asb) == _ASB_BYTES:
            self._automatic_status(*self._asb)
            self._asb = []

    def _automatic_status(self, first: int, errors: int, paper: int, _reserved: int) -> None:
        known = self._known
        known.cover_open = bool(first & 0x20)
        known.paper_out = paper & _PAPER_END_BITS == _PAPER_END_BITS
        known.paper_low = paper & _NEAR_END_BITS == _NEAR_END_BITS
        known.offline = bool(first & 0x08 or errors & 0x28)

    def _answer(self, byte: int) -> None:
        """A DLE EOT answer: its bits mean what the oldest open question asked, else nothing sure."""
        known, question = self._known, self._asked.popleft() if self._asked else None
        if question == 1:
            known.offline = bool(byte & 0x08)
            if not known.offline:  # a printer with an open cover or without paper is offline
                known.cover_open = known.paper_out = False
        elif question == 2:
            known.cover_open = bool(byte & 0x04)
            known.paper_out = bool(byte & 0x20)
        elif question == 3:
            known.offline = bool(byte & 0x28)
        elif question == 4:
            known.paper_out = byte & 0x60 == 0x60
            known.paper_low = byte & 0x0C == 0x0C
        elif byte == 0x12 and known.offline is None:
            known.offline = False  # whatever was asked, nothing is wrong with it
