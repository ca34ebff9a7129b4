"""The block: what is printed below a receipt, between its last line and its cut.

    --------------- 会员积分 ---------------
             本单 63.67 元  积 6 分
                     [ QR ]
         扫码入会领取，2026-11-29 前有效
      m.example.com 手工输入 D96X-P8X5-6S

Rules of this room:
- The block starts at a line's start and ends at one, and changes no state that it does not put back.
- Paper moves by LF at the default spacing only: it is the one feed that means the same in every motion unit.
- Where the line is too slow for all of it, the best symbol that fits stays, and the best words that fit beside
  it: a logo goes first, then words sent as a picture, then size and form of the symbol, then the symbol.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from receiptbridge.claim.bitmap import Bitmap
from receiptbridge.claim.layout import BlockContent, Speech, TemplateName, speech, template_of
from receiptbridge.claim.pictures import LF, encode, forms
from receiptbridge.claim.printed_qr import PrintedSymbol, printed_symbols
from receiptbridge.claim.style import plain_and_styled, plain_fields
from receiptbridge.claim.voices import Voice, voices
from receiptbridge.escpos.grammar import Grammar
from receiptbridge.escpos.restore import CannotRestore, bracket, put_back_store
from receiptbridge.escpos.state import PrinterState
from receiptbridge.profiles.model import PrinterProfile

__all__ = ["BlockContent", "BlockStyle", "block_millimetres", "line_budget", "render_block"]

BLOCK_SECONDS: Final = 2.0
"""What the block may add to the time that a line takes for a receipt: longer, and a counter waits for it."""

BITS_A_BYTE: Final = 10
"""On a serial line: start bit, eight of data, stop bit."""

BLANK_LINES_AROUND_SYMBOL: Final = 1
"""One line of at least 3.75 mm is more than the quiet zone of 4 modules at 6 dots (3 mm at 203 dpi)."""

LOGO_ROWS_MOST: Final = 160
"""20 mm of paper at 203 dpi: a logo is a sign above the block, not an advertisement."""


@dataclass(frozen=True, slots=True)
class BlockStyle:
    """How a merchant wants the block: which template, and a logo above it. ValueError for a logo too high."""

    template: TemplateName = "full"
    logo: Bitmap | None = None

    def __post_init__(self) -> None:
        if self.logo is not None and self.logo.height > LOGO_ROWS_MOST:
            raise ValueError(f"a logo has at most {LOGO_ROWS_MOST} rows of dots, this has {self.logo.height}")


def line_budget(baud: int | None, bits_a_byte: int = BITS_A_BYTE) -> int | None:
    """The bytes that a block may have on a serial line of that speed; None (network, USB): no bound."""
    return None if baud is None else int(baud / bits_a_byte * BLOCK_SECONDS)


def render_block(
    content: BlockContent,
    printer: PrinterProfile,
    state: PrinterState,
    *,
    cut_feeds: bool,
    max_bytes: int | None = None,
    style: BlockStyle = BlockStyle(),
) -> bytes:
    """All bytes of the block, from a line's start to a line's start, the printer's state put back at the end.

    `cut_feeds`: the cut behind it brings the paper to the cutter by itself (GS V 65, 66), so the block does
    not. `max_bytes`: what the line carries in the time that a block may take (`line_budget`); only the typed
    code and its short address, in words, may be more. Raises CannotRestore where the state could not be put
    back.
    """
    return _fitting(content, printer, state, cut_feeds, max_bytes, style).commands()


def block_millimetres(
    content: BlockContent,
    printer: PrinterProfile,
    grammar: Grammar,
    *,
    cut_feeds: bool,
    max_bytes: int | None = None,
    style: BlockStyle = BlockStyle(),
) -> float:
    """How much paper the block takes, the feed past the cutter included."""
    state = PrinterState(grammar, printer)
    return _fitting(content, printer, state, cut_feeds, max_bytes, style).millimetres(printer)


@dataclass(frozen=True, slots=True)
class _Frame:
    """What stands before and behind the block's body in one voice: the printer's state, and its putting back."""

    before: bytes
    after: bytes
    store: bytes  # puts the printer's symbol store back


@dataclass(frozen=True, slots=True)
class _Candidate:
    """The block in one of its forms."""

    frame: _Frame
    speech: Speech
    symbol: PrintedSymbol | None
    logo: bytes
    logo_mm: float
    feed: int  # lines that bring the last of it past the cutter

    @property
    def size(self) -> int:
        return len(b"".join(self._around_symbol())) + (self.symbol.size if self.symbol else 0)

    def commands(self) -> bytes:
        above, below = self._around_symbol()
        return above + (self.symbol.commands() if self.symbol else b"") + below

    def _around_symbol(self) -> tuple[bytes, bytes]:
        say = self.speech.voice.printed
        blank = LF * BLANK_LINES_AROUND_SYMBOL if self.symbol else b""
        above = self.frame.before + self.logo + say(self.speech.above) + blank
        said_below = say(self.speech.below) if self.speech.below else b""
        store = self.frame.store if self.symbol and self.symbol.overwrites_store else b""
        return above, blank + said_below + LF * self.feed + self.frame.after + store

    def millimetres(self, printer: PrinterProfile) -> float:
        said = sum(map(self.speech.voice.millimetres, (self.speech.above, self.speech.below)))
        blank, symbol = (2 * BLANK_LINES_AROUND_SYMBOL, self.symbol.millimetres) if self.symbol else (0, 0.0)
        return self.logo_mm + said + symbol + (blank + self.feed) * printer.line_spacing_mm


def _fitting(
    content: BlockContent,
    printer: PrinterProfile,
    state: PrinterState,
    cut_feeds: bool,
    max_bytes: int | None,
    style: BlockStyle,
) -> _Candidate:
    """The best form of the block that keeps to its bytes, else the least."""
    least: _Candidate | None = None
    for candidate in _candidates(content, printer, state, cut_feeds, style):
        least = candidate
        if max_bytes is None or candidate.size <= max_bytes:
            break
    assert least is not None, "every printer prints words"
    return least


def _candidates(
    content: BlockContent, printer: PrinterProfile, state: PrinterState, cut_feeds: bool, style: BlockStyle
) -> Iterator[_Candidate]:
    if printer.dialect == "opaque":
        raise CannotRestore("no block is made for a printer whose dialect is opaque")
    template = template_of(style.template, content)
    store = put_back_store(state)
    spoken = list(_spoken(content, printer, state, store))
    said = {
        symbol: [speech(content, voice, template, symbol=symbol) for voice, _ in spoken]
        for symbol in (True, False)
    }
    logos = list(_logos(style.logo, printer))
    feed = 0 if cut_feeds else math.ceil(printer.head_to_cutter_mm / printer.line_spacing_mm)
    symbols = printed_symbols(
        content.url, printer, store_is_free=store is not None, module_dots=template.module_dots
    )
    for symbol in (*symbols, None):
        for (_, frame), lines in zip(spoken, said[symbol is not None], strict=True):
            for logo, logo_mm in logos:
                yield _Candidate(frame, lines, symbol, logo, logo_mm, feed)


def _logos(logo: Bitmap | None, printer: PrinterProfile) -> Iterator[tuple[bytes, float]]:
    """The logo as commands with the paper that it takes, if the printer can print it, then none."""
    for form in forms(printer)[:1]:
        if logo is not None and logo.width <= printer.dots_per_line:
            height = -(-logo.height // form.step) * form.step
            yield encode(form, logo, printer.dots_per_line), height * 25.4 / printer.dpi
    yield b"", 0.0


def _spoken(
    content: BlockContent, printer: PrinterProfile, state: PrinterState, store: bytes | None
) -> Iterator[tuple[Voice, _Frame]]:
    """The voices from which the printer can be put back, through the first that speaks in characters."""
    pages = state.grammar.tables["codepages"].get(printer.code_page_table, {})
    reason = None
    for voice in voices(content.language, printer, pages):
        try:
            yield voice, _frame(voice, printer, state, store)
        except CannotRestore as refused:
            reason = refused
            continue
        if voice.characters:
            return
    if reason is not None:
        raise reason


def _frame(voice: Voice, printer: PrinterProfile, state: PrinterState, store: bytes | None) -> _Frame:
    before, after = bracket(state, plain_fields(state, printer) | dict(voice.wanted))
    plain, styled = plain_and_styled(state, printer)
    return _Frame(before + plain, styled + after, store or b"")
