"""The page that a technician prints to see what a printer can: its line, characters, codes, cutter and drawer.

Rules of this file:
- Nothing in it outlasts it: no reset, no question, no download. So a running lane may print it (docs/control.md).
- Words are in the technician's language where the printer has its characters, else in English.
- Its codes are samples (`replaying.SAMPLE`) in the size and form of a claim's.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from receiptbridge.claim import qr
from receiptbridge.claim.bitmap import from_matrix
from receiptbridge.claim.pictures import LF, encode, forms
from receiptbridge.claim.printed_qr import native_symbol
from receiptbridge.claim.token import spell
from receiptbridge.claim.voices import columns
from receiptbridge.escpos.charsets import TWO_BYTE_CODECS
from receiptbridge.escpos.grammar import Grammar
from receiptbridge.profiles.model import PrinterProfile
from receiptbridge.upkeep.replaying import SAMPLE, SAMPLE_PREFIX
from receiptbridge.words import N_, _

MODULE_DOTS: Final = (4, 5, 6)
"""The least that old telephones read, what 58 mm paper has, and what 80 mm paper has."""

CAMERAS: Final = (("WeChat", "Alipay"), ("iOS", "Android"))
RULER_MM: Final = 40.0
"""Farther than that no cutter is from the print line."""

LETTER_DOTS: Final = 24
"""The height of font A."""

LETTERS: Final = 24
"""Of each character table so many letters are shown, where the line is wide enough."""

_NAME_COLUMNS: Final = 15
_TWO_BYTE_SAMPLE: Final = {
    "gb18030": "会员积分 扫码",
    "big5": "會員點數 掃碼",
    "shift_jis": "会員ポイント",
    "cp949": "회원 포인트",
}


@dataclass(frozen=True, slots=True)
class Commands:
    """What differs between the dialects."""

    left: bytes
    centre: bytes
    code_page: bytes
    cut: bytes
    drawer: bytes


COMMANDS: Final = {
    "escpos": Commands(b"\x1ba\x00", b"\x1ba\x01", b"\x1bt", b"\x1dV\x01", b"\x1bp\x00\x19\xfa"),
    "star": Commands(b"\x1b\x1da\x00", b"\x1b\x1da\x01", b"\x1b\x1dt", b"\x1bd\x01", b"\x07"),
}
RESET: Final = b"\x1b@"
"""Before a page that no lane prints: what the printer was set to before is nobody's any more."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be printed. `about`: names and values, such as versions and the line's parameters."""

    about: Sequence[tuple[str, str]]
    claim_prefix: str = SAMPLE_PREFIX
    drawer: bool = False
    native_symbols: bool = True
    module_dots: tuple[int, ...] = MODULE_DOTS

    def with_pictures(self) -> Asked:
        """The same with codes as pictures only."""
        return replace(self, native_symbols=False)


def render(asked: Asked, printer: PrinterProfile, grammar: Grammar, most: int | None = None) -> bytes:
    """All bytes of the page, from a line's start to a line's start.

    `most`: what a lane prints on a slow line at a time; codes are left out until the page keeps to it, and said so.
    """
    page = b""
    for left in range(len(MODULE_DOTS), -1, -1):
        page = b"".join(_Page(replace(asked, module_dots=MODULE_DOTS[:left]), printer, grammar).parts())
        if most is None or len(page) <= most:
            break
    return page


@dataclass(frozen=True, slots=True)
class _Page:
    asked: Asked
    printer: PrinterProfile
    grammar: Grammar

    def parts(self) -> Iterator[bytes]:
        yield self.two_byte(True)
        yield self.rule() + self.say(N_("RECEIPTBRIDGE SELF-TEST")) + self.rule()
        for name, value in self.asked.about:
            yield self.text(f"{_(name)}: {value}", f"{name}: {value}")
        yield self.section(N_("1 Width: this ends at the right edge"))
        yield self.ruler()
        yield self.section(N_("2 Characters"))
        yield from self.characters()
        yield self.section(N_("3 Codes: tick what reads them"))
        yield from self.symbols()
        if self.printer.cutter:
            yield from self.cutter()
        if self.asked.drawer:
            yield self.section(N_("5 Drawer: it opens now")) + self.commands.drawer
        yield self.say(N_("End of the self-test")) + self.past_the_cutter() + self.cut()
        yield self.two_byte(False)

    # ---- words

    @property
    def commands(self) -> Commands:
        return COMMANDS[self.grammar.dialect]

    @property
    def codec(self) -> str:
        """Of words; code pages are shown further below."""
        two_byte = TWO_BYTE_CODECS.get(self.printer.two_byte)
        return two_byte if two_byte and (self.has_modes or self.printer.two_byte_on) else "ascii"

    @property
    def has_modes(self) -> bool:
        """Whether two-byte mode can be switched."""
        return self.grammar.dialect == "escpos" and self.printer.two_byte != "none"

    def two_byte(self, begin: bool) -> bytes:
        """Two-byte mode for the page, and behind it the mode that the printer powers on with."""
        if not self.has_modes:
            return b""
        return b"\x1c&" if begin or self.printer.two_byte_on else b"\x1c."

    def say(self, source: str, **facts: object) -> bytes:
        return self.text(_(source).format(**facts), source.format(**facts))

    def text(self, translated: str, source: str) -> bytes:
        """A paragraph, broken at the line's width; in English where the printer lacks a character."""
        try:
            translated.encode(self.codec)
        except UnicodeEncodeError:
            translated = source
        lines = _wrapped(translated, self.printer.columns)
        return b"".join(line.encode(self.codec, "replace") + LF for line in lines)

    def section(self, title: str) -> bytes:
        return LF + self.rule() + self.say(title)

    def rule(self) -> bytes:
        return b"-" * self.printer.columns + LF

    def ruler(self) -> bytes:
        """A digit for each ten columns, a point for each other."""
        marks = (str(at // 10 % 10) if at % 10 == 0 else "." for at in range(1, self.printer.columns + 1))
        return "".join(marks).encode() + LF

    # ---- character tables

    def characters(self) -> Iterator[bytes]:
        if (sample := _TWO_BYTE_SAMPLE.get(self.printer.two_byte)) and self.codec != "ascii":
            yield self.text(f"{self.printer.two_byte}: {sample}", f"{self.printer.two_byte}")
        if self.printer.two_byte_on and not self.has_modes:
            yield self.say(N_("It has two-byte characters in place of character tables."))
            return
        yield b"\x1c." if self.has_modes else b""
        for number, row in self.tables():
            label = f"{number:>3} {row['name']:<10.10} ".encode("ascii", "replace")
            shown = _letters(row["codec"], min(LETTERS, self.printer.columns - _NAME_COLUMNS))
            yield self.commands.code_page + bytes([number]) + label + shown + LF
        yield self.commands.code_page + bytes([self.printer.default_code_page])
        yield b"\x1c&" if self.has_modes else b""

    def tables(self) -> list[tuple[int, Mapping[str, Any]]]:
        pages = self.grammar.tables["codepages"].get(self.printer.code_page_table, {})
        return sorted(
            (int(number), row) for number, row in pages.items() if number.isdigit() and int(number) < 256
        )

    # ---- codes

    def symbols(self) -> Iterator[bytes]:
        text = self.asked.claim_prefix + spell(SAMPLE)
        side = qr.modules_per_side(text)
        if self.printer.print_head == "impact" or not (forms(self.printer) or self.native):
            yield self.say(N_("This printer prints none: the block has the typed code only."))
            return
        for dots in MODULE_DOTS:
            if dots not in self.asked.module_dots:
                yield self.say(N_("{dots} dots a module take too long on this line."), dots=dots)
                continue
            if (side + 2 * qr.QUIET_ZONE) * dots > self.printer.dots_per_line:
                yield self.say(N_("{dots} dots a module do not fit this paper."), dots=dots)
                continue
            yield LF + self.commands.centre + self.symbol(text, dots) + LF + self.commands.left
            millimetres = side * dots * 25.4 / self.printer.dpi
            yield self.say(N_("{dots} dots a module, {mm:.0f} mm:"), dots=dots, mm=millimetres)
            for cameras in CAMERAS:
                yield "".join(f"[  ] {camera:<9}" for camera in cameras).rstrip().encode() + LF

    @property
    def native(self) -> bool:
        return self.printer.native_qr and self.asked.native_symbols

    def symbol(self, text: str, dots: int) -> bytes:
        if self.native:
            return native_symbol(text, dots, star=self.printer.dialect != "escpos")
        form = forms(self.printer)[0]
        times = 2 if form.doubles and dots % 2 == 0 else 1
        return encode(
            form, from_matrix(qr.symbol(text)).enlarged(dots // times), self.printer.dots_per_line, times
        )

    # ---- cutter

    def cutter(self) -> Iterator[bytes]:
        """Lines that say how far above the print line their lower edge is when the cut comes, which feeds nothing:
        of the last whole one that is the most that the cutter can be away."""
        spacing, height = self.printer.line_spacing_mm, LETTER_DOTS * 25.4 / self.printer.dpi
        yield self.section(N_("4 Cutter: it is no farther from the print line than the last whole line says"))
        yield self.say(N_("The profile says {mm:.1f} mm."), mm=self.printer.head_to_cutter_mm)
        for lines in range(math.ceil(RULER_MM / spacing), -1, -1):
            yield f"{(lines + 1) * spacing - height:5.1f} mm ".encode().ljust(self.printer.columns, b"_") + LF
        yield self.cut()
        yield self.say(N_("(the ruler's rest)"))

    def cut(self) -> bytes:
        return self.commands.cut if self.printer.cutter else b""

    def past_the_cutter(self) -> bytes:
        return LF * math.ceil(self.printer.head_to_cutter_mm / self.printer.line_spacing_mm)


def _letters(codec: str, most: int) -> bytes:
    """Letters of a one-byte table, from all over it; of an unknown one its upper half."""
    upper = bytes(range(0xA0, 0x100))
    known = bytes(
        byte for byte in range(0x80, 0x100) if codec and bytes([byte]).decode(codec, "ignore").isalpha()
    )
    shown = known or upper
    return shown[:: max(1, -(-len(shown) // most))][:most]


def _wrapped(text: str, most: int) -> Iterator[str]:
    """Lines of at most so many columns, broken at blanks where there are some."""
    line = ""
    for word in _words(text, most):
        if line and columns(line + word.rstrip()) > most:
            yield line.rstrip()
            line = ""
        line += word
    yield line.rstrip()


def _words(text: str, most: int) -> Iterator[str]:
    """Words with the blank behind them; of what has wide characters, or is longer than a line, each character."""
    for word in text.split(" "):
        if columns(word) > most or columns(word) != len(word):
            yield from word[:-1]
            word = word[-1:]
        yield f"{word} "
