"""Characters to bytes, as registers choose them: what they select, and what they lose on the way."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Final

SELECT: Final[Mapping[str, tuple[bytes, ...]]] = {
    "gb18030": (b"\x1c&", b"", b"\x1bR\x0f\x1c&"),
    "cp932": (b"\x1bR\x08\x1cC\x01", b"\x1c&\x1cC\x01", b""),
    "cp949": (b"\x1bR\x0d\x1c&", b"\x1c&", b""),
    "cp437": (b"\x1bt\x00", b""),
    "cp850": (b"\x1bt\x02",),
    "cp858": (b"\x1bt\x13",),
    "cp860": (b"\x1bt\x03",),
    "cp1252": (b"\x1bt\x10",),
    "cp866": (b"\x1bt\x11",),
    "cp1251": (b"\x1bt\x2e",),
    "cp874": (b"\x1bt\x15",),
    "cp1258": (b"\x1bt\x34",),
    "cp1256": (b"\x1bt\x32",),
    "utf-8": (b"", b"\x1c(C\x02\x00\x30\x32"),
    "ascii": (b"",),
}
"""Codec -> the ways in which a register selects it, or relies on the printer's own setting."""

_YEN_OF_SHIFT_JIS: Final = {"¥": "\\", "‾": "~"}
_WITHOUT_ACCENT: Final = {
    "đ": "d", "Đ": "D", "ß": "ss", "€": "EUR", "£": "GBP", "₫": "d", "ł": "l", "’": "'", "º": "o", "ª": "a",
    "°": "o", "¿": "", "¡": "", "₹": "Rs.", "฿": "B", "–": "-",
}  # fmt: skip
_TONES: Final = "\u0300\u0301\u0303\u0309\u0323"


def encode(text: str, codec: str) -> bytes:
    """The bytes of `text`. ValueError where the codec lacks a character: a template's mistake."""
    if codec == "ascii":
        return strip_accents(text).encode("ascii")
    if codec == "cp932":
        text = "".join(_YEN_OF_SHIFT_JIS.get(char, char) for char in text)
    if codec == "cp1258":
        return b"".join(_vietnamese(char) for char in text)
    return text.encode(codec)


def strip_accents(text: str) -> str:
    """As tills print that have only the letters of their keyboard."""
    plain = "".join(_WITHOUT_ACCENT.get(char, char) for char in text)
    return "".join(c for c in unicodedata.normalize("NFD", plain) if not unicodedata.combining(c))


def _vietnamese(char: str) -> bytes:
    """Windows' page has the vowels; the tone follows as a character of its own."""
    try:
        return char.encode("cp1258")
    except UnicodeEncodeError:
        marks = unicodedata.normalize("NFD", char)
        tone = next(mark for mark in marks if mark in _TONES)
        return unicodedata.normalize("NFC", marks.replace(tone, "")).encode("cp1258") + tone.encode("cp1258")


def width(text: str) -> int:
    """Columns that `text` takes on paper."""
    return sum(
        0 if unicodedata.category(char) == "Mn" else 2 if unicodedata.east_asian_width(char) in "WF" else 1
        for char in text
    )
