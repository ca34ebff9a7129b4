"""The block: what is printed below a receipt, between its last line and its cut.

    --------------- 会员积分 ---------------
             本单 63.67 元  积 6 分
                     [ QR ]
         扫码入会领取，2026-11-29 前有效
      m.example.com 手工输入 D96X-P8X5-6S

Rules of this room:
- The block starts at a line's start and ends at one, and changes no state that it does not put back.
- Paper moves by LF at the default spacing only: it is the one feed that means the same in every motion unit.
- Text goes out in GB18030 where the printer has those characters, else in ASCII English.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from unicodedata import east_asian_width
from urllib.parse import urlsplit

from receiptbridge.claim.printed_qr import LF, PrintedSymbol, printed_symbol
from receiptbridge.claim.texts import TEXTS, Language, Texts, Wordings
from receiptbridge.escpos.fields import Value
from receiptbridge.escpos.restore import CannotRestore, bracket, put_back_qr
from receiptbridge.escpos.state import PrinterState
from receiptbridge.money import format_minor
from receiptbridge.profiles.model import PrinterProfile

BLANK_LINES_AROUND_SYMBOL: Final = 1
"""One line of at least 3.75 mm is more than the quiet zone of 4 modules at 6 dots (3 mm at 203 dpi)."""

# As after power-on, but centred on the whole width: whatever else the register chose would change how wide the
# block's lines are, or which characters they are.
_PLAIN: Final[dict[str, Value]] = {
    "upside_down": 0,
    "rotate90": 0,
    "reverse": 0,
    "color": 0,
    "right_spacing": 0,
    "user_chars_on": 0,
    "encoding": 1,
    "line_spacing": "default",
    "left_margin": 0,
    "print_width": "full",
    "justify": 1,
}
_PLAIN_KANJI: Final[dict[str, Value]] = {"kanji_mode": 1, "kanji_font": "A", "kanji_spacing": (0, 0)}

# Font, weight, size and underline are set by commands that overlap, and by which of them two-byte characters
# are meant differs between makers (ESC ! on some clones, GS ! everywhere). Whichever way it is, the last of
# each kind, said again in their order to characters made plain, give what they gave before.
_STYLE_COMMANDS: Final = (
    b"\x1b!", b"\x1bM", b"\x1bE", b"\x1bG", b"\x1b-", b"\x1d!", b"\x1c!", b"\x1cW", b"\x1c-"
)  # fmt: skip
_PLAIN_STYLE: Final = b"\x1b!\x00\x1bG\x00\x1d!\x00"
_PLAIN_KANJI_STYLE: Final = b"\x1c!\x00"


@dataclass(frozen=True, slots=True)
class BlockContent:
    """What the block says. `amount` in minor units; `valid_until` an ISO date, None for "within 7 days"."""

    language: Language
    amount: int
    currency: str
    points: int
    url: str
    typed_code: str
    valid_until: str | None


@dataclass(frozen=True, slots=True)
class _Layout:
    """The block from top to bottom; without a symbol everything is `above` it."""

    charset: str
    above: list[str]
    symbol: PrintedSymbol | None
    below: list[str]
    feed: int  # lines that bring the last of it past the cutter


def render_block(
    content: BlockContent,
    printer: PrinterProfile,
    state: PrinterState,
    *,
    cut_feeds: bool,
    max_bytes: int | None = None,
) -> bytes:
    """All bytes of the block, from a line's start to a line's start, the printer's state put back at the end.

    `cut_feeds`: the cut behind it brings the paper to the cutter by itself (GS V 65, 66), so the block does
    not. `max_bytes` bounds the symbol by what the line carries in time. Raises CannotRestore where the state
    could not be put back.
    """
    if printer.dialect != "escpos":
        raise CannotRestore(f"no block is made in the dialect {printer.dialect} yet")
    store = _store_put_back(state)
    layout = _lay_out(content, printer, store is not None, cut_feeds, max_bytes)
    before, after = bracket(state, _wanted(layout))
    plain, styled = _styles(state, printer)
    if store and layout.symbol and layout.symbol.overwrites_store:
        after += store
    return before + plain + _body(layout) + styled + after


def block_millimetres(
    content: BlockContent, printer: PrinterProfile, *, cut_feeds: bool, max_bytes: int | None = None
) -> float:
    """How much paper the block takes, the feed past the cutter included."""
    layout = _lay_out(content, printer, True, cut_feeds, max_bytes)
    blank, height = (2 * BLANK_LINES_AROUND_SYMBOL, layout.symbol.millimetres) if layout.symbol else (0, 0.0)
    lines = len(layout.above) + len(layout.below) + blank + layout.feed
    return height + lines * printer.line_spacing_mm


def _lay_out(
    content: BlockContent,
    printer: PrinterProfile,
    store_is_free: bool,
    cut_feeds: bool,
    max_bytes: int | None,
) -> _Layout:
    chinese = content.language == "zh" and printer.two_byte == "gb18030"
    texts = TEXTS["zh" if chinese else "en"]
    symbol = printed_symbol(content.url, printer, store_is_free=store_is_free, max_bytes=max_bytes)
    fields = _fields(content, texts)
    head = [_title(texts.title, printer.columns), *_lines(texts.above, fields, printer.columns)]
    tail = list(_lines(texts.below if symbol else texts.without, fields, printer.columns))
    feed = 0 if cut_feeds else math.ceil(printer.head_to_cutter_mm / printer.line_spacing_mm)
    charset = "gb18030" if chinese else "ascii"
    return _Layout(charset, head, symbol, tail, feed)


def _fields(content: BlockContent, texts: Texts) -> dict[str, str]:
    number = format_minor(content.amount, content.currency)
    unit = texts.units.get(content.currency, texts.other_unit)
    until = texts.by_date.format(date=content.valid_until) if content.valid_until else texts.within_days
    return {
        "amount": unit.format(number=number, currency=content.currency),
        "points": texts.points(content.points),
        "until": until,
        "code": content.typed_code,
        "host": urlsplit(content.url).netloc.lower(),
    }


def _title(title: str, columns: int) -> str:
    dashes = max(columns - _width(title) - 2, 0)
    return f"{'-' * (dashes // 2)} {title} {'-' * (dashes - dashes // 2)}"


def _lines(paragraphs: tuple[Wordings, ...], fields: dict[str, str], columns: int) -> Iterator[str]:
    """Each paragraph in its longest wording that fits; the last wording is printed whether it fits or not."""
    for wordings in paragraphs:
        filled = [wording.format(**fields).split("\n") for wording in wordings]
        yield from next((lines for lines in filled if max(map(_width, lines)) <= columns), filled[-1])


def _width(text: str) -> int:
    """Columns of font A: a two-byte character is two wide."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


