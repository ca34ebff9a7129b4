"""Commands to lines as they stand on the paper: what is beside what, in columns.

Rules of this room:
- A line is what stands between two feeds. A line that the printer wraps stays one line: nobody who reads
  amounts is helped by their halves.
- Text is placed in dots, by tabs, ESC $ and ESC \\ as by blanks; a gap shows as blanks of font A.
- In page mode (ESC L) lines stand where GS $ and GS \\ put them, whatever order they were sent in; the page is
  printed by FF or ESC FF, and forgotten by CAN or ESC S without it.
- What goes to the customer display (ESC = 2) or into a macro is not on the paper.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from receiptbridge.escpos.charsets import TextDecoder, survey
from receiptbridge.escpos.grammar import Grammar
from receiptbridge.profiles.model import PrinterProfile
from receiptbridge.receipt.collect import Collected
from receiptbridge.receipt.columns import FONT_DOTS, LONGEST_LINE, Line, Piece, columns, join
from receiptbridge.receipt.placing import Places

MOST_LINES: Final = 1000
"""Longer papers are reports or noise; reading stays within its time."""

TAB_COLUMNS: Final = 8
"""Tab stops after power-on: every 8 characters (Epson, ESC D)."""


@dataclass(frozen=True, slots=True)
class Page:
    """A receipt as printed: its lines, how many pictures stand between them, whether lines were left out."""

    lines: tuple[Line, ...]
    pictures: int = 0
    truncated: bool = False


def read_page(
    receipt: Collected, grammar: Grammar, printer: PrinterProfile, charset: str | None = None
) -> Page:
    """The page that a receipt's commands print. Never raises."""
    tokens = [*receipt.prelude, *receipt.tokens]
    decoder = TextDecoder(grammar, printer, charset=charset, found=survey(grammar, printer, tokens))
    typesetter = _Typesetter(grammar.dialect, decoder, cr_feeds=b"\n" not in receipt.tokens)
    typesetter.follow(tokens)
    return typesetter.page(receipt.overflow)


