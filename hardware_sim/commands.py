"""Bytes to commands, as a printer takes them off its receive buffer.

Every command is named as the manuals write it, and the name is its opening bytes: "GS ( k" opens with
1D 28 6B. `FIXED` says how many parameter bytes follow an opening; `VARIABLE` has a function that finds out
from the parameters themselves, and answers None while it has seen too few of them. What no table knows is
taken as a real printer takes it: the opening alone, and what follows it is printed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

_CONTROLS = (
    "NUL", "SOH", "STX", "ETX", "EOT", "ENQ", "ACK", "BEL", "BS", "HT", "LF", "VT", "FF", "CR", "SO", "SI",
    "DLE", "DC1", "DC2", "DC3", "DC4", "NAK", "SYN", "ETB", "CAN", "EM", "SUB", "ESC", "FS", "GS", "RS",
    "US", "SP",
)  # fmt: skip
_ASCII = {name: code for code, name in enumerate(_CONTROLS)}
TEXT, UNKNOWN, TOO_LARGE = "text", "unknown", "too large"

# A printer's graphics memory. A command that announces more is counted off and thrown away.
PAYLOAD_LIMIT = 4 << 20

Length = Callable[[bytearray, int], "int | None"]


class Command(NamedTuple):
    """One command: its manual name ("text" for characters), what follows its opening, all its bytes."""

    name: str
    data: bytes
    raw: bytes


def opening(name: str) -> bytes:
    """The bytes that a manual's name stands for: opening("GS ( k") == bytes.fromhex("1D286B")."""
    return bytes(_ASCII[word] if word in _ASCII else ord(word) for word in name.split())


def u16(data: bytes | bytearray, at: int) -> int:
    return data[at] | data[at + 1] << 8


FIXED = {
    "NUL": 0, "HT": 0, "LF": 0, "FF": 0, "CR": 0, "CAN": 0, "ESC FF": 0, "ESC SP": 1, "ESC !": 1,
    "ESC $": 2, "ESC %": 1, "ESC -": 1, "ESC 2": 0, "ESC 3": 1, "ESC <": 0, "ESC =": 1, "ESC ?": 1,
    "ESC @": 0, "ESC E": 1, "ESC G": 1, "ESC J": 1, "ESC K": 1, "ESC L": 0, "ESC M": 1, "ESC R": 1,
    "ESC S": 0, "ESC T": 1, "ESC U": 1, "ESC V": 1, "ESC W": 8, "ESC \\": 2, "ESC a": 1, "ESC d": 1,
    "ESC e": 1, "ESC i": 0, "ESC m": 0, "ESC p": 3, "ESC r": 1, "ESC t": 1, "ESC u": 1, "ESC v": 0,
    "ESC {": 1, "FS !": 1, "FS &": 0, "FS -": 1, "FS .": 0, "FS ?": 2, "FS C": 1, "FS S": 2, "FS W": 1,
    "FS p": 2, "GS !": 1, "GS $": 2, "GS /": 1, "GS :": 0, "GS B": 1, "GS E": 1, "GS H": 1, "GS I": 1,
    "GS L": 2, "GS P": 2, "GS T": 1, "GS W": 2, "GS \\": 2, "GS ^": 3, "GS a": 1, "GS b": 1, "GS c": 0,
    "GS f": 1, "GS h": 1, "GS r": 1, "GS w": 1, "GS C 0": 2, "GS C 1": 6, "GS C 2": 2, "GS g 0": 3,
    "GS g 2": 3, "GS z 0": 2, "ESC c": 2, "FS g 2": 7,
}  # fmt: skip
_CLONE = {"ESC B": 2}


def _column_image(buffer: bytearray, at: int) -> int | None:
    """ESC * m nL nH d...: one or three bytes a column. An unknown m leaves the rest to be printed as text."""
    if len(buffer) < at + 3:
        return None
    depth = {0: 1, 1: 1, 32: 3, 33: 3}.get(buffer[at])
    return 1 if depth is None else 3 + depth * u16(buffer, at + 1)


