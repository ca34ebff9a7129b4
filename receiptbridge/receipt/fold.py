"""One spelling for what prints alike: widths, accents, and the blanks that spread a word over the line."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

_ACCENTS: Final = re.compile("[\u0300-\u036f\u064b-\u0652\u0640]")
"""Combining accents of Latin and Cyrillic, Arabic vowel signs and tatweel; never Thai vowels or kana voicing."""

_IDEOGRAPH: Final = "[\u3005\u3400-\u9fff\uf900-\ufaff\u3040-\u30ff\uac00-\ud7a3]"
_SPREAD_IDEOGRAPHS: Final = re.compile(
    rf"(?<!{_IDEOGRAPH})(?:{_IDEOGRAPH}[ ]{{1,6}}){{1,7}}{_IDEOGRAPH}(?!{_IDEOGRAPH})"
)
_SPREAD_LETTERS: Final = re.compile(r"(?<![^\W\d_])(?:[^\W\d_] ){2,}[^\W\d_](?![^\W\d_])")
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
        "×": "x",
        "’": "'",
        "´": "'",
        "【": "[",
        "】": "]",
        "٪": "%",
        "٫": ".",
        "٬": ",",
        **{chr(zero + digit): str(digit) for zero in (0x0660, 0x06F0, 0x0E50) for digit in range(10)},
        "〈": "[",
        "〉": "]",
    }
)


_RULE: Final = re.compile(r"(?<![\d*])([^\w\s])(?:\s?\1){4,}|([^\d\s])\2{7,}")
"""A rule across the paper, also where its line drawing bytes were decoded as something else; no hidden digits."""

_ARABIC: Final = re.compile("[\u0621-\u06ff]+")
_ARABIC_OR_NOT: Final = re.compile("[\u0621-\u065f\u066e-\u06ef]+|[^\u0621-\u065f\u066e-\u06ef\\s]+|\\s+")
_LIGATURE_TORN: Final = re.compile(r"\bاال")
"""Lam-alef is one glyph, which a reversal of letters tears; no Arabic word begins like that."""


def reading_order(lines: Sequence[str]) -> Sequence[str]:
    """The lines of a receipt, Arabic that was sent in printed order (from left to right) turned round."""
    words = _ARABIC.findall(" ".join(lines))
    turned = sum(word.startswith(("ة", "ى")) + word.endswith("لا") for word in words)
    straight = sum(word.endswith(("ة", "ى")) + word.startswith("ال") for word in words)
    return [_turn(line) for line in lines] if turned > straight else lines


def _turn(line: str) -> str:
    runs = _ARABIC_OR_NOT.findall(line)
    return "".join(
        _LIGATURE_TORN.sub("الا", run[::-1]) if _ARABIC.match(run) else run for run in reversed(runs)
    )


def fold(text: str) -> str:
    """`text` with one form of every character: NFKC, no accents or rules, and spread words drawn together.

    Upper and lower case stay, and so do characters' places as seen by `lower`.
    """
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text).translate(_TRANSLATED)
        text = unicodedata.normalize("NFC", _ACCENTS.sub("", unicodedata.normalize("NFD", text)))
        text = _SPREAD_IDEOGRAPHS.sub(lambda spread: spread[0].replace(" ", ""), text)
    text = _RULE.sub(" ", text)
    return _SPREAD_LETTERS.sub(lambda spread: spread[0].replace(" ", ""), text)


def narrow(text: str) -> str:
    """`text` with narrow, European and unaccented forms of its characters, each still in its place."""
    return text if text.isascii() else "".join(map(_narrow, text))


def _narrow(char: str) -> str:
    if char.isdecimal():
        return str(unicodedata.decimal(char))
    folded = unicodedata.normalize("NFKC", char).translate(_TRANSLATED)
    if _takes_accents(char):
        folded = _ACCENTS.sub("", unicodedata.normalize("NFD", folded))
    return folded if len(folded) == 1 else char


def _takes_accents(char: str) -> bool:
    """Latin, Greek and Cyrillic; others' marks are letters."""
    return char < "\u0600" or "\u1e00" <= char < "\u2000"


def lower(text: str) -> str:
    """`text` in lower case, of the same length: the few characters that would grow stay as they are."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(low if len(low := char.lower()) == 1 else char for char in text)


def letters(text: str) -> int:
    """How many letters (of any script) `text` has."""
    return len(text) if text.isalpha() else sum(map(str.isalpha, text))
