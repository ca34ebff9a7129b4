"""Rows to bytes, in the ways in which registers send columns: blanks, tabs, positions, alignment."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from .charsets import SELECT, encode, width
from .layout import Row

_DOTS: Final = 12  # of a character of font A
_ALIGN: Final = {"left": b"\x1ba\x00", "centre": b"\x1ba\x01", "right": b"\x1ba\x02"}
_BIG: Final = ((b"\x1d!\x11", b"\x1d!\x00"), (b"\x1b!\x30", b"\x1b!\x00"), (b"\x1d!\x01", b"\x1d!\x00"))
_BOLD: Final = (b"\x1bE\x01", b"\x1bE\x00")
_CUTS: Final = (b"\x1dV\x00", b"\x1dV\x01", b"\x1dVB\x00", b"\x1dVA\x03", b"\x1bi", b"\x1bm")
_DRAWER: Final = b"\x1bp\x00\x19\xfa"
_LOGO: Final = b"\x1dv0\x00\x08\x00\x20\x00" + bytes(range(256))


@dataclass(frozen=True, slots=True)
class Manner:
    """How one register sends its receipts."""

    way: str
    codec: str
    columns: int
    select: bytes = b""
    newline: bytes = b"\n"
    big: tuple[bytes, bytes] = _BIG[0]
    big_columns: int = 2  # a big character takes so many
    spaced: bool = False  # blanks between the glyphs of big labels
    opening: bytes = b""
    ending: bytes = b"\n\n\n" + _CUTS[0]

    def text(self, text: str) -> bytes:
        return encode(text, self.codec)


def any_manner(rng: random.Random, codecs: Sequence[str], columns: Sequence[int]) -> Manner:
    """A register's habits, at random."""
    codec = rng.choice(codecs)
    big = rng.choice(_BIG)
    feed = rng.choice((b"\n\n\n", b"\n\n\n\n\n", b"\x1bd\x04", b"\r\n\r\n\r\n\r\n", b""))
    return Manner(
        way=rng.choice(sorted(WAYS)), codec=codec, columns=rng.choice(columns),
        select=rng.choice(SELECT[codec]), newline=rng.choice((b"\n", b"\n", b"\r\n")), big=big,
        big_columns=1 if big is _BIG[2] else 2, spaced=rng.random() < 0.3,
        opening=b"\x1b@" + rng.choice((b"", b"", _DRAWER, _ALIGN["centre"] + _LOGO)),
        ending=feed + rng.choice(_CUTS),
    )  # fmt: skip


def write(rows: Sequence[Row], manner: Manner) -> bytes:
    """The job of one receipt, with its cut."""
    body = b"".join(_row(row, manner) for row in rows)
    return manner.opening + manner.select + _ALIGN["left"] + body + manner.ending


def _row(row: Row, manner: Manner) -> bytes:
    if row.rule:
        return manner.text(row.rule * manner.columns) + manner.newline
    if row.big and manner.spaced:
        row = replace(row, cells=(_spaced(row.cells[0]), *row.cells[1:]))
    room = manner.columns // (manner.big_columns if row.big else 1)
    if len(row.cells) == 1:
        align = row.align if manner.way != "spaces" or row.big else "left"
        text = _padded(row.cells[0], row.align, room) if align != row.align else row.cells[0]
        body = _aligned(manner.text(text) + manner.newline, align)
    else:
        body = WAYS[manner.way](row.cells, room, manner)
    before, after = manner.big if row.big else _BOLD if row.bold else (b"", b"")
    return before + body + after


def _spaced(label: str) -> str:
    """合  计, or T O T A L: only short words are written like that."""
    wide = width(label) == 2 * len(label)
    if width(label) > 8 or not (wide or label.replace(" ", "-").isupper()) or " " in label:
        return label
    return ("  " if wide else " ").join(label)


