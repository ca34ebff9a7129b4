"""Text placed in dots, shown in columns."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Final, NamedTuple

FONT_DOTS: Final = (12, 9)
"""Cell widths of font A and B, of which the two-byte fonts are twice (Epson, ESC M)."""


LONGEST_LINE: Final = 400
"""Characters kept of one line: eight times the widest printer."""


class Line(NamedTuple):
    """One printed line; `large`: some of it in double width or height; `bold`: emphasised."""

    text: str
    large: bool = False
    bold: bool = False


class Piece(NamedTuple):
    """A run of text and where it stands."""

    start: int  # dots from the left margin
    end: int
    text: str


def columns(text: str) -> int:
    """Cells of font A that `text` takes: two for a wide character, none for a combining one."""
    if text.isascii():
        return len(text)
    return sum(_cells(char) for char in text)


def _cells(char: str) -> int:
    if unicodedata.east_asian_width(char) in "WF":
        return 2
    return 0 if unicodedata.combining(char) else 1


def join(pieces: Sequence[Piece]) -> str:
    """Pieces from left to right; whatever stands apart, or overlaps, is parted by at least one blank."""
    text, end = "", 0
    for piece in sorted(pieces, key=lambda piece: piece.start):
        gap = round((piece.start - end) / FONT_DOTS[0])
        text += " " * (max(1, gap) if text else max(0, gap)) + piece.text
        end = max(end, piece.end)
    return text.rstrip()
