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


_SIMPLIFIED: Final = dict(zip(map(ord, zh.TRADITIONAL), map(ord, zh.SIMPLIFIED), strict=True))
"""Receipts of Taiwan and Hong Kong say the same in other characters; each phrase is kept once."""

_UNSPACED: Final = "\u0e00-\u0eff\u3005-\u9fff\uac00-\ud7a3"
"""Scripts that put no blanks between words: a phrase may start and end anywhere."""

_WORD_STARTS: Final = re.compile(rf"(?<![^\W\d_])[^\W\d_]|[{_UNSPACED}]|(?<=[{_UNSPACED}])\w|[^\s\w]|\d")


_TELLING: Final = 12
"""Characters of the longest phrase by which a receipt's language is told: twice as many phrases tell it no better."""

REMEMBERED_TEXTS: Final = 400
"""The rows of one receipt: each is looked up for its amounts, its title, its number and its payment."""


class Hit(NamedTuple):
    start: int
    end: int
    meaning: str


class Phrases:
    """A set of phrases with their meanings; the longest phrase at a place wins, from left to right."""

    def __init__(
        self, tables: Iterable[Mapping[str, str]], spelling: Mapping[int, int] | None = None
    ) -> None:
        """`tables`: phrase (folded, lower case) to meaning; the first table that has a phrase tells.

        `spelling`: characters that are read as others, in phrases and texts alike.
        """
        self._spelling = spelling
        self._meanings: dict[str, str] = {}
        for table in tables:
            for phrase, meaning in table.items():
                self._meanings.setdefault(self._spelled(phrase), meaning)
        lengths: dict[str, set[int]] = {}
        for phrase in self._meanings:
            lengths.setdefault(phrase[:2], set()).add(len(phrase))
        self._lengths = {start: tuple(sorted(found, reverse=True)) for start, found in lengths.items()}
        self.find = lru_cache(maxsize=REMEMBERED_TEXTS)(self._find)

    def _spelled(self, text: str) -> str:
        if self._spelling is None or text.isascii():
            return text
        spelled = text.translate(self._spelling)
        return text if spelled == text else spelled

    def _find(self, text: str) -> tuple[Hit, ...]:
        """The phrases in `text` (folded, lower case) that stand as words of their own."""
        text = self._spelled(text)
        hits: list[Hit] = []
        end = 0
        for start in _WORD_STARTS.finditer(text):
            at = start.start()
            if at >= end and (hit := self._at(text, at)) is not None:
                hits.append(hit)
                end = hit.end
        return tuple(hits)

    def _at(self, text: str, at: int) -> Hit | None:
        for start in (text[at : at + 2], text[at]):
            for length in self._lengths.get(start, ()):
                end = at + length
                meaning = self._meanings.get(text[at:end]) if end <= len(text) else None
                if meaning is not None and _is_word(text, at, end):
                    return Hit(at, end, meaning)
        return None


def _is_word(text: str, start: int, end: int) -> bool:
    if end - start == 1 and _unspaced(text[start]):  # 收 is received, but part of most words that have it
        return not any(map(_unspaced, text[max(0, start - 1) : start] + text[end : end + 1]))
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
    naming: Mapping[
        str, str
    ]  # labels that mean something else before a number that is no amount: "bill 4711"
    titles: Phrases
    sayings: Phrases
    proofs: Phrases


Pairs = tuple[tuple[str, str], ...]


@lru_cache(maxsize=16)
def lexicon(languages: tuple[str, ...], labels: Pairs = (), titles: Pairs = ()) -> Lexicon:
    """The lexicon of these languages, the first one's meanings before the others'.

    `labels`, `titles`: what a register profile pins, with their meanings; they come before all.
    """
    pinned_labels, pinned_titles = (
        {lower(fold(text)).strip(): meaning for text, meaning in pairs} for pairs in (labels, titles)
    )
    spelling = _SIMPLIFIED if "zh" in languages else None
    return Lexicon(
        Phrases([pinned_labels, *(_table(language, "LABELS") for language in languages)], spelling),
        {
            phrase: meaning
            for language in reversed(languages)
            for phrase, meaning in _naming(language).items()
        },
        Phrases([pinned_titles, *(_table(language, "TITLES") for language in languages)], spelling),
        Phrases((_table(language, "SAYINGS") for language in languages), spelling),
        Phrases((_table(language, "PROOFS") for language in languages), spelling),
    )