class _Typesetter:
    """Places text on lines; one for each receipt."""

    def __init__(self, dialect: str, decoder: TextDecoder, *, cr_feeds: bool) -> None:
        self._decoder = decoder
        self._acts = _ACTS[dialect]
        self._feeds = _FEEDS[dialect] | ({b"\r"} if cr_feeds else set())
        self._run: list[bytes] = []
        self._pieces: list[Piece] = []
        self._lines: list[Line] = []
        self._pictures = 0
        self._truncated = False
        self._selected = True
        self._recording = self._raster = False
        self._at = 0
        self._line_large = self._line_bold = False
        self._places: Places | None = None
        self._reset(b"")

    def follow(self, tokens: Sequence[bytes]) -> None:
        for token in tokens:
            if self._truncated:
                return
            if token >= b" " and not self._raster:
                self._run.append(token)
                continue
            self._end_run()
            self._follow_command(token)
        self._feed(b"")
        self._print_page()

    def page(self, overflow: bool) -> Page:
        return Page(tuple(self._lines), self._pictures, self._truncated or overflow)

    def _follow_command(self, token: bytes) -> None:
        self._decoder.apply(token)
        if token[:2] in self._feeds or token[:1] in self._feeds:
            self._feed(token)
            if token[:2] == b"\x1b\x0c" or token[:1] == b"\x0c":
                self._print_page()
        elif act := self._acts.get(token[:3]) or self._acts.get(token[:2]) or self._acts.get(token[:1]):
            act(self, token)

    # ---- text

    def _end_run(self) -> None:
        if not self._run:
            return
        text, self._run = self._decoder.decode(b"".join(self._run)), []
        if not self._selected or self._recording:
            return
        width = columns(text) * FONT_DOTS[self._font] * self._width
        if self._pieces and self._pieces[-1].end == self._at:
            last = self._pieces.pop()
            self._pieces.append(Piece(last.start, self._at + width, last.text + text))
        else:
            self._pieces.append(Piece(self._at, self._at + width, text))
        self._at += width
        if text.strip():
            self._line_large |= self._width > 1 or self._height > 1
            self._line_bold |= self._bold

    def _feed(self, token: bytes) -> None:
        self._end_run()
        text = join(self._pieces)
        if len(self._lines) >= MOST_LINES:
            self._truncated = True
        elif text:
            line = Line(text[:LONGEST_LINE], self._line_large, self._line_bold)
            if self._places is None:
                self._lines.append(line)
            else:
                self._places.add(min(piece.start for piece in self._pieces), line)
            self._truncated |= len(text) > LONGEST_LINE
        if self._places is not None and token:
            self._places.feed()
        self._pieces, self._at = [], 0
        self._line_large = self._line_bold = False

    # ---- commands: style

    def _reset(self, token: bytes) -> None:
        self._bold = False
        self._font = 0
        self._width = self._height = 1
        self._tabs: tuple[int, ...] = ()

    def _print_mode(self, token: bytes) -> None:
        """ESC ! n."""
        mode = _argument(token, 2)
        self._font, self._bold = mode & 1, bool(mode & 8)
        self._height, self._width = 1 + bool(mode & 0x10), 1 + bool(mode & 0x20)

    def _size(self, token: bytes) -> None:
        """GS ! n: width in the high, height in the low half byte."""
        self._width, self._height = 1 + (_argument(token, 2) >> 4 & 7), 1 + (_argument(token, 2) & 7)

    def _two_byte_mode(self, token: bytes) -> None:
        """FS ! n, FS W n: size of two-byte characters, taken for the size of all."""
        large = _argument(token, 2) & 1 if token[1:2] == b"W" else _argument(token, 2) & 4
        self._width = 2 if large else 1
        self._height = 2 if (large if token[1:2] == b"W" else _argument(token, 2) & 8) else 1

    def _emphasis(self, token: bytes) -> None:
        self._bold = bool(_argument(token, 2) & 1)

    def _choose_font(self, token: bytes) -> None:
        self._font = _argument(token, 2) & 1

    def _star_bold(self, token: bytes) -> None:
        self._bold = token[1:2] == b"E"

    def _star_width(self, token: bytes) -> None:
        self._width = 1 + _argument(token, 2) % 48 % 6

    def _star_height(self, token: bytes) -> None:
        self._height = 1 + _argument(token, 2) % 48 % 6

    def _star_size(self, token: bytes) -> None:
        """ESC i n1 n2: height, width."""
        self._height, self._width = 1 + _argument(token, 2) % 48 % 6, 1 + _argument(token, 3) % 48 % 6

    # ---- commands: position

    def _tab(self, token: bytes) -> None:
        column = self._at // FONT_DOTS[0]
        following = (stop for stop in self._tabs if stop > column)
        stop = next(following, column // TAB_COLUMNS * TAB_COLUMNS + TAB_COLUMNS)
        self._at = stop * FONT_DOTS[0]

    def _set_tabs(self, token: bytes) -> None:
        self._tabs = tuple(token[2:-1])

    def _go_to(self, token: bytes) -> None:
        """ESC $ nL nH, in Star ESC GS A nL nH: dots from the left margin."""
        self._at = int.from_bytes(token[-2:], "little")

    def _move(self, token: bytes) -> None:
        """ESC \\ nL nH, in Star ESC GS R nL nH: dots from here, signed."""
        self._at = max(0, self._at + int.from_bytes(token[-2:], "little", signed=True))

    # ---- commands: page mode

    def _begin_page(self, token: bytes) -> None:
        """ESC L."""
        self._places = self._places or Places()

    def _place(self, token: bytes) -> None:
        """ESC W, ESC T, GS $, GS \\: the next text stands elsewhere on the page."""
        if self._places is not None:
            at = self._at
            self._feed(b"")
            self._at = at if token[:1] == b"\x1d" else 0
            self._places.go(token)

    def _print_page(self) -> None:
        places, self._places = self._places, None
        self._lines += places.lines()[: MOST_LINES - len(self._lines)] if places is not None else []

    def _forget_page(self, token: bytes) -> None:
        """CAN; ESC S leaves page mode without printing."""
        if self._places is not None:
            self._places, self._pieces, self._run = Places() if token == b"\x18" else None, [], []

    # ---- commands: what is not text

    def _picture(self, token: bytes) -> None:
        self._pictures += self._selected

    def _select_device(self, token: bytes) -> None:
        self._selected = bool(_argument(token, 2) & 1)

    def _macro(self, token: bytes) -> None:
        self._recording = not self._recording

    def _star_raster(self, token: bytes) -> None:
        if token[2:4] in (b"rA", b"rB"):
            self._raster = token[3:4] == b"A"
            self._pictures += self._raster


def _argument(token: bytes, at: int) -> int:
    """An argument byte; 0 where a vendor's form of the command has none."""
    return token[at] if at < len(token) else 0


_Act = Callable[[_Typesetter, bytes], None]
_ACTS: Final[Mapping[str, Mapping[bytes, _Act]]] = {
    "escpos": {
        b"\x1b@": _Typesetter._reset,
        b"\x1b!": _Typesetter._print_mode,
        b"\x1d!": _Typesetter._size,
        b"\x1c!": _Typesetter._two_byte_mode,
        b"\x1cW": _Typesetter._two_byte_mode,
        b"\x1bE": _Typesetter._emphasis,
        b"\x1bG": _Typesetter._emphasis,
        b"\x1bM": _Typesetter._choose_font,
        b"\t": _Typesetter._tab,
        b"\x1bD": _Typesetter._set_tabs,
        b"\x1b$": _Typesetter._go_to,
        b"\x1b\\": _Typesetter._move,
        b"\x1b*": _Typesetter._picture,
        b"\x1dv": _Typesetter._picture,
        b"\x1d(L": _Typesetter._picture,
        b"\x1d8": _Typesetter._picture,
        b"\x1d/": _Typesetter._picture,
        b"\x1cp": _Typesetter._picture,
        b"\x1b=": _Typesetter._select_device,
        b"\x1d:": _Typesetter._macro,
        b"\x1bL": _Typesetter._begin_page,
        b"\x1bW": _Typesetter._place,
        b"\x1bT": _Typesetter._place,
        b"\x1d$": _Typesetter._place,
        b"\x1d\\": _Typesetter._place,
        b"\x18": _Typesetter._forget_page,
        b"\x1bS": _Typesetter._forget_page,
    },
    "star": {
        b"\x1b@": _Typesetter._reset,
        b"\x1bE": _Typesetter._star_bold,
        b"\x1bF": _Typesetter._star_bold,
        b"\x1bW": _Typesetter._star_width,
        b"\x1bh": _Typesetter._star_height,
        b"\x1bi": _Typesetter._star_size,
        b"\t": _Typesetter._tab,
        b"\x1bD": _Typesetter._set_tabs,
        b"\x1b\x1dA": _Typesetter._go_to,
        b"\x1b\x1dR": _Typesetter._move,
        b"\x1b*": _Typesetter._star_raster,
        b"\x1bK": _Typesetter._picture,
        b"\x1bL": _Typesetter._picture,
        b"\x1bX": _Typesetter._picture,
        b"\x1bk": _Typesetter._picture,
        b"\x1b\x1dS": _Typesetter._picture,
        b"\x1b\x1cp": _Typesetter._picture,
    },
}

_FEEDS: Final[Mapping[str, frozenset[bytes]]] = {
    "escpos": frozenset({
        b"\n", b"\x0c", b"\x1bJ", b"\x1bd", b"\x1bK", b"\x1be", b"\x1dV", b"\x1bi", b"\x1bm", b"\x1d\x0c",
        b"\x1b\x0c",
    }),
    "star": frozenset({b"\n", b"\x0b", b"\x0c", b"\x1ba", b"\x1bI", b"\x1bJ", b"\x1bd", b"\x1b\x0b"}),
}  # fmt: skip
