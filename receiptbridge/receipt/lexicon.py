"""Finds in a text the phrases that the lexicons know."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from types import ModuleType
from typing import Final, NamedTuple

from receiptbridge.receipt.fold import fold, lower
from receiptbridge.receipt.lexicons import ar, de, en, es, fr, id, it, ja, ko, pt, ru, th, vi, zh

LANGUAGES: Final[Mapping[str, ModuleType]] = {
    "zh": zh, "en": en, "ja": ja, "ko": ko, "de": de, "fr": fr, "es": es, "pt": pt, "it": it, "ru": ru, "ar": ar,
    "th": th, "vi": vi, "id": id,
}  # fmt: skip

COMMON: Final = "en"
"""Registers everywhere print English words and English brands beside their own language."""


_UNSPACED: Final = "\u0e00-\u0eff\u3005-\u9fff\uac00-\ud7a3"
"""Scripts that put no blanks between words: a phrase may start and end anywhere."""

_WORD_STARTS: Final = re.compile(rf"(?<![^\W\d_])[^\W\d_]|[{_UNSPACED}]|(?<=[{_UNSPACED}])\w|[^\s\w]|\d")


class Hit(NamedTuple):
    start: int
    end: int
    meaning: str


class Phrases:
    """A set of phrases with their meanings; the longest phrase at a place wins, from left to right."""

    def __init__(self, tables: Iterable[Mapping[str, str]]) -> None:
        """Where two tables give a phrase two meanings, the first one's holds."""
        meanings: dict[str, str] = {}
        for table in tables:
            for meaning, phrases in table.items():
                for phrase in phrases.split("|"):
                    meanings.setdefault(lower(fold(phrase)), meaning)
        self._by_start: dict[str, list[tuple[str, str]]] = {}
        for phrase in sorted(meanings, key=len, reverse=True):
            self._by_start.setdefault(phrase[:2], []).append((phrase, meanings[phrase]))

    def find(self, text: str) -> list[Hit]:
        """The phrases in `text` (folded, lower case) that stand as words of their own."""
        hits: list[Hit] = []
        end = 0
        for start in _WORD_STARTS.finditer(text):
            at = start.start()
            if at >= end and (hit := self._at(text, at)) is not None:
                hits.append(hit)
                end = hit.end
        return hits

    def _at(self, text: str, at: int) -> Hit | None:
        for start in (text[at : at + 2], text[at]):
            for phrase, meaning in self._by_start.get(start, ()):
                if text.startswith(phrase, at) and _is_word(text, at, at + len(phrase)):
                    return Hit(at, at + len(phrase), meaning)
        return None


def _is_word(text: str, start: int, end: int) -> bool:
    return not (start > 0 and _joins(text[start - 1], text[start])) and not (
        end < len(text) and _joins(text[end - 1], text[end])
    )


def _joins(left: str, right: str) -> bool:
    """Whether two neighbours belong to one word. Scripts without blanks between words join nothing."""
    return left.isalpha() and right.isalpha() and not (_unspaced(left) or _unspaced(right))


def _unspaced(char: str) -> bool:
    return "\u0e00" <= char <= "\u0eff" or "\u3005" <= char <= "\u9fff" or "\uac00" <= char <= "\ud7a3"


class Lexicon(NamedTuple):
    """All that is known of the languages of one receipt."""

    labels: Phrases
    numbers: Phrases  # the labels as they read before a number that is no amount: "bill 4711", "order 12"
    titles: Phrases
    sayings: Phrases


@lru_cache(maxsize=64)
def lexicon(languages: tuple[str, ...], total_labels: tuple[str, ...] = ()) -> Lexicon:
    """The lexicon of these languages, the first one's meanings before the others'.

    `total_labels`: what a register profile pins as labels of the total; they come before all.
    """
    modules = [LANGUAGES[language] for language in languages]
    pinned = {"total": "|".join(total_labels)} if total_labels else {}
    return Lexicon(
        Phrases([pinned, *(module.LABELS for module in modules)]),
        Phrases([*map(_naming, modules), *(module.LABELS for module in modules)]),
        Phrases(module.TITLES for module in modules),
        Phrases(module.SAYINGS for module in modules),
    )


def _naming(module: ModuleType) -> Mapping[str, str]:
    return {meaning: module.LABELS[meaning] for meaning in ("original", "number")}


def languages_of(lines: Iterable[str]) -> tuple[str, ...]:
    """The languages of a receipt, likeliest first: by script, and by whose labels cover most letters."""
    text = "\n".join(lines)
    possible = _written_in(text)
    votes: Counter[str] = Counter()
    for hit in _all_labels().find(text):
        for language in hit.meaning.split():
            if language in possible:
                votes[language] += hit.end - hit.start
    most = max(votes.values(), default=0)
    best = [language for language, vote in votes.most_common() if vote * 2 > most]
    return (*best, *({COMMON} - set(best)))


@cache
def _all_labels() -> Phrases:
    """Every label of every language, meaning the languages that print it."""
    spoken: dict[str, str] = {}
    for language, module in LANGUAGES.items():
        for phrase in {phrase for phrases in module.LABELS.values() for phrase in phrases.split("|")}:
            spoken[phrase] = f"{spoken[phrase]} {language}" if phrase in spoken else language
    return Phrases({languages: phrase} for phrase, languages in spoken.items())


_SCRIPTS: Final = (
    (("\u3040", "\u30ff"), ("ja",)),
    (("\uac00", "\ud7a3"), ("ko",)),
    (("\u0400", "\u04ff"), ("ru",)),
    (("\u0600", "\u06ff"), ("ar",)),
    (("\u0e00", "\u0e7f"), ("th",)),
    (("\u4e00", "\u9fff"), ("zh", "ja")),
)
_LATIN: Final = ("en", "de", "fr", "es", "pt", "it", "vi", "id")
_FEW_CHARACTERS: Final = 4
"""A brand name or two in another script do not make a receipt of that language."""


def _written_in(text: str) -> tuple[str, ...]:
    for (first, last), languages in _SCRIPTS:
        if sum(first <= char <= last for char in text) >= _FEW_CHARACTERS:
            return languages
    return _LATIN