@cache
def _table(language: str, name: str) -> Mapping[str, str]:
    """One table of a language that receipts are read in; kept."""
    return _read_table(language, name)


def _read_table(language: str, name: str) -> Mapping[str, str]:
    """One table of a language, phrase to meaning; where a phrase has two, the first one holds."""
    meanings: dict[str, str] = {}
    for meaning, phrases in getattr(LANGUAGES[language], name).items():
        for phrase in lower(fold(phrases)).split("|"):
            meanings.setdefault(phrase, meaning)
    return meanings


def _naming(language: str) -> Mapping[str, str]:
    labels = LANGUAGES[language].LABELS
    return {
        phrase: meaning
        for meaning in ("number", "original", "queue")
        for phrase in lower(fold(labels[meaning])).split("|")
    }


def warm_up() -> None:
    """Make ready what the first receipt of a process would wait for: all labels, and Chinese and English whole."""
    _all_labels()
    lexicon((COMMON,))
    lexicon(("zh", COMMON))
    _all_titles()


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
    if not best and possible is not _LATIN:  # a kitchen's ticket has dishes and no labels
        best = list(possible)
    known = dict.fromkeys((*best, COMMON))
    if possible is _LATIN:  # "IN LẠI LẦN 1" above a receipt in English
        titled = (language for hit in _all_titles().find(text) for language in hit.meaning.split()[:1])
        known |= dict.fromkeys(titled)
    return tuple(known)


@cache
def _all_labels() -> Phrases:
    """The short labels of every language, meaning the languages that print it; the long ones are made of such."""
    labels = (
        {p: "" for p in _read_table(language, "LABELS") if len(p) <= _TELLING} for language in LANGUAGES
    )
    return _spoken(labels, LANGUAGES)


@cache
def _all_titles() -> Phrases:
    """Titles and sayings of the Latin languages that English does not have, long enough to be no name."""
    names = ("TITLES", "SAYINGS", "LABELS")
    english = {phrase for name in names for phrase in _read_table(COMMON, name)}
    others = [
        language for language in _LATIN if language not in (COMMON, "id")
    ]  # Indonesian tills borrow English
    tables = ({**_read_table(language, "TITLES"), **_read_table(language, "SAYINGS")} for language in others)
    telling = (
        {p: kind for p, kind in table.items() if _LONG_TITLE <= len(p) <= _TELLING and p not in english}
        for table in tables
    )
    return _spoken(telling, others)


def _spoken(tables: Iterable[Mapping[str, str]], languages: Iterable[str]) -> Phrases:
    """The phrases of all tables, meaning the languages whose tables have them."""
    spoken: dict[str, str] = {}
    for table, language in zip(tables, languages, strict=True):
        for phrase in table:
            spoken[phrase] = f"{spoken[phrase]} {language}" if phrase in spoken else language
    return Phrases([spoken])


_SCRIPTS: Final = (
    (("\u3040", "\u30ff"), ("ja",)),
    (("\uac00", "\ud7a3"), ("ko",)),
    (("\u0400", "\u04ff"), ("ru",)),
    (("\u0600", "\u06ff"), ("ar",)),
    (("\u0e00", "\u0e7f"), ("th",)),
    (("\u4e00", "\u9fff"), ("zh", "ja")),
)
_LATIN: Final = ("en", "de", "fr", "es", "pt", "it", "vi", "id")
_LONG_TITLE: Final = 6

_FEW_CHARACTERS: Final = 4
"""A brand name or two in another script do not make a receipt of that language."""


def _written_in(text: str) -> tuple[str, ...]:
    for (first, last), languages in _SCRIPTS:
        if sum(first <= char <= last for char in text) >= _FEW_CHARACTERS:
            return languages
    return _LATIN