def _raster_image(buffer: bytearray, at: int) -> int | None:
    """GS v 0 m xL xH yL yH d...: x bytes a row, y rows."""
    if len(buffer) < at + 6:
        return None
    if buffer[at] not in (0x30, 0):
        return 1
    return 6 + u16(buffer, at + 2) * u16(buffer, at + 4)


def _counted(buffer: bytearray, at: int) -> int | None:
    """GS ( x pL pH d...: the letter, the count, and so many bytes."""
    return None if len(buffer) < at + 3 else 3 + u16(buffer, at + 1)


def _counted_long(buffer: bytearray, at: int) -> int | None:
    """GS 8 L p1 p2 p3 p4 d..."""
    if len(buffer) < at + 5:
        return None
    return 5 + int.from_bytes(buffer[at + 1 : at + 5], "little")


def _tab_stops(buffer: bytearray, at: int) -> int | None:
    """ESC D n1...nk NUL: at most 32, ascending; a value that does not rise ends the list and stays."""
    for i in range(at, min(len(buffer), at + 33)):
        if buffer[i] == 0:
            return i - at + 1
        if i > at and buffer[i] <= buffer[i - 1]:
            return i - at
    return 32 if len(buffer) >= at + 33 else None


def _barcode(buffer: bytearray, at: int) -> int | None:
    """GS k m d...NUL below 65, GS k m n d1...dn from 65 on."""
    if len(buffer) < at + 2:
        return None
    if buffer[at] >= 65:
        return 2 + buffer[at + 1]
    if buffer[at] > 6:
        return 1
    end = buffer.find(0, at + 1)
    return None if end < 0 else end - at + 1


def _cut(buffer: bytearray, at: int) -> int | None:
    """GS V m, or GS V m n where m feeds to the cutter or reserves."""
    if len(buffer) <= at:
        return None
    return 2 if buffer[at] in (65, 66, 97, 98, 103, 104) else 1


def _user_characters(buffer: bytearray, at: int) -> int | None:
    """ESC & y c1 c2 [x d1...d(x*y)]..."""
    if len(buffer) < at + 3:
        return None
    height, first, last = buffer[at : at + 3]
    if height == 0 or not 32 <= first <= last:
        return 3
    end = at + 3
    for _ in range(last - first + 1):
        if len(buffer) <= end:
            return None
        end += 1 + height * buffer[end]
    return end - at


def _user_kanji(buffer: bytearray, at: int) -> int | None:
    """FS 2 c1 c2 d1...d72: a 24 x 24 character."""
    return 2 + 72


def _stored_image(buffer: bytearray, at: int) -> int | None:
    """GS * x y d...: x * 8 columns of y bytes."""
    return None if len(buffer) < at + 2 else 2 + 8 * buffer[at] * buffer[at + 1]


def _nv_images(buffer: bytearray, at: int) -> int | None:
    """FS q n [xL xH yL yH d...]...: n pictures of x * 8 columns of y bytes."""
    if len(buffer) <= at:
        return None
    end = at + 1
    for _ in range(buffer[at]):
        if len(buffer) < end + 4:
            return None
        end += 4 + 8 * u16(buffer, end) * u16(buffer, end + 2)
    return end - at


def _nv_memory(buffer: bytearray, at: int) -> int | None:
    """FS g 1 m a1 a2 a3 a4 nL nH d..."""
    return None if len(buffer) < at + 7 else 7 + u16(buffer, at + 5)


def _counter_text(buffer: bytearray, at: int) -> int | None:
    """GS C ; sa ; sb ; sn ; sr ; sc ;"""
    found = re.compile(rb"(?:[^;]*;){5}").match(buffer, at)
    return found.end() - at if found else None


def _real_time(buffer: bytearray, at: int) -> int | None:
    """DLE EOT n and its kin, when they come to be taken off the buffer: answered long ago."""
    if len(buffer) < at + 2:
        return None
    kind, function = buffer[at], buffer[at + 1]
    if kind == 0x04:
        return 3 if function in (7, 8, 18) else 2
    if kind == 0x14:
        return {1: 4, 2: 4, 3: 8, 7: 3, 8: 9}.get(function, 2)
    return 2 if kind == 0x05 else 0