def _padded(text: str, align: str, room: int) -> str:
    free = max(0, room - width(text))
    return " " * {"left": 0, "centre": free // 2, "right": free}[align] + text


def _aligned(body: bytes, align: str) -> bytes:
    return body if align == "left" else _ALIGN[align] + body + _ALIGN["left"]


# ---- several cells


def _stops(count: int, room: int) -> list[int]:
    """Columns at which the cells behind the first begin: each has a field of its own at the right."""
    field = min(11, room * 2 // (3 * max(1, count - 1)))
    return [room - field * (count - 1 - at) for at in range(count - 1)]


def _fields(cells: Sequence[str], room: int) -> Iterator[tuple[list[str], bool]]:
    """The cells right-aligned in their fields; a first cell that is too long gets a line before."""
    stops = _stops(len(cells), room)
    ends = [*stops[1:], room]
    fields = [_padded(cell, "right", end - at) for cell, at, end in zip(cells[1:], stops, ends, strict=True)]
    if len(cells) > 2 and any(not field.startswith(" ") for field in fields):
        yield [cells[0]], False
        yield ["", "  ".join(cells[1:])], False
    elif width(cells[0]) < stops[0]:
        yield [cells[0], *fields], True
    elif len(cells) == 2 and width(cells[0]) + width(cells[1]) < room:
        yield [cells[0], cells[1]], False
    else:
        yield [cells[0]], False
        yield ["", *fields], True


def _by_spaces(cells: Sequence[str], room: int, manner: Manner) -> bytes:
    lines = []
    for fields, fit in _fields(cells, room):
        if fit:
            stop = _stops(len(cells), room)[0]
            lines.append(fields[0] + " " * (stop - width(fields[0])) + "".join(fields[1:]))
        else:
            lines.append((" " * (room - sum(map(width, fields)))).join(fields))
    return b"".join(manner.text(line) + manner.newline for line in lines)


def _by_tabs(cells: Sequence[str], room: int, manner: Manner) -> bytes:
    stops = b"\x1bD" + bytes(_stops(len(cells), room)) + b"\0"
    lines = [
        b"\t".join(map(manner.text, fields)) if fit else manner.text(" ".join(fields))
        for fields, fit in _fields(cells, room)
    ]
    return stops + b"".join(line + manner.newline for line in lines)


def _by_position(cells: Sequence[str], room: int, manner: Manner) -> bytes:
    """Each cell is sent to its place in dots, so that it ends where its field ends."""
    stops = _stops(len(cells), room)
    dots = manner.columns * _DOTS // room
    line = manner.text(cells[0])
    if width(cells[0]) >= room - sum(map(width, cells[1:])) or (
        len(cells) > 2 and width(cells[0]) >= stops[0]
    ):
        line += manner.newline
    for cell, end in zip(cells[1:], [*stops[1:], room], strict=True):
        line += b"\x1b$" + ((end - width(cell)) * dots).to_bytes(2, "little") + manner.text(cell)
    return line + manner.newline


def _by_alignment(cells: Sequence[str], room: int, manner: Manner) -> bytes:
    """Label and amount side by side at the right edge; tables as blanks make them."""
    if len(cells) > 2:
        return _by_spaces(cells, room, manner)
    return _aligned(manner.text(f"{cells[0]} {cells[1]}") + manner.newline, "right")


def _by_lines(cells: Sequence[str], room: int, manner: Manner) -> bytes:
    """The label at the left, the amount at the right of the next line."""
    if len(cells) > 2:
        return _by_spaces(cells, room, manner)
    return manner.text(cells[0]) + manner.newline + _aligned(manner.text(cells[1]) + manner.newline, "right")


def _by_one_blank(cells: Sequence[str], room: int, manner: Manner) -> bytes:
    """No columns at all: a blank or two between the cells."""
    return manner.text("  ".join(cells)) + manner.newline


WAYS: Final[Mapping[str, Callable[[Sequence[str], int, Manner], bytes]]] = {
    "spaces": _by_spaces, "tabs": _by_tabs, "positions": _by_position, "right": _by_alignment,
    "lines": _by_lines, "plain": _by_one_blank,
}  # fmt: skip