# ---- bytes --------------------------------------------------------------------------------------------


def _body(layout: _Layout) -> bytes:
    text = b"".join(line.encode(layout.charset) + LF for line in layout.above)
    if layout.symbol:
        blank = LF * BLANK_LINES_AROUND_SYMBOL
        text += blank + layout.symbol.commands + blank
    text += b"".join(line.encode(layout.charset) + LF for line in layout.below)
    return text + LF * layout.feed


def _wanted(layout: _Layout) -> dict[str, Value]:
    return _PLAIN | (_PLAIN_KANJI if layout.charset == "gb18030" else {})


def _styles(state: PrinterState, printer: PrinterProfile) -> tuple[bytes, bytes]:
    """What makes characters plain, and what gives them the register's style again."""
    said = b"".join(command for command in state.prelude() if command[:2] in _STYLE_COMMANDS)
    plain = _PLAIN_STYLE if printer.two_byte == "none" else _PLAIN_STYLE + _PLAIN_KANJI_STYLE
    return (plain, said) if said else (b"", b"")


def _store_put_back(state: PrinterState) -> bytes | None:
    """What puts the printer's symbol store back after a native symbol, None where nothing can.

    The register's stored symbol is stored again, but an empty store cannot be emptied again: a register that
    prints from an empty store would then print the claim's symbol where it printed nothing.
    """
    if state.symbol_printed_unstored:
        return None
    try:
        return put_back_qr(state)
    except CannotRestore:
        return None
