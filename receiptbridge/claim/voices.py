"""How words reach a printer: as characters that it has, or as a picture of them.

A language goes out in the printer's two-byte charset, else in a code page that has all its letters; where there
is none, or the printer could not be put back from it, as a picture. English in ASCII stands behind both: every
printer has it, and it takes fewer bytes than a picture.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, Literal, Protocol
from unicodedata import east_asian_width

from receiptbridge.claim.lettering import LINE_DOTS, lettered, lettered_lines
from receiptbridge.claim.pictures import LF, Form, encode, forms
from receiptbridge.claim.texts import FALLBACK, TEXTS, Language
from receiptbridge.claim.wordings.model import Texts
from receiptbridge.escpos.charsets import TWO_BYTE_CODECS
from receiptbridge.escpos.fields import Value
from receiptbridge.profiles.model import PrinterProfile

_SHIFT_JIS: Final = 1
"""FS C 1: the code system of two-byte characters, where a printer has several."""


class Voice(Protocol):
    """One way to say the block's lines on one printer."""

    @property
    def texts(self) -> Texts: ...
    @property
    def wanted(self) -> Mapping[str, Value]:
        """State fields that the printer must have for it, beside the plain ones."""

    @property
    def characters(self) -> bool:
        """Whether the printer's own characters are used: nothing is smaller than these."""

    @property
    def room(self) -> int:
        """The width of a line, in what `width` counts."""

    def width(self, line: str) -> int: ...
    def printed(self, lines: tuple[str, ...]) -> bytes:
        """The lines, each centred by the printer or in the picture."""

    def millimetres(self, lines: tuple[str, ...]) -> float: ...


@dataclass(frozen=True, slots=True)
class TextVoice:
    """Characters of the printer's own, in font A."""

    texts: Texts
    codec: str
    wanted: Mapping[str, Value]
    room: int  # columns
    line_mm: float
    characters: Literal[True] = True

    def width(self, line: str) -> int:
        return columns(line)

    def printed(self, lines: tuple[str, ...]) -> bytes:
        return b"".join(line.encode(self.codec, "replace") + LF for line in lines)

    def millimetres(self, lines: tuple[str, ...]) -> float:
        return len(lines) * self.line_mm


@dataclass(frozen=True, slots=True)
class PictureVoice:
    """Drawn characters, one picture for lines that follow each other."""

    texts: Texts
    language: Language
    form: Form
    room: int  # dots
    dpi: int
    wanted: Mapping[str, Value]
    characters: Literal[False] = False

    def width(self, line: str) -> int:
        drawn = lettered(line, self.language)
        return drawn.width if drawn else self.room + 1

    def printed(self, lines: tuple[str, ...]) -> bytes:
        drawn = lettered_lines(lines, self.language)
        return encode(self.form, drawn, self.room) if drawn else b""

    def millimetres(self, lines: tuple[str, ...]) -> float:
        dots = -(-len(lines) * LINE_DOTS // self.form.step) * self.form.step
        return dots * 25.4 / self.dpi


def voices(language: Language, printer: PrinterProfile, pages: Mapping[str, Any]) -> Iterator[Voice]:
    """The ways to speak a language on a printer, best first; the last, English, every printer has.

    `pages`: the printer's code pages, a [codepages.*] table of the grammar.
    """
    if (spoken := _in_characters(language, printer, pages)) is not None:
        yield spoken
    for form in forms(printer)[:1]:
        yield PictureVoice(TEXTS[language], language, form, printer.dots_per_line, printer.dpi, {})
    yield _text_voice(FALLBACK, printer, "ascii", {})


def columns(text: str) -> int:
    """Columns of font A: a two-byte character is two wide."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


def _in_characters(language: Language, printer: PrinterProfile, pages: Mapping[str, Any]) -> TextVoice | None:
    texts = TEXTS[language]
    if texts.two_byte != "none" and texts.two_byte == printer.two_byte:
        wanted = _two_byte_wanted(printer)
        return (
            None
            if wanted is None
            else _text_voice(language, printer, TWO_BYTE_CODECS[texts.two_byte], wanted)
        )
    if _encodable(language, "ascii"):
        return _text_voice(language, printer, "ascii", {})
    if texts.only_as_picture or texts.two_byte != "none" or _halves_high_bytes(printer):
        return None
    for number in sorted(map(int, filter(str.isdigit, pages))):
        codec = pages[str(number)]["codec"]
        if codec and _encodable(language, codec):
            return _text_voice(language, printer, codec, {"code_page": number, "kanji_mode": 0})
    return None


def _two_byte_wanted(printer: PrinterProfile) -> dict[str, Value] | None:
    """The fields under which a printer takes two-byte characters; None where nothing brings it there."""
    if printer.dialect != "escpos":  # ESC p is the mode of seven-bit JIS, and no bracket sets another
        return {"kanji_mode": 0} if printer.two_byte_on else None
    code = {"kanji_code": _SHIFT_JIS} if printer.two_byte == "shift_jis" else {}
    return {"kanji_mode": 1, "kanji_font": "A", "kanji_spacing": (0, 0), **code}


def _halves_high_bytes(printer: PrinterProfile) -> bool:
    """Whether high bytes are halves of two-byte characters for good, so that no code page is seen."""
    return printer.dialect != "escpos" and printer.two_byte_on


def _text_voice(
    language: Language, printer: PrinterProfile, codec: str, wanted: Mapping[str, Value]
) -> TextVoice:
    return TextVoice(TEXTS[language], codec, wanted, printer.columns, printer.line_spacing_mm)


@cache
def _encodable(language: Language, codec: str) -> bool:
    """Whether a charset has all letters of a language's texts."""
    try:
        "".join(TEXTS[language].phrases()).encode(codec)
    except UnicodeEncodeError:
        return False
    return True
