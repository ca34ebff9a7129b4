"""Page mode: lines that stand where they were put, whatever order they were sent in.

Every area reads from its own start: text printed upside down or along the paper is read by turning the paper.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Final

from receiptbridge.receipt.columns import FONT_DOTS, LONGEST_LINE, Line, Piece, columns, join

LINE_DOTS: Final = 30
"""The line feed after power-on: 1/6 inch at 180 dpi (Epson, ESC 2)."""

MOST_PLACED: Final = 1000
"""No page of a receipt has more pieces; what claims to is noise."""

_SET_AREA: Final = b"\x1bW"
_GO_DOWN_TO: Final = b"\x1d$"
_MOVE_DOWN: Final = b"\x1d\\"


class Places:
    """The lines of one page and where the next one stands, in dots."""

    def __init__(self) -> None:
        self._placed: list[tuple[int, int, Line]] = []
        self._top = self._down = 0

    def go(self, token: bytes) -> None:
        """ESC W xL xH yL yH ... sets an area, ESC T its direction; GS $ nL nH and GS \\ nL nH go down in it."""
        if token[:2] == _GO_DOWN_TO:
            self._down = int.from_bytes(token[-2:], "little")
        elif token[:2] == _MOVE_DOWN:
            self._down = max(0, self._down + int.from_bytes(token[-2:], "little", signed=True))
        else:
            self._down = 0
            self._top = int.from_bytes(token[4:6], "little") if token[:2] == _SET_AREA else self._top

    def add(self, start: int, line: Line) -> None:
        """A line whose first text stands `start` dots from the left."""
        if len(self._placed) < MOST_PLACED:
            self._placed.append((self._top + self._down, start, line))

    def feed(self) -> None:
        self._down += LINE_DOTS

    def lines(self) -> list[Line]:
        """From top to bottom; what stands at one height is one line."""
        placed = sorted(self._placed, key=lambda place: place[:2])
        return [_side_by_side(list(beside)) for _, beside in groupby(placed, key=lambda place: place[0])]


def _side_by_side(beside: Sequence[tuple[int, int, Line]]) -> Line:
    if len(beside) == 1:
        return beside[0][2]
    texts = [(start, line.text.strip()) for _, start, line in beside]
    pieces = [Piece(start, start + columns(text) * FONT_DOTS[0], text) for start, text in texts]
    lines = [line for _, _, line in beside]
    return Line(
        join(pieces)[:LONGEST_LINE], any(line.large for line in lines), any(line.bold for line in lines)
    )
