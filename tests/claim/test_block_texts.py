"""The wordings: they fit the paper and exist in the printer's fonts."""

from __future__ import annotations

from unicodedata import east_asian_width

import pytest

from receiptbridge.claim.texts import TEXTS, Language

NARROW = 32  # columns of 58 mm paper
REPLACED_BY_ESC_R = set("#$@[\\]^`{|}~")
LARGEST = {
    "amount": "9999999.99 CNY",
    "points": "999999 points",
    "until": "by 2026-11-29",
    "code": "D96X-P8X5-6S",
    "host": "members.example.com",
}


def width(text: str) -> int:
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


def wordings(language: Language) -> list[tuple[str, ...]]:
    texts = TEXTS[language]
    return [*texts.above, *texts.below, *texts.without]


@pytest.mark.parametrize("language", TEXTS)
def test_the_shortest_wording_fits_58_mm_paper(language: Language) -> None:
    texts = TEXTS[language]
    for until in (texts.by_date.format(date="2026-11-29"), texts.within_days):
        for paragraph in wordings(language):
            lines = paragraph[-1].format(**{**LARGEST, "until": until}).split("\n")
            assert max(map(width, lines)) <= NARROW


@pytest.mark.parametrize("language", TEXTS)
def test_wordings_come_longest_first(language: Language) -> None:
    for paragraph in wordings(language):
        widths = [max(width(line) for line in wording.format(**LARGEST).split("\n")) for wording in paragraph]
        assert widths == sorted(widths, reverse=True)


def test_chinese_keeps_to_gb_2312_and_english_to_characters_of_every_country() -> None:
    chinese, english = TEXTS["zh"], TEXTS["en"]
    for text in [chinese.title, chinese.within_days, *sum(wordings("zh"), ())]:
        text.encode("gb2312")
    for text in [english.title, english.within_days, *sum(wordings("en"), ())]:
        assert text.isascii()
        assert not REPLACED_BY_ESC_R & set(text.format(**LARGEST))
