"""The languages that the block speaks, and which of them a receipt gets."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, get_args

from receiptbridge.claim.wordings import ar, de, en, es, fr, id, it, ja, ko, pt, ru, th, vi, zh, zh_tw
from receiptbridge.claim.wordings.model import Texts

Language = Literal[
    "zh", "zh-TW", "en", "ja", "ko", "de", "fr", "es", "pt", "it", "ru", "id", "vi", "th", "ar"
]
"""Tags of BCP 47; "zh" alone is simplified Chinese."""

FALLBACK: Final[Language] = "en"
"""What is said where a receipt's own language is not spoken here, or cannot be printed."""

TEXTS: Final[Mapping[Language, Texts]] = {
    "zh": zh.TEXTS, "zh-TW": zh_tw.TEXTS, "en": en.TEXTS, "ja": ja.TEXTS, "ko": ko.TEXTS, "de": de.TEXTS,
    "fr": fr.TEXTS, "es": es.TEXTS, "pt": pt.TEXTS, "it": it.TEXTS, "ru": ru.TEXTS, "id": id.TEXTS,
    "vi": vi.TEXTS, "th": th.TEXTS, "ar": ar.TEXTS,
}  # fmt: skip

_TRADITIONAL: Final = frozenset({"TWD", "HKD", "MOP"})
"""Currencies of the places where Chinese is written in traditional characters."""


def language_of(receipt: str | None, currency: str | None) -> Language:
    """The block's language for a receipt that was read as `receipt` ("zh", "de", ...) and paid in `currency`."""
    if receipt == "zh" and currency in _TRADITIONAL:
        return "zh-TW"
    return next((language for language in get_args(Language) if language == receipt), FALLBACK)
