"""One spelling for what prints alike: widths, accents, and the blanks that spread a word over the line."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_ACCENTS: Final = re.compile("[\u0300-\u036f\u064b-\u0652\u0640]")
"""Combining accents of Latin and Cyrillic, Arabic vowel signs and tatweel; never Thai vowels or kana voicing."""

_IDEOGRAPH: Final = "[\u3005\u3400-\u9fff\uf900-\ufaff\u3040-\u30ff\uac00-\ud7a3]"
_SPREAD_IDEOGRAPHS: Final = re.compile(
    rf"(?<!{_IDEOGRAPH})(?:{_IDEOGRAPH}[ ]{{1,6}}){{1,7}}{_IDEOGRAPH}(?!{_IDEOGRAPH})"
)
_SPREAD_LETTERS: Final = re.compile(r"(?<![^\W\d_])(?:[^\W\d_] ){3,}[^\W\d_](?![^\W\d_])")
_TRANSLATED: Final = str.maketrans(
    {
        "đ": "d",
        "Đ": "D",
        "ł": "l",
        "Ł": "L",
        "ø": "o",
        "\u00a0": " ",
        "\u202f": " ",
        "−": "-",
        "–": "-",
        "—": "-",
        "’": "'",
        "´": "'",
        "【": "[",
        "】": "]",
        "〈": "[",
        "〉": "]",
    }
)


_SHAPED_ARABIC: Final = re.compile("[\ufb50-\ufdff\ufe70-\ufefc]")
_ARABIC_OR_NOT: Final = re.compile(
    "[\u0600-\u06ff\ufb50-\ufdff\ufe70-\ufefc]+|[^\u0600-\u06ff\ufb50-\ufdff\ufe70-\ufefc\\s]+|\\s+"
)


def _logical(text: str) -> str:
    """A line of shaped Arabic letters is printed from left to right; bring it into reading order."""
    runs = _ARABIC_OR_NOT.findall(text.strip())
    return "".join(run[::-1] if _SHAPED_ARABIC.search(run) else run for run in reversed(runs))


def fold(text: str) -> str:
    """`text` with one form of every character: NFKC, no accents, words that were spread drawn together.

    Upper and lower case stay, and so do characters' places as seen by `lower`.
    """
    if not text.isascii():
        if _SHAPED_ARABIC.search(text):
            text = _logical(text)
        text = unicodedata.normalize("NFKC", text).translate(_TRANSLATED)
        text = unicodedata.normalize("NFC", _ACCENTS.sub("", unicodedata.normalize("NFD", text)))
        text = _SPREAD_IDEOGRAPHS.sub(lambda spread: spread[0].replace(" ", ""), text)
    return _SPREAD_LETTERS.sub(lambda spread: spread[0].replace(" ", ""), text)


def lower(text: str) -> str:
    """`text` in lower case, of the same length: the few characters that would grow stay as they are."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(low if len(low := char.lower()) == 1 else char for char in text)


def letters(text: str) -> int:
    """How many letters (of any script) `text` has."""
    return len(text) if text.isalpha() else sum(map(str.isalpha, text))
