"""The printer's bytes as answers: where each begins, what form it has, and where it ends.

Flow control may land inside anything and is no part of it. A multi-byte answer that breaks off (a byte that
cannot continue it) is over, and the byte begins the next one.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from receiptbridge.escpos.questions import Dialect, Form

LONGEST_BLOCK: Final = 1024
"""A block is over after this many bytes though its NUL was lost. Real ones carry 80 bytes of data."""

FLOW_CONTROL: Final = frozenset({0x11, 0x13})

_ASB_BYTES: Final = 4
_ECHO_BYTES: Final = 8
_BLOCKS: Final[Mapping[int, Form]] = {
    0x35: Form.BLOCK,
    0x37: Form.BLOCK,
    0x3B: Form.POWER,
    0x3D: Form.INFO,
    0x5F: Form.TEXT,
}


class Answers:
    """Takes one byte after the other. `form` is that of the answer under way, or of the last one."""

    def __init__(self, dialect: Dialect) -> None:
        self._begins = _BEGINS[dialect]
        self._star = dialect == "star"
        self._size: int | None = 0
        self.form: Form | None = None
        self.bytes = bytearray()

    @property
    def under_way(self) -> bool:
        """Whether the last byte left an answer incomplete."""
        return self._size is None or len(self.bytes) < self._size

    def take(self, byte: int) -> bool:
        """Take a byte that is no flow control; whether it began a new answer."""
        begins = not self.under_way or not self._continues(byte)
        if begins:
            self.form = self._begins(byte)
            self.bytes.clear()
            self._size = _SIZES.get(self.form, 1) if self.form is not None else 1
        self.bytes.append(byte)
        if self._size is None and len(self.bytes) > 1 and (byte == 0 or len(self.bytes) > LONGEST_BLOCK):
            self._size = len(self.bytes)
        if self._star and self.form is Form.ASB:
            self._size = _star_size(self.bytes)
        return begins

    def _continues(self, byte: int) -> bool:
        """Bytes 2 to 4 of automatic status have two fixed bits; of Star's only the header has."""
        return self.form is not Form.ASB or self._star or not byte & 0x90


_SIZES: Final[Mapping[Form, int | None]] = {
    Form.ASB: _ASB_BYTES,
    Form.ECHO: _ECHO_BYTES,
    Form.TEXT: None,
    Form.INFO: None,
    Form.BLOCK: None,
    Form.POWER: None,
}
"""In bytes; None: to its NUL. All others have one byte."""


def _begins_escpos(byte: int) -> Form | None:
    """In the order of the grammar's [reply_rules]."""
    if byte & 0x93 == 0x12:
        return Form.REAL_TIME
    if byte & 0x93 == 0x10:
        return Form.ASB
    return _BLOCKS.get(byte) or (Form.BYTE if byte & 0x90 == 0 else None)


def _begins_star(byte: int) -> Form | None:
    if byte == 0x1B:
        return Form.ECHO
    return Form.ASB if byte & 0x91 == 0x01 else Form.BYTE


_BEGINS: Final = {"escpos": _begins_escpos, "star": _begins_star}

_STAR_HEADERS: Final = 2
_STAR_LONGEST_TAIL: Final = 255
"""Status bytes behind the length word of network models; real ones have few."""


def _star_size(status: bytearray) -> int:
    """By two header bytes; network models add a length word and so many bytes behind it."""
    if len(status) < _STAR_HEADERS:
        return _STAR_HEADERS
    first, second = status[0], status[1]
    size = (first >> 2 & 0x18 | first >> 1 & 7) + (second >> 6 & 2)
    if second & 0x80 and len(status) >= size >= _STAR_HEADERS + 2:
        size += min(int.from_bytes(status[size - 2 : size], "little"), _STAR_LONGEST_TAIL)
    return max(size, _STAR_HEADERS)