VARIABLE: dict[str, Length] = {
    "ESC *": _column_image, "ESC D": _tab_stops, "ESC &": _user_characters, "ESC (": _counted,
    "FS (": _counted, "GS (": _counted, "GS 8": _counted_long, "GS v": _raster_image, "GS k": _barcode,
    "GS V": _cut, "FS 2": _user_kanji, "GS *": _stored_image, "FS q": _nv_images, "FS g 1": _nv_memory,
    "GS C ;": _counter_text, "GS Q": _raster_image, "DLE": _real_time,
}  # fmt: skip


def _fixed(count: int) -> Length:
    return lambda _buffer, _at: count


@dataclass(frozen=True, slots=True)
class Table:
    """Every opening, with the name of its command and the rule for what follows it."""

    openings: Mapping[bytes, tuple[str, Length]]
    prefixes: frozenset[bytes]  # beginnings of openings: more may follow
    text: bool = True  # whether printable bytes outside commands are printed


def compile_table(fixed: Mapping[str, int], variable: Mapping[str, Length], *, text: bool = True) -> Table:
    rules = {name: _fixed(count) for name, count in fixed.items()} | dict(variable)
    openings = {opening(name): (name, rule) for name, rule in rules.items()}
    return Table(openings, frozenset(key[:n] for key in openings for n in range(1, len(key))), text)


@cache
def escpos(clone: bool = False, lacks: frozenset[str] = frozenset()) -> Table:
    """The commands of one printer: with what clones add, without what it lacks."""
    fixed = FIXED | (_CLONE if clone else {})
    kept = {name: count for name, count in fixed.items() if name not in lacks}
    return compile_table(kept, {name: rule for name, rule in VARIABLE.items() if name not in lacks})


class Framer:
    """The receive buffer, and what takes commands off it. Never raises, whatever the bytes."""

    _printable = re.compile(rb"[\x20-\xff]+")

    def __init__(self, table: Table) -> None:
        self.table = table  # may be exchanged between two commands
        self._buffer = bytearray()
        self._skip = 0

    def __len__(self) -> int:
        return len(self._buffer)

    def feed(self, data: bytes) -> None:
        dropped = min(self._skip, len(data))
        self._skip -= dropped
        self._buffer += data[dropped:]

    def clear(self) -> None:
        self._buffer.clear()
        self._skip = 0

    def next(self) -> Command | None:
        """The next whole command, or None until more bytes have come."""
        buffer = self._buffer
        run = self._printable.match(buffer) if self.table.text else None
        if run:
            return self._take(TEXT, 0, run.end())
        found = self._opening()
        if found is None:
            return None
        name, size, rule = found
        length = rule(buffer, size)
        if length is None:
            return None
        if length > PAYLOAD_LIMIT:
            return self._skip_payload(size + length)
        if len(buffer) < size + length:
            return None
        return self._take(name, size, size + length)

    def _opening(self) -> tuple[str, int, Length] | None:
        """The longest opening at the head of the buffer; None while a longer one may still come."""
        buffer = self._buffer
        best: tuple[str, int, Length] | None = None
        for size in range(1, len(buffer) + 1):
            head = bytes(buffer[:size])
            if head in self.table.openings:
                name, rule = self.table.openings[head]
                best = (name, size, rule)
            if head not in self.table.prefixes:
                return best or (UNKNOWN, min(size, 2), _fixed(0))
        return None

    def _take(self, name: str, start: int, end: int) -> Command:
        raw = bytes(self._buffer[:end])
        del self._buffer[:end]
        data = raw[start:]
        if name.endswith("("):
            name, data = f"{name} {chr(data[0])}", data[1:]
        return Command(name, data, raw)

    def _skip_payload(self, length: int) -> Command:
        self._skip = max(0, length - len(self._buffer))
        raw = bytes(self._buffer[:length])
        del self._buffer[:length]
        return Command(TOO_LARGE, b"", raw)
