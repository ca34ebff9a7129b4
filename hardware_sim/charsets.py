"""Bytes to characters: code pages, the twelve national characters, and two-byte character sets."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from .settings import Settings

# ESC t n, as Epson numbers the pages. Pages for which Python has no codec stand under their nearest kin.
_EPSON = {
    0: "cp437", 1: "katakana", 2: "cp850", 3: "cp860", 4: "cp863", 5: "cp865", 11: "cp850", 12: "cp857",
    13: "cp857", 14: "cp737", 15: "iso8859_7", 16: "cp1252", 17: "cp866", 18: "cp852", 19: "cp858",
    20: "cp874", 21: "cp874", 22: "cp874", 23: "cp874", 24: "cp874", 25: "cp874", 26: "cp874", 30: "cp1258",
    31: "cp1258", 32: "cp720", 33: "cp775", 34: "cp855", 35: "cp861", 36: "cp862", 37: "cp864", 38: "cp869",
    39: "iso8859_2", 40: "iso8859_15", 41: "cp1256", 42: "cp775", 43: "cp775", 44: "cp1125", 45: "cp1250",
    46: "cp1251", 47: "cp1253", 48: "cp1254", 49: "cp1255", 50: "cp1256", 51: "cp1257", 52: "cp1258",
    53: "kz1048", 255: "cp874",
}  # fmt: skip
# ESC GS t n, as Star numbers them.
_STAR = {
    0: "cp437", 1: "cp437", 2: "katakana", 3: "cp437", 4: "cp858", 5: "cp852", 6: "cp860", 7: "cp861",
    8: "cp863", 9: "cp865", 10: "cp866", 11: "cp855", 12: "cp857", 13: "cp862", 14: "cp864", 15: "cp737",
    16: "cp869", 17: "cp869", 18: "cp857", 19: "cp874", 20: "cp874", 21: "cp874", 32: "cp1252",
    33: "cp1250", 34: "cp1251", 64: "cp437", 96: "cp874", 97: "cp874", 98: "cp874", 99: "cp874",
    100: "cp874", 101: "cp874", 102: "cp874",
}  # fmt: skip
TABLES = {"epson": _EPSON, "star": _STAR}

# ESC R n: what stands in the places of # $ @ [ \ ] ^ ` { | } ~
_NATIONAL_PLACES = "#$@[\\]^`{|}~"
_NATIONAL = (
    "#$@[\\]^`{|}~", "#$à°ç§^`éùè¨", "#$§ÄÖÜ^`äöüß", "£$@[\\]^`{|}~", "#$@ÆØÅ^`æøå~", "#¤ÉÄÖÅÜéäöåü",
    "#$@°\\é^ùàòèì", "₧$@¡Ñ¿^`¨ñ}~", "#$@[¥]^`{|}~", "#¤ÉÆØÅÜéæøåü", "#$ÉÆØÅÜéæøåü", "#$á¡Ñ¿é`íñóú",
    "#$áéíóú`üñÑ¡"[:12], "#$@[₩]^`{|}~", "#$ŽŠĐĆČžšđćč", "#¥@[\\]^`{|}~",
)  # fmt: skip
_NO_GLYPH = "\0"


class Glyph(NamedTuple):
    """One printed character: its text (a base character and the marks that sit on it) and which font set."""

    text: str
    two_byte: bool


class _Charset(NamedTuple):
    codec: str
    leads: range
    trails: range


_TWO_BYTE = {
    "gb18030": _Charset("gb18030", range(0x81, 0xFF), range(0x40, 0xFF)),
    "big5": _Charset("big5hkscs", range(0x81, 0xFF), range(0x40, 0xFF)),
    "cp949": _Charset("cp949", range(0x81, 0xFF), range(0x41, 0xFF)),
    "shift_jis": _Charset("cp932", range(0x81, 0xFD), range(0x40, 0xFD)),
}
_HALF_WIDTH_KATAKANA = range(0xA0, 0xE0)
_DIGITS = range(0x30, 0x3A)


@lru_cache(maxsize=256)
def single_bytes(codec: str, national: int) -> tuple[str, ...]:
    """The character of each of the 256 bytes in a code page under a national character set."""
    upper = "cp932" if codec == "katakana" else codec
    chars = [chr(byte) for byte in range(128)]
    chars += [bytes([byte]).decode(upper, "replace") for byte in range(128, 256)]
    if codec == "katakana":
        chars[128:160] = chars[224:256] = ["\ufffd"] * 32
    replacements = _NATIONAL[national] if national < len(_NATIONAL) else _NATIONAL_PLACES
    for place, char in zip(_NATIONAL_PLACES, replacements, strict=True):
        chars[ord(place)] = char
    return tuple(_NO_GLYPH if char == "\ufffd" else char for char in chars)


class Decoder:
    """Turns runs of text into glyphs. A character cut in two by a read waits for its second half."""

    def __init__(self, table: str) -> None:
        self._pages = TABLES[table]
        self._kept = b""

    def drop(self) -> None:
        self._kept = b""

    def finish(self, settings: Settings) -> Iterator[Glyph]:
        """A command has come: half a character that still waits is printed by the code page."""
        kept, self._kept = self._kept, b""
        chars = self._chars(settings)
        for byte in kept:
            yield Glyph(chars[byte], False)

    def decode(self, data: bytes, settings: Settings) -> Iterator[Glyph]:
        data, self._kept = self._kept + data, b""
        if settings.utf8:
            yield from self._utf8(data)
            return
        chars = self._chars(settings)
        charset = _TWO_BYTE[settings.multibyte] if settings.two_byte and settings.multibyte else None
        at = 0
        while at < len(data):
            length = 1 if charset is None else _length(data, at, charset, settings.multibyte)
            if length == 0:
                self._kept = data[at:]
                return
            if length == 1:
                yield Glyph(chars[data[at]], False)
            elif charset:
                yield Glyph(data[at : at + length].decode(charset.codec, "replace")[:1], True)
            at += length

    def _chars(self, settings: Settings) -> tuple[str, ...]:
        if settings.two_byte and settings.multibyte == "shift_jis":
            return single_bytes("katakana", settings.international)
        return single_bytes(self._pages.get(settings.code_page, "cp437"), settings.international)

    def _utf8(self, data: bytes) -> Iterator[Glyph]:
        end = _whole_utf8(data)
        self._kept = data[end:]
        for char in data[:end].decode("utf-8", "replace"):
            wide = unicodedata.east_asian_width(char) in "WF"
            yield Glyph(_NO_GLYPH if char == "\ufffd" else char, wide)


def _length(data: bytes, at: int, charset: _Charset, name: str | None) -> int:
    """How many bytes the character at that place takes; 0 while its second byte has not come."""
    lead = data[at]
    if lead not in charset.leads or (name == "shift_jis" and lead in _HALF_WIDTH_KATAKANA):
        return 1
    if at + 1 == len(data):
        return 0
    if name == "gb18030" and data[at + 1] in _DIGITS:
        if at + 4 > len(data):
            return 0
        return 4 if data[at + 2] in charset.leads and data[at + 3] in _DIGITS else 1
    return 2 if data[at + 1] in charset.trails else 1


def _whole_utf8(data: bytes) -> int:
    """How many of the bytes are whole characters: a last one that has only begun is left out."""
    for back in range(1, min(3, len(data)) + 1):
        byte = data[-back]
        if byte >= 0xC0:
            need = 2 if byte < 0xE0 else 3 if byte < 0xF0 else 4
            return len(data) - back if need > back else len(data)
        if byte < 0x80:
            break
    return len(data)
